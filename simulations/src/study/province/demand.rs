//! Where and when the patients of a region call: the settlements of its `demand.csv`, each spread over the cells of ground
//! around it. A region without that file has its townships instead, and one without townships calls from everywhere alike.

use crate::study::pattern;
use crate::study::system::DemandCell;
use dispatch_core::model::Wgs84;
use region::{Area, PlaceKind, Region};
use road_network::Cell;

/// Within so many metres of a county seat a cell is urban.
const URBAN_M: f64 = 4000.0;
/// A town has so many times the calls of a rural township, a subdistrict of a city [`SUBDISTRICT`] times; chosen, for a
/// region that says nothing of its demand.
const TOWN: f64 = 2.0;
const SUBDISTRICT: f64 = 4.0;
const HOURS: usize = 24;
const DAYS: usize = 7;
/// How busy the days of a week are, Monday first, for a region that says nothing of it; chosen.
const WEEK: [f64; DAYS] = [1.02, 1.0, 0.99, 0.99, 1.01, 1.0, 0.99];

/// The demand of a region.
pub(super) struct Demand {
    /// Cells from which calls come.
    pub(super) cells: Vec<DemandCell>,
    /// The prefectures they count for.
    pub(super) districts: Vec<String>,
    /// How busy each hour is against the mean.
    pub(super) hourly: Vec<f64>,
    /// How busy each day of the week is against the mean.
    pub(super) weekday: Vec<f64>,
    /// Where all this comes from, in sentences.
    pub(super) source: String,
}

/// A settlement from which calls come.
struct Settlement {
    position: Wgs84,
    weight: f64,
    is_dense: bool,
}

/// The demand of a region on its ground.
pub(super) fn of(region: &Region, ground: &[Cell]) -> Demand {
    let settlements = settlements(region);
    let mut weight = vec![0.0; ground.len()];
    settlements.iter().for_each(|it| spread(it, ground, &mut weight));
    if settlements.is_empty() {
        weight.fill(1.0);
    }
    let seats = region.places.iter().filter(|place| place.kind == PlaceKind::CountySeat);
    let dense = settlements.iter().filter(|it| it.is_dense).map(|it| it.position);
    let urban: Vec<Wgs84> = seats.map(|place| place.position).chain(dense).collect();
    let areas = &region.areas.prefectures;
    let cells = ground.iter().zip(weight).filter(|(_, weight)| *weight > 0.0);
    let cells = cells.map(|(cell, weight)| DemandCell {
        position: cell.at.position,
        weight,
        district: areas
            .iter()
            .enumerate()
            .min_by(|(_, a), (_, b)| outside(a, cell.middle).total_cmp(&outside(b, cell.middle)))
            .map_or(0, |(at, _)| at),
        rural: !urban.iter().any(|seat| seat.metres_to(cell.middle) < URBAN_M),
    });
    let hours_told = region.demand.iter().any(|it| !it.hours.is_empty());
    let days_told = region.demand.iter().any(|it| !it.weekdays.is_empty());
    Demand {
        cells: cells.collect(),
        districts: areas.iter().map(|area| area.name_en.clone()).collect(),
        source: source(region, hours_told, days_told),
        hourly: match hours_told {
            true => curve(region, HOURS, |hour, _| hour),
            false => pattern::hourly(),
        },
        weekday: match days_told {
            true => curve(region, DAYS, |_, day| day),
            false => WEEK.to_vec(),
        },
    }
}

fn source(region: &Region, hours: bool, days: bool) -> String {
    let places = if region.demand.is_empty() && region.townships.is_empty() {
        "the region folder says nothing of demand and names no township, so each piece of ground with a road counts alike"
    } else if region.demand.is_empty() {
        "the region folder says nothing of demand, so each township counts alike, a town 2 and a subdistrict 4 times"
    } else {
        "the settlements and weights of the region folder's demand.csv, with their bases as it gives them"
    };
    let told = |is_told, what: &str| {
        if is_told { format!("{what} as the file has them") } else { format!("{what} chosen") }
    };
    format!(
        "Demand in cells of 2 km: {places}, spread around each settlement by distance; {}, {}.",
        told(hours, "hours"),
        told(days, "days of the week")
    )
}

/// A subdistrict of a city; its people live close together.
fn is_subdistrict(name_zh: &str) -> bool {
    name_zh.ends_with("街道")
}

fn settlements(region: &Region) -> Vec<Settlement> {
    if region.demand.is_empty() {
        let of = |it: &region::Township| {
            let is_dense = is_subdistrict(&it.name_zh);
            let is_town = it.name_zh.ends_with('镇');
            let weight = match (is_dense, is_town) {
                (true, _) => SUBDISTRICT,
                (false, true) => TOWN,
                (false, false) => 1.0,
            };
            Settlement { position: it.position, weight, is_dense }
        };
        return region.townships.iter().map(of).collect();
    }
    let of = |it: &region::DemandCell| Settlement {
        position: it.position,
        weight: of_week(it),
        is_dense: is_subdistrict(&it.name_zh),
    };
    region.demand.iter().map(of).collect()
}

/// How busy each of so many hours or days is against the mean, all settlements together.
fn curve(region: &Region, count: usize, of: impl Fn(usize, usize) -> usize) -> Vec<f64> {
    let mut sum = vec![0.0; count];
    for hour in 0..HOURS {
        for day in 0..DAYS {
            let all: f64 = region.demand.iter().map(|it| it.weight_at(hour, day)).sum();
            sum[of(hour, day)] += all;
        }
    }
    let mean = sum.iter().sum::<f64>() / count as f64;
    sum.into_iter().map(|it| it / mean).collect()
}

/// The weight of a settlement over a whole week: one whose factors are not 1 on the whole has so many more calls or fewer.
fn of_week(cell: &region::DemandCell) -> f64 {
    let each = (0..HOURS).flat_map(|hour| (0..DAYS).map(move |day| (hour, day)));
    let sum: f64 = each.map(|(hour, day)| cell.weight_at(hour, day)).sum();
    sum / (HOURS * DAYS) as f64
}

fn outside(area: &Area, at: Wgs84) -> f64 {
    if area.contains(at) { 0.0 } else { area.metres_to_border(at) }
}

/// Spreads the weight of a settlement over the cells around it, fewer with distance.
fn spread(settlement: &Settlement, ground: &[Cell], weight: &mut [f64]) {
    let (reach_m, scale_m) = if settlement.is_dense { (4000.0, 1500.0) } else { (9000.0, 3000.0) };
    let metres = |cell: &Cell| cell.middle.metres_to(settlement.position);
    let near: Vec<(usize, f64)> = ground
        .iter()
        .enumerate()
        .map(|(at, cell)| (at, metres(cell)))
        .filter(|(_, metres)| *metres <= reach_m)
        .map(|(at, metres)| (at, (-metres / scale_m).exp()))
        .collect();
    let all: f64 = near.iter().map(|(_, share)| share).sum();
    if all > 0.0 {
        near.into_iter().for_each(|(at, share)| weight[at] += settlement.weight * share / all);
    } else if let Some(at) =
        (0..ground.len()).min_by(|&a, &b| metres(&ground[a]).total_cmp(&metres(&ground[b])))
    {
        weight[at] += settlement.weight;
    }
}
