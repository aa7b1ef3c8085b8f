//! The least that a Lambda function can be: takes any message and answers nothing. What room-review-handler is measured beside.

use lambda_runtime::{Error, LambdaEvent, Runtime, service_fn};
use serde_json::value::RawValue;
use std::future;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let service = service_fn(|_: LambdaEvent<Box<RawValue>>| future::ready(Ok::<(), Error>(())));
    Runtime::new(service).run().await
}
