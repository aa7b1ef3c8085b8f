//! The Lambda function of a Firehose stream of chat logs: notes in each record what the current rules say of it.

use aws_lambda_events::event::firehose::{
    KinesisFirehoseEvent, KinesisFirehoseEventRecord, KinesisFirehoseResponse, KinesisFirehoseResponseRecord,
};
use lambda_runtime::tower::util::MapFutureLayer;
use lambda_runtime::{Diagnostic, Error, LambdaEvent, Runtime, service_fn};
use room_review::audit::annotate;
use room_review::handler::Payload;
use room_review::lambda;
use room_review::rules::{self, Ruleset};
use room_review::telemetry;
use serde_json::json;
use std::borrow::Cow;
use std::future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Instant, SystemTime};

/// Bytes of a response that Lambda takes, less what is around the data of records.
const MOST_BYTES: usize = 6 * 1024 * 1024 - 64 * 1024;

/// Bytes of a record in the response besides its data: ids of Firehose have 56 characters.
const RECORD_BYTES: usize = 160;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::exit(run().await)
}

async fn run() -> Result<(), Error> {
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_none() {
        return Err("room-review-audit runs on AWS Lambda; here, try `room-review replay`".into());
    }
    telemetry::log_panics_by_place_only();
    let rules = &Ruleset::load(rules::operator_dir().as_deref())?;
    let service = service_fn(|event: LambdaEvent<Payload>| future::ready(audit(rules, &event.payload)));
    lambda::until_terminated(async |answer| {
        let watched = MapFutureLayer::new(|posting| answer.watch(posting));
        Runtime::new(service).layer(watched).run().await
    })
    .await
}

/// Answers one invocation and logs a line of counts.
fn audit(rules: &Ruleset, payload: &Payload) -> Result<KinesisFirehoseResponse, Diagnostic> {
    let start = Instant::now();
    let event: Option<KinesisFirehoseEvent> = payload.json().ok().and_then(|json| serde_json::from_str(json).ok());
    // Firehose invokes again after an error, and sets the records aside when that does not help.
    let event = event.ok_or_else(|| Diagnostic {
        error_type: "InvalidFirehoseEvent".to_owned(),
        error_message: "payload: expected an event of a Firehose data transformation".to_owned(),
    })?;
    let mut left = MOST_BYTES.saturating_sub(event.records.iter().map(|record| encoded(&record.data)).sum());
    let [mut noted, mut failed, mut no_room] = [0_usize; 3];
    let mut response = KinesisFirehoseResponse::default();
    for record in event.records {
        let outcome = match catch_unwind(AssertUnwindSafe(|| annotate(rules, &record.data))) {
            Ok(Ok(Cow::Owned(data))) => match left.checked_sub(encoded(&data) - encoded(&record.data)) {
                Some(rest) => {
                    left = rest;
                    noted += 1;
                    ("Ok", Some(data))
                }
                None => {
                    no_room += 1;
                    ("Ok", None)
                }
            },
            Ok(Ok(Cow::Borrowed(_))) => ("Ok", None),
            Ok(Err(_)) | Err(_) => {
                failed += 1;
                ("ProcessingFailed", None)
            }
        };
        response.records.push(answer(record, outcome));
    }
    let line = json!({
        "timestamp": humantime::format_rfc3339_millis(SystemTime::now()).to_string(),
        "level": if failed + no_room == 0 { "INFO" } else { "WARN" },
        "outcome": "audit", "records": response.records.len(), "noted": noted, "failed": failed, "no_room": no_room,
        "micros": u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX), "rules_version": rules.version(),
    });
    println!("{line}");
    Ok(response)
}

/// The record under its own id with its result, and with its own data unless there is other.
fn answer(
    record: KinesisFirehoseEventRecord,
    (result, data): (&str, Option<Vec<u8>>),
) -> KinesisFirehoseResponseRecord {
    let mut answer = KinesisFirehoseResponseRecord::default();
    answer.record_id = record.record_id;
    answer.result = Some(result.to_owned());
    answer.data = record.data;
    if let Some(data) = data {
        answer.data.0 = data;
    }
    answer
}

/// Bytes that a record with `data` takes in a response.
fn encoded(data: &[u8]) -> usize {
    data.len().div_ceil(3) * 4 + RECORD_BYTES
}
