//! Three servers behind a real HAProxy with the file that sites use: `deploy/haproxy.cfg`.

use crate::http_support::{CITY, PASSWORD, Server};
use crate::postgres_support::cluster::Cluster;
use crate::postgres_support::reach;
use reqwest::Client;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use wire_protocol::vocabulary::Role;

/// The proxy, ended with the test.
struct Proxy {
    child: Child,
    address: String,
}

impl Proxy {
    fn before(servers: &[Server]) -> Self {
        let [address, statistics] = [free_address(), free_address()];
        let [one, two, three] = [0, 1, 2].map(|n: usize| servers[n].running.address.to_string());
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy/haproxy.cfg");
        let child = Command::new("/usr/sbin/haproxy")
            .arg("-db")
            .arg("-f")
            .arg(file)
            .env("HELAN_PROXY_BIND", &address)
            .env("HELAN_PROXY_STATISTICS", statistics)
            .env("HELAN_SERVER_ONE", one)
            .env("HELAN_SERVER_TWO", two)
            .env("HELAN_SERVER_THREE", three)
            .stdout(Stdio::null())
            .spawn()
            .expect("HAProxy is needed for this test: scripts/test installs it");
        Self { child, address }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

/// A browser: it keeps its cookies.
struct Browser {
    client: Client,
    base: String,
}

impl Browser {
    async fn get(&self, path: &str) -> Option<(u16, Value)> {
        let answer = self.client.get(format!("{}{path}", self.base)).send().await.ok()?;
        let status = answer.status().as_u16();
        Some((status, answer.json().await.unwrap_or(Value::Null)))
    }

    /// Signs in; gives the server to which the proxy bound the browser, counted from 0.
    async fn sign_in(&self, name: &str) -> usize {
        let path = format!("{}/api/v1/session", self.base);
        let person = json!({ "name": name, "password": PASSWORD });
        let answer = self.client.post(path).json(&person).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200);
        let lines: Vec<&str> =
            answer.headers().get_all("set-cookie").iter().map(|l| l.to_str().unwrap()).collect();
        let bound = ["one", "two", "three"].iter().position(|server| {
            lines.iter().any(|line| line.starts_with(&format!("HELAN_SERVER={server};")))
        });
        bound.unwrap_or_else(|| panic!("bound to no server: {lines:?}"))
    }

    /// Asks until the answer has this status.
    async fn until(&self, path: &str, status: u16) -> Value {
        loop {
            match self.get(path).await {
                Some((found, body)) if found == status => return body,
                _ => tokio::task::yield_now().await,
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_behind_the_proxy_outlive_their_server_and_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    // PostgreSQL's own user must be able to enter the test's folder.
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let cluster = tokio::task::spawn_blocking(move || Cluster::own(&path, "")).await.unwrap();
    let shared = || Some(reach(&cluster, "postgres").into());
    let mut servers = Vec::new();
    for _ in 0..3 {
        servers.push(Server::start_with(|settings| settings.database = shared()).await);
    }
    servers[0].person("li", Role::Dispatcher, CITY).await;
    let proxy = Proxy::before(&servers);
    let client = Client::builder().cookie_store(true).build().unwrap();
    let base = format!("http://{}", proxy.address);
    Browser { client: Client::new(), base: base.clone() }.until("/readyz", 200).await;
    let browser = Browser { client, base };

    // Signed in at one server, signed in at all: the one is stopped, the next request finds another.
    let bound = browser.sign_in("li").await;
    let gone = servers.remove(bound);
    gone.end().await;
    let (status, who) = browser.get("/api/v1/session").await.unwrap();
    assert_eq!((status, &who["person"]["name"]), (200, &json!("li")), "{who}");

    // The database goes away: the proxy still leads to a server that says so itself.
    cluster.stop_at_once();
    while browser.until("/readyz", 503).await["code"] != "not_recorded" {}
    let (status, vehicles) = browser.get("/api/v1/vehicles").await.unwrap();
    assert_eq!((status, vehicles[0]["centre"].as_str()), (200, Some(CITY)), "{vehicles}");
    cluster.start();
    browser.until("/readyz", 200).await;
    for server in servers {
        server.end().await;
    }
}
