//! Files of which half is missing, as a copy that broke off leaves them: each is refused by its name, with what is missing.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};
use transport_tls::{
    Believed, ClientTls, ClockOf, Identity, Roots, ServerFiles, ServerTls, TlsProblem,
    authorities_pem,
};
use vehicle_certificates::{Authority, CA_FILE, REVOKED_FILE, Subject, save_issued};

/// 2026-11-29, noon.
const NOON: i64 = 1_795_953_600;

fn clock() -> ClockOf {
    ClockOf::new(|| (NOON as u64, Believed::Told))
}

/// A server's files and those of a vehicle.
fn made(folder: &Path) -> (ServerFiles, Identity) {
    let authority = Authority::make(&folder.join("ca"), "Test", 3_650, NOON).unwrap();
    let subjects =
        [Subject::Server(vec!["centre.example".into()]), Subject::Vehicle("YC-01-1".into())];
    let mut issued = authority.issue_all(&subjects, 365, NOON).unwrap().into_iter();
    let certificate = save_issued(&issued.next().unwrap(), folder).unwrap();
    let server = ServerFiles {
        key: certificate.with_extension("key"),
        certificate,
        vehicle_authority: Some(folder.join("ca").join(CA_FILE)),
        revoked: Some(folder.join("ca").join(REVOKED_FILE)),
    };
    let certificate = save_issued(&issued.next().unwrap(), folder).unwrap();
    (server, Identity { key: certificate.with_extension("key"), certificate })
}

/// With this file cut off in the middle, what is told is its name and what is missing.
fn refused<T>(file: &Path, label: &str, open: impl Fn() -> Result<T, TlsProblem>) {
    let whole = std::fs::read_to_string(file).unwrap();
    std::fs::write(file, &whole[..whole.len() / 2]).unwrap();
    let told = open().err().map(|problem| problem.to_string());
    let (begun, ended) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
    let what = format!(
        "{}: is cut off: {begun} in line 1 has no {ended}; expected the whole file",
        file.display()
    );
    assert_eq!(told, Some(what));
    std::fs::write(file, whole).unwrap();
    assert!(open().is_ok(), "{} is whole again", file.display());
}

#[test]
fn a_server_says_which_of_its_files_is_cut_off() {
    let folder = tempfile::tempdir().unwrap();
    let (files, _) = made(folder.path());
    let open = || ServerTls::open(files.clone(), clock());
    refused(&files.certificate, "CERTIFICATE", open);
    refused(&files.key, "PRIVATE KEY", open);
    refused(&files.vehicle_authority.clone().unwrap(), "CERTIFICATE", open);
    refused(&files.revoked.clone().unwrap(), "X509 CRL", open);

    let running = open().unwrap();
    refused(&files.revoked.clone().unwrap(), "X509 CRL", || running.look_again());
}

#[test]
fn a_terminal_and_a_gateway_say_which_of_theirs_is() {
    let folder = tempfile::tempdir().unwrap();
    let (_, own) = made(folder.path());
    let ca: PathBuf = folder.path().join("ca").join(CA_FILE);
    let open = || ClientTls::open(&Roots::Pinned(ca.clone()), Some(&own), clock());
    refused(&ca, "CERTIFICATE", open);
    refused(&own.certificate, "CERTIFICATE", open);
    refused(&own.key, "PRIVATE KEY", open);
    refused(&ca, "CERTIFICATE", || authorities_pem(&ca));
}

/// Without its end the first of two would be passed over, and whom it signed would be believed no more.
#[test]
fn of_two_authorities_in_one_file_none_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    made(folder.path());
    let ca = folder.path().join("ca").join(CA_FILE);
    let one = std::fs::read_to_string(&ca).unwrap();
    std::fs::write(&ca, format!("{}\n{one}", one.trim_end_matches("-----END CERTIFICATE-----\n")))
        .unwrap();
    let told = authorities_pem(&ca).unwrap_err().to_string();
    assert!(told.contains("is cut off: -----BEGIN CERTIFICATE----- in line 1"), "{told}");
}
