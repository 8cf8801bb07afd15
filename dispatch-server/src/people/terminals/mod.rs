//! Gateways with one key for many vehicles, and the terminals bound to vehicles: a gateway speaks for the vehicles of
//! the terminals that are bound to it, and for no other.

mod check;
mod table;

pub(super) use table::GatewayTable;

use super::keys::KnownVehicle;
use super::token::{TokenHash, new_token};
use super::{Author, Change, KEYS_MOST, People, PeopleError, lock};
use check::{checked, checked_name, checked_number};
use dispatch_core::model::{CentreId, VehicleId};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::atomic::Ordering;
use wire_protocol::terminals::{
    BoundTerminal, GatewayReport, GatewayTerminals, GatewayView, MOST_UNKNOWN, MOST_UNKNOWN_CHARS,
    TerminalToBind, UnknownTerminal,
};

/// Gateways there may be: a province has one or two.
const GATEWAYS_MOST: usize = 64;

impl People {
    /// Makes a gateway, or a new key for one; links made with the earlier key end. The text is given this once.
    ///
    /// # Errors
    /// [`PeopleError::BadField`] for a name that is none, [`PeopleError::TooMany`], [`PeopleError::Store`].
    pub async fn make_gateway_key(&self, name: &str, by: &Author) -> Result<String, PeopleError> {
        checked_name(name)?;
        let _one_at_a_time = self.inner.changes.lock().await;
        let gateways = self.inner.store.gateways().await?;
        if gateways.len() >= GATEWAYS_MOST && gateways.iter().all(|it| it.name != name) {
            return Err(PeopleError::TooMany);
        }
        let (key, hash) = new_token();
        let change = Change::now(self.now(), by, "gateway_key_made", name);
        let made = self.inner.store.set_gateway(name, &hash, self.now(), &change).await;
        self.taken_over(made).await?;
        Ok(key)
    }

    /// Removes a gateway; its links end, and its terminals stay bound for when it gets a key again. False when there
    /// was none.
    ///
    /// # Errors
    /// [`PeopleError::Store`].
    pub async fn remove_gateway(&self, name: &str, by: &Author) -> Result<bool, PeopleError> {
        let _one_at_a_time = self.inner.changes.lock().await;
        let change = Change::now(self.now(), by, "gateway_removed", name);
        let removed = self.inner.store.remove_gateway(name, &change).await;
        self.taken_over(removed).await
    }

    /// The gateways, and who called each and is not known.
    ///
    /// # Errors
    /// [`PeopleError::Store`].
    pub async fn gateways(&self) -> Result<Vec<GatewayView>, PeopleError> {
        Ok(self.inner.store.gateways().await?)
    }

    /// The bound terminals, by number.
    ///
    /// # Errors
    /// [`PeopleError::Store`].
    pub async fn terminals(&self) -> Result<Vec<BoundTerminal>, PeopleError> {
        Ok(self.inner.store.terminals(KEYS_MOST).await?)
    }

    /// Binds a terminal to a vehicle of this centre, or changes how it is bound; what it was bound to before loses its
    /// link, and `may` says whether it may be taken from there.
    ///
    /// # Errors
    /// [`PeopleError::BadField`] for what is none, [`PeopleError::UnknownGateway`], [`PeopleError::VehicleHasTerminal`],
    /// [`PeopleError::Busy`], [`PeopleError::Store`]; and those of `may`.
    pub async fn bind_terminal<E: From<PeopleError>>(
        &self,
        number: &str,
        asked: &TerminalToBind,
        by: &Author,
        centre: &CentreId,
        may: impl FnOnce(&BoundTerminal) -> Result<CentreId, E>,
    ) -> Result<BoundTerminal, E> {
        let number = checked_number(number)?;
        let binding = checked(asked)?;
        let _one_at_a_time = self.inner.changes.lock().await;
        if self.gateways().await?.iter().all(|it| it.name != binding.gateway) {
            return Err(PeopleError::UnknownGateway.into());
        }
        let terminals = self.terminals().await?;
        let before = terminals.iter().find(|it| it.number == number);
        before.map(may).transpose()?;
        let on_it = terminals.iter().find(|it| it.binding.vehicle == binding.vehicle);
        if let Some(other) = on_it.filter(|it| it.number != number) {
            return Err(PeopleError::VehicleHasTerminal { number: other.number.clone() }.into());
        }
        // The code is of number and rotation: on another vehicle the old one must not do.
        let moved = before.is_some_and(|it| it.binding.vehicle != binding.vehicle);
        let rotation = before.map_or(0, |it| it.rotation.saturating_add(u32::from(moved)));
        let bound_at = self.now().0;
        let terminal = BoundTerminal { number: number.clone(), binding, rotation, bound_at };
        let change = Change::now(self.now(), by, "terminal_bound", &number)
            .of(centre)
            .from_to(before.map(facts), Some(facts(&terminal)));
        self.change_terminal(before, &terminal, &change).await?;
        Ok(terminal)
    }

    /// Makes a terminal's code void: it has to register anew. `may` gives the centre of its vehicle.
    ///
    /// # Errors
    /// [`PeopleError::UnknownTerminal`], [`PeopleError::Busy`], [`PeopleError::Store`]; and those of `may`.
    pub async fn rotate_terminal<E: From<PeopleError>>(
        &self,
        number: &str,
        by: &Author,
        may: impl FnOnce(&BoundTerminal) -> Result<CentreId, E>,
    ) -> Result<BoundTerminal, E> {
        let _one_at_a_time = self.inner.changes.lock().await;
        let mut terminal = self.terminal(number).await?;
        let centre = may(&terminal)?;
        let before = terminal.clone();
        terminal.rotation = terminal.rotation.saturating_add(1);
        let change = Change::now(self.now(), by, "terminal_code_changed", &terminal.number)
            .of(&centre)
            .from_to(Some(facts(&before)), Some(facts(&terminal)));
        self.change_terminal(Some(&before), &terminal, &change).await?;
        Ok(terminal)
    }

    /// Unbinds a terminal, and gives it; its vehicle loses its link. `may` gives the centre of its vehicle.
    ///
    /// # Errors
    /// [`PeopleError::UnknownTerminal`], [`PeopleError::Busy`], [`PeopleError::Store`]; and those of `may`.
    pub async fn unbind_terminal<E: From<PeopleError>>(
        &self,
        number: &str,
        by: &Author,
        may: impl FnOnce(&BoundTerminal) -> Result<CentreId, E>,
    ) -> Result<BoundTerminal, E> {
        let _one_at_a_time = self.inner.changes.lock().await;
        let terminal = self.terminal(number).await?;
        let centre = may(&terminal)?;
        let change = Change::now(self.now(), by, "terminal_unbound", &terminal.number)
            .of(&centre)
            .from_to(Some(facts(&terminal)), None);
        let removed = self.inner.store.remove_terminal(&terminal, &change).await;
        self.first(removed).await?;
        Ok(terminal)
    }

    async fn terminal(&self, number: &str) -> Result<BoundTerminal, PeopleError> {
        let number = checked_number(number)?;
        let terminals = self.terminals().await?;
        terminals.into_iter().find(|it| it.number == number).ok_or(PeopleError::UnknownTerminal)
    }

    /// The gateway that shows this key.
    pub fn gateway_of_key(&self, key: &str) -> Option<String> {
        let hash = TokenHash::of(key)?;
        lock(&self.inner.gateways).gateway(&hash)
    }

    /// A vehicle that a gateway speaks for with its key; `None` if the key is nobody's or the gateway may not speak for
    /// the vehicle.
    pub fn vehicle_of_gateway(&self, key: &str, vehicle: &VehicleId) -> Option<KnownVehicle> {
        let hash = TokenHash::of(key)?;
        let table = lock(&self.inner.gateways);
        let key_changed = table.speaks_for(&table.gateway(&hash)?, vehicle)?;
        Some(KnownVehicle { vehicle: vehicle.clone(), key_changed })
    }

    /// Takes a gateway's report, and gives its terminals where it has others. A store that notes nothing just now keeps no
    /// gateway from its terminals.
    pub async fn gateway_reported(&self, gateway: &str, report: GatewayReport) -> GatewayTerminals {
        let unknown: Vec<_> =
            report.unknown.into_iter().take(MOST_UNKNOWN).map(within_bounds).collect();
        let unknown = json!(unknown).to_string();
        let software: String = report.software.chars().take(MOST_UNKNOWN_CHARS).collect();
        let noted = self.inner.store.gateway_heard(gateway, &software, &unknown, self.now()).await;
        if let Err(error) = noted {
            tracing::warn!(gateway, %error, "what a gateway told could not be noted");
        }
        let terminals = lock(&self.inner.gateways).terminals_of(gateway);
        let digest = Sha256::digest(json!(terminals).to_string().as_bytes());
        let revision: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let terminals = (revision != report.revision).then_some(terminals);
        GatewayTerminals { revision, terminals }
    }

    /// Reads all of it from the store, so that memory has what is there now.
    pub(super) async fn read_gateways(&self) -> Result<(), PeopleError> {
        // One at a time: what was read later is laid down later.
        let _one_at_a_time = self.inner.gateway_reading.lock().await;
        let due = &self.inner.gateways_due;
        due.store(true, Ordering::Relaxed);
        let gateways = self.inner.store.gateway_hashes().await?;
        let terminals = self.inner.store.readable_terminals(KEYS_MOST).await?;
        lock(&self.inner.gateways).take_all(gateways, terminals);
        due.store(false, Ordering::Relaxed);
        Ok(())
    }

    /// Reads it once more after a reading failed: who was unbound must not speak until the next start.
    pub(super) async fn read_gateways_if_due(&self) {
        if self.inner.gateways_due.load(Ordering::Relaxed)
            && let Err(failure) = self.read_gateways().await
        {
            tracing::warn!(%failure, "gateways and terminals could not be read; trying again");
        }
    }

    /// Takes over what the store holds after a change: of one that failed too, since nobody knows what is on the disk.
    async fn taken_over<T>(&self, written: sqlx::Result<T>) -> Result<T, PeopleError> {
        let read = self.read_gateways().await;
        let written = written?;
        read.map(|()| written)
    }

    /// Takes over what the store holds after a change that was only to be made to what had been looked at: whether it
    /// might be made was asked of that.
    async fn first(&self, written: sqlx::Result<bool>) -> Result<(), PeopleError> {
        // Changed at another server in this very moment; whoever may still change it tries again.
        if self.taken_over(written).await? { Ok(()) } else { Err(PeopleError::Busy) }
    }

    async fn change_terminal(
        &self,
        before: Option<&BoundTerminal>,
        after: &BoundTerminal,
        change: &Change,
    ) -> Result<(), PeopleError> {
        let written = self.inner.store.change_terminal(before, after, change).await;
        match self.first(written).await {
            // Bound at another server in the same moment.
            Err(PeopleError::Store(sqlx::Error::Database(error)))
                if error.is_unique_violation() =>
            {
                Err(PeopleError::VehicleHasTerminal { number: String::new() })
            }
            done => done,
        }
    }
}

fn facts(terminal: &BoundTerminal) -> Value {
    let TerminalToBind { vehicle, gateway, datum, keys, plate, terminal_id } = &terminal.binding;
    json!({
        "vehicle": vehicle,
        "gateway": gateway,
        "datum": datum,
        "keys": keys,
        "plate": plate,
        "terminal_id": terminal_id,
        "rotation": terminal.rotation,
    })
}

fn within_bounds(it: UnknownTerminal) -> UnknownTerminal {
    let short = |text: String| -> String { text.chars().take(MOST_UNKNOWN_CHARS).collect() };
    UnknownTerminal {
        number: short(it.number),
        from: short(it.from),
        registered_as: it.registered_as.map(short),
        ..it
    }
}
