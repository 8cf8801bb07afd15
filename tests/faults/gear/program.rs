//! The real dispatch-server in a process of its own, as a service manager keeps it: started again when it
//! does not come up because the database is away.

use super::process::{free_address, signal};
use super::{PASSWORD, region};
use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead, BufReader, Lines};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest time in which a server may come up, all tries together.
const START_WAIT: Duration = Duration::from_secs(90);
/// Pause before it is started again, as service managers keep one.
const START_PAUSE: Duration = Duration::from_millis(500);

/// What one server is started with.
#[derive(Clone, Debug)]
pub(crate) struct ProgramSettings {
    /// Tells servers apart in the names of their logs.
    pub(crate) name: String,
    /// Data and logs.
    pub(crate) folder: PathBuf,
    /// The database's address as this server knows it.
    pub(crate) database: String,
    /// The Redis's address as this server knows it.
    pub(crate) redis: Option<String>,
    /// Further environment.
    pub(crate) environment: Vec<(String, String)>,
}

/// One server, running or not.
#[derive(Debug)]
pub(crate) struct Program {
    settings: ProgramSettings,
    pub(crate) address: SocketAddr,
    running: Option<(Child, Lines<BufReader<ChildStdout>>)>,
}

impl Program {
    /// Starts it on a free port that stays its own, and waits until it is ready.
    pub(crate) fn start(settings: ProgramSettings) -> Self {
        let mut program = Self { settings, address: free_address(), running: None };
        program.start_again();
        program
    }

    /// Starts it, again and again until it is ready.
    pub(crate) fn start_again(&mut self) {
        let began = Instant::now();
        while !self.try_start() {
            let log = std::fs::read_to_string(self.log()).unwrap_or_default();
            let last: Vec<&str> = log.lines().rev().take(20).collect();
            assert!(began.elapsed() < START_WAIT, "the server does not come up: {last:#?}");
            std::thread::sleep(START_PAUSE);
        }
    }

    /// SIGKILL: the process gets no chance to do anything more.
    pub(crate) fn kill(&mut self) {
        if let Some((mut child, _)) = self.running.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// SIGSTOP: sockets stay open and nobody is told.
    pub(crate) fn freeze(&self) {
        self.signal("STOP");
    }

    /// SIGCONT.
    pub(crate) fn thaw(&self) {
        self.signal("CONT");
    }

    /// Where it logs.
    pub(crate) fn log(&self) -> PathBuf {
        self.settings.folder.join(format!("{}.log", self.settings.name))
    }

    fn signal(&self, name: &str) {
        self.running.iter().for_each(|(child, _)| signal(name, &[child.id()]));
    }

    fn try_start(&mut self) -> bool {
        let Self { settings, address, .. } = &*self;
        let log = File::options().create(true).append(true).open(self.log()).unwrap();
        let mut command = Command::new(program());
        command
            .args(["serve", "--listen", &address.to_string(), "--metrics-listen", "127.0.0.1:0"])
            .args(["--tick-millis", "250", "--plausible-speed-kmh", "5000", "--log", "info"])
            .args(["--database", &settings.database, "--region"])
            .arg(region())
            .arg("--data")
            .arg(settings.folder.join(&settings.name))
            .env("HELAN_DISK_RESERVE_MIB", "0")
            .envs(settings.environment.clone())
            .stdout(Stdio::piped())
            .stderr(log);
        if let Some(redis) = &settings.redis {
            command.args(["--redis", redis]);
        }
        let mut child = command.spawn().unwrap();
        let mut says = BufReader::new(child.stdout.take().unwrap()).lines();
        let is_ready = says.by_ref().map_while(Result::ok).any(|line| line.contains(" ready on "));
        if !is_ready {
            child.wait().unwrap();
            return false;
        }
        self.running = Some((child, says));
        true
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Adds a duty officer of the whole region, before a server runs.
pub(crate) fn add_duty_officer(database: &str, name: &str) {
    let mut add = command("add-person", database);
    add.args(["--name", name, "--role", "regional_duty_officer", "--centre", "ningxia"]);
    run(add.arg("--region").arg(region()).env("HELAN_PERSON_PASSWORD", PASSWORD));
}

/// Makes every vehicle's key and writes them to a file.
pub(crate) fn make_keys(database: &str, file: &Path) {
    let mut make = command("make-vehicle-keys", database);
    run(make.arg("--region").arg(region()).arg("--out").arg(file));
}

/// What `verify` says of the journals.
pub(crate) fn verify(database: &str) -> String {
    run(&mut command("verify", database))
}

fn command(what: &str, database: &str) -> Command {
    let mut command = Command::new(program());
    command.args([what, "--database", database]);
    command
}

fn run(command: &mut Command) -> String {
    let said = command.output().unwrap();
    let words = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.status.success(), "{words}{}", String::from_utf8_lossy(&said.stderr));
    words
}

/// The program of this build, or the one that HELAN_FAULTS_PROGRAM names, e.g. a release build.
fn program() -> OsString {
    std::env::var_os("HELAN_FAULTS_PROGRAM").unwrap_or_else(|| {
        let tests = std::env::current_exe().unwrap();
        let program = tests.parent().unwrap().with_file_name("dispatch-server");
        assert!(program.exists(), "run `cargo build --bins` first: no {}", program.display());
        program.into()
    })
}
