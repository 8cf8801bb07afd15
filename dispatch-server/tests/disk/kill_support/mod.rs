//! A real server in a process of its own, and the little HTTP that the kill test speaks.

mod client;

pub(crate) use client::Client;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_dispatch-server");
const REGION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../regions/ningxia");
pub(crate) const PASSWORD: &str = "kill-minus-nine-1234";

/// A server that can be killed.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
}

impl Server {
    /// Starts the server on a free port, in a further environment, and waits until it is ready.
    pub(crate) fn start(data: &Path, environment: &[(&str, PathBuf)]) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--region", REGION, "--listen", "127.0.0.1:0"])
            .args(["--metrics-listen", "127.0.0.1:0", "--log", "warn", "--data"])
            .arg(data)
            .env("HELAN_DISK_RESERVE_MIB", "0")
            .envs(environment.iter().cloned())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("helan: ready on http://").map(str::to_owned))
            .expect("the server says that it is ready");
        Self { child, address }
    }

    /// SIGKILL: the process gets no chance to do anything more.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Adds a person who may act for every centre.
pub(crate) fn add_duty_officer(data: &Path) {
    add_person(data, "duty", "regional_duty_officer");
}

/// Adds a person of the regional centre.
pub(crate) fn add_person(data: &Path, name: &str, role: &str) {
    let added = Command::new(PROGRAM)
        .args(["add-person", "--region", REGION, "--name", name])
        .args(["--role", role, "--centre", "ningxia", "--data"])
        .arg(data)
        .env("HELAN_PERSON_PASSWORD", PASSWORD)
        .output()
        .unwrap();
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
}

/// What `verify` says of the data folder.
pub(crate) fn verify(data: &Path) -> String {
    let said = Command::new(PROGRAM).args(["verify", "--data"]).arg(data).output().unwrap();
    let words = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.status.success(), "{words}");
    words
}
