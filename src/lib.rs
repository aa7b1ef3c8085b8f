//! Room Review: judges the messages of Amazon IVS Chat rooms.
//!
//! The data path, in the order in which a message takes it:
//!
//! ```text
//! event JSON ─ decode ─▶ ReviewRequest          event
//!    content ─ fold ──▶ Text                    text
//!    Text ─ detectors ─▶ Vec<Hit>               detect (rules)
//!    Hits ─ policy ────▶ Verdict                policy
//!    Verdict ─ rewrite ─▶ ReviewResponse        rewrite
//! ```
//!
//! Around it: `handler` is one invocation, `lambda` the loop over them, `telemetry` is what it leaves in the log,
//! `audit` notes verdicts in chat logs.
pub mod audit;
pub mod detect;
pub mod event;
pub mod handler;
#[cfg(feature = "lambda")]
pub mod lambda;
pub mod lint;
pub mod policy;
pub mod review;
pub mod rewrite;
pub mod rules;
pub mod telemetry;
pub mod text;
