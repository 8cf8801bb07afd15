//! Versions follow each other; no incident has a number that was ever given, one that a set-back took included; the
//! presses of an outbox come in order.

use super::Violation;
use dispatch_core::CentreState;
use dispatch_core::model::{Event, IncidentId, Origin, OutboxId, Recorded};
use std::collections::{BTreeMap, BTreeSet};

/// The numbers that were given.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    incidents: BTreeSet<IncidentId>,
    /// Those of incidents that a set-back took.
    lost: BTreeSet<IncidentId>,
    is_read_again: bool,
    presses: BTreeMap<OutboxId, u64>,
}

impl Numbers {
    /// Looks at an event.
    ///
    /// # Errors
    /// A number out of order, or given twice.
    pub(crate) fn event(
        &mut self,
        before: &CentreState,
        recorded: &Recorded,
    ) -> Result<(), Violation> {
        if recorded.version != before.version + 1 {
            let what = format!("{}: {} after {}", before.centre, recorded.version, before.version);
            return Err(Violation::new("numbers", what));
        }
        if let Event::IncidentOpened { incident, .. } = &recorded.event {
            let was_lost = if self.is_read_again {
                self.lost.remove(incident);
                false
            } else {
                self.lost.contains(incident)
            };
            if was_lost || !self.incidents.insert(incident.clone()) {
                return Err(Violation::new("numbers", format!("{incident} is opened twice")));
            }
        }
        let Origin::CrewTerminal { outbox, number, .. } = &recorded.provenance.origin else {
            return Ok(());
        };
        let last = self.presses.entry(outbox.clone()).or_default();
        // Help waits for no number, and a number given twice is told apart by the press's name.
        let is_free = matches!(recorded.event, Event::SosRaised { .. })
            || before.vehicles.values().any(|vehicle| vehicle.knows_outbox(outbox));
        if *number < *last && !is_free {
            let what = format!("press {number} of {outbox} comes after {last}");
            return Err(Violation::new("numbers", what));
        }
        *last = (*last).max(*number);
        Ok(())
    }

    /// Journals were set back and are read again: presses come again, incidents never.
    pub(crate) fn set_back(&mut self) {
        self.presses.clear();
        self.lost.append(&mut self.incidents);
        self.is_read_again = true;
    }

    /// They are read again; what comes now is new.
    pub(crate) fn is_read(&mut self) {
        self.is_read_again = false;
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::{opened, recorded};
    use super::*;

    #[test]
    fn a_version_left_out_and_a_number_given_twice_are_seen() {
        let mut numbers = Numbers::default();
        let state = CentreState::new("a".into());
        assert!(numbers.event(&state, &recorded(2, opened("a-1"))).is_err());
        assert_eq!(numbers.event(&state, &recorded(1, opened("a-1"))), Ok(()));
        numbers.set_back();
        assert_eq!(numbers.event(&state, &recorded(1, opened("a-0"))), Ok(()));
        numbers.is_read();
        let twice = numbers.event(&state, &recorded(1, opened("a-1")));
        assert_eq!(twice.unwrap_err().what, "a-1 is opened twice");
    }
}
