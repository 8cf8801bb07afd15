//! What a model tells of calls, priorities, travel and redispatch, what the operator says instead, and what is
//! taken where neither says anything.

use super::calls::RecordedCalls;
use super::distributions::{Term, parse};
use super::files::{Files, Text};
use crate::study::distribution::Distribution;
use crate::study::problem::Problem;
use crate::study::tables;

const DAY_SECONDS: f64 = 86_400.0;

/// What the operator says; nothing leaves it to the model, or to the defaults of this family of models.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Options {
    /// Mean number of calls a day.
    #[arg(long)]
    pub calls_per_day: Option<f64>,
    /// Shares of the priorities, the most urgent first.
    #[arg(long, value_delimiter = ',')]
    pub priority_shares: Option<Vec<f64>>,
    /// Target response of each priority in minutes after the call.
    #[arg(long, value_delimiter = ',')]
    pub targets_minutes: Option<Vec<f64>>,
    /// Seconds from a call until a vehicle can be sent.
    #[arg(long)]
    pub dispatch_delay_seconds: Option<f64>,
    /// Mean minutes on scene (exponential).
    #[arg(long)]
    pub on_scene_minutes: Option<f64>,
    /// Mean minutes at the hospital (exponential).
    #[arg(long)]
    pub handover_minutes: Option<f64>,
    /// Share of patients taken to a hospital.
    #[arg(long)]
    pub transport_share: Option<f64>,
    /// Speed beside the roads of each mode, km/h.
    #[arg(long, value_delimiter = ',')]
    pub off_road_kmh: Option<Vec<f64>>,
    /// Minutes until the wheels turn at a station.
    #[arg(long)]
    pub turnout_minutes: Option<f64>,
}

impl Options {
    /// What was given, as it is written in a command.
    pub fn given(&self) -> Vec<String> {
        let list = |values: &Vec<f64>| {
            values.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
        };
        let one = |value: Option<f64>| value.map(|it| it.to_string());
        let options = [
            ("calls-per-day", one(self.calls_per_day)),
            ("priority-shares", self.priority_shares.as_ref().map(list)),
            ("targets-minutes", self.targets_minutes.as_ref().map(list)),
            ("dispatch-delay-seconds", one(self.dispatch_delay_seconds)),
            ("on-scene-minutes", one(self.on_scene_minutes)),
            ("handover-minutes", one(self.handover_minutes)),
            ("transport-share", one(self.transport_share)),
            ("off-road-kmh", self.off_road_kmh.as_ref().map(list)),
            ("turnout-minutes", one(self.turnout_minutes)),
        ];
        let said = |(name, value): (&str, Option<String>)| Some(format!("--{name} {}", value?));
        options.into_iter().filter_map(said).collect()
    }
}

/// What holds.
#[derive(Clone, Debug)]
pub(super) struct Parameters {
    pub(super) calls_per_day: f64,
    pub(super) shares: Vec<f64>,
    pub(super) names: Vec<String>,
    pub(super) targets_seconds: Vec<f64>,
    pub(super) dispatch_delay: Distribution,
    pub(super) on_scene: Distribution,
    pub(super) handover: Distribution,
    pub(super) turnout: Distribution,
    pub(super) transport_share: f64,
    pub(super) off_road_kmh: Vec<f64>,
    pub(super) modes: Vec<usize>,
    pub(super) redispatch: Vec<(usize, usize)>,
    /// The raster from which a configuration draws the places of calls, and that configuration's name.
    pub(super) density_raster: Option<(String, String)>,
    pub(super) notes: Vec<String>,
}

/// The model of the family: what its published models have in common.
fn usual() -> Parameters {
    Parameters {
        calls_per_day: 280.0,
        shares: vec![0.57, 0.245, 0.185],
        names: ["high", "medium", "low"].map(str::to_owned).to_vec(),
        targets_seconds: vec![480.0, 480.0, 1200.0],
        dispatch_delay: Distribution::constant(50.0),
        on_scene: Distribution::exponential(720.0),
        handover: Distribution::exponential(720.0),
        turnout: Distribution::constant(0.0),
        transport_share: 0.8,
        off_road_kmh: vec![47.0, 33.0],
        modes: vec![0, 0, 1],
        redispatch: vec![(2, 0), (1, 0)],
        density_raster: None,
        notes: Vec::new(),
    }
}

/// What the files say, then what the operator says.
pub(super) fn read(
    files: &Files,
    calls: Option<&RecordedCalls>,
    options: &Options,
) -> Result<Parameters, Problem> {
    let mut found = usual();
    if let Some(text) = files.find(&["priorities"], "csv")? {
        priorities(&text, &mut found)?;
    }
    let config = files.find(&["gen_config", "genconfig"], "xml")?;
    match (config, calls) {
        (Some(text), _) => calls_of(&text, &mut found)?,
        (None, Some(calls)) => like(calls, &mut found),
        (None, None) => found.notes.push(
            "no gen_config.xml and no calls file: calls, delays and durations are the usual ones of these models, or as given".to_owned(),
        ),
    }
    if let Some(text) = files.find(&["travel"], "csv")? {
        travel(&text, &mut found)?;
    }
    // Of several redispatch files the one that lets urgent calls take vehicles from all lower ones.
    let redispatch = files.find(&["redispatch_lower_to_high", "redispatch"], "csv")?;
    if let Some(text) = redispatch {
        redispatches(&text, &mut found)?;
    }
    if let Some(text) =
        files.find(&["mobilisation_delay", "mobilisationdelay", "mobilisation"], "csv")?
    {
        turnout(&text, &mut found)?;
    }
    said(options, &mut found)?;
    Ok(found)
}

fn calls_of(text: &Text, found: &mut Parameters) -> Result<(), Problem> {
    let bad = |what: String| Problem::of_file(&text.name, what);
    let xml = std::str::from_utf8(&text.bytes).map_err(|_| bad("must be UTF-8".to_owned()))?;
    let xml = xml.trim_start_matches('\u{feff}');
    let document =
        roxmltree::Document::parse(xml).map_err(|error| bad(format!("is no XML: {error}")))?;
    let term = |names: &[&str]| -> Result<Option<Term>, Problem> {
        let node = document.descendants().find(|node| names.contains(&node.tag_name().name()));
        let Some(node) = node else { return Ok(None) };
        let line = u64::from(document.text_pos_at(node.range().start).row);
        let what =
            |why| Problem::at(&text.name, line, names[0], format!("must be a distribution: {why}"));
        parse(node.text().unwrap_or("")).map(Some).map_err(what)
    };
    let duration = |names: &[&str]| -> Result<Option<Distribution>, Problem> {
        let of =
            |term: Term| term.distribution().map_err(|why| bad(format!("{}: {why}", names[0])));
        term(names)?.map(of).transpose()
    };
    if let Some(between) = duration(&["interarrivalTime"])? {
        let mean = between.mean_seconds();
        if mean <= 0.0 {
            return Err(bad("interarrivalTime must be above 0".to_owned()));
        }
        found.calls_per_day = DAY_SECONDS / mean;
    }
    if let Some(shares) = term(&["priority"])?.and_then(|term| term.numbers()) {
        found.shares = shares;
    }
    if let Some(share) = term(&["transport", "transfer"])?.and_then(|term| term.numbers())
        && let [share] = share.as_slice()
    {
        found.transport_share = *share;
    }
    let raster = document.descendants().find(|node| node.has_tag_name("callDensityRaster"));
    let raster = raster.and_then(|node| node.descendants().find(|it| it.has_tag_name("filename")));
    let raster = raster.and_then(|node| node.text()).map(str::trim).filter(|it| !it.is_empty());
    found.density_raster = raster.map(|raster| (text.name.clone(), raster.to_owned()));
    let durations = [
        (&mut found.dispatch_delay, &["dispatchDelay"][..]),
        (&mut found.on_scene, &["onSceneDuration"]),
        (&mut found.handover, &["handoverDuration", "transferDuration"]),
    ];
    for (into, names) in durations {
        if let Some(told) = duration(names)? {
            *into = told;
        }
    }
    found.notes.push(format!("calls and durations from {}", text.name));
    Ok(())
}

/// Calls like those that a calls file holds.
fn like(calls: &RecordedCalls, found: &mut Parameters) {
    found.calls_per_day = calls.calls_per_day;
    found.shares.clone_from(&calls.by_priority);
    // A priority that no call of the file has is there all the same.
    let known = found.targets_seconds.len();
    if found.shares.len() < known {
        found.shares.resize(known, 0.0);
    }
    found.dispatch_delay = calls.dispatch_delay.clone();
    found.on_scene = calls.on_scene.clone();
    found.handover = calls.handover.clone();
    found.transport_share = calls.transport_share;
    found.notes.push(format!(
        "no gen_config.xml: rate, priorities and durations of calls fitted to those of {}, by constants, exponential or log-normal distributions with their means and deviations",
        calls.file
    ));
}

/// Names of the priorities, so that other tables can speak of them.
fn place_of(found: &Parameters, name: &str) -> Option<usize> {
    let short = |name: &str| name.trim_start_matches(':').to_lowercase().replace("priority", "");
    let aliases = |name: &str| match short(name).as_str() {
        "med" => "medium".to_owned(),
        other => other.to_owned(),
    };
    let by_name = found.names.iter().position(|known| aliases(known) == aliases(name));
    by_name.or_else(|| name.parse::<usize>().ok()?.checked_sub(1))
}

fn priorities(text: &Text, found: &mut Parameters) -> Result<(), Problem> {
    let all = tables::read(&text.name, &text.bytes)?;
    let table = tables::named(&all, &text.name, "priorities")?;
    (found.names, found.targets_seconds) = (Vec::new(), Vec::new());
    for row in table.records() {
        const TARGET: &[&str] = &["targetResponseDuration", "targetResponseTime", "target"];
        let target = row.number(TARGET)?;
        if target <= 0.0 {
            return Err(row.problem(TARGET, "must be above 0"));
        }
        found.names.push(row.text(&["name"]).unwrap_or("").replace("Priority", ""));
        found.targets_seconds.push(target * time_unit(target));
    }
    Ok(())
}

/// A target below 1 is in days, below 240 in minutes, else in seconds.
fn time_unit(value: f64) -> f64 {
    if value < 1.0 {
        DAY_SECONDS
    } else if value < 240.0 {
        60.0
    } else {
        1.0
    }
}

fn travel(text: &Text, found: &mut Parameters) -> Result<(), Problem> {
    let all = tables::read(&text.name, &text.bytes)?;
    const SPEED: &[&str] = &["offRoadSpeed", "offRoadKmh"];
    let table = tables::named(&all, &text.name, "travelModes")?;
    let speeds = table.records().map(|row| row.number_in(SPEED, 1e-6, 1e6));
    // Kilometres a day in JEMSS.jl; nobody drives 100 km/h off the road.
    let kmh = |speed: f64| if speed > 100.0 { speed / 24.0 } else { speed };
    found.off_road_kmh = speeds.map(|speed| speed.map(kmh)).collect::<Result<_, _>>()?;
    if let Some(sets) = all.iter().find(|table| table.name == "travelSets") {
        for row in sets.records() {
            let mode = row.index(&["travelModeIndex"])?.saturating_sub(1) as usize;
            let name = row.filled(&["priority"])?;
            let place = place_of(found, name)
                .filter(|place| *place < found.names.len())
                .ok_or_else(|| row.problem(&["priority"], format!("names no priority: {name}")))?;
            found.modes.resize(found.names.len(), 0);
            found.modes[place] = mode;
        }
    }
    Ok(())
}

fn redispatches(text: &Text, found: &mut Parameters) -> Result<(), Problem> {
    let all = tables::read(&text.name, &text.bytes)?;
    let allowed = all.iter().find(|table| table.name == "miscData");
    let off = allowed.and_then(|table| table.records().next()).is_some_and(|row| {
        row.text(&["allowRedispatch"])
            .is_some_and(|it| it == "0" || it.eq_ignore_ascii_case("false"))
    });
    found.redispatch.clear();
    if off {
        return Ok(());
    }
    for row in tables::named(&all, &text.name, "redispatchConditions")?.records() {
        if row.number(&["allowRedispatch"])? == 0.0 {
            continue;
        }
        let [from, to] = [&["fromCallPriority"][..], &["toCallPriority"]].map(|column| {
            let name = row.filled(column)?;
            place_of(found, name)
                .ok_or_else(|| row.problem(column, format!("names no priority: {name}")))
        });
        let pair = (from?, to?);
        if pair.0 <= pair.1 {
            return Err(
                row.problem(&["toCallPriority"], "must be more urgent than fromCallPriority")
            );
        }
        found.redispatch.push(pair);
    }
    Ok(())
}

fn turnout(text: &Text, found: &mut Parameters) -> Result<(), Problem> {
    let all = tables::read(&text.name, &text.bytes)?;
    for row in tables::named(&all, &text.name, "mobilisationDelay")?.records() {
        if row.text(&["use"]).is_some_and(|it| it == "0" || it.eq_ignore_ascii_case("false")) {
            continue;
        }
        let told = parse(row.filled(&["distribution"])?).and_then(|term| term.distribution());
        found.turnout = told.map_err(|why| row.problem(&["distribution"], why))?;
    }
    Ok(())
}

fn said(options: &Options, found: &mut Parameters) -> Result<(), Problem> {
    let minutes = |minutes: f64| Distribution::exponential(minutes * 60.0);
    if let Some(calls) = options.calls_per_day {
        found.calls_per_day = calls;
    }
    if let Some(shares) = &options.priority_shares {
        found.shares.clone_from(shares);
    }
    if let Some(targets) = &options.targets_minutes {
        found.targets_seconds = targets.iter().map(|minutes| minutes * 60.0).collect();
    }
    if let Some(seconds) = options.dispatch_delay_seconds {
        found.dispatch_delay = Distribution::constant(seconds);
    }
    if let Some(mean) = options.on_scene_minutes {
        found.on_scene = minutes(mean);
    }
    if let Some(mean) = options.handover_minutes {
        found.handover = minutes(mean);
    }
    if let Some(mean) = options.turnout_minutes {
        found.turnout = Distribution::constant(mean * 60.0);
    }
    if let Some(share) = options.transport_share {
        found.transport_share = share;
    }
    if let Some(speeds) = &options.off_road_kmh {
        found.off_road_kmh.clone_from(speeds);
    }
    let count = found.shares.len();
    if count != found.targets_seconds.len() {
        let what = format!(
            "there are {count} shares of priorities and {} targets; there must be one of each for every priority",
            found.targets_seconds.len()
        );
        return Err(Problem::of_file("priorities", what));
    }
    Ok(())
}
