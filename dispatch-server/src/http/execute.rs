//! One command from the request to the desk's answer.

use super::app::App;
use crate::api_error::ApiError;
use crate::commands::{CheckedCommand, ReadCommand, api_error_of, read_command};
use dispatch_core::model::{CentreId, Origin, PersonId, VehicleId};
use dispatch_core::{CentreState, vehicles_of};
use dispatch_desk::desk::{Bar, CommandEnvelope, Done, Lending};
use wire_protocol::commands::CommandRequest;

/// Who sends a command, and what they may do.
pub(super) struct Sender<'a> {
    /// Who.
    pub(super) person: PersonId,
    /// The centres they may act for.
    pub(super) acts_for: &'a [CentreId],
    /// What they may not do as things stand.
    pub(super) bar: Option<Bar>,
}

/// Does what a person asked for at a centre they may act for. Returns once it is durable.
///
/// # Errors
/// A field that is wrong, what the rules refuse, or that it could not be recorded.
pub(super) async fn execute(
    app: &App,
    sender: Sender<'_>,
    centre: CentreId,
    request: CommandRequest,
) -> Result<Done, ApiError> {
    let CheckedCommand { command_id, made_at, confirmed, command } =
        read_command(&app.region, request)?;
    let command_id = Some(command_id);
    let origin = Origin::Person { person: sender.person };
    let done = match command {
        ReadCommand::Lend { vehicle, to, note } => {
            let vehicle_online = Some(app.fleet.is_online(&vehicle));
            let lending =
                Lending { vehicle, to, note, made_at, origin, vehicle_online, command_id };
            app.desk.lend_from(lending, sender.acts_for).await
        }
        ReadCommand::AtCentre(command) => {
            let command = *command;
            let vehicles = |state: &CentreState| vehicles_of(state, &command);
            let vehicles = app.desk.read(&centre, vehicles).unwrap_or_default();
            let online = |vehicle: &VehicleId| app.fleet.is_online(vehicle);
            let vehicle_online = (!vehicles.is_empty()).then(|| vehicles.iter().all(online));
            let terminal = None;
            let envelope = CommandEnvelope {
                centre,
                command,
                made_at,
                terminal,
                origin,
                vehicle_online,
                command_id,
                confirmed,
            };
            app.desk.execute_unless(envelope, sender.bar).await
        }
    };
    done.map_err(api_error_of)
}
