//! Location report, 0x0200: 28 fixed bytes, then items.

use super::super::{Octets, TerminalTime};
use super::Items;

const MICRODEGREES: f64 = 1e6;
/// Speed is sent in tenths of km/h.
const MPS_PER_TENTH_KMH: f64 = 0.1 / 3.6;

/// Where a terminal is and how it fares.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// Alarms that stand.
    pub alarms: Alarms,
    /// State of terminal and vehicle.
    pub status: Status,
    /// Degrees north and east in whatever datum the terminal works in; by the status's hemispheres.
    pub lat_lon: (f64, f64),
    /// Metres above sea level.
    pub altitude_m: i16,
    /// Metres a second, by the satellites.
    pub speed_mps: f64,
    /// Degrees clockwise from north, below 360; `None` for a value that is none.
    pub course_deg: Option<u16>,
    /// By the terminal's clock; `None` for a moment that is in no calendar.
    pub time: Option<TerminalTime>,
    /// What follows the fixed part.
    pub items: Items,
}

/// Bits of alarms, as the standard numbers them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Alarms(pub u32);

/// Bits of the status, as the standard numbers them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status(pub u32);

impl Location {
    /// Reads a body; `None` when the fixed part is not all there.
    pub fn read(octets: &mut Octets<'_>) -> Option<Location> {
        let (alarms, status) = (Alarms(octets.u32()?), Status(octets.u32()?));
        let (lat, lon) = (octets.u32()?, octets.u32()?);
        let signed = |value: u32, negative: bool| {
            let degrees = f64::from(value) / MICRODEGREES;
            if negative { -degrees } else { degrees }
        };
        let altitude_m = octets.u16()?.cast_signed();
        let (speed, course) = (octets.u16()?, octets.u16()?);
        let time = TerminalTime::from_bcd(octets.take(6)?);
        Some(Location {
            alarms,
            status,
            lat_lon: (signed(lat, status.bit(2)), signed(lon, status.bit(3))),
            altitude_m,
            speed_mps: f64::from(speed) * MPS_PER_TENTH_KMH,
            course_deg: (course < 360).then_some(course).or((course == 360).then_some(0)),
            time,
            items: Items::read(octets.rest()),
        })
    }
}

impl Alarms {
    /// The button for help.
    pub fn sos(self) -> bool {
        self.bit(0)
    }

    /// The receiver has failed, or its aerial is cut or shorted.
    pub fn receiver_failed(self) -> bool {
        self.bit(4) || self.bit(5) || self.bit(6)
    }

    /// The vehicle's power is low or cut.
    pub fn power_failed(self) -> bool {
        self.bit(7) || self.bit(8)
    }

    /// The vehicle struck something or rolled over.
    pub fn crash(self) -> bool {
        self.bit(29) || self.bit(30)
    }

    fn bit(self, number: u32) -> bool {
        self.0 >> number & 1 == 1
    }
}

impl Status {
    /// The ignition is on.
    pub fn ignition(self) -> bool {
        self.bit(0)
    }

    /// The place is measured. Without it the place is the last one known, or nothing.
    pub fn located(self) -> bool {
        self.bit(1)
    }

    /// Degrees went through the plug-in that shifts them as maps of China are shifted.
    pub fn shifted(self) -> bool {
        self.bit(5)
    }

    fn bit(self, number: u32) -> bool {
        self.0 >> number & 1 == 1
    }
}
