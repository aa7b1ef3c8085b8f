//! The detectors: each reads the [`Text`](crate::text::Text) of a message and appends [`Hit`]s.

mod detectors;
pub mod flood;
mod hit;
pub mod links;
#[cfg(test)]
pub(crate) mod mixtures;
pub mod pii;
pub mod terms;
pub mod weights;
mod word_list;

pub use detectors::{DETECTOR_RULES, DetectorRule};
pub use hit::{Category, Fix, Hit, Severity, names};
