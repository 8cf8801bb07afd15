//! The whole of one centre.

use super::{
    CommandMemory, Incident, MoveUp, OutboxStanding, OverMemory, Retired, Stay, Stays, Task,
    TransferMemory, Vehicle, outboxes,
};
use crate::model::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The newest set-back of a centre's journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastSetBack {
    /// From where to where.
    pub found: SetBack,
    /// When it was recorded.
    pub at: Timestamp,
}

/// Everything one centre knows after `version` events. Two folds of one journal are equal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CentreState {
    /// Which centre.
    pub centre: CentreId,
    /// The number of the last event applied; 0 before the first.
    pub version: u64,
    /// When that event was recorded: the time this journal has reached.
    pub recorded_at: Timestamp,
    /// Open incidents, and those over for less than [`super::KEEP_OVER_SECONDS`].
    pub incidents: BTreeMap<IncidentId, Incident>,
    /// The vehicles that belong to this centre now, lent ones of other centres included.
    pub vehicles: BTreeMap<VehicleId, Vehicle>,
    /// Vehicles that left and whose new centre has not yet confirmed.
    pub transfers_out: BTreeMap<VehicleId, VehicleTransfer>,
    /// Whether and how the centre is advised of moves.
    #[serde(default)]
    pub move_up: MoveUp,
    /// The newest set-back of the journal, if it ever was set back.
    pub set_back: Option<LastSetBack>,
    /// How many incidents were ever opened; the next is numbered one more.
    pub(crate) incidents_opened: u64,
    #[serde(rename = "acts")]
    pub(crate) commands: CommandMemory,
    pub(crate) over: OverMemory,
    pub(crate) transfers: TransferMemory,
    #[serde(default)]
    pub(crate) retired: Retired,
    pub(crate) stays: Stays,
}

impl CentreState {
    /// A centre before its first event.
    pub fn new(centre: CentreId) -> Self {
        Self {
            centre,
            version: 0,
            recorded_at: Timestamp::default(),
            incidents: BTreeMap::new(),
            vehicles: BTreeMap::new(),
            transfers_out: BTreeMap::new(),
            move_up: MoveUp::default(),
            set_back: None,
            incidents_opened: 0,
            commands: CommandMemory::default(),
            over: OverMemory::default(),
            transfers: TransferMemory::default(),
            retired: Retired::default(),
            stays: Stays::default(),
        }
    }

    /// A task and its incident, found by the task's number.
    pub fn task(&self, task: &TaskId) -> Option<(&Incident, &Task)> {
        let incident = self.incidents.get(task.incident()?)?;
        incident.tasks.iter().find(|t| t.id == *task).map(|t| (incident, t))
    }

    /// A vehicle's state; nothing when it does not belong to this centre now.
    pub fn vehicle_state(&self, vehicle: &VehicleId) -> Option<VehicleState> {
        self.vehicles.get(vehicle).map(Vehicle::state)
    }

    /// When a vehicle belonged to this centre, oldest first; also of one that left or retired.
    pub fn stays(&self, vehicle: &VehicleId) -> impl Iterator<Item = Stay> + '_ {
        self.stays.of(vehicle)
    }

    /// The incident a vehicle is on and its running task there.
    pub fn running_task_of(&self, vehicle: &VehicleId) -> Option<(&Incident, &Task)> {
        self.task_run_by(self.vehicles.get(vehicle)?)
    }

    /// The same of a vehicle of this centre that was looked up already, for who asks about a whole fleet.
    pub fn task_run_by(&self, vehicle: &Vehicle) -> Option<(&Incident, &Task)> {
        self.task(vehicle.running_task()?)
    }

    /// Incidents that are not over, in order of their number as text.
    pub fn open_incidents(&self) -> impl Iterator<Item = &Incident> {
        self.incidents.values().filter(|incident| !incident.stage.is_over())
    }

    /// The centre to which a vehicle of this centre was last handed over, while it is away.
    pub fn lent_to(&self, vehicle: &VehicleId) -> Option<&CentreId> {
        self.transfers.away.get(vehicle)
    }

    /// Whether a command of a person is recorded here under this name, and still remembered.
    pub fn knows_command(&self, command: &CommandId) -> bool {
        self.commands.knows(command)
    }

    /// Whether a vehicle left service here, and was not enrolled again.
    pub fn has_retired(&self, vehicle: &VehicleId) -> bool {
        self.retired.record(vehicle).is_some()
    }

    /// How far the commands of a vehicle's outboxes are recorded here, in service or not; nothing for one that was
    /// never here.
    pub(crate) fn outboxes_of(&self, vehicle: &VehicleId) -> Option<&[OutboxMark]> {
        let here = self.vehicles.get(vehicle).map(|vehicle| &*vehicle.outboxes);
        here.or_else(|| self.retired.outboxes(vehicle))
    }

    /// The highest command number recorded from an outbox of a vehicle, in service or not; 0 when none was.
    pub fn commands_recorded(&self, vehicle: &VehicleId, outbox: &OutboxId) -> u64 {
        self.outboxes_of(vehicle).map_or(0, |marks| outboxes::commands_recorded(marks, outbox))
    }

    /// Whether this press of a vehicle, in service or not, is recorded here, by the name its sender gave it.
    pub fn has_recorded(
        &self,
        vehicle: &VehicleId,
        outbox: &OutboxId,
        number: u64,
        name: &CommandId,
    ) -> bool {
        let standing = |marks| outboxes::standing(marks, outbox, number, Some(name));
        let found = self.outboxes_of(vehicle).map(standing);
        matches!(found, Some(OutboxStanding::Recorded | OutboxStanding::RecordedElsewhere))
    }

    /// How often the journal was set back so far.
    pub fn incarnation(&self) -> u64 {
        self.set_back.as_ref().map_or(0, |last| last.found.incarnation)
    }

    /// After a set-back the plain numbers may have been given to emergencies that are lost.
    pub(crate) fn next_incident_id(&self) -> IncidentId {
        let (centre, number) = (&self.centre, self.incidents_opened + 1);
        IncidentId::new(match self.incarnation() {
            0 => format!("{centre}-{number}"),
            incarnation => format!("{centre}-{number}r{incarnation}"),
        })
    }

    /// A task to change, and beside it where its incident notes its last change.
    pub(crate) fn task_mut(&mut self, task: &TaskId) -> Option<(&mut u64, &mut Task)> {
        let incident = self.incidents.get_mut(task.incident()?)?;
        let found = incident.tasks.iter_mut().find(|t| t.id == *task)?;
        Some((&mut incident.last_version, found))
    }
}
