//! Lending a vehicle: hand over in one journal, take over in the other, confirm in the first.
//!
//! The desk writes all three in one transaction. A hand-over that is open all the same (another kind of
//! store, another release) is completed at start; each step changes nothing when it is done twice.

use super::batch::Decided;
use super::envelope::{CommandEnvelope, CommandError, Done};
use super::handle::Desk;
use super::published::States;
use dispatch_core::Rules;
use dispatch_core::model::*;

/// The rule named as origin of the two later steps.
const RULE: &str = "hand_over";

/// A wish to lend a vehicle, or to give it back.
#[derive(Clone, Debug, PartialEq)]
pub struct Lending {
    /// Which vehicle.
    pub vehicle: VehicleId,
    /// To which centre; its home centre gives it back.
    pub to: CentreId,
    /// Why, in words; may be empty.
    pub note: String,
    /// When the key was pressed, by the presser's clock.
    pub made_at: Timestamp,
    /// Who or what did it.
    pub origin: Origin,
    /// Whether the vehicle has a live link now.
    pub vehicle_online: Option<bool>,
    /// The sender's name for the command.
    pub command_id: Option<CommandId>,
}

impl Desk {
    /// Lends a vehicle from the centre it is with to another, whoever asks. When this returns, the other centre
    /// has it. A repeat with the same command id is answered as recorded before.
    ///
    /// # Errors
    /// As [`Desk::execute`]; an unknown vehicle is rejected as such.
    pub async fn lend(&self, lending: Lending) -> Result<Done, CommandError> {
        let everywhere: Vec<CentreId> = self.read_all(|states| states.keys().cloned().collect());
        self.lend_from(lending, &everywhere).await
    }

    /// As [`Self::lend`], if the vehicle is with one of the centres `may_give`.
    ///
    /// # Errors
    /// As [`Self::lend`], and [`CommandError::NotTheirs`] when another centre has it.
    pub async fn lend_from(
        &self,
        lending: Lending,
        may_give: &[CentreId],
    ) -> Result<Done, CommandError> {
        let Lending { vehicle, to, note, made_at, origin, vehicle_online, command_id } = lending;
        let recorded_at = command_id.as_ref().and_then(|id| self.centre_that_knows(id, may_give));
        let Some(centre) = recorded_at.or_else(|| self.centre_of_vehicle(&vehicle)) else {
            return Err(CommandError::Rejected(Rejection::UnknownVehicle { vehicle }));
        };
        // Whoever gave it away, or gave it back, has no more say in where it goes.
        if !may_give.contains(&centre) {
            return Err(CommandError::NotTheirs(centre));
        }
        let command = Command::LendVehicle { vehicle, to, note };
        let confirmed = Vec::new();
        let terminal = None;
        self.execute(CommandEnvelope {
            centre,
            command,
            made_at,
            terminal,
            origin,
            vehicle_online,
            command_id,
            confirmed,
        })
        .await
    }

    /// Where a command is recorded already, so that a repeat is recognised there, wherever the vehicle is by now.
    fn centre_that_knows(&self, command_id: &CommandId, among: &[CentreId]) -> Option<CentreId> {
        let knows = |centre: &&CentreId| {
            self.read(centre, |state| state.knows_command(command_id)) == Some(true)
        };
        among.iter().find(knows).cloned()
    }
}

/// The hand-overs that this batch makes.
pub(super) fn made_by(decided: &Decided) -> Vec<VehicleTransfer> {
    let events = decided.events.values().flatten();
    events.filter_map(|recorded| match_hand_over(&recorded.event)).cloned().collect()
}

/// The hand-overs that nobody has confirmed.
pub(super) fn open_in(states: &States) -> Vec<VehicleTransfer> {
    states.values().flat_map(|state| state.transfers_out.values().cloned()).collect()
}

/// Adds to the batch what completes these hand-overs.
pub(super) fn complete(
    transfers: Vec<VehicleTransfer>,
    decided: &mut Decided,
    states: &mut States,
    rules: &Rules,
    now: Timestamp,
) {
    for transfer in transfers {
        let (vehicle, number) = (transfer.vehicle.clone(), transfer.number);
        let (from, to) = (transfer.from.clone(), transfer.to.clone());
        let take = CommandEnvelope::automatic(
            to,
            Command::TakeOverVehicle { transfer: Box::new(transfer) },
            RULE,
            now,
        );
        let confirm = Command::ConfirmHandOver { vehicle: vehicle.clone(), number };
        let confirm = CommandEnvelope::automatic(from, confirm, RULE, now);
        let completed = decided
            .decide(states, rules, &take, now)
            .and_then(|_| decided.decide(states, rules, &confirm, now));
        if let Err(error) = completed {
            tracing::error!(%vehicle, number, %error, "a hand-over cannot be completed");
        }
    }
}

fn match_hand_over(event: &Event) -> Option<&VehicleTransfer> {
    if let Event::VehicleHandedOver { transfer } = event { Some(transfer) } else { None }
}
