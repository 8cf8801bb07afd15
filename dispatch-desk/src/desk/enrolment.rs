//! Vehicles entering service as the region's data says, and leaving it as a person says.

use super::envelope::{CommandEnvelope, CommandError};
use super::handle::Desk;
use super::published::States;
use super::task::ACTS_PER_COMMIT;
use dispatch_core::model::*;
use futures_util::future::join_all;
use std::collections::BTreeMap;

/// The rule named as origin of what is done here.
const RULE: &str = "region_data";

/// What was done about which vehicles are in service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EnrolmentReport {
    /// Vehicles that entered service.
    pub enrolled: u32,
    /// Vehicles whose data changed.
    pub amended: u32,
    /// Vehicles that left service.
    pub retired: u32,
    /// What the rules refused; it comes up again at the next start.
    pub refused: Vec<Rejection>,
    /// True when nothing was done because a centre stands still; it comes up again at the next start.
    pub postponed: bool,
}

impl Desk {
    /// Compares the region's vehicles with the state: enrols the new at their home centre, amends the
    /// changed where they are. One that is missing stays in service, and a vehicle on its way between two centres is
    /// left alone. Doing it twice changes nothing. While a centre stands still nothing is done at all: where its vehicles
    /// are cannot be told, and one that it has lent would be enrolled a second time.
    ///
    /// # Errors
    /// When the store fails; what was done until then stays done.
    pub async fn enrol(
        &self,
        vehicles: Vec<(VehicleId, VehicleRecord)>,
    ) -> Result<EnrolmentReport, CommandError> {
        let mut report = EnrolmentReport::default();
        if let Some(centre) = self.troubles().borrow().keys().next() {
            tracing::warn!(%centre, "vehicles of the region folder are not taken over: a centre stands still");
            report.postponed = true;
            return Ok(report);
        }
        let commands = self.read_all(|states| plan(states, vehicles));
        for some in commands.chunks(ACTS_PER_COMMIT) {
            let now = self.clock.now();
            let commands = some.iter().map(|(centre, command)| {
                self.execute(CommandEnvelope::automatic(centre.clone(), command.clone(), RULE, now))
            });
            for ((_, command), answer) in some.iter().zip(join_all(commands).await) {
                report.count(command, answer.map(|_| ()))?;
            }
        }
        Ok(report)
    }

    /// Takes vehicles out of service for good, because this person says so; one that is on a task or with another
    /// centre is refused.
    ///
    /// # Errors
    /// When the store fails; what was done until then stays done.
    pub async fn retire(
        &self,
        vehicles: &[VehicleId],
        by: &PersonId,
    ) -> Result<EnrolmentReport, CommandError> {
        let mut report = EnrolmentReport::default();
        for vehicle in vehicles {
            let command = Command::RetireVehicle { vehicle: vehicle.clone() };
            let Some(centre) = self.centre_of_vehicle(vehicle) else {
                report.refused.push(Rejection::UnknownVehicle { vehicle: vehicle.clone() });
                continue;
            };
            let origin = Origin::Person { person: by.clone() };
            let envelope = CommandEnvelope {
                centre,
                command: command.clone(),
                made_at: self.clock.now(),
                terminal: None,
                origin,
                vehicle_online: None,
                command_id: None,
                confirmed: Vec::new(),
            };
            report.count(&command, self.execute(envelope).await.map(|_| ()))?;
        }
        Ok(report)
    }
}

impl EnrolmentReport {
    fn count(
        &mut self,
        command: &Command,
        answer: Result<(), CommandError>,
    ) -> Result<(), CommandError> {
        match answer {
            Ok(()) if matches!(command, Command::EnrolVehicle { .. }) => self.enrolled += 1,
            Ok(()) if matches!(command, Command::RetireVehicle { .. }) => self.retired += 1,
            Ok(()) => self.amended += 1,
            // Another server that started at the same time was first.
            Err(CommandError::Rejected(Rejection::AlreadyHere { .. }))
                if matches!(command, Command::EnrolVehicle { .. }) => {}
            Err(CommandError::Rejected(rejection)) => self.refused.push(rejection),
            Err(
                error @ (CommandError::UnknownCentre(_)
                | CommandError::Barred(_)
                | CommandError::NotTheirs(_)
                | CommandError::Busy
                | CommandError::NotRecorded(_)
                | CommandError::Stopping),
            ) => return Err(error),
        }
        Ok(())
    }
}

fn plan(states: &States, vehicles: Vec<(VehicleId, VehicleRecord)>) -> Vec<(CentreId, Command)> {
    let mut region: BTreeMap<VehicleId, VehicleRecord> = vehicles.into_iter().collect();
    let mut commands = Vec::new();
    for state in states.values() {
        for vehicle in state.transfers_out.keys() {
            region.remove(vehicle);
        }
    }
    for state in states.values() {
        for (vehicle, known) in &state.vehicles {
            let vehicle = vehicle.clone();
            match region.remove(&vehicle) {
                Some(record) if record == known.record => {}
                Some(record) => {
                    commands
                        .push((state.centre.clone(), Command::AmendVehicle { vehicle, record }));
                }
                // A row may be missing by mistake; a vehicle leaves service by a person's word alone.
                None => {}
            }
        }
    }
    commands.extend(region.into_iter().map(|(vehicle, record)| {
        (record.home_centre.clone(), Command::EnrolVehicle { vehicle, record })
    }));
    commands
}
