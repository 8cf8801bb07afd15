//! Events of promised vehicles, of crews' reports against the centre, and changes that clear.

use crate::region;
use dispatch_core::model::*;

/// Each event with the name of its golden file.
pub(crate) fn all() -> Vec<(String, Event)> {
    let events = reports().into_iter().chain(promises());
    let mut named: Vec<_> = events.map(|event| (event.kind().to_owned(), event)).collect();
    named.push(("crew_act_refused-to-see".to_owned(), refused()));
    named.push(("milestone_reported-sparse".to_owned(), filled_in()));
    named.push(("incident_amended-cleared".to_owned(), amended(cleared())));
    named.push(("incident_amended-apart".to_owned(), amended(apart())));
    let lent =
        VehicleTransfer { note: "支援大武口".to_owned(), ..super::examples::transfer() };
    named.push((
        "vehicle_handed_over-reason".to_owned(),
        Event::VehicleHandedOver { transfer: lent },
    ));
    named.extend(super::messages::all());
    named.extend(super::vehicle_log::all());
    named
}

fn reports() -> Vec<Event> {
    let (vehicle, task): (VehicleId, TaskId) = ("YC-01-1".into(), "yinchuan-7.t1".into());
    vec![
        Event::MilestoneReported {
            vehicle: vehicle.clone(),
            task: task.clone(),
            milestone: Milestone::LeftScene,
            details: MilestoneDetails {
                hospital: Some("NX-H1".into()),
                patients_carried: Some(1),
                distance_km: None,
                patients: PatientsTold::default(),
            },
            contradicts: true,
            before_end: Some(true),
        },
        Event::CrewReportSettled {
            vehicle: vehicle.clone(),
            task,
            kept: true,
            told: vec![Milestone::LeftScene, Milestone::AtHospital],
            note: "电台确认".to_owned(),
        },
        Event::CrewAwayReported {
            vehicle: vehicle.clone(),
            task: "yinchuan-8.t1".into(),
            away: Away::Paused {
                reason: Reasoned { reason: PauseReason::Meal, note: "食堂".to_owned() },
            },
        },
        Event::CrewBackReported { vehicle: vehicle.clone(), task: "yinchuan-8.t1".into() },
        Event::RefusedPressesSeen { vehicle },
        Event::OrderChangeAcknowledged { task: "yinchuan-8.t1".into(), through: 47 },
    ]
}

fn promises() -> Vec<Event> {
    let (vehicle, incident): (VehicleId, IncidentId) = ("YC-01-1".into(), "yinchuan-8".into());
    vec![
        Event::FollowOnGiven {
            vehicle: vehicle.clone(),
            incident: incident.clone(),
            expires_at: Timestamp(1_777_632_000_000),
        },
        Event::FollowOnAcknowledged { vehicle: vehicle.clone(), incident: incident.clone() },
        Event::FollowOnEnded { vehicle, incident, why: FollowOnEnd::Expired },
    ]
}

fn refused() -> Event {
    Event::CrewActRefused {
        vehicle: "YC-01-1".into(),
        command: "off_duty".to_owned(),
        task: None,
        code: "vehicle_on_task".to_owned(),
        to_see: true,
    }
}

fn filled_in() -> Event {
    Event::MilestoneReported {
        vehicle: "YC-01-1".into(),
        task: "yinchuan-7.t1".into(),
        milestone: Milestone::Departed,
        details: MilestoneDetails::default(),
        contradicts: false,
        before_end: None,
    }
}

fn amended(changes: IncidentChanges) -> Event {
    Event::IncidentAmended { incident: "yinchuan-7".into(), changes: Box::new(changes) }
}

fn cleared() -> IncidentChanges {
    IncidentChanges {
        waiting: Change::Clear,
        destination: Change::Clear,
        appointment_at: Change::Clear,
        scene_point: Change::Clear,
        ..IncidentChanges::default()
    }
}

fn apart() -> IncidentChanges {
    let point = PlacePoint {
        position: Wgs84 { lon: 106.25, lat: 38.5 },
        source: PlaceSource::MapClick,
        error_radius_m: Some(20),
        measured_at: None,
    };
    IncidentChanges {
        scene_address: Some(region::place("中山北街").address),
        scene_point: Change::Set(point),
        waiting_address: Change::Clear,
        waiting_point: Change::Set(point),
        ..IncidentChanges::default()
    }
}
