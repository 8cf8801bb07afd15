//! One act from the request to the desk's answer.

use super::answer::refusal_of;
use super::check::{Checks, id, moment};
use super::command::{Ordered, vehicles_of};
use crate::desk::{Act, Done, Lending};
use crate::http::{Parts, Refusal};
use dispatch_core::model::{CentreId, Origin, PersonId, VehicleId};
use dispatch_core::{CentreState, Limits};
use wire_protocol::acts::ActRequest;

/// Does what a person asked for at a centre they may act for. Returns once it is durable.
///
/// # Errors
/// A field that is wrong, what the rules refuse, or that it could not be recorded.
pub async fn carry_out(
    parts: &Parts,
    person: PersonId,
    centre: CentreId,
    request: ActRequest,
) -> Result<Done, Refusal> {
    let checks = Checks { region: &parts.region, limits: Limits::default() };
    let act_id = Some(id("act_id", &request.act_id)?);
    let made_at = moment("made_at", request.made_at)?;
    let origin = Origin::Person { person };
    let done = match checks.command(request.command)? {
        Ordered::Lend { vehicle, to } => {
            // Only what belongs to the centre acted for may be given away.
            parts.desk.read(&centre, |state| must_have(state, &vehicle)).transpose()?;
            let vehicle_online = Some(parts.live.is_online(&vehicle));
            let lending = Lending { vehicle, to, made_at, origin, vehicle_online, act_id };
            parts.desk.lend(lending).await
        }
        Ordered::Act(command) => {
            let command = *command;
            let of_task = |task: &_| {
                let found = parts
                    .desk
                    .read(&centre, |state| state.task(task).map(|(_, task)| task.vehicle.clone()));
                found.flatten()
            };
            let of_incident = |incident: &_| {
                let serving = |state: &CentreState| {
                    let found = state.incidents.get(incident)?;
                    Some(found.running_tasks().map(|task| task.vehicle.clone()).collect())
                };
                parts.desk.read(&centre, serving).flatten().unwrap_or_default()
            };
            let vehicles = vehicles_of(&command, of_task, of_incident);
            let online = |vehicle: &VehicleId| parts.live.is_online(vehicle);
            let vehicle_online = (!vehicles.is_empty()).then(|| vehicles.iter().all(online));
            parts.desk.act(Act { centre, command, made_at, origin, vehicle_online, act_id }).await
        }
    };
    done.map_err(refusal_of)
}

/// A vehicle that is with the centre, or that it gave away just now (a repeat of the same act).
fn must_have(state: &CentreState, vehicle: &VehicleId) -> Result<(), Refusal> {
    if state.vehicles.contains_key(vehicle) || state.lent_to(vehicle).is_some() {
        return Ok(());
    }
    let unknown = dispatch_core::model::Rejection::UnknownVehicle { vehicle: vehicle.clone() };
    Err(super::answer::rejection_refusal(&unknown))
}
