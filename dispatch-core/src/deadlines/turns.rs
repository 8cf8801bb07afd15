//! The turns of an incident: from the call, and from each time it was opened again by hand.

use crate::model::Timestamp;
use crate::state::{Incident, Task};

/// One turn of an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turn {
    /// When it began.
    pub(super) from: Timestamp,
    /// The journal version after which its tasks were created.
    after: u64,
    /// The version up to which they were; the present turn is open.
    through: u64,
}

impl Turn {
    /// The tasks of the turn.
    pub(super) fn tasks<'a>(&self, incident: &'a Incident) -> impl Iterator<Item = &'a Task> + 'a {
        let Self { after, through, .. } = *self;
        incident
            .tasks
            .iter()
            .filter(move |task| task.created_in > after && task.created_in <= through)
    }
}

impl Incident {
    /// Its turns, oldest first; there is always one.
    pub(super) fn turns(&self) -> impl Iterator<Item = Turn> + '_ {
        let begins = [(self.opened_at, 0)];
        let begins = begins.into_iter().chain(self.reopenings.iter().map(|it| (it.at, it.version)));
        let ends = self.reopenings.iter().map(|it| it.version).chain([u64::MAX]);
        begins.zip(ends).map(|((from, after), through)| Turn { from, after, through })
    }

    /// The turn it is in.
    pub(super) fn turn(&self) -> Turn {
        let (from, after) = self.reopening().map_or((self.opened_at, 0), |it| (it.at, it.version));
        Turn { from, after, through: u64::MAX }
    }
}
