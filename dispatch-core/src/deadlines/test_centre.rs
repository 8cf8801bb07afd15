//! A small centre for tests, run by the real rules: orders go in by `decide`, events by `apply`.

use crate::model::*;
use crate::{CentreState, Decision, Rules, apply, decide};

/// The centre `yinchuan` with a clock in seconds.
pub(crate) struct TestCentre {
    pub(crate) state: CentreState,
    pub(crate) now: Timestamp,
}

/// A moment, in seconds.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp(0).plus_seconds(seconds)
}

/// Facts of an ordinary urgent illness at a place.
pub(crate) fn facts(scene: Option<Wgs84>) -> IncidentFacts {
    IncidentFacts::plain(Place::plain("somewhere", scene, PlaceSource::MapClick), "chest pain")
}

impl TestCentre {
    /// The centre with these vehicles on duty at their station.
    pub(crate) fn with(vehicles: &[&str]) -> Self {
        let mut centre = Self { state: CentreState::new("yinchuan".into()), now: at(0) };
        for name in vehicles {
            let record = VehicleRecord {
                home_centre: "yinchuan".into(),
                station: "YC-01".into(),
                plate: "A 120".into(),
                call_sign: "one".into(),
                kind: VehicleKind::Basic,
                equipment: Vec::new(),
            };
            let vehicle = VehicleId::from(*name);
            centre.execute(Command::EnrolVehicle { vehicle, record });
        }
        centre
    }

    /// Carries out a command given by a dispatcher now.
    pub(crate) fn execute(&mut self, command: Command) {
        self.execute_made_at(command, self.now);
    }

    /// The same, pressed earlier: the server was out of reach.
    fn execute_made_at(&mut self, command: Command, made_at: Timestamp) {
        let context = CommandContext {
            made_at,
            terminal: None,
            now: self.now,
            origin: Origin::Person { person: "li".into() },
            vehicle_online: Some(true),
            command_id: None,
            confirmed: Vec::new(),
        };
        let decided = decide(&self.state, &Rules::default(), &command, &context);
        match decided.unwrap_or_else(|refused| panic!("{command:?}: {refused}")) {
            Decision::Events(events) => events.iter().for_each(|one| apply(&mut self.state, one)),
            Decision::AlreadyRecorded => {}
        }
    }

    /// Takes a call about a new incident and returns its number.
    pub(crate) fn call(&mut self, facts: IncidentFacts, caller: Option<&str>) -> IncidentId {
        let details = CallDetails {
            caller_number: caller.map(str::to_owned),
            ..CallDetails::plain(self.now)
        };
        let before: Vec<_> = self.state.incidents.keys().cloned().collect();
        self.execute(Command::TakeCall(Box::new(TakeCall::plain(facts, details))));
        let new = self.state.incidents.keys().find(|id| !before.contains(id));
        new.expect("a call opens an incident").clone()
    }

    /// Sends one vehicle.
    pub(crate) fn send(&mut self, incident: &IncidentId, vehicle: &str) -> TaskId {
        self.send_made_at(incident, vehicle, self.now)
    }

    /// Sends one vehicle by a key pressed earlier.
    pub(crate) fn send_made_at(
        &mut self,
        incident: &IncidentId,
        vehicle: &str,
        made_at: Timestamp,
    ) -> TaskId {
        let vehicles = vec![vehicle.into()];
        let incident = incident.clone();
        self.execute_made_at(
            Command::DispatchVehicles { incident, vehicles, offer: None },
            made_at,
        );
        self.state.running_task_of(&vehicle.into()).expect("it was sent").1.id.clone()
    }

    /// The crew reaches a milestone now.
    pub(crate) fn reach(&mut self, task: &TaskId, milestone: Milestone) {
        let details = MilestoneDetails::default();
        self.execute(Command::RecordMilestone { task: task.clone(), milestone, details });
    }
}
