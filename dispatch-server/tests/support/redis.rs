//! A Redis of a test's own: started in its folder, killed, frozen and started again at will.

use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running Redis, reached by a socket in its folder. Ends with the test.
#[derive(Debug)]
pub(crate) struct OwnRedis {
    socket: PathBuf,
    process: Child,
}

impl OwnRedis {
    pub(crate) fn start(folder: &Path) -> Self {
        let socket = folder.join("redis.sock");
        let process = spawn(&socket);
        Self { socket, process }
    }

    pub(crate) fn address(&self) -> String {
        format!("redis+unix://{}", self.socket.display())
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(&mut self) {
        self.process.kill().expect("it runs");
        self.process.wait().expect("it ends");
    }

    pub(crate) fn start_again(&mut self) {
        self.process = spawn(&self.socket);
    }
}

impl Drop for OwnRedis {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn spawn(socket: &Path) -> Child {
    let _ = std::fs::remove_file(socket);
    let process = Command::new("redis-server")
        .args(["--port", "0", "--save", "", "--appendonly", "no", "--unixsocket"])
        .arg(socket)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("redis-server is needed for this test: scripts/test installs it");
    while UnixStream::connect(socket).is_err() {
        std::thread::yield_now();
    }
    process
}
