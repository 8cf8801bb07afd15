//! Items behind a location: id, length, value. An item that runs over the end ends the list and nothing else; an
//! unknown one, or one of another length than the standard's, is passed by and counted.

use super::super::Octets;

/// What the items say that is of use for an ambulance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Items {
    /// Metres driven, by the vehicle's own counter. 0x01.
    pub mileage_m: Option<u64>,
    /// Litres in the tank. 0x02.
    pub fuel_l: Option<f64>,
    /// Metres a second by the driving recorder. 0x03.
    pub recorder_speed_mps: Option<f64>,
    /// Number of an alarm that a person has to confirm by hand. 0x04.
    pub event_to_confirm: Option<u16>,
    /// Signals of the vehicle: lights, brakes, horn. 0x25.
    pub vehicle_signals: Option<u32>,
    /// Strength of the radio signal, 0 to 31 on most terminals. 0x30.
    pub signal: Option<u8>,
    /// Satellites in the place. 0x31.
    pub satellites: Option<u8>,
    /// Items that are none of these: makers' own, and of driving regulation.
    pub unknown: u16,
    /// Items of another length than they have, and one that runs over the end.
    pub malformed: u16,
}

impl Items {
    /// Reads all items there are.
    pub fn read(bytes: &[u8]) -> Items {
        let (mut items, mut octets) = (Items::default(), Octets::of(bytes));
        while !octets.is_empty() {
            let value = octets.u8().and_then(|id| {
                let length = usize::from(octets.u8()?);
                Some((id, octets.take(length)?))
            });
            let Some((id, value)) = value else {
                items.malformed += 1;
                break;
            };
            items.take(id, value);
        }
        items
    }

    fn take(&mut self, id: u8, value: &[u8]) {
        let understood = match id {
            0x01 => dword(value).map(|it| self.mileage_m = Some(u64::from(it) * 100)),
            0x02 => word(value).map(|it| self.fuel_l = Some(f64::from(it) / 10.0)),
            0x03 => word(value).map(|it| self.recorder_speed_mps = Some(f64::from(it) / 36.0)),
            0x04 => word(value).map(|it| self.event_to_confirm = Some(it)),
            0x25 => dword(value).map(|it| self.vehicle_signals = Some(it)),
            0x30 => byte(value).map(|it| self.signal = Some(it)),
            0x31 => byte(value).map(|it| self.satellites = Some(it)),
            _ => {
                self.unknown = self.unknown.saturating_add(1);
                return;
            }
        };
        if understood.is_none() {
            self.malformed = self.malformed.saturating_add(1);
        }
    }
}

fn byte(value: &[u8]) -> Option<u8> {
    <[u8; 1]>::try_from(value).ok().map(|[it]| it)
}

fn word(value: &[u8]) -> Option<u16> {
    value.try_into().ok().map(u16::from_be_bytes)
}

fn dword(value: &[u8]) -> Option<u32> {
    value.try_into().ok().map(u32::from_be_bytes)
}
