//! What the shipped deployment files promise to keep inside or to refuse.

use crate::metadata::root;
use std::fs;
use std::path::{Path, PathBuf};

/// Every file that starts one of our programs somewhere.
fn shipped() -> Vec<PathBuf> {
    fn below(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder of the repository") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { below(&path, found) } else { found.push(path) }
        }
    }
    let mut found = Vec::new();
    below(&root().join("deploy"), &mut found);
    found.sort();
    found
}

/// The addresses that a file gives an option, by its variable or its flag.
fn addresses<'a>(text: &'a str, variable: &str, flag: &str) -> Vec<&'a str> {
    let named = |line: &'a str| {
        [variable, flag].into_iter().find_map(|name| Some(line.split_once(name)?.1))
    };
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or(line));
    let given = lines.filter_map(named);
    given
        .map(|rest| rest.trim_start_matches(['=', ':', ' ', '"']))
        .map(|rest| rest.split([' ', '"', '\\']).next().unwrap_or(rest))
        .collect()
}

/// Numbers of incidents and vehicles stand in the metrics: nobody on the network reads them unless an operator says so.
#[test]
fn metrics_are_shown_to_nobody_outside() {
    let mut given = 0;
    for path in shipped() {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for address in addresses(&text, "HELAN_METRICS_LISTEN", "--metrics-listen") {
            let is_inside = address.starts_with("127.0.0.1:") || address.starts_with("[::1]:");
            assert!(is_inside, "{} shows metrics at {address}", path.display());
            given += 1;
        }
        let published = ["\"8121\"", ":8121:", "8121:8121", "EXPOSE 8121", "EXPOSE 8120 8121"];
        let is_published = published.iter().find(|it| text.contains(**it));
        assert_eq!(is_published, None, "{} publishes the port of the metrics", path.display());
    }
    assert!(given >= 2, "the image and the settings file say where metrics are shown");
}

#[test]
fn an_address_is_found_however_it_is_written() {
    let find = |text| addresses(text, "HELAN_METRICS_LISTEN", "--metrics-listen");
    assert_eq!(find("ENV A=b HELAN_METRICS_LISTEN=0.0.0.0:8121 \\"), ["0.0.0.0:8121"]);
    assert_eq!(find("  HELAN_METRICS_LISTEN: \"0.0.0.0:8121\""), ["0.0.0.0:8121"]);
    assert_eq!(find("ExecStart=x --metrics-listen 0.0.0.0:8121 --listen"), ["0.0.0.0:8121"]);
    assert_eq!(find("# HELAN_METRICS_LISTEN=0.0.0.0:8121 for a collector"), [""; 0]);
}

/// `cargo deny check advisories` stops at a known vulnerability, an abandoned crate of ours and a withdrawn version; what
/// is let through says why.
#[test]
fn known_vulnerabilities_stop_the_check() {
    let deny = fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let deny: toml::Value = toml::from_str(&deny).expect("deny.toml parses");
    let advisories = deny.get("advisories").expect("a section [advisories]");
    let said = |key: &str| advisories.get(key).and_then(toml::Value::as_str);
    assert_eq!(said("yanked"), Some("deny"));
    let watched = [None, Some("all"), Some("workspace")];
    assert!(watched.contains(&said("unmaintained")), "an abandoned crate of ours is let through");
    // Since the second form nothing but `ignore` lets a vulnerability or an unsound crate through.
    assert!(said("unsound").is_none_or(|it| it == "all"));
    assert!(advisories.get("version").and_then(toml::Value::as_integer).is_some_and(|it| it >= 2));
    let ignored = advisories.get("ignore").and_then(toml::Value::as_array);
    for ignored in ignored.into_iter().flatten() {
        let reason = ignored.get("reason").and_then(toml::Value::as_str).unwrap_or_default();
        assert!(!reason.trim().is_empty(), "{ignored} is let through without a reason");
    }
}
