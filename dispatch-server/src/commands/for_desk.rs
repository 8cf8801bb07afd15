//! A checked command as the desk takes it: with who sends it, and whether the vehicles it is about are online.

use super::command::ReadCommand;
use super::read::CheckedCommand;
use dispatch_core::model::{CentreId, Origin, PersonId, VehicleId};
use dispatch_core::{CentreState, vehicles_of};
use dispatch_desk::desk::{CommandEnvelope, Desk, Lending};

/// What the desk is asked.
#[derive(Debug)]
pub enum ForDesk {
    /// A vehicle goes to another centre, from whichever has it.
    Lend(Lending),
    /// Anything else, at one centre.
    AtCentre(Box<CommandEnvelope>),
}

impl CheckedCommand {
    /// The command of this person at a centre. Vehicles are looked up as the desk shows them now.
    pub fn for_desk(
        self,
        desk: &Desk,
        centre: CentreId,
        person: PersonId,
        is_online: impl Fn(&VehicleId) -> bool,
    ) -> ForDesk {
        let Self { command_id, made_at, confirmed, command } = self;
        let (command_id, origin) = (Some(command_id), Origin::Person { person });
        match command {
            ReadCommand::Lend { vehicle, to, note } => {
                let vehicle_online = Some(is_online(&vehicle));
                ForDesk::Lend(Lending {
                    vehicle,
                    to,
                    note,
                    made_at,
                    origin,
                    vehicle_online,
                    command_id,
                })
            }
            ReadCommand::AtCentre(command) => {
                let command = *command;
                let vehicles = |state: &CentreState| vehicles_of(state, &command);
                let vehicles = desk.read(&centre, vehicles).unwrap_or_default();
                let vehicle_online = (!vehicles.is_empty()).then(|| vehicles.iter().all(is_online));
                ForDesk::AtCentre(Box::new(CommandEnvelope {
                    centre,
                    command,
                    made_at,
                    terminal: None,
                    origin,
                    vehicle_online,
                    command_id,
                    confirmed,
                }))
            }
        }
    }
}
