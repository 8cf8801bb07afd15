//! A crew: reads its orders from the terminal, drives, presses, and sometimes forgets to press.
//! Pure: the terminal's picture, the clock and chance are arguments.

use super::callers::{RunEnd, Staying};
use super::truth::{KnownTimes, Truth};
use geometry::Wgs84;
use rand::prelude::*;
use rand_distr::LogNormal;
use wire_protocol::agent::{CrewCommand, DispatchOrder};
use wire_protocol::commands::{MilestoneDetails, PatientsTold};
use wire_protocol::state_group::StateGroup;
use wire_protocol::vocabulary::{AbortReason, Milestone, PauseReason, VehicleState};

/// Share of returns to the station after which the vehicle is paused for a while.
const PAUSES: f64 = 0.06;
/// Share of the road's blue-light speed driven without blue lights.
const HOME_PACE: f64 = 0.75;

/// What a crew does next.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// Press something on the terminal.
    Press(CrewCommand),
    /// Drive there, at a share of the road's blue-light speed.
    Drive(Wgs84, f64),
    /// Stop where it is.
    Stop,
}

/// What the terminal shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The vehicle's state.
    pub state: VehicleState,
    /// The order to follow; none when there is none or it expired before it came.
    pub order: Option<DispatchOrder>,
}

/// What a crew knows of the region.
#[derive(Clone, Debug)]
pub struct Knowledge {
    /// Its station.
    pub station: Wgs84,
    /// The hospitals it may carry to.
    pub hospitals: Vec<(String, Wgs84)>,
    /// Share of its presses that it forgets, 0 to 1.
    pub forgets: f64,
}

/// What a crew is at.
#[derive(Clone, Debug, PartialEq)]
enum Phase {
    AtStation,
    Ordered { since: f64, until: f64 },
    MakingReady { until: f64 },
    ToScene,
    AtScene { until: f64 },
    ToHospital { hospital: String },
    AtHospital { hospital: String, until: f64 },
    GoingHome { after: Option<String> },
    Paused { until: f64 },
}

/// A crew and what it is at. Times are seconds of the simulated clock.
#[derive(Clone, Debug)]
pub struct Crew {
    knowledge: Knowledge,
    phase: Phase,
    task: Option<String>,
    scene: Option<Wgs84>,
}

impl Crew {
    /// A crew waiting at its station.
    pub fn new(knowledge: Knowledge) -> Self {
        Self { knowledge, phase: Phase::AtStation, task: None, scene: None }
    }

    /// The incident's task that the crew works on, if any.
    pub fn task(&self) -> Option<&str> {
        self.task.as_deref()
    }

    /// The terminal shows a new picture.
    pub fn look(&mut self, shown: &Shown, now: f64, rng: &mut impl Rng) -> Vec<Deed> {
        match &shown.order {
            Some(order) if self.task.as_deref() != Some(order.task.as_str()) => {
                self.take_order(order, now, rng)
            }
            Some(order) => see_changes(order),
            None if self.task.is_some() => self.order_gone(shown.state),
            None => Vec::new(),
        }
    }

    fn take_order(&mut self, order: &DispatchOrder, now: f64, rng: &mut impl Rng) -> Vec<Deed> {
        self.task = Some(order.task.clone());
        let place = order.waiting.as_ref().unwrap_or(&order.scene);
        let position = place.position.or(order.scene.position);
        self.scene = position.map(|at| Wgs84 { lon: at.lon, lat: at.lat });
        let moving = matches!(self.phase, Phase::ToScene | Phase::GoingHome { .. });
        self.phase = Phase::Ordered { since: now, until: now + seconds_about(rng, 14.0, 0.5) };
        if moving { vec![Deed::Stop] } else { Vec::new() }
    }

    /// The order ended at the centre: finished, cancelled or sent elsewhere.
    fn order_gone(&mut self, state: VehicleState) -> Vec<Deed> {
        self.task = None;
        if matches!(self.phase, Phase::GoingHome { .. }) {
            return Vec::new();
        }
        match state.group() {
            StateGroup::AtStation => {
                self.phase = Phase::AtStation;
                Vec::new()
            }
            StateGroup::OnTask
            | StateGroup::AtHospital
            | StateGroup::OnRoad
            | StateGroup::OffDuty
            | StateGroup::Paused => {
                self.phase = Phase::GoingHome { after: None };
                vec![Deed::Stop, Deed::Drive(self.knowledge.station, HOME_PACE)]
            }
        }
    }

    /// Time passes. `arrived` says that the last drive is over; `truth` is what awaits the crew.
    pub fn step(
        &mut self,
        now: f64,
        arrived: bool,
        truth: impl Into<Truth>,
        rng: &mut impl Rng,
    ) -> Vec<Deed> {
        let Truth { end, known } = truth.into();
        match self.phase.clone() {
            Phase::Ordered { since, until } if now >= reads_by(since, until, &known) => {
                let chance = now + seconds_about(rng, 75.0, 0.45);
                let until = known.turnout_seconds.map_or(chance, |turnout| since + turnout);
                self.phase = Phase::MakingReady { until };
                self.press(Milestone::OrderReceived, None, rng)
            }
            Phase::MakingReady { until } if now >= until => self.depart(rng),
            Phase::ToScene if arrived => {
                let chance = seconds_about(rng, 660.0, 0.4);
                self.phase =
                    Phase::AtScene { until: now + known.on_scene_seconds.unwrap_or(chance) };
                self.press(Milestone::AtScene, None, rng)
            }
            Phase::AtScene { until } if now >= until => self.leave_scene(end, &known, rng),
            Phase::ToHospital { hospital } if arrived => {
                let chance = seconds_about(rng, 780.0, 0.4);
                let until = now + known.at_hospital_seconds.unwrap_or(chance);
                self.phase = Phase::AtHospital { hospital: hospital.clone(), until };
                self.press(Milestone::AtHospital, Some(hospital), rng)
            }
            Phase::AtHospital { hospital, until } if now >= until => {
                self.finish(hospital, 1, PatientsTold::default())
            }
            Phase::GoingHome { after } if arrived => self.home(after, now, rng),
            Phase::Paused { until } if now >= until => {
                self.phase = Phase::AtStation;
                vec![Deed::Press(CrewCommand::Resume)]
            }
            Phase::AtStation
            | Phase::Ordered { .. }
            | Phase::MakingReady { .. }
            | Phase::ToScene
            | Phase::AtScene { .. }
            | Phase::ToHospital { .. }
            | Phase::AtHospital { .. }
            | Phase::GoingHome { .. }
            | Phase::Paused { .. } => Vec::new(),
        }
    }

    fn depart(&mut self, rng: &mut impl Rng) -> Vec<Deed> {
        let mut deeds = self.press(Milestone::Departed, None, rng);
        self.phase = Phase::ToScene;
        // An order without a position is driven by radio; the station's own door stands for it.
        deeds.push(Deed::Drive(self.scene.unwrap_or(self.knowledge.station), 1.0));
        deeds
    }

    fn leave_scene(&mut self, end: RunEnd, known: &KnownTimes, rng: &mut impl Rng) -> Vec<Deed> {
        let Some(task) = self.task.clone() else { return Vec::new() };
        match end {
            RunEnd::NobodyThere(_) => {
                self.task = None;
                self.phase = Phase::GoingHome { after: None };
                let reason = AbortReason::GoneOnArrival;
                return vec![
                    Deed::Press(CrewCommand::Abort { task, reason, note: String::new() }),
                    Deed::Drive(self.knowledge.station, HOME_PACE),
                ];
            }
            RunEnd::Stays(staying) => return self.finish(String::new(), 0, told(staying)),
            // Called off after it had arrived: what it finds decides.
            RunEnd::Carried | RunEnd::CancelledByCaller => {}
        }
        let scene = self.scene.unwrap_or(self.knowledge.station);
        let recorded = known.hospital.as_ref();
        let hospitals = &self.knowledge.hospitals;
        let nearest = hospitals.iter().find(|(id, _)| Some(id) == recorded).or_else(|| {
            hospitals.iter().min_by(|a, b| a.1.metres_to(scene).total_cmp(&b.1.metres_to(scene)))
        });
        let (hospital, at) =
            nearest.cloned().unwrap_or_else(|| (String::new(), self.knowledge.station));
        self.phase = Phase::ToHospital { hospital: hospital.clone() };
        let mut deeds = self.press(Milestone::LeftScene, Some(hospital), rng);
        deeds.push(Deed::Drive(at, 0.9));
        deeds
    }

    /// The last press of a task is never forgotten: the crew wants to be free.
    fn finish(&mut self, hospital: String, carried: u16, patients: PatientsTold) -> Vec<Deed> {
        let Some(task) = self.task.take() else { return Vec::new() };
        self.phase = Phase::GoingHome { after: Some(task.clone()) };
        let details = MilestoneDetails {
            hospital: Some(hospital).filter(|hospital| !hospital.is_empty()),
            patients_carried: Some(carried),
            distance_km: None,
            patients,
        };
        let milestone = Milestone::Finished;
        vec![
            Deed::Press(CrewCommand::Milestone { task, milestone, details }),
            Deed::Drive(self.knowledge.station, HOME_PACE),
        ]
    }

    fn home(&mut self, after: Option<String>, now: f64, rng: &mut impl Rng) -> Vec<Deed> {
        let back = after.map_or(CrewCommand::ReturnedToStation, |task| CrewCommand::Milestone {
            task,
            milestone: Milestone::BackAtStation,
            details: MilestoneDetails::default(),
        });
        let mut deeds = vec![Deed::Press(back)];
        self.phase = Phase::AtStation;
        if rng.random_bool(PAUSES) {
            let reason = *[
                PauseReason::Fuel,
                PauseReason::Disinfection,
                PauseReason::Restock,
                PauseReason::Meal,
            ]
            .choose(rng)
            .unwrap_or(&PauseReason::Fuel);
            deeds.push(Deed::Press(CrewCommand::Pause { reason, note: String::new() }));
            self.phase = Phase::Paused { until: now + seconds_about(rng, 900.0, 0.3) };
        }
        deeds
    }

    fn press(
        &self,
        milestone: Milestone,
        hospital: Option<String>,
        rng: &mut impl Rng,
    ) -> Vec<Deed> {
        let forgotten = rng.random_bool(self.knowledge.forgets);
        let Some(task) = self.task.clone().filter(|_| !forgotten) else { return Vec::new() };
        let hospital = hospital.filter(|hospital| !hospital.is_empty());
        let details = MilestoneDetails { hospital, ..MilestoneDetails::default() };
        vec![Deed::Press(CrewCommand::Milestone { task, milestone, details })]
    }
}

/// When a crew has read its order: within half of a turnout that is known.
fn reads_by(since: f64, until: f64, known: &KnownTimes) -> f64 {
    known.turnout_seconds.map_or(until, |turnout| until.min(since + turnout / 2.0))
}

/// What a crew that carries nobody says of its patient.
fn told(staying: Staying) -> PatientsTold {
    let nothing = PatientsTold::default();
    match staying {
        Staying::Treated => PatientsTold { treated_at_scene: Some(1), ..nothing },
        Staying::Refused => PatientsTold { refused_transport: Some(1), ..nothing },
        Staying::Dead => PatientsTold { dead_at_scene: Some(1), ..nothing },
        Staying::NotNeeded => nothing,
    }
}

/// A crew at work says that it has seen what changed in its order.
fn see_changes(order: &DispatchOrder) -> Vec<Deed> {
    let newest = order.changes.iter().map(|change| change.version).max();
    let seen =
        |through| Deed::Press(CrewCommand::AcknowledgeChange { task: order.task.clone(), through });
    newest.map(seen).into_iter().collect()
}

/// Seconds around a median, long-tailed as people's delays are.
fn seconds_about(rng: &mut impl Rng, median: f64, spread: f64) -> f64 {
    LogNormal::new(median.ln(), spread).map_or(median, |delays| rng.sample(delays))
}

#[cfg(test)]
mod tests;
