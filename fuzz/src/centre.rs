//! A centre in the middle of its work, and commands given to it as the server does them.

use dispatch_core::model::*;
use dispatch_core::{CentreState, Decision, Rules, apply, decide, refusal_event};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// The server's clock, milliseconds since 1970-01-01T00:00:00Z: that of the golden files.
pub const NOW: Timestamp = Timestamp(1_795_000_000_000);

/// An event as the journal writes its body.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Body {
    provenance: Provenance,
    event: Event,
}

/// The centre `yinchuan` with the vehicles and the incidents that the golden files speak of.
pub fn at_work() -> CentreState {
    static STATE: LazyLock<CentreState> = LazyLock::new(|| {
        let mut state = CentreState::new("yinchuan".into());
        for vehicle in ["YC-01-1", "YC-01-2", "XN-01-1", "v"] {
            let record = VehicleRecord {
                home_centre: "yinchuan".into(),
                station: "YC-01".into(),
                plate: "宁A·12001".to_owned(),
                call_sign: vehicle.to_owned(),
                kind: VehicleKind::Basic,
                equipment: Vec::new(),
            };
            execute(&mut state, &Command::EnrolVehicle { vehicle: vehicle.into(), record });
        }
        for _ in 0..12 {
            execute(&mut state, &Command::TakeCall(Box::new(call())));
        }
        for (incident, vehicle) in [("yinchuan-12", "YC-01-1"), ("yinchuan-9", "v")] {
            let (incident, vehicles) = (incident.into(), vec![vehicle.into()]);
            execute(&mut state, &Command::DispatchVehicles { incident, vehicles, offer: None });
        }
        state
    });
    STATE.clone()
}

fn execute(state: &mut CentreState, command: &Command) {
    let origin = Origin::Person { person: "li.na".into() };
    let made = CommandContext { made_at: NOW, terminal: None, now: NOW, origin, vehicle_online: None, command_id: None, confirmed: Vec::new() };
    obey(state, command, &made).expect("the centre's first commands are allowed");
}

fn call() -> TakeCall {
    let position = Wgs84::checked(106.23, 38.48);
    let scene = Place::plain("解放西街", position, PlaceSource::MapClick);
    TakeCall::plain(IncidentFacts::plain(scene, "胸痛"), CallDetails::plain(NOW))
}

/// Decides, writes down as the journal does, reads back, applies. What was written must read back
/// the same, or a restart would lose it.
///
/// # Errors
/// What the rules refuse; a crew's refused command is kept all the same.
pub fn obey(
    state: &mut CentreState,
    command: &Command,
    context: &CommandContext,
) -> Result<(), Rejection> {
    let rules = Rules::default();
    match decide(state, &rules, command, context) {
        Ok(Decision::Events(events)) => {
            events.iter().for_each(|event| record(state, event));
            Ok(())
        }
        Ok(Decision::AlreadyRecorded) => Ok(()),
        Err(rejection) => {
            if let Some(kept) = refusal_event(state, &rules, command, context, &rejection) {
                record(state, &kept);
            }
            Err(rejection)
        }
    }
}

fn record(state: &mut CentreState, recorded: &Recorded) {
    let body = Body { provenance: recorded.provenance.clone(), event: recorded.event.clone() };
    let json = serde_json::to_string(&body).expect("an event is always writable as JSON");
    let read: Body = serde_json::from_str(&json).expect("a stored event reads back");
    assert_eq!(read, body, "a stored event reads back the same");
    apply(state, recorded);
}
