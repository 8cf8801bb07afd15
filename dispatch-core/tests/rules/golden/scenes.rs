//! What a scene asks for and what it threatens, as the first call said and as it was amended.

use crate::region;
use dispatch_core::model::*;

pub(crate) fn needs() -> [(String, Event); 2] {
    let needs = VehicleNeeds {
        kind: Some(VehicleKind::NegativePressure),
        equipment: vec!["ventilator".to_owned()],
    };
    let facts = IncidentFacts { needs: needs.clone(), ..region::facts("隔离病区") };
    let changes = IncidentChanges { needs: Change::Set(needs), ..IncidentChanges::default() };
    both("needs", facts, changes)
}

pub(crate) fn hazards() -> [(String, Event); 2] {
    let hazards = Hazards::from([Hazard::Infection, Hazard::Violence]);
    let facts = IncidentFacts { hazards, ..region::facts("隔离病区") };
    let none = IncidentChanges { hazards: Some(Hazards::new()), ..IncidentChanges::default() };
    both("hazards", facts, none)
}

fn both(about: &str, facts: IncidentFacts, changes: IncidentChanges) -> [(String, Event); 2] {
    let incident = super::examples::incident();
    let events = [
        Event::IncidentOpened { incident: incident.clone(), facts: Box::new(facts) },
        Event::IncidentAmended { incident, changes: Box::new(changes) },
    ];
    events.map(|event| (format!("{}-{about}", event.kind()), event))
}
