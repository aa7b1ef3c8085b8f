//! The library's categories.

#[path = "../src/detect/hit.rs"]
mod hit;

pub use hit::{Category, Severity};
