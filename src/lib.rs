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
//! ```
//! use room_review::event::ReviewRequest;
//! use room_review::handler::respond;
//! use room_review::review::review;
//! use room_review::rules::Ruleset;
//!
//! let rules = Ruleset::builtin();
//! let request = ReviewRequest::from_json(r#"{"Content":"what the f u c k"}"#)?;
//! let verdict = review(&rules, &request);
//! assert_eq!(verdict.findings[0].rule, "en.profanity.fuck");
//! assert_eq!(respond(&request, verdict.decision).content(), "what the *******");
//! # Ok::<(), room_review::event::InvalidReviewRequest>(())
//! ```
//!
//! Around it: `handler` is one invocation, `lambda` the loop over them, `telemetry` is what it leaves in the log,
//! `audit` notes verdicts in chat logs, `lint` holds rule files to what they say.
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
