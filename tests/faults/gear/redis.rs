//! A Redis of one's own that may die. It keeps nothing: what the servers tell each other may vanish.

use super::process::{free_address, signal};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest wait for a start, which takes a tenth of a second on an idle machine.
const START_WAIT: Duration = Duration::from_secs(20);

/// A Redis that listens on a port of this machine.
#[derive(Debug)]
pub(crate) struct Redis {
    child: Option<Child>,
    folder: PathBuf,
    pub(crate) address: SocketAddr,
}

impl Redis {
    /// A running one.
    pub(crate) fn start(folder: &Path) -> Self {
        let mut redis = Self { child: None, folder: folder.to_owned(), address: free_address() };
        redis.start_again();
        redis
    }

    /// SIGKILL.
    pub(crate) fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Stops it from doing anything, and nobody is told.
    pub(crate) fn freeze(&self) {
        self.child.iter().for_each(|child| signal("STOP", &[child.id()]));
    }

    /// Lets it go on.
    pub(crate) fn thaw(&self) {
        self.child.iter().for_each(|child| signal("CONT", &[child.id()]));
    }

    /// Starts it again, empty, and waits until it listens.
    pub(crate) fn start_again(&mut self) {
        let port = self.address.port().to_string();
        let child = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--port", &port, "--save", "", "--appendonly", "no"])
            .arg("--dir")
            .arg(&self.folder)
            .stdout(Stdio::null())
            .spawn();
        self.child = Some(child.expect("redis-server is needed: scripts/test installs it"));
        let began = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            assert!(began.elapsed() < START_WAIT, "Redis does not start");
            std::thread::yield_now();
        }
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
    }
}
