//! The command `table`: driving times from stations to demand cells, as a planner needs them.

use crate::near;
use road_network::{Cell, OnRoad, Router, Weights, Wgs84, cells};
use serde::{Deserialize, Serialize};
use std::error::Error;
use std::path::{Path, PathBuf};

/// Norms that planners look at, minutes of driving.
const LIMITS_MIN: [u32; 5] = [5, 8, 12, 20, 30];

/// From where to where.
#[derive(clap::Args)]
#[group(skip)]
pub(crate) struct Ends {
    /// The stations (.csv with id or code, lon, lat; lines that begin with # are notes)
    #[arg(long)]
    from: PathBuf,
    /// The places of demand (.csv likewise)
    #[arg(long, conflicts_with = "cells", required_unless_present = "cells")]
    to: Option<PathBuf>,
    /// Instead of places: every square of so many metres that has a road
    #[arg(long, value_parser = clap::value_parser!(u32).range(100..=100_000))]
    cells: Option<u32>,
}

#[derive(Deserialize)]
struct Row {
    #[serde(alias = "code")]
    id: String,
    lon: f64,
    lat: f64,
}

/// A place that is asked for, on its road.
struct Place {
    id: String,
    asked: Wgs84,
    at: OnRoad,
}

/// What the table says at a glance. Times are those of the nearest station, driving only.
#[derive(Serialize)]
pub(crate) struct Summary {
    stations: usize,
    places: usize,
    /// Places left out: no road lies near.
    without_road: Vec<String>,
    /// Places that no station can reach.
    unreached: usize,
    median_seconds: Option<f64>,
    p90_seconds: Option<f64>,
    within: Vec<Within>,
}

#[derive(Serialize)]
struct Within {
    minutes: u32,
    places: usize,
    percent: f64,
}

/// Writes the table, one line a pair; no seconds where there is no route.
pub(crate) fn write(
    router: &Router,
    weights: &Weights,
    ends: &Ends,
    out: &Path,
) -> Result<Summary, Box<dyn Error>> {
    let (stations, lost) = on_roads(weights, rows(&ends.from)?);
    if let Some(lost) = lost.first() {
        return Err(format!("place station {lost} on a road: there is none near").into());
    }
    let (places, without_road) = match (&ends.to, ends.cells) {
        (Some(file), _) => on_roads(weights, rows(file)?),
        (None, side) => {
            let cells = cells(weights, f64::from(side.unwrap_or(1000)));
            (cells.into_iter().map(named).collect(), Vec::new())
        }
    };
    let on_road = |list: &[Place]| list.iter().map(|it| it.at).collect::<Vec<_>>();
    let table = router.table(weights, &on_road(&stations), &on_road(&places));
    let mut file =
        csv::Writer::from_path(out).map_err(|error| format!("write {}: {error}", out.display()))?;
    file.write_record(["from", "to", "lon", "lat", "seconds"])?;
    for (station, row) in stations.iter().zip(&table) {
        for (place, ms) in places.iter().zip(row) {
            let seconds = ms.map(|ms| format!("{:.1}", f64::from(ms) / 1000.0));
            let [lon, lat] = [place.asked.lon, place.asked.lat].map(|it| format!("{it:.6}"));
            file.write_record([&station.id, &place.id, &lon, &lat, &seconds.unwrap_or_default()])?;
        }
    }
    file.flush()?;
    Ok(summary(stations.len(), &places, &table, without_road))
}

fn rows(file: &Path) -> Result<Vec<Row>, String> {
    let problem = |error: csv::Error| format!("read {}: {error}", file.display());
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).from_path(file).map_err(problem)?;
    let rows = reader.deserialize().collect::<Result<Vec<Row>, _>>().map_err(problem)?;
    if rows.is_empty() {
        return Err(format!("read {}: it has no line", file.display()));
    }
    Ok(rows)
}

/// The places with a road near, and the names of the others.
fn on_roads(weights: &Weights, rows: Vec<Row>) -> (Vec<Place>, Vec<String>) {
    let (mut found, mut lost) = (Vec::new(), Vec::new());
    for Row { id, lon, lat } in rows {
        let place = Wgs84::checked(lon, lat).and_then(|asked| {
            let at = near(weights, asked).ok()?;
            Some(Place { id: id.clone(), asked, at })
        });
        match place {
            Some(place) => found.push(place),
            None => lost.push(id),
        }
    }
    (found, lost)
}

fn named(cell: Cell) -> Place {
    Place { id: format!("r{}c{}", cell.row, cell.column), asked: cell.middle, at: cell.at }
}

fn summary(
    stations: usize,
    places: &[Place],
    table: &[Vec<Option<u32>>],
    without_road: Vec<String>,
) -> Summary {
    let nearest = |place: usize| table.iter().filter_map(|row| row[place]).min();
    let mut times: Vec<u32> = (0..places.len()).filter_map(nearest).collect();
    times.sort_unstable();
    let part = |percent: usize| {
        let last = times.len().checked_sub(1)?;
        Some(f64::from(times[(times.len() * percent / 100).min(last)]) / 1000.0)
    };
    let within = LIMITS_MIN.map(|minutes| {
        let reached = times.partition_point(|&ms| ms <= minutes * 60_000);
        let percent = 100.0 * reached as f64 / places.len().max(1) as f64;
        Within { minutes, places: reached, percent: (percent * 10.0).round() / 10.0 }
    });
    Summary {
        stations,
        places: places.len(),
        without_road,
        unreached: places.len() - times.len(),
        median_seconds: part(50),
        p90_seconds: part(90),
        within: within.into(),
    }
}
