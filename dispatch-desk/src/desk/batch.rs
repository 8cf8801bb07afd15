//! Deciding a batch: each command against the state that the ones before it leave behind.
//!
//! Works on a private state; nothing here is durable or visible yet.

use super::envelope::{Bar, CommandEnvelope, CommandError, Done};
use super::published::{EventsByCentre, States};
use dispatch_core::model::{CentreId, Recorded, Timestamp};
use dispatch_core::{CentreState, Decision, Rules, apply, decide, refusal_event};
use std::sync::Arc;

/// What a batch comes to: an answer for each command, in order, to be given once the events are durable.
#[derive(Debug, Default)]
pub(super) struct Decided {
    pub(super) answers: Vec<Result<Done, CommandError>>,
    pub(super) events: EventsByCentre,
}

impl Decided {
    /// Decides one more command and keeps its answer.
    pub(super) fn answer(
        &mut self,
        states: &mut States,
        rules: &Rules,
        (envelope, bar): (&CommandEnvelope, Option<Bar>),
        now: Timestamp,
    ) {
        let against = |bar: Bar| bar(states.get(&envelope.centre)?, &envelope.command);
        let answer = match bar.and_then(against) {
            Some(why) => Err(CommandError::Barred(why)),
            None => self.decide(states, rules, envelope, now),
        };
        self.answers.push(answer);
    }

    /// Decides one more command, keeps its events, and leaves the state as if they had happened.
    pub(super) fn decide(
        &mut self,
        states: &mut States,
        rules: &Rules,
        envelope: &CommandEnvelope,
        now: Timestamp,
    ) -> Result<Done, CommandError> {
        let Some(state) = states.get_mut(&envelope.centre) else {
            return Err(CommandError::UnknownCentre(envelope.centre.clone()));
        };
        let context = envelope.context(now);
        match decide(state, rules, &envelope.command, &context) {
            Ok(Decision::Events(events)) => {
                let events = self.keep(state, &envelope.centre, events);
                Ok(done(envelope, state, false, events))
            }
            Ok(Decision::AlreadyRecorded) => Ok(done(envelope, state, true, Vec::new())),
            Err(rejection) => {
                let refused = refusal_event(state, rules, &envelope.command, &context, &rejection);
                self.keep(state, &envelope.centre, refused.into_iter().collect());
                Err(CommandError::Rejected(rejection))
            }
        }
    }

    fn keep(
        &mut self,
        state: &mut CentreState,
        centre: &CentreId,
        events: Vec<Recorded>,
    ) -> Vec<Arc<Recorded>> {
        if events.is_empty() {
            return Vec::new();
        }
        let events: Vec<Arc<Recorded>> = events.into_iter().map(Arc::new).collect();
        events.iter().for_each(|event| apply(state, event));
        self.events.entry(centre.clone()).or_default().extend(events.iter().cloned());
        events
    }
}

fn done(
    envelope: &CommandEnvelope,
    state: &CentreState,
    already_recorded: bool,
    events: Vec<Arc<Recorded>>,
) -> Done {
    Done { already_recorded, centre: envelope.centre.clone(), version: state.version, events }
}
