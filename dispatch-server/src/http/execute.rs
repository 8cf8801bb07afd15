//! One command from the request to the desk's answer.

use super::app::App;
use crate::api_error::ApiError;
use crate::commands::{ForDesk, api_error_of, read_command};
use dispatch_core::model::{CentreId, PersonId, VehicleId};
use dispatch_desk::desk::{Bar, Done};
use wire_protocol::command_request::CommandRequest;

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
    let checked = read_command(&app.region, request)?;
    let is_online = |vehicle: &VehicleId| app.fleet.is_online(vehicle);
    let done = match checked.for_desk(&app.desk, centre, sender.person, is_online) {
        ForDesk::Lend(lending) => app.desk.lend_from(lending, sender.acts_for).await,
        ForDesk::AtCentre(envelope) => app.desk.execute_unless(*envelope, sender.bar).await,
    };
    done.map_err(api_error_of)
}
