//! Ranking by the straight line: the best eight through the index, and everybody, for 123 and 10 000
//! vehicles; a third pause
//! and a fifteenth drive to less urgent patients. The fleet lies in 25 towns of a province.

use dispatch_core::deadlines::{Norms, deadlines_of_centre, outlook};
use dispatch_core::fleet::{FleetIndex, LocalPlane};
use dispatch_core::model::*;
use dispatch_core::recommend::*;
use dispatch_core::{CentreState, Decision, Rules, apply, decide};
use divan::{Bencher, black_box};

const FLEETS: [u32; 2] = [123, 10_000];
const TOWNS: u32 = 25;
const NOW: Timestamp = Timestamp(1_780_977_600_000);
const PLACE: Wgs84 = Wgs84 { lon: 106.0, lat: 37.0 };

/// Every fleet; the smallest where the bench is only to show that it runs.
fn fleets() -> Vec<u32> {
    let is_trial = std::env::args().any(|arg| arg == "--test");
    FLEETS.into_iter().take(if is_trial { 1 } else { FLEETS.len() }).collect()
}

fn main() {
    divan::main();
}

struct Province {
    state: CentreState,
    names: Vec<VehicleId>,
    located: Vec<Located>,
    plane: LocalPlane,
    index: FleetIndex,
    travel: StraightLine,
    request: Request,
}

/// A number in 0..1 that depends on `n` only.
fn scattered(n: u32) -> f64 {
    f64::from(n.wrapping_mul(2_654_435_761) >> 8) / f64::from(1u32 << 24)
}

fn position(n: u32) -> Wgs84 {
    let town = n % TOWNS;
    Wgs84 {
        lon: 105.0 + f64::from(town % 5) * 0.5 + (scattered(n) - 0.5) * 0.1,
        lat: 35.5 + f64::from(town / 5) * 0.75 + (scattered(n + 77_777) - 0.5) * 0.1,
    }
}

fn execute(state: &mut CentreState, command: Command) {
    let context = CommandContext {
        terminal: None,
        made_at: NOW,
        now: NOW,
        origin: Origin::Automatic { rule: "bench".into() },
        vehicle_online: None,
        command_id: None,
        confirmed: Vec::new(),
    };
    if let Ok(Decision::Events(events)) = decide(state, &Rules::default(), &command, &context) {
        events.iter().for_each(|event| apply(state, event));
    }
}

fn send_to_somebody_less_urgent(state: &mut CentreState, vehicle: &VehicleId, at: Wgs84) {
    let scene = Place::plain("somewhere", Some(at), PlaceSource::MapClick);
    let facts =
        IncidentFacts { priority: Priority::NonUrgent, ..IncidentFacts::plain(scene, "fever") };
    let details = CallDetails::plain(NOW);
    execute(state, Command::TakeCall(Box::new(TakeCall::plain(facts, details))));
    let waiting = state.open_incidents().find(|incident| incident.waits_for_vehicle());
    if let Some(incident) = waiting.map(|incident| incident.id.clone()) {
        let vehicles = vec![vehicle.clone()];
        execute(state, Command::DispatchVehicles { incident, vehicles, offer: None });
    }
}

fn province(vehicles: u32) -> Province {
    let mut state = CentreState::new("yinchuan".into());
    let names: Vec<VehicleId> = (0..vehicles).map(|n| format!("v{n:05}").as_str().into()).collect();
    let mut located = Vec::new();
    let plane =
        LocalPlane::covering(Wgs84 { lon: 104.2, lat: 35.2 }, Wgs84 { lon: 107.7, lat: 39.4 });
    let index = FleetIndex::with_capacity(vehicles);
    for (n, vehicle) in (0..).zip(&names) {
        let record = VehicleRecord {
            home_centre: "yinchuan".into(),
            station: format!("s{}", n / 4).as_str().into(),
            plate: format!("A{n}"),
            call_sign: format!("{n}"),
            kind: if n % 5 == 0 { VehicleKind::IntensiveCare } else { VehicleKind::Basic },
            equipment: Vec::new(),
        };
        execute(&mut state, Command::EnrolVehicle { vehicle: vehicle.clone(), record });
        if n % 3 == 0 {
            let reason = PauseReason::Meal.into();
            execute(&mut state, Command::PauseVehicle { vehicle: vehicle.clone(), reason });
        } else if n % 10 == 1 {
            send_to_somebody_less_urgent(&mut state, vehicle, position(n + 500));
        }
        located.push(Located { position: position(n), fix_time: NOW, heading_deg: None });
    }
    let metres = |n: u32| plane.to_metres(position(n)).expect("on the plane");
    index.load((0..vehicles).map(|n| (n, metres(n)))).expect("on the plane");
    let travel = StraightLine::at(StraightLineSettings::default(), NOW).expect("good settings");
    let request = Request {
        incident: None,
        place: PLACE,
        priority: Priority::Urgent,
        wanted: Wanted { kind: Some(VehicleKind::IntensiveCare), equipment: Vec::new() },
        centre: "yinchuan".into(),
        mutual_aid: false,
        divert: true,
        how_many: 8,
        test: false,
    };
    Province { state, names, located, plane, index, travel, request }
}

impl Province {
    fn situation(&self, slot: u32) -> Option<VehicleSituation<'_>> {
        let vehicle = self.state.vehicles.get(self.names.get(slot as usize)?)?;
        let located = self.located.get(slot as usize).copied();
        Some(VehicleSituation::of(&self.state, vehicle, located, None))
    }

    fn listed(&self) -> ListedFleet<'_> {
        // Names and slots are in one order here.
        let vehicles = self.state.vehicles.values().zip(&self.located).map(|(vehicle, located)| {
            VehicleSituation::of(&self.state, vehicle, Some(*located), None)
        });
        ListedFleet::new(vehicles.collect())
    }
}

/// The fleet as a server of any size walks it.
macro_rules! indexed {
    ($province:expr) => {
        IndexedFleet {
            look: $province.index.look(),
            plane: &$province.plane,
            lookup: |slot| $province.situation(slot),
            not_indexed: Vec::new(),
            available: |_: &StationId| 2,
        }
    };
}

#[divan::bench(args = fleets())]
fn best_8_through_the_index(bencher: Bencher, vehicles: u32) {
    let province = province(vehicles);
    let settings = RankingSettings::default();
    bencher.bench_local(|| {
        let fleet = indexed!(province);
        black_box(recommend(&province.request, &fleet, &province.travel, &settings, NOW))
    });
}

#[divan::bench(args = fleets())]
fn everybody_through_the_index(bencher: Bencher, vehicles: u32) {
    let province = province(vehicles);
    let settings = RankingSettings::default();
    bencher.bench_local(|| {
        let fleet = indexed!(province);
        black_box(rank_all(&province.request, &fleet, &province.travel, &settings, NOW))
    });
}

#[divan::bench]
fn everybody_from_a_list_of_123(bencher: Bencher) {
    let province = province(123);
    let settings = RankingSettings::default();
    bencher.bench_local(|| {
        let fleet = province.listed();
        black_box(rank_all(&province.request, &fleet, &province.travel, &settings, NOW))
    });
}

#[divan::bench(args = fleets())]
fn all_deadlines_of_a_centre(bencher: Bencher, vehicles: u32) {
    let province = province(vehicles);
    let norms = Norms::default();
    bencher.bench_local(|| {
        let all = deadlines_of_centre(&province.state, |_| Some(NOW), &norms);
        black_box(outlook(all, NOW.plus_seconds(3)))
    });
}
