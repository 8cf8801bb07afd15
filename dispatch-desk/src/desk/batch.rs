//! Deciding a batch: each act against the state that the ones before it leave behind.
//!
//! Works on a private state; nothing here is durable or visible yet.

use super::envelope::{Bar, CommandEnvelope, CommandError, Done};
use super::published::{EventsByCentre, States};
use dispatch_core::model::{CentreId, Recorded, Timestamp};
use dispatch_core::{CentreState, Decision, Rules, apply, decide, refusal_event};
use std::sync::Arc;

/// What a batch comes to: an answer for each act, in order, to be given once the events are durable.
#[derive(Debug, Default)]
pub(super) struct Decided {
    pub(super) answers: Vec<Result<Done, CommandError>>,
    pub(super) events: EventsByCentre,
}

impl Decided {
    /// Decides one more act and keeps its answer.
    pub(super) fn answer(
        &mut self,
        states: &mut States,
        rules: &Rules,
        (act, bar): (&CommandEnvelope, Option<Bar>),
        now: Timestamp,
    ) {
        let against = |bar: Bar| bar(states.get(&act.centre)?, &act.command);
        let answer = match bar.and_then(against) {
            Some(why) => Err(CommandError::Barred(why)),
            None => self.decide(states, rules, act, now),
        };
        self.answers.push(answer);
    }

    /// Decides one more act, keeps its events, and leaves the state as if they had happened.
    pub(super) fn decide(
        &mut self,
        states: &mut States,
        rules: &Rules,
        act: &CommandEnvelope,
        now: Timestamp,
    ) -> Result<Done, CommandError> {
        let Some(state) = states.get_mut(&act.centre) else {
            return Err(CommandError::UnknownCentre(act.centre.clone()));
        };
        let context = act.context(now);
        match decide(state, rules, &act.command, &context) {
            Ok(Decision::Events(events)) => {
                let events = self.keep(state, &act.centre, events);
                Ok(done(act, state, false, events))
            }
            Ok(Decision::AlreadyRecorded) => Ok(done(act, state, true, Vec::new())),
            Err(rejection) => {
                let refused = refusal_event(state, rules, &act.command, &context, &rejection);
                self.keep(state, &act.centre, refused.into_iter().collect());
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
    act: &CommandEnvelope,
    state: &CentreState,
    already_recorded: bool,
    events: Vec<Arc<Recorded>>,
) -> Done {
    Done { already_recorded, centre: act.centre.clone(), version: state.version, events }
}
