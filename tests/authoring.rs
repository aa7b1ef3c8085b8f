//! The commands of people who write rules, through the real binary.
#![allow(clippy::unwrap_used)]

mod authoring {
    mod bench;
    mod commands;
    mod explain;
    mod lint;
    mod schema;
    mod support;
}
