//! The folder of an authority, and `helan-admin certificates` as it is called.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};
use vehicle_certificates::{Authority, CA_FILE, ISSUED_FILE, KEY_FILE, Subject, table};

/// 2026-11-29, noon.
const NOON: i64 = 1_795_953_600;
const DAY: i64 = 86_400;

fn admin(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_helan-admin"));
    command.arg("certificates").args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn certificates_are_issued_listed_and_revoked_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (ca, out) = (path("ca"), path("out"));
    said(&admin(&["init", "--ca", &ca]));
    let again = admin(&["init", "--ca", &ca]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("holds an authority already"));
    assert_eq!(mode(Path::new(&ca).join(KEY_FILE).as_path()), 0o600);
    said(&admin(&[
        "issue",
        "--ca",
        &ca,
        "--vehicle",
        "YC-01-1",
        "--vehicle",
        "../x",
        "--out",
        &out,
    ]));
    said(&admin(&[
        "issue",
        "--ca",
        &ca,
        "--server",
        "localhost",
        "--server",
        "127.0.0.1",
        "--out",
        &out,
    ]));
    let tiny = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/regions/tiny");
    let all = said(&admin(&["issue", "--ca", &ca, "--region", tiny, "--out", &out]));
    assert!(all.contains("XN-01-1: "), "{all}");
    for name in ["YC-01-1", "%2E.%2Fx", "server", "XN-01-1"] {
        assert!(Path::new(&out).join(format!("{name}.pem")).is_file(), "{name}");
        assert_eq!(mode(Path::new(&out).join(format!("{name}.key")).as_path()), 0o600);
    }
    let listed = said(&admin(&["list", "--ca", &ca]));
    assert!(
        listed.contains("localhost 127.0.0.1") && listed.matches("valid").count() >= 4,
        "{listed}"
    );
    assert_eq!(said(&admin(&["list", "--ca", &ca, "--ending-within", "30"])).lines().count(), 1);
    let revoked = said(&admin(&["revoke", "--ca", &ca, "--vehicle", "YC-01-1"]));
    assert!(revoked.contains("1 revoked") && revoked.contains("YC-01-1"), "{revoked}");
    assert!(said(&admin(&["revoke", "--ca", &ca, "--vehicle", "YC-01-1"])).contains("0 revoked"));
    let unknown = admin(&["revoke", "--ca", &ca, "--vehicle", "YC-99-9"]);
    assert!(!unknown.status.success());
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("no certificate of YC-99-9"));
    let nobody = admin(&["issue", "--ca", &ca, "--out", &out]);
    assert!(!nobody.status.success(), "nothing to issue is a mistake");
    let nowhere = admin(&["list", "--ca", &path("nowhere")]);
    assert!(String::from_utf8_lossy(&nowhere.stderr).contains(KEY_FILE));
}

#[test]
fn a_book_that_was_damaged_is_told_by_line_and_column_and_issues_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::make(folder.path(), "Test", 3_650, NOON).unwrap();
    let subject = Subject::Vehicle("YC-01-1".into());
    authority.issue(&subject, 365, NOON).unwrap();
    let book = folder.path().join(ISSUED_FILE);
    let good = std::fs::read_to_string(&book).unwrap();
    std::fs::write(&book, good.replace("vehicle,YC", "lorry,YC")).unwrap();
    let problem = authority.issue(&subject, 365, NOON).err().unwrap().to_string();
    assert!(problem.contains("line 2, column 2") && problem.contains("expected"), "{problem}");
    std::fs::write(&book, good).unwrap();
    std::fs::write(folder.path().join(CA_FILE), "nonsense").unwrap();
    let problem = Authority::open(folder.path()).err().unwrap().to_string();
    assert!(problem.contains(CA_FILE) && problem.contains("expected PEM"), "{problem}");
}

#[test]
fn a_file_of_the_authority_that_was_cut_off_is_named_with_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    Authority::make(folder.path(), "Test", 3_650, NOON).unwrap();
    for (name, label) in [(CA_FILE, "CERTIFICATE"), (KEY_FILE, "PRIVATE KEY")] {
        let file = folder.path().join(name);
        let whole = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
        let problem = Authority::open(folder.path()).err().unwrap().to_string();
        let (begun, ended) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
        let what = format!("{}: is cut off: {begun} in line 1 has no {ended}", file.display());
        assert!(problem.starts_with(&what), "{problem}");
        std::fs::write(&file, whole).unwrap();
    }
}

#[test]
fn names_that_no_certificate_holds_are_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::make(folder.path(), "Test", 3_650, NOON).unwrap();
    let long = "x".repeat(65);
    for id in ["", " ", "a\nb", long.as_str()] {
        assert!(authority.issue(&Subject::Vehicle(id.into()), 365, NOON).is_err(), "{id:?}");
    }
    assert!(authority.issue(&Subject::Server(Vec::new()), 365, NOON).is_err());
    assert!(authority.issue(&Subject::Server(vec!["银川.例".into()]), 365, NOON).is_err());
    let some_are_good = ["A", "a\nb", "B"].map(|id| Subject::Vehicle(id.into()));
    assert!(authority.issue_all(&some_are_good, 365, NOON).is_err());
    assert_eq!(authority.entries().unwrap(), []);
    let all = authority.issue_all(&["A", "B"].map(|id| Subject::Vehicle(id.into())), 365, NOON);
    let all: Vec<_> = all.unwrap().into_iter().map(|issued| issued.entry).collect();
    assert_eq!(authority.entries().unwrap(), all, "in the order asked for");
}

#[test]
fn the_table_says_how_each_stands() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::make(folder.path(), "Test", 3_650, NOON).unwrap();
    for (id, days) in [("A", 365), ("B", 10), ("C", 1), ("D", 365)] {
        authority.issue(&Subject::Vehicle(id.into()), days, NOON).unwrap();
    }
    authority.revoke(|entry| entry.name == "D", NOON).unwrap();
    let told = table(&authority.entries().unwrap(), NOON + 2 * DAY);
    let standing = |id: &str| told.lines().find(|line| line.ends_with(id)).unwrap().to_owned();
    assert!(
        standing("A").contains("valid") && standing("B").contains("ends in 8 days !"),
        "{told}"
    );
    assert!(
        standing("C").contains("ended") && standing("D").contains("revoked 2026-11-29"),
        "{told}"
    );
}
