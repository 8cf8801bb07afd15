//! Whether an incident has the help it wants: how many vehicles came, whether anybody received the orders,
//! whether every patient is accounted for, and what speaks against closing it.
//!
//! After an incident was reopened by hand only what happened since then counts as help.

use super::{Call, Incident, IncidentStage, Task, TaskEnd};
use crate::model::*;

/// How an open incident stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HelpStanding {
    /// Fewer vehicles came or are coming than are wanted.
    Waiting,
    /// As many orders are out as vehicles are wanted, but not all were received.
    NotReceived,
    /// As many vehicles as are wanted have their orders.
    UnderWay,
    /// No vehicle is on it any more and it has not closed itself: close it, or who else goes?
    ToDecide,
}

/// What speaks against closing an incident without asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClosingDoubt {
    /// More patients were reported than are accounted for.
    PatientsUnaccounted {
        /// How many were reported.
        reported: u16,
        /// How many were carried, or need no transport.
        accounted: u16,
    },
    /// A task ended early and no vehicle was sent after it.
    NotReplaced {
        /// Which.
        task: TaskId,
    },
    /// A call came after the last vehicle had left.
    CallAfterDeparture {
        /// Which.
        call_id: CallId,
    },
    /// Fewer vehicles came than were wanted.
    FewerThanWanted {
        /// How many were wanted.
        wanted: u16,
        /// How many came.
        came: u16,
    },
    /// Somebody reopened it by hand; it then closes only by hand.
    Reopened,
}

impl Incident {
    /// Its tasks since it was opened or reopened.
    fn tasks_of_now(&self) -> impl DoubleEndedIterator<Item = &Task> {
        let since = self.reopening().map_or(0, |reopening| reopening.version);
        self.tasks.iter().filter(move |task| task.created_in > since)
    }

    /// Its running tasks of which help may come.
    pub fn coming_tasks(&self) -> impl Iterator<Item = &Task> {
        self.running_tasks().filter(|task| task.is_coming())
    }

    /// How many vehicles came or are coming; those whose order lapsed unreceived do not count.
    pub fn vehicles_came(&self) -> u16 {
        let came = self.tasks_of_now().filter(|task| match &task.end {
            TaskEnd::Running => task.is_coming(),
            TaskEnd::Finished => true,
            TaskEnd::Aborted { .. } | TaskEnd::Diverted { .. } => false,
        });
        u16::try_from(came.count()).unwrap_or(u16::MAX)
    }

    /// How many vehicles it still waits for.
    pub fn vehicles_missing(&self) -> u16 {
        self.vehicles_wanted.saturating_sub(self.vehicles_came())
    }

    /// Open with fewer vehicles than wanted, or with patients left and nobody on the way. An appointment
    /// ahead counts too; ask [`Self::waits_for_appointment`] to tell them apart.
    pub fn waits_for_vehicle(&self) -> bool {
        let wanting = || self.patients_unaccounted() > 0 || !self.promised.is_empty();
        let left = || self.coming_tasks().next().is_none() && wanting();
        self.stage == IncidentStage::Open && (self.vehicles_missing() > 0 || left())
    }

    /// How it stands; nothing unless it is open.
    pub fn standing(&self) -> Option<HelpStanding> {
        if self.stage != IncidentStage::Open {
            return None;
        }
        Some(if self.asks_to_close() {
            HelpStanding::ToDecide
        } else if self.waits_for_vehicle() {
            HelpStanding::Waiting
        } else if self.coming_tasks().all(Task::is_received) {
            HelpStanding::UnderWay
        } else {
            HelpStanding::NotReceived
        })
    }

    /// Whether somebody must say if it is to be closed or who else goes: vehicles finished, none is coming
    /// any more or promised to it, and it did not close itself. An order that ran out unreceived is ended first.
    pub fn asks_to_close(&self) -> bool {
        self.stage == IncidentStage::Open
            && self.coming_tasks().next().is_none()
            && self.promised.is_empty()
            && self.tasks_of_now().any(|task| task.end == TaskEnd::Finished)
    }

    /// Wants so many from a journal version and a moment on.
    pub(crate) fn want(&mut self, vehicles: u16, version: u64, since: Timestamp) {
        if vehicles < self.vehicles_wanted {
            self.fewer_wanted_in = version;
        }
        // Fewer wanted gives nobody more time for those that are still missing.
        if vehicles > self.vehicles_wanted {
            self.wanted_since = since;
        }
        self.vehicles_wanted = vehicles;
    }

    /// What speaks against closing it without asking; it closes itself only when nothing does.
    pub fn closing_doubts(&self) -> Vec<ClosingDoubt> {
        let (wanted, came) = (self.vehicles_wanted, self.vehicles_came());
        let (reported, accounted) = (self.patients_reported(), self.patients_accounted());
        let patients = (reported > accounted)
            .then_some(ClosingDoubt::PatientsUnaccounted { reported, accounted });
        let replaced = self.not_replaced().map(|task| ClosingDoubt::NotReplaced { task });
        let called =
            self.call_after_departure().map(|call_id| ClosingDoubt::CallAfterDeparture { call_id });
        let fewer = (came < wanted).then_some(ClosingDoubt::FewerThanWanted { wanted, came });
        let reopened = self.reopened.then_some(ClosingDoubt::Reopened);
        [patients, replaced, called, fewer, reopened].into_iter().flatten().collect()
    }

    /// The last task that ended early without a later vehicle in its place.
    fn not_replaced(&self) -> Option<TaskId> {
        let mut open: Vec<&Task> = Vec::new();
        let mut steps: Vec<(u64, Option<&Task>)> = Vec::new();
        for task in self.tasks_of_now() {
            steps.push((task.created_in, None));
            steps.extend(task.ended_early_in.map(|version| (version, Some(task))));
        }
        steps.sort_by_key(|(version, ended)| (*version, ended.is_none()));
        for (version, ended) in steps {
            match ended {
                Some(task) if version > self.fewer_wanted_in => open.push(task),
                Some(_) => {}
                None => drop(open.pop()),
            }
        }
        open.last().map(|task| task.id.clone())
    }

    /// The last call that came after the last vehicle had left, unless somebody at the scene, or a
    /// dispatcher, has told of the patients since.
    fn call_after_departure(&self) -> Option<CallId> {
        let departed = self.tasks_of_now().filter(|task| match &task.end {
            TaskEnd::Running | TaskEnd::Finished => true,
            TaskEnd::Aborted { .. } | TaskEnd::Diverted { .. } => false,
        });
        let departed = departed.filter_map(|task| Some((task.departed_in?, task.departed_at()?)));
        let counted = self.scene_count().map(|count| (count.version, count.at));
        let told = (self.account.version > 0).then_some((self.account.version, self.account.at));
        let since = self.reopening().map(|reopening| (reopening.version, reopening.at));
        let settles: Vec<_> = departed.chain(counted).chain(told).chain(since).collect();
        let linked = self.calls().skip(1).collect::<Vec<_>>().into_iter().rev();
        let after = |call: &&Call| settles.iter().all(|moment| call.is_after(*moment));
        linked.filter(|call| !settles.is_empty() && after(call)).map(|call| call.id.clone()).next()
    }
}
