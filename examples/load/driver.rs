//! Acts as the Lambda Runtime API for one process of a function: starts it, hands it messages at a pace, and holds every answer to what
//! it has to be. One message at a time, as Lambda does it.

#[path = "../../tests/support/runtime_api.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod runtime_api;

use crate::machine::{self, Limit};
use runtime_api::{read_request, respond};
use std::fmt::Write as _;
use std::io::{self, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A message and the answer that it has to get; of a function that is no handler, any answer will do.
pub struct Message {
    pub payload: Vec<u8>,
    pub answer: Option<String>,
}

/// When messages come.
#[derive(Clone, Copy)]
pub enum Pace {
    /// One in this time, however long the function takes: one that has to wait waits.
    Every(Duration),
    /// The next as soon as the last is answered.
    FlatOut,
    /// Each after the process was stopped for this long, as Lambda freezes it. The message is there before it goes on, or right after.
    Frozen(Duration),
}

/// What to do.
pub struct Plan<'a> {
    /// The function.
    pub binary: &'a Path,
    /// What is handed out, again and again.
    pub messages: Arc<Vec<Message>>,
    /// How many messages.
    pub count: usize,
    pub pace: Pace,
    /// A part of a CPU, in percent, that the process gets.
    pub share: Option<u32>,
}

/// What came of it.
#[derive(Default)]
pub struct Run {
    /// From exec to the first request for work.
    pub to_next: Duration,
    /// From there to the first answer.
    pub first_answer: Duration,
    /// Of every other answered message, from when it was due to when its answer was there; sorted.
    pub latencies: Vec<Duration>,
    /// Messages that were not answered.
    pub lost: usize,
    /// Answers that are not what they have to be; the first few.
    pub wrong: Vec<String>,
    /// Messages that were denied because the machine was so busy that the review took longer than the policy's budget.
    pub late: usize,
    /// Resident memory in KiB, every second or so.
    pub memory: Vec<u64>,
    /// The most of it.
    pub peak: u64,
    /// The time that the process was on a CPU, its start included.
    pub cpu: Duration,
    /// From the first message to the last answer.
    pub took: Duration,
}

/// How long a process may take for anything before it is given up.
const PATIENCE: Duration = Duration::from_secs(20);

/// Starts the function and hands it every message.
///
/// # Errors
/// It can not be started or limited.
pub fn drive(plan: &Plan) -> io::Result<Run> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let (done, end) = channel();
    let desk = Arc::new(Mutex::new(Desk::new(plan, done)));
    let serving = Arc::clone(&desk);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let desk = Arc::clone(&serving);
            thread::spawn(move || serve(stream, &desk));
        }
    });
    let limit = plan.share.map(Limit::new).transpose()?;
    let mut process = start(plan.binary, address, limit.as_ref(), &desk)?;
    let memory = watch(&mut process, &end, &desk);
    let mut run = std::mem::take(&mut lock(&desk).run);
    (run.memory, run.peak, run.cpu) = memory;
    let desk = lock(&desk);
    run.lost = plan.count - desk.answered.min(plan.count);
    run.took = desk.last.duration_since(desk.begin.unwrap_or(desk.last));
    run.latencies.sort_unstable();
    Ok(run)
}

fn lock(desk: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts the process; its output is read and thrown away, as a log would take it.
fn start(binary: &Path, api: SocketAddr, limit: Option<&Limit>, desk: &Mutex<Desk>) -> io::Result<Child> {
    let mut command = match limit {
        // The shell joins the group and waits for a line, so that the process begins with a full share.
        Some(limit) => {
            let mut shell = Command::new("sh");
            shell.args(["-c", "echo $$ > \"$0\" && read go && exec \"$1\""]).arg(limit.members()).arg(binary);
            shell
        }
        None => Command::new(binary),
    };
    command.env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.env("AWS_LAMBDA_FUNCTION_NAME", "load").env("AWS_LAMBDA_FUNCTION_VERSION", "1");
    command.env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128").env("AWS_LAMBDA_RUNTIME_API", api.to_string());
    lock(desk).started = Instant::now();
    let mut process = command.spawn()?;
    lock(desk).process = process.id();
    if limit.is_some() {
        thread::sleep(Duration::from_millis(200));
        lock(desk).started = Instant::now();
        let stdin = process.stdin.as_mut().expect("it is piped");
        stdin.write_all(b"\n")?;
    }
    let mut output = process.stdout.take().expect("it is piped");
    thread::spawn(move || io::copy(&mut output, &mut io::sink()));
    Ok(process)
}

/// Waits for the last answer, or until nothing moves; memory over time, its peak, and the time on a CPU.
fn watch(process: &mut Child, end: &Receiver<()>, desk: &Mutex<Desk>) -> (Vec<u64>, u64, Duration) {
    let mut memory = Vec::new();
    let mut seen = (0, Instant::now());
    while end.recv_timeout(Duration::from_secs(1)).is_err() {
        memory.push(machine::resident(process.id(), "VmRSS"));
        let answered = lock(desk).answered;
        if answered > seen.0 {
            seen = (answered, Instant::now());
        }
        let ended = process.try_wait().ok().flatten().is_some();
        if ended || seen.1.elapsed() > PATIENCE {
            break;
        }
    }
    memory.push(machine::resident(process.id(), "VmRSS"));
    let (peak, cpu) = (machine::resident(process.id(), "VmHWM"), machine::cpu(process.id()));
    machine::signal(process.id(), machine::Signal::CONT);
    let _ = process.kill();
    let _ = process.wait();
    (memory, peak, cpu)
}

/// What hands out messages and takes answers.
struct Desk {
    messages: Arc<Vec<Message>>,
    count: usize,
    pace: Pace,
    done: Sender<()>,
    process: u32,
    started: Instant,
    /// When the first message was handed out.
    begin: Option<Instant>,
    last: Instant,
    handed: usize,
    answered: usize,
    /// When the message in hand was due.
    due: Instant,
    run: Run,
}

impl Desk {
    fn new(plan: &Plan, done: Sender<()>) -> Self {
        let now = Instant::now();
        Self {
            messages: Arc::clone(&plan.messages),
            count: plan.count,
            pace: plan.pace,
            done,
            process: 0,
            started: now,
            begin: None,
            last: now,
            handed: 0,
            answered: 0,
            due: now,
            run: Run::default(),
        }
    }

    /// Writes the next message when it is time; whether there was one.
    fn next(&mut self, out: &mut TcpStream) -> bool {
        let asked = Instant::now();
        if self.handed == 0 {
            self.run.to_next = asked.duration_since(self.started);
        }
        if self.handed == self.count {
            let _ = self.done.send(());
            return false;
        }
        let number = self.handed;
        let begin = *self.begin.get_or_insert(asked);
        let message = &self.messages[number % self.messages.len()];
        let mut head = String::new();
        let _ = write!(head, "lambda-runtime-aws-request-id: {number}\r\nlambda-runtime-deadline-ms: 1\r\n{ARN}");
        let mut write = || respond(out, "200 OK", &head, &message.payload);
        self.handed += 1;
        match self.pace {
            Pace::FlatOut => {
                self.due = asked;
                write();
            }
            Pace::Every(time) => {
                let due = begin + time * number as u32;
                let early = due.saturating_duration_since(Instant::now());
                thread::sleep(early);
                // That this machine wakes us late is no fault of the function.
                self.due = if early.is_zero() { due } else { Instant::now() };
                write();
            }
            Pace::Frozen(time) => {
                machine::signal(self.process, machine::Signal::STOP);
                thread::sleep(time);
                self.due = Instant::now();
                if number.is_multiple_of(2) {
                    write();
                    machine::signal(self.process, machine::Signal::CONT);
                } else {
                    machine::signal(self.process, machine::Signal::CONT);
                    write();
                }
            }
        }
        true
    }

    /// Takes what was posted.
    fn answer(&mut self, path: &str, body: &[u8]) {
        self.last = Instant::now();
        let latency = self.last.duration_since(self.due);
        let number = self.handed - 1;
        let wanted = &self.messages[number % self.messages.len()].answer;
        let body = String::from_utf8_lossy(body);
        let is_right = wanted.as_ref().is_none_or(|wanted| *wanted == body);
        let is_late = !is_right && body.contains(LATE);
        let is_its_own = path.ends_with(&format!("/{number}/response")) && self.answered == number;
        if !is_its_own || !is_right && !is_late {
            self.run.wrong.extend((self.run.wrong.len() < 5).then(|| format!("message {number}: {path} got {body}")));
        }
        // What was posted twice, or for another message, is no answer to this one.
        if !is_its_own {
            return;
        }
        self.run.late += usize::from(is_late);
        self.answered += 1;
        if number == 0 {
            self.run.first_answer = latency;
        } else {
            self.run.latencies.push(latency);
        }
    }
}

/// What the built-in policy tells the sender of a message that had no verdict in time.
const LATE: &str = "Your message was not sent. Please try again.";

const ARN: &str = "lambda-runtime-invoked-function-arn: arn:aws:lambda:us-west-2:123456789012:function:load\r\n";

/// One connection of the function.
fn serve(mut stream: TcpStream, desk: &Mutex<Desk>) {
    let _ = stream.set_nodelay(true);
    let Ok(requests) = stream.try_clone() else { return };
    let mut requests = BufReader::new(requests);
    while let Some((path, body)) = read_request(&mut requests) {
        if path.ends_with("/next") {
            if !lock(desk).next(&mut stream) {
                break;
            }
        } else {
            lock(desk).answer(&path, &body);
            respond(&mut stream, "202 Accepted", "", b"");
        }
    }
    // Open until the process is gone: a runtime whose connection closes tries again.
    thread::sleep(PATIENCE);
}
