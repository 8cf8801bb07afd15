//! What crews press in a play, each press queueing the next; and the call that begins it all.

use super::{Operation, Step, driving::Place, millis, person};
use crate::incidents::twin;
use crate::incidents::{PastIncident, PastRun};
use crate::people::callers::{RunEnd, Staying};
use crate::people::truth::Truth;
use crate::replay::truth::called_off_after;
use dispatch_core::model::*;
use geometry::Wgs84;

/// Usual times of crews in seconds, medians of the simulated province's own crews.
const TURNOUT_SECONDS: f64 = 89.0;
const ON_SCENE_SECONDS: f64 = 660.0;
const AT_HOSPITAL_SECONDS: f64 = 780.0;
/// Order to the terminal's receipt, and to the crew's acknowledgement, in milliseconds.
const RECEIPT_MILLIS: i64 = 1_000;
const READ_MILLIS: i64 = 14_000;
/// Share of the road's blue-light speed driven with a patient, and home.
const WITH_PATIENT: f64 = 0.9;
const HOMEWARDS: f64 = 0.75;

/// A press that is due.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Press {
    call: usize,
    vehicle: VehicleId,
    task: TaskId,
    what: What,
    /// Milliseconds of the steps still to come.
    on_scene: i64,
    at_hospital: i64,
    end: End,
    hospital: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Receive,
    Read,
    Depart,
    Arrive,
    LeaveScene,
    ReachHospital,
    Finish,
    Home,
    CallOff,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Carried,
    NobodyThere,
    Treated,
    Refused,
    Dead,
    NotNeeded,
}

impl Operation<'_> {
    pub(super) fn begin_run(
        &mut self,
        now: i64,
        call: usize,
        vehicle: VehicleId,
        task: TaskId,
        truth: Truth,
        run: &PastRun,
    ) {
        let Truth { end, known } = truth;
        let press = Press {
            call,
            vehicle,
            task,
            what: What::Receive,
            on_scene: millis(known.on_scene_seconds.unwrap_or(ON_SCENE_SECONDS)),
            at_hospital: millis(known.at_hospital_seconds.unwrap_or(AT_HOSPITAL_SECONDS)),
            end: end_of(end),
            hospital: known.hospital.unwrap_or_default(),
        };
        let turnout =
            millis(known.turnout_seconds.unwrap_or(TURNOUT_SECONDS)).max(2 * RECEIPT_MILLIS);
        let read = READ_MILLIS.min(turnout / 2).max(RECEIPT_MILLIS);
        let due = [(RECEIPT_MILLIS, What::Receive), (read, What::Read), (turnout, What::Depart)];
        for (after, what) in due {
            self.queue(now + after, Step::Press(Press { what, ..press.clone() }));
        }
        if end == RunEnd::CancelledByCaller {
            let at = now + millis(called_off_after(run));
            self.queue(at, Step::Press(Press { what: What::CallOff, ..press }));
        }
    }

    pub(super) fn press(&mut self, now: i64, press: Press, each: &mut dyn FnMut(&Recorded)) {
        let running = self.state.task(&press.task).is_some_and(|(_, task)| task.is_running());
        if press.what != What::Home && !running {
            return;
        }
        match press.what {
            What::Receive => {
                let command = Command::RecordDeviceReceipt { task: press.task.clone() };
                self.give(now, self.crew(&press.vehicle), command, each);
            }
            What::Read => self.milestone(now, &press, Milestone::OrderReceived, None, each),
            What::Depart => {
                self.milestone(now, &press, Milestone::Departed, None, each);
                let scene = self.calls[press.call].place;
                self.drive(now, press, scene, 1.0, What::Arrive);
            }
            What::Arrive => {
                self.milestone(now, &press, Milestone::AtScene, None, each);
                let became = &mut self.became[press.call];
                became.first_at_scene.get_or_insert((press.vehicle.to_string(), now));
                let at = now + press.on_scene;
                self.queue(at, Step::Press(Press { what: What::LeaveScene, ..press }));
            }
            What::LeaveScene => self.leave_scene(now, press, each),
            What::ReachHospital => {
                let hospital = Some(press.hospital.clone());
                self.milestone(now, &press, Milestone::AtHospital, hospital, each);
                let at = now + press.at_hospital;
                self.queue(at, Step::Press(Press { what: What::Finish, ..press }));
            }
            What::Finish => {
                let hospital = Some(press.hospital.clone());
                self.finish(now, press, hospital, each);
            }
            What::Home => {
                let vehicle = press.vehicle.clone();
                // One that was sent again on its way home comes home by a later drive.
                let is_home = self.places.get(&vehicle).is_some_and(|place| place.ends == now);
                if is_home
                    && self.state.vehicle_state(&vehicle).map(VehicleState::group)
                        == Some(StateGroup::OnRoad)
                {
                    let crew = self.crew(&vehicle);
                    self.give(now, crew, Command::ReturnToStation { vehicle }, each);
                }
            }
            What::CallOff => {
                let reason = AbortReason::IncidentCancelled.into();
                let abort =
                    Command::AbortTask { task: press.task.clone(), reason, confirmed: true };
                self.give(now, person(), abort, each);
                // A crew that is at the scene already stays, and finds what it finds.
                if self.state.task(&press.task).is_some_and(|(_, task)| !task.is_running()) {
                    self.go_home(now, press);
                }
            }
        }
    }

    fn leave_scene(&mut self, now: i64, press: Press, each: &mut dyn FnMut(&Recorded)) {
        match press.end {
            End::Carried => {
                let scene = self.calls[press.call].place;
                let hospitals = self.setting.hospitals;
                let nearest = hospitals
                    .iter()
                    .min_by(|a, b| a.1.metres_to(scene).total_cmp(&b.1.metres_to(scene)));
                let chosen = hospitals.get_key_value(&press.hospital).or(nearest);
                let Some((hospital, at)) = chosen.map(|(id, at)| (id.clone(), *at)) else {
                    return self.finish(now, press, None, each);
                };
                let press = Press { hospital: hospital.clone(), ..press };
                self.milestone(now, &press, Milestone::LeftScene, Some(hospital), each);
                self.drive(now, press, at, WITH_PATIENT, What::ReachHospital);
            }
            End::NobodyThere => {
                let reason = AbortReason::GoneOnArrival.into();
                let abort =
                    Command::AbortTask { task: press.task.clone(), reason, confirmed: true };
                self.give(now, self.crew(&press.vehicle), abort, each);
                let incident = IncidentId::from(self.became[press.call].incident.as_str());
                let reason = CancelReason::GoneOnArrival.into();
                let cancel = Command::CancelIncident { incident, reason, confirmed: true };
                self.give(now, person(), cancel, each);
                self.go_home(now, press);
            }
            End::Treated | End::Refused | End::Dead | End::NotNeeded => {
                self.finish(now, press, None, each);
            }
        }
    }

    fn finish(
        &mut self,
        now: i64,
        press: Press,
        hospital: Option<String>,
        each: &mut dyn FnMut(&Recorded),
    ) {
        let none = PatientsTold::default();
        let patients = match press.end {
            End::Treated => PatientsTold { treated_at_scene: Some(1), ..none },
            End::Refused => PatientsTold { refused_transport: Some(1), ..none },
            End::Dead => PatientsTold { dead_at_scene: Some(1), ..none },
            End::Carried | End::NobodyThere | End::NotNeeded => none,
        };
        let details = MilestoneDetails {
            hospital: hospital.filter(|it| !it.is_empty()).map(|it| HospitalId::from(it.as_str())),
            patients_carried: Some(u16::from(press.end == End::Carried)),
            distance_km: None,
            patients,
        };
        let (task, milestone) = (press.task.clone(), Milestone::Finished);
        let crew = self.crew(&press.vehicle);
        self.give(now, crew, Command::RecordMilestone { task, milestone, details }, each);
        self.go_home(now, press);
    }

    fn go_home(&mut self, now: i64, press: Press) {
        let vehicle = self.state.vehicles.get(&press.vehicle);
        let station = vehicle.and_then(|it| self.setting.stations.get(&it.record.station)).copied();
        if let Some(station) = station {
            self.drive(now, press, station, HOMEWARDS, What::Home);
        }
    }

    /// A vehicle that is sent on its way home turns round where it is; its press at home then finds it on a task.
    fn drive(&mut self, now: i64, press: Press, to: Wgs84, pace: f64, what: What) {
        let from = self.place(&press.vehicle, now).unwrap_or(to);
        let ends = now + self.setting.roads.millis(from, to, pace);
        self.places.insert(press.vehicle.clone(), Place { from, to, began: now, ends });
        self.queue(ends, Step::Press(Press { what, ..press }));
    }

    fn milestone(
        &mut self,
        now: i64,
        press: &Press,
        milestone: Milestone,
        hospital: Option<String>,
        each: &mut dyn FnMut(&Recorded),
    ) {
        let hospital = hospital.filter(|it| !it.is_empty()).map(|it| HospitalId::from(it.as_str()));
        let details = MilestoneDetails { hospital, ..MilestoneDetails::default() };
        let (task, crew) = (press.task.clone(), self.crew(&press.vehicle));
        self.give(now, crew, Command::RecordMilestone { task, milestone, details }, each);
    }
}

fn end_of(end: RunEnd) -> End {
    match end {
        RunEnd::Carried => End::Carried,
        // One that is not called off in time finds that nobody needs it.
        RunEnd::CancelledByCaller => End::NotNeeded,
        RunEnd::NobodyThere(_) => End::NobodyThere,
        RunEnd::Stays(Staying::Treated) => End::Treated,
        RunEnd::Stays(Staying::Refused) => End::Refused,
        RunEnd::Stays(Staying::Dead) => End::Dead,
        RunEnd::Stays(Staying::NotNeeded) => End::NotNeeded,
    }
}

/// The call that opens an incident of the record.
pub(super) fn take_call(past: &PastIncident) -> Command {
    let received = Timestamp(past.received);
    let words = |text: &str| if text.is_empty() { "—".to_owned() } else { text.to_owned() };
    let (address, complaint) = (words(&past.address), words(&past.complaint));
    let scene =
        dispatch_core::model::Place::plain(&address, Some(past.place), PlaceSource::AddressSearch);
    let facts = IncidentFacts {
        kind: twin(&past.kind).unwrap_or(IncidentKind::Other),
        priority: twin(&past.priority).unwrap_or(Priority::Urgent),
        ..IncidentFacts::plain(scene, &complaint)
    };
    let details = CallDetails { rang_at: Some(received), ..CallDetails::plain(received) };
    Command::TakeCall(Box::new(TakeCall::plain(facts, details)))
}
