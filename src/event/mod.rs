//! The contract with IVS Chat: what comes in, what goes out, and the limits of both. The only place that knows JSON.

mod json;
mod request;
mod response;

pub use request::{Attributes, InvalidReviewRequest, ReviewRequest, Sender};
pub use response::{MAX_ATTRIBUTE_BYTES, Pair, ReviewResponse, ReviewResult};
