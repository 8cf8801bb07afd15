//! The command `road-network`: make a network file, look into it, ask it for a route. A thin
//! shell over the library; everything it prints is also in the library's answers.

mod table;

use clap::{Parser, Subcommand};
use region::Region;
use road_network::{OnRoad, Profile, RoadNetwork, Router, Weights, Wgs84, compose, import};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// How far from a road a place given on the command line may lie, metres.
const SNAP_LIMIT_M: f64 = 2000.0;

/// Road networks: import, compose, inspect, route. Offline.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Make a network from an OpenStreetMap extract
    Import {
        /// The extract (.osm.pbf)
        #[arg(long)]
        osm: PathBuf,
        /// The network file to write
        #[arg(long)]
        out: PathBuf,
    },
    /// Make a network from a region folder
    Compose {
        /// The folder with roads.csv and its companions, checked as the server checks it
        #[arg(long)]
        region: PathBuf,
        /// The network file to write
        #[arg(long)]
        out: PathBuf,
    },
    /// Say what a network file holds
    Inspect {
        /// The network file
        file: PathBuf,
    },
    /// Find the fastest route, as JSON
    Route {
        #[command(flatten)]
        roads: Roads,
        /// Degrees east and north, for example 106.27,38.47
        #[arg(long, value_parser = position, allow_hyphen_values = true)]
        from: Wgs84,
        /// Degrees east and north
        #[arg(long, value_parser = position, allow_hyphen_values = true)]
        to: Wgs84,
    },
    /// Write the driving time from every station to every demand cell, for planning
    Table {
        #[command(flatten)]
        roads: Roads,
        #[command(flatten)]
        ends: table::Ends,
        /// The table to write (.csv): from, to, lon, lat, seconds
        #[arg(long)]
        out: PathBuf,
    },
}

/// A network and how it is driven.
#[derive(clap::Args)]
struct Roads {
    /// The network file
    file: PathBuf,
    /// A speed profile; the shipped blue-light profile where none is given
    #[arg(long)]
    profile: Option<PathBuf>,
    /// Seconds since 1970, for day or night; midday where none is given
    #[arg(long, default_value_t = 14_400)]
    at: i64,
}

impl Roads {
    fn open(&self) -> Result<(Router, Arc<Weights>), Box<dyn Error>> {
        let profile = match &self.profile {
            Some(path) => Profile::load(path)?,
            None => Profile::blue_light(),
        };
        let router = Router::new(Arc::new(RoadNetwork::load(&self.file)?), profile);
        let weights = router.weights(&[], self.at);
        Ok((router, weights))
    }
}

/// The road nearest to a place.
fn near(weights: &Weights, place: Wgs84) -> Result<OnRoad, String> {
    weights.snap(place, SNAP_LIMIT_M, None).map_err(|error| format!("find a road: {error}"))
}

fn position(text: &str) -> Result<Wgs84, String> {
    let (lon, lat) = text.split_once(',').ok_or("expected lon,lat")?;
    let number = |text: &str| text.trim().parse::<f64>().map_err(|error| error.to_string());
    Wgs84::checked(number(lon)?, number(lat)?).ok_or_else(|| "not on earth".to_owned())
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("road-network: failed to {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<(), Box<dyn Error>> {
    match task {
        Task::Import { osm, out } => {
            let (network, report) = import(&osm)?;
            network.save(&out)?;
            println!("{}", serde_json::to_string_pretty(&report)?);
        }
        Task::Compose { region, out } => {
            let (network, report) = compose(&read_region(&region)?)?;
            network.save(&out)?;
            println!("{}", serde_json::to_string_pretty(&report)?);
        }
        Task::Inspect { file } => inspect(&RoadNetwork::load(&file)?)?,
        Task::Route { roads, from, to } => {
            let (router, weights) = roads.open()?;
            let route = router
                .route(&weights, &near(&weights, from)?, &near(&weights, to)?)
                .ok_or("find a route: there is none between these places")?;
            println!("{}", serde_json::to_string_pretty(&route)?);
        }
        Task::Table { roads, ends, out } => {
            let (router, weights) = roads.open()?;
            let summary = table::write(&router, &weights, &ends, &out)?;
            println!("{}", serde_json::to_string_pretty(&summary)?);
        }
    }
    Ok(())
}

/// The region of a folder, or everything that is wrong with it, a sentence a line.
fn read_region(folder: &Path) -> Result<Region, String> {
    Region::load(folder).map_err(|problems| {
        let sentences: Vec<String> = problems.iter().map(|it| format!("\n  {it}")).collect();
        format!("use the region folder {}:{}", folder.display(), sentences.concat())
    })
}

fn inspect(network: &RoadNetwork) -> Result<(), Box<dyn Error>> {
    let mut by_basis = std::collections::BTreeMap::new();
    for edge in network.edge_ids() {
        *by_basis.entry(network.road(edge).basis).or_insert(0.0) += network.length_m(edge) / 1000.0;
    }
    let memory = network.memory();
    let km: serde_json::Map<_, _> = by_basis
        .into_iter()
        .map(|(basis, km)| (format!("{basis:?}").to_lowercase(), serde_json::json!(km)))
        .collect();
    let summary = serde_json::json!({
        "nodes": network.nodes(),
        "edges": network.edges(),
        "km_by_basis": km,
        "memory": memory,
        "bytes_per_edge": memory.per_edge(),
    });
    println!("{}", serde_json::to_string_pretty(&summary)?);
    Ok(())
}
