//! What awaits the crews at the scenes of incidents, and how long the parts of their runs take where a record says so.

use super::callers::RunEnd;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What awaits one crew.
#[derive(Clone, Debug, PartialEq)]
pub struct Truth {
    /// How its run ends.
    pub end: RunEnd,
    /// What is known of its times; the rest is left to chance.
    pub known: KnownTimes,
}

/// Times of a run that are known, in simulated seconds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KnownTimes {
    /// From the order to setting out.
    pub turnout_seconds: Option<f64>,
    /// From reaching the scene to leaving it.
    pub on_scene_seconds: Option<f64>,
    /// From reaching the hospital to being free.
    pub at_hospital_seconds: Option<f64>,
    /// The hospital carried to.
    pub hospital: Option<String>,
}

impl From<RunEnd> for Truth {
    fn from(end: RunEnd) -> Self {
        Self { end, known: KnownTimes::default() }
    }
}

/// What awaits the crews, by incident; crews read it, whoever plays the callers writes it.
#[derive(Clone, Default)]
pub struct Truths(Arc<Mutex<HashMap<String, Awaiting>>>);

#[derive(Default)]
struct Awaiting {
    anybody: Option<Truth>,
    by_vehicle: HashMap<String, Truth>,
}

impl Truths {
    /// What awaits the crew of a vehicle. A patient, for incidents that people took themselves.
    pub fn of(&self, incident: &str, vehicle: &str) -> Truth {
        let truths = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let awaiting = truths.get(incident);
        let own = awaiting.and_then(|it| it.by_vehicle.get(vehicle).or(it.anybody.as_ref()));
        own.cloned().unwrap_or_else(|| RunEnd::Carried.into())
    }

    /// Says what awaits whoever comes.
    pub fn set(&self, incident: &str, truth: impl Into<Truth>) {
        self.change(incident, |awaiting| awaiting.anybody = Some(truth.into()));
    }

    /// Says what awaits the crew of one vehicle.
    pub fn set_for(&self, incident: &str, vehicle: &str, truth: Truth) {
        self.change(incident, |awaiting| {
            awaiting.by_vehicle.insert(vehicle.to_owned(), truth);
        });
    }

    /// Forgets an incident that is over.
    pub fn forget(&self, incident: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(incident);
    }

    fn change(&self, incident: &str, change: impl FnOnce(&mut Awaiting)) {
        let mut truths = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(truths.entry(incident.to_owned()).or_default());
    }
}
