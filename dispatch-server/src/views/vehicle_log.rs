//! The log of a vehicle, in both directions, and what the journal's log says of an entry.

use super::log_entry::Details;
use super::words::word;
use super::{FromWire, ToWire};
use dispatch_core::model;
use dispatch_core::model::{VehicleLog, VehicleLogged};
use wire_protocol::vehicle_log::{VehicleLogEntry, VehicleLogView, VehicleLoggedView};

/// The newest entries; nothing where none was written.
pub(super) fn vehicle_log(log: &VehicleLog) -> Option<VehicleLogView> {
    let one = |it: &VehicleLogged| VehicleLoggedView { at: it.at.0, entry: it.entry.to_wire() };
    (!log.is_empty()).then(|| VehicleLogView {
        checked: log.checked.as_ref().map(one),
        refuelled: log.refuelled.as_ref().map(one),
    })
}

impl ToWire for model::VehicleLogEntry {
    type Wire = VehicleLogEntry;

    fn to_wire(&self) -> VehicleLogEntry {
        match self {
            Self::Checked { odometer_km, fuel_percent, faults, note } => VehicleLogEntry::Checked {
                odometer_km: *odometer_km,
                fuel_percent: *fuel_percent,
                faults: faults.iter().map(ToWire::to_wire).collect(),
                note: note.clone(),
            },
            Self::Refuelled { litres, odometer_km } => {
                VehicleLogEntry::Refuelled { litres: *litres, odometer_km: *odometer_km }
            }
        }
    }
}

/// An entry as the core has it, its words taken as `note` takes them.
pub(crate) fn log_entry_from_wire<E>(
    entry: VehicleLogEntry,
    note: impl FnOnce(String) -> Result<String, E>,
) -> Result<model::VehicleLogEntry, E> {
    Ok(match entry {
        VehicleLogEntry::Checked { odometer_km, fuel_percent, faults, note: words } => {
            let faults = faults.into_iter().map(FromWire::to_core).collect();
            let note = note(words)?;
            model::VehicleLogEntry::Checked { odometer_km, fuel_percent, faults, note }
        }
        VehicleLogEntry::Refuelled { litres, odometer_km } => {
            model::VehicleLogEntry::Refuelled { litres, odometer_km }
        }
    })
}

impl Details {
    pub(super) fn tell_vehicle_log(&mut self, entry: &model::VehicleLogEntry) {
        match entry {
            model::VehicleLogEntry::Checked { odometer_km, fuel_percent, faults, note } => {
                self.put("odometer_km", odometer_km);
                if let Some(percent) = fuel_percent {
                    self.put("fuel_percent", percent);
                }
                let faults: Vec<String> = faults.iter().map(|it| word(it.to_wire())).collect();
                self.put_words("faults", &faults.join(", "));
                self.put_words("note", note);
            }
            model::VehicleLogEntry::Refuelled { litres, odometer_km } => {
                self.put("litres", litres);
                self.put("odometer_km", odometer_km);
            }
        }
    }
}
