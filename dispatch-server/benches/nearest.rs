//! The nearest eight of 100 000 vehicles: our index in process, beside Redis `GEOSEARCH` and PostGIS `<->` on
//! the same vehicles and the same places, in the same run.
//!
//! `cargo bench -p dispatch-server --bench nearest`. Starts a Redis and a PostgreSQL of its own. What is counted
//! is the CPU that the answering thread or process used, without the client's part and without the network:
//! a favour to the peers. Redis is asked within twice the distance of the eighth, which only an oracle knows.

#[path = "../../dispatch-desk/tests/support/postgres/cluster.rs"]
#[expect(dead_code, reason = "tests use the other part of it")]
mod cluster;
#[path = "../tests/support/redis.rs"]
#[expect(dead_code, reason = "tests use the other part of it")]
mod redis_support;
#[path = "../../dispatch-desk/benches/trial/mod.rs"]
mod trial;

use cluster::Cluster;
use dispatch_core::fleet::{FleetIndex, LocalPlane};
use dispatch_core::model::Wgs84;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use redis_support::OwnRedis;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Row};
use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use trial::load;

const WANTED: usize = 8;
/// Corners of the province.
const WEST_SOUTH: Wgs84 = Wgs84 { lon: 104.3, lat: 35.2 };
const EAST_NORTH: Wgs84 = Wgs84 { lon: 107.7, lat: 39.4 };
/// CPU time is told in hundredths of a second (`sysconf(_SC_CLK_TCK)` is 100 on every Linux of ours).
const TICK_US: f64 = 10_000.0;

/// Vehicles, questions and turns.
fn sizes() -> (u32, usize, usize) {
    load((100_000, 20_000, 5), (2_000, 2_500, 1))
}

fn main() {
    let (fleet, questions, turns) = sizes();
    let folder = tempfile::tempdir().expect("a folder");
    let open = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(folder.path(), open).expect("a folder that the server may enter");
    let mut chance = StdRng::seed_from_u64(120);
    let vehicles: Vec<Wgs84> = (0..fleet).map(|_| place(&mut chance)).collect();
    let places: Vec<Wgs84> = (0..questions).map(|_| place(&mut chance)).collect();
    let index = Index::load(&vehicles);
    let mut redis = Redis::load(folder.path(), &vehicles);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut postgis = runtime.block_on(PostGis::load(folder.path(), &vehicles));

    let (mut ours, mut of_redis, mut of_postgis) = (Vec::new(), Vec::new(), Vec::new());
    for turn in 0..turns {
        let some = &places[turn * 100..turn * 100 + 2_000];
        let (cpu, answers) = index.ask(&places);
        ours.push(cpu);
        let near = &answers[turn * 100..turn * 100 + 2_000];
        of_redis.push(redis.ask(some, near));
        of_postgis.push(runtime.block_on(postgis.ask(some, near)));
    }
    let (ours, of_redis, of_postgis) = (median(ours), median(of_redis), median(of_postgis));
    println!("nearest {WANTED} of {fleet}: CPU of who answers, us a question, and times ours");
    println!("ours, in process   {ours:>8.2}");
    println!("Redis GEOSEARCH    {of_redis:>8.2}  {:>7.1}", of_redis / ours);
    println!("PostGIS <->        {of_postgis:>8.2}  {:>7.1}", of_postgis / ours);
}

/// Towns with most of the vehicles, and some on the land between.
fn place(chance: &mut StdRng) -> Wgs84 {
    let mut share = || chance.random::<f64>();
    let (x, y) = if share() < 0.1 {
        (share(), share())
    } else {
        let town = (share() * 25.0).floor();
        let middle = |salt: f64| ((town + salt) * 0.754_877).fract();
        (middle(1.0) + (share() - 0.5) * 0.04, middle(7.3) + (share() - 0.5) * 0.03)
    };
    let peers = |low: f64, high: f64, share: f64| low + (high - low) * share.clamp(0.0, 1.0);
    Wgs84 {
        lon: peers(WEST_SOUTH.lon, EAST_NORTH.lon, x),
        lat: peers(WEST_SOUTH.lat, EAST_NORTH.lat, y),
    }
}

/// An answer: the vehicles, and how far the last of them is in metres.
struct Answer {
    vehicles: BTreeSet<u32>,
    reach_m: f64,
}

struct Index {
    index: FleetIndex,
    plane: LocalPlane,
    vehicles: Vec<Wgs84>,
}

impl Index {
    fn load(vehicles: &[Wgs84]) -> Self {
        let plane = LocalPlane::covering(WEST_SOUTH, EAST_NORTH);
        let index = FleetIndex::with_capacity(sizes().0);
        let placed = vehicles.iter().map(|at| plane.to_metres(*at).expect("on the plane"));
        index.load((0..).zip(placed)).expect("all on the plane");
        Self { index, plane, vehicles: vehicles.to_vec() }
    }

    fn ask(&self, places: &[Wgs84]) -> (f64, Vec<Answer>) {
        let before = cpu_us("thread-self");
        let found: Vec<_> = places
            .iter()
            .map(|at| {
                let at = self.plane.to_metres(*at).expect("on the plane");
                self.index.look().nearest(at, WANTED, |_| true)
            })
            .collect();
        let spent = (cpu_us("thread-self") - before) / places.len() as f64;
        let answer = |(at, found): (&Wgs84, Vec<dispatch_core::fleet::Near>)| {
            let vehicles: BTreeSet<u32> = found.iter().map(|near| near.slot).collect();
            let far = |slot: &u32| (*at).metres_to(self.vehicles[*slot as usize]);
            Answer { reach_m: vehicles.iter().map(far).fold(0.0, f64::max), vehicles }
        };
        (spent, places.iter().zip(found).map(answer).collect())
    }
}

struct Redis {
    connection: redis::Connection,
    process: String,
    _server: OwnRedis,
}

impl Redis {
    fn load(folder: &std::path::Path, vehicles: &[Wgs84]) -> Self {
        let server = OwnRedis::start(folder);
        let client = redis::Client::open(server.address()).expect("an address");
        let mut connection = client.get_connection().expect("a connection");
        for (first, some) in vehicles.chunks(1_000).enumerate() {
            let mut add = redis::cmd("GEOADD");
            add.arg("fleet");
            for (n, at) in some.iter().enumerate() {
                add.arg(at.lon).arg(at.lat).arg(first * 1_000 + n);
            }
            add.exec(&mut connection).expect("vehicles are added");
        }
        let info: String = redis::cmd("INFO").arg("server").query(&mut connection).expect("info");
        let process = info.lines().find_map(|line| line.strip_prefix("process_id:"));
        let process = process.expect("its process").trim().to_owned();
        Self { connection, process, _server: server }
    }

    fn ask(&mut self, places: &[Wgs84], near: &[Answer]) -> f64 {
        let before = cpu_us(&self.process);
        for (at, near) in places.iter().zip(near) {
            let found: Vec<u32> = redis::cmd("GEOSEARCH")
                .arg(&["fleet", "FROMLONLAT"])
                .arg(at.lon)
                .arg(at.lat)
                .arg("BYRADIUS")
                .arg(near.reach_m * 2.0)
                .arg(&["m", "ASC", "COUNT"])
                .arg(WANTED)
                .query(&mut self.connection)
                .expect("an answer");
            assert!(agree(&found, near), "Redis found {found:?}, we {:?}", near.vehicles);
        }
        (cpu_us(&self.process) - before) / places.len() as f64
    }
}

struct PostGis {
    connection: PgConnection,
    process: String,
    _cluster: Cluster,
}

impl PostGis {
    async fn load(folder: &std::path::Path, vehicles: &[Wgs84]) -> Self {
        let cluster = Cluster::own(folder, "shared_buffers = 256MB\n");
        let mut connection = PgConnectOptions::new_without_pgpass()
            .socket(cluster.socket())
            .username("helan")
            .database("postgres")
            .connect()
            .await
            .expect("a connection");
        for sql in [
            "CREATE EXTENSION postgis",
            "CREATE TABLE fleet (slot integer PRIMARY KEY, position geometry(Point, 4326) NOT NULL)",
            "CREATE INDEX ON fleet USING gist (position)",
        ] {
            sqlx::raw_sql(sql).execute(&mut connection).await.expect("a table");
        }
        let lon: Vec<f64> = vehicles.iter().map(|at| at.lon).collect();
        let lat: Vec<f64> = vehicles.iter().map(|at| at.lat).collect();
        sqlx::query(
            "INSERT INTO fleet SELECT (number - 1)::integer, ST_SetSRID(ST_MakePoint(lon, lat), 4326)
             FROM UNNEST($1::float8[], $2::float8[]) WITH ORDINALITY AS it (lon, lat, number)",
        )
        .bind(lon)
        .bind(lat)
        .execute(&mut connection)
        .await
        .expect("vehicles are added");
        sqlx::raw_sql("ANALYZE fleet").execute(&mut connection).await.expect("statistics");
        let backend = sqlx::query("SELECT pg_backend_pid()").fetch_one(&mut connection).await;
        let process = backend.expect("its process").get::<i32, _>(0).to_string();
        Self { connection, process, _cluster: cluster }
    }

    /// By degrees, as the index has it: cheaper than by metres, and sometimes another eighth.
    async fn ask(&mut self, places: &[Wgs84], near: &[Answer]) -> f64 {
        let before = cpu_us(&self.process);
        let mut common = 0;
        for (at, near) in places.iter().zip(near) {
            let found: Vec<i32> = sqlx::query_scalar(
                "SELECT slot FROM fleet
                 ORDER BY position <-> ST_SetSRID(ST_MakePoint($1, $2), 4326) LIMIT 8",
            )
            .bind(at.lon)
            .bind(at.lat)
            .fetch_all(&mut self.connection)
            .await
            .expect("an answer");
            common += found.iter().filter(|it| near.vehicles.contains(&it.cast_unsigned())).count();
        }
        assert!(common * 10 > places.len() * WANTED * 8, "PostGIS was asked something else");
        (cpu_us(&self.process) - before) / places.len() as f64
    }
}

/// Whether the same vehicles were found; Redis keeps places to half a metre, so the eighth may be another.
fn agree(found: &[u32], near: &Answer) -> bool {
    found.iter().filter(|slot| near.vehicles.contains(slot)).count() + 1 >= WANTED
}

/// CPU that a process, or this thread, has used until now.
fn cpu_us(process: &str) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).expect("it lives");
    let after_name = stat.rsplit(')').next().expect("fields");
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks = |field: usize| fields[field].parse::<f64>().expect("a number");
    // utime and stime, the 14th and 15th field of all.
    (ticks(11) + ticks(12)) * TICK_US
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
