//! What is done from the command line about a journal that was damaged, set back or may be tampered with: heads
//! anchored, a damaged end cut off and kept, lost acts recorded again as such.

mod error;
mod lost_acts;

pub use error::MendingError;

use crate::archive::EventLine;
use crate::settings::{AnchorHeads, IncarnationArgument, Mend, RecordLost, journal_key};
use crate::stores::AnyJournal;
use dispatch_core::model::*;
use dispatch_desk::clock::Clock;
use dispatch_desk::journal::{
    Anchor, Append, Head, Journal, ROWS_PER_READ, StoredEvent, add_anchors, decode, load, verify,
};
use lost_acts::record_again;
use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::{self, BufRead, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Adds the heads of all journals to a file; gives the line to print.
///
/// # Errors
/// See [`MendingError`].
pub async fn anchor(asked: &AnchorHeads) -> Result<String, MendingError> {
    let data = asked.store.data.as_deref().unwrap_or(Path::new("."));
    let key = journal_key(asked.key.journal_key.as_deref(), data)?;
    let journal = AnyJournal::open(&asked.store.storage()?).await?;
    let at = Clock::system().now();
    let mut anchors = Vec::new();
    for (centre, head) in journal.journal().heads().await? {
        let incarnation = load(&*journal.journal(), &centre).await?.state.incarnation();
        anchors.push(Anchor { at, centre, head, incarnation });
    }
    journal.close().await;
    add_anchors(&asked.out, &anchors, &key)
        .map_err(|why| MendingError::File(asked.out.display().to_string(), why))?;
    Ok(format!("{} heads added to {}", anchors.len(), asked.out.display()))
}

/// Cuts a damaged journal at its first event that is not whole; gives the line to print. What is cut off is on
/// the disk before anything is taken out of the store.
///
/// # Errors
/// See [`MendingError`].
pub async fn mend(asked: &Mend) -> Result<String, MendingError> {
    let store = AnyJournal::open(&asked.store.storage()?).await?;
    let journal = store.journal();
    let centre = CentreId::from(asked.centre.as_str());
    let report = verify(&*journal).await?;
    let of_this = report.findings.iter().filter(|finding| finding.centre == centre);
    let Some(first) = of_this.map(|finding| finding.version).min() else {
        return Err(MendingError::Refused(format!("the journal of {centre} is whole")));
    };
    let after = first.saturating_sub(1);
    let cut = write_cut(&*journal, &centre, after, &asked.cut).await?;
    store.cut(&centre, after).await?;
    let set_back = SetBack {
        incarnation: 0,
        from_version: cut.last_version,
        to_version: after,
        incidents: cut.incidents.into_iter().collect(),
    };
    record(&*journal, &centre, set_back, cut.incarnation).await?;
    store.close().await;
    let (events, file) = (cut.events, asked.cut.display());
    Ok(format!(
        "{centre}: {events} events from version {first} on cut off and kept in {file}; the journal is whole"
    ))
}

/// What was cut off.
#[derive(Default)]
struct Cut {
    events: u64,
    last_version: u64,
    incarnation: u64,
    incidents: BTreeSet<IncidentId>,
}

async fn write_cut(
    journal: &dyn Journal,
    centre: &CentreId,
    after: u64,
    file: &Path,
) -> Result<Cut, MendingError> {
    let failed = |why| MendingError::File(file.display().to_string(), why);
    let options = OpenOptions::new().write(true).create_new(true).mode(0o600).to_owned();
    let mut out = BufWriter::new(options.open(file).map_err(failed)?);
    let mut cut = Cut { last_version: after, ..Cut::default() };
    loop {
        let rows = journal.read(centre, cut.last_version, ROWS_PER_READ).await?;
        let Some(last) = rows.last() else { break };
        cut.last_version = last.version;
        for row in rows {
            cut.take(&row);
            serde_json::to_writer(&mut out, &EventLine::of(centre, row))
                .map_err(|error| failed(error.into()))?;
            out.write_all(b"\n").map_err(failed)?;
        }
    }
    let out = out.into_inner().map_err(|error| failed(error.into_error()))?;
    out.sync_all().map_err(failed)?;
    Ok(cut)
}

impl Cut {
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

/// Records at each centre that an older copy took the journal's place, and nothing of what may have been lost is
/// known; gives what new incidents carry in their numbers. A server that remembers more adds to it.
///
/// # Errors
/// See [`MendingError`].
pub(crate) async fn restored(
    journal: &dyn Journal,
    count: IncarnationArgument,
) -> Result<String, MendingError> {
    let highest_known = count.incarnation.unwrap_or(0).saturating_sub(1);
    let mut counts = BTreeSet::new();
    for (centre, head) in journal.heads().await? {
        let (from_version, to_version) = (head.version, head.version);
        let set_back = SetBack { incarnation: 0, from_version, to_version, incidents: Vec::new() };
        counts.insert(record(journal, &centre, set_back, highest_known).await?);
    }
    let counts: Vec<String> = counts.iter().map(|count| format!("...r{count}")).collect();
    Ok(counts.join(", "))
}

/// Records the set-back on what is left, so that what is recorded from here on has numbers of its own.
async fn record(
    journal: &dyn Journal,
    centre: &CentreId,
    set_back: SetBack,
    highest_known: u64,
) -> Result<u64, MendingError> {
    let loaded = load(journal, centre).await?;
    let incarnation = loaded.state.incarnation().max(highest_known) + 1;
    let last = journal.read(centre, loaded.head.version.saturating_sub(1), 1).await?;
    let latest = last.first().map_or(Timestamp::default(), |row| row.recorded_at);
    let now = Clock::system().now().max(latest);
    let mut head: Head = loaded.head;
    let recorded = Recorded {
        version: head.version + 1,
        provenance: Provenance {
            terminal_clock: None,
            made_at: now,
            recorded_at: now,
            origin: Origin::Automatic { rule: "mended".to_owned() },
            vehicle_online: None,
            clock_doubtful: false,
            act_id: None,
            confirmed: Vec::new(),
        },
        event: Event::JournalSetBack { set_back: SetBack { incarnation, ..set_back } },
    };
    let event = head.extend(centre, &recorded);
    let append = Append { centre, after: loaded.head, events: &[event] };
    let appended = journal.append(&[append]).await;
    appended.map_err(|error| MendingError::Refused(error.to_string()))?;
    Ok(incarnation)
}

/// Records again what a file of lost events tells; gives the line to print. Doing it twice records nothing
/// twice.
///
/// # Errors
/// See [`MendingError`].
pub async fn record_lost(asked: &RecordLost) -> Result<String, MendingError> {
    let failed = |why| MendingError::File(asked.from.display().to_string(), why);
    let file = std::fs::File::open(&asked.from).map_err(failed)?;
    let mut lost: Vec<(CentreId, StoredEvent)> = Vec::new();
    for line in io::BufReader::new(file).lines() {
        let line: EventLine =
            serde_json::from_str(&line.map_err(failed)?).map_err(|error| failed(error.into()))?;
        lost.push((line.centre.clone(), line.event()));
    }
    let store = AnyJournal::open(&asked.store.storage()?).await?;
    let done = record_again(store.journal(), &lost).await?;
    store.close().await;
    Ok(done.to_string())
}
