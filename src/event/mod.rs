//! The contract with IVS Chat: what comes in, what goes out, what is logged, and the limits of
//! all. The only place that knows JSON.

mod json;
mod record;
mod request;
mod response;

pub use record::{LogRecord, Logged, objects};
pub use request::{Attributes, InvalidReviewRequest, ReviewRequest, Sender};
pub use response::{MAX_ATTRIBUTE_BYTES, MAX_REASON_BYTES, Pair, ReviewResponse, ReviewResult};
