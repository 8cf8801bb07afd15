//! Bringing the centres' vehicles in line with the region's data at start.

use super::act::{Act, ActError};
use super::handle::Desk;
use super::published::States;
use super::task::ACTS_PER_COMMIT;
use dispatch_core::model::*;
use futures_util::future::join_all;
use std::collections::BTreeMap;

/// The rule named as origin of what is done here.
const RULE: &str = "region_data";

/// What an enrolment did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EnrolmentReport {
    /// Vehicles that entered service.
    pub enrolled: u32,
    /// Vehicles whose data changed.
    pub amended: u32,
    /// Vehicles that left service.
    pub retired: u32,
    /// What the rules refused, e.g. to retire a vehicle that is on a task; it comes up again at the
    /// next start.
    pub refused: Vec<Rejection>,
}

impl Desk {
    /// Compares the region's vehicles with the state: enrols the new at their home centre, amends the
    /// changed where they are, retires the missing unless they are on a task or lent. A vehicle on its way between
    /// two centres is left alone. Doing it twice changes nothing.
    ///
    /// # Errors
    /// When the store fails; what was done until then stays done.
    pub async fn enrol(
        &self,
        vehicles: Vec<(VehicleId, VehicleRecord)>,
    ) -> Result<EnrolmentReport, ActError> {
        let commands = self.read_all(|states| plan(states, vehicles));
        let mut report = EnrolmentReport::default();
        for some in commands.chunks(ACTS_PER_COMMIT) {
            let now = self.clock.now();
            let acts = some.iter().map(|(centre, command)| {
                self.act(Act::automatic(centre.clone(), command.clone(), RULE, now))
            });
            for ((_, command), answer) in some.iter().zip(join_all(acts).await) {
                report.count(command, answer.map(|_| ()))?;
            }
        }
        Ok(report)
    }
}

impl EnrolmentReport {
    fn count(&mut self, command: &Command, answer: Result<(), ActError>) -> Result<(), ActError> {
        match answer {
            Ok(()) if matches!(command, Command::EnrolVehicle { .. }) => self.enrolled += 1,
            Ok(()) if matches!(command, Command::RetireVehicle { .. }) => self.retired += 1,
            Ok(()) => self.amended += 1,
            // Another server that started at the same time was first.
            Err(ActError::Rejected(Rejection::AlreadyHere { .. }))
                if matches!(command, Command::EnrolVehicle { .. }) => {}
            Err(ActError::Rejected(rejection)) => self.refused.push(rejection),
            Err(
                error @ (ActError::UnknownCentre(_)
                | ActError::Busy
                | ActError::NotRecorded(_)
                | ActError::Stopping),
            ) => return Err(error),
        }
        Ok(())
    }
}

fn plan(states: &States, vehicles: Vec<(VehicleId, VehicleRecord)>) -> Vec<(CentreId, Command)> {
    let mut region: BTreeMap<VehicleId, VehicleRecord> = vehicles.into_iter().collect();
    let mut commands = Vec::new();
    for state in states.values() {
        for vehicle in state.hand_overs_out.keys() {
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
                // It comes up again at the next start after its task or its return.
                None if known.running_task().is_some() => {}
                None if known.record.home_centre != state.centre => {}
                None => commands.push((state.centre.clone(), Command::RetireVehicle { vehicle })),
            }
        }
    }
    commands.extend(region.into_iter().map(|(vehicle, record)| {
        (record.home_centre.clone(), Command::EnrolVehicle { vehicle, record })
    }));
    commands
}
