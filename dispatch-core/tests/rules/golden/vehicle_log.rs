//! Entries of a vehicle's log, a look through its camera, and a vehicle that is lent with them.

use dispatch_core::model::*;
use std::collections::BTreeSet;

pub(crate) fn all() -> [(String, Event); 4] {
    let vehicle: VehicleId = "YC-01-1".into();
    let checked = VehicleLogEntry::Checked {
        odometer_km: 45_120,
        fuel_percent: Some(70),
        faults: BTreeSet::from([VehicleCheck::Oxygen, VehicleCheck::LightsAndSiren]),
        note: "氧气瓶压力不足".to_owned(),
    };
    let refuelled = VehicleLogEntry::Refuelled { litres: 41.5, odometer_km: 45_230 };
    let at = Timestamp(1_767_240_000_000);
    let checked_then = Some(VehicleLogged { at, entry: checked.clone() });
    let log = VehicleLog { checked: checked_then, refuelled: None };
    let lent = VehicleTransfer { log, ..super::examples::transfer() };
    let lent = Event::VehicleHandedOver { transfer: lent };
    let (first, second) = (
        Event::VehicleLogged { vehicle: vehicle.clone(), entry: checked },
        Event::VehicleLogged { vehicle, entry: refuelled },
    );
    let watched =
        Event::CameraWatched { vehicle: "YC-01-1".into(), task: Some("7".into()), channel: 2 };
    [
        (watched.kind().to_owned(), watched),
        (first.kind().to_owned(), first),
        (format!("{}-refuelled", second.kind()), second),
        (format!("{}-log", lent.kind()), lent),
    ]
}
