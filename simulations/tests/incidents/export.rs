//! An export of a journal.

use dispatch_core::model::{
    CallDetails, CentreId, Command, CommandContext, IncidentFacts, Milestone, MilestoneDetails,
    Origin, PersonId, Place, PlaceSource, Priority, Recorded, TaskId, Timestamp, VehicleId,
    VehicleKind, VehicleRecord,
};
use dispatch_core::model::{StationId, TakeCall};
use dispatch_core::{CentreState, Decision, Rules, apply, decide};
use dispatch_desk::journal::Head;
use geometry::Wgs84;
use simulations::incidents::export;
use simulations::incidents::{Outcome, Reading};

const NOON: i64 = 1_772_337_600_000;

struct Centre {
    state: CentreState,
    events: Vec<Recorded>,
}

impl Centre {
    fn give(&mut self, seconds: i64, command: Command) {
        let now = Timestamp(NOON + seconds * 1000);
        let context = CommandContext {
            made_at: now,
            terminal: None,
            now,
            origin: Origin::Person { person: PersonId::from("li.na") },
            vehicle_online: None,
            command_id: None,
            confirmed: Vec::new(),
        };
        let decided = decide(&self.state, &Rules::default(), &command, &context);
        let Ok(Decision::Events(events)) = decided else { panic!("{command:?}: {decided:?}") };
        for event in events {
            apply(&mut self.state, &event);
            self.events.push(event);
        }
    }

    fn lines(&self) -> String {
        let centre = &self.state.centre;
        let mut head = Head::empty(centre);
        let lines = self.events.iter().map(|event| {
            let stored = head.extend(centre, event);
            let line = serde_json::json!({
                "centre": centre, "version": stored.version, "recorded_at": stored.recorded_at,
                "made_at": stored.made_at, "kind": stored.kind, "schema": stored.schema,
                "body": stored.body, "hash": stored.hash,
            });
            format!("{line}\n")
        });
        lines.collect()
    }
}

fn call(test: bool, position: Option<Wgs84>) -> Command {
    let scene = Place::plain("东大街1号", position, PlaceSource::MapClick);
    let facts =
        IncidentFacts { priority: Priority::Severe, test, ..IncidentFacts::plain(scene, "胸痛") };
    let details = CallDetails {
        rang_at: Some(Timestamp(NOON - 20_000)),
        ..CallDetails::plain(Timestamp(NOON - 10_000))
    };
    Command::TakeCall(Box::new(TakeCall::plain(facts, details)))
}

fn centre() -> Centre {
    let state = CentreState::new(CentreId::from("xining"));
    let mut centre = Centre { state, events: Vec::new() };
    let record = VehicleRecord {
        home_centre: CentreId::from("xining"),
        station: StationId::from("XN-01"),
        plate: "青A·12001".into(),
        call_sign: "西宁01".into(),
        kind: VehicleKind::Basic,
        equipment: Vec::new(),
    };
    centre.give(-60, Command::EnrolVehicle { vehicle: VehicleId::from("XN-01-1"), record });
    centre.give(0, call(false, Some(Wgs84 { lon: 101.79, lat: 36.61 })));
    let vehicles = vec![VehicleId::from("XN-01-1")];
    let incident = "xining-1".into();
    centre.give(30, Command::DispatchVehicles { incident, vehicles, offer: None });
    let steps = [
        (60, Milestone::OrderReceived),
        (120, Milestone::Departed),
        (500, Milestone::AtScene),
        (1100, Milestone::LeftScene),
        (1900, Milestone::AtHospital),
        (2500, Milestone::Finished),
    ];
    for (seconds, milestone) in steps {
        let task = TaskId::from("xining-1.t1");
        let details = MilestoneDetails { patients_carried: Some(1), ..MilestoneDetails::default() };
        centre.give(seconds, Command::RecordMilestone { task, milestone, details });
    }
    centre.give(3000, call(true, Some(Wgs84 { lon: 101.79, lat: 36.61 })));
    centre.give(3100, call(false, None));
    centre
}

fn read() -> Reading {
    export::read(centre().lines().as_bytes()).expect("our own export")
}

#[test]
fn an_export_becomes_the_incidents_that_its_events_tell_of() {
    let reading = read();
    let [incident] = &reading.incidents[..] else { panic!("one incident: {reading:?}") };
    assert_eq!((incident.id.as_str(), incident.received), ("xining-1", NOON - 20_000));
    assert_eq!(incident.outcome, Outcome::Carried);
    let run = &incident.runs[0];
    assert_eq!(run.vehicle, "XN-01-1");
    let seconds: Vec<Option<i64>> =
        run.steps().iter().map(|(_, at)| at.map(|at| (at - NOON) / 1000)).collect();
    assert_eq!(seconds, [Some(30), Some(120), Some(500), Some(1100), Some(1900), Some(2500)]);
    assert_eq!(
        reading.notes,
        ["left out: 1 exercises and line tests", "left out: 1 incidents without a position"]
    );
}

#[test]
fn a_line_that_is_missing_torn_or_of_another_release_is_named() {
    let lines = centre().lines();
    let told = |text: &str| export::read(text.as_bytes()).expect_err("damaged").to_string();
    let missing: String =
        lines.lines().enumerate().filter(|(i, _)| *i != 3).map(|(_, l)| format!("{l}\n")).collect();
    assert_eq!(told(&missing), "line 4: event 4 is missing\n");
    let torn = &lines[..lines.len() / 2];
    assert!(told(torn).contains("expected an event as `dispatch-server export` writes it"));
    assert!(told(&lines.replacen("\"schema\":1", "\"schema\":999", 1)).starts_with("line 1: "));
    // A vehicle nobody enrolled: the fold itself would panic on its task.
    let foreign = lines.replacen("XN-01-1", "XN-09-9", 1);
    assert_eq!(told(&foreign), "line 4: event 4 does not follow from the ones before\n");
}
