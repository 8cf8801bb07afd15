//! The real program in a process of its own, which can be killed.

use super::running::RunningProcess;
use super::{PASSWORD, ningxia};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A running server.
pub(crate) struct Program {
    process: RunningProcess,
    /// Where console and API are, `host:port`.
    pub(crate) address: String,
}

impl Program {
    /// Starts it and waits until it is ready. Port 0 takes a free one.
    pub(crate) fn start(data: &Path, listen: &str) -> Self {
        let mut command = Command::new(program());
        command
            .args(["serve", "--listen", listen, "--metrics-listen", "127.0.0.1:0"])
            .args(["--tick-millis", "250", "--log", "error", "--region"])
            .arg(ningxia())
            .arg("--data")
            .arg(data)
            .env("HELAN_DISK_RESERVE_MIB", "0");
        let (process, address) = RunningProcess::start(&mut command, "helan: ready on http://");
        Self { process, address }
    }

    /// SIGKILL: the process gets no chance to do anything more.
    pub(crate) fn kill(self) {
        self.process.kill();
    }

    /// Adds a duty officer of the whole region, before a server runs.
    pub(crate) fn add_duty_officer(data: &Path, name: &str) {
        let mut add = Command::new(program());
        add.args(["add-person", "--name", name, "--role", "regional_duty_officer"])
            .args(["--centre", "ningxia", "--region"])
            .arg(ningxia())
            .env("HELAN_PERSON_PASSWORD", PASSWORD);
        run(add, data);
    }

    /// Makes every vehicle's key and gives that of one.
    pub(crate) fn key(data: &Path, vehicle: &str) -> String {
        let file = data.join("keys.txt");
        let mut make = Command::new(program());
        make.args(["make-vehicle-keys", "--region"]).arg(ningxia()).arg("--out").arg(&file);
        run(make, data);
        let keys = std::fs::read_to_string(file).unwrap();
        let key = keys.lines().find_map(|line| line.strip_prefix(vehicle)?.strip_prefix(' '));
        key.unwrap().to_owned()
    }

    /// Takes a vehicle out of service for good, with no server running.
    pub(crate) fn retire(data: &Path, region: &Path, vehicle: &str) {
        let mut retire = Command::new(program());
        retire.args(["retire-vehicles", "--vehicle", vehicle, "--by", "li.na", "--region"]);
        retire.arg(region);
        run(retire, data);
    }

    /// What `verify` says of the folder.
    pub(crate) fn verify(data: &Path) -> String {
        let mut verify = Command::new(program());
        verify.arg("verify");
        run(verify, data)
    }
}

fn run(mut command: Command, data: &Path) -> String {
    let said = command.arg("--data").arg(data).output().unwrap();
    let words = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.status.success(), "{words}{}", String::from_utf8_lossy(&said.stderr));
    words
}

/// The program beside the tests, in the folder of the same build.
fn program() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let program = tests.parent().unwrap().with_file_name("dispatch-server");
    assert!(program.exists(), "no {}; run `cargo build --bins` first", program.display());
    program
}
