//! A program of ours in a process of its own, from the line that says it is ready to the kill.

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};

/// A running process. What it goes on to say is kept open, so that it may say it.
pub(crate) struct RunningProcess {
    child: Child,
    _says: Lines<BufReader<ChildStdout>>,
}

impl RunningProcess {
    /// Starts it and waits for the line that begins so; gives what stands behind that.
    pub(crate) fn start(command: &mut Command, says_ready: &str) -> (Self, String) {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut says = BufReader::new(child.stdout.take().unwrap()).lines();
        let said = says
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix(says_ready).map(str::to_owned))
            .expect("the program says that it is ready");
        (Self { child, _says: says }, said)
    }

    /// SIGKILL: the process gets no chance to do anything more.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
