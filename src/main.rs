//! The Lambda function.

use lambda_runtime::tower::util::MapFutureLayer;
use lambda_runtime::{Diagnostic, Error, LambdaEvent, Runtime, service_fn};
use room_review::event::InvalidReviewRequest;
use room_review::handler::{Handler, Payload};
use room_review::lambda;
use room_review::rules::{self, Ruleset};
use room_review::telemetry::{self, Telemetry};
use std::process::ExitCode;
use std::{env, future};

// One thread: one message at a time is all that Lambda sends, and it starts faster.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::exit(run().await)
}

async fn run() -> Result<(), Error> {
    if env::var_os("AWS_LAMBDA_RUNTIME_API").is_none() {
        return Err(
            "room-review-handler runs on AWS Lambda or under `cargo lambda watch`; here, try `room-review check`"
                .into(),
        );
    }
    telemetry::log_panics_by_place_only();
    let rules = Ruleset::load(rules::operator_dir().as_deref())?;
    let handler = &Handler::new(rules, Telemetry::from_env());
    let service = service_fn(|event: LambdaEvent<Payload>| {
        future::ready(handler.handle(&event.payload).map_err(|error| Diagnostic {
            error_type: InvalidReviewRequest::ERROR_TYPE.to_owned(),
            error_message: error.to_string(),
        }))
    });
    lambda::until_terminated(async |answer| {
        let watched = MapFutureLayer::new(|posting| answer.watch(posting));
        Runtime::new(service).layer(watched).run().await
    })
    .await
}
