//! A Runtime API that misbehaves: what it does with each request is up to the test.

use super::runtime_api::{read_request, respond};
use std::io::{BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What is done with a request.
pub enum Reply {
    /// The payload of an invocation.
    Message(Vec<u8>),
    /// This status line and these headers, each with its end, and no body.
    Status(&'static str, &'static str),
    /// The connection is closed.
    HangUp,
    /// The reply, after a while.
    Later(Duration, Box<Reply>),
    /// The reply in pieces of this many bytes, 1 ms apart.
    Slowly(usize, Box<Reply>),
    /// Nothing, and the connection stays open.
    Nothing,
}

impl Reply {
    /// What Lambda says to an answer.
    pub const ACCEPTED: Self = Self::Status("202 Accepted", "");
}

/// What the function asked for or posted: path and body.
pub type Request = (String, Vec<u8>);

/// Starts a server that does with every request what `reply` says, and passes the requests on.
pub fn serve(reply: impl FnMut(&str) -> Reply + Send + 'static) -> (SocketAddr, Receiver<Request>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    let (requests, seen) = channel();
    let reply = Arc::new(Mutex::new(reply));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (reply, requests) = (Arc::clone(&reply), requests.clone());
            thread::spawn(move || connection(stream, &*reply, &requests));
        }
    });
    (address, seen)
}

/// Serves the payloads in order, then nothing; every answer is accepted.
pub fn messages(payloads: Vec<Vec<u8>>) -> impl FnMut(&str) -> Reply + Send + 'static {
    let mut payloads = payloads.into_iter();
    move |path| {
        if path.ends_with("/next") { payloads.next().map_or(Reply::Nothing, Reply::Message) } else { Reply::ACCEPTED }
    }
}

fn connection(mut stream: TcpStream, reply: &Mutex<impl FnMut(&str) -> Reply>, seen: &Sender<Request>) {
    let mut requests = BufReader::new(stream.try_clone().expect("a socket can be cloned"));
    while let Some((path, body)) = read_request(&mut requests) {
        let mut reply = (*reply.lock().expect("no reply panics"))(&path);
        let _ = seen.send((path, body));
        let mut piece = usize::MAX;
        loop {
            reply = match reply {
                Reply::Later(wait, then) => {
                    thread::sleep(wait);
                    *then
                }
                Reply::Slowly(bytes, then) => {
                    piece = bytes;
                    *then
                }
                Reply::HangUp => return,
                Reply::Nothing => break,
                Reply::Message(payload) => {
                    write(&mut stream, piece, |out| respond(out, "200 OK", super::runtime_api::MESSAGE, &payload));
                    break;
                }
                Reply::Status(status, headers) => {
                    write(&mut stream, piece, |out| respond(out, status, headers, b""));
                    break;
                }
            };
        }
    }
}

fn write(stream: &mut TcpStream, piece: usize, reply: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = Vec::new();
    reply(&mut bytes);
    for piece in bytes.chunks(piece) {
        if piece.len() < bytes.len() {
            thread::sleep(Duration::from_millis(1));
        }
        let _ = stream.write_all(piece);
    }
}
