//! The file that sites use, `deploy/haproxy.cfg`, run by a real HAProxy with a certificate made here, before two
//! servers: what is in the clear is led to TLS, cookies travel over TLS alone, slow requests wait outside, links pass.

use crate::encryption::{Site, link_at};
use crate::http_support::{CITY, PASSWORD, Server};
use dispatch_server::certificates::VehicleSignIn;
use serde_json::json;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use wire_protocol::vocabulary::Role;

/// The proxy with its files, ended with the test.
struct Proxy {
    child: Child,
    folder: TempDir,
    plain: String,
    tls: String,
}

impl Proxy {
    /// `changed` takes the file to what the test needs of it.
    fn before(servers: &[Server], changed: impl Fn(String) -> String) -> Self {
        Self::set_up(servers, changed, &[])
    }

    /// The same with further settings.
    fn set_up(
        servers: &[Server],
        changed: impl Fn(String) -> String,
        further: &[(&str, String)],
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let [plain, tls, statistics] = [(); 3].map(|()| free_address());
        let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy/haproxy.cfg");
        let file = folder.path().join("haproxy.cfg");
        std::fs::write(&file, changed(std::fs::read_to_string(site).unwrap())).unwrap();
        let address = |n: usize| servers[n].running.address.to_string();
        let child = Command::new("/usr/sbin/haproxy")
            .args(["-db", "-f"])
            .arg(&file)
            .env("HELAN_PROXY_BIND", &plain)
            .env("HELAN_PROXY_TLS_BIND", &tls)
            .env("HELAN_PROXY_CERTIFICATE", certificate(folder.path()))
            .env("HELAN_PROXY_STATISTICS", statistics)
            .env("HELAN_SERVER_ONE", address(0))
            .env("HELAN_SERVER_TWO", address(1))
            .env("HELAN_SERVER_THREE", free_address())
            .envs(further.iter().map(|(name, value)| (name, value)))
            .stdout(Stdio::null())
            .spawn()
            .expect("HAProxy is needed for this test: scripts/test installs it");
        Self { child, folder, plain, tls }
    }

    /// An answer over TLS with its head, by a client that trusts our certificate and no other.
    async fn over_tls(&self, path: &str, more: &[&str]) -> String {
        let mut curl = self.curl(path, more);
        let done = tokio::task::spawn_blocking(move || curl.output().unwrap()).await.unwrap();
        String::from_utf8_lossy(&done.stdout).into_owned()
    }

    fn curl(&self, path: &str, more: &[&str]) -> Command {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--include", "--no-buffer", "--http1.1", "--noproxy", "*"]);
        curl.arg("--cacert").arg(self.folder.path().join("certificate.pem"));
        curl.args(more).arg(format!("https://{}{path}", self.tls));
        curl
    }

    /// Until the proxy leads to a server that is ready.
    async fn ready(&self) {
        while !self.over_tls("/readyz", &[]).await.starts_with("HTTP/1.1 200") {
            tokio::task::yield_now().await;
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A certificate signed by itself, its key in the same file, as HAProxy wants it.
fn certificate(folder: &Path) -> PathBuf {
    let [key, certificate, both] =
        ["key.pem", "certificate.pem", "both.pem"].map(|name| folder.join(name));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=helan.test", "-addext", "subjectAltName=IP:127.0.0.1"])
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .output()
        .expect("openssl is needed for this test: scripts/test installs it");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let text = [&certificate, &key].map(|it| std::fs::read_to_string(it).unwrap()).concat();
    std::fs::write(&both, text).unwrap();
    both
}

fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

async fn two_servers() -> Vec<Server> {
    let mut servers = Vec::new();
    for _ in 0..2 {
        let trusts = [IpAddr::V4(Ipv4Addr::LOCALHOST)];
        let server =
            Server::start_with(|settings| settings.endpoints.trusted_proxies = trusts.to_vec())
                .await;
        server.person("li", Role::Dispatcher, CITY).await;
        servers.push(server);
    }
    servers
}

/// Says something in the clear and reads the answer to its end.
async fn in_the_clear(proxy: &Proxy, said: &str) -> String {
    let mut line = TcpStream::connect(&proxy.plain).await.unwrap();
    line.write_all(said.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    line.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn cookie_lines(answer: &str) -> Vec<&str> {
    let lines = answer.lines().filter_map(|line| line.split_once(": "));
    lines.filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")).map(|(_, it)| it).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_tls_the_browser_is_told_to_stay_there_and_its_cookies_are_secure() {
    let servers = two_servers().await;
    let proxy = Proxy::before(&servers, |file| file);
    proxy.ready().await;

    let person = json!({ "name": "li", "password": PASSWORD }).to_string();
    let json_type = ["-H", "content-type: application/json", "-d"];
    let sent = [&json_type[..], &[person.as_str()]].concat();
    let signed_in = proxy.over_tls("/api/v1/session", &sent).await;
    assert!(signed_in.starts_with("HTTP/1.1 200"), "{signed_in}");
    let lower = signed_in.to_lowercase();
    assert!(lower.contains("strict-transport-security: max-age=31536000"), "{signed_in}");
    let cookies = cookie_lines(&signed_in);
    assert!(cookies.len() == 2 && cookies.iter().all(|it| it.contains("Secure")), "{cookies:?}");

    // A link goes through, at the server that signed the person in.
    let cookie: Vec<&str> = cookies.iter().filter_map(|it| it.split(';').next()).collect();
    let cookie = format!("cookie: {}", cookie.join("; "));
    let origin = format!("origin: https://{}", proxy.tls);
    let upgrade = ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"];
    let key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    let headers = [&upgrade[..], &[key, cookie.as_str(), origin.as_str()]].concat();
    let more: Vec<&str> = headers.into_iter().flat_map(|header| ["-H", header]).collect();
    let curl = proxy.curl("/ws/console", &more);
    let mut link = tokio::process::Command::from(curl)
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut told = BufReader::new(link.stdout.take().unwrap()).lines();
    assert_eq!(told.next_line().await.unwrap().unwrap(), "HTTP/1.1 101 Switching Protocols");

    // In the clear this machine's own tools are served, and nobody is told that TLS is the only way.
    let get = "GET /healthz HTTP/1.1\r\nHost: helan.test\r\nConnection: close\r\n\r\n";
    let plain = in_the_clear(&proxy, get).await;
    assert!(plain.starts_with("HTTP/1.1 200"), "{plain}");
    assert!(!plain.to_lowercase().contains("strict-transport-security"), "{plain}");
    let forged =
        "POST /api/v1/session HTTP/1.1\r\nHost: helan.test\r\nX-Forwarded-Proto: https\r\n";
    let body = format!("content-type: application/json\r\ncontent-length: {}\r\n", person.len());
    let forged = format!("{forged}{body}Connection: close\r\n\r\n{person}");
    let plain = in_the_clear(&proxy, &forged).await;
    assert!(plain.starts_with("HTTP/1.1 200"), "{plain}");
    assert!(!plain.contains("Secure"), "nobody says TLS for the proxy: {plain}");
    for server in servers {
        server.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_in_the_clear_from_outside_is_led_to_tls_and_slow_requests_wait_outside() {
    let servers = two_servers().await;
    // Another proxy's word about the address stands for a call from outside, and a second for ten.
    let changed = |file: String| {
        let from_outside = "bind \"${HELAN_PROXY_BIND}\" accept-proxy";
        let file = file.replace("bind \"${HELAN_PROXY_BIND}\"", from_outside);
        assert!(file.contains(from_outside));
        let patient = "timeout http-request 10s";
        assert!(file.contains(patient));
        file.replace(patient, "timeout http-request 1s")
    };
    let proxy = Proxy::before(&servers, changed);
    proxy.ready().await;
    let outside = "PROXY TCP4 203.0.113.9 203.0.113.1 4711 80\r\n";
    let own = "PROXY TCP4 127.0.0.1 127.0.0.1 4711 80\r\n";
    let get = "GET /api/v1/vehicles?x=1 HTTP/1.1\r\nHost: helan.test\r\nConnection: close\r\n\r\n";
    let led = in_the_clear(&proxy, &format!("{outside}{get}")).await;
    assert!(led.starts_with("HTTP/1.1 308"), "{led}");
    let to = "location: https://helan.test/api/v1/vehicles?x=1";
    assert!(led.to_lowercase().contains(to), "{led}");

    // A head and half a body that never go on: the proxy ends it, and no server has heard of it.
    let half = "POST /api/v1/session HTTP/1.1\r\nHost: helan.test\r\ncontent-length: 100\r\n\r\n{";
    for slow in [half, "GET /healthz HTTP/1.1\r\nHost: hel"] {
        let ended = in_the_clear(&proxy, &format!("{own}{slow}")).await;
        assert!(ended.starts_with("HTTP/1.1 408"), "{ended}");
        assert!(!ended.contains("\"code\""), "a server answered: {ended}");
    }
    for server in servers {
        server.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_that_speak_tls_themselves_stand_behind_it_and_see_vehicles_certificates() {
    let site = Site::new();
    let servers = [
        site.server(VehicleSignIn::Certificate).await,
        site.server(VehicleSignIn::Certificate).await,
    ];
    let vehicles = free_address();
    let further = [
        ("HELAN_SERVER_CA", site.ca().display().to_string()),
        ("HELAN_PROXY_VEHICLES_BIND", vehicles.clone()),
    ];
    let proxy = Proxy::set_up(&servers, |file| file, &further);
    proxy.ready().await;
    let own = site.client(Some(&site.vehicle("XN-01-1")));
    let vehicles = vehicles.parse().unwrap();
    // The proxy sees a moment later than for people which servers live.
    while TcpStream::connect(vehicles).await.is_err() {
        tokio::task::yield_now().await;
    }
    assert!(link_at(vehicles, &own, None).await.is_ok());
    let (status, _) = link_at(vehicles, &site.client(None), None).await.unwrap_err();
    assert_eq!(status, 401, "no certificate, no link");
    // Somebody else's authority: the proxy finds no server that it believes.
    let stranger = Site::new();
    let further = [("HELAN_SERVER_CA", stranger.ca().display().to_string())];
    let proxy = Proxy::set_up(&servers, |file| file, &further);
    let mut answer = String::new();
    while !answer.starts_with("HTTP/1.1") {
        answer = proxy.over_tls("/readyz", &[]).await;
    }
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    for server in servers {
        server.stop.cancel();
        server.running.stopped().await;
    }
}
