//! The backup file: JSON, a line each; the first names the format, the last counts, so that a torn file
//! is noticed.

use super::line::EventLine;
use super::{ArchiveError, Arrived, EVENTS_PER_STEP};
use crate::people::{Credential, put_credentials, take_credentials};
use crate::roads::{RoadRecord, put_road_records, road_records};
use dispatch_core::model::{CentreId, Timestamp};
use dispatch_desk::database::MainDatabase;
use dispatch_desk::journal::{Append, Head, Heads, Journal, StoredEvent, verify};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions, Permissions};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// The format written. Format 1, which is read too, had no roads.
const FORMAT: u32 = 2;
const OLDEST_FORMAT: u32 = 1;

/// Longest line believed; the largest event is some kilobytes.
const LONGEST_LINE: usize = 16 * 1024 * 1024;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    HelanBackup { format: u32, taken_at: Timestamp },
    Event(EventLine),
    Credential(Credential),
    Road(RoadRecord),
    End { events: u64 },
}

/// Writes a backup that only its owner may read; it appears under its name when it is whole. The
/// server may run meanwhile: what it records later is not in it. Gives the number of events.
///
/// # Errors
/// When a store or the file fails, or the journal is damaged.
pub async fn back_up(
    journal: &dyn Journal,
    people: &MainDatabase,
    out: &Path,
    now: Timestamp,
) -> Result<u64, ArchiveError> {
    let checked = verify(journal).await?;
    if !checked.has_whole_events() {
        return Err(ArchiveError::SourceDamaged(Box::new(checked)));
    }
    let unfinished = out.with_extension("unfinished");
    let options = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).to_owned();
    let file = options.open(&unfinished)?;
    // One that an earlier try left behind keeps the mode it had.
    file.set_permissions(Permissions::from_mode(0o600))?;
    let mut file = BufWriter::new(file);
    write(&mut file, &Line::HelanBackup { format: FORMAT, taken_at: now })?;
    for credential in take_credentials(people).await? {
        write(&mut file, &Line::Credential(credential))?;
    }
    for record in road_records(people).await? {
        write(&mut file, &Line::Road(record))?;
    }
    let mut events = 0;
    for (centre, head) in checked.centres {
        events += head;
        each_event(journal, &centre, head, |line| write(&mut file, &Line::Event(line))).await?;
    }
    write(&mut file, &Line::End { events })?;
    file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    std::fs::rename(&unfinished, out)?;
    Ok(events)
}

/// Writes the events of all journals, or of one centre, as JSON, a line each; without people and keys.
/// Gives their number.
///
/// # Errors
/// When the store or the output fails.
pub async fn export(
    journal: &dyn Journal,
    only: Option<&CentreId>,
    out: &mut (dyn Write + Send),
) -> Result<u64, ArchiveError> {
    let mut events = 0;
    for (centre, head) in journal.heads().await? {
        if only.is_some_and(|only| *only != centre) {
            continue;
        }
        events += head.version;
        each_event(journal, &centre, head.version, |line| write(&mut *out, &line)).await?;
    }
    out.flush()?;
    Ok(events)
}

/// Puts a backup into stores that hold nothing yet, and checks what arrived.
///
/// # Errors
/// When the file is torn or of another format, the stores hold other events, or one of them fails.
pub async fn restore(
    from: &Path,
    journal: &dyn Journal,
    people: &MainDatabase,
    now: Timestamp,
) -> Result<Arrived, ArchiveError> {
    if let Some(centre) = journal.heads().await?.into_keys().next() {
        return Err(ArchiveError::OtherEvents(centre));
    }
    let mut lines = Lines { file: BufReader::new(File::open(from)?), line: 0 };
    match lines.next()? {
        Some(Line::HelanBackup { format: OLDEST_FORMAT..=FORMAT, .. }) => {}
        _ => return Err(lines.wrong("is no backup of a format that this release reads")),
    }
    let (mut credentials, mut roads) = (Vec::new(), Vec::new());
    let (mut waiting, mut events) = (Vec::<EventLine>::new(), 0);
    let mut heads = Heads::new();
    loop {
        match lines.next()? {
            Some(Line::Credential(credential)) => credentials.push(credential),
            Some(Line::Road(record)) => roads.push(record),
            Some(Line::Event(event)) => {
                events += 1;
                let other = waiting.first().is_some_and(|first| first.centre != event.centre);
                if other || waiting.len() >= EVENTS_PER_STEP as usize {
                    append(journal, std::mem::take(&mut waiting), &mut heads).await?;
                }
                waiting.push(event);
            }
            Some(Line::End { events: told }) if told == events => break,
            Some(Line::End { .. } | Line::HelanBackup { .. }) => {
                return Err(lines.wrong("does not agree with the lines before it"));
            }
            None => return Err(lines.wrong("is missing: the file is torn")),
        }
    }
    append(journal, waiting, &mut heads).await?;
    put_credentials(people, &credentials, now).await?;
    put_road_records(people, &roads).await?;
    let arrived = verify(journal).await?;
    if !arrived.is_clean() {
        return Err(ArchiveError::ArrivedDamaged(Box::new(arrived)));
    }
    Ok(arrived.centres.into_iter().collect())
}

async fn append(
    journal: &dyn Journal,
    lines: Vec<EventLine>,
    heads: &mut Heads,
) -> Result<(), ArchiveError> {
    let Some(first) = lines.first() else { return Ok(()) };
    let centre = first.centre.clone();
    let after = heads.get(&centre).copied().unwrap_or_else(|| Head::empty(&centre));
    let events: Vec<StoredEvent> = lines.into_iter().map(|line| line.event()).collect();
    if let Some(last) = events.last() {
        heads.insert(centre.clone(), Head { version: last.version, hash: last.hash });
    }
    Ok(journal.append(&[Append { centre: &centre, after, events: &events }]).await?)
}

async fn each_event(
    journal: &dyn Journal,
    centre: &CentreId,
    head: u64,
    mut take: impl FnMut(EventLine) -> Result<(), ArchiveError>,
) -> Result<(), ArchiveError> {
    let mut after = 0;
    while after < head {
        let limit = u32::try_from(head - after).unwrap_or(u32::MAX).min(EVENTS_PER_STEP);
        let events = journal.read(centre, after, limit).await?;
        let Some(last) = events.last() else { break };
        after = last.version;
        for event in events {
            take(EventLine::of(centre, event))?;
        }
    }
    Ok(())
}

fn write(out: &mut (impl Write + ?Sized), line: &impl Serialize) -> Result<(), ArchiveError> {
    serde_json::to_writer(&mut *out, line).map_err(std::io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}

struct Lines {
    file: BufReader<File>,
    line: u64,
}

impl Lines {
    fn next(&mut self) -> Result<Option<Line>, ArchiveError> {
        self.line += 1;
        let mut text = String::new();
        let mut bounded = std::io::Read::take(&mut self.file, LONGEST_LINE as u64);
        if bounded.read_line(&mut text)? == 0 {
            return Ok(None);
        }
        serde_json::from_str(&text)
            .map(Some)
            .map_err(|error| self.wrong(&format!("is wrong: {error}")))
    }

    fn wrong(&self, what: &str) -> ArchiveError {
        ArchiveError::Line { line: self.line, what: what.to_owned() }
    }
}
