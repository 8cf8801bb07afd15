//! The script of an exercise: a TOML file, described in `docs/exercises.md`, read and checked before anything is played.

use crate::province::Province;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use wire_protocol::vocabulary::{AccidentLevel, IncidentKind, Priority};

/// Most steps of a script, and its longest time: a day's training.
const MOST_STEPS: usize = 1_000;
const MOST_SECONDS: u32 = 12 * 3600;
/// Most patients of one call, as the rules have it.
const MOST_PATIENTS: u16 = 2_000;

/// A script.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// What is played, for whoever starts it.
    pub name: Name,
    /// Calls that come in.
    #[serde(default)]
    pub call: Vec<CallStep>,
    /// Areas whose roads are closed.
    #[serde(default)]
    pub road: Vec<RoadStep>,
    /// Centres whose vehicles lose their link.
    #[serde(default)]
    pub link: Vec<LinkStep>,
}

/// A name in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A call. Calls with the same `incident` are about one thing: the first opens it, the others are linked to it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallStep {
    /// Seconds after the beginning.
    pub after_seconds: u32,
    /// Which incident of the script it is about.
    pub incident: String,
    /// The place in words.
    pub address: String,
    /// Degrees east, WGS-84.
    pub lon: f64,
    /// Degrees north, WGS-84.
    pub lat: f64,
    /// What the caller says.
    pub complaint: String,
    /// How soon a vehicle is needed.
    pub priority: Priority,
    /// Kind of incident.
    pub kind: IncidentKind,
    /// How many are hurt or ill.
    #[serde(default = "one")]
    pub patients: u16,
    /// Vehicles that the call-taker wants.
    #[serde(default)]
    pub vehicles_wanted: Option<u16>,
    /// Level as a public emergency.
    #[serde(default = "ordinary")]
    pub level: AccidentLevel,
}

/// Roads that are closed until a moment, or until the exercise ends.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoadStep {
    /// Seconds after the beginning.
    pub after_seconds: u32,
    /// Corners of the area, degrees east and north of WGS-84.
    pub area: Vec<[f64; 2]>,
    /// Why, as consoles show it.
    pub note: String,
    /// Seconds after which they are open again; the end of the exercise when not told.
    #[serde(default)]
    pub open_after_seconds: Option<u32>,
}

/// A centre whose vehicles lose their link for a while. What they press meanwhile comes later.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkStep {
    /// Seconds after the beginning.
    pub after_seconds: u32,
    /// Whose vehicles.
    pub centre: String,
    /// For how long, in seconds.
    pub seconds: u32,
}

fn one() -> u16 {
    1
}

fn ordinary() -> AccidentLevel {
    AccidentLevel::Ordinary
}

/// Why a script cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum ScriptError {
    /// It cannot be read.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// It is no script; the text names line and column.
    #[error("{0}: {1}")]
    Toml(PathBuf, Box<toml::de::Error>),
    /// It asks for what is not there.
    #[error("{0}:\n{1}")]
    Wrong(PathBuf, String),
}

impl Script {
    /// Reads a script and holds it against the region it is to be played in.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(path: &Path, province: &Province) -> Result<Self, ScriptError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| ScriptError::File(path.to_owned(), error))?;
        let script: Self = toml::from_str(&text)
            .map_err(|error| ScriptError::Toml(path.to_owned(), Box::new(error)))?;
        let wrong = script.wrong(province);
        if wrong.is_empty() {
            Ok(script)
        } else {
            Err(ScriptError::Wrong(path.to_owned(), wrong.join("\n")))
        }
    }

    /// Seconds from the beginning to the last step.
    pub fn last_seconds(&self) -> u32 {
        let calls = self.call.iter().map(|step| step.after_seconds);
        let roads =
            self.road.iter().map(|step| step.open_after_seconds.unwrap_or(step.after_seconds));
        let links = self.link.iter().map(|step| step.after_seconds.saturating_add(step.seconds));
        calls.chain(roads).chain(links).max().unwrap_or(0)
    }

    fn wrong(&self, province: &Province) -> Vec<String> {
        let mut wrong = Vec::new();
        let steps = self.call.len() + self.road.len() + self.link.len();
        if self.call.is_empty() {
            wrong.push("there is no [[call]]; expected at least one".to_owned());
        }
        if steps > MOST_STEPS {
            wrong.push(format!("there are {steps} steps; expected at most {MOST_STEPS}"));
        }
        if self.last_seconds() > MOST_SECONDS {
            wrong.push(format!(
                "the last step is at {} s; expected at most {MOST_SECONDS}",
                self.last_seconds()
            ));
        }
        for (number, call) in self.call.iter().enumerate() {
            let at = format!("[[call]] {}", number + 1);
            if province.region.centre_of(call.lon, call.lat).is_none() {
                wrong.push(format!(
                    "{at}: {} {} lies outside every centre's area",
                    call.lon, call.lat
                ));
            }
            if !(1..=MOST_PATIENTS).contains(&call.patients) {
                wrong.push(format!(
                    "{at}: patients is {}; expected 1 to {MOST_PATIENTS}",
                    call.patients
                ));
            }
        }
        for (number, road) in self.road.iter().enumerate() {
            if road.open_after_seconds.is_some_and(|open| open <= road.after_seconds) {
                wrong.push(format!("[[road]] {}: it opens before it is closed", number + 1));
            }
        }
        for (number, link) in self.link.iter().enumerate() {
            if province.region.centre(&link.centre).is_none() {
                wrong.push(format!(
                    "[[link]] {}: the region has no centre {}",
                    number + 1,
                    link.centre
                ));
            }
        }
        wrong
    }
}
