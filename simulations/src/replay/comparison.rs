//! What happened then beside what happened now, and the figures of both.

use super::journal_of_play::Played;
use super::pace::bearable_speed;
use wire_protocol::vocabulary::Priority;

/// The yardstick in town: twelve minutes from the call to the first vehicle.
const NORM_SECONDS: f64 = 720.0;

/// One incident, then and now.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its id in the record.
    pub past_id: String,
    /// Its id at the server; empty when the call was not taken.
    pub incident: String,
    /// When the call came in by the record, milliseconds since 1970.
    pub received: i64,
    /// How soon a vehicle was needed.
    pub priority: Priority,
    /// Who was sent then.
    pub sent_then: Vec<String>,
    /// Who was sent now.
    pub sent_now: Vec<String>,
    /// Who was first there then.
    pub first_then: Option<String>,
    /// Who was first there now.
    pub first_now: Option<String>,
    /// Seconds from the call to the first vehicle then.
    pub response_then: Option<f64>,
    /// Seconds of the record from the call to the first vehicle now.
    pub response_now: Option<f64>,
    /// Whether it was seen to its end.
    pub ended: bool,
    /// What went otherwise than the record has it.
    pub notes: Vec<String>,
}

impl Row {
    /// Seconds by which the first vehicle came later now; negative when it came earlier.
    pub fn later_seconds(&self) -> Option<f64> {
        Some(self.response_now? - self.response_then?)
    }
}

/// Figures over incidents that have both responses.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Which: a priority, or all.
    pub priority: Option<Priority>,
    /// How many incidents were played.
    pub played: usize,
    /// How many of them have a first arrival both then and now; the figures are of these.
    pub compared: usize,
    /// Then.
    pub then: Option<Figures>,
    /// Now.
    pub now: Option<Figures>,
    /// Mean seconds by which the first vehicle came later now.
    pub mean_later_seconds: Option<f64>,
    /// How often the same vehicle was first.
    pub same_vehicle: usize,
}

/// Figures of response times, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// Mean.
    pub mean: f64,
    /// Half are quicker.
    pub median: f64,
    /// Nine in ten are quicker.
    pub p90: f64,
    /// Share within twelve minutes, 0 to 1.
    pub within_norm: f64,
}

/// What stands beside what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// A record, and its replay.
    RecordAndReplay,
    /// The same calls played without a change and with it.
    WithoutAndWith,
}

/// A replay compared with its record.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Incidents that were to be played.
    pub wanted: usize,
    /// Seconds of the record in a real second.
    pub speed: f64,
    /// Seconds of the record within which nine in ten answers of the server came; nothing where no server was asked.
    pub lag_seconds: Option<f64>,
    /// What is compared.
    pub of: Compared,
    /// Each that was begun, in order of the calls.
    pub rows: Vec<Row>,
    /// All, and each priority that occurs.
    pub groups: Vec<Group>,
}

impl Comparison {
    /// Compares. `wanted` is how many incidents were to be played.
    pub fn new(played: &[Played], wanted: usize, speed: f64) -> Self {
        let rows: Vec<Row> = played.iter().map(|played| row(played, speed)).collect();
        let mut groups = vec![group(None, &rows)];
        let priorities = Priority::ALL.iter().map(|priority| group(Some(*priority), &rows));
        groups.extend(priorities.filter(|group| group.played > 0));
        Self { wanted, speed, lag_seconds: None, of: Compared::RecordAndReplay, rows, groups }
    }

    /// The same figures, told of calls that were played without a change and with it.
    #[must_use]
    pub fn of_a_change(self) -> Self {
        Self { of: Compared::WithoutAndWith, ..self }
    }

    /// The same, with what the server's answers cost.
    #[must_use]
    pub fn at_lag(self, lag_seconds: Option<f64>) -> Self {
        Self { lag_seconds, ..self }
    }

    /// The speed that the machine would have borne, when it did not keep up and the times are its own, not the vehicles'.
    pub fn bearable_speed(&self) -> Option<f64> {
        bearable_speed(self.speed, self.lag_seconds?)
    }

    /// Whether it was stopped before everything had ended.
    pub fn is_partial(&self) -> bool {
        self.rows.len() < self.wanted || self.rows.iter().any(|row| !row.ended)
    }

    /// Real seconds below which nothing can be told apart, as seconds of the record: a step of the crews, and what an answer
    /// of the server costs.
    pub fn grain_seconds(&self) -> f64 {
        (self.speed * 0.02).max(1.0).max(self.lag_seconds.unwrap_or(0.0))
    }
}

fn row(played: &Played, speed: f64) -> Row {
    let past = &played.past;
    let now = played.first_at_scene.as_ref();
    Row {
        past_id: past.id.clone(),
        incident: played.incident.clone().unwrap_or_default(),
        received: past.received,
        priority: past.priority,
        sent_then: past.runs.iter().map(|run| run.vehicle.clone()).collect(),
        sent_now: played.sent.iter().map(|sent| sent.vehicle.clone()).collect(),
        first_then: past.first_arrival().map(|(run, _)| run.vehicle.clone()),
        first_now: now.map(|(vehicle, _)| vehicle.clone()),
        response_then: past.response_seconds(),
        response_now: now.map(|(_, at)| (at - played.rang_at) as f64 / 1000.0 * speed),
        ended: played.ended,
        notes: played.notes.clone(),
    }
}

fn group(priority: Option<Priority>, rows: &[Row]) -> Group {
    let of: Vec<&Row> =
        rows.iter().filter(|row| priority.is_none_or(|wanted| row.priority == wanted)).collect();
    let both: Vec<(&Row, f64, f64)> =
        of.iter().filter_map(|row| Some((*row, row.response_then?, row.response_now?))).collect();
    let later: f64 = both.iter().map(|(_, then, now)| now - then).sum();
    Group {
        priority,
        played: of.len(),
        compared: both.len(),
        then: figures(both.iter().map(|(_, then, _)| *then).collect()),
        now: figures(both.iter().map(|(_, _, now)| *now).collect()),
        mean_later_seconds: (!both.is_empty()).then(|| later / both.len() as f64),
        same_vehicle: both.iter().filter(|(row, ..)| row.first_then == row.first_now).count(),
    }
}

fn figures(mut seconds: Vec<f64>) -> Option<Figures> {
    if seconds.is_empty() {
        return None;
    }
    seconds.sort_by(f64::total_cmp);
    let count = seconds.len() as f64;
    // Nearest rank: a value that occurred, not one between two.
    let rank = |share: f64| seconds[((share * count).ceil() as usize).clamp(1, seconds.len()) - 1];
    Some(Figures {
        mean: seconds.iter().sum::<f64>() / count,
        median: rank(0.5),
        p90: rank(0.9),
        within_norm: seconds.iter().filter(|it| **it <= NORM_SECONDS).count() as f64 / count,
    })
}
