//! A server that speaks TLS itself: browsers, vehicles by certificate and by key, and what ends with a certificate.

use crate::http_support::{CITY, PASSWORD, Server, region};
use dispatch_server::certificates::VehicleSignIn;
use dispatch_server::settings::ServeSettings;
use futures_util::StreamExt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use transport_tls::{Believed, ClientTls, ClockOf, Identity, Roots, ServerFiles};
use vehicle_certificates::{Authority, CA_FILE, REVOKED_FILE, Subject, now_seconds, save_issued};
use wire_protocol::vocabulary::Role;

pub(crate) struct Site {
    folder: TempDir,
    first_ca: String,
    authority: Authority,
}

impl Site {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let authority =
            Authority::make(&folder.path().join("ca"), "Test", 3_650, now_seconds()).unwrap();
        let first_ca = std::fs::read_to_string(folder.path().join("ca").join(CA_FILE)).unwrap();
        let site = Self { folder, first_ca, authority };
        site.issue(&Subject::Server(vec!["127.0.0.1".into()]), 365);
        site
    }

    fn issue(&self, subject: &Subject, days: u32) -> Identity {
        let issued = self.authority.issue(subject, days, now_seconds()).unwrap();
        let certificate = save_issued(&issued, self.folder.path()).unwrap();
        Identity { key: certificate.with_extension("key"), certificate }
    }

    pub(crate) fn vehicle(&self, id: &str) -> Identity {
        self.issue(&Subject::Vehicle(id.into()), 365)
    }

    pub(crate) fn ca(&self) -> PathBuf {
        self.folder.path().join("ca").join(CA_FILE)
    }

    pub(crate) async fn server(&self, sign_in: VehicleSignIn) -> Server {
        let files = files(self.folder.path());
        Server::start_with(move |settings: &mut ServeSettings| {
            settings.encryption = Some(files);
            settings.endpoints.vehicle_sign_in = sign_in;
        })
        .await
    }

    pub(crate) fn client(&self, own: Option<&Identity>) -> ClientTls {
        let clock = ClockOf::new(|| (now_seconds().unsigned_abs(), Believed::Told));
        ClientTls::open(&Roots::Pinned(self.ca()), own, clock).unwrap()
    }
}

fn files(folder: &Path) -> ServerFiles {
    ServerFiles {
        certificate: folder.join("server.pem"),
        key: folder.join("server.key"),
        vehicle_authority: Some(folder.join("ca").join(CA_FILE)),
        revoked: Some(folder.join("ca").join(REVOKED_FILE)),
    }
}

async fn line(address: SocketAddr, client: &ClientTls) -> TlsStream<TcpStream> {
    let socket = TcpStream::connect(address).await.unwrap();
    client.connect("127.0.0.1", socket).await.unwrap()
}

async fn asked(server: &Server, client: &ClientTls, request: &str) -> String {
    let mut line = line(server.running.address, client).await;
    line.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.unwrap();
    answer
}

/// A vehicle's link, or the status with which it was refused.
async fn link(
    server: &Server,
    client: &ClientTls,
    key: Option<&str>,
) -> Result<WebSocketStream<TlsStream<TcpStream>>, (u16, String)> {
    link_at(server.running.address, client, key).await
}

/// The same at any address.
pub(crate) async fn link_at(
    address: SocketAddr,
    client: &ClientTls,
    key: Option<&str>,
) -> Result<WebSocketStream<TlsStream<TcpStream>>, (u16, String)> {
    let mut request = format!("wss://{address}/ws/agent").into_client_request().unwrap();
    if let Some(key) = key {
        request.headers_mut().insert("authorization", format!("Bearer {key}").parse().unwrap());
    }
    match tokio_tungstenite::client_async(request, line(address, client).await).await {
        Ok((link, _)) => Ok(link),
        Err(Error::Http(answer)) => {
            let body = answer.body().clone().unwrap_or_default();
            Err((answer.status().as_u16(), String::from_utf8(body).unwrap()))
        }
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_browser_is_kept_to_tls_and_health_tells_what_ends() {
    let site = Site::new();
    site.issue(&Subject::Server(vec!["127.0.0.1".into()]), 10);
    let server = site.server(VehicleSignIn::Either).await;
    assert!(server.running.is_encrypted);
    let person = dispatch_server::people::PersonToAdd {
        name: "wang",
        display_name: "wang",
        password: PASSWORD,
        role: Role::Dispatcher,
        centre: CITY.into(),
        hospital: None,
    };
    server.running.people.add(person).await.unwrap();
    let client = site.client(None);
    let head = "host: 127.0.0.1\r\nconnection: close\r\n";
    let ready = asked(&server, &client, &format!("GET /readyz HTTP/1.1\r\n{head}\r\n")).await;
    assert!(ready.starts_with("HTTP/1.1 200"), "{ready}");
    assert!(ready.contains("ready\nwarnings about certificates: 1 (the server's log"), "{ready}");
    assert!(!ready.contains("days"), "strangers are not told which one ends: {ready}");
    assert!(ready.contains("strict-transport-security: max-age="), "{ready}");
    let body = format!(r#"{{"name":"wang","password":"{PASSWORD}"}}"#);
    let sign_in = format!(
        "POST /api/v1/session HTTP/1.1\r\n{head}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let signed_in = asked(&server, &client, &sign_in).await;
    assert!(signed_in.contains("; Secure"), "{signed_in}");
}

#[tokio::test]
async fn a_vehicle_comes_in_by_its_certificate_and_its_link_ends_with_it() {
    let site = Site::new();
    let server = site.server(VehicleSignIn::Certificate).await;
    let client = site.client(Some(&site.vehicle("XN-01-1")));
    let mut linked = link(&server, &client, None).await.unwrap();
    let (status, body) = link(&server, &site.client(None), None).await.unwrap_err();
    assert_eq!((status, body.contains("certificate_needed")), (401, true), "{body}");
    let key = server.key("XN-01-1").await;
    assert_eq!(link(&server, &site.client(None), Some(&key)).await.unwrap_err().0, 401);
    let stranger = site.client(Some(&site.vehicle("XN-99-9")));
    let (status, body) = link(&server, &stranger, None).await.unwrap_err();
    assert_eq!((status, body.contains("certificate_refused")), (401, true), "{body}");
    site.authority.revoke(|entry| entry.name == "XN-01-1", now_seconds()).unwrap();
    // The server looks at its files every few seconds; then the link ends.
    while let Some(Ok(_)) = linked.next().await {}
    let socket = TcpStream::connect(server.running.address).await.unwrap();
    let again = async {
        let mut line = client.connect("127.0.0.1", socket).await?;
        line.write_all(b"GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").await?;
        line.read_u8().await
    };
    assert!(again.await.is_err(), "and nothing else opens with it");
}

#[tokio::test]
async fn an_authority_that_counts_no_more_ends_what_it_opened_and_the_next_one_opens_it_again() {
    let (site, next) = (Site::new(), Site::new());
    let server = site.server(VehicleSignIn::Certificate).await;
    let mut linked =
        link(&server, &site.client(Some(&site.vehicle("XN-01-1"))), None).await.unwrap();
    let of_next = next.vehicle("XN-01-1");
    for name in [CA_FILE, REVOKED_FILE] {
        let into = site.folder.path().join("ca").join(name);
        std::fs::copy(next.folder.path().join("ca").join(name), into).unwrap();
    }
    while let Some(Ok(_)) = linked.next().await {}
    // The server's own certificate is still the first authority's.
    let clock = ClockOf::new(|| (now_seconds().unsigned_abs(), Believed::Told));
    let first_ca = site.folder.path().join("first.pem");
    std::fs::write(&first_ca, &site.first_ca).unwrap();
    let client = ClientTls::open(&Roots::Pinned(first_ca), Some(&of_next), clock).unwrap();
    assert!(link(&server, &client, None).await.is_ok());
}

#[tokio::test]
async fn key_and_certificate_are_of_one_vehicle() {
    let site = Site::new();
    let own = site.client(Some(&site.vehicle("XN-01-1")));
    let (either, both) =
        (site.server(VehicleSignIn::Either).await, site.server(VehicleSignIn::Both).await);
    for server in [&either, &both] {
        let (its, others) = (server.key("XN-01-1").await, server.key("XN-01-2").await);
        assert!(link(server, &own, Some(&its)).await.is_ok());
        let (status, body) = link(server, &own, Some(&others)).await.unwrap_err();
        assert_eq!((status, body.contains("certificate_of_another")), (401, true), "{body}");
        assert_eq!(link(server, &own, Some("nonsense")).await.unwrap_err().0, 401);
    }
    assert!(link(&either, &own, None).await.is_ok());
    assert!(link(&either, &site.client(None), Some(&either.key("XN-01-2").await)).await.is_ok());
    assert_eq!(link(&either, &site.client(None), None).await.unwrap_err().0, 401);
    assert_eq!(link(&both, &own, None).await.unwrap_err().0, 401);
    let key = both.key("XN-01-2").await;
    assert_eq!(link(&both, &site.client(None), Some(&key)).await.unwrap_err().0, 401);
}

#[tokio::test]
async fn files_that_cannot_be_used_are_told_before_anything_is_opened() {
    let site = Site::new();
    std::fs::write(site.folder.path().join("server.key"), "nonsense").unwrap();
    let data = tempfile::tempdir().unwrap();
    let mut settings = ServeSettings::new(data.path().to_owned(), region());
    settings.encryption = Some(files(site.folder.path()));
    let refused = dispatch_server::serve::serve(settings, Default::default()).await.err().unwrap();
    let refused = refused.to_string();
    assert!(refused.contains("--tls-certificate") && refused.contains("server.key"), "{refused}");
    let mut settings = ServeSettings::new(data.path().to_owned(), region());
    settings.endpoints.vehicle_sign_in = VehicleSignIn::Certificate;
    let refused = dispatch_server::serve::serve(settings, Default::default()).await.err().unwrap();
    assert!(refused.to_string().contains("--vehicle-ca"), "{refused}");
}
