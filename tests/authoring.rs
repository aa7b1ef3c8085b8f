//! The commands of people who write rules, through the real binary.
#![allow(clippy::unwrap_used)]

mod authoring {
    mod explain;
    mod lint;
    mod support;
}
