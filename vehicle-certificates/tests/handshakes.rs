//! What this authority signs, shown by both ends of a link: believed where it should be and nowhere else.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use transport_tls::{
    Believed, ClientTls, ClockOf, Facts, Identity, LookedAgain, Roots, ServerFiles, ServerTls,
    TlsBlame, facts, tls_words,
};
use vehicle_certificates::{Authority, CA_FILE, REVOKED_FILE, Subject, save_issued};

/// 2026-11-29, noon.
const NOON: i64 = 1_795_953_600;
const DAY: i64 = 86_400;

/// An authority, a server's certificate of it, and the time that the server goes by.
struct Site {
    folder: TempDir,
    authority: Authority,
    server_time: Arc<AtomicU64>,
}

impl Site {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let authority = Authority::make(&folder.path().join("ca"), "Test", 3_650, NOON).unwrap();
        let site = Self { folder, authority, server_time: Arc::new(AtomicU64::new(NOON as u64)) };
        site.server_certificate(&["centre.example", "127.0.0.1"], 365, NOON);
        site
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn server_certificate(&self, names: &[&str], days: u32, now: i64) {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let issued = self.authority.issue(&Subject::Server(names), days, now).unwrap();
        save_issued(&issued, self.folder.path()).unwrap();
    }

    fn vehicle(&self, id: &str, days: u32, now: i64) -> Identity {
        let issued = self.authority.issue(&Subject::Vehicle(id.to_owned()), days, now).unwrap();
        let certificate = save_issued(&issued, &self.path("vehicles")).unwrap();
        Identity { key: certificate.with_extension("key"), certificate }
    }

    fn server(&self) -> ServerTls {
        let time = self.server_time.clone();
        let files = ServerFiles {
            certificate: self.path("server.pem"),
            key: self.path("server.key"),
            vehicle_authority: Some(self.path("ca").join(CA_FILE)),
            revoked: Some(self.path("ca").join(REVOKED_FILE)),
        };
        ServerTls::open(files, ClockOf::new(move || (time.load(Ordering::SeqCst), Believed::Told)))
            .unwrap()
    }

    fn client(&self, own: Option<&Identity>, now: i64, by: Believed) -> ClientTls {
        self.client_of(&self.path("ca"), own, now, by)
    }

    fn client_of(&self, ca: &Path, own: Option<&Identity>, now: i64, by: Believed) -> ClientTls {
        let clock = ClockOf::new(move || (now as u64, by));
        ClientTls::open(&Roots::Pinned(ca.join(CA_FILE)), own, clock).unwrap()
    }
}

/// Shakes hands in memory and says a word each way: the vehicle's certificate as the server saw it, or why not.
async fn shake(
    server: &ServerTls,
    client: &ClientTls,
    host: &str,
) -> Result<Option<Facts>, (TlsBlame, String)> {
    let (near, far) = duplex(64 * 1024);
    let acceptor = TlsAcceptor::from(server.config());
    let serving = tokio::spawn(async move {
        let mut stream = acceptor.accept(far).await?;
        let mut word = [0; 2];
        stream.read_exact(&mut word).await?;
        stream.write_all(&word).await?;
        stream.flush().await?;
        let shown = stream.get_ref().1.peer_certificates().and_then(|chain| chain.first());
        Ok::<_, std::io::Error>(shown.and_then(|shown| facts(shown)))
    });
    let asked = async {
        let mut stream = client.connect(host, near).await?;
        // A server that does not take the certificate has said so before it closed: what it said is read, whatever
        // became of the question.
        let _ = stream.write_all(b"hi").await;
        let _ = stream.flush().await;
        let mut word = [0; 2];
        stream.read_exact(&mut word).await
    };
    let asked = asked.await.map(drop);
    let seen = serving.await.unwrap();
    match asked {
        Ok(()) => Ok(seen.unwrap()),
        Err(error) => Err(tls_words(&error).unwrap_or((TlsBlame::Other, error.to_string()))),
    }
}

/// The certificate of a vehicle as its file has it.
fn chain(site: &Site, id: &str) -> Vec<CertificateDer<'static>> {
    let file = site.path("vehicles").join(format!("{id}.pem"));
    CertificateDer::pem_file_iter(file).unwrap().map(Result::unwrap).collect()
}

#[tokio::test]
async fn a_vehicle_is_named_by_what_its_authority_signed() {
    let site = Site::new();
    let server = site.server();
    let own = site.vehicle("YC-01-1", 365, NOON);
    let client = site.client(Some(&own), NOON, Believed::Told);
    let shown = shake(&server, &client, "centre.example").await.unwrap().unwrap();
    assert_eq!(shown.vehicle.as_deref(), Some("YC-01-1"));
    assert_eq!(client.own(), Some(shown.clone()), "both ends read the same of it");
    assert_eq!((shown.not_before, shown.not_after), (NOON - DAY, NOON + 365 * DAY));
    let nameless = site.client(None, NOON, Believed::Told);
    assert_eq!(shake(&server, &nameless, "127.0.0.1").await.unwrap(), None, "browsers show none");
}

#[tokio::test]
async fn a_server_is_believed_by_its_name_its_authority_and_its_time() {
    let site = Site::new();
    let server = site.server();
    let told = |now| site.client(None, now, Believed::Told);
    let blamed = async |client: &ClientTls, host: &str| {
        let (blame, words) = shake(&server, client, host).await.unwrap_err();
        assert_eq!(blame, TlsBlame::ServerCertificate, "{words}");
        words
    };
    let words = blamed(&told(NOON), "other.example").await;
    assert!(words.contains("centre.example") && words.contains("other.example"), "{words}");
    let other = Site::new();
    let of_another = site.client_of(&other.path("ca"), None, NOON, Believed::Told);
    let words = blamed(&of_another, "centre.example").await;
    assert!(words.contains("not trusted here"), "{words}");
    assert!(blamed(&told(NOON + 400 * DAY), "centre.example").await.contains("has ended"));
    assert!(blamed(&told(NOON - 10 * DAY), "centre.example").await.contains("has not begun"));
}

#[tokio::test]
async fn a_terminal_that_woke_in_1970_still_reaches_its_centre_and_one_in_the_future_does_not() {
    let site = Site::new();
    let server = site.server();
    let own = site.vehicle("YC-01-1", 365, NOON);
    for own_clock in [0, DAY, NOON - 400 * DAY] {
        let client = site.client(Some(&own), own_clock, Believed::OwnClock);
        assert!(shake(&server, &client, "centre.example").await.is_ok(), "{own_clock}");
    }
    let ahead = site.client(Some(&own), NOON + 400 * DAY, Believed::OwnClock);
    let (blame, words) = shake(&server, &ahead, "centre.example").await.unwrap_err();
    assert!(
        blame == TlsBlame::ServerCertificate && words.contains("clock here is ahead"),
        "{words}"
    );
    // A clock that is behind forgives nothing else.
    let other = Site::new();
    let wrong = site.client_of(&other.path("ca"), None, 0, Believed::OwnClock);
    assert!(shake(&server, &wrong, "centre.example").await.is_err());
    let behind = site.client(None, 0, Believed::OwnClock);
    assert!(shake(&server, &behind, "other.example").await.is_err());
}

#[tokio::test]
async fn what_has_ended_not_begun_or_is_of_another_authority_opens_nothing() {
    let site = Site::new();
    let server = site.server();
    let refused = async |own: &Identity| {
        let client = site.client(Some(own), NOON, Believed::Told);
        let (blame, words) = shake(&server, &client, "centre.example").await.unwrap_err();
        assert_eq!(blame, TlsBlame::OwnCertificate, "{words}");
    };
    refused(&site.vehicle("YC-01-1", 1, NOON - 30 * DAY)).await;
    refused(&site.vehicle("YC-01-2", 365, NOON + 30 * DAY)).await;
    refused(&Site::new().vehicle("YC-01-3", 365, NOON)).await;
    // A server's certificate names no vehicle and is none.
    let server_own =
        Identity { certificate: site.path("server.pem"), key: site.path("server.key") };
    refused(&server_own).await;
}

#[tokio::test]
async fn a_revoked_certificate_opens_nothing_once_the_list_is_there() {
    let site = Site::new();
    let server = site.server();
    let (lost, kept) = (site.vehicle("YC-01-1", 365, NOON), site.vehicle("YC-01-2", 365, NOON));
    let lost = site.client(Some(&lost), NOON, Believed::Told);
    let kept = site.client(Some(&kept), NOON, Believed::Told);
    assert!(shake(&server, &lost, "centre.example").await.is_ok());
    let revoked = site.authority.revoke(|entry| entry.name == "YC-01-1", NOON).unwrap();
    assert_eq!(revoked.len(), 1);
    assert_eq!(server.look_again().unwrap(), LookedAgain::Loaded);
    let (lost_own, kept_own) = (chain(&site, "YC-01-1"), chain(&site, "YC-01-2"));
    assert!(!server.believes(&lost_own) && server.believes(&kept_own));
    let (blame, words) = shake(&server, &lost, "centre.example").await.unwrap_err();
    assert_eq!((blame, words.contains("revoked")), (TlsBlame::OwnCertificate, true), "{words}");
    assert!(shake(&server, &kept, "centre.example").await.is_ok());
    // Years later the list is as good, for servers that hold its next update against it too.
    assert!(site.authority.revoke(|_| false, NOON).unwrap().is_empty());
}

#[tokio::test]
async fn new_files_count_without_a_restart_and_bad_ones_change_nothing() {
    let site = Site::new();
    let server = site.server();
    let client = site.client(None, NOON, Believed::Told);
    let first = server.standing();
    assert_eq!(server.look_again().unwrap(), LookedAgain::Unchanged);
    site.server_certificate(&["centre.example"], 730, NOON);
    assert_eq!(server.look_again().unwrap(), LookedAgain::Loaded);
    assert_ne!(server.standing().own.serial, first.own.serial);
    let good = std::fs::read(site.path("server.pem")).unwrap();
    let key = std::fs::read(site.path("server.key")).unwrap();
    let another_key = site.vehicle("YC-01-1", 1, NOON).key;
    let bad: [(&str, Vec<u8>); 5] = [
        ("server.pem", b"nonsense".to_vec()),
        ("server.pem", good[..good.len() / 2].to_vec()),
        ("server.key", std::fs::read(another_key).unwrap()),
        ("server.key", Vec::new()),
        ("ca/revoked.pem", good.clone()),
    ];
    for (name, content) in bad {
        let before = std::fs::read(site.path(name)).unwrap();
        std::fs::write(site.path(name), content).unwrap();
        let problem = server.look_again().unwrap_err().to_string();
        assert!(problem.contains("expected"), "{problem}");
        assert_eq!(server.standing().problems, [problem]);
        assert!(
            shake(&server, &client, "centre.example").await.is_ok(),
            "{name}: the old one serves on"
        );
        std::fs::write(site.path(name), before).unwrap();
        assert_eq!(server.look_again().unwrap(), LookedAgain::Unchanged);
        assert!(server.standing().problems.is_empty());
    }
    std::fs::remove_file(site.path("server.key")).unwrap();
    assert!(server.look_again().unwrap_err().to_string().contains("server.key"));
    std::fs::write(site.path("server.key"), key).unwrap();
    // One that is good and out of its time waits until the one in use has ended too.
    site.server_certificate(&["centre.example"], 1, NOON - 30 * DAY);
    assert!(server.look_again().unwrap_err().to_string().contains("not valid at this time"));
    site.server_time.store((NOON + 800 * DAY) as u64, Ordering::SeqCst);
    assert_eq!(server.look_again().unwrap(), LookedAgain::Loaded);
}

#[test]
fn a_list_of_another_authority_is_refused_since_it_would_revoke_nothing() {
    let (site, other) = (Site::new(), Site::new());
    let server = site.server();
    std::fs::copy(other.path("ca").join(REVOKED_FILE), site.path("ca").join(REVOKED_FILE)).unwrap();
    let problem = server.look_again().unwrap_err().to_string();
    assert!(problem.contains("not a list of the vehicles' authority"), "{problem}");
}

#[test]
fn a_broken_certificate_keeps_nobody_from_being_revoked() {
    let site = Site::new();
    let server = site.server();
    site.vehicle("YC-01-1", 365, NOON);
    let own = chain(&site, "YC-01-1");
    assert!(server.believes(&own));
    std::fs::write(site.path("server.pem"), "nonsense").unwrap();
    site.authority.revoke(|_| true, NOON).unwrap();
    assert!(server.look_again().unwrap_err().to_string().contains("server.pem"));
    assert!(!server.believes(&own), "the list counts all the same");
    // And the other way about: a broken list keeps no new certificate out of use.
    std::fs::write(site.path("ca").join(REVOKED_FILE), "nonsense").unwrap();
    site.server_certificate(&["centre.example"], 700, NOON);
    assert!(server.look_again().unwrap_err().to_string().contains("revoked.pem"));
    assert_eq!(server.standing().own.not_after, NOON + 700 * DAY);
    assert!(!server.believes(&own), "what was revoked stays so");
}

#[tokio::test]
async fn another_authority_in_the_file_ends_the_belief_in_the_one_before() {
    let (site, next) = (Site::new(), Site::new());
    let server = site.server();
    site.vehicle("YC-01-1", 365, NOON);
    next.vehicle("YC-01-1", 365, NOON);
    let (before, after) = (chain(&site, "YC-01-1"), chain(&next, "YC-01-1"));
    // For the months of change both stand in the file, each with its list.
    for name in [CA_FILE, REVOKED_FILE] {
        let both = [&site, &next].map(|it| std::fs::read(it.path("ca").join(name)).unwrap());
        std::fs::write(site.path("ca").join(name), both.concat()).unwrap();
    }
    assert_eq!(server.look_again().unwrap(), LookedAgain::Loaded);
    assert!(server.believes(&before) && server.believes(&after));
    for name in [CA_FILE, REVOKED_FILE] {
        std::fs::copy(next.path("ca").join(name), site.path("ca").join(name)).unwrap();
    }
    assert_eq!(server.look_again().unwrap(), LookedAgain::Loaded);
    assert!(!server.believes(&before) && server.believes(&after));
}

#[tokio::test]
async fn a_file_in_any_order_and_from_any_editor_is_taken() {
    let site = Site::new();
    let server = site.server();
    let (own, ca) = ("server.pem", site.path("ca").join(CA_FILE));
    let [own_pem, ca_pem] = [site.path(own), ca].map(|path| std::fs::read_to_string(path).unwrap());
    let client = site.client(None, NOON, Believed::Told);
    let from_windows = format!("\u{feff}{}", own_pem.replace('\n', "\r\n"));
    let with_words = format!("Subject: the centre's\n{own_pem}\n# and who signed it\n{ca_pem}");
    for content in [format!("{ca_pem}{own_pem}"), from_windows, with_words] {
        std::fs::write(site.path(own), content).unwrap();
        assert_eq!(server.look_again().unwrap(), LookedAgain::Loaded);
        shake(&server, &client, "centre.example").await.unwrap();
    }
    std::fs::write(site.path(own), ca_pem).unwrap();
    let problem = server.look_again().unwrap_err().to_string();
    assert!(problem.contains("none of its certificates is of the key"), "{problem}");
}

#[test]
fn a_key_that_others_may_read_is_told() {
    let site = Site::new();
    let server = site.server();
    assert!(!server.standing().key_is_open);
    let mode = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(site.path("server.key"), mode).unwrap();
    assert_eq!(server.look_again().unwrap(), LookedAgain::Loaded);
    assert!(server.standing().key_is_open);
}

#[tokio::test]
async fn a_terminal_is_given_its_next_certificate_without_being_started_again() {
    let site = Site::new();
    let server = site.server();
    let own = site.vehicle("YC-01-1", 10, NOON);
    let client = site.client(Some(&own), NOON, Believed::Told);
    site.server_time.store((NOON + 11 * DAY) as u64, Ordering::SeqCst);
    let (blame, _) = shake(&server, &client, "centre.example").await.unwrap_err();
    assert_eq!(blame, TlsBlame::OwnCertificate);
    // Half a file changes nothing; the whole one counts at the next look.
    let good = std::fs::read(&own.certificate).unwrap();
    std::fs::write(&own.certificate, &good[..good.len() / 2]).unwrap();
    assert!(client.look_again().is_err() && client.own().is_some());
    site.vehicle("YC-01-1", 30, NOON);
    client.look_again().unwrap();
    let shown = shake(&server, &client, "centre.example").await.unwrap().unwrap();
    assert_eq!(shown.not_after, NOON + 30 * DAY);
}
