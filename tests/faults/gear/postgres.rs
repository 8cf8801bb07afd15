//! A PostgreSQL of one's own that may die: data folder, port and durability as in operation.

use super::cluster::Cluster;
use super::process::{family, free_address, kill, signal};
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;

/// As in operation but small: nothing is acknowledged that is not on the disk.
const SETTINGS: &str = "fsync = on\nfull_page_writes = on\nsynchronous_commit = on\n\
    shared_buffers = 64MB\nmax_connections = 200\nmax_wal_senders = 4\nwal_level = replica\n";

/// No file may grow past this on a disk said to be full; the write-ahead log's segments are smaller.
const SMALL_DISK: u64 = 1_100_000;

/// Segments of the write-ahead log of one megabyte, so that it is the tables that meet a limit first, as when they
/// lie on a disk of their own.
pub(crate) const SMALL_SEGMENTS: &[&str] = &["--wal-segsize=1"];

/// A PostgreSQL that listens on a port of this machine.
#[derive(Debug)]
pub(crate) struct Postgres {
    cluster: Cluster,
    pub(crate) address: SocketAddr,
}

impl Postgres {
    /// A running one in a folder of `folder`, made with further arguments of initdb.
    pub(crate) fn start(folder: &Path, initdb: &[&str]) -> Self {
        // The server runs as a user of its own, who must reach what lies in a test's folder.
        std::fs::set_permissions(folder, PermissionsExt::from_mode(0o755)).unwrap();
        let address = free_address();
        let settings = format!("{}{SETTINGS}", listen(address));
        let cluster = Cluster::own_made_with(folder, initdb, &settings);
        Self { cluster, address }
    }

    /// How a client that goes through `address` names the database.
    pub(crate) fn url(address: SocketAddr) -> String {
        format!("postgres://helan@{address}/postgres")
    }

    /// SIGKILL to every process of it, as a power cut; what was acknowledged is on the disk.
    pub(crate) fn kill(&self) {
        // Frozen first, so that it has no child of which nothing is known; and it dies last, so that none of
        // them notices.
        signal("STOP", &[self.main_process()]);
        let mut processes = self.processes();
        processes.reverse();
        kill(&processes);
        // Where nobody has taken note of its death yet, the next one would take it to be alive.
        let socket_lock = format!(".s.PGSQL.{}.lock", self.address.port());
        for lock in ["data/postmaster.pid", &socket_lock] {
            std::fs::remove_file(self.cluster.socket().join(lock)).unwrap();
        }
    }

    /// Stops it from doing anything, and nobody is told.
    pub(crate) fn freeze(&self) {
        self.send("STOP");
    }

    /// Lets it go on.
    pub(crate) fn thaw(&self) {
        self.send("CONT");
    }

    /// Starts it again after a kill; returns when it has recovered.
    pub(crate) fn start_again(&self) {
        self.cluster.start();
    }

    /// A standby that follows this one, found at `primary`, in a folder of its own.
    pub(crate) fn standby(&self, folder: &Path, primary: SocketAddr) -> Self {
        std::fs::set_permissions(folder, PermissionsExt::from_mode(0o755)).unwrap();
        let address = free_address();
        let settings = "synchronous_standby_names = ''\ncluster_name = 'standby'\n";
        let settings = format!("{}{settings}", listen(address));
        let cluster = self.cluster.standby(folder, &reached_at(primary), &settings);
        Self { cluster, address }
    }

    /// A copy of its data as they stand now, in a folder of its own, to be started in its place.
    pub(crate) fn copy(&self, folder: &Path) -> Self {
        std::fs::set_permissions(folder, PermissionsExt::from_mode(0o755)).unwrap();
        let address = free_address();
        let cluster = self.cluster.base_backup(folder, &reached_at(self.address), &listen(address));
        Self { cluster, address }
    }

    /// Makes a standby a primary that takes commands.
    pub(crate) fn promote(&self) {
        self.cluster.promote();
    }

    /// From now on no file of its may grow past so many bytes; none lifts the limit. It notices what it
    /// would notice of a full disk: files that cannot be extended.
    pub(crate) fn limit_files(&self, bytes: Option<u64>) {
        let limit = bytes.map_or("unlimited".to_owned(), |bytes| bytes.to_string());
        for process in self.processes() {
            let id = process.to_string();
            // By the user whose processes they are, who may do so without further rights. One that ended
            // meanwhile needs no limit.
            let mut set = self.cluster.as_servant(Path::new("prlimit"));
            set.args(["--pid", &id]).arg(format!("--fsize={limit}:")).stderr(Stdio::null());
            let _ = set.status();
        }
    }

    /// Its disk has no room any more: neither for the largest of its files nor for those above a megabyte. Logs of a
    /// megabyte each, as this one is made with, still have theirs.
    pub(crate) fn fill_disk(&self) {
        let largest = self.cluster.largest_file();
        self.limit_files(Some(largest.max(SMALL_DISK)));
    }

    fn send(&self, name: &str) {
        signal(name, &self.processes());
    }

    fn processes(&self) -> Vec<u32> {
        family(self.main_process())
    }

    fn main_process(&self) -> u32 {
        u32::try_from(self.cluster.process_id()).unwrap()
    }
}

fn reached_at(address: SocketAddr) -> String {
    format!("host={} port={} user=helan", address.ip(), address.port())
}

fn listen(address: SocketAddr) -> String {
    format!("listen_addresses = '{}'\nport = {}\n", address.ip(), address.port())
}
