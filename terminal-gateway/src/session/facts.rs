//! What is known of a terminal, for the technician.

use crate::jt808::body::{Attributes, Authentication, DriverCard, Location, Registration};
use crate::jt808::frame::{Edition, Flaws, Frame};
use serde::Serialize;

/// How often what happened on a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counters {
    /// Frames that came.
    pub frames: u64,
    /// Those that could not be read.
    pub unreadable: u64,
    /// Those that were read in spite of their maker's mistakes.
    pub flawed: u64,
    /// Messages of a terminal that had not shown who it is.
    pub unauthenticated: u64,
    /// Messages that came once more.
    pub repeated: u64,
    /// Messages of a kind that is not understood.
    pub not_supported: u64,
    /// Positions given to the vehicle's outbox.
    pub fixes: u64,
    /// Positions that were none: not measured, nowhere, or at no time.
    pub no_fixes: u64,
    /// Items behind positions that could not be read.
    pub malformed_items: u64,
    /// Presses given to the vehicle's outbox.
    pub presses: u64,
    /// Recordings kept.
    pub media: u64,
}

/// What a terminal said of itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Facts {
    /// Counted on this line.
    pub counters: Counters,
    /// What went wrong last, in words.
    pub last_error: Option<String>,
    /// Edition of its frames.
    pub edition: Option<&'static str>,
    /// What its maker gets wrong, in words.
    pub flaws: Vec<&'static str>,
    /// Maker, model, own number and plate as it registered.
    pub registered_as: Option<String>,
    /// IMEI, by the edition of 2019.
    pub imei: Option<String>,
    /// Software and hardware.
    pub software: Option<String>,
    /// Number of the SIM card.
    pub iccid: Option<String>,
    /// The driver whose card is in the reader.
    pub driver: Option<String>,
    /// Kilometres by the vehicle's counter.
    pub mileage_km: Option<f64>,
    /// Litres in the tank.
    pub fuel_l: Option<f64>,
    /// Strength of its radio signal.
    pub signal: Option<u8>,
    /// Satellites in its latest place.
    pub satellites: Option<u8>,
    /// Alarms that stand, as the bits of the standard.
    pub alarms: u32,
    /// State of terminal and vehicle, as the bits of the standard.
    pub status: u32,
    /// Seconds by which its latest report was dated before it came: hours are a clock of another zone.
    pub clock_behind_seconds: Option<i64>,
}

impl Facts {
    pub(super) fn heard(&mut self, frame: &Frame) {
        self.edition = Some(match frame.header.edition {
            Edition::Y2013 => "2011/2013",
            Edition::Y2019 => "2019",
        });
        if frame.flaws == Flaws::default() {
            return;
        }
        self.counters.flawed += 1;
        let Flaws { escape, edition_bit, split_bit, length } = frame.flaws;
        let words = [
            (escape, "an escape that does not exist"),
            (edition_bit, "the bit of the edition"),
            (split_bit, "the bit of parts"),
            (length, "the length of the body"),
        ];
        words.into_iter().filter(|(is_there, _)| *is_there).for_each(|(_, flaw)| self.flaw(flaw));
    }

    fn flaw(&mut self, flaw: &'static str) {
        if !self.flaws.contains(&flaw) {
            self.flaws.push(flaw);
        }
    }

    pub(super) fn bad(&mut self, error: String) {
        self.counters.unreadable += 1;
        self.last_error = Some(error);
    }

    pub(super) fn registered(&mut self, it: &Registration) {
        self.registered_as =
            Some(format!("{} {} {} {}", it.maker, it.model, it.terminal, it.plate));
    }

    pub(super) fn authenticated(&mut self, it: &Authentication) {
        self.imei = it.imei.clone().or(self.imei.take());
        self.software = it.software.clone().or(self.software.take());
    }

    pub(super) fn attributes(&mut self, it: &Attributes) {
        self.software = Some(format!(
            "{} {} {}, hardware {}, firmware {}",
            it.maker, it.model, it.terminal, it.hardware, it.firmware
        ));
        self.iccid = Some(it.iccid.clone());
    }

    pub(super) fn card(&mut self, card: &DriverCard) {
        self.driver = match (&card.driver, card.inserted) {
            (Some(driver), true) => Some(format!("{} {}", driver.name, driver.certificate)),
            (None, true) => Some("a card that could not be read".to_owned()),
            (_, false) => None,
        };
    }

    pub(super) fn location(&mut self, at: &Location, now_ms: i64) {
        self.clock_behind_seconds = at.time.map(|it| (now_ms - it.unix_ms) / 1_000);
        if at.status.shifted() {
            self.flaw("places that it says are shifted as those of a map: see that its datum is the right one");
        }
        let items = &at.items;
        self.counters.malformed_items += u64::from(items.malformed);
        self.mileage_km = items.mileage_m.map(|it| it as f64 / 1_000.0).or(self.mileage_km);
        self.fuel_l = items.fuel_l.or(self.fuel_l);
        self.signal = items.signal.or(self.signal);
        self.satellites = items.satellites.or(self.satellites);
        self.alarms = at.alarms.0;
        self.status = at.status.0;
    }
}
