//! The Lambda Runtime API over loopback, as far as a function sees it: next, response, error.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// How long a test waits for the function before it fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// The headers of an invocation.
pub const MESSAGE: &str = concat!(
    "lambda-runtime-deadline-ms: 1\r\nlambda-runtime-aws-request-id: test\r\n",
    "lambda-runtime-invoked-function-arn: arn:aws:lambda:us-west-2:123456789012:function:test\r\n",
);

/// What the function posted about an invocation.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// To `/response`.
    Response(String),
    /// To `/error`.
    Error(String),
}

/// A server that hands out what [`RuntimeApi::invoke`] is given and returns what the function posts.
pub struct RuntimeApi {
    pub address: SocketAddr,
    payloads: Sender<Vec<u8>>,
    answers: Receiver<Answer>,
}

impl RuntimeApi {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let (payloads, queue) = channel();
        let (answer, answers) = channel();
        let queue = Arc::new(Mutex::new(queue));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (queue, answer) = (Arc::clone(&queue), answer.clone());
                thread::spawn(move || serve(stream, &queue, &answer));
            }
        });
        Self { address, payloads, answers }
    }

    /// Has the function handle `payload` and waits for what it posts.
    pub fn invoke(&self, payload: &[u8]) -> Answer {
        self.payloads.send(payload.to_vec()).expect("the server runs");
        self.answers.recv_timeout(PATIENCE).expect("the function answers")
    }
}

/// One connection of the function, kept alive over many requests.
fn serve(mut stream: TcpStream, queue: &Mutex<Receiver<Vec<u8>>>, answer: &Sender<Answer>) {
    let mut requests = BufReader::new(stream.try_clone().expect("a socket can be cloned"));
    while let Some((path, body)) = read_request(&mut requests) {
        if path.ends_with("/next") {
            let Ok(payload) = queue.lock().expect("no thread panics with it").recv() else { return };
            respond(&mut stream, "200 OK", MESSAGE, &payload);
        } else {
            let body = String::from_utf8(body).expect("the function posts UTF-8");
            let posted = if path.ends_with("/response") { Answer::Response(body) } else { Answer::Error(body) };
            respond(&mut stream, "202 Accepted", "", b"");
            let _ = answer.send(posted);
        }
    }
}

pub fn respond(stream: &mut impl Write, status: &str, headers: &str, body: &[u8]) {
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n{headers}\r\n", body.len());
    let _ = stream.write_all(&[head.as_bytes(), body].concat());
}

/// The path and the body of the next request, until the function hangs up.
pub fn read_request(requests: &mut impl BufRead) -> Option<(String, Vec<u8>)> {
    let mut line = String::new();
    requests.read_line(&mut line).ok().filter(|&read| read > 0)?;
    let path = line.split(' ').nth(1).expect("a request line").to_owned();
    let mut length = 0;
    loop {
        line.clear();
        requests.read_line(&mut line).ok().filter(|&read| read > 0)?;
        let header = line.trim_end().to_ascii_lowercase();
        match header.split_once(':') {
            Some(("content-length", value)) => length = value.trim().parse().expect("a length"),
            Some(("transfer-encoding", _)) => panic!("the function answers with a length"),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    requests.read_exact(&mut body).ok()?;
    Some((path, body))
}
