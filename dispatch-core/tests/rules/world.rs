//! Several centres with their journals, acted on as the server acts on them: decide, then apply; a
//! refused command of a crew is kept.

use dispatch_core::model::*;
use dispatch_core::{CentreState, Decision, Rules, apply, decide, refusal_event};
use std::collections::BTreeMap;

pub(crate) struct Centre {
    pub(crate) state: CentreState,
    pub(crate) journal: Vec<Recorded>,
}

#[derive(Debug)]
pub(crate) enum Outcome {
    Happened(Vec<Recorded>),
    AlreadyRecorded,
    Refused { rejection: Rejection, kept: Option<Box<Recorded>> },
}

pub(crate) struct World {
    pub(crate) centres: BTreeMap<CentreId, Centre>,
    pub(crate) rules: Rules,
}

impl World {
    pub(crate) fn new(centres: &[&str]) -> Self {
        let begin = |name: &&str| {
            let state = CentreState::new((*name).into());
            ((*name).into(), Centre { state, journal: Vec::new() })
        };
        Self { centres: centres.iter().map(begin).collect(), rules: Rules::default() }
    }

    pub(crate) fn state(&self, centre: &str) -> &CentreState {
        &self.centres[centre].state
    }

    pub(crate) fn execute(
        &mut self,
        centre: &str,
        command: &Command,
        context: &CommandContext,
    ) -> Outcome {
        let centre = self.centres.get_mut(centre).expect("a centre of the test");
        match decide(&centre.state, &self.rules, command, context) {
            Ok(Decision::Events(events)) => {
                events.iter().for_each(|event| centre.write(event));
                Outcome::Happened(events)
            }
            Ok(Decision::AlreadyRecorded) => Outcome::AlreadyRecorded,
            Err(rejection) => {
                let kept = refusal_event(&centre.state, &self.rules, command, context, &rejection)
                    .map(Box::new);
                kept.iter().for_each(|event| centre.write(event));
                Outcome::Refused { rejection, kept }
            }
        }
    }
}

impl Centre {
    fn write(&mut self, event: &Recorded) {
        apply(&mut self.state, event);
        self.journal.push(event.clone());
    }
}
