//! An ambulance system as a study simulates it: where vehicles wait, where patients are, how long things take.

use super::distribution::Distribution;
use super::roads::Roads;
use dispatch_core::model::{Priority, Wgs84};

/// A place where vehicles wait or patients are handed over.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Its id, unique among those of its kind.
    pub id: String,
    /// Its name, for reports.
    pub name: String,
    /// WGS-84.
    pub position: Wgs84,
}

/// An ambulance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ambulance {
    /// Its id.
    pub id: String,
    /// Its home, an index into [`System::stations`].
    pub station: usize,
}

/// A piece of ground from which calls come.
#[derive(Clone, Debug, PartialEq)]
pub struct DemandCell {
    /// Its middle, WGS-84.
    pub position: Wgs84,
    /// Its share of the calls; weights need not sum to 1.
    pub weight: f64,
    /// The district it counts for, an index into [`System::districts`].
    pub district: usize,
    /// Whether the longer target of the country holds.
    pub rural: bool,
}

/// How fast a kind of driving goes.
#[derive(Clone, Debug, PartialEq)]
pub struct TravelMode {
    /// Its name.
    pub name: String,
    /// Speed between a road and a place beside it, km/h.
    pub off_road_kmh: f64,
}

/// One priority of the system's calls.
#[derive(Clone, Debug, PartialEq)]
pub struct CallClass {
    /// Its name.
    pub name: String,
    /// Its share of the calls; shares need not sum to 1.
    pub share: f64,
    /// The core's priority that stands for it.
    pub priority: Priority,
    /// Later than so many seconds after the call is late.
    pub target_seconds: f64,
    /// The same for rural cells.
    pub rural_target_seconds: f64,
    /// How one drives to the patient, an index into [`System::modes`].
    pub mode: usize,
    /// Whether it counts among the patients in danger whose late arrivals a policy is judged by.
    pub urgent: bool,
    /// The share of these calls whose patient is in cardiac arrest.
    pub arrest_share: f64,
}

/// When calls come.
#[derive(Clone, Debug, PartialEq)]
pub struct CallPattern {
    /// Mean number of calls a day.
    pub per_day: f64,
    /// How busy each hour is against the mean; an empty list means always the same.
    pub hourly: Vec<f64>,
    /// How busy each day of the week is against the mean, Monday first; empty means always the same.
    pub weekday: Vec<f64>,
}

/// What happens along a run, and how long it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Behaviour {
    /// From the call until a vehicle can be sent.
    pub dispatch_delay: Distribution,
    /// From the order until the wheels turn, at a place of waiting.
    pub turnout: Distribution,
    /// The same on the road.
    pub turnout_on_road: Distribution,
    /// With the patient.
    pub on_scene: Distribution,
    /// At the hospital.
    pub handover: Distribution,
    /// The share of patients who are taken to a hospital.
    pub transport_share: f64,
    /// How one drives with a patient and back, an index into [`System::modes`].
    pub regular_mode: usize,
    /// Spread of travel times: standard deviation of the logarithm of actual over expected.
    pub travel_sigma: f64,
    /// The share of calls called off before anybody arrives.
    pub cancelled_share: f64,
    /// After how long they are called off.
    pub cancelled_after: Distribution,
    /// The share of runs where nobody is found.
    pub empty_share: f64,
    /// How long a crew looks around there.
    pub empty_on_scene: Distribution,
    /// The share of calls whose priority is found wrong on scene; such a call counts by what it truly was.
    pub wrong_priority_share: f64,
}

/// A whole system.
#[derive(Clone, Debug, PartialEq)]
pub struct System {
    /// Its name.
    pub name: String,
    /// Where its parts come from and which of them are made up, in sentences.
    pub sources: Vec<String>,
    /// Where vehicles wait: home stations first, then other places of waiting.
    pub stations: Vec<Site>,
    /// Whether a station is only a place of waiting to which a policy may send vehicles.
    pub standby: Vec<bool>,
    /// Hospitals; a patient goes to the nearest.
    pub hospitals: Vec<Site>,
    /// The ambulances.
    pub ambulances: Vec<Ambulance>,
    /// Where calls come from.
    pub cells: Vec<DemandCell>,
    /// Names of districts.
    pub districts: Vec<String>,
    /// The kinds of driving, the fastest first.
    pub modes: Vec<TravelMode>,
    /// The priorities, the most urgent first.
    pub classes: Vec<CallClass>,
    /// Pairs (from, to) of classes: a vehicle on its way to the first may be sent to the second.
    pub redispatch: Vec<(usize, usize)>,
    /// When calls come.
    pub calls: CallPattern,
    /// What happens along a run.
    pub behaviour: Behaviour,
    /// The roads.
    pub roads: Roads,
}

impl System {
    /// Target response of a class in a cell, in seconds.
    pub fn target_seconds(&self, class: usize, cell: usize) -> f64 {
        let class = &self.classes[class];
        if self.cells[cell].rural { class.rural_target_seconds } else { class.target_seconds }
    }
}
