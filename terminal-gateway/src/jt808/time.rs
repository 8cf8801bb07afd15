//! Moments as terminals write them: six bytes of BCD, year to second, by the clock of China whatever the terminal's zone.

use time::{Date, Month, OffsetDateTime, Time, UtcOffset};

/// China's clock is eight hours ahead of UTC and knows no summer time.
const CHINA_OFFSET_HOURS: i8 = 8;

/// A moment that a terminal wrote by its own clock, which may be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TerminalTime {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub unix_ms: i64,
}

impl TerminalTime {
    /// Reads `YYMMDDhhmmss` of China's time. `None` where it is no moment of the calendar, as from a terminal that has
    /// not yet heard any satellite. A leap second is the last second of its minute.
    pub fn from_bcd(bytes: &[u8]) -> Option<TerminalTime> {
        let [year, month, day, hour, minute, second] = two_digits(bytes)?;
        let month = Month::try_from(month).ok()?;
        let date = Date::from_calendar_date(2_000 + i32::from(year), month, day).ok()?;
        let second = if second == 60 { 59 } else { second };
        let time = Time::from_hms(hour, minute, second).ok()?;
        let moment = date.with_time(time).assume_offset(china()?);
        Some(TerminalTime { unix_ms: moment.unix_timestamp() * 1_000 })
    }

    /// `YYMMDDhhmmss` of China's time; zeros for a moment outside the calendar.
    pub fn to_bcd(self) -> [u8; 6] {
        let moment = utc(self.unix_ms).zip(china());
        moment.map(|(moment, offset)| bcd(moment.to_offset(offset))).unwrap_or_default()
    }
}

/// `YYMMDDhhmmss` of UTC, as the answer to a question for the time has it; zeros outside the calendar.
pub fn utc_bcd(unix_ms: i64) -> [u8; 6] {
    utc(unix_ms).map(bcd).unwrap_or_default()
}

/// A moment in UTC; `None` outside the calendar.
pub(super) fn utc(unix_ms: i64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(unix_ms.div_euclid(1_000)).ok()
}

fn china() -> Option<UtcOffset> {
    UtcOffset::from_hms(CHINA_OFFSET_HOURS, 0, 0).ok()
}

fn two_digits(bytes: &[u8]) -> Option<[u8; 6]> {
    let mut numbers = [0; 6];
    for (number, byte) in numbers.iter_mut().zip(bytes.get(..6)?) {
        let (tens, ones) = (byte >> 4, byte & 0x0f);
        *number = (tens < 10 && ones < 10).then_some(tens * 10 + ones)?;
    }
    Some(numbers)
}

fn bcd(moment: OffsetDateTime) -> [u8; 6] {
    let year = moment.year().rem_euclid(100) as u8;
    let (hour, minute, second) = moment.to_hms();
    [year, moment.month().into(), moment.day(), hour, minute, second]
        .map(|it| it / 10 * 16 + it % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_goes_there_and_back() {
        let written = [0x26, 0x11, 0x29, 0x20, 0x15, 0x30];
        let read = TerminalTime::from_bcd(&written).expect("a moment");
        assert_eq!(read.unix_ms, 1_795_954_530_000);
        assert_eq!(read.to_bcd(), written);
        assert_eq!(utc_bcd(read.unix_ms), [0x26, 0x11, 0x29, 0x12, 0x15, 0x30]);
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for wrong in [
            [0x00; 6],
            [0x26, 0x02, 0x29, 0, 0, 0],
            [0x26, 0x13, 0x01, 0, 0, 0],
            [0x26, 0x1a, 0x01, 0, 0, 0],
            [0x26, 0x11, 0x29, 0x24, 0, 0],
            [0xff; 6],
        ] {
            assert_eq!(TerminalTime::from_bcd(&wrong), None, "{wrong:02x?}");
        }
        assert_eq!(TerminalTime::from_bcd(&[0x26, 0x11]), None);
    }
}
