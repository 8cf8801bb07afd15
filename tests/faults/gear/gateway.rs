//! The real terminal-gateway in a process of its own, always at the same port, with a door before it.

use super::door::{Air, Door};
use super::process::free_address;
use std::fmt::Write;
use std::fs::File;
use std::io::{BufRead, BufReader, Lines};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use vehicle_agent::outbox::{OutboxContent, SharedOutboxes};

/// A gateway, running or not.
#[derive(Debug)]
pub(crate) struct Gateway {
    folder: PathBuf,
    keys: PathBuf,
    server: SocketAddr,
    listens: SocketAddr,
    pub(crate) vehicles: Vec<String>,
    running: Option<(Child, Lines<BufReader<ChildStdout>>)>,
    pub(crate) door: Door,
}

impl Gateway {
    /// A gateway for the terminals of these vehicles, which it knows by a file.
    pub(crate) async fn start(
        folder: PathBuf,
        keys: &Path,
        server: SocketAddr,
        vehicles: Vec<String>,
    ) -> Self {
        std::fs::create_dir_all(&folder).unwrap();
        let mut bindings = String::new();
        for (at, vehicle) in vehicles.iter().enumerate() {
            let number = 13_900_000_001 + at;
            writeln!(bindings, "[[terminal]]\nnumber = \"{number}\"\nvehicle = \"{vehicle}\"\n")
                .unwrap();
        }
        std::fs::write(folder.join("terminals.toml"), bindings).unwrap();
        let listens = free_address();
        let door = Door::to(listens).await;
        let keys = keys.to_owned();
        let mut gateway = Self { folder, keys, server, listens, vehicles, running: None, door };
        gateway.start_again();
        gateway
    }

    /// The file of its terminals.
    pub(crate) fn bindings(&self) -> PathBuf {
        self.folder.join("terminals.toml")
    }

    /// Starts it, and waits until it listens.
    pub(crate) fn start_again(&mut self) {
        let log = File::options().create(true).append(true).open(self.folder.join("log")).unwrap();
        let mut command = Command::new(program());
        command
            .args(["serve", "--no-inspector", "--tcp", &self.listens.to_string(), "--server"])
            .arg(format!("ws://{}/ws/agent", self.server))
            .arg("--terminals")
            .arg(self.bindings())
            .arg("--keys")
            .arg(&self.keys)
            .arg("--state")
            .arg(self.folder.join("state"))
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .stderr(log);
        let mut child = command.spawn().unwrap();
        let mut says = BufReader::new(child.stdout.take().unwrap()).lines();
        let is_ready = says.by_ref().map_while(Result::ok).any(|line| line.contains(": ready on "));
        assert!(is_ready, "the gateway does not come up: {:?}", child.wait());
        self.running = Some((child, says));
    }

    /// SIGKILL: the process gets no chance to do anything more.
    pub(crate) fn kill(&mut self) {
        if let Some((mut child, _)) = self.running.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Changes the air between terminals and gateway.
    pub(crate) fn terminals(&self, air: Air) {
        self.door.set(air);
    }

    /// What each vehicle's outbox holds; the gateway must not run.
    pub(crate) async fn outboxes(&self) -> Vec<(String, OutboxContent)> {
        assert!(self.running.is_none(), "it has its file");
        let all = SharedOutboxes::open(self.folder.join("state/outboxes.db")).await.unwrap();
        let mut found = Vec::new();
        for vehicle in &self.vehicles {
            if let Some(content) = all.content(vehicle).await.unwrap() {
                found.push((vehicle.clone(), content));
            }
        }
        all.close().await;
        found
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.kill();
    }
}

fn program() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let program = tests.parent().unwrap().with_file_name("terminal-gateway");
    assert!(program.exists(), "run `cargo build --bins` first: no {}", program.display());
    program
}
