//! Terminals that reach their centre over TLS: by certificate, by key, and what ends either.

use crate::gear::{Gateway, Receiver, Server, Terminal, in_time, now_ms, tiny};
use dispatch_server::certificates::VehicleSignIn;
use serde_json::{Value, json};
use simulations::field_terminal::{Edition, FieldTerminal, Report};
use std::path::PathBuf;
use tempfile::TempDir;
use transport_tls::{Identity, Roots, ServerFiles};
use vehicle_agent::link::{LinkPhase, ScreenState};
use vehicle_agent::map::{MapAnswer, MapError, MapKeeper};
use vehicle_agent::shell::{ServerUrl, VehicleKey};
use vehicle_certificates::{Authority, CA_FILE, REVOKED_FILE, Subject, save_issued};
use wire_protocol::vocabulary::Role;

const VEHICLE: &str = "XN-01-1";

struct Site {
    folder: TempDir,
    authority: Authority,
}

impl Site {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ca = folder.path().join("ca");
        let authority = Authority::make(&ca, "Test", 3_650, now_ms() / 1000).unwrap();
        let site = Self { folder, authority };
        site.issue(&Subject::Server(vec!["127.0.0.1".into()]));
        site
    }

    fn issue(&self, subject: &Subject) -> Identity {
        let issued = self.authority.issue(subject, 365, now_ms() / 1000).unwrap();
        let certificate = save_issued(&issued, self.folder.path()).unwrap();
        Identity { key: certificate.with_extension("key"), certificate }
    }

    fn vehicle(&self) -> Identity {
        self.issue(&Subject::Vehicle(VEHICLE.into()))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn server(&self, sign_in: VehicleSignIn) -> Server {
        self.server_over(tempfile::tempdir().unwrap(), sign_in).await
    }

    /// Over what a server left behind that did not encrypt.
    async fn server_over(&self, data: TempDir, sign_in: VehicleSignIn) -> Server {
        let files = ServerFiles {
            certificate: self.path("server.pem"),
            key: self.path("server.key"),
            vehicle_authority: Some(self.path("ca").join(CA_FILE)),
            revoked: Some(self.path("ca").join(REVOKED_FILE)),
        };
        Server::open_again(data, tiny(), |settings| {
            settings.encryption = Some(files);
            settings.endpoints.vehicle_sign_in = sign_in;
        })
        .await
    }

    fn address(&self, server: &Server, own: Option<&Identity>) -> ServerUrl {
        let address: ServerUrl = format!("wss://{}/ws/agent", server.address()).parse().unwrap();
        address.encrypted(&Roots::Pinned(self.path("ca").join(CA_FILE)), own).unwrap()
    }
}

fn is_online(picture: &ScreenState) -> bool {
    picture.link == LinkPhase::Online && picture.state.is_some()
}

fn says(words: &'static str) -> impl Fn(&ScreenState) -> bool {
    move |picture| picture.link_trouble.as_deref().is_some_and(|it| it.contains(words))
}

#[tokio::test]
async fn a_certificate_alone_carries_a_vehicle_until_it_is_revoked_and_its_next_one_does_again() {
    let site = Site::new();
    let server = site.server(VehicleSignIn::Certificate).await;
    let own = site.vehicle();
    let address = site.address(&server, Some(&own));
    let outbox = site.path("outbox");
    let (map, _shelf) = MapKeeper::beside(&outbox, address.clone(), VehicleKey::NONE);
    let terminal = Terminal::switch_on_to(address, VehicleKey::NONE, &outbox).await;
    terminal.until("the link over TLS", is_online).await;
    assert!(matches!(map.ask().await, Ok(MapAnswer::Changed(_))), "the crew's map comes by it too");
    let receiver = Receiver::driving_from(101.79, 36.61, 3);
    terminal.drive(&receiver, 0..1).await;
    terminal.until_all_sent().await;

    site.authority.revoke(|entry| entry.name == VEHICLE, now_ms() / 1000).unwrap();
    terminal.until("the revoked certificate to be told", says("it was revoked")).await;
    let refused = map.ask().await.unwrap_err();
    assert!(matches!(refused, MapError::Network(_)), "{refused}");
    terminal.drive(&receiver, 1..3).await;
    terminal.until_waiting(2).await;
    // The technician brings the next one, by which the same terminal goes on without being started again.
    assert_eq!(site.vehicle(), own);
    terminal.until("the link by the next certificate", is_online).await;
    terminal.until_all_sent().await;
    terminal.switch_off().await;
    server.close().await;
}

#[tokio::test]
async fn a_vehicle_whose_certificate_is_over_goes_on_by_its_key_where_the_server_takes_it() {
    let site = Site::new();
    let own = site.vehicle();
    site.authority.revoke(|entry| entry.name == VEHICLE, now_ms() / 1000).unwrap();
    let either = site.server(VehicleSignIn::Either).await;
    let key = either.key(VEHICLE).await.parse().unwrap();
    let address = site.address(&either, Some(&own));
    let terminal = Terminal::switch_on_to(address, key, &site.path("one")).await;
    terminal.until("the link by the key alone", is_online).await;
    terminal.switch_off().await;

    // Where both are asked for, the key alone opens nothing, and what is told is what is wrong.
    let both = site.server(VehicleSignIn::Both).await;
    let key = both.key(VEHICLE).await.parse().unwrap();
    let address = site.address(&both, Some(&own));
    let terminal = Terminal::switch_on_to(address, key, &site.path("two")).await;
    terminal.until("the reason", says("it was revoked")).await;
    terminal.switch_off().await;
    for server in [either, both] {
        server.close().await;
    }
}

#[tokio::test]
async fn an_end_that_speaks_tls_and_one_that_does_not_tell_each_other_what_is_wrong() {
    let site = Site::new();
    let server = site.server(VehicleSignIn::Either).await;
    let key = server.key(VEHICLE).await;
    let terminal =
        Terminal::switch_on(&server.address().to_string(), &key, &site.path("clear")).await;
    terminal.until("the port to be told", says("write https:// or wss://")).await;
    terminal.switch_off().await;

    let plain = Server::open(tiny(), |_| {}).await;
    let key = plain.key(VEHICLE).await.parse().unwrap();
    let address = site.address(&plain, None);
    let terminal = Terminal::switch_on_to(address, key, &site.path("tls")).await;
    terminal.until("the port to be told", says("does not speak TLS")).await;
    terminal.switch_off().await;

    // Another authority than the one that is believed.
    let other = Site::new();
    let key = server.key(VEHICLE).await.parse().unwrap();
    let address = other.address(&server, None);
    let terminal = Terminal::switch_on_to(address, key, &site.path("other")).await;
    terminal.until("the authority to be told", says("not trusted here")).await;
    terminal.switch_off().await;
    for server in [server, plain] {
        server.close().await;
    }
}

const NUMBER: &str = "13912344329";

/// Has a gateway's key made and a terminal bound to it while the server does not encrypt; gives the folder it leaves.
async fn bound_in_the_clear() -> (TempDir, String) {
    let server = Server::open(tiny(), |_| {}).await;
    let admin = server.person("admin", Role::Administrator, "qinghai").await;
    let key = admin.post("/api/v1/gateways/north/key", &json!({})).await;
    let key: Value = key.json().await.unwrap();
    let path = format!("http://{}/api/v1/terminals/{NUMBER}", server.address());
    let binding =
        json!({ "vehicle": VEHICLE, "gateway": "north", "datum": "wgs84", "keys": "none" });
    let bound = admin.client.put(path).header("cookie", &admin.cookie).json(&binding);
    assert!(bound.send().await.unwrap().status().is_success());
    (server.close().await, key["key"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_gateway_with_its_own_key_speaks_over_tls_to_whom_it_believes_and_to_nobody_else() {
    let (data, key) = bound_in_the_clear().await;
    let (site, other) = (Site::new(), Site::new());
    let server = site.server_over(data, VehicleSignIn::Either).await;
    let address = format!("wss://{}/ws/agent", server.address());
    let ca = |site: &Site| site.path("ca").join(CA_FILE);
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let deceived = Gateway::start_encrypted(folders[0].path(), &address, &key, &ca(&other));
    let gateway = Gateway::start_encrypted(folders[1].path(), &address, &key, &ca(&site));
    let mut terminal =
        FieldTerminal::connect(&gateway.address, NUMBER, Edition::Of2013).await.unwrap();
    // Once the server has told the gateway whom it is to know.
    let introduced = async { while terminal.introduce("青A·12001").await.is_err() {} };
    in_time("the terminal to be known", introduced).await;
    let here = Report {
        lat: 36.61,
        lon: 101.79,
        speed_mps: 0.0,
        heading_deg: 0.0,
        unix_ms: now_ms(),
        sos: false,
    };
    terminal.report(&here).await.unwrap();
    let arrived = async { while server.counter("helan_agent_fixes_total").await < 1.0 {} };
    in_time("the position over TLS", arrived).await;

    let mut stranger =
        FieldTerminal::connect(&deceived.address, NUMBER, Edition::Of2013).await.unwrap();
    assert!(stranger.introduce("青A·12001").await.is_err(), "it was told nothing");
    [deceived, gateway].into_iter().for_each(Gateway::kill);
    server.close().await;
}
