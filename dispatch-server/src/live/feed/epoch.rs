//! Within what a console's numbers mean the same: one run of one server, or all servers of one journal.
//!
//! Versions are the journal's own, and servers that read one journal and one region give vehicles the same
//! slots. So a console that moves from one server to another goes on from its numbers.

use dispatch_core::model::{CentreId, Timestamp, VehicleId};
use dispatch_desk::chance::random;
use dispatch_desk::journal::to_hex;
use sha2::{Digest, Sha256};

/// What stands between the shared part of an epoch and the run's own.
const SEPARATOR: char = '.';

/// The epoch of a feed.
pub(in crate::live) struct Epoch {
    /// Names the journal before any set-back, and slots; nothing where this server's journal is its own.
    base: Option<String>,
    /// The part that servers have in common now.
    shared: Option<String>,
    text: String,
}

/// How far a console's numbers are known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::live) enum Known {
    /// They are this run's own.
    OfThisRun,
    /// Another server of the same journal gave them.
    OfAnotherServer,
    /// They mean nothing here.
    Foreign,
}

impl Epoch {
    /// The epoch of a run that begins now. `journal` names the journal that servers share, nothing when it
    /// is this server's own; `slots` are the vehicles in the order of their slots.
    pub(in crate::live) fn begin<'a>(
        now: Timestamp,
        journal: Option<&str>,
        slots: impl Iterator<Item = &'a VehicleId>,
    ) -> Self {
        let base = journal.map(|journal| {
            let mut hash = Sha256::new();
            hash.update(journal);
            for vehicle in slots {
                hash.update([0]);
                hash.update(vehicle.as_str());
            }
            to_hex(&hash.finalize()[..8])
        });
        let mut epoch = Self { base, shared: None, text: String::new() };
        epoch.renew(now, std::iter::empty());
        epoch
    }

    /// Begins another run. `set_backs` counts the set-backs of each centre's journal: numbers from before one
    /// mean nothing after it, at any server.
    pub(in crate::live) fn renew<'a>(
        &mut self,
        now: Timestamp,
        set_backs: impl Iterator<Item = (&'a CentreId, u64)>,
    ) {
        let run = format!("{:x}-{:x}", now.0, random::<u32>());
        let set_backs: Vec<String> = set_backs
            .filter(|(_, incarnation)| *incarnation > 0)
            .map(|(centre, incarnation)| format!("{centre} {incarnation}"))
            .collect();
        self.shared = self.base.as_ref().map(|base| match set_backs.as_slice() {
            [] => base.clone(),
            some => format!("{base}-{}", to_hex(&Sha256::digest(some.join("\n"))[..4])),
        });
        self.text = match &self.shared {
            Some(shared) => format!("{shared}{SEPARATOR}{run}"),
            None => run,
        };
    }

    /// As consoles are told it.
    pub(in crate::live) fn text(&self) -> &str {
        &self.text
    }

    /// What an epoch that a console was told earlier is to this one.
    pub(in crate::live) fn knows(&self, told: &str) -> Known {
        let shared = told.split_once(SEPARATOR).map(|(shared, _)| shared);
        if told == self.text {
            Known::OfThisRun
        } else if shared.is_some() && shared == self.shared.as_deref() {
            Known::OfAnotherServer
        } else {
            Known::Foreign
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn epoch(journal: Option<&str>, slots: &[&str]) -> Epoch {
        let slots: Vec<VehicleId> = slots.iter().map(|id| VehicleId::from(*id)).collect();
        Epoch::begin(Timestamp(1), journal, slots.iter())
    }

    #[test]
    fn servers_of_one_journal_and_one_fleet_know_each_others_numbers() {
        let here = epoch(Some("j"), &["A", "B"]);
        let known = |there: &Epoch| here.knows(there.text());
        assert_eq!(known(&here), Known::OfThisRun);
        assert_eq!(known(&epoch(Some("j"), &["A", "B"])), Known::OfAnotherServer);
        assert_eq!(known(&epoch(Some("other"), &["A", "B"])), Known::Foreign);
        assert_eq!(known(&epoch(Some("j"), &["B", "A"])), Known::Foreign);
        assert_eq!(known(&epoch(Some("j"), &["AB"])), Known::Foreign);
        assert_eq!(known(&epoch(None, &["A", "B"])), Known::Foreign);
    }

    #[test]
    fn numbers_from_before_a_set_back_mean_nothing_after_it() {
        let (mut here, mut there) = (epoch(Some("j"), &["A"]), epoch(Some("j"), &["A"]));
        let before = here.text().to_owned();
        let (east, west) = (CentreId::from("east"), CentreId::from("west"));
        let set_back = || [(&east, 0), (&west, 1)].into_iter();
        here.renew(Timestamp(2), set_back());
        assert_eq!(here.knows(&before), Known::Foreign);
        assert_eq!(here.knows(there.text()), Known::Foreign);
        there.renew(Timestamp(3), set_back());
        assert_eq!(here.knows(there.text()), Known::OfAnotherServer);
        let mut alone = epoch(None, &["A"]);
        let before = alone.text().to_owned();
        alone.renew(Timestamp(2), std::iter::empty());
        assert_eq!(alone.knows(&before), Known::Foreign);
    }

    #[test]
    fn a_server_with_a_journal_of_its_own_knows_only_itself() {
        let here = epoch(None, &["A"]);
        assert_eq!(here.knows(here.text()), Known::OfThisRun);
        assert_eq!(here.knows(epoch(None, &["A"]).text()), Known::Foreign);
        assert_eq!(here.knows(""), Known::Foreign);
    }
}
