//! What every server holds in memory of gateways and terminals: who speaks for whom, and what ends when that changes.

use crate::people::token::TokenHash;
use dispatch_core::model::VehicleId;
use std::collections::HashMap;
use tokio_util::sync::CancellationToken;
use wire_protocol::terminals::BoundTerminal;

/// The table. As large as there are bound terminals.
#[derive(Default)]
pub(in crate::people) struct GatewayTable {
    names: HashMap<TokenHash, String>,
    hashes: HashMap<String, TokenHash>,
    bound: HashMap<VehicleId, Bound>,
}

struct Bound {
    terminal: BoundTerminal,
    /// Cancelled when the terminal is unbound or bound in another way, or its gateway's key changes.
    valid: CancellationToken,
}

impl GatewayTable {
    /// Lays down everything as the store has it; links that rested on what is no more end.
    pub(in crate::people) fn take_all(
        &mut self,
        gateways: Vec<(String, TokenHash)>,
        terminals: Vec<BoundTerminal>,
    ) {
        let hashes: HashMap<String, TokenHash> = gateways.into_iter().collect();
        let mut before = std::mem::take(&mut self.bound);
        for terminal in terminals {
            let vehicle = VehicleId::from(terminal.binding.vehicle.as_str());
            let gateway = &terminal.binding.gateway;
            let is_same_key = self.hashes.get(gateway) == hashes.get(gateway);
            let valid = match before.remove(&vehicle) {
                Some(it) if is_same_key && it.terminal == terminal => it.valid,
                Some(it) => {
                    it.valid.cancel();
                    CancellationToken::new()
                }
                None => CancellationToken::new(),
            };
            self.bound.insert(vehicle, Bound { terminal, valid });
        }
        self.names = hashes.iter().map(|(name, hash)| (*hash, name.clone())).collect();
        self.hashes = hashes;
        before.into_values().for_each(|it| it.valid.cancel());
    }

    /// The gateway of a key.
    pub(in crate::people) fn gateway(&self, hash: &TokenHash) -> Option<String> {
        self.names.get(hash).cloned()
    }

    /// What ends a link of this vehicle through this gateway; `None` if the gateway may not speak for it.
    pub(in crate::people) fn speaks_for(
        &self,
        gateway: &str,
        vehicle: &VehicleId,
    ) -> Option<CancellationToken> {
        let bound = self.bound.get(vehicle)?;
        (bound.terminal.binding.gateway == gateway).then(|| bound.valid.clone())
    }

    /// The terminals of a gateway, by number.
    pub(in crate::people) fn terminals_of(&self, gateway: &str) -> Vec<BoundTerminal> {
        let bound = self.bound.values().map(|it| &it.terminal);
        let mut of: Vec<_> = bound.filter(|it| it.binding.gateway == gateway).cloned().collect();
        of.sort_by(|one, other| one.number.cmp(&other.number));
        of
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::token::new_token;
    use wire_protocol::terminals::{TerminalDatum, TerminalKeys, TerminalToBind};

    fn bound(number: &str, vehicle: &str, gateway: &str) -> BoundTerminal {
        let binding = TerminalToBind {
            vehicle: vehicle.to_owned(),
            gateway: gateway.to_owned(),
            datum: TerminalDatum::Wgs84,
            keys: TerminalKeys::Auto,
            plate: None,
            terminal_id: None,
        };
        BoundTerminal { number: number.to_owned(), binding, rotation: 0, bound_at: 1 }
    }

    #[test]
    fn a_link_ends_when_what_it_rests_on_changes_and_not_before() {
        let (north, south) = (new_token().1, new_token().1);
        let keys = vec![("north".to_owned(), north), ("south".to_owned(), south)];
        let (a, b) = (bound("1", "A", "north"), bound("2", "B", "south"));
        let mut table = GatewayTable::default();
        table.take_all(keys.clone(), vec![a.clone(), b.clone()]);
        assert_eq!(table.gateway(&north).as_deref(), Some("north"));
        assert!(table.speaks_for("north", &"B".into()).is_none(), "another gateway's vehicle");
        assert!(table.speaks_for("north", &"C".into()).is_none(), "nobody's vehicle");
        let (of_a, of_b) =
            (table.speaks_for("north", &"A".into()), table.speaks_for("south", &"B".into()));
        let (of_a, of_b) = (of_a.expect("its own"), of_b.expect("its own"));
        table.take_all(keys.clone(), vec![a.clone(), b.clone()]);
        assert!(!of_a.is_cancelled() && !of_b.is_cancelled(), "the same once more");

        let rotated = BoundTerminal { rotation: 1, ..a.clone() };
        table.take_all(keys.clone(), vec![rotated, b.clone()]);
        assert!(of_a.is_cancelled() && !of_b.is_cancelled());
        let keys = vec![("north".to_owned(), north), ("south".to_owned(), new_token().1)];
        table.take_all(keys.clone(), vec![a, b]);
        assert!(of_b.is_cancelled(), "the gateway has another key");
        assert_eq!(table.gateway(&south), None, "and the old one is nobody's");
        let of_b = table.speaks_for("south", &"B".into()).expect("its own");
        table.take_all(keys, Vec::new());
        assert!(of_b.is_cancelled() && table.speaks_for("south", &"B".into()).is_none());
    }
}
