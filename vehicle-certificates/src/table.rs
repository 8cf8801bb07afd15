//! What was issued, for a person to read.

use crate::Entry;
use crate::book::Kind;
use chrono::DateTime;
use std::fmt::Write as _;

const DAY: i64 = 86_400;

/// Certificates that end within so many days are marked.
const SOON_DAYS: i64 = 30;

/// A line for each certificate: serial number, kind, until when, how it stands, name.
pub fn table(entries: &[Entry], now: i64) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{:<42} {:<8} {:<11} {:<18} NAME", "SERIAL", "KIND", "UNTIL", "STANDING");
    for entry in entries {
        let kind = match entry.kind {
            Kind::Server => "server",
            Kind::Vehicle => "vehicle",
        };
        let (until, standing) = (day(entry.not_after), standing(entry, now));
        let _ = writeln!(
            out,
            "{:<42} {kind:<8} {until:<11} {standing:<18} {}",
            entry.serial, entry.name
        );
    }
    out
}

fn standing(entry: &Entry, now: i64) -> String {
    let left = (entry.not_after - now).div_euclid(DAY);
    if let Some(at) = entry.revoked_at {
        format!("revoked {}", day(at))
    } else if now > entry.not_after {
        "ended".to_owned()
    } else if now < entry.not_before {
        "not begun".to_owned()
    } else if left < SOON_DAYS {
        format!("ends in {left} days !")
    } else {
        "valid".to_owned()
    }
}

fn day(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0)
        .map_or_else(String::new, |it| it.format("%Y-%m-%d").to_string())
}
