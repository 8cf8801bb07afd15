//! Cutting a damaged journal where it stops to be whole. What is cut off is on the disk before anything is taken out
//! of the store, and the store takes it out and records the set-back at once or not at all: whatever fails, the
//! command can be given again.

use super::{MendingError, event_of};
use crate::archive::EventLine;
use crate::settings::Mend;
use crate::stores::AnyJournal;
use dispatch_core::model::*;
use dispatch_desk::journal::{
    Append, Cut, Finding, Head, Journal, Part, ROWS_PER_READ, StoredEvent, decode, load_upto,
    verify,
};
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Cuts a damaged journal at its first event that is not whole; gives the line to print. Where the events are
/// whole nothing is cut: snapshots that do not belong to them are taken away.
///
/// # Errors
/// See [`MendingError`].
pub async fn mend(asked: &Mend) -> Result<String, MendingError> {
    let store = AnyJournal::open(&asked.store.storage()?).await?;
    let mended = mend_in(&store, asked).await;
    store.close().await;
    mended
}

async fn mend_in(store: &AnyJournal, asked: &Mend) -> Result<String, MendingError> {
    let journal = store.journal();
    let centre = CentreId::from(asked.centre.as_str());
    let mut findings = verify(&*journal).await?.findings;
    findings.retain(|finding| finding.centre == centre);
    let first_of = |part| findings.iter().filter(|it| it.of == part).map(|it| it.version).min();
    if let Some(first) = first_of(Part::Event) {
        return cut(store, &centre, first, &asked.cut).await;
    }
    if first_of(Part::Snapshot).is_some() {
        return forget_snapshots(&*journal, &centre, &findings).await;
    }
    Err(MendingError::Refused(match findings.first() {
        Some(finding) => {
            format!("the events of {centre} are whole, and cutting helps nothing: {finding}")
        }
        None => format!("the journal of {centre} is whole"),
    }))
}

/// A snapshot is a cache: the next start reads the events instead.
async fn forget_snapshots(
    journal: &dyn Journal,
    centre: &CentreId,
    findings: &[Finding],
) -> Result<String, MendingError> {
    let of_snapshots = findings.iter().filter(|finding| finding.of == Part::Snapshot);
    let versions: BTreeSet<u64> = of_snapshots.map(|finding| finding.version).collect();
    for version in &versions {
        journal.discard_snapshot(centre, *version).await?;
    }
    let count = versions.len();
    Ok(format!(
        "{centre}: {count} snapshots taken away; the events are whole, and none was cut off"
    ))
}

async fn cut(
    store: &AnyJournal,
    centre: &CentreId,
    first: u64,
    file: &Path,
) -> Result<String, MendingError> {
    let journal = store.journal();
    let after = first.saturating_sub(1);
    let loaded = load_upto(&*journal, centre, after).await?;
    let cut = write_cut(&*journal, centre, loaded.head, file).await?;
    let events = cut.events;
    let set_back = SetBack {
        incarnation: 0,
        from_version: cut.last.version,
        to_version: after,
        incidents: cut.incidents.into_iter().collect(),
    };
    let (_, event) = event_of(&*journal, &loaded, set_back, cut.incarnation).await?;
    let instead = Append { centre, after: loaded.head, events: &[event] };
    let done = store.cut(&Cut { instead, last: cut.last }).await;
    let file = file.display();
    done.map_err(|why| MendingError::NotCut(why, file.to_string()))?;
    Ok(format!(
        "{centre}: {events} events from version {first} on cut off and kept in {file}; the journal is whole"
    ))
}

/// What is kept of what is cut off.
struct Kept {
    events: u64,
    last: Head,
    incarnation: u64,
    incidents: BTreeSet<IncidentId>,
}

/// Writes what is cut off into a new file, of which nothing stays unless it has all of it.
async fn write_cut(
    journal: &dyn Journal,
    centre: &CentreId,
    after: Head,
    file: &Path,
) -> Result<Kept, MendingError> {
    let failed = |why| MendingError::File(file.display().to_string(), why);
    let options = OpenOptions::new().write(true).create_new(true).mode(0o600).to_owned();
    let out = options.open(file).map_err(failed)?;
    let written = write_events(journal, centre, after, out).await;
    let kept = written.and_then(|cut| {
        sync_folder_of(file).map_err(WriteFailed::File)?;
        Ok(cut)
    });
    kept.map_err(|why| {
        // Left behind it would be taken for what was cut off.
        if let Err(error) = std::fs::remove_file(file) {
            tracing::warn!(%error, file = %file.display(), "a file that is not whole stays");
        }
        match why {
            WriteFailed::File(why) => failed(why),
            WriteFailed::Journal(why) => why,
        }
    })
}

/// Why what is cut off was not written.
enum WriteFailed {
    File(io::Error),
    Journal(MendingError),
}

async fn write_events(
    journal: &dyn Journal,
    centre: &CentreId,
    after: Head,
    file: File,
) -> Result<Kept, WriteFailed> {
    let mut out = BufWriter::new(file);
    let mut cut = Kept { events: 0, last: after, incarnation: 0, incidents: BTreeSet::new() };
    loop {
        let rows = journal.read(centre, cut.last.version, ROWS_PER_READ).await;
        let rows = rows.map_err(|why| WriteFailed::Journal(why.into()))?;
        let Some(last) = rows.last() else { break };
        cut.last = Head { version: last.version, hash: last.hash };
        for row in rows {
            cut.take(&row);
            let line = serde_json::to_string(&EventLine::of(centre, row));
            let line = line.map_err(|error| WriteFailed::File(error.into()))?;
            writeln!(out, "{line}").map_err(WriteFailed::File)?;
        }
    }
    let file = out.into_inner().map_err(|error| WriteFailed::File(error.into_error()))?;
    file.sync_all().map_err(WriteFailed::File)?;
    Ok(cut)
}

/// A new file's name is on the disk only with its folder.
fn sync_folder_of(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

impl Kept {
    fn take(&mut self, row: &StoredEvent) {
        self.events += 1;
        // What cannot be read any more is kept as bytes and tells nothing.
        let Ok(recorded) = decode(row) else { return };
        if let Event::JournalSetBack { set_back } = &recorded.event {
            self.incarnation = self.incarnation.max(set_back.incarnation);
        } else if let Event::IncidentOpened { incident, .. } = recorded.event {
            self.incidents.insert(incident);
        }
    }
}
