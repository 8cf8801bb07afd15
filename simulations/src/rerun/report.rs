//! What an unchanged rerun found, as text.

use super::again::Findings;
use dispatch_core::model::CentreId;
use std::fmt::Write as _;

/// The findings of one centre.
pub fn report(centre: &CentreId, findings: &Findings) -> String {
    let mut out = String::new();
    let taken: u64 = findings.taken.values().sum();
    let _ = writeln!(
        out,
        "{centre}: version {}; {} events decided again and the same, {} would be decided otherwise, {taken} taken as recorded",
        findings.version, findings.decided, findings.differences
    );
    for (kind, count) in &findings.taken {
        let _ = writeln!(
            out,
            "  taken as recorded, since the journal does not keep what was asked: {count} {kind}"
        );
    }
    for different in &findings.different {
        let _ = writeln!(
            out,
            "  version {} ({}): {}",
            different.version, different.kind, different.now
        );
    }
    let more = findings.differences - findings.different.len() as u64;
    if more > 0 {
        let _ = writeln!(out, "  ... and {more} more");
    }
    let hex = |hash: [u8; 32]| hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let [recorded, again] = findings.hashes;
    let verdict = match findings.states_apart {
        0 => "the same at every version".to_owned(),
        apart => format!("DIFFERENT at {apart} versions"),
    };
    let _ = writeln!(
        out,
        "  states: {verdict}\n  recorded      {}\n  decided again {}",
        hex(recorded),
        hex(again)
    );
    out
}
