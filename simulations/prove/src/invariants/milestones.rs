//! Milestones of a task come in their order, none twice, none after the task's end; what is taken back was the last.

use super::Violation;
use dispatch_core::model::{Event, Milestone, Recorded, TaskId};
use std::collections::{BTreeMap, BTreeSet};

/// What was seen of each task, kept apart from the core's own fold.
#[derive(Debug, Default)]
pub(crate) struct Milestones(BTreeMap<TaskId, Course>);

#[derive(Debug, Default)]
struct Course {
    reached: Vec<Milestone>,
    is_over: bool,
    /// What presses said that came late: facts, which may stand on the task as well.
    reported: BTreeSet<Milestone>,
}

impl Milestones {
    /// Looks at an event.
    ///
    /// # Errors
    /// A milestone out of order.
    pub(crate) fn event(&mut self, recorded: &Recorded) -> Result<(), Violation> {
        if let Event::TaskCreated { task, .. } = &recorded.event {
            if self.0.insert(task.clone(), Course::default()).is_some() {
                return Err(wrong(task, "was created twice"));
            }
        } else if let Event::MilestoneReached { task, milestone, .. } = &recorded.event {
            self.reached(task, *milestone)?;
        } else if let Event::MilestoneUndone { task, milestone } = &recorded.event {
            let course = self.course(task)?;
            let is_last = course.reached.pop_if(|last| last == milestone).is_some();
            if !is_last && !course.reported.remove(milestone) {
                return Err(wrong(task, &format!("{milestone:?} is taken back and not last")));
            }
            course.is_over = false;
        } else if let Event::CrewReportSettled { task, kept: true, .. } = &recorded.event {
            // The crew has the patient: the task goes on, and what others told of its end falls away.
            let course = self.course(task)?;
            course.is_over = course.reported.contains(&Milestone::Finished);
            if !course.is_over {
                course.reached.retain(|milestone| *milestone < Milestone::Finished);
            }
        } else if let Event::MilestoneReported { task, milestone, .. } = &recorded.event {
            if let Some(course) = self.0.get_mut(task) {
                course.reported.insert(*milestone);
            }
        } else if let Event::TaskAborted { task, .. } | Event::TaskRedirected { task, .. } =
            &recorded.event
        {
            let course = self.course(task)?;
            if course.is_over {
                return Err(wrong(task, "is ended twice"));
            }
            course.is_over = true;
        }
        Ok(())
    }

    fn reached(&mut self, task: &TaskId, milestone: Milestone) -> Result<(), Violation> {
        let course = self.course(task)?;
        // Back at the station is told after the end.
        let is_late = course.is_over && milestone != Milestone::BackAtStation;
        if is_late || course.reached.last().is_some_and(|last| *last >= milestone) {
            let what = format!("reaches {milestone:?} after {:?}", course.reached);
            return Err(wrong(task, &what));
        }
        course.reached.push(milestone);
        course.is_over |= milestone == Milestone::Finished;
        Ok(())
    }

    fn course(&mut self, task: &TaskId) -> Result<&mut Course, Violation> {
        self.0.get_mut(task).ok_or_else(|| wrong(task, "is told of before it was created"))
    }
}

fn wrong(task: &TaskId, what: &str) -> Violation {
    Violation::new("milestones", format!("{task} {what}"))
}

#[cfg(test)]
mod tests {
    use super::super::examples::{reached, recorded, sent};
    use super::*;
    use dispatch_core::model::AbortReason;

    /// What is found in the last of these events of a task.
    fn last_of(events: impl IntoIterator<Item = Event>) -> Result<(), Violation> {
        let mut seen = Milestones::default();
        events.into_iter().map(|event| seen.event(&recorded(1, event))).last().unwrap()
    }

    fn at(milestone: Milestone) -> Event {
        reached("a-1.t1", milestone)
    }

    fn created() -> Event {
        sent("a-1.t1", "v")
    }

    fn aborted() -> Event {
        Event::TaskAborted { task: "a-1.t1".into(), reason: AbortReason::VehicleBreakdown.into() }
    }

    fn undone(milestone: Milestone) -> Event {
        Event::MilestoneUndone { task: "a-1.t1".into(), milestone }
    }

    #[test]
    fn steps_in_their_order_are_well_and_back_at_the_station_comes_after_the_end() {
        use Milestone::{AtScene, BackAtStation, Departed, Finished};
        let course = [Departed, AtScene, Finished, BackAtStation].map(at);
        assert_eq!(last_of([created()].into_iter().chain(course)), Ok(()));
        let again = [created(), at(Departed), undone(Departed), at(Departed)];
        assert_eq!(last_of(again), Ok(()));
    }

    #[test]
    fn a_task_that_its_crews_report_kept_ends_once_more() {
        let kept = |kept| Event::CrewReportSettled {
            vehicle: "v".into(),
            task: "a-1.t1".into(),
            kept,
            told: vec![],
            note: String::new(),
        };
        assert_eq!(last_of([created(), aborted(), kept(true), aborted()]), Ok(()));
        assert!(last_of([created(), aborted(), kept(false), aborted()]).is_err());
        let finished = || at(Milestone::Finished);
        assert_eq!(last_of([created(), finished(), kept(true), finished()]), Ok(()));
        assert!(last_of([created(), finished(), kept(true), finished(), finished()]).is_err());
    }

    #[test]
    fn steps_out_of_order_are_seen() {
        use Milestone::{AtScene, Departed, Finished};
        let told = |events: Vec<Event>| last_of(events).unwrap_err().what;
        assert!(told(vec![created(), at(AtScene), at(Departed)]).contains("reaches Departed"));
        assert!(told(vec![created(), at(Departed), at(Departed)]).contains("reaches Departed"));
        assert!(told(vec![created(), at(Finished), at(AtScene)]).contains("reaches AtScene"));
        assert!(told(vec![created(), aborted(), at(AtScene)]).contains("reaches AtScene"));
        assert!(told(vec![created(), aborted(), aborted()]).contains("is ended twice"));
        assert!(told(vec![created(), created()]).contains("was created twice"));
        assert!(told(vec![at(Departed)]).contains("before it was created"));
        let not_last = vec![created(), at(Departed), at(AtScene), undone(Departed)];
        assert!(told(not_last).contains("taken back and not last"));
    }
}
