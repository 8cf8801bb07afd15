//! Every figure of every replication as CSV, for a spreadsheet: a text that a spreadsheet would take for a formula is quoted.

use crate::study::figures::Figure;
use crate::study::run::Results;
use std::io;
use std::path::Path;

/// What makes a spreadsheet compute, in either width.
const BEGINS_FORMULA: [char; 11] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];

/// A cell that no spreadsheet computes: what begins like a formula gets an apostrophe.
fn guarded(text: &str) -> String {
    if text.trim_start_matches(' ').starts_with(BEGINS_FORMULA) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Writes the figures beside the document.
pub(super) fn write(results: &Results, path: &Path) -> io::Result<()> {
    let mut rows = csv::Writer::from_path(path).map_err(io::Error::other)?;
    let header = ["policy", "replication"].into_iter().chain(Figure::ALL.map(Figure::name));
    rows.write_record(header.chain(["hash"])).map_err(io::Error::other)?;
    for series in &results.series {
        for (at, figures) in series.figures.iter().enumerate() {
            let mut row = vec![guarded(&series.policy.name), (at + 1).to_string()];
            row.extend(Figure::ALL.map(|figure| format!("{:.4}", figures.get(figure))));
            row.push(format!("{:016x}", series.hashes[at]));
            rows.write_record(row).map_err(io::Error::other)?;
        }
    }
    rows.flush()
}
