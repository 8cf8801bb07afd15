//! Reads a journal and decides it again. Unchanged, every command that the journal can tell is put to the rules again and
//! must come to the same events and the same state at every version. Changed (another policy, fleet or road state), the
//! journal's calls are played twice in memory, with and without the change, so that only the change differs.

pub mod again;
mod commands;
pub mod operation;
mod report;
mod settings;
mod source;
mod what_if;

pub use again::{Again, Difference, Findings};
pub use report::report;
pub use settings::RerunSettings;
pub use source::{SourceError, open};
pub use what_if::compare;

use crate::clock::SimulatedClock;
use crate::incidents::harvest::Harvest;
use crate::incidents::moment::{self, Zone};
use crate::incidents::{PastIncident, Reading};
use crate::province::{BadRegion, Province};
use crate::replay::{Comparison, csv, html, text};
use again::MOST_OF_ONE_COMMAND;
use dispatch_core::Rules;
use dispatch_core::model::{CentreId, Recorded, Timestamp, VehicleId, VehicleRecord};
use dispatch_core::storage::SNAPSHOT_FORMAT;
use dispatch_desk::journal::{Head, Journal, JournalFailure, LoadError, read_checked};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::path::PathBuf;
use tokio_util::sync::CancellationToken;

/// Seconds between two progress lines.
const PROGRESS_SECONDS: f64 = 5.0;

/// Why nothing was decided again.
#[derive(Debug, thiserror::Error)]
pub enum RerunError {
    /// The journal cannot be opened.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The region.
    #[error(transparent)]
    BadRegion(#[from] BadRegion),
    /// The journal cannot be read.
    #[error("the journal cannot be read: {0}")]
    Read(#[from] LoadError),
    /// What was asked for.
    #[error("{0}")]
    Asked(String),
    /// The result.
    #[error("the result cannot be written to {0}: {1}")]
    Write(PathBuf, std::io::Error),
}

impl From<JournalFailure> for RerunError {
    fn from(failure: JournalFailure) -> Self {
        Self::Read(failure.into())
    }
}

/// Decides a journal again and says what comes out differently; with Ctrl-C as far as it came.
///
/// # Errors
/// When journal or region cannot be read, what is asked for does not exist, or an unchanged rerun does not come to the
/// state that was recorded.
pub async fn run(settings: RerunSettings, stop: CancellationToken) -> Result<(), RerunError> {
    let province = Province::load(&settings.region)?;
    let zone = Zone::Fixed(province.region.settings.time_zone_offset_minutes);
    let at = settings.at.as_deref().map(|text| {
        let expected = || format!("--at {text:?} cannot be used; {}", moment::EXPECTED);
        moment::parse(text, zone).map(Timestamp).ok_or_else(|| RerunError::Asked(expected()))
    });
    let at = at.transpose()?;
    let journal = open(&settings.journal).await?;
    let centres = centres(&*journal, settings.centre.as_deref()).await?;
    if settings.is_changed() {
        let comparison = what_if::run(&settings, &province, &*journal, &centres, at, &stop).await?;
        println!("{}", text(&comparison));
        return write(&settings, &comparison);
    }
    let expiry = province.region.settings.norms.order_expiry_seconds;
    let rules = Rules { order_expiry_seconds: expiry.into(), ..Rules::default() };
    let mut apart = 0;
    for centre in &centres {
        let findings = decide_again(&*journal, centre, &rules, at, &stop).await?;
        print!("{}", report(centre, &findings));
        apart += findings.states_apart;
    }
    match apart {
        0 => Ok(()),
        apart => Err(RerunError::Asked(format!("{apart} states differ from those recorded"))),
    }
}

async fn centres(journal: &dyn Journal, only: Option<&str>) -> Result<Vec<CentreId>, RerunError> {
    let all: Vec<CentreId> = journal.heads().await?.into_keys().collect();
    let Some(only) = only else { return Ok(all) };
    let names: Vec<&str> = all.iter().map(CentreId::as_str).collect();
    match all.iter().find(|centre| centre.as_str() == only) {
        Some(centre) => Ok(vec![centre.clone()]),
        None => Err(RerunError::Asked(format!(
            "--centre {only:?} has no events; the journal holds {}",
            names.join(", ")
        ))),
    }
}

/// Decides one centre's journal again, up to a moment when there is one.
///
/// # Errors
/// When the journal cannot be read.
pub async fn decide_again(
    journal: &dyn Journal,
    centre: &CentreId,
    rules: &Rules,
    at: Option<Timestamp>,
    stop: &CancellationToken,
) -> Result<Findings, RerunError> {
    let mut again = Again::new(centre, rules.clone());
    let mut events = Events::new(journal, centre, at);
    let mut snapshots = journal.load_snapshots(centre).await.unwrap_or_default();
    snapshots.retain(|snapshot| snapshot.format == SNAPSHOT_FORMAT);
    let clock = SimulatedClock::start(1.0);
    let mut told_at = 0.0;
    let mut off = 0;
    while events.fill().await? && !stop.is_cancelled() {
        let done = again.step(events.ahead.make_contiguous());
        events.ahead.drain(..done);
        let version = again.state().version;
        for snapshot in snapshots.iter().filter(|snapshot| snapshot.version == version) {
            let body = serde_json::to_vec(again.state()).unwrap_or_default();
            off += u64::from(snapshot.body_hash != <[u8; 32]>::from(Sha256::digest(&body)));
        }
        if clock.seconds() - told_at >= PROGRESS_SECONDS {
            told_at = clock.seconds();
            eprintln!("{centre}: version {version}");
        }
    }
    let mut findings = again.finish();
    findings.states_apart += off;
    Ok(findings)
}

/// The calls of a centre's journal, and the vehicles it has at the end.
async fn read_all(
    journal: &dyn Journal,
    centre: &CentreId,
) -> Result<(Vec<PastIncident>, Vec<(VehicleId, VehicleRecord)>), RerunError> {
    let mut harvest = Harvest::new(centre);
    let mut events = Events::new(journal, centre, None);
    while events.fill().await? {
        for recorded in events.ahead.drain(..) {
            harvest
                .take(&recorded)
                .map_err(|what| RerunError::Asked(format!("{centre}: {what}")))?;
        }
    }
    let fleet = harvest.vehicles();
    Ok((Reading::new(harvest.finish().incidents, Vec::new()).incidents, fleet))
}

/// A centre's events in order, as many ahead as one command may have made.
struct Events<'a> {
    journal: &'a dyn Journal,
    centre: &'a CentreId,
    upto: Option<Timestamp>,
    read: Head,
    at_end: bool,
    ahead: VecDeque<Recorded>,
}

impl<'a> Events<'a> {
    fn new(journal: &'a dyn Journal, centre: &'a CentreId, upto: Option<Timestamp>) -> Self {
        Self {
            journal,
            centre,
            upto,
            read: Head::empty(centre),
            at_end: false,
            ahead: VecDeque::new(),
        }
    }

    /// Reads on; false at the end of the journal, or at the moment up to which it is read.
    async fn fill(&mut self) -> Result<bool, RerunError> {
        while !self.at_end && self.ahead.len() < MOST_OF_ONE_COMMAND {
            let read = read_checked(self.journal, self.centre, &mut self.read).await?;
            self.at_end = read.is_empty();
            for recorded in read {
                if self.upto.is_some_and(|upto| recorded.provenance.recorded_at > upto) {
                    self.at_end = true;
                    break;
                }
                self.ahead.push_back(recorded);
            }
        }
        Ok(!self.ahead.is_empty())
    }
}

fn write(settings: &RerunSettings, comparison: &Comparison) -> Result<(), RerunError> {
    let failed = |error| RerunError::Write(settings.out.clone(), error);
    std::fs::create_dir_all(&settings.out).map_err(failed)?;
    std::fs::write(settings.out.join("comparison.csv"), csv(comparison)).map_err(failed)?;
    std::fs::write(settings.out.join("comparison.html"), html(comparison)).map_err(failed)?;
    println!("written: comparison.csv and comparison.html in {}", settings.out.display());
    Ok(())
}
