//! What this machine says of a process, and does to it.

pub use rustix::process::Signal;
use rustix::process::{Pid, kill_process};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Sends a signal, if the process is still there.
pub fn signal(process: u32, signal: Signal) {
    if let Some(pid) = i32::try_from(process).ok().and_then(Pid::from_raw) {
        let _ = kill_process(pid, signal);
    }
}

/// A line of `/proc/PID/status` in KiB: `VmRSS`, resident memory; `VmHWM`, the most of it.
pub fn resident(process: u32, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// The time that it was on a CPU; the kernel counts in hundredths of a second here.
pub fn cpu(process: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// A group of processes that gets a part of one CPU; needs root. Removed when dropped.
pub struct Limit(PathBuf);

/// How often a share is given out. Lambda does not say how it does it; a shorter time than a start takes shows best what a share costs.
const PERIOD_US: u32 = 20_000;

impl Limit {
    /// A group with so many percent of a CPU.
    ///
    /// # Errors
    /// This process may not make one, or there is none.
    pub fn new(percent: u32) -> io::Result<Self> {
        let quota = PERIOD_US / 100 * percent;
        let name = format!("room-review-load-{}", std::process::id());
        if Path::new("/sys/fs/cgroup/cgroup.controllers").exists() {
            let group = Self(Path::new("/sys/fs/cgroup").join(name));
            fs::create_dir_all(&group.0)?;
            fs::write(group.0.join("cpu.max"), format!("{quota} {PERIOD_US}"))?;
            Ok(group)
        } else {
            let group = Self(Path::new("/sys/fs/cgroup/cpu").join(name));
            fs::create_dir_all(&group.0)?;
            fs::write(group.0.join("cpu.cfs_period_us"), PERIOD_US.to_string())?;
            fs::write(group.0.join("cpu.cfs_quota_us"), quota.to_string())?;
            Ok(group)
        }
    }

    /// The file that takes the number of a process.
    pub fn members(&self) -> PathBuf {
        self.0.join("cgroup.procs")
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        // The kernel lets go of a process that ended a moment after we know.
        for _ in 0..100 {
            if fs::remove_dir(&self.0).is_ok() {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}
