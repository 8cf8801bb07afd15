//! The binary told to stop leaves at once, whatever its source does meanwhile.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// A pipe that says nothing and stays open is what a terminal's pipe does while the receiver has no sky.
#[test]
fn a_silent_pipe_does_not_hold_up_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut agent = Command::new(env!("CARGO_BIN_EXE_vehicle-agent"))
        .args(["run", "--source", "stdin", "--crew", "127.0.0.1:0"])
        .args(["--server", "ws://127.0.0.1:9/ws/agent", "--outbox"])
        .arg(folder.path().join("outbox.db"))
        .env("HELAN_AGENT_KEY", "a-key-that-no-server-knows")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(agent.stderr.take().unwrap()).lines();
    // By the time the link is told to have failed, the pipe is being read.
    assert!(log.any(|line| line.unwrap().contains("link=Offline")));
    let told = Command::new("kill").args(["-TERM", &agent.id().to_string()]).status().unwrap();
    assert!(told.success());
    let rest: Vec<String> = log.map(Result::unwrap).collect();
    // Waiting would close the pipe; it is held open until the agent has gone.
    let pipe = agent.stdin.take();
    assert!(agent.wait().unwrap().success(), "{rest:?}");
    drop(pipe);
    // What another program puts in the outbox's place now is not written to by this one's end.
    for still_open in ["outbox.db-wal", "outbox.db-shm"] {
        assert!(!folder.path().join(still_open).exists(), "{still_open}");
    }
}
