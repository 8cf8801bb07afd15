//! The process's limit of open files, on which the number of connections hangs.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Raises the limit of open files to `wanted`, as far as the system lets this process, and gives the limit that
/// holds then.
pub fn raise_file_limit(wanted: u64) -> u64 {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let Some(soft) = current else { return u64::MAX };
    let reachable = maximum.map_or(wanted, |hard| wanted.min(hard));
    if reachable <= soft {
        return soft;
    }
    match setrlimit(Resource::Nofile, Rlimit { current: Some(reachable), maximum }) {
        Ok(()) => reachable,
        Err(_) => soft,
    }
}
