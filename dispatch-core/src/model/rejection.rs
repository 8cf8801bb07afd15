//! Refusals: what cannot be done, why, and what to do instead.

use super::rejection_code::{names, refusals, sentences};
use super::*;

/// Why a command was refused. `code()` is stable and is what consoles translate; the English
/// sentence is for logs and for callers without a text table.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Rejection {
    /// No such incident here.
    #[error("there is no incident {incident} at this centre; check the number or the centre")]
    UnknownIncident {
        /// The number asked for.
        incident: IncidentId,
    },
    /// No such task here.
    #[error("there is no task {task} at this centre; it may have ended long ago")]
    UnknownTask {
        /// The number asked for.
        task: TaskId,
    },
    /// No such vehicle here.
    #[error("vehicle {vehicle} does not belong to this centre; ask its centre to lend it")]
    UnknownVehicle {
        /// The vehicle asked for.
        vehicle: VehicleId,
    },
    /// The incident is over.
    #[error("incident {incident} is over; reopen it first")]
    IncidentOver {
        /// The incident.
        incident: IncidentId,
    },
    /// The incident is not over.
    #[error("incident {incident} is still open; nothing to reopen")]
    IncidentStillOpen {
        /// The incident.
        incident: IncidentId,
    },
    /// No such call about the incident.
    #[error("incident {incident} has no call {call}; look at its calls again")]
    UnknownCall {
        /// The incident.
        incident: IncidentId,
        /// The call asked for.
        call: CallId,
    },
    /// The call opened the incident.
    #[error("call {call} opened incident {incident}; amend or cancel the incident instead")]
    CallOpenedIncident {
        /// The incident.
        incident: IncidentId,
        /// The call.
        call: CallId,
    },
    /// The call is an incident of its own already.
    #[error("call {call} is incident {to} already; open that one")]
    CallAlreadySeparated {
        /// The call.
        call: CallId,
        /// The incident it is now.
        to: IncidentId,
    },
    /// The incident already waits.
    #[error("incident {incident} is already suspended")]
    AlreadySuspended {
        /// The incident.
        incident: IncidentId,
    },
    /// The incident does not wait.
    #[error("incident {incident} is not suspended")]
    NotSuspended {
        /// The incident.
        incident: IncidentId,
    },
    /// Vehicles are still on it.
    #[error("incident {incident} still has {running} running task(s); end or abort them first")]
    TasksStillRunning {
        /// The incident.
        incident: IncidentId,
        /// How many run.
        running: usize,
    },
    /// The vehicle is busy.
    #[error("vehicle {vehicle} is on task {task}; let that task end, or divert the vehicle")]
    VehicleOnTask {
        /// The vehicle.
        vehicle: VehicleId,
        /// Its task.
        task: TaskId,
    },
    /// The vehicle cannot be sent.
    #[error("vehicle {vehicle} is not available (state {state:?}); bring it back on duty first")]
    VehicleNotAvailable {
        /// The vehicle.
        vehicle: VehicleId,
        /// Its state.
        state: VehicleState,
    },
    /// The vehicle has no running task.
    #[error("vehicle {vehicle} has no running task to divert; dispatch it instead")]
    VehicleNotOnTask {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// A patient is on board.
    #[error("vehicle {vehicle} has a patient; it must bring that patient to the hospital first")]
    PatientOnBoard {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// Crews at the scene would be called away; asks for a confirmation.
    #[error(
        "the crew of {} is at the scene and may have a patient; ask it by radio, then confirm",
        names(vehicles)
    )]
    CrewAtScene {
        /// Which vehicles.
        vehicles: Vec<VehicleId>,
    },
    /// A task with a patient on board would end; asks for a confirmation.
    #[error(
        "vehicle {vehicle} has a patient on board; ask its crew by radio, then confirm, and send another vehicle"
    )]
    AbortWithPatient {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// Reported patients are not accounted for; asks for a confirmation.
    #[error(
        "{unaccounted} of {reported} reported patient(s) of incident {incident} are not accounted for; send a vehicle, tell what became of them, or confirm that nobody goes for these {unaccounted}"
    )]
    PatientsUnaccounted {
        /// The incident.
        incident: IncidentId,
        /// How many were reported.
        reported: u16,
        /// How many of them nobody has told of.
        unaccounted: u16,
    },
    /// The order has reached its vehicle.
    #[error("the order of task {task} was received; nothing to send again")]
    OrderReceived {
        /// The task.
        task: TaskId,
    },
    /// It already goes there.
    #[error("vehicle {vehicle} is already on incident {incident}")]
    AlreadyOnIncident {
        /// The vehicle.
        vehicle: VehicleId,
        /// The incident.
        incident: IncidentId,
    },
    /// No vehicle named.
    #[error("name at least one vehicle to send")]
    NoVehicleNamed,
    /// A vehicle named twice.
    #[error("vehicle {vehicle} is named twice")]
    VehicleNamedTwice {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// Too many in one order.
    #[error("at most {most} vehicles can be sent in one order; send the rest in a second one")]
    TooManyVehicles {
        /// The limit.
        most: usize,
    },
    /// The task is over.
    #[error("task {task} has ended; its order no longer stands")]
    TaskOver {
        /// The task.
        task: TaskId,
    },
    /// The order came too late to the terminal.
    #[error("the order of task {task} expired before it was received; call the centre by radio")]
    OrderExpired {
        /// The task.
        task: TaskId,
    },
    /// The milestone does not come next.
    #[error("task {task} has reached {reached:?}; {asked:?} cannot follow it")]
    MilestoneOutOfOrder {
        /// The task.
        task: TaskId,
        /// What it has reached.
        reached: Milestone,
        /// What was pressed.
        asked: Milestone,
    },
    /// The time does not fit between its neighbours.
    #[error(
        "{milestone:?} of task {task} cannot lie there: it must lie between its neighbours and not in the future"
    )]
    TimeOutOfOrder {
        /// The task.
        task: TaskId,
        /// Which milestone.
        milestone: Milestone,
    },
    /// It is not the latest one.
    #[error(
        "{milestone:?} is not the latest milestone of task {task}; only the latest can be taken back"
    )]
    NotLatestMilestone {
        /// The task.
        task: TaskId,
        /// Which milestone.
        milestone: Milestone,
    },
    /// The creation of a task is not pressed.
    #[error("the creation of a task cannot be pressed or taken back; abort the task instead")]
    CreationNotPressed,
    /// The vehicle is already so.
    #[error("vehicle {vehicle} is already in state {state:?}")]
    AlreadyInState {
        /// The vehicle.
        vehicle: VehicleId,
        /// The state.
        state: VehicleState,
    },
    /// Already here.
    #[error("vehicle {vehicle} is already at this centre")]
    AlreadyHere {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// The hand-over is not known.
    #[error("there is no open hand-over {number} of vehicle {vehicle}")]
    UnknownHandOver {
        /// The vehicle.
        vehicle: VehicleId,
        /// Its number.
        number: u64,
    },
    /// The hand-over is for somebody else.
    #[error("vehicle {vehicle} was handed over to {to}, not to this centre")]
    HandOverNotForUs {
        /// The vehicle.
        vehicle: VehicleId,
        /// For whom.
        to: CentreId,
    },
    /// Nothing in the order waits to be acknowledged.
    #[error(
        "the order of task {task} has no such change to acknowledge; look at the order as it is now"
    )]
    NoOrderChange {
        /// The task.
        task: TaskId,
    },
    /// Nobody called for help.
    #[error("vehicle {vehicle} has not called for help")]
    NoSos {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// The crew wrote nothing that nobody has seen.
    #[error(
        "nothing that vehicle {vehicle} wrote waits for an answer; another dispatcher has answered it"
    )]
    NothingToAnswer {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// The crew called for help or wrote, and nobody has answered.
    #[error("the crew of vehicle {vehicle} waits for an answer; give it first")]
    CrewWaits {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// A field is missing or too long.
    #[error("{field} {problem}")]
    BadField {
        /// The field, by its wire name.
        field: &'static str,
        /// What is wrong, as a fragment, e.g. `must not be empty`.
        problem: &'static str,
    },
    /// The incident took too many entries.
    #[error("incident {incident} has reached its limit of {most} {what}; open a linked incident")]
    IncidentFull {
        /// The incident.
        incident: IncidentId,
        /// The limit.
        most: usize,
        /// Of what.
        what: &'static str,
    },
    /// No vehicle was ever sent, so closing would lose the patient in silence.
    #[error(
        "incident {incident} was never served; send a vehicle, or cancel or refuse it with a reason"
    )]
    NeverServed {
        /// The incident.
        incident: IncidentId,
    },
    /// A terminal spoke of another vehicle.
    #[error("a terminal acts only for its own vehicle, not for {vehicle}; ask the centre")]
    NotYourVehicle {
        /// The vehicle it spoke of.
        vehicle: VehicleId,
    },
    /// A terminal gave an order that is the centre's to give.
    #[error("only the centre can do this; call it by radio")]
    NotForCrews,
    /// The vehicle is lent.
    #[error("vehicle {vehicle} is with {to}; have it handed back first")]
    VehicleLent {
        /// The vehicle.
        vehicle: VehicleId,
        /// The centre it went to.
        to: CentreId,
    },
    /// Of several vehicles in one order at least one cannot go, so none was sent.
    #[error("none was sent, because these cannot go: {}; leave them out", refusals(refused))]
    NoneSent {
        /// Each that cannot go, with the code of its own refusal.
        refused: Vec<(VehicleId, &'static str)>,
    },
    /// The crew's word and the centre's contradict each other.
    #[error(
        "the crew of {vehicle} reports a patient of task {task}, which the centre had ended; settle that first"
    )]
    CrewReportOpen {
        /// The vehicle.
        vehicle: VehicleId,
        /// The task its crew speaks of.
        task: TaskId,
    },
    /// The vehicle left service.
    #[error("vehicle {vehicle} is out of service; call by radio, or have it enrolled again")]
    VehicleRetired {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// There is nothing of that kind to settle.
    #[error("vehicle {vehicle} has nothing to settle; somebody was first")]
    NothingToSettle {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// A next order is for a vehicle that is about to be free.
    #[error(
        "vehicle {vehicle} is not at a hospital (state {state:?}); send it when it is free, or divert it"
    )]
    NotAtHospital {
        /// The vehicle.
        vehicle: VehicleId,
        /// Its state.
        state: VehicleState,
    },
    /// It has a next order already.
    #[error("vehicle {vehicle} is promised to incident {incident}; withdraw that first")]
    AlreadyPromised {
        /// The vehicle.
        vehicle: VehicleId,
        /// To which incident.
        incident: IncidentId,
    },
    /// It has no next order, or another one.
    #[error("vehicle {vehicle} has no such next order; it was withdrawn or has expired")]
    NoFollowOn {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// Nobody knows what the crew is doing, and the order would end its task.
    #[error(
        "the crew of {} is out of touch and may have a patient already; ask by radio, then confirm",
        names(vehicles)
    )]
    CrewOutOfTouch {
        /// The vehicles that would be called back; at least one of them is out of touch.
        vehicles: Vec<VehicleId>,
    },
    /// More than one danger at once; asks for a confirmation of each.
    #[error("{}; confirm all of this, or do something else", sentences(dangers))]
    SeveralDangers {
        /// The warnings, each of which could stand alone; at least two.
        dangers: Vec<Rejection>,
    },
    /// An exercise takes nobody from a patient.
    #[error(
        "vehicle {vehicle} serves a patient and {incident} is an exercise; choose a free vehicle"
    )]
    PatientBeforeExercise {
        /// The vehicle.
        vehicle: VehicleId,
        /// The exercise.
        incident: IncidentId,
    },
    /// A call and an incident of which only one is an exercise.
    #[error(
        "of this call and incident {incident} only one is an exercise; open an incident of its own"
    )]
    ExerciseApart {
        /// The incident.
        incident: IncidentId,
    },
    /// No such suggestion stands.
    #[error("no such move is suggested for vehicle {vehicle} any more; look at its row again")]
    NoSuggestion {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// The vehicle has no such station to go to.
    #[error("vehicle {vehicle} has no such move; it was withdrawn or it was sent since")]
    NoMove {
        /// The vehicle.
        vehicle: VehicleId,
    },
    /// The crew's commands arrived with a gap.
    #[error("command {number} came before command {expected}; send them in order")]
    CommandGap {
        /// What came.
        number: u64,
        /// What was expected.
        expected: u64,
    },
}
