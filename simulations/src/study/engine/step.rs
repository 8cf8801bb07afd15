//! What happens at each event: calls come, vehicles are sent, drive, work and get free.

use super::decisions;
use super::outcome::Patient;
use super::trip::Trip;
use super::units::Doing;
use super::world::{Happening, Stopped, World};
use crate::study::desk::{CoverageLost, Offer, Question};
use crate::study::policy::{Dispatch, Policy};
use crate::study::times::Seen;
use crate::study::travel::{Goal, Spot};
use dispatch_core::model::{Milestone, MilestoneDetails, PatientsTold};

impl World<'_, '_> {
    pub(super) fn step(&mut self, happening: Happening, policy: &Policy) -> Result<(), Stopped> {
        match happening {
            Happening::Unit { unit, plan } if self.units[unit].plan == plan => {
                self.go_on(unit, policy)
            }
            // It was sent elsewhere meanwhile.
            Happening::Unit { .. } => Ok(()),
            Happening::Call(number) => self.call_comes(number),
            Happening::Ready(number) => {
                if !self.cases[number].is_over {
                    self.cases[number].is_ready = true;
                    self.waiting.insert((self.calls[number].class, number));
                    self.serve(number, policy)?;
                    decisions::after_change(self, policy)?;
                }
                Ok(())
            }
            Happening::CalledOff(number) => self.called_off(number, policy),
        }
    }

    fn call_comes(&mut self, number: usize) -> Result<(), Stopped> {
        let call = &self.calls[number];
        let place = self.travel.system.cells[call.cell].position;
        let priority = self.travel.system.classes[call.class].priority;
        let now = self.now();
        self.cases[number].incident = self.desk.take_call(place, priority, now);
        self.expect(call.at_ms + call.delay_ms, Happening::Ready(number));
        if let Some(after) = call.cancelled_after_ms {
            self.expect(call.at_ms + after, Happening::CalledOff(number));
        }
        self.expect_call(number + 1);
        Ok(())
    }

    /// Sends the policy's vehicle to a waiting call, if there is one.
    fn serve(&mut self, number: usize, policy: &Policy) -> Result<(), Stopped> {
        if let Some(offer) = decisions::choose(self, number, policy) {
            self.send(number, offer.unit, policy)?;
        }
        Ok(())
    }

    /// Sends a vehicle that got free to the first waiting call that it may be sent to; says whether there is one.
    fn serve_the_waiting(&mut self, unit: usize, policy: &Policy) -> Result<bool, Stopped> {
        let waiting: Vec<usize> = self.waiting.iter().map(|(_, number)| *number).collect();
        for number in waiting {
            if self.send(number, unit, policy)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The ranking of the core for a waiting call.
    pub fn rank(&mut self, number: usize, how_many: usize, policy: &Policy) -> Vec<Offer> {
        let (travel, now_ms) = (self.travel, self.now_ms);
        let call = &self.calls[number];
        let system = travel.system;
        let may_take = |from: usize| policy.may_take(&system.redispatch, from, call.class);
        let takes = (0..system.classes.len()).any(may_take);
        let calls = self.calls;
        let seen: Vec<Seen> = (self.units.iter_mut().enumerate())
            .filter(|(_, it)| {
                it.is_free()
                    || takes && it.bound_for().is_some_and(|other| may_take(calls[other].class))
            })
            .filter_map(|(unit, it)| Some(Seen { unit, spot: it.spot(travel, now_ms)? }))
            .collect();
        let class = &system.classes[call.class];
        let lost = self.coverage_lost(policy);
        let Some(incident) = &self.cases[number].incident else { return Vec::new() };
        let question = Question {
            incident,
            cell: call.cell,
            priority: class.priority,
            mode: class.mode,
            divert: takes,
            how_many,
            travel,
            lost: lost.as_ref(),
        };
        self.desk.rank(&question, &seen, self.now())
    }

    /// What the absence of each free vehicle costs the next patient, for a policy that reckons with it.
    fn coverage_lost(&self, policy: &Policy) -> Option<CoverageLost> {
        let Dispatch::Ranking { most_coverage_seconds } = policy.dispatch else { return None };
        let (units, stations): (Vec<usize>, Vec<usize>) = self.free().unzip();
        let seconds = policy.expected.as_ref()?.lost_seconds(&stations);
        Some(CoverageLost {
            by_unit: units.into_iter().zip(seconds).collect(),
            most_coverage_seconds,
        })
    }

    /// Sends a vehicle, free or on its way to another patient; says whether the rules let it go.
    pub fn send(&mut self, number: usize, unit: usize, policy: &Policy) -> Result<bool, Stopped> {
        let Some(incident) = self.cases[number].incident.clone() else { return Ok(false) };
        let (travel, now) = (self.travel, self.now());
        let Some(from) = self.units[unit].spot(travel, self.now_ms) else { return Ok(false) };
        let left = self.units[unit].bound_for();
        let waits = matches!(self.units[unit].doing, Doing::Waiting { .. });
        let task = match left {
            Some(_) => self.desk.divert(&incident, unit, now),
            None => self.desk.send(&incident, unit, now),
        };
        let Some(task) = task else { return Ok(false) };
        self.waiting.remove(&(self.calls[number].class, number));
        self.cases[number].unit = Some(unit);
        self.units[unit].task = Some(task);
        let (call, behaviour) = (&self.calls[number], &travel.system.behaviour);
        let (turnout_ms, expected) = match waits {
            true => (call.turnout_ms, &behaviour.turnout),
            false => (call.road_turnout_ms, &behaviour.turnout_on_road),
        };
        let leaves_ms = self.now_ms + (expected.mean_seconds() * 1000.0).round() as i64;
        let doing = Doing::TurningOut { call: number, from, leaves_ms };
        self.plan(unit, doing, Some(self.now_ms + turnout_ms));
        if let Some(other) = left {
            self.outcome.diverted += 1;
            self.cases[other].unit = None;
            self.waiting.insert((self.calls[other].class, other));
            self.serve(other, policy)?;
        }
        Ok(true)
    }

    /// A vehicle that became free takes over a patient to whom another is on its way; that one is called back.
    pub fn swap(&mut self, number: usize, nearer: usize, policy: &Policy) -> Result<(), Stopped> {
        let Some(former) = self.cases[number].unit else { return Ok(()) };
        let now = self.now();
        let spot = self.units[former].spot(self.travel, self.now_ms);
        if let Some(task) = self.units[former].task.clone()
            && !self.desk.call_back(&task, now)
        {
            return Ok(());
        }
        self.units[former].task = None;
        self.cases[number].unit = None;
        self.cases[number].swaps += 1;
        self.waiting.insert((self.calls[number].class, number));
        self.outcome.swapped += 1;
        self.send(number, nearer, policy)?;
        match spot {
            Some(spot) => self.become_free(former, spot, policy),
            None => Ok(()),
        }
    }

    fn called_off(&mut self, number: usize, policy: &Policy) -> Result<(), Stopped> {
        if self.cases[number].is_over {
            return Ok(());
        }
        self.cases[number].is_over = true;
        if self.counted.contains(&self.calls[number].at_ms) {
            self.outcome.cancelled += 1;
        }
        self.waiting.remove(&(self.calls[number].class, number));
        let now = self.now();
        if let Some(incident) = self.cases[number].incident.take() {
            self.desk.cancel(&incident, now);
        }
        if let Some(unit) = self.cases[number].unit.take() {
            self.units[unit].task = None;
            if let Some(spot) = self.units[unit].spot(self.travel, self.now_ms) {
                self.become_free(unit, spot, policy)?;
            }
        }
        Ok(())
    }

    fn go_on(&mut self, unit: usize, policy: &Policy) -> Result<(), Stopped> {
        match self.units[unit].doing {
            Doing::Waiting { .. } => Ok(()),
            Doing::Returning { station, .. } => {
                self.desk.back(unit, self.now());
                self.plan(unit, Doing::Waiting { station }, None);
                Ok(())
            }
            Doing::TurningOut { call, from, .. } => self.leave(unit, call, from),
            Doing::ToScene { call, .. } => self.arrive(unit, call),
            Doing::WithPatient { call } => self.finish(unit, call, policy),
        }
    }

    fn leave(&mut self, unit: usize, number: usize, from: Spot) -> Result<(), Stopped> {
        self.press(unit, Milestone::Departed, MilestoneDetails::default(), self.now_ms);
        let call = &self.calls[number];
        let mode = self.travel.system.classes[call.class].mode;
        let (goal, factor) = (Goal::Cell(call.cell), call.factors[0]);
        let trip = Trip::begin(self.travel, from, goal, mode, self.now_ms, factor);
        let trip = trip.ok_or_else(|| self.no_route(from.node))?;
        let arrives = trip.arrives_ms();
        self.plan(unit, Doing::ToScene { call: number, trip }, Some(arrives));
        Ok(())
    }

    fn arrive(&mut self, unit: usize, number: usize) -> Result<(), Stopped> {
        self.press(unit, Milestone::AtScene, MilestoneDetails::default(), self.now_ms);
        let call = &self.calls[number];
        self.cases[number].is_over = true;
        if self.counted.contains(&call.at_ms) {
            self.outcome.patients.push(Patient {
                called_ms: call.at_ms,
                class: call.true_class,
                cell: call.cell,
                response_ms: self.now_ms - call.at_ms,
            });
        }
        let mut free_ms = self.now_ms + call.scene_ms;
        if call.transport {
            let hospital = self.travel.nearest_hospital(call.cell);
            let spot = self.travel.at_cell(call.cell);
            let driving = self.travel.ms_to_site(&spot, hospital);
            if driving == u32::MAX {
                return Err(self.no_route(spot.node));
            }
            free_ms += (f64::from(driving) * call.factors[1]).round() as i64 + call.handover_ms;
        }
        self.plan(unit, Doing::WithPatient { call: number }, Some(free_ms));
        Ok(())
    }

    /// The crew tells of the whole run as it ends, each step with its time.
    fn finish(&mut self, unit: usize, number: usize, policy: &Policy) -> Result<(), Stopped> {
        let call = &self.calls[number];
        let spot = if call.transport {
            let driven = self.now_ms - call.handover_ms;
            let hospital = self.travel.at_site(self.travel.nearest_hospital(call.cell));
            let way = self.travel.ms_to_site(
                &self.travel.at_cell(call.cell),
                self.travel.nearest_hospital(call.cell),
            );
            let left = driven - (f64::from(way) * call.factors[1]).round() as i64;
            let carried = MilestoneDetails { patients_carried: Some(1), ..Default::default() };
            self.press(unit, Milestone::LeftScene, carried, left);
            self.press(unit, Milestone::AtHospital, MilestoneDetails::default(), driven);
            self.press(unit, Milestone::Finished, MilestoneDetails::default(), self.now_ms);
            hospital
        } else {
            let mut patients = PatientsTold::default();
            if call.empty {
                patients.not_found = Some(1);
            } else {
                patients.treated_at_scene = Some(1);
            }
            let told = MilestoneDetails { patients, ..Default::default() };
            self.press(unit, Milestone::Finished, told, self.now_ms);
            self.travel.at_cell(call.cell)
        };
        self.units[unit].task = None;
        self.become_free(unit, spot, policy)
    }

    fn press(&mut self, unit: usize, milestone: Milestone, details: MilestoneDetails, at_ms: i64) {
        let now = self.now();
        let made_at = now.plus_millis(at_ms - self.now_ms);
        if let Some(task) = self.units[unit].task.clone() {
            self.desk.tell(&task, milestone, details, made_at, now);
        }
    }

    /// A vehicle got free somewhere: it serves who waits, else goes where the policy wants it.
    fn become_free(&mut self, unit: usize, spot: Spot, policy: &Policy) -> Result<(), Stopped> {
        let home = self.units[unit].home;
        self.go_to(unit, home, spot, false)?;
        if self.serve_the_waiting(unit, policy)? {
            return Ok(());
        }
        decisions::after_free(self, unit, policy)
    }

    /// Sends a free vehicle from where it is to wait at a station.
    pub fn send_to_wait(&mut self, unit: usize, station: usize) -> Result<(), Stopped> {
        if self.units[unit].station() == Some(station) {
            return Ok(());
        }
        let Some(spot) = self.units[unit].spot(self.travel, self.now_ms) else { return Ok(()) };
        self.go_to(unit, station, spot, true)?;
        if self.counted.contains(&self.now_ms) {
            self.outcome.moves += 1;
        }
        Ok(())
    }

    fn go_to(
        &mut self,
        unit: usize,
        station: usize,
        spot: Spot,
        is_move: bool,
    ) -> Result<(), Stopped> {
        let regular = self.travel.system.behaviour.regular_mode;
        let goal = Goal::Site(station);
        let trip = Trip::begin(self.travel, spot, goal, regular, self.now_ms, 1.0);
        let trip = trip.ok_or_else(|| self.no_route(spot.node))?;
        let arrives = trip.arrives_ms();
        let id = &self.travel.system.stations[station].id;
        self.desk.wait_at(unit, id, self.now());
        self.plan(unit, Doing::Returning { station, trip, is_move }, Some(arrives));
        Ok(())
    }

    fn no_route(&self, node: u32) -> Stopped {
        let at = self.travel.system.roads.positions[node as usize];
        Stopped::NoRoute(format!("{:.4}, {:.4}", at.lon, at.lat))
    }
}
