//! The function's own binary, started as Lambda starts it.

use super::runtime_api::{Answer, RuntimeApi};
use std::io::Read;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A running function and the Runtime API that it talks to. Killed when dropped.
pub struct Function {
    pub api: RuntimeApi,
    pub process: Child,
    pub started: Instant,
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
        command.env("AWS_LAMBDA_RUNTIME_API", api.address.to_string());
        let started = Instant::now();
        let process = command.spawn().expect("the function's binary was built");
        Self { api, process, started }
    }

    /// The command that starts it, without a Runtime API.
    pub fn command(env: &[(&str, &str)]) -> Command {
        Self::command_of(env!("CARGO_BIN_EXE_room-review-handler"), env)
    }

    fn command_of(binary: &str, env: &[(&str, &str)]) -> Command {
        let mut command = Command::new(binary);
        command.env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.env("AWS_LAMBDA_FUNCTION_NAME", "test").env("AWS_LAMBDA_FUNCTION_VERSION", "1");
        command.env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128").envs(env.iter().copied());
        command
    }

    /// Has it handle a payload.
    pub fn invoke(&self, payload: &[u8]) -> Answer {
        self.api.invoke(payload)
    }

    /// Sends SIGTERM and waits for the end: the exit and all that was written.
    pub fn terminate(mut self) -> Output {
        let killed = Command::new("kill").arg(self.process.id().to_string()).status().expect("kill is there");
        assert!(killed.success());
        let status = wait(&mut self.process, Duration::from_secs(10));
        let read = |stream: Option<&mut dyn Read>| {
            let mut bytes = Vec::new();
            stream.map(|stream| stream.read_to_end(&mut bytes));
            bytes
        };
        let stdout = read(self.process.stdout.as_mut().map(|stream| stream as &mut dyn Read));
        let stderr = read(self.process.stderr.as_mut().map(|stream| stream as &mut dyn Read));
        Output { status, stdout, stderr }
    }
}

fn wait(process: &mut Child, patience: Duration) -> std::process::ExitStatus {
    let deadline = Instant::now() + patience;
    loop {
        if let Some(status) = process.try_wait().expect("it is our child") {
            return status;
        }
        assert!(Instant::now() < deadline, "the function did not end within {patience:?}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
