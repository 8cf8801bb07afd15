//! To what an incident may be lowered once a call that raised it no longer counts. Nothing lowers it by itself: a
//! vehicle that was wanted for good reason would be missing. A person is offered it.

use super::raised::RaisedFrom;
use super::{Call, Incident};
use crate::model::*;

impl Call {
    /// Whether it no longer speaks for its incident: it is one of its own, or was no call for help.
    fn is_withdrawn(&self) -> bool {
        self.separated_to.is_some()
            || matches!(self.outcome, CallOutcome::Consultation | CallOutcome::Nuisance)
    }
}

impl Incident {
    /// To what the incident may be lowered since a call that raised it no longer counts: as it was before, or as
    /// the other calls still say. Nothing where somebody has changed the value since.
    pub fn lowered_without(&self, call: &Call) -> RaisedFrom {
        let Some(said) = call.said.as_deref().filter(|_| call.is_withdrawn()) else {
            return RaisedFrom::default();
        };
        if self.stage.is_over() {
            return RaisedFrom::default();
        }
        let others_said = || {
            let others = self.calls.iter().filter(|other| !other.is_withdrawn());
            others.filter_map(|other| other.said.as_deref())
        };
        let stands = said.facts.priority == self.facts.priority;
        let before = self.before(call, |it| it.priority, |said| Some(said.facts.priority));
        let priority = before.filter(|_| stands).map(|before| {
            // The most urgent is the least.
            let still = others_said().map(|said| said.facts.priority);
            still.min().map_or(before, |still| before.min(still))
        });
        let stands = said.vehicles_wanted == Some(self.vehicles_wanted);
        let before = self.before(call, |it| it.vehicles_wanted, |said| said.vehicles_wanted);
        let vehicles_wanted = before.filter(|_| stands).map(|before| {
            let still = others_said().filter_map(|said| said.vehicles_wanted).max();
            still.map_or(before, |still| before.max(still))
        });
        RaisedFrom {
            priority: priority.filter(|lower| *lower > self.facts.priority),
            vehicles_wanted: vehicles_wanted.filter(|fewer| *fewer < self.vehicles_wanted),
        }
    }

    /// What stood before a call raised it, past earlier calls that no longer count either.
    fn before<T: PartialEq>(
        &self,
        call: &Call,
        from: impl Fn(&RaisedFrom) -> Option<T>,
        said: impl Fn(&CallerWords) -> Option<T>,
    ) -> Option<T> {
        let mut before = from(&call.raised)?;
        let earlier = self.calls.iter().rev().skip_while(|other| other.id != call.id).skip(1);
        for other in earlier.filter(|other| other.is_withdrawn()) {
            let raised_to_it = other.said.as_deref().and_then(&said).is_some_and(|it| it == before);
            if let Some(earlier) = from(&other.raised).filter(|_| raised_to_it) {
                before = earlier;
            }
        }
        Some(before)
    }
}
