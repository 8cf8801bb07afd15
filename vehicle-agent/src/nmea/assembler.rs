//! From readings to fixes: all sentences of one moment make at most one fix.
//!
//! A fix is given as soon as the kinds of sentence that made up the moment before are in, or when
//! another moment begins, or when the caller says that the line went quiet.

use super::dating::{self, Dated, Dating};
use super::reading::{FixValidity, PositionReading, Reading};
use super::reference::Reference;
use super::{DatedBy, Fix, NmeaCounts};

/// Puts readings together. Holds one moment.
#[derive(Debug, Default)]
pub(super) struct Assembler {
    dating: Dating,
    moment: Option<Moment>,
    usual_kinds: u8,
}

#[derive(Debug, Default)]
struct Moment {
    time_of_day_ms: i64,
    date_days: Option<i64>,
    kinds: u8,
    /// RMC or GLL said that there is no position: nothing another sentence says counts.
    void: bool,
    not_measured: bool,
    lat_lon: Option<(f64, f64)>,
    speed_mps: Option<f32>,
    heading_deg: Option<f32>,
    satellites: Option<u8>,
    hdop: Option<f32>,
    assessed: bool,
}

impl Assembler {
    /// Takes one reading.
    pub(super) fn take(
        &mut self,
        reading: Reading,
        reference: Reference,
        counts: &mut NmeaCounts,
        fixes: &mut Vec<Fix>,
    ) {
        match reading {
            Reading::Position(position) => self.position(position, reference, counts, fixes),
            Reading::Course { speed_mps, heading_deg } => {
                if let Some(moment) = &mut self.moment {
                    moment.speed_mps = moment.speed_mps.or(speed_mps);
                    moment.heading_deg = moment.heading_deg.or(heading_deg);
                }
            }
            Reading::Date { time_of_day_ms, date_days } => {
                self.dating.date_without_position(date_days, time_of_day_ms);
            }
            Reading::Nothing => {}
        }
    }

    fn position(
        &mut self,
        reading: PositionReading,
        reference: Reference,
        counts: &mut NmeaCounts,
        fixes: &mut Vec<Fix>,
    ) {
        let Some(time_of_day_ms) = reading.time_of_day_ms else {
            counts.no_fix += 1;
            return;
        };
        if self.moment.as_ref().is_none_or(|moment| !moment.is_at(time_of_day_ms)) {
            self.flush(reference, counts, fixes);
            if let Some(old) = self.moment.take() {
                self.usual_kinds = old.kinds;
            }
            self.moment = Some(Moment { time_of_day_ms, ..Moment::default() });
        }
        let usual_kinds = self.usual_kinds;
        let Some(moment) = &mut self.moment else { return };
        moment.add(&reading);
        if let (true, FixValidity::Measured, Some(days)) =
            (moment.assessed, reading.validity, reading.date_days)
        {
            self.dating.date_after_fix(days, time_of_day_ms);
        }
        if usual_kinds != 0 && moment.kinds & usual_kinds == usual_kinds {
            self.flush(reference, counts, fixes);
        }
    }

    /// Assesses the moment at hand, once.
    pub(super) fn flush(
        &mut self,
        reference: Reference,
        counts: &mut NmeaCounts,
        fixes: &mut Vec<Fix>,
    ) {
        let Some(moment) = self.moment.as_mut().filter(|moment| !moment.assessed) else { return };
        moment.assessed = true;
        let place = moment.lat_lon.filter(|(lat, lon)| Fix::is_place(*lat, *lon));
        let (false, Some((lat, lon))) = (moment.void, place) else {
            if moment.not_measured {
                counts.not_measured += 1;
            } else {
                counts.no_fix += 1;
            }
            return;
        };
        let reference_ms = reference.ms();
        let dated = self.dating.date(moment.time_of_day_ms, moment.date_days, reference_ms);
        let (fix_time_ms, dated_by) = match (dated, reference) {
            (Dated::ByReceiver(at), _) => (at, DatedBy::Receiver),
            (Dated::ByReceiverCorrected(at), _) => {
                counts.week_rollovers += 1;
                (at, DatedBy::Receiver)
            }
            (Dated::ByReference(at), _) => {
                counts.dated_by_reference += 1;
                (at, DatedBy::Clock)
            }
            (Dated::AheadOfReference(at), _) => {
                counts.dated_by_reference += 1;
                counts.date_doubtful += 1;
                (at, DatedBy::Clock)
            }
            (Dated::Unknown, Reference::Awaited) => (moment.time_of_day_ms, DatedBy::Nobody),
            (Dated::Unknown, Reference::None | Reference::Told(_)) => {
                counts.no_date += 1;
                return;
            }
        };
        counts.fixes += 1;
        counts.date_doubtful += u64::from(is_days_off(fix_time_ms, reference_ms));
        fixes.push(Fix {
            fix_time_ms,
            dated_by,
            lat,
            lon,
            speed_mps: moment.speed_mps,
            heading_deg: moment.heading_deg,
            satellites: moment.satellites,
            hdop: moment.hdop,
        });
    }
}

/// Sentences whose times differ by no more belong to one moment: receivers round them differently,
/// and the fastest measure ten times a second.
const SAME_MOMENT_MS: i64 = 50;

/// Milliseconds in a day.
const DAY_MS: i64 = 86_400_000;

/// Nothing that a receiver measured just now is dated so far from a clock that is right.
const DOUBTFUL_OFFSET_MS: i64 = 12 * 3_600_000;

/// Dates a position by the clock that was not known as it was read.
pub(super) fn date_late(mut fix: Fix, reference_ms: i64, counts: &mut NmeaCounts) -> Fix {
    match fix.dated_by {
        DatedBy::Nobody => {
            fix.fix_time_ms = dating::nearest_day(fix.fix_time_ms, reference_ms);
            fix.dated_by = DatedBy::Clock;
            counts.dated_by_reference += 1;
        }
        DatedBy::Receiver => {
            let corrected = dating::corrected(fix.fix_time_ms, reference_ms);
            if dating::is_ahead(corrected, reference_ms) {
                fix.fix_time_ms = dating::nearest_day(corrected.rem_euclid(DAY_MS), reference_ms);
                fix.dated_by = DatedBy::Clock;
                counts.dated_by_reference += 1;
                counts.date_doubtful += 1;
                return fix;
            }
            counts.week_rollovers += u64::from(corrected != fix.fix_time_ms);
            fix.fix_time_ms = corrected;
        }
        DatedBy::Clock => {}
    }
    counts.date_doubtful += u64::from(is_days_off(fix.fix_time_ms, Some(reference_ms)));
    fix
}

fn is_days_off(fix_time_ms: i64, reference_ms: Option<i64>) -> bool {
    reference_ms.is_some_and(|now| (now - fix_time_ms).abs() > DOUBTFUL_OFFSET_MS)
}

impl Moment {
    fn is_at(&self, time_of_day_ms: i64) -> bool {
        (self.time_of_day_ms - time_of_day_ms).abs() <= SAME_MOMENT_MS
    }

    fn add(&mut self, reading: &PositionReading) {
        use super::reading::Kind;
        self.kinds |= reading.kind as u8;
        match (reading.validity, reading.kind) {
            (FixValidity::Measured, Kind::Rmc | Kind::Gga | Kind::Gns | Kind::Gll) => {
                self.date_days = self.date_days.or(reading.date_days);
                self.lat_lon = self.lat_lon.or(reading.lat_lon);
                self.speed_mps = reading.speed_mps.or(self.speed_mps);
                self.heading_deg = reading.heading_deg.or(self.heading_deg);
                self.satellites = self.satellites.max(reading.satellites);
                self.hdop = self.hdop.or(reading.hdop);
            }
            (FixValidity::NotMeasured, Kind::Rmc | Kind::Gga | Kind::Gns | Kind::Gll) => {
                self.not_measured = true;
                self.void = true;
            }
            (FixValidity::Void, Kind::Rmc | Kind::Gll) => self.void = true,
            // One system of several without a position says nothing about the others.
            (FixValidity::Void, Kind::Gga | Kind::Gns) => {}
        }
    }
}
