//! Timers of incidents that were forgotten before: broken down, unreceived, left with patients, reopened.

use super::test_centre::{TestCentre, at, facts};
use super::*;
use crate::model::*;
use crate::state::{HelpStanding, Incident};

fn incident_of<'a>(centre: &'a TestCentre, incident: &IncidentId) -> &'a Incident {
    &centre.state.incidents[incident]
}

/// The kinds of an incident's deadlines with the second each is due.
fn due(centre: &TestCentre, incident: &IncidentId) -> Vec<(DeadlineKind, i64)> {
    let deadlines = deadlines_of_incident(incident_of(centre, incident), &Norms::default());
    deadlines.iter().map(|it| (it.kind, it.due_at.0 / 1000)).collect()
}

fn abort(task: &TaskId, reason: AbortReason) -> Command {
    Command::AbortTask { task: task.clone(), reason: reason.into(), confirmed: true }
}

#[test]
fn a_vehicle_that_breaks_down_leaves_its_incident_waiting_beside_the_other() {
    let mut centre = TestCentre::with(&["a", "b"]);
    let incident = centre.call(facts(None), None);
    let first = centre.send(&incident, "a");
    centre.send(&incident, "b");
    assert_eq!(due(&centre, &incident), [(DeadlineKind::Scene, 720)]);
    centre.now = at(100);
    centre.execute(abort(&first, AbortReason::VehicleBreakdown));
    assert_eq!(due(&centre, &incident), [(DeadlineKind::Order, 160), (DeadlineKind::Scene, 720)]);
    assert_eq!(incident_of(&centre, &incident).standing(), Some(HelpStanding::Waiting));
}

#[test]
fn an_order_that_lapses_unreceived_is_overdue_at_once() {
    let mut centre = TestCentre::with(&["a"]);
    let incident = centre.call(facts(None), None);
    let task = centre.send(&incident, "a");
    assert_eq!(incident_of(&centre, &incident).standing(), Some(HelpStanding::NotReceived));
    centre.now = at(120);
    assert_eq!(lapsed_orders(&centre.state, centre.now), []);
    centre.now = at(121);
    assert_eq!(lapsed_orders(&centre.state, centre.now), std::slice::from_ref(&task));
    centre.execute(Command::LapseOrder { task: task.clone() });
    assert_eq!(lapsed_orders(&centre.state, centre.now), []);
    assert_eq!(due(&centre, &incident), [(DeadlineKind::Order, 120), (DeadlineKind::Scene, 720)]);
    centre.execute(Command::ResendOrder { task: task.clone() });
    assert_eq!(due(&centre, &incident), [(DeadlineKind::Scene, 720)]);
    let (incident, task) = centre.state.task(&task).expect("the task");
    let deadlines = deadlines_of_task(incident, task, &Norms::default());
    let receipt = deadlines.iter().find(|it| it.kind == DeadlineKind::DeviceReceipt);
    assert_eq!(receipt.map(|it| it.due_at), Some(at(131)), "its receipt is due anew");
}

#[test]
fn the_question_has_a_deadline_of_its_own() {
    let mut centre = TestCentre::with(&["a"]);
    let incident = centre.call(facts(None), None);
    let task = centre.send(&incident, "a");
    centre.reach(&task, Milestone::AtScene);
    centre.now = at(600);
    centre.reach(&task, Milestone::Finished);
    assert_eq!(incident_of(&centre, &incident).standing(), Some(HelpStanding::ToDecide));
    assert_eq!(due(&centre, &incident), [(DeadlineKind::CloseDecision, 720)]);
}

#[test]
fn a_reopened_incident_gets_every_timer_of_a_new_one() {
    let ends: [fn(&mut TestCentre, &IncidentId); 3] = [
        |centre, incident| {
            let task = centre.send(incident, "a");
            centre.reach(&task, Milestone::LeftScene);
            centre.reach(&task, Milestone::Finished);
        },
        |centre, incident| {
            let (incident, reason) = (incident.clone(), CancelReason::Nuisance.into());
            centre.execute(Command::CancelIncident { incident, reason, confirmed: false });
        },
        |centre, incident| {
            let (incident, reason) = (incident.clone(), RefuseReason::NotMedical.into());
            centre.execute(Command::RefuseIncident { incident, reason });
        },
    ];
    for end in ends {
        let mut centre = TestCentre::with(&["a", "b"]);
        let incident = centre.call(facts(None), None);
        end(&mut centre, &incident);
        assert_eq!(due(&centre, &incident), [], "it is over");
        centre.now = at(1000);
        let note = "again".to_owned();
        centre.execute(Command::ReopenIncident { incident: incident.clone(), note });
        let anew = [(DeadlineKind::Order, 1060), (DeadlineKind::Scene, 1720)];
        assert_eq!(due(&centre, &incident), anew);
        assert_eq!(incident_of(&centre, &incident).standing(), Some(HelpStanding::Waiting));
        let task = centre.send(&incident, "b");
        centre.execute(Command::RecordDeviceReceipt { task: task.clone() });
        assert_eq!(incident_of(&centre, &incident).standing(), Some(HelpStanding::UnderWay));
        centre.reach(&task, Milestone::LeftScene);
        centre.now = at(2000);
        centre.reach(&task, Milestone::Finished);
        assert!(!incident_of(&centre, &incident).waits_for_vehicle(), "it was served again");
        assert_eq!(due(&centre, &incident), [(DeadlineKind::CloseDecision, 2120)]);
    }
}

#[test]
fn a_reopened_appointment_is_due_as_it_was_until_its_time_has_passed() {
    let mut centre = TestCentre::with(&[]);
    let wanted = IncidentFacts { appointment_at: Some(at(7200)), ..facts(None) };
    let incident = centre.call(wanted, None);
    for (moment, expected) in
        [(60, vec![(DeadlineKind::Appointment, 5400)]), (8000, vec![(DeadlineKind::Order, 8060)])]
    {
        let (id, reason) = (incident.clone(), CancelReason::Other.into());
        centre.execute(Command::CancelIncident { incident: id, reason, confirmed: false });
        centre.now = at(moment);
        let (incident, note) = (incident.clone(), String::new());
        centre.execute(Command::ReopenIncident { incident: incident.clone(), note });
        let due = due(&centre, &incident);
        assert_eq!(due[..1], expected[..], "{due:?}");
    }
}
