//! Orders: everything that can be asked of a centre. Named as orders are given.

use super::*;

/// Everything that can be asked of a centre.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Take a call.
    TakeCall(Box<TakeCall>),
    /// Take a call apart from the incident it was linked to: it becomes an incident of its own.
    SeparateCall {
        /// The incident it is linked to.
        incident: IncidentId,
        /// The call; not the one that opened the incident.
        call_id: CallId,
    },
    /// Say what a linked call was after all.
    ChangeOutcome {
        /// The incident it is linked to.
        incident: IncidentId,
        /// The call; not the one that opened the incident.
        call_id: CallId,
        /// What it was.
        outcome: CallOutcome,
    },
    /// Amend what is known of an incident.
    AmendIncident {
        /// Which incident.
        incident: IncidentId,
        /// What changes.
        changes: Box<IncidentChanges>,
    },
    /// Let an incident wait, with a reason.
    SuspendIncident {
        /// Which incident.
        incident: IncidentId,
        /// Why.
        reason: Reasoned<SuspendReason>,
    },
    /// Take a waiting incident up again.
    ResumeIncident {
        /// Which incident.
        incident: IncidentId,
    },
    /// Refuse the incident: no vehicle will come.
    RefuseIncident {
        /// Which incident.
        incident: IncidentId,
        /// Why.
        reason: Reasoned<RefuseReason>,
    },
    /// Cancel the incident and call back its vehicles.
    CancelIncident {
        /// Which incident.
        incident: IncidentId,
        /// Why.
        reason: Reasoned<CancelReason>,
        /// True when the sender was told what stands against it (a crew out of touch, or at the
        /// scene) and means it.
        confirmed: bool,
    },
    /// Close an incident whose tasks have all ended.
    CloseIncident {
        /// Which incident.
        incident: IncidentId,
    },
    /// Open an incident that is over again. It wants a vehicle from then on and closes only by hand.
    ReopenIncident {
        /// Which incident.
        incident: IncidentId,
        /// Why, in words.
        note: String,
    },
    /// Say how many vehicles an incident wants, more or fewer than before.
    WantVehicles {
        /// Which incident.
        incident: IncidentId,
        /// How many in all, those that came included; at least 1.
        vehicles: u16,
    },
    /// Say what became of patients besides what crews told of their own tasks.
    AccountForPatients {
        /// Which incident.
        incident: IncidentId,
        /// Patients carried whom no crew told of.
        carried: Change<u16>,
        /// How many there are, and what became of those not carried.
        patients: PatientChanges,
        /// Who said so, in words.
        note: String,
    },
    /// Write a note on an incident.
    AddNote {
        /// Which incident.
        incident: IncidentId,
        /// The note.
        text: String,
    },
    /// Send vehicles: one task each, all or none.
    DispatchVehicles {
        /// Which incident.
        incident: IncidentId,
        /// Which vehicles; at least one, none twice.
        vehicles: Vec<VehicleId>,
        /// What the ranking had offered, for the record.
        offer: Option<OfferRecord>,
    },
    /// Take a vehicle from its running task to another incident.
    DivertVehicle {
        /// Which vehicle.
        vehicle: VehicleId,
        /// Where to.
        to_incident: IncidentId,
        /// Why.
        reason: Reasoned<DivertReason>,
        /// True when the sender was told what stands against it (a crew out of touch, or at the
        /// scene) and means it.
        confirmed: bool,
    },
    /// The terminal has the order on its screen.
    RecordDeviceReceipt {
        /// Which task.
        task: TaskId,
    },
    /// Send an order again that no terminal has received.
    ResendOrder {
        /// Which task.
        task: TaskId,
    },
    /// An order's time has run out and nobody has received it. Given by a rule, never by a person.
    LapseOrder {
        /// Which task.
        task: TaskId,
    },
    /// The crew has seen what changed in its order; from a person: it was told by radio.
    AcknowledgeOrderChange {
        /// Which task.
        task: TaskId,
        /// Every change up to this journal version.
        through: u64,
    },
    /// A milestone was pressed (`OrderReceived` is the crew's acknowledgement).
    RecordMilestone {
        /// Which task.
        task: TaskId,
        /// Which milestone; not `Created`.
        milestone: Milestone,
        /// What was told with it.
        details: MilestoneDetails,
    },
    /// Write a milestone's true time as a second entry; the first stays in the journal.
    CorrectMilestone {
        /// Which task.
        task: TaskId,
        /// Which milestone.
        milestone: Milestone,
        /// When it truly was.
        truly_at: Timestamp,
        /// Why, in words.
        note: String,
    },
    /// Put right what was told along with a task's milestones: hospital, kilometres, patients.
    CorrectDetails {
        /// Which task.
        task: TaskId,
        /// What changes.
        changes: Box<DetailChanges>,
        /// Why, in words.
        note: String,
    },
    /// Take back the last milestone pressed by mistake; a second entry, not a deletion.
    UndoMilestone {
        /// Which task.
        task: TaskId,
        /// The milestone to take back: the latest one of the task.
        milestone: Milestone,
    },
    /// End a task before its normal end.
    AbortTask {
        /// Which task.
        task: TaskId,
        /// Why.
        reason: Reasoned<AbortReason>,
        /// True when the sender was told what stands against it (a crew out of touch, or at the
        /// scene) and means it.
        confirmed: bool,
    },
    /// Make a vehicle unavailable for a while.
    PauseVehicle {
        /// Which vehicle.
        vehicle: VehicleId,
        /// Why.
        reason: Reasoned<PauseReason>,
    },
    /// End a pause.
    ResumeVehicle {
        /// Which vehicle.
        vehicle: VehicleId,
    },
    /// Take a vehicle off duty.
    GoOffDuty {
        /// Which vehicle.
        vehicle: VehicleId,
    },
    /// Bring a vehicle on duty, at its station.
    GoOnDuty {
        /// Which vehicle.
        vehicle: VehicleId,
    },
    /// An available vehicle on the road is back at its station.
    ReturnToStation {
        /// Which vehicle.
        vehicle: VehicleId,
    },
    /// Name the crew of a vehicle.
    AssignCrew {
        /// Which vehicle.
        vehicle: VehicleId,
        /// The crew; may be empty.
        crew: Vec<CrewMember>,
    },
    /// Hand a free vehicle over to another centre: lending it, or giving it back.
    LendVehicle {
        /// Which vehicle.
        vehicle: VehicleId,
        /// To whom.
        to: CentreId,
        /// Why, in words; may be empty.
        note: String,
    },
    /// Take over a vehicle that another centre handed over.
    TakeOverVehicle {
        /// The hand-over being completed.
        transfer: Box<VehicleTransfer>,
    },
    /// Strike a completed hand-over from the giving centre's list.
    ConfirmHandOver {
        /// Which vehicle.
        vehicle: VehicleId,
        /// Its hand-over number.
        number: u64,
    },
    /// The crew calls for help.
    RaiseSos {
        /// Which vehicle.
        vehicle: VehicleId,
    },
    /// A dispatcher has dealt with a call for help.
    ClearSos {
        /// Which vehicle.
        vehicle: VehicleId,
        /// What was done, in words.
        note: String,
    },
    /// Write into a vehicle's log.
    LogVehicle {
        /// Which vehicle.
        vehicle: VehicleId,
        /// What is written.
        entry: VehicleLogEntry,
    },
    /// Look through a camera of a vehicle.
    WatchCamera {
        /// Which vehicle.
        vehicle: VehicleId,
        /// Which of its cameras, from 1.
        channel: u8,
    },
    /// Words between a dispatcher and a crew, written or read.
    Message {
        /// Which vehicle.
        vehicle: VehicleId,
        /// What is done with words.
        act: MessageAct,
    },
    /// Settle a crew's report that contradicts what the centre did.
    SettleCrewReport {
        /// Which vehicle.
        vehicle: VehicleId,
        /// Keep the patient: the task goes on, its incident is open again. Otherwise the press was wrong.
        keep: bool,
        /// What was done, in words.
        note: String,
    },
    /// A dispatcher has seen to the refused presses of a crew.
    SeeRefusedPresses {
        /// Which vehicle.
        vehicle: VehicleId,
    },
    /// Give a vehicle at a hospital its next order; it becomes a task as the crew finishes.
    GiveFollowOn {
        /// Which vehicle.
        vehicle: VehicleId,
        /// For which incident.
        incident: IncidentId,
    },
    /// The crew has seen its next order.
    AcknowledgeFollowOn {
        /// Which vehicle.
        vehicle: VehicleId,
        /// For which incident.
        incident: IncidentId,
    },
    /// Take back a next order.
    WithdrawFollowOn {
        /// Which vehicle.
        vehicle: VehicleId,
    },
    /// Have the centre advised of moves, or not.
    SetMoveAdvice {
        /// Whether it is advised.
        advice: MoveAdvice,
    },
    /// The server found a move that would cover more; its number is given as it is recorded.
    SuggestMove {
        /// What is suggested.
        suggestion: Box<MoveSuggestion>,
    },
    /// The server found that a suggestion no longer holds.
    EndSuggestion {
        /// For which vehicle.
        vehicle: VehicleId,
        /// Which suggestion.
        number: u64,
        /// Why: never an answer of a person.
        end: SuggestionEnd,
    },
    /// Accept a suggested move: the vehicle is given it.
    AcceptMove {
        /// Which vehicle.
        vehicle: VehicleId,
        /// Which suggestion.
        number: u64,
    },
    /// Ignore a suggested move.
    IgnoreMove {
        /// Which vehicle.
        vehicle: VehicleId,
        /// Which suggestion.
        number: u64,
        /// Why.
        reason: Reasoned<MoveIgnoreReason>,
    },
    /// Have a free vehicle wait at another station.
    GiveMove {
        /// Which vehicle.
        vehicle: VehicleId,
        /// At which station.
        station: StationId,
    },
    /// The crew has seen where it is to wait and sets out.
    AcknowledgeMove {
        /// Which vehicle.
        vehicle: VehicleId,
        /// At which station it is to wait.
        station: StationId,
    },
    /// Take back a move; the vehicle stays where it is.
    WithdrawMove {
        /// Which vehicle.
        vehicle: VehicleId,
    },
    /// A vehicle's positions show that it arrived, stands, left the region or drives too fast, or that this is over.
    NoteMovement {
        /// Which vehicle.
        vehicle: VehicleId,
        /// What was seen.
        movement: Movement,
        /// Since when, by the satellites' time.
        since: Timestamp,
        /// True when it is over.
        over: bool,
    },
    /// The server noticed trouble with a vehicle's terminal.
    NoteTerminalTrouble {
        /// Which vehicle.
        vehicle: VehicleId,
        /// What.
        trouble: TerminalTrouble,
    },
    /// Put a vehicle of the region's data into service at its home centre.
    EnrolVehicle {
        /// Which vehicle.
        vehicle: VehicleId,
        /// What it is.
        record: VehicleRecord,
    },
    /// The region's data of a vehicle changed.
    AmendVehicle {
        /// Which vehicle.
        vehicle: VehicleId,
        /// What it is now.
        record: VehicleRecord,
    },
    /// Take a vehicle out of service for good.
    RetireVehicle {
        /// Which vehicle.
        vehicle: VehicleId,
    },
    /// Go on at the right time after a clock that was ahead.
    CorrectClock,
    /// Write down that the journal was found set back.
    RecordSetBack {
        /// From where to where.
        set_back: SetBack,
    },
}
