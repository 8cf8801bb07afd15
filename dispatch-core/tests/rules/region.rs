//! Things to build tests with: vehicles, facts, calls.

use dispatch_core::model::*;

pub(crate) fn record(home: &str, vehicle: &str) -> VehicleRecord {
    VehicleRecord {
        home_centre: home.into(),
        station: "YC-01".into(),
        plate: format!("宁A-{vehicle}"),
        call_sign: vehicle.to_owned(),
        kind: VehicleKind::Basic,
        equipment: vec!["defibrillator".to_owned()],
    }
}

pub(crate) fn place(address: &str) -> Place {
    Place::plain(address, Wgs84::checked(106.2309, 38.4872), PlaceSource::AddressSearch)
}

pub(crate) fn facts(address: &str) -> IncidentFacts {
    IncidentFacts::plain(place(address), "胸痛")
}

pub(crate) fn call_details(began_at: Timestamp) -> CallDetails {
    CallDetails {
        rang_at: Some(began_at.plus_seconds(-4)),
        seat: Some("3".to_owned()),
        caller_number: Some("13995010001".to_owned()),
        ..CallDetails::plain(began_at)
    }
}

/// A move that would cover 3.1 % more, as a server asks for it: without a number yet.
pub(crate) fn suggestion(vehicle: &str, station: &str) -> MoveSuggestion {
    MoveSuggestion {
        number: 0,
        vehicle: vehicle.into(),
        station: station.into(),
        reason: MoveWhy::CoversMore,
        covered_before: 7_120,
        covered_after: 7_430,
        expected_seconds_before: 640,
        expected_seconds_after: 590,
        drive_seconds: 780,
        expires_at: Timestamp(0),
    }
}
