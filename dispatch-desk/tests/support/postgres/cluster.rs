//! One PostgreSQL for all tests of a run, started by the first that needs it and stopped by itself soon
//! after the last is gone.
//!
//! Test processes share it by holding a shared lock on a file. A small watcher stops the server and
//! removes its folder when nobody has held the lock for some seconds; it outlives a killed test.

use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Settings of a server for tests: small, and without the waits that make a power cut harmless.
const FOR_TESTS: &str = "fsync = off\nfull_page_writes = off\nsynchronous_commit = on\n\
    shared_buffers = 64MB\nmax_wal_size = 512MB\nmax_connections = 200\nautovacuum = off\n";

/// A server's folder; its socket lies in it too.
#[derive(Debug)]
pub(crate) struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    /// Held as long as this process uses the shared server; none for a server of one's own.
    _in_use: Option<File>,
}

impl Cluster {
    /// The server of this run, with a template database made by `prepare` the first time.
    pub(crate) fn shared(prepare: impl FnOnce(&Self)) -> Self {
        let mut hasher = DefaultHasher::new();
        // One server for the tests of every crate of this working copy.
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().hash(&mut hasher);
        // A template made from other migrations is another template.
        hash_migrations(&mut hasher);
        let base = std::env::temp_dir().join(format!("helan-postgres-{:016x}", hasher.finish()));
        let lock = |name: &str| {
            let options = File::options().create(true).truncate(false).write(true).to_owned();
            options.open(base.with_extension(name)).expect("a lock file")
        };
        // Only one process at a time may find out whether it is the first.
        let entering = lock("entering");
        entering.lock().expect("the entry lock");
        let in_use = lock("in-use");
        in_use.lock_shared().expect("the shared lock");
        let cluster = Self { folder: base, programs: programs(), _in_use: Some(in_use) };
        if !(cluster.folder.join("ready").exists() && cluster.runs()) {
            cluster.make(&[], FOR_TESTS);
            cluster.start();
            prepare(&cluster);
            std::fs::write(cluster.folder.join("ready"), "").expect("a mark");
            cluster.watch();
        }
        cluster
    }

    /// A server of one's own in `folder`, running, for what would disturb others.
    pub(crate) fn own(folder: &Path, settings: &str) -> Self {
        Self::own_made_with(folder, &[], settings)
    }

    /// The same, made with further arguments of initdb.
    pub(crate) fn own_made_with(folder: &Path, initdb: &[&str], settings: &str) -> Self {
        let cluster = Self { folder: folder.join("postgres"), programs: programs(), _in_use: None };
        cluster.make(initdb, settings);
        cluster.start();
        cluster
    }

    /// Where its socket is.
    pub(crate) fn socket(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn start(&self) {
        self.control(&["start", "-w", "-l", self.text("log").as_str()]);
    }

    /// Ends it as a power cut would.
    pub(crate) fn stop_at_once(&self) {
        self.control(&["stop", "-m", "immediate", "-w"]);
    }

    /// Copies the data folder of a stopped server beside it.
    pub(crate) fn copy_data(&self, name: &str) {
        self.run("/bin/cp", &["-a", &self.text("data"), &self.text(name)]);
    }

    /// Puts a copy of the data folder in its place.
    pub(crate) fn put_data_back(&self, name: &str) {
        std::fs::remove_dir_all(self.folder.join("data")).expect("the newer data are removed");
        std::fs::rename(self.folder.join(name), self.folder.join("data")).expect("a copy");
    }

    /// A running copy of this server in `folder`, a standby that follows it as long as both live.
    /// `primary` says how this server is reached; `settings` go before those copied.
    pub(crate) fn standby(&self, folder: &Path, primary: &str, settings: &str) -> Self {
        let copy = Self { folder: folder.join("standby"), programs: programs(), _in_use: None };
        copy.make_folder();
        let data = copy.text("data");
        copy.run(
            "pg_basebackup",
            &["-D", &data, "-d", primary, "-R", "-X", "stream", "-c", "fast"],
        );
        copy.add_settings(settings);
        copy.start();
        copy
    }

    /// A copy of this server's data as it stands now, in `folder`, not running. `primary` and `settings` as for a
    /// standby.
    pub(crate) fn base_backup(&self, folder: &Path, primary: &str, settings: &str) -> Self {
        let copy = Self { folder: folder.join("copy"), programs: programs(), _in_use: None };
        copy.make_folder();
        let data = copy.text("data");
        copy.run("pg_basebackup", &["-D", &data, "-d", primary, "-X", "stream", "-c", "fast"]);
        copy.add_settings(settings);
        copy
    }

    /// Bytes of the largest file of its tables.
    pub(crate) fn largest_file(&self) -> u64 {
        let folders = std::fs::read_dir(self.folder.join("data/base")).expect("its databases");
        let files = folders.flatten().filter_map(|folder| std::fs::read_dir(folder.path()).ok());
        let bytes = files.flatten().flatten().filter_map(|file| Some(file.metadata().ok()?.len()));
        bytes.max().unwrap_or(0)
    }

    /// Makes a standby a server of its own that takes writes.
    pub(crate) fn promote(&self) {
        self.control(&["promote", "-w"]);
    }

    /// The main process, for those who freeze it.
    pub(crate) fn process_id(&self) -> i32 {
        let text =
            std::fs::read_to_string(self.folder.join("data/postmaster.pid")).expect("a pid file");
        text.lines().next().expect("a first line").parse().expect("a number")
    }

    fn runs(&self) -> bool {
        std::os::unix::net::UnixStream::connect(self.folder.join(".s.PGSQL.5432")).is_ok()
    }

    fn make(&self, further: &[&str], settings: &str) {
        self.make_folder();
        let data = self.text("data");
        let mut arguments = vec!["-D", &data, "-U", "helan", "-A", "trust", "-E", "UTF8"];
        arguments.extend(["--locale=C.UTF-8", "--no-sync"]);
        arguments.extend(further);
        self.run("initdb", &arguments);
        self.add_settings(&format!("listen_addresses = ''\n{settings}"));
    }

    fn make_folder(&self) {
        let _ = std::fs::remove_dir_all(&self.folder);
        std::fs::create_dir_all(&self.folder).expect("a folder");
        if let Some((user, group)) = servant() {
            std::os::unix::fs::chown(&self.folder, Some(user), Some(group)).expect("a new owner");
        }
    }

    /// Later settings go before earlier ones.
    fn add_settings(&self, settings: &str) {
        let socket = self.folder.display();
        let mut text =
            std::fs::read_to_string(self.folder.join("data/postgresql.conf")).expect("settings");
        text.push_str(&format!("unix_socket_directories = '{socket}'\n{settings}"));
        std::fs::write(self.folder.join("data/postgresql.conf"), text).expect("settings");
    }

    fn control(&self, arguments: &[&str]) {
        let data = self.text("data");
        let all: Vec<&str> =
            ["-D", &data, "-s"].into_iter().chain(arguments.iter().copied()).collect();
        self.run("pg_ctl", &all);
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let done = self
            .as_servant(&self.programs.join(program))
            .args(arguments)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        let log = || std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        assert!(done.is_ok_and(|done| done.success()), "{program} {arguments:?} failed\n{}", log());
    }

    /// PostgreSQL refuses to run as root; its own user does it then.
    pub(crate) fn as_servant(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        if let Some((user, group)) = servant() {
            command.uid(user).gid(group);
        }
        command
    }

    fn watch(&self) {
        // In the background, so that it outlives this process.
        let watcher = "{ while sleep 3; do exec 9<\"$2.in-use\"; flock -n -x 9 && break; done
            rm -f \"$2/ready\"; \"$1\" -D \"$2/data\" -m immediate -s stop; rm -rf \"$2\"; } &";
        let program = self.programs.join("pg_ctl");
        let done = self
            .as_servant(Path::new("sh"))
            .args(["-c", watcher, "watcher"])
            .args([&program, &self.folder])
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .status();
        assert!(done.is_ok_and(|done| done.success()), "the watcher does not start");
    }

    fn text(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self._in_use.is_none() && self.folder.join("data/postmaster.pid").exists() {
            self.stop_at_once();
        }
    }
}

fn hash_migrations(hasher: &mut DefaultHasher) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/postgres");
    let files = std::fs::read_dir(folder).expect("the migrations").flatten();
    let mut files: Vec<PathBuf> = files.map(|file| file.path()).collect();
    files.sort();
    files.iter().for_each(|file| std::fs::read(file).expect("a migration").hash(hasher));
}

/// The programs of the newest PostgreSQL that Debian's packages brought.
pub(crate) fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .max()
        .expect("PostgreSQL is needed for this test: scripts/test installs it");
    PathBuf::from(format!("/usr/lib/postgresql/{newest}/bin"))
}

/// Who runs the server when the tests run as root: the package's own user.
fn servant() -> Option<(u32, u32)> {
    let me = std::fs::metadata("/proc/self").ok()?;
    if std::os::unix::fs::MetadataExt::uid(&me) != 0 {
        return None;
    }
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    let line = users.lines().find(|line| line.starts_with("postgres:"))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}
