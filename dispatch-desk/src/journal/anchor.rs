//! Heads of journals written down outside the database: a text file that only grows, a line for each head, with
//! a seal that cannot be made without the journal key.
//!
//! A deleted tail, a history written anew and a journal set back all miss a head that was anchored.

use super::chain::Head;
use super::key::{JournalKey, from_hex, to_hex};
use super::stored::Hash;
use dispatch_core::model::{CentreId, Timestamp};
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// What every seal begins with, so that it stands for nothing else.
const PURPOSE: &[u8] = b"helan head 1";

/// Longest line believed; ours are below 300 characters.
const LONGEST_LINE: u64 = 1_000;

/// A head as it was at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// When it was written down.
    pub at: Timestamp,
    /// Whose journal.
    pub centre: CentreId,
    /// How far the journal went, and the hash there.
    pub head: Head,
    /// How often the journal had been set back until then.
    pub incarnation: u64,
}

impl Anchor {
    /// The line of the file, without its end.
    pub fn line(&self, key: &JournalKey) -> String {
        let text = self.to_string();
        let seal = key.seal(&[PURPOSE, text.as_bytes()]);
        format!("{text} {}", to_hex(&seal))
    }

    /// The anchor in a line; an error says what is wrong with it.
    fn read(line: &str, key: &JournalKey) -> Result<Self, &'static str> {
        let (text, seal) = line.rsplit_once(' ').ok_or("it is no line of a file of heads")?;
        let seal: Hash = from_hex(seal).ok_or("its seal is no hash")?;
        if !key.fits(&seal, &[PURPOSE, text.as_bytes()]) {
            return Err("its seal does not fit: it was changed, or made with another key");
        }
        let wrong = "it is no line of a file of heads";
        let [_, at, centre, version, incarnation, hash] =
            text.split(' ').collect::<Vec<_>>().try_into().map_err(|_| wrong)?;
        let number = |text: &str| text.parse::<u64>().map_err(|_| wrong);
        Ok(Self {
            at: Timestamp(at.parse().map_err(|_| wrong)?),
            centre: centre.into(),
            head: Head { version: number(version)?, hash: from_hex(hash).ok_or(wrong)? },
            incarnation: number(incarnation)?,
        })
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, centre, head, incarnation } = self;
        let (date, hash) = (Date(*at), to_hex(&head.hash));
        write!(f, "{date} {} {centre} {} {incarnation} {hash}", at.0, head.version)
    }
}

/// A line that is none, by its number from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Which line.
    pub number: u64,
    /// What is wrong with it.
    pub what: &'static str,
}

/// The anchors of a file, oldest first, and the lines that are none. A last line without an end was torn by
/// a crash and is passed over.
///
/// # Errors
/// When the file cannot be read.
pub fn read_anchors(file: &Path, key: &JournalKey) -> io::Result<(Vec<Anchor>, Vec<BadLine>)> {
    let mut reader = BufReader::new(File::open(file)?);
    let (mut anchors, mut bad) = (Vec::new(), Vec::new());
    for number in 1.. {
        let mut line = Vec::new();
        io::Read::take(&mut reader, LONGEST_LINE).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            break;
        }
        let Some(b'\n') = line.last() else {
            if line.len() as u64 == LONGEST_LINE {
                bad.push(BadLine { number, what: "it is far too long" });
            }
            continue;
        };
        match std::str::from_utf8(&line[..line.len() - 1]).map(|line| Anchor::read(line, key)) {
            Ok(Ok(anchor)) => anchors.push(anchor),
            Ok(Err(what)) => bad.push(BadLine { number, what }),
            Err(_) => bad.push(BadLine { number, what: "it is no text" }),
        }
    }
    Ok((anchors, bad))
}

/// Adds lines to a file that only its owner may read; they are on the disk when this returns.
///
/// # Errors
/// When the file cannot be written.
pub fn add_anchors(file: &Path, anchors: &[Anchor], key: &JournalKey) -> io::Result<()> {
    let mut out = open_to_add(file)?;
    out.write_all(lines(anchors, key).as_bytes())?;
    out.sync_data()
}

/// A file of heads, made where there is none, to add lines to. What a crash or a full disk left of a last line
/// goes, so that the next one does not become a part of it.
pub(super) fn open_to_add(path: &Path) -> io::Result<File> {
    let options = OpenOptions::new().read(true).append(true).create(true).mode(0o600).to_owned();
    let mut file = options.open(path)?;
    let length = file.metadata()?.len();
    let start = length.saturating_sub(LONGEST_LINE);
    let mut end = Vec::new();
    file.seek(SeekFrom::Start(start))?;
    (&file).take(LONGEST_LINE).read_to_end(&mut end)?;
    match end.iter().rposition(|byte| *byte == b'\n') {
        Some(last) if last + 1 < end.len() => file.set_len(start + last as u64 + 1)?,
        Some(_) => {}
        None if start == 0 => file.set_len(0)?,
        // No line of ours: it is ended, and told of when the file is read.
        None => file.write_all(b"\n")?,
    }
    Ok(file)
}

pub(super) fn lines(anchors: &[Anchor], key: &JournalKey) -> String {
    anchors.iter().map(|anchor| anchor.line(key) + "\n").collect()
}

/// A moment as people read it, in UTC: `2026-11-28T21:15:58Z`.
struct Date(Timestamp);

impl fmt::Display for Date {
    /// The days by Howard Hinnant's `civil_from_days`, which holds for every date of the Gregorian calendar.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.0.div_euclid(1_000);
        let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let shifted = days + 719_468;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor() -> Anchor {
        let head = Head { version: 70, hash: [9; 32] };
        let at = Timestamp(1_780_000_000_123);
        Anchor { at, centre: "yinchuan".into(), head, incarnation: 0 }
    }

    #[test]
    fn a_line_reads_as_it_was_written_and_says_the_date() {
        let key = JournalKey::random();
        let line = anchor().line(&key);
        assert!(
            line.starts_with("2026-05-28T20:26:40Z 1780000000123 yinchuan 70 0 0909"),
            "{line}"
        );
        assert_eq!(Anchor::read(&line, &key), Ok(anchor()));
        let leap = Date(Timestamp(1_709_164_800_000)).to_string();
        assert_eq!(leap, "2024-02-29T00:00:00Z");
    }

    #[test]
    fn what_was_torn_off_takes_no_later_line_with_it() {
        let (folder, key) = (tempfile::tempdir().unwrap(), JournalKey::random());
        let whole = anchor().line(&key) + "\n";
        for before in ["", &whole, &whole.repeat(9)] {
            for torn in ["2", &whole[..whole.len() - 1]] {
                let file = folder.path().join("heads");
                std::fs::write(&file, format!("{before}{torn}")).unwrap();
                add_anchors(&file, &[anchor()], &key).unwrap();
                let (anchors, bad) = read_anchors(&file, &key).unwrap();
                assert_eq!((anchors.len(), bad), (before.lines().count() + 1, Vec::new()));
            }
        }
        let file = folder.path().join("heads");
        std::fs::write(&file, "x".repeat(5_000)).unwrap();
        add_anchors(&file, &[anchor()], &key).unwrap();
        assert_eq!(read_anchors(&file, &key).unwrap().0, [anchor()]);
    }

    #[test]
    fn a_changed_line_a_foreign_one_and_a_torn_one_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let (file, key) = (folder.path().join("heads"), JournalKey::random());
        add_anchors(&file, &[anchor(), anchor()], &key).unwrap();
        add_anchors(&file, &[anchor()], &JournalKey::random()).unwrap();
        let text = std::fs::read_to_string(&file).unwrap().replacen(" 70 ", " 71 ", 1);
        std::fs::write(&file, text + "2026-05-28T20:26:40Z 17800").unwrap();
        let (anchors, bad) = read_anchors(&file, &key).unwrap();
        assert_eq!(anchors, [anchor()]);
        let numbers: Vec<u64> = bad.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [1, 3]);
    }
}
