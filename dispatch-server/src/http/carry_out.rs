//! One act from the request to the desk's answer.

use super::app::App;
use crate::acts::{CheckedAct, Ordered, read_act, refusal_of};
use crate::refusal::Refusal;
use dispatch_core::model::{CentreId, Origin, PersonId, VehicleId};
use dispatch_core::{CentreState, vehicles_of};
use dispatch_desk::desk::{Act, Bar, Done, Lending};
use wire_protocol::acts::ActRequest;

/// Who sends an act, and what they may do.
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
pub(super) async fn carry_out(
    app: &App,
    sender: Sender<'_>,
    centre: CentreId,
    request: ActRequest,
) -> Result<Done, Refusal> {
    let CheckedAct { act_id, made_at, confirmed, command } = read_act(&app.region, request)?;
    let act_id = Some(act_id);
    let origin = Origin::Person { person: sender.person };
    let done = match command {
        Ordered::Lend { vehicle, to, note } => {
            let vehicle_online = Some(app.fleet.is_online(&vehicle));
            let lending = Lending { vehicle, to, note, made_at, origin, vehicle_online, act_id };
            app.desk.lend_from(lending, sender.acts_for).await
        }
        Ordered::Act(command) => {
            let command = *command;
            let vehicles = |state: &CentreState| vehicles_of(state, &command);
            let vehicles = app.desk.read(&centre, vehicles).unwrap_or_default();
            let online = |vehicle: &VehicleId| app.fleet.is_online(vehicle);
            let vehicle_online = (!vehicles.is_empty()).then(|| vehicles.iter().all(online));
            let terminal = None;
            let act = Act {
                centre,
                command,
                made_at,
                terminal,
                origin,
                vehicle_online,
                act_id,
                confirmed,
            };
            app.desk.act_unless(act, sender.bar).await
        }
    };
    done.map_err(refusal_of)
}
