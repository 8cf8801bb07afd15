//! Three servers over one database and one Redis, each behind doors of its own: to its clients, to the database
//! and to Redis.

use super::OFFICER;
use super::door::{Air, Door};
use super::faketime::{off_by_file, shift};
use super::front::Front;
use super::person::Person;
use super::postgres::Postgres;
use super::program::{Program, ProgramSettings, add_duty_officer, make_keys};
use super::redis::Redis;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::TempDir;
use tokio::task::block_in_place;

/// Servers of a site.
pub(crate) const SERVERS: usize = 3;

/// How a site is set up.
#[derive(Debug, Default)]
pub(crate) struct SiteSettings {
    /// Further arguments with which PostgreSQL's data folder is made.
    pub(crate) initdb: &'static [&'static str],
    /// Further environment of each server.
    pub(crate) environment: [Vec<(String, String)>; SERVERS],
    /// Whether [`Site::shift_clock`] is to work.
    pub(crate) clocks_may_jump: bool,
}

/// A site, in a folder that goes with it.
#[derive(Debug)]
pub(crate) struct Site {
    servers: Vec<Place>,
    pub(crate) front: Front,
    postgres: Mutex<Postgres>,
    /// Databases in whose place another one stands by now.
    given_up: Mutex<Vec<Postgres>>,
    redis: Mutex<Redis>,
    folder: TempDir,
}

/// One server with its doors.
#[derive(Debug)]
struct Place {
    program: Mutex<Program>,
    to_clients: Door,
    to_database: Door,
    to_redis: Door,
}

impl Site {
    /// Everything running, a duty officer enrolled, every vehicle with a key.
    pub(crate) async fn open(settings: SiteSettings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let postgres = block_in_place(|| Postgres::start(folder.path(), settings.initdb));
        let redis = block_in_place(|| Redis::start(folder.path()));
        let database = Postgres::url(postgres.address);
        block_in_place(|| {
            add_duty_officer(&database, OFFICER);
            make_keys(&database, &folder.path().join("keys.txt"));
        });
        let mut servers = Vec::new();
        for (index, mut environment) in settings.environment.into_iter().enumerate() {
            if settings.clocks_may_jump {
                environment.extend(off_by_file(&clock_file(folder.path(), index)));
            }
            let to_database = Door::to(postgres.address).await;
            let to_redis = Door::to(redis.address).await;
            let program = ProgramSettings {
                name: format!("server-{index}"),
                folder: folder.path().to_owned(),
                database: Postgres::url(to_database.address),
                redis: Some(format!("redis://{}", to_redis.address)),
                environment,
            };
            let program = block_in_place(|| Program::start(program));
            let to_clients = Door::to(program.address).await;
            let program = Mutex::new(program);
            servers.push(Place { program, to_clients, to_database, to_redis });
        }
        let doors: Vec<SocketAddr> = servers.iter().map(|place| place.to_clients.address).collect();
        let front = Front::before(&doors).await;
        let (postgres, redis) = (Mutex::new(postgres), Mutex::new(redis));
        Self { servers, front, postgres, given_up: Mutex::default(), redis, folder }
    }

    /// Where clients find each server.
    pub(crate) fn doors(&self) -> Vec<SocketAddr> {
        self.servers.iter().map(|place| place.to_clients.address).collect()
    }

    /// The duty officer, signed in.
    pub(crate) async fn officer(&self) -> Person {
        Person::sign_in(&self.doors(), OFFICER).await
    }

    /// The database's address past all doors.
    pub(crate) fn database(&self) -> String {
        Postgres::url(self.postgres().address)
    }

    /// The vehicles' keys.
    pub(crate) fn keys(&self) -> PathBuf {
        self.folder.path().join("keys.txt")
    }

    /// A folder for what belongs to the site.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Does something to one server.
    pub(crate) fn server<R>(&self, index: usize, what: impl FnOnce(&mut Program) -> R) -> R {
        block_in_place(|| what(&mut lock(&self.servers[index].program)))
    }

    /// Does something to Redis.
    pub(crate) fn redis<R>(&self, what: impl FnOnce(&mut Redis) -> R) -> R {
        block_in_place(|| what(&mut lock(&self.redis)))
    }

    /// Changes the air between a server and its clients.
    pub(crate) fn clients_of(&self, index: usize, air: Air) {
        self.servers[index].to_clients.set(air);
    }

    /// Changes the air between a server and the database.
    pub(crate) fn database_of(&self, index: usize, air: Air) {
        self.servers[index].to_database.set(air);
    }

    /// Changes the air between a server and Redis.
    pub(crate) fn redis_of(&self, index: usize, air: Air) {
        self.servers[index].to_redis.set(air);
    }

    /// The database.
    pub(crate) fn postgres(&self) -> MutexGuard<'_, Postgres> {
        lock(&self.postgres)
    }

    /// From now on another database stands in the place of the one before, which must be dead.
    pub(crate) fn replace_database(&self, by: Postgres) {
        self.lead_to_database(by.address);
        let before = std::mem::replace(&mut *self.postgres(), by);
        lock(&self.given_up).push(before);
    }

    /// What the servers keep of events that the journal lost, as text.
    pub(crate) fn kept_aside(&self) -> String {
        let folders = (0..SERVERS).map(|index| self.folder().join(format!("server-{index}/lost")));
        let files = folders.filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
        files.map(|file| std::fs::read_to_string(file.path()).unwrap()).collect()
    }

    /// From now on the servers find another database behind their doors.
    pub(crate) fn lead_to_database(&self, address: SocketAddr) {
        self.servers.iter().for_each(|place| place.to_database.lead_to(address));
    }

    /// Shifts a server's clock from now on.
    pub(crate) fn shift_clock(&self, index: usize, by: &str) {
        shift(&clock_file(self.folder(), index), by);
    }

    /// Keeps the servers' logs beside the tests' own output when something went wrong, and says where.
    fn keep_logs(&self) {
        let kept = std::env::temp_dir().join(format!("helan-fault-logs-{}", std::process::id()));
        std::fs::create_dir_all(&kept).unwrap();
        for place in &self.servers {
            let log = lock(&place.program).log();
            let _ = std::fs::copy(&log, kept.join(log.file_name().unwrap()));
        }
        println!("the servers' logs are kept in {}", kept.display());
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.keep_logs();
        }
    }
}

fn clock_file(folder: &Path, server: usize) -> PathBuf {
    folder.join(format!("clock-{server}"))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
