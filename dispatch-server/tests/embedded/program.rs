//! The program as it is started and stopped: refused settings, people and keys from the command line,
//! drain.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output, Stdio};

const REGION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/regions/tiny");

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dispatch-server"));
    command.args(arguments).stdin(Stdio::null());
    command.env("HELAN_PERSON_PASSWORD", "correct horse battery");
    command
}

fn run(arguments: &[&str]) -> Output {
    program(arguments).output().unwrap()
}

#[test]
fn bad_settings_end_the_program_in_one_line_that_names_them() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let below_a_file = file.join("data");
    let cases: [(&[&str], &str); 7] = [
        (&["--region", "/nowhere"], "--region (HELAN_REGION)"),
        (&["--data", below_a_file.to_str().unwrap()], "--data (HELAN_DATA)"),
        (&["--console", folder.path().to_str().unwrap()], "--console (HELAN_CONSOLE)"),
        (
            &["--listen", "127.0.0.1:9", "--metrics-listen", "127.0.0.1:9"],
            "--metrics-listen (HELAN_METRICS_LISTEN)",
        ),
        (&["--allowed-origin", "localhost"], "--allowed-origin (HELAN_ALLOWED_ORIGINS)"),
        (&["--log", "=="], "--log (HELAN_LOG)"),
        (&["--listen", "192.0.2.1:1"], "--listen (HELAN_LISTEN)"),
    ];
    for (wrong, named) in cases {
        let mut arguments = vec!["serve"];
        for (flag, usual) in [("--data", data), ("--region", REGION), ("--log", "off")] {
            if !wrong.contains(&flag) {
                arguments.extend([flag, usual]);
            }
        }
        arguments.extend(wrong);
        let output = run(&arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success());
        assert!(output.stdout.is_empty(), "nothing is ready: {:?}", output.stdout);
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.starts_with(&format!("helan: {named}")), "{said}");
    }
}

#[test]
fn a_terminated_server_says_ready_first_and_leaves_in_good_order() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let mut serve = program(&["serve", "--data", data, "--region", REGION]);
    serve.args(["--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0"]);
    let mut child = serve.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let code = lines.next().unwrap().unwrap();
    assert!(code.contains("set-up code for the first administrator: "), "{code}");
    let ready = lines.next().unwrap().unwrap();
    assert!(ready.starts_with("helan: ready on http://127.0.0.1:"), "{ready}");
    let told = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(told.success());
    let mut log = String::new();
    child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(child.wait().unwrap().success(), "{log}");
    let verified = run(&["verify", "--data", data]);
    assert!(verified.status.success(), "{verified:?}");
}

#[test]
fn people_and_keys_are_made_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let out = folder.path().join("keys.txt");
    let usual = ["--data", data.to_str().unwrap(), "--region", REGION];
    let add = |role: &str, centre: &str| {
        let who = ["--name", "li", "--role", role, "--centre", centre];
        run(&[&["add-person"], &usual[..], &who[..]].concat()).status.success()
    };
    assert!(!add("emperor", "xining"));
    assert!(!add("dispatcher", "atlantis"));
    assert!(add("dispatcher", "xining"));
    assert!(!add("dispatcher", "xining"), "the name is taken");

    let file = ["--out", out.to_str().unwrap()];
    let make = || run(&[&["make-vehicle-keys"], &usual[..], &file[..]].concat()).status.success();
    assert!(make());
    let first = std::fs::read_to_string(&out).unwrap();
    let vehicles: Vec<&str> = first.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(vehicles, ["XN-01-1", "XN-01-2", "XN-02-1"]);
    assert_eq!(std::fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(make());
    assert_ne!(std::fs::read_to_string(&out).unwrap(), first, "the keys are new");
}
