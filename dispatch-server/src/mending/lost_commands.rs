//! Recording again, as such, what a set-back or a cut took out of a journal: a call becomes a call again, under a
//! new incident that says which one it was, and waits for somebody to look at it; everything else becomes a note.

use super::error::MendingError;
use crate::views::Subjects;
use dispatch_core::model::*;
use dispatch_core::{CentreState, Rules};
use dispatch_desk::clock::Clock;
use dispatch_desk::desk::{CommandEnvelope, CommandError, Desk};
use dispatch_desk::journal::{Journal, StoredEvent, decode, to_hex};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// The rule named as origin.
const RULE: &str = "lost_record";

/// What was recorded.
#[derive(Clone, Debug, Default)]
pub(crate) struct RecordedAgain {
    calls: u32,
    notes: u32,
    /// Events that nobody needs to look at again, or that can only be read in the file.
    passed_over: u32,
    opened: Vec<IncidentId>,
}

impl fmt::Display for RecordedAgain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { calls, notes, passed_over, opened } = self;
        write!(
            f,
            "{calls} lost calls and {notes} notes recorded again, {passed_over} events only in the file"
        )?;
        if opened.is_empty() {
            return Ok(());
        }
        let opened: Vec<&str> = opened.iter().map(|incident| incident.as_str()).collect();
        write!(f, "; new incidents to be looked at: {}", opened.join(", "))
    }
}

/// Records what was lost again. The name of each command is the hash of its lost event, so that it is recorded once.
pub(crate) async fn record_again(
    journal: Arc<dyn Journal>,
    lost: &[(CentreId, StoredEvent)],
) -> Result<RecordedAgain, MendingError> {
    let centres: BTreeSet<CentreId> = lost.iter().map(|(centre, _)| centre.clone()).collect();
    let centres: Vec<CentreId> = centres.into_iter().collect();
    let (desk, task) = Desk::open(journal, Rules::default(), centres, Clock::system()).await?;
    let stop = CancellationToken::new();
    let running = tokio::spawn(task.run(stop.clone()));
    let mut again = Again {
        desk,
        lost: Lost::read(lost),
        new: BTreeMap::new(),
        done: RecordedAgain::default(),
    };
    let done = again.all(lost).await;
    stop.cancel();
    // A desk that died says so in its log; what it recorded is there.
    let _ = running.await;
    done?;
    Ok(again.done)
}

/// What the lost events say of incidents that were opened by them.
struct Lost {
    opened: BTreeMap<IncidentId, IncidentFacts>,
    ended: BTreeSet<IncidentId>,
}

impl Lost {
    fn read(lost: &[(CentreId, StoredEvent)]) -> Self {
        let (mut opened, mut ended) = (BTreeMap::new(), BTreeSet::new());
        for recorded in lost.iter().filter_map(|(_, row)| decode(row).ok()) {
            if let Event::IncidentOpened { incident, facts } = &recorded.event {
                opened.insert(incident.clone(), (**facts).clone());
            } else if let Event::IncidentClosed { incident }
            | Event::IncidentCancelled { incident, .. }
            | Event::IncidentRefused { incident, .. } = &recorded.event
            {
                ended.insert(incident.clone());
            } else if let Event::IncidentReopened { incident, .. } = &recorded.event {
                ended.remove(incident);
            }
        }
        Self { opened, ended }
    }
}

struct Again {
    desk: Desk,
    lost: Lost,
    /// The new incident of each lost one.
    new: BTreeMap<IncidentId, IncidentId>,
    done: RecordedAgain,
}

impl Again {
    async fn all(&mut self, lost: &[(CentreId, StoredEvent)]) -> Result<(), MendingError> {
        for (centre, row) in lost {
            let Ok(recorded) = decode(row) else {
                self.done.passed_over += 1;
                continue;
            };
            let is_done = match self.command(centre, &recorded) {
                Some(command) => self.execute(centre, row, command, &recorded).await?,
                None => false,
            };
            self.done.passed_over += u32::from(!is_done);
        }
        Ok(())
    }

    fn command(&self, centre: &CentreId, recorded: &Recorded) -> Option<Command> {
        let state = CentreState::new(centre.clone());
        let was = Subjects::of(&recorded.event, &state).incident?;
        if let Event::CallTaken { details, said, .. } = &recorded.event
            && let Some(facts) = self.lost.opened.get(&was)
        {
            let facts = said.as_ref().map_or(facts, |said| &said.facts).clone();
            let link_to = self.new.get(&was).cloned();
            let call = TakeCall {
                link_to,
                facts,
                details: (**details).clone(),
                outcome: CallOutcome::Open,
                vehicles_wanted: None,
            };
            return (!self.lost.ended.contains(&was)).then(|| Command::TakeCall(Box::new(call)));
        }
        if matches!(recorded.event, Event::IncidentOpened { .. }) {
            return None;
        }
        // A lost incident under its new number, or one that the journal still has.
        let incident = match self.lost.opened.contains_key(&was) {
            true => self.new.get(&was)?.clone(),
            false => was,
        };
        Some(Command::AddNote { incident, text: told(recorded) })
    }

    async fn execute(
        &mut self,
        centre: &CentreId,
        row: &StoredEvent,
        command: Command,
        recorded: &Recorded,
    ) -> Result<bool, MendingError> {
        let is_call = matches!(command, Command::TakeCall(_));
        let command = CommandEnvelope {
            centre: centre.clone(),
            command,
            made_at: recorded.provenance.happened_at(),
            terminal: None,
            origin: Origin::Automatic { rule: RULE.to_owned() },
            vehicle_online: None,
            command_id: Some(CommandId::new(format!("lost-{}", to_hex(&row.hash[..12])))),
            confirmed: Vec::new(),
        };
        let done = match self.desk.execute(command).await {
            Ok(done) if done.already_recorded => return Ok(false),
            Ok(done) => done,
            Err(CommandError::Rejected(rejection)) => {
                tracing::warn!(%centre, version = row.version, %rejection, "not recorded again");
                return Ok(false);
            }
            Err(error) => return Err(error.into()),
        };
        if !is_call {
            self.done.notes += 1;
            return Ok(true);
        }
        self.done.calls += 1;
        let opened = done.events.iter().find_map(|event| opened_by(&event.event));
        if let (Some(new), Event::CallTaken { incident: was, .. }) = (opened, &recorded.event) {
            self.done.opened.push(new.clone());
            self.new.insert(was.clone(), new.clone());
            let text = format!(
                "日志退回时丢失的事件 {was}，重新登记 / lost incident {was}, recorded again"
            );
            let note = Command::AddNote { incident: new.clone(), text };
            let now = recorded.provenance.happened_at();
            self.desk.execute(CommandEnvelope::automatic(centre.clone(), note, RULE, now)).await?;
        }
        Ok(true)
    }
}

fn opened_by(event: &Event) -> Option<&IncidentId> {
    if let Event::IncidentOpened { incident, .. } = event { Some(incident) } else { None }
}

/// A lost event as a note tells it.
fn told(recorded: &Recorded) -> String {
    let (version, kind) = (recorded.version, recorded.event.kind());
    let body = serde_json::to_string(&recorded.event).unwrap_or_default();
    let body: String = body.chars().take(MOST_CHARS).collect();
    format!("丢失的记录 lost record {version} ({kind}): {body}")
}

/// Characters of a lost event that a note repeats; the whole of it is in the file.
const MOST_CHARS: usize = 400;
