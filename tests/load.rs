//! A short run of the load driver (`examples/load/`) over the function: no message is lost, and each gets its answer, at a pace, flat out,
//! after freezes, and with little CPU where this process may limit another. No figure is asserted; `docs/load.md` has some.
#![cfg(target_os = "linux")]

#[path = "../examples/load/driver.rs"]
mod driver;
#[path = "../examples/load/machine.rs"]
mod machine;
#[path = "../examples/load/messages.rs"]
mod messages;

use driver::{Pace, Plan, Run, drive};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

fn run(count: usize, pace: Pace, share: Option<u32>) -> std::io::Result<Run> {
    let binary = Path::new(env!("CARGO_BIN_EXE_room-review-handler"));
    drive(&Plan { binary, messages: Arc::new(messages::chat(200)), count, pace, share })
}

fn check(count: usize, pace: Pace) {
    let run = run(count, pace, None).expect("it starts");
    assert_eq!((run.lost, run.wrong.as_slice(), run.latencies.len()), (0, &[][..], count - 1));
    assert!(run.peak > 0 && run.memory.len() < 60, "{} KiB", run.peak);
}

#[test]
fn at_a_pace() {
    check(500, Pace::Every(Duration::from_millis(2)));
}

#[test]
fn flat_out() {
    check(1000, Pace::FlatOut);
}

#[test]
fn after_freezes() {
    check(20, Pace::Frozen(Duration::from_millis(20)));
}

#[test]
fn with_little_cpu() {
    match run(20, Pace::FlatOut, Some(25)) {
        Ok(run) => assert_eq!((run.lost, run.wrong.as_slice()), (0, &[][..])),
        Err(error) => println!("this process may not limit another: {error}"),
    }
}

/// A wrong answer is seen: the driver is no yes-man.
#[test]
fn a_wrong_answer_is_counted() {
    let mut all = messages::chat(3);
    all[1].answer = Some("{}".to_owned());
    let binary = Path::new(env!("CARGO_BIN_EXE_room-review-handler"));
    let plan = Plan { binary, messages: Arc::new(all), count: 3, pace: Pace::FlatOut, share: None };
    let run = drive(&plan).expect("it starts");
    assert_eq!((run.lost, run.wrong.len()), (0, 1), "{:?}", run.wrong);
}
