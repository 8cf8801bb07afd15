//! The calls-for-service file of the San Francisco Fire Department: one row for each vehicle with its times and the
//! place, local times of the Pacific coast. Only calls to which an ambulance went are taken.

use super::moment::{self, Zone};
use super::problems::{Problems, shown};
use super::table::{self, Row};
use super::{MOST_HOURS, MOST_INCIDENTS, MOST_RUNS, Outcome, PastIncident, PastRun, Reading};
use geometry::Wgs84;
use std::collections::HashMap;
use wire_protocol::vocabulary::{IncidentKind, Priority};

const REQUIRED: [&str; 14] = [
    "call number",
    "unit id",
    "call type",
    "received dttm",
    "dispatch dttm",
    "response dttm",
    "on scene dttm",
    "transport dttm",
    "hospital dttm",
    "available dttm",
    "call final disposition",
    "priority",
    "unit type",
    "location",
];

/// Types of unit that carry patients.
const AMBULANCES: [&str; 2] = ["MEDIC", "PRIVATE"];

const EXPECTED_TIME: &str = "expected a local time such as 12/31/2016 11:57:56 PM";
const EXPECTED_PLACE: &str = "expected \"(latitude, longitude)\"";

/// Whether a header is that of such a file.
pub fn is_header(line: &str) -> bool {
    let line = line.to_lowercase();
    line.contains("call number") && line.contains("unit id") && line.contains("received dttm")
}

/// A vehicle of the file, and what the file says of where it serves.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Its id.
    pub id: String,
    /// True for a company's, false for the department's own.
    pub private: bool,
    /// Station areas of the calls it went to, with how often.
    pub areas: HashMap<String, usize>,
}

/// What the file holds.
#[derive(Debug, Default)]
pub struct Calls {
    /// Calls to which an ambulance went.
    pub reading: Reading,
    /// The ambulances, by id.
    pub units: Vec<Unit>,
    /// Where each station area's calls lie; every call counts, of fire engines too.
    pub areas: HashMap<String, Vec<Wgs84>>,
    /// The same for neighbourhoods.
    pub neighbourhoods: HashMap<String, Vec<Wgs84>>,
}

/// Reads such a file.
///
/// # Errors
/// Cells that are not what the file's publisher writes, with line, column and what is expected.
pub fn read(bytes: &[u8], zone: Zone) -> Result<Calls, Problems> {
    let mut problems = Problems::default();
    let mut taking = Taking { zone, ..Taking::default() };
    table::read(bytes, &REQUIRED, &mut problems, |row, problems| taking.row(row, problems));
    if taking.rows == 0 && problems.count() == 0 {
        problems.of_file("holds no call; expected at least one row below the header");
    }
    problems.or(taking.finish())
}

struct Taking {
    zone: Zone,
    rows: usize,
    calls: Vec<PastIncident>,
    by_number: HashMap<String, usize>,
    units: HashMap<String, Unit>,
    areas: HashMap<String, Vec<Wgs84>>,
    neighbourhoods: HashMap<String, Vec<Wgs84>>,
    mended: usize,
}

impl Default for Taking {
    fn default() -> Self {
        Self {
            zone: Zone::Pacific,
            rows: 0,
            calls: Vec::new(),
            by_number: HashMap::new(),
            units: HashMap::new(),
            areas: HashMap::new(),
            neighbourhoods: HashMap::new(),
            mended: 0,
        }
    }
}

impl Taking {
    fn row(&mut self, row: &Row<'_>, problems: &mut Problems) {
        self.rows += 1;
        let zone = self.zone;
        let place = row.needed("location", EXPECTED_PLACE, problems, place);
        let time = |text: &str| moment::parse_us(text, zone);
        let received = row.needed("received dttm", EXPECTED_TIME, problems, time);
        let run = run(row, zone, problems);
        let number = row.needed("call number", "expected the call's number", problems, own);
        let unit = row.needed("unit id", "expected the unit's id", problems, own);
        let (Some(place), Some(received), Some(mut run), Some(number), Some(unit)) =
            (place, received, run, number, unit)
        else {
            return;
        };
        let area = row.text("station area").to_owned();
        if !area.is_empty() {
            self.areas.entry(area.clone()).or_default().push(place);
        }
        let neighbourhood = row.text("neighborhood  district");
        if dispatch_core::text::first_unfit(neighbourhood).is_none() {
            self.neighbourhoods.entry(neighbourhood.to_owned()).or_default().push(place);
        }
        if !AMBULANCES.contains(&row.text("unit type")) {
            return;
        }
        self.mended += usize::from(put_in_order(received, &mut run));
        self.unit(&unit, row.text("unit type") == "PRIVATE", area);
        run.vehicle = unit;
        let index = *self.by_number.entry(number.clone()).or_insert_with(|| {
            self.calls.push(call(row, number.clone(), received, place));
            self.calls.len() - 1
        });
        let call = &mut self.calls[index];
        if self.by_number.len() > MOST_INCIDENTS || call.runs.len() == MOST_RUNS {
            return problems.at_line(row.line, format!("there are more than {MOST_INCIDENTS} calls, or {MOST_RUNS} units of one; split the file"));
        }
        if call.runs.iter().any(|other| other.vehicle == run.vehicle) {
            let what = format!(
                "unit {} stands at call {} already; expected each unit once",
                shown(&run.vehicle),
                shown(&number)
            );
            return problems.add(row.problem("unit id", what));
        }
        call.runs.push(run);
    }

    fn unit(&mut self, id: &str, private: bool, area: String) {
        let unit = self.units.entry(id.to_owned()).or_insert_with(|| Unit {
            id: id.to_owned(),
            private,
            areas: HashMap::new(),
        });
        *unit.areas.entry(area).or_default() += 1;
    }

    fn finish(self) -> Calls {
        let mut units: Vec<Unit> = self.units.into_values().collect();
        units.sort_by(|a, b| a.id.cmp(&b.id));
        let mut notes = vec![format!(
            "{} rows; {} calls to which {} ambulances went, the others left aside",
            self.rows,
            self.calls.len(),
            units.len()
        )];
        if self.mended > 0 {
            notes.push(format!(
                "{} vehicles have steps before the ones they follow, or more than {MOST_HOURS} hours after the call; those steps are taken as not recorded",
                self.mended
            ));
        }
        let (areas, neighbourhoods) = (self.areas, self.neighbourhoods);
        Calls { reading: Reading::new(self.calls, notes), units, areas, neighbourhoods }
    }
}

fn call(row: &Row<'_>, id: String, received: i64, place: Wgs84) -> PastIncident {
    let disposition = row.text("call final disposition");
    PastIncident {
        id,
        line: row.line,
        received,
        priority: priority(row.text("priority"), row.text("call type group")),
        kind: kind(row.text("call type")),
        place,
        address: dispatch_core::text::line_of_report(row.text("address"), 300),
        complaint: dispatch_core::text::line_of_report(row.text("call type"), 300),
        outcome: outcome(disposition),
        runs: Vec::new(),
    }
}

fn run(row: &Row<'_>, zone: Zone, problems: &mut Problems) -> Option<PastRun> {
    let mut step = |name: &str| {
        row.optional(name, EXPECTED_TIME, problems, |text| moment::parse_us(text, zone))
    };
    Some(PastRun {
        vehicle: String::new(),
        dispatched: step("dispatch dttm")?,
        en_route: step("response dttm")?,
        at_scene: step("on scene dttm")?,
        left_scene: step("transport dttm")?,
        at_hospital: step("hospital dttm")?,
        free: step("available dttm")?,
        hospital: None,
    })
}

/// Forgets steps that cannot be where they are; the file has a few in a hundred. Says whether there were any.
fn put_in_order(received: i64, run: &mut PastRun) -> bool {
    let latest = received + MOST_HOURS * 3_600_000;
    let mut reached = received;
    let mut mended = false;
    let steps = [
        &mut run.dispatched,
        &mut run.en_route,
        &mut run.at_scene,
        &mut run.left_scene,
        &mut run.at_hospital,
        &mut run.free,
    ];
    for step in steps {
        match *step {
            Some(at) if (reached..=latest).contains(&at) => reached = at,
            Some(_) => (*step, mended) = (None, true),
            None => {}
        }
    }
    mended
}

fn own(text: &str) -> Option<String> {
    let fits = text.len() <= 64 && dispatch_core::text::first_unfit(text).is_none();
    fits.then(|| text.to_owned())
}

fn place(text: &str) -> Option<Wgs84> {
    let inner = text.strip_prefix('(')?.strip_suffix(')')?;
    let (lat, lon) = inner.split_once(',')?;
    Wgs84::checked(lon.trim().parse().ok()?, lat.trim().parse().ok()?)
}

/// `E` is the department's highest code, 3 is driven with lights, 2 without.
fn priority(code: &str, group: &str) -> Priority {
    match (code, group) {
        ("E", _) => Priority::Critical,
        ("3", _) => Priority::Severe,
        (_, "Potentially Life-Threatening") => Priority::Severe,
        ("2" | "C" | "B" | "D", _) => Priority::Urgent,
        (_, _) => Priority::NonUrgent,
    }
}

fn kind(call_type: &str) -> IncidentKind {
    match call_type {
        "Medical Incident" => IncidentKind::Illness,
        "Traffic Collision" => IncidentKind::TrafficAccident,
        "Industrial Accidents" | "Water Rescue" => IncidentKind::Injury,
        _ => IncidentKind::Other,
    }
}

fn outcome(disposition: &str) -> Outcome {
    match disposition {
        "Code 2 Transport" | "Code 3 Transport" | "Multi-casualty Incident" => Outcome::Carried,
        "Patient Declined Transport" | "Against Medical Advice" => Outcome::RefusedTransport,
        "Medical Examiner" => Outcome::DeadAtScene,
        "Unable to Locate" | "Gone on Arrival" | "No Merit" => Outcome::NobodyThere,
        "Cancelled" | "Duplicate" => Outcome::Cancelled,
        _ => Outcome::TreatedAtScene,
    }
}
