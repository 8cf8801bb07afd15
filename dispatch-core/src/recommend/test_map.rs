//! Towns drawn in letters for the tests: a capital is a vehicle at its station, a small letter one on
//! the road, `!` is where a vehicle is wanted.

use super::*;
use crate::model::*;
use crate::state::{Duty, Vehicle};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Noon of a day in Yinchuan.
pub(super) const NOW: Timestamp = Timestamp(1_780_977_600_000);

const NORTH_WEST: Wgs84 = Wgs84 { lon: 106.2, lat: 38.5 };

/// A drawn town; its vehicles may be changed before the question is asked.
pub(super) struct Town {
    pub(super) vehicles: BTreeMap<String, Drawn>,
    pub(super) request: Request,
    pub(super) settings: RankingSettings,
    metres_a_character: f64,
    tasks: BTreeMap<String, (TaskId, IncidentId, Priority, Wgs84)>,
}

/// A drawn vehicle.
pub(super) struct Drawn {
    pub(super) vehicle: Vehicle,
    pub(super) centre: CentreId,
    pub(super) located: Option<Located>,
    pub(super) station: Wgs84,
    /// Whether the task it is on is an exercise.
    pub(super) on_exercise: bool,
    /// What the next patient would lose without it, in seconds.
    pub(super) coverage_lost_seconds: Option<f64>,
}

/// A vehicle as the region's data has it, at a station of its own.
pub(super) fn vehicle(name: &str, duty: Duty) -> Vehicle {
    Vehicle {
        id: name.into(),
        record: VehicleRecord {
            home_centre: "yinchuan".into(),
            station: format!("station-{name}").as_str().into(),
            plate: String::new(),
            call_sign: String::new(),
            kind: VehicleKind::Basic,
            equipment: Vec::new(),
        },
        duty,
        crew: Vec::new(),
        since: NOW,
        sos: None,
        latest_task: None,
        outboxes: Vec::new(),
        report: None,
        away: None,
        refused: None,
        follow_on: None,
        suggested: None,
        moving: None,
        movements: Vec::new(),
        sos_answer: None,
        messages: Messages::default(),
        log: VehicleLog::default(),
        terminal: Default::default(),
        last_version: 0,
    }
}

/// Eight vehicles of `yinchuan` for an urgent patient, diverts allowed.
pub(super) fn urgent(place: Wgs84) -> Request {
    Request {
        incident: Some("yinchuan-9".into()),
        place,
        priority: Priority::Urgent,
        wanted: Wanted::default(),
        centre: "yinchuan".into(),
        mutual_aid: false,
        divert: true,
        how_many: 8,
        test: false,
    }
}

impl Town {
    /// Reads a map whose characters stand for so many metres.
    pub(super) fn drawn(metres_a_character: f64, map: &str) -> Self {
        let mut town = Self {
            vehicles: BTreeMap::new(),
            request: urgent(NORTH_WEST),
            settings: RankingSettings::default(),
            metres_a_character,
            tasks: BTreeMap::new(),
        };
        for (row, line) in map.lines().enumerate() {
            for (column, letter) in line.chars().enumerate() {
                let position = town.position(row, column);
                match letter {
                    '!' => town.request.place = position,
                    letter if letter.is_alphabetic() => town.add(letter, position),
                    _ => {}
                }
            }
        }
        town
    }

    /// Rows are twice as far apart as columns, as they are on paper.
    pub(super) fn position(&self, row: usize, column: usize) -> Wgs84 {
        let south_m = row as f64 * 2.0 * self.metres_a_character;
        let east_m = column as f64 * self.metres_a_character;
        // A millionth wider than the earth, so that round distances are not halves that rounding decides.
        const WIDER: f64 = 1.000_000_7;
        NORTH_WEST.moved_by(east_m * WIDER, -south_m * WIDER)
    }

    fn add(&mut self, letter: char, position: Wgs84) {
        let duty = if letter.is_uppercase() {
            Duty::AvailableAtStation
        } else {
            Duty::AvailableOnRoad { last_task: None }
        };
        let name = letter.to_string();
        let drawn = Drawn {
            vehicle: vehicle(&name, duty),
            centre: "yinchuan".into(),
            located: Some(Located { position, fix_time: NOW, heading_deg: None }),
            station: position,
            on_exercise: false,
            coverage_lost_seconds: None,
        };
        self.vehicles.insert(name, drawn);
    }

    /// One vehicle, to be changed.
    pub(super) fn vehicle(&mut self, name: &str) -> &mut Drawn {
        self.vehicles.get_mut(name).expect("drawn on the map")
    }

    /// Puts a vehicle on a task for a patient at a place of the map.
    pub(super) fn on_task(
        &mut self,
        name: &str,
        stage: crate::state::TaskStage,
        priority: Priority,
        place: Wgs84,
    ) {
        let task = TaskId::new(format!("yinchuan-{name}.t1"));
        let incident = IncidentId::new(format!("yinchuan-{name}"));
        self.vehicle(name).vehicle.duty = Duty::OnTask { task: task.clone(), stage };
        self.tasks.insert(name.to_owned(), (task, incident, priority, place));
    }

    /// The fleet as the ranking sees it.
    pub(super) fn fleet(&self) -> ListedFleet<'_> {
        ListedFleet::new(
            self.vehicles.iter().map(|(name, drawn)| self.situation(name, drawn)).collect(),
        )
    }

    fn situation<'a>(&'a self, name: &str, drawn: &'a Drawn) -> VehicleSituation<'a> {
        let other_task = self.tasks.get(name).map(|(task, incident, priority, place)| OtherTask {
            task,
            incident,
            priority: *priority,
            place: Some(*place),
            stands_at: SetOutFrom::Road,
            test: drawn.on_exercise,
        });
        VehicleSituation {
            vehicle: &drawn.vehicle,
            centre: &drawn.centre,
            other_task,
            located: drawn.located,
            station: Some(drawn.station),
            coverage_lost_seconds: drawn.coverage_lost_seconds,
        }
    }

    /// What a dispatcher would read.
    pub(super) fn told(&self) -> String {
        let travel = StraightLine::at(StraightLineSettings::default(), NOW).expect("good settings");
        told(&recommend(&self.request, &self.fleet(), &travel, &self.settings, NOW))
    }
}

/// A ranking in words.
pub(super) fn told(answer: &Recommendation) -> String {
    let mut words = String::new();
    for (rank, candidate) in (1..).zip(&answer.candidates) {
        let terms = &candidate.terms;
        let named = [
            ("leave", terms.departure_seconds),
            ("drive", terms.travel_seconds),
            ("wait", terms.wait_seconds),
            ("capability", terms.capability_seconds),
            ("cover", terms.coverage_seconds),
            ("stale", terms.stale_seconds),
            ("other patient", terms.other_patient_seconds),
        ];
        let sum: Vec<String> = named
            .iter()
            .filter(|(_, seconds)| *seconds > 0.0)
            .map(|(name, seconds)| format!("{name} {seconds:.0}"))
            .collect();
        writeln!(
            words,
            "{rank}. {} {}: {:.0} s = {} ({:.1} km)",
            candidate.vehicle,
            standing(&candidate.standing),
            candidate.total_seconds,
            sum.join(" + "),
            candidate.distance_m / 1000.0
        )
        .expect("a string takes all");
        for warning in &candidate.warnings {
            writeln!(words, "     ! {warning:?}").expect("a string takes all");
        }
    }
    for soon in &answer.soon_free {
        let minutes = (soon.terms.wait_seconds / 60.0).round();
        writeln!(
            words,
            "soon {}: {:.0} s, free in {minutes} min",
            soon.vehicle, soon.total_seconds
        )
        .expect("a string takes all");
    }
    for rejected in &answer.rejected {
        writeln!(words, "not {}: {:?}", rejected.vehicle, rejected.reasons)
            .expect("a string takes all");
    }
    if !answer.all_looked_at {
        words.push_str("the rest is too far away\n");
    }
    words
}

fn standing(standing: &CandidateSource) -> String {
    match standing {
        CandidateSource::AtStation => "at its station".into(),
        CandidateSource::OnRoad => "on the road".into(),
        CandidateSource::FromExercise { incident, .. } => format!("taken from exercise {incident}"),
        CandidateSource::Divert(other) => {
            let instead = match (&other.instead, other.delay_seconds) {
                (Some(vehicle), Some(delay)) => format!("{vehicle} goes there, {delay:.0} s later"),
                _ => "nobody goes there".into(),
            };
            format!("taken from {} ({:?}; {instead})", other.incident, other.priority)
        }
    }
}

#[test]
fn a_drawn_kilometre_is_a_kilometre() {
    let town = Town::drawn(500.0, "");
    let east = town.position(0, 0).metres_to(town.position(0, 2));
    let south = town.position(0, 0).metres_to(town.position(1, 0));
    assert!((east - 1000.0).abs() < 1.0 && (south - 1000.0).abs() < 1.0, "{east} {south}");
}
