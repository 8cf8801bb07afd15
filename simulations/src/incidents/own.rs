//! Our own CSV of past incidents, described in `docs/replay.md`: a vehicle a row, rows of one id are one incident.

use super::moment::{self, Zone};
use super::problems::{FileProblem, Problems, shown};
use super::table::{self, Row};
use super::write::{COLUMNS, unguarded};
use super::{MOST_HOURS, MOST_INCIDENTS, MOST_RUNS, Outcome, PastIncident, PastRun, Reading};
use dispatch_core::Limits;
use dispatch_core::text::first_unfit;
use geometry::Wgs84;
use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as WordError, StrDeserializer};
use std::collections::{BTreeSet, HashMap};
use wire_protocol::vocabulary::{IncidentKind, Priority};

/// Columns without which nothing can be replayed.
pub const REQUIRED: [&str; 4] = ["incident", "received", "lon", "lat"];

/// Reads a file. Local times are local to `zone`.
///
/// # Errors
/// Everything that is wrong with it, with line, column and what is expected.
pub fn read(bytes: &[u8], zone: Zone) -> Result<Reading, Problems> {
    let mut problems = Problems::default();
    let mut gathered = Gathered::default();
    let columns = table::read(bytes, &REQUIRED, &mut problems, |row, problems| {
        if let Some((incident, run)) = parse(row, zone, problems) {
            gathered.add(row, incident, run, problems);
        }
    });
    let unknown = columns.iter().flat_map(|columns| columns.names.keys());
    let unknown: Vec<&str> =
        unknown.map(String::as_str).filter(|name| !COLUMNS.contains(name)).collect();
    let mut notes = Vec::new();
    if !unknown.is_empty() {
        notes.push(format!("columns that are not read: {}", unknown.join(", ")));
    }
    let incidents = gathered.finish();
    if incidents.is_empty() && problems.count() == 0 {
        problems.of_file("holds no incident; expected at least one row below the header");
    }
    problems.or(Reading::new(incidents, notes))
}

/// An incident as one row has it, its outcome only when the row says it.
struct Said {
    incident: PastIncident,
    outcome: Option<Outcome>,
}

#[derive(Default)]
struct Gathered {
    said: Vec<Said>,
    by_id: HashMap<String, usize>,
    vehicles: BTreeSet<(usize, String)>,
}

impl Gathered {
    fn add(&mut self, row: &Row<'_>, said: Said, run: Option<PastRun>, problems: &mut Problems) {
        let id = said.incident.id.clone();
        let index = match self.by_id.get(&id) {
            Some(index) => *index,
            None if self.said.len() == MOST_INCIDENTS => {
                return problems.at_line(
                    row.line,
                    format!("there are more than {MOST_INCIDENTS} incidents; split the file"),
                );
            }
            None => {
                self.said.push(Said { outcome: None, incident: said.incident.clone() });
                self.by_id.insert(id.clone(), self.said.len() - 1);
                self.said.len() - 1
            }
        };
        let first = &mut self.said[index];
        if let Some(column) = difference(&first.incident, &said.incident) {
            let what = format!(
                "differs from line {}, which is of the same incident {}; expected the same",
                first.incident.line,
                shown(&id)
            );
            return problems.add(row.problem(column, what));
        }
        if first.outcome.is_some() && said.outcome.is_some() && first.outcome != said.outcome {
            let what = format!(
                "differs from an earlier row of incident {}; expected the same outcome, or an empty cell",
                shown(&id)
            );
            return problems.add(row.problem("outcome", what));
        }
        first.outcome = first.outcome.or(said.outcome);
        let Some(run) = run else {
            if row.line != first.incident.line {
                problems.add(row.problem("incident", format!("{} stands on line {} already, and this row names no vehicle; expected another id or a vehicle", shown(&id), first.incident.line)));
            }
            return;
        };
        if !self.vehicles.insert((index, run.vehicle.clone())) {
            let what = format!(
                "{} went to incident {} on an earlier row already; expected each vehicle once",
                shown(&run.vehicle),
                shown(&id)
            );
            problems.add(row.problem("vehicle", what));
        } else if first.incident.runs.len() == MOST_RUNS {
            problems.at_line(
                row.line,
                format!("incident {} has more than {MOST_RUNS} vehicles", shown(&id)),
            );
        } else {
            first.incident.runs.push(run);
        }
    }

    fn finish(self) -> Vec<PastIncident> {
        let finished = self.said.into_iter().map(|Said { mut incident, outcome }| {
            incident.outcome =
                outcome.unwrap_or_else(|| PastIncident::outcome_by_steps(&incident.runs));
            incident
        });
        finished.collect()
    }
}

/// The first column in which two rows of one incident differ. Words may stand on the first row alone.
fn difference(first: &PastIncident, later: &PastIncident) -> Option<&'static str> {
    if first.received != later.received {
        Some("received")
    } else if first.place.lon.to_bits() != later.place.lon.to_bits() {
        Some("lon")
    } else if first.place.lat.to_bits() != later.place.lat.to_bits() {
        Some("lat")
    } else if first.priority != later.priority {
        Some("priority")
    } else if first.kind != later.kind {
        Some("kind")
    } else {
        None
    }
}

fn parse(row: &Row<'_>, zone: Zone, problems: &mut Problems) -> Option<(Said, Option<PastRun>)> {
    let before = problems.count();
    let id = name(row, "incident", problems);
    let time = |text: &str| moment::parse(text, zone);
    let received = row.needed("received", moment::EXPECTED, problems, time);
    let lon = row.needed("lon", "expected degrees east of WGS-84, -180 to 180", problems, |text| {
        degrees(text, 180.0)
    });
    let lat = row.needed("lat", "expected degrees north of WGS-84, -90 to 90", problems, |text| {
        degrees(text, 90.0)
    });
    let priority = word::<Priority>(row, "priority", &words(Priority::ALL), problems);
    let kind = word::<IncidentKind>(row, "kind", &words(IncidentKind::ALL), problems);
    let outcome = word::<Outcome>(row, "outcome", &words(&Outcome::ALL), problems);
    let limits = Limits::default();
    let address = text(row, "address", limits.address_chars, problems);
    let complaint = text(row, "complaint", limits.text_chars, problems);
    let run = run(row, zone, received, problems);
    if problems.count() > before {
        return None;
    }
    let incident = PastIncident {
        id: id?,
        line: row.line,
        received: received?,
        priority: priority?.unwrap_or(Priority::Urgent),
        kind: kind?.unwrap_or(IncidentKind::Illness),
        place: Wgs84::checked(lon?, lat?)?,
        address: address?,
        complaint: complaint?,
        outcome: Outcome::Carried,
        runs: Vec::new(),
    };
    Some((Said { incident, outcome: outcome? }, run?))
}

fn run(
    row: &Row<'_>,
    zone: Zone,
    received: Option<i64>,
    problems: &mut Problems,
) -> Option<Option<PastRun>> {
    let mut step = |name: &str| {
        row.optional(name, moment::EXPECTED, problems, |text| moment::parse(text, zone))
    };
    let (dispatched, en_route, at_scene) = (step("dispatched"), step("en_route"), step("at_scene"));
    let (left_scene, at_hospital, free) = (step("left_scene"), step("at_hospital"), step("free"));
    let mut run = PastRun {
        vehicle: String::new(),
        dispatched: dispatched?,
        en_route: en_route?,
        at_scene: at_scene?,
        left_scene: left_scene?,
        at_hospital: at_hospital?,
        free: free?,
        hospital: None,
    };
    in_order(row, received, &run, problems);
    run.hospital = match row.text("hospital") {
        "" => None,
        _ => Some(name(row, "hospital", problems)?),
    };
    if !row.text("vehicle").is_empty() {
        run.vehicle = name(row, "vehicle", problems)?;
        return Some(Some(run));
    }
    if let Some((column, _)) = run.steps().into_iter().find(|(_, at)| at.is_some()) {
        let what = format!("is empty where {column} is filled; expected the vehicle's id");
        problems.add(row.problem("vehicle", what));
        return None;
    }
    Some(None)
}

/// Each step follows the ones before it, and all lie within two days of the call.
fn in_order(row: &Row<'_>, received: Option<i64>, run: &PastRun, problems: &mut Problems) {
    let Some(received) = received else { return };
    let mut last = ("received", received);
    for (column, at) in run.steps() {
        let Some(at) = at else { continue };
        if at < last.1 {
            let what = format!("lies before {}; expected the steps in their order", last.0);
            problems.add(row.problem(column, what));
        } else if at - received > MOST_HOURS * 3_600_000 {
            let what = format!(
                "lies more than {MOST_HOURS} hours after received; expected the same day, look at the dates"
            );
            problems.add(row.problem(column, what));
        }
        last = (column, at.max(last.1));
    }
}

fn degrees(text: &str, most: f64) -> Option<f64> {
    text.parse::<f64>().ok().filter(|degrees| degrees.abs() <= most)
}

fn name(row: &Row<'_>, column: &str, problems: &mut Problems) -> Option<String> {
    let expected = format!("expected at most {} characters that can be seen", Limits::ID_CHARS);
    row.needed(column, &expected, problems, |text| {
        let text = unguarded(text);
        let fits = text.chars().count() <= Limits::ID_CHARS && first_unfit(text).is_none();
        fits.then(|| text.to_owned())
    })
}

fn text(row: &Row<'_>, column: &str, most: usize, problems: &mut Problems) -> Option<String> {
    let text = unguarded(row.text(column));
    if text.chars().count() > most {
        problems.add(row.problem(column, format!("has more than {most} characters; shorten it")));
        return None;
    }
    match dispatch_core::text::lines(text) {
        Ok(kept) => Some(kept),
        Err(c) => {
            let code = dispatch_core::text::code_point(c);
            problems.add(FileProblem {
                ..row.problem(
                    column,
                    format!("holds the character {code}, which nobody can see; take it out"),
                )
            });
            None
        }
    }
}

fn word<T: DeserializeOwned>(
    row: &Row<'_>,
    column: &str,
    words: &str,
    problems: &mut Problems,
) -> Option<Option<T>> {
    row.optional(column, &format!("expected one of {words}"), problems, |text| {
        let text = text.to_lowercase();
        let plain: StrDeserializer<'_, WordError> = text.as_str().into_deserializer();
        T::deserialize(plain).ok()
    })
}

fn words<T: serde::Serialize>(all: &[T]) -> String {
    let written = all.iter().filter_map(|one| serde_json::to_value(one).ok());
    written.filter_map(|value| value.as_str().map(str::to_owned)).collect::<Vec<_>>().join(", ")
}
