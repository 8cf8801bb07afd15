//! Calls files: every call of a period with its place and durations, as a simulation wrote or a service recorded them. A
//! study draws its own calls like these, so that each replication meets others.

use super::files::Files;
use super::raster::Cells;
use crate::study::distribution::Distribution;
use crate::study::problem::Problem;
use crate::study::tables::{self, Record};
use dispatch_core::model::Wgs84;
use geometry::METRES_PER_DEGREE;
use std::collections::BTreeMap;

const DAY_SECONDS: f64 = 86_400.0;
/// Calls of one place count together when they lie in the same square of so many metres.
const CELL_M: f64 = 200.0;
/// A mean over its deviation this near to 1 is told as an exponential distribution.
const NEARLY: f64 = 0.15;
/// A deviation below this share of the mean is told as a constant.
const HARDLY_ANY: f64 = 0.01;

/// What a calls file tells.
pub(super) struct RecordedCalls {
    /// Its name, for notes.
    pub(super) file: String,
    places: Vec<Wgs84>,
    /// How many of each priority, the most urgent first.
    pub(super) by_priority: Vec<f64>,
    pub(super) calls_per_day: f64,
    pub(super) dispatch_delay: Distribution,
    pub(super) on_scene: Distribution,
    pub(super) handover: Distribution,
    pub(super) transport_share: f64,
}

struct Sums {
    arrivals: Vec<f64>,
    delay: Vec<f64>,
    scene: Vec<f64>,
    handover: Vec<f64>,
    by_priority: BTreeMap<u64, f64>,
    transported: f64,
}

/// The calls file of a model folder, if it has one.
pub(super) fn read(files: &Files) -> Result<Option<RecordedCalls>, Problem> {
    let Some(text) = files.find(&["calls", "call"], "csv")? else { return Ok(None) };
    let all = tables::read(&text.name, &text.bytes)?;
    let table = tables::named(&all, &text.name, "calls")?;
    let mut sums = Sums {
        arrivals: Vec::new(),
        delay: Vec::new(),
        scene: Vec::new(),
        handover: Vec::new(),
        by_priority: BTreeMap::new(),
        transported: 0.0,
    };
    let mut places = Vec::new();
    for row in table.records() {
        places.push(row.position()?);
        sums.add(&row)?;
    }
    // A model folder may hold a single call as a stand-in beside the configuration that makes the true ones.
    if places.len() < 2 {
        return Ok(None);
    }
    let last = sums.arrivals.last().copied().unwrap_or(0.0);
    let first =
        all.iter().flat_map(tables::Table::records).find_map(|row| row.text(&["startTime"]));
    let first = first.and_then(|it| it.parse().ok()).unwrap_or(sums.arrivals[0]);
    let days = last - first;
    if days <= 0.0 {
        return Err(table.problem("must hold calls of some time: all came at the same moment"));
    }
    let count = places.len() as f64;
    let most = sums.by_priority.keys().last().copied().unwrap_or(1);
    let of = |priority| sums.by_priority.get(&priority).copied().unwrap_or(0.0);
    Ok(Some(RecordedCalls {
        file: text.name,
        places,
        by_priority: (1..=most).map(of).collect(),
        calls_per_day: count / days,
        dispatch_delay: told(&sums.delay),
        on_scene: told(&sums.scene),
        handover: told(&sums.handover),
        transport_share: sums.transported / count,
    }))
}

impl Sums {
    fn add(&mut self, row: &Record<'_>) -> Result<(), Problem> {
        const ARRIVAL: &[&str] = &["arrivalTime", "time"];
        const PRIORITY: &[&str] = &["priority"];
        let arrival = row.number_in(ARRIVAL, 0.0, 1e6)?;
        if self.arrivals.last().is_some_and(|before| *before > arrival) {
            return Err(row.problem(ARRIVAL, "must not be before that of the call above"));
        }
        self.arrivals.push(arrival);
        let priority = row.number_in(PRIORITY, 1.0, 4.0)?;
        *self.by_priority.entry(priority as u64).or_default() += 1.0;
        let days = |names: &[&str]| row.number_in(names, 0.0, 30.0);
        self.delay.push(days(&["dispatchDelay"])? * DAY_SECONDS);
        self.scene.push(days(&["onSceneDuration"])? * DAY_SECONDS);
        let transported = match row.filled(&["transport", "transfer"])? {
            "1" | "1.0" | "true" => true,
            "0" | "0.0" | "false" => false,
            other => {
                let what = format!("must be 1 or 0, not \"{other}\"");
                return Err(row.problem(&["transport", "transfer"], what));
            }
        };
        if transported {
            self.transported += 1.0;
            self.handover.push(days(&["handoverDuration", "transferDuration"])? * DAY_SECONDS);
        }
        Ok(())
    }
}

impl RecordedCalls {
    /// Squares in which calls came, each at the middle of its calls, weighed by their number.
    pub(super) fn cells(&self) -> Cells {
        let cosine = self.places[0].lat.to_radians().cos().max(0.01);
        let mut squares: BTreeMap<(i64, i64), [f64; 3]> = BTreeMap::new();
        for place in &self.places {
            let square = |degrees: f64| (degrees * METRES_PER_DEGREE / CELL_M).floor() as i64;
            let sums = squares.entry((square(place.lat), square(place.lon * cosine))).or_default();
            let parts = [1.0, place.lon, place.lat];
            sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
        }
        let cell =
            |[calls, lon, lat]: [f64; 3]| (Wgs84 { lon: lon / calls, lat: lat / calls }, calls);
        squares.into_values().map(cell).collect()
    }
}

/// A distribution with the mean and deviation of values in seconds: constant, exponential or log-normal.
fn told(seconds: &[f64]) -> Distribution {
    let count = seconds.len().max(1) as f64;
    let mean = seconds.iter().sum::<f64>() / count;
    let variance = seconds.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / count;
    let relative = variance.sqrt() / mean.max(f64::MIN_POSITIVE);
    if mean <= 0.0 || relative < HARDLY_ANY {
        return Distribution::constant(mean);
    }
    if (relative - 1.0).abs() < NEARLY {
        return Distribution::exponential(mean);
    }
    let spread = (1.0 + relative * relative).ln();
    Distribution::LogNormal { median_seconds: mean / (spread / 2.0).exp(), sigma: spread.sqrt() }
}
