//! The gateway of other makers' terminals in a process of its own, which can be killed.

use super::running::RunningProcess;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A running gateway.
pub(crate) struct Gateway {
    process: RunningProcess,
    /// Where terminals connect, `host:port`.
    pub(crate) address: String,
}

impl Gateway {
    /// Starts it over a folder and waits until it listens. `terminals` are numbers with their vehicle and its key.
    pub(crate) fn start(folder: &Path, server: &str, terminals: &[(&str, &str, &str)]) -> Self {
        let (file, keys) = (folder.join("terminals.toml"), folder.join("vehicle-keys.txt"));
        let entry = |(number, vehicle, _): &(&str, &str, &str)| {
            format!(
                "[[terminal]]\nnumber = \"{number}\"\nvehicle = \"{vehicle}\"\nkeys = \"all\"\n"
            )
        };
        std::fs::write(&file, terminals.iter().map(entry).collect::<String>()).unwrap();
        let line = |(_, vehicle, key): &(&str, &str, &str)| format!("{vehicle} {key}\n");
        std::fs::write(&keys, terminals.iter().map(line).collect::<String>()).unwrap();
        let given = [Path::new("--terminals"), &file, Path::new("--keys"), &keys];
        Self::start_with(folder, server, &given)
    }

    /// Starts it with a key of its own: the server tells it its terminals.
    pub(crate) fn start_with_own_key(folder: &Path, server: &str, key: &str) -> Self {
        let file = folder.join("gateway-key.txt");
        std::fs::write(&file, key).unwrap();
        Self::start_with(folder, server, &[Path::new("--key-file"), &file])
    }

    /// The same over TLS, believing this authority alone. `server` is the whole address.
    pub(crate) fn start_encrypted(folder: &Path, server: &str, key: &str, ca: &Path) -> Self {
        let file = folder.join("gateway-key.txt");
        std::fs::write(&file, key).unwrap();
        let given = [Path::new("--key-file"), &file, Path::new("--ca"), ca];
        Self::start_at(folder, server, &given)
    }

    fn start_with(folder: &Path, server: &str, given: &[&Path]) -> Self {
        Self::start_at(folder, &format!("ws://{server}/ws/agent"), given)
    }

    fn start_at(folder: &Path, server: &str, given: &[&Path]) -> Self {
        let mut command = Command::new(program());
        command
            .args(["serve", "--tcp", "127.0.0.1:0", "--no-inspector", "--server"])
            .arg(server)
            .args(given)
            .arg("--state")
            .arg(folder.join("state"))
            .env("RUST_LOG", "error");
        let (process, address) = RunningProcess::start(&mut command, "terminal-gateway: ready on ");
        Self { process, address }
    }

    /// SIGKILL: the process gets no chance to do anything more.
    pub(crate) fn kill(self) {
        self.process.kill();
    }
}

fn program() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let program = tests.parent().unwrap().with_file_name("terminal-gateway");
    assert!(program.exists(), "no {}; run `cargo build --bins` first", program.display());
    program
}
