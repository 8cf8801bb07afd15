//! Settings that cannot be used end the program in one line, before anything is opened.

use clap::Parser;
use vehicle_agent::settings::{Cli, Command};

fn refusal(flags: &[&str], key: Option<&str>) -> String {
    let cli = match Cli::try_parse_from(["vehicle-agent", "run"].iter().chain(flags)) {
        Ok(cli) => cli,
        Err(error) => return error.to_string(),
    };
    let Command::Run(args) = cli.command else { panic!("run was asked for") };
    match args.check(key.map(str::to_owned), 1) {
        Ok(settings) => format!("accepted: {settings:?}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn each_bad_setting_is_named_with_what_to_do() {
    let key = Some("abc");
    for (flags, key, words) in [
        (&["--server", "http://x/"][..], key, "write wss://host:port/ws/agent"),
        (&["--server", "wss:///ws/agent"], key, "write wss://host:port/ws/agent"),
        (&["--ca", "/nowhere/ca.pem"], key, "is not encrypted"),
        (
            &["--server", "wss://x/ws/agent", "--ca", "/nowhere/ca.pem"],
            key,
            "/nowhere/ca.pem cannot be read",
        ),
        (&["--server", "wss://x/ws/agent", "--ca", "Cargo.toml"], key, "holds no certificate"),
        (&["--certificate", "own.pem"], key, "--certificate-key"),
        (&["--source", "usb"], key, "serial:/dev/ttyUSB0@9600"),
        (&["--source", "tcp:host"], key, "is no source"),
        (&["--rate", "-1"], key, "unexpected argument"),
        (&["--rate=-1"], key, "from 0 to 1000"),
        (&["--rate=NaN"], key, "from 0 to 1000"),
        (&["--crew", "0.0.0.0:8130"], key, "127.0.0.1:port"),
        (&["--restamp", "--source", "gpsd"], key, "recordings"),
        (&["--key-file", "/nowhere/key"], key, "/nowhere/key cannot be read"),
        (&[], None, "HELAN_AGENT_KEY"),
        (&[], Some("  "), "key is empty"),
        (&[], Some("a b"), "characters that no key has"),
    ] {
        let told = refusal(flags, key);
        assert!(told.contains(words), "{flags:?}: {told}");
    }
}

#[test]
fn good_settings_are_accepted_and_the_key_stays_hidden() {
    let told = refusal(&["--source", "serial:/dev/ttyS1@38400"], Some("top-secret"));
    assert!(told.starts_with("accepted") && !told.contains("top-secret"), "{told}");
}
