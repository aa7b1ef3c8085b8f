//! `room-review replay` as a person runs it.

mod replay {
    mod changes;
    mod formats;
    mod reading;
    mod support;
    mod verdicts;
}
