//! Database and Redis that speak TLS alone: a server works over both, and believes nobody else's certificate.

use crate::http_support::Server;
use crate::postgres_support::cluster::Cluster;
use crate::postgres_support::reach;
use dispatch_server::stores::Database;
use sqlx::{ConnectOptions, Connection};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use vehicle_certificates::{Authority, CA_FILE, Subject, now_seconds, save_issued};

/// A folder with an authority in it and a certificate of this machine, `server.pem` with `server.key`.
fn certified(folder: &Path) -> PathBuf {
    let authority = Authority::make(&folder.join("ca"), "Test", 30, now_seconds()).unwrap();
    let subject = Subject::Server(vec!["127.0.0.1".into()]);
    save_issued(&authority.issue(&subject, 30, now_seconds()).unwrap(), folder).unwrap();
    folder.join("ca").join(CA_FILE)
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A PostgreSQL that lets nobody in over the network in the clear.
fn postgres(folder: &Path, port: u16) -> Cluster {
    // PostgreSQL's own user must be able to enter the test's folder.
    std::fs::set_permissions(folder, PermissionsExt::from_mode(0o755)).unwrap();
    let settings = format!("listen_addresses = '127.0.0.1'\nport = {port}\n");
    let cluster = Cluster::own(folder, &settings);
    cluster.stop_at_once();
    let data = cluster.socket().join("data");
    let hosts = "local all all trust\nhostssl all all 127.0.0.1/32 trust\n";
    std::fs::write(data.join("pg_hba.conf"), hosts).unwrap();
    std::fs::write(data.join("postgresql.auto.conf"), "ssl = on\n").unwrap();
    let owner = std::fs::metadata(&data).unwrap();
    for (from, to) in [("server.pem", "server.crt"), ("server.key", "server.key")] {
        std::fs::copy(folder.join(from), data.join(to)).unwrap();
        chown(data.join(to), Some(owner.uid()), Some(owner.gid())).unwrap();
    }
    cluster.start();
    cluster
}

/// A Redis that speaks TLS and nothing else. Ends with the test.
struct Redis {
    process: Child,
    port: u16,
}

impl Redis {
    fn start(folder: &Path, ca: &Path) -> Self {
        let port = free_port();
        let process = Command::new("redis-server")
            .args(["--port", "0", "--save", "", "--appendonly", "no", "--tls-auth-clients", "no"])
            .args(["--bind", "127.0.0.1", "--tls-port", &port.to_string()])
            .arg("--tls-cert-file")
            .arg(folder.join("server.pem"))
            .arg("--tls-key-file")
            .arg(folder.join("server.key"))
            .arg("--tls-ca-cert-file")
            .arg(ca)
            .stdout(Stdio::null())
            .spawn()
            .expect("redis-server is needed for this test: scripts/test installs it");
        Self { process, port }
    }

    /// Asks it something, over TLS.
    fn says(&self, ca: &Path, words: &[&str]) -> String {
        let port = self.port.to_string();
        let said = Command::new("redis-cli")
            .args(["--tls", "-h", "127.0.0.1", "-p", &port, "--cacert"])
            .arg(ca)
            .args(words)
            .output()
            .expect("redis-cli comes with redis-server");
        String::from_utf8_lossy(&said.stdout).trim().to_owned()
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_works_over_a_database_and_a_redis_that_speak_tls_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    let (ca, port) = (certified(&path), free_port());
    let in_folder = path.clone();
    let cluster = tokio::task::spawn_blocking(move || postgres(&in_folder, port)).await.unwrap();
    let redis = Redis::start(&path, &ca);
    let address = format!("postgres://helan@127.0.0.1:{port}/postgres");
    let encrypted =
        |ca: &Path| format!("{address}?sslmode=verify-full&sslrootcert={}", ca.display());
    let database = |address: &str| address.parse::<Database>().unwrap();

    // Nobody comes in the clear, and a certificate of somebody else's authority is not believed.
    let stranger = tempfile::tempdir().unwrap();
    for refused in [format!("{address}?sslmode=disable"), encrypted(&certified(stranger.path()))] {
        assert!(database(&refused).options().connect().await.is_err(), "{refused}");
    }

    let server = Server::start_with(|settings| {
        settings.database = Some(database(&encrypted(&ca)));
        settings.live.redis = Some(format!("rediss://127.0.0.1:{}", redis.port).parse().unwrap());
        settings.redis_authority = Some(ca.clone());
    })
    .await;
    assert_eq!(server.nobody().get("/readyz").await.status, 200);
    let mut hand = reach(&cluster, "postgres").port(port).connect().await.unwrap();
    let (all, some): (bool, i64) = sqlx::query_as(
        "SELECT bool_and(ssl), count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
         WHERE client_addr IS NOT NULL",
    )
    .fetch_one(&mut hand)
    .await
    .unwrap();
    assert!(all && some > 1, "{some} connections, all encrypted: {all}");
    hand.close().await.unwrap();

    // The server listens for others there.
    let redis = tokio::task::spawn_blocking(move || {
        while redis.says(&ca, &["pubsub", "channels"]).is_empty() {
            std::thread::yield_now();
        }
        redis
    });
    drop(redis.await.unwrap());
    server.stop.cancel();
    server.running.stopped().await;
    drop(cluster);
}
