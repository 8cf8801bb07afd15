//! The agent's program in a process of its own, with a wall clock that is off by what a file says at that
//! moment (libfaketime), and its crew's page.

use super::in_time;
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

/// A running agent.
pub(crate) struct ShiftedAgent {
    child: Child,
    stdin: ChildStdin,
    page: String,
    clock: PathBuf,
}

impl Drop for ShiftedAgent {
    fn drop(&mut self) {
        // It may have gone already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl ShiftedAgent {
    /// Starts it with its clock off by `shift`, such as `-180s`; files are made in `folder`.
    pub(crate) fn start(server: &str, key: &str, folder: &Path, shift: &str) -> Self {
        let clock = folder.join("clock");
        set(&clock, shift);
        let mut child = Command::new(beside_the_tests("vehicle-agent"))
            .args(["run", "--source", "stdin", "--crew", "127.0.0.1:0", "--server"])
            .arg(format!("ws://{server}/ws/agent"))
            .arg("--outbox")
            .arg(folder.join("outbox.db"))
            .env("HELAN_AGENT_KEY", key)
            .env("NO_COLOR", "1")
            .env("LD_PRELOAD", library())
            .env("DONT_FAKE_MONOTONIC", "1")
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
            .env("FAKETIME_TIMESTAMP_FILE", &clock)
            .env("FAKETIME_NO_CACHE", "1")
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stdin = child.stdin.take().unwrap();
        let mut says = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let page = says.find_map(|line| {
            let (_, address) = line.split_once("page is at ")?;
            Some(address.trim_end_matches('/').to_owned())
        });
        // Read on to the end, so that it never waits for its log to be read.
        std::thread::spawn(move || says.for_each(drop));
        Self { child, stdin, page: page.expect("the crew's page is served"), clock }
    }

    /// Sets its clock while it runs.
    pub(crate) fn set_clock(&self, shift: &str) {
        set(&self.clock, shift);
    }

    /// The receiver says this.
    pub(crate) fn receive(&mut self, sentences: &str) {
        self.stdin.write_all(sentences.as_bytes()).unwrap();
        self.stdin.flush().unwrap();
    }

    /// Presses something on the page.
    pub(crate) async fn press(&self, command: Value) {
        let answer = self.post("press", &command).await;
        let status = answer.status();
        assert!(status.is_success(), "{command}: {status} {}", answer.text().await.unwrap());
    }

    /// The page shows the order of this task.
    pub(crate) async fn show(&self, task: &str) {
        self.post("displayed", &serde_json::json!({ "task": task })).await;
    }

    async fn post(&self, path: &str, body: &Value) -> reqwest::Response {
        let url = format!("{}/{path}", self.page);
        reqwest::Client::new().post(url).json(body).send().await.unwrap()
    }

    /// Waits for a picture on the page that is as wanted, and gives it.
    pub(crate) async fn until(&self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let reading = async {
            let url = format!("{}/pictures", self.page);
            let mut answer = reqwest::get(url).await.unwrap();
            let mut text = String::new();
            while let Some(chunk) = answer.chunk().await.unwrap() {
                text.push_str(std::str::from_utf8(&chunk).unwrap());
                while let Some((event, rest)) = text.split_once("\n\n") {
                    let picture = event.strip_prefix("data: ").map(serde_json::from_str::<Value>);
                    text = rest.to_owned();
                    if let Some(Ok(picture)) = picture
                        && wanted(&picture)
                    {
                        return picture;
                    }
                }
            }
            panic!("the page ended before {what}")
        };
        in_time(what, reading).await
    }

    /// Waits until the server has everything.
    pub(crate) async fn until_all_sent(&self) {
        let is_sent = |picture: &Value| {
            picture["link"] == "online"
                && picture["waiting_commands"] == 0
                && picture["waiting_fixes"] == 0
        };
        self.until("everything to be recorded", is_sent).await;
    }
}

fn set(file: &Path, shift: &str) {
    // Renamed, so that nobody reads half of it.
    let new = file.with_extension("new");
    std::fs::write(&new, format!("{shift}\n")).unwrap();
    std::fs::rename(new, file).unwrap();
}

fn beside_the_tests(name: &str) -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let program = tests.parent().unwrap().with_file_name(name);
    assert!(program.exists(), "no {}; run `cargo build --bins` first", program.display());
    program
}

/// Debian's library that tells a program another time, wherever this machine's kind keeps it.
fn library() -> PathBuf {
    let folders = std::fs::read_dir("/usr/lib").unwrap().flatten();
    let mut paths = folders.map(|folder| folder.path().join("faketime/libfaketime.so.1"));
    paths.find(|path| path.exists()).expect("faketime is needed: scripts/test installs it")
}
