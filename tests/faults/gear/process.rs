//! What can be done to a process from outside: killed, frozen, thawed.

use std::net::{SocketAddr, TcpListener};
use std::process::{Command, Stdio};

/// Sends a signal such as `KILL`, `STOP` or `CONT` to these processes; those that are gone are passed over.
pub(crate) fn signal(name: &str, processes: &[u32]) {
    let ids = processes.iter().map(u32::to_string);
    let sent =
        Command::new("kill").arg(format!("-{name}")).args(ids).stderr(Stdio::null()).status();
    sent.expect("the program kill");
}

/// SIGKILL to these processes, in this order; returns when all are gone.
pub(crate) fn kill(processes: &[u32]) {
    signal("KILL", processes);
    for process in processes {
        while state_and_parent(*process).is_some_and(|(state, _)| state != "Z") {
            std::thread::yield_now();
        }
    }
}

/// A process and all that descend from it, as far as they live; parents before children.
pub(crate) fn family(process: u32) -> Vec<u32> {
    let parents: Vec<(u32, u32)> = std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let id: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
            Some((id, state_and_parent(id)?.1))
        })
        .collect();
    let mut family = vec![process];
    let mut next = 0;
    while let Some(&parent) = family.get(next) {
        family.extend(parents.iter().filter(|(_, its)| *its == parent).map(|(id, _)| *id));
        next += 1;
    }
    family
}

fn state_and_parent(process: u32) -> Option<(String, u32)> {
    let told = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in brackets may hold anything, so the fields are counted behind it.
    let mut fields = told.rsplit_once(')')?.1.split_whitespace();
    Some((fields.next()?.to_owned(), fields.next()?.parse().ok()?))
}

/// An address of this machine with a port that nobody has now.
pub(crate) fn free_address() -> SocketAddr {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    taken.local_addr().expect("its address")
}
