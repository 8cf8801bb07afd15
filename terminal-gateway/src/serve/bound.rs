//! A terminal with the vehicle it is on, and how that vehicle links to the server.

use super::encryption::Links;
use super::error::ServeError;
use crate::binding::Binding;
use crate::jt808::frame::TerminalNumber;
use std::collections::{BTreeMap, HashMap};
use vehicle_agent::shell::{ServerUrl, VehicleKey};

/// A terminal to be known.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    pub(super) binding: Binding,
    /// Where the vehicle's link leads.
    pub(super) server: ServerUrl,
    pub(super) key: VehicleKey,
}

impl Bound {
    /// The terminals of a file, with the keys and certificates of their vehicles.
    ///
    /// # Errors
    /// When a vehicle has neither, or its certificate cannot be used.
    pub(super) fn by_files(
        bindings: BTreeMap<TerminalNumber, Binding>,
        keys: &HashMap<String, VehicleKey>,
        links: &Links<'_>,
    ) -> Result<Vec<Bound>, ServeError> {
        let bound = |(number, binding): (TerminalNumber, Binding)| {
            let (server, has_certificate) = links.of(&binding.vehicle)?;
            let key = match keys.get(&binding.vehicle) {
                Some(key) => key.clone(),
                None if has_certificate => VehicleKey::NONE,
                None => return Err(ServeError::NoKey { number, vehicle: binding.vehicle }),
            };
            Ok(Bound { binding, server, key })
        };
        bindings.into_iter().map(bound).collect()
    }
}
