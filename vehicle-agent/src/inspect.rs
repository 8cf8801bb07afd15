//! What recordings of receivers hold: sentences, fixes and refusals by kind, as a table.

use std::path::Path;

use crate::nmea::{NmeaCounts, NmeaParser, ParserOptions, strip_annotations};

/// Counts what one recording gives, read as it is: no clock helps.
pub fn inspect(recording: &[u8], options: ParserOptions) -> NmeaCounts {
    let mut parser = NmeaParser::new(options);
    let mut fixes = Vec::new();
    parser.push(&strip_annotations(recording), &mut fixes);
    parser.finish(&mut fixes);
    *parser.counts()
}

/// A column: its heading and what it shows.
type Column = (&'static str, fn(&NmeaCounts) -> u64);

const COLUMNS: [Column; 15] = [
    ("sentences", |counts| counts.sentences),
    ("used", |counts| counts.used),
    ("fixes", |counts| counts.fixes),
    ("no fix", |counts| counts.no_fix),
    ("not measured", |counts| counts.not_measured),
    ("no date", |counts| counts.no_date),
    ("other kinds", |counts| counts.other_kinds),
    ("AIS", |counts| counts.ais),
    ("unsupported", |counts| counts.unsupported),
    ("unknown talker", |counts| counts.unknown_talker),
    ("bad checksum", |counts| counts.bad_checksum),
    ("no checksum", |counts| counts.no_checksum),
    ("malformed", |counts| counts.malformed),
    ("cut or too long", |counts| counts.cut_short + counts.too_long),
    ("noise bytes", |counts| counts.noise_bytes),
];

/// The Markdown table of several recordings.
pub fn table<'a>(rows: impl IntoIterator<Item = (&'a Path, NmeaCounts)>) -> String {
    let headings: Vec<&str> = COLUMNS.iter().map(|(heading, _)| *heading).collect();
    let mut table = format!("| recording | {} |\n|---|", headings.join(" | "));
    table.push_str(&"---:|".repeat(COLUMNS.len()));
    table.push('\n');
    for (path, counts) in rows {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let cells: Vec<String> =
            COLUMNS.iter().map(|(_, value)| value(&counts).to_string()).collect();
        table.push_str(&format!("| {name} | {} |\n", cells.join(" | ")));
    }
    table
}
