//! A region folder as a system: its stations, vehicles and hospitals, roads by the road network, and demand spread
//! around its settlements. What no file tells is chosen here and said in the system's sources.

mod demand;

use crate::study::distribution::Distribution;
use crate::study::roads::{Direction, RawArc, Roads};
use crate::study::system::{
    Ambulance, Behaviour, CallClass, CallPattern, Site, System, TravelMode,
};
use dispatch_core::model::{Priority, VehicleKind, Wgs84};
use region::Region;
use road_network::{Cell, Profile, RoadNetwork, Router, Weights, cells, compose};
use std::path::Path;
use std::sync::Arc;

/// Side of a cell of demand, in metres.
const CELL_M: f64 = 2000.0;
/// Runs a day of the whole province, as its reports have them.
const RUNS_A_DAY: f64 = 300.0;
/// Driving without blue light takes so many times as long; chosen.
const WITHOUT_BLUE_LIGHT: f64 = 1.25;
/// A hospital nearer to a station than this is that station.
const SAME_PLACE_M: f64 = 400.0;
/// Noon of a weekday, for the profile's part of the day.
const NOON_UNIX_SECONDS: i64 = 1_780_286_400;

/// Why a region is no system.
#[derive(Debug, thiserror::Error)]
pub enum BadProvince {
    /// The folder is bad.
    #[error("the region folder cannot be used:\n{0}")]
    Region(String),
    /// There are no roads.
    #[error("the region's roads cannot be used: {0}")]
    Roads(String),
    /// Nothing to simulate.
    #[error("the region has no {0}")]
    Nothing(&'static str),
}

/// The system of a region folder.
///
/// # Errors
/// When the folder is bad, or lacks roads, stations, vehicles or hospitals.
pub fn system(folder: &Path) -> Result<System, BadProvince> {
    let region = Region::load(folder).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        BadProvince::Region(lines.join("\n"))
    })?;
    let own = folder.join("roads.network");
    let network = if own.is_file() {
        RoadNetwork::load(&own).map_err(|error| BadProvince::Roads(error.to_string()))?
    } else {
        compose(&region).map_err(|error| BadProvince::Roads(error.to_string()))?.0
    };
    let router = Router::new(Arc::new(network), Profile::blue_light());
    let weights = router.weights(&[], NOON_UNIX_SECONDS);
    let (stations, standby) = stations(&region);
    let ambulances = ambulances(&region);
    let hospitals: Vec<Site> =
        region.hospitals.iter().map(|it| site(&it.id, &it.name_en, it.position)).collect();
    let ground = cells(&weights, CELL_M);
    let demand = demand::of(&region, &ground);
    let missing = [
        (stations.is_empty(), "stations"),
        (ambulances.is_empty(), "ambulances"),
        (hospitals.is_empty(), "hospitals"),
        (demand.cells.is_empty(), "ground with roads from which calls come"),
    ];
    if let Some((_, what)) = missing.into_iter().find(|(is_missing, _)| *is_missing) {
        return Err(BadProvince::Nothing(what));
    }
    let turns = turns(&router, &weights, &stations, &ground);
    let off_road_kmh = 3600.0 / f64::from(weights.off_road_ms(1000.0).max(1)) * 1000.0;
    let mode = |name: &str| TravelMode { name: name.to_owned(), off_road_kmh };
    Ok(System {
        name: region.settings.name.en.clone(),
        sources: sources(turns, demand.source),
        stations,
        standby,
        hospitals,
        ambulances,
        cells: demand.cells,
        districts: demand.districts,
        modes: vec![mode("blue light"), mode("regular")],
        classes: classes(&region),
        redispatch: vec![(3, 0), (2, 0), (3, 1)],
        calls: CallPattern { per_day: RUNS_A_DAY, hourly: demand.hourly, weekday: demand.weekday },
        behaviour: behaviour(),
        roads: graph(&weights, turns),
    })
}

fn sources(turns: f64, demand: String) -> Vec<String> {
    vec![
        "Stations, ambulances, hospitals and townships of the region folder; their numbers are facts, which hospital holds a station and where exactly it stands is made up, as the folder says.".to_owned(),
        format!("Roads by the road network of the region folder; without an imported extract, streets are generated. Times are those along the roads times {turns:.3}, which makes the driving times from stations to cells the same in sum as with every turn counted."),
        demand,
        format!("{RUNS_A_DAY} runs a day in all, as reports of the whole province have them."),
        "Hospitals without a station are places where vehicles may be sent to wait. One desk serves the whole province; lending between centres is left out.".to_owned(),
        "Shares of priorities, durations, cancelled and empty runs are those of the simulated province; the spread of travel times is log-normal with sigma 0.15: chosen, not measured.".to_owned(),
    ]
}

fn site(id: &str, name: &str, position: Wgs84) -> Site {
    Site { id: id.to_owned(), name: name.to_owned(), position }
}

/// Stations, then hospitals that are none.
fn stations(region: &Region) -> (Vec<Site>, Vec<bool>) {
    let home = region.stations.iter().map(|it| site(&it.id, &it.name_en, it.position));
    let mut sites: Vec<Site> = home.collect();
    let homes = sites.len();
    for hospital in &region.hospitals {
        let apart = |other: &Site| other.position.metres_to(hospital.position) > SAME_PLACE_M;
        if sites.iter().all(apart) {
            sites.push(site(&format!("W-{}", hospital.id), &hospital.name_en, hospital.position));
        }
    }
    let standby = (0..sites.len()).map(|at| at >= homes).collect();
    (sites, standby)
}

fn ambulances(region: &Region) -> Vec<Ambulance> {
    let carries = region.vehicles.iter().filter(|vehicle| vehicle.kind != VehicleKind::Command);
    let of = |vehicle: &region::VehicleRecord| {
        let station = region.stations.iter().position(|it| it.id == vehicle.station)?;
        Some(Ambulance { id: vehicle.id.clone(), station })
    };
    carries.filter_map(of).collect()
}

/// Junctions and the roads between them, each driving time multiplied by what turns add on the whole.
fn graph(weights: &Weights, turns: f64) -> Roads {
    let network = weights.network();
    let nodes = network.nodes() as u32;
    let positions: Vec<Wgs84> = (0..nodes).map(|node| network.node_position(node)).collect();
    let mut access = vec![false; positions.len()];
    let mut raw = Vec::new();
    for edge in network.edge_ids() {
        let [first, second] = network.ends(edge);
        let metres = network.length_m(edge) as f32;
        let ways = [(first, second), (second, first)];
        for ((from, to), seconds) in ways.into_iter().zip(weights.seconds(edge)) {
            let Some(seconds) = seconds else { continue };
            let blue = seconds * turns * 1000.0;
            let ms = [blue, blue * WITHOUT_BLUE_LIGHT].map(|ms| ms.round().clamp(1.0, 1e9) as u32);
            access[from as usize] = true;
            access[to as usize] = true;
            raw.push(RawArc { from, to, metres, ms: ms.to_vec() });
        }
    }
    Roads::new(positions, access, &raw, 2)
}

/// How much longer journeys from stations to cells take with their turns counted than along the roads alone.
fn turns(router: &Router, weights: &Weights, stations: &[Site], ground: &[Cell]) -> f64 {
    const STATIONS: usize = 8;
    let roads = graph(weights, 1.0);
    let goals: Vec<_> = ground.iter().step_by(7).map(|cell| cell.at).collect();
    let nearest = |at: Wgs84| {
        let usable = (0..roads.nodes()).filter(|&node| roads.access[node]);
        let metres = |&node: &usize| roads.positions[node].metres_to(at);
        usable.min_by(|a, b| metres(a).total_cmp(&metres(b))).unwrap_or(0) as u32
    };
    let ends: Vec<u32> = goals.iter().map(|goal| nearest(goal.position)).collect();
    let (mut exact, mut plain) = (0.0, 0.0);
    for station in stations.iter().step_by((stations.len() / STATIONS).max(1)) {
        let Ok(start) = weights.snap(station.position, 5000.0, None) else { continue };
        let tree = roads.tree(nearest(start.position), 0, Direction::FromRoot);
        let times = router.from_one(weights, &start, &goals);
        for (time, &end) in times.into_iter().zip(&ends) {
            let along = tree.ms[end as usize];
            if let Some(ms) = time.filter(|_| along < 3_600_000) {
                exact += f64::from(ms);
                plain += f64::from(along);
            }
        }
    }
    if plain > 0.0 { (exact / plain).clamp(1.0, 2.0) } else { 1.0 }
}

fn classes(region: &Region) -> Vec<CallClass> {
    let norms = &region.settings.norms;
    let (urban, rural) = (norms.response_urban_seconds, norms.response_rural_seconds);
    let class =
        |name: &str, share, priority, [town, country]: [f64; 2], urgent, arrest_share| CallClass {
            name: name.to_owned(),
            share,
            priority,
            target_seconds: town,
            rural_target_seconds: country,
            mode: 0,
            urgent,
            arrest_share,
        };
    let norm = [f64::from(urban), f64::from(rural)];
    let later = norm.map(|seconds| seconds * 5.0 / 3.0);
    vec![
        class("critical", 6.0, Priority::Critical, norm, true, 0.5),
        class("severe", 47.0, Priority::Severe, norm, true, 0.0),
        class("urgent", 40.0, Priority::Urgent, later, false, 0.0),
        class("non-urgent", 7.0, Priority::NonUrgent, [3600.0; 2], false, 0.0),
    ]
}

fn behaviour() -> Behaviour {
    let spread = |median_seconds, sigma| Distribution::LogNormal { median_seconds, sigma };
    Behaviour {
        dispatch_delay: spread(60.0, 0.3),
        turnout: spread(90.0, 0.3),
        turnout_on_road: spread(20.0, 0.3),
        on_scene: spread(720.0, 0.5),
        handover: spread(1080.0, 0.5),
        transport_share: 0.85,
        regular_mode: 1,
        travel_sigma: 0.15,
        cancelled_share: 0.1,
        cancelled_after: Distribution::exponential(600.0),
        empty_share: 0.1,
        empty_on_scene: spread(360.0, 0.5),
        wrong_priority_share: 0.1,
    }
}
