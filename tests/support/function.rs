//! The function's own binary, started as Lambda starts it.

use super::runtime_api::{Answer, RuntimeApi};
use std::io::Read;
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// A running function and the Runtime API that it talks to.
pub struct Function {
    pub api: RuntimeApi,
    pub process: Process,
}

impl Function {
    /// Starts it with these environment variables besides those of Lambda.
    pub fn start(env: &[(&str, &str)]) -> Self {
        Self::start_command(Self::command(env))
    }

    /// Starts another function of this package.
    pub fn start_binary(binary: &str, env: &[(&str, &str)]) -> Self {
        Self::start_command(Self::command_of(binary, env))
    }

    fn start_command(mut command: Command) -> Self {
        let api = RuntimeApi::start();
        let process = Process::start(&mut command, api.address);
        Self { api, process }
    }

    /// The command that starts it, without a Runtime API.
    pub fn command(env: &[(&str, &str)]) -> Command {
        Self::command_of(env!("CARGO_BIN_EXE_room-review-handler"), env)
    }

    fn command_of(binary: &str, env: &[(&str, &str)]) -> Command {
        let mut command = Command::new(binary);
        command.env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.env("AWS_LAMBDA_FUNCTION_NAME", "test").env("AWS_LAMBDA_FUNCTION_VERSION", "1");
        // No test fails on time; what is to be late sets this to nothing.
        command.env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128").env("ROOM_REVIEW_TEST_PATIENT", "1");
        command.envs(env.iter().copied());
        command
    }

    /// Has it handle a payload.
    pub fn invoke(&self, payload: &[u8]) -> Answer {
        self.api.invoke(payload)
    }

    /// Sends SIGTERM and waits for the end: the exit and all that was written.
    pub fn terminate(self) -> Output {
        self.process.signal("TERM");
        self.process.output()
    }
}

/// A process of the function. Killed when dropped.
pub struct Process(pub Child);

impl Process {
    /// Starts it with the Runtime API at this address.
    pub fn start(command: &mut Command, api: SocketAddr) -> Self {
        let command = command.env("AWS_LAMBDA_RUNTIME_API", api.to_string());
        Self(command.spawn().expect("the function's binary was built"))
    }

    /// Sends a signal.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.0.id().to_string()]).status();
        assert!(sent.expect("kill is there").success());
    }

    /// Waits for the end: the exit and all that was written to pipes, which are read all the while.
    pub fn output(mut self) -> Output {
        let stdout = self.0.stdout.take().map(read);
        let stderr = self.0.stderr.take().map(read);
        let status = self.wait(Duration::from_secs(30));
        let join = |reader: Option<JoinHandle<Vec<u8>>>| reader.map_or(Vec::new(), |it| it.join().expect("it reads"));
        Output { status, stdout: join(stdout), stderr: join(stderr) }
    }

    fn wait(&mut self, patience: Duration) -> ExitStatus {
        let deadline = Instant::now() + patience;
        loop {
            if let Some(status) = self.0.try_wait().expect("it is our child") {
                return status;
            }
            assert!(Instant::now() < deadline, "the function did not end within {patience:?}");
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

fn read(mut stream: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        bytes
    })
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
