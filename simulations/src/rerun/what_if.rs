//! The calls of a journal played twice: with the fleet, roads and policy as they were, and with the change.

use super::operation::{Became, Policy, Roads, Setting, play};
use super::{RerunError, RerunSettings, read_all};
use crate::incidents::{PastIncident, PastRun};
use crate::province::{Province, roads_without};
use crate::replay::{Comparison, Played, Sent};
use dispatch_core::Rules;
use dispatch_core::model::{CentreId, StationId, Timestamp, VehicleId, VehicleRecord};
use dispatch_desk::journal::Journal;
use geometry::Wgs84;
use std::collections::BTreeMap;
use tokio_util::sync::CancellationToken;

type Fleet = Vec<(VehicleId, VehicleRecord)>;

/// Plays every centre's calls twice and compares; "then" is without the change, "now" with it.
pub(super) async fn run(
    settings: &RerunSettings,
    province: &Province,
    journal: &dyn Journal,
    centres: &[CentreId],
    from: Option<Timestamp>,
    stop: &CancellationToken,
) -> Result<Comparison, RerunError> {
    check(settings, province)?;
    let mut played = Vec::new();
    let mut wanted = 0;
    let mut left: Vec<&String> = settings.remove_vehicle.iter().collect();
    for centre in centres {
        let (mut calls, fleet) = read_all(journal, centre).await?;
        let from = from.map_or(i64::MIN, |from| from.0);
        calls.retain(|call| call.received >= from);
        left.retain(|vehicle| !fleet.iter().any(|(id, _)| id.as_str() == vehicle.as_str()));
        wanted += calls.len();
        if stop.is_cancelled() {
            continue;
        }
        eprintln!("{centre}: {} calls, {} vehicles, played twice", calls.len(), fleet.len());
        played.extend(compare(settings, province, centre, fleet, &calls));
    }
    if let Some(unknown) = left.first() {
        return Err(RerunError::Asked(format!("--remove-vehicle {unknown}: no centre has it")));
    }
    played.sort_by(|a, b| (a.past.received, &a.past.id).cmp(&(b.past.received, &b.past.id)));
    Ok(Comparison::new(&played, wanted, 1.0).of_a_change())
}

fn check(settings: &RerunSettings, province: &Province) -> Result<(), RerunError> {
    for (station, _) in &settings.add_vehicle {
        if province.region.station(station).is_none() {
            return Err(RerunError::Asked(format!(
                "--add-vehicle: the region has no station {station}"
            )));
        }
    }
    for road in &settings.close_road {
        if !province.region.roads.iter().any(|it| it.id == *road || it.number == *road) {
            return Err(RerunError::Asked(format!("--close-road: the region has no road {road}")));
        }
    }
    Ok(())
}

/// One centre's calls, played with its fleet as it was and with what the settings change.
pub fn compare(
    settings: &RerunSettings,
    province: &Province,
    centre: &CentreId,
    fleet: Fleet,
    calls: &[PastIncident],
) -> Vec<Played> {
    let stations: BTreeMap<StationId, Wgs84> = province
        .region
        .stations
        .iter()
        .map(|station| (StationId::from(station.id.as_str()), station.position))
        .collect();
    let hospitals: BTreeMap<String, Wgs84> =
        province.region.hospitals.iter().map(|it| (it.id.clone(), it.position)).collect();
    let expiry = province.region.settings.norms.order_expiry_seconds;
    let rules = Rules { order_expiry_seconds: expiry.into(), ..Rules::default() };
    let became = |vehicles: Fleet, closed: &[String], policy: Policy| {
        let roads = Roads { map: roads_without(&province.region, closed) };
        let setting = Setting {
            centre: centre.clone(),
            vehicles,
            stations: &stations,
            hospitals: &hospitals,
            roads: &roads,
            policy,
            rules: rules.clone(),
        };
        play(&setting, calls, &mut |_| {}).became
    };
    let changed = changed_fleet(settings, province, centre, fleet.clone());
    let policy = settings.policy.unwrap_or(Policy::Recommended);
    let then = became(fleet, &[], Policy::Recommended);
    let now = became(changed, &settings.close_road, policy);
    let both = calls.iter().zip(then.into_iter().zip(now));
    both.map(|(call, (then, now))| played(call, then, now)).collect()
}

fn changed_fleet(
    settings: &RerunSettings,
    province: &Province,
    centre: &CentreId,
    mut fleet: Fleet,
) -> Fleet {
    fleet.retain(|(id, _)| !settings.remove_vehicle.iter().any(|gone| gone == id.as_str()));
    for (station, number) in &settings.add_vehicle {
        let of_centre =
            province.region.station(station).is_some_and(|it| it.centre == centre.as_str());
        if !of_centre {
            continue;
        }
        let model = fleet.iter().find(|(_, record)| record.station.as_str() == station);
        let Some((_, model)) = model.or(fleet.first()).cloned() else { continue };
        for nth in 1..=*number {
            let name = format!("{station}+{nth}");
            let record = VehicleRecord {
                station: StationId::from(station.as_str()),
                plate: name.clone(),
                call_sign: name.clone(),
                ..model.clone()
            };
            fleet.push((VehicleId::from(name.as_str()), record));
        }
    }
    fleet
}

fn played(call: &PastIncident, then: Became, now: Became) -> Played {
    let mut past = call.clone();
    past.runs = then
        .sent
        .iter()
        .map(|vehicle| {
            let first = then.first_at_scene.as_ref().filter(|(first, _)| first == vehicle);
            let at_scene = first.map(|(_, at)| *at);
            PastRun { vehicle: vehicle.clone(), at_scene, ..PastRun::default() }
        })
        .collect();
    let sent = now.sent.into_iter().map(|vehicle| Sent { vehicle, instead_of: String::new() });
    Played {
        past,
        incident: Some(now.incident),
        rang_at: call.received,
        sent: sent.collect(),
        ended: true,
        notes: Vec::new(),
        first_at_scene: now.first_at_scene,
    }
}
