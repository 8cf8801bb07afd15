//! Moments as files write them: with an offset from UTC, or local to a zone that is told beside the file.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, TimeZone, Weekday};

/// Years outside these are slips: no dispatch record is older, and none is of the future.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2199;

/// Local forms, with what a spreadsheet makes of them.
const LOCAL_FORMS: [&str; 6] = [
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
];

/// What is expected where a moment is wanted.
pub const EXPECTED: &str =
    "expected a time such as 2026-03-01T08:15:00+08:00, or 2026-03-01 08:15:00 in the file's zone";

/// Where local times of a file are local to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// So many minutes east of UTC, all year.
    Fixed(i32),
    /// The Pacific coast of the United States: UTC-8, from the second Sunday of March to the first of November UTC-7.
    Pacific,
}

impl Zone {
    /// `+08:00`, `-0800`, `Z` or `pacific`.
    ///
    /// # Errors
    /// What is expected.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.eq_ignore_ascii_case("pacific") {
            return Ok(Self::Pacific);
        }
        let expected = || format!("{text:?} is no zone; expected +08:00, -08:00, Z or pacific");
        if text.eq_ignore_ascii_case("z") {
            return Ok(Self::Fixed(0));
        }
        let (sign, digits) = match text.split_at_checked(1) {
            Some(("+", digits)) => (1, digits),
            Some(("-", digits)) => (-1, digits),
            Some(_) | None => return Err(expected()),
        };
        let digits = digits.replacen(':', "", 1);
        let number =
            Some(digits).filter(|it| it.len() == 4 && it.bytes().all(|b| b.is_ascii_digit()));
        let number: i32 = number.and_then(|it| it.parse().ok()).ok_or_else(expected)?;
        let (hours, minutes) = (number / 100, number % 100);
        let within = hours <= 14 && minutes < 60;
        within.then_some(Self::Fixed(sign * (hours * 60 + minutes))).ok_or_else(expected)
    }

    fn offset(self, local: NaiveDateTime) -> Option<FixedOffset> {
        let minutes = match self {
            Self::Fixed(minutes) => minutes,
            Self::Pacific if is_pacific_summer(local) => -7 * 60,
            Self::Pacific => -8 * 60,
        };
        FixedOffset::east_opt(minutes * 60)
    }
}

/// United States rule since 2007, by the local clock.
fn is_pacific_summer(local: NaiveDateTime) -> bool {
    let sunday = |month, nth: u8| {
        chrono::NaiveDate::from_weekday_of_month_opt(local.year(), month, Weekday::Sun, nth)
            .and_then(|day| day.and_hms_opt(2, 0, 0))
    };
    match (sunday(3, 2), sunday(11, 1)) {
        (Some(begins), Some(ends)) => (begins..ends).contains(&local),
        (_, _) => false,
    }
}

/// The hour that the clocks leave out as summer begins. The one that comes twice as it ends counts as the first.
fn is_skipped(local: NaiveDateTime) -> bool {
    let before = local.checked_sub_signed(chrono::TimeDelta::hours(1));
    is_pacific_summer(local) && before.is_some_and(|before| !is_pacific_summer(before))
}

/// A moment in milliseconds since 1970, UTC. Nothing when the text is none.
pub fn parse(text: &str, zone: Zone) -> Option<i64> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return credible(moment.year(), moment.timestamp_millis());
    }
    let local =
        LOCAL_FORMS.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())?;
    of_local(local, zone)
}

/// A moment as United States records write it: `12/31/2016 11:57:56 PM`.
pub fn parse_us(text: &str, zone: Zone) -> Option<i64> {
    of_local(NaiveDateTime::parse_from_str(text, "%m/%d/%Y %I:%M:%S %p").ok()?, zone)
}

fn of_local(local: NaiveDateTime, zone: Zone) -> Option<i64> {
    if zone == Zone::Pacific && is_skipped(local) {
        return None;
    }
    let moment = zone.offset(local)?.from_local_datetime(&local).single()?;
    credible(local.year(), moment.timestamp_millis())
}

fn credible(year: i32, millis: i64) -> Option<i64> {
    YEARS.contains(&year).then_some(millis)
}

/// A moment as our files write it: RFC 3339 with its offset, to the second or, where there are any, to milliseconds.
pub fn format(millis: i64, offset_minutes: i32) -> String {
    let offset = FixedOffset::east_opt(offset_minutes * 60);
    let moment = DateTime::from_timestamp_millis(millis);
    let form = if millis.rem_euclid(1000) == 0 {
        "%Y-%m-%dT%H:%M:%S%:z"
    } else {
        "%Y-%m-%dT%H:%M:%S%.3f%:z"
    };
    match (moment, offset) {
        (Some(moment), Some(offset)) => moment.with_timezone(&offset).format(form).to_string(),
        (_, _) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHINA: Zone = Zone::Fixed(480);

    #[test]
    fn every_form_names_the_same_moment() {
        let moment = 1_772_324_100_000;
        for text in [
            "2026-03-01T08:15:00+08:00",
            "2026-03-01T00:15:00Z",
            "2026-03-01 00:15:00Z",
            "2026-03-01 08:15:00",
            "2026-03-01 08:15",
            "2026-03-01T08:15",
            "2026/3/1 8:15",
            "2026/03/01 08:15:00",
        ] {
            assert_eq!(parse(text, CHINA), Some(moment), "{text}");
        }
        assert_eq!(format(moment, 480), "2026-03-01T08:15:00+08:00");
        assert_eq!(parse(&format(moment + 7, -480), CHINA), Some(moment + 7));
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "yesterday",
            "2026-02-30 08:15",
            "2026-13-01 08:15",
            "08:15",
            "1869-01-01 00:00",
            "2026-03-01 25:00",
        ] {
            assert_eq!(parse(text, CHINA), None, "{text}");
        }
    }

    #[test]
    fn a_pacific_summer_is_an_hour_nearer() {
        let winter = parse_us("01/01/2017 12:04:18 AM", Zone::Pacific);
        assert_eq!(winter, parse("2017-01-01T00:04:18-08:00", CHINA));
        let summer = parse_us("07/04/2017 12:00:00 PM", Zone::Pacific);
        assert_eq!(summer, parse("2017-07-04T12:00:00-07:00", CHINA));
    }

    #[test]
    fn an_hour_that_no_clock_showed_is_no_moment() {
        for shown in ["03/12/2017 01:59:59 AM", "03/12/2017 03:00:00 AM", "11/05/2017 01:30:00 AM"]
        {
            assert!(parse_us(shown, Zone::Pacific).is_some(), "{shown}");
        }
        for skipped in ["03/12/2017 02:00:00 AM", "03/12/2017 02:59:59 AM"] {
            assert_eq!(parse_us(skipped, Zone::Pacific), None, "{skipped}");
        }
        let before = parse_us("03/12/2017 01:59:59 AM", Zone::Pacific);
        let after = parse_us("03/12/2017 03:00:00 AM", Zone::Pacific);
        assert_eq!(after.zip(before).map(|(after, before)| after - before), Some(1_000));
    }

    #[test]
    fn zones_are_read_or_refused() {
        assert_eq!(Zone::parse("+08:00"), Ok(CHINA));
        assert_eq!(Zone::parse("-0330"), Ok(Zone::Fixed(-210)));
        assert_eq!(Zone::parse("Z"), Ok(Zone::Fixed(0)));
        for text in ["", "8", "+8", "+25:00", "+08:61", "Beijing", "+ä0:00"] {
            assert!(Zone::parse(text).is_err(), "{text}");
        }
    }
}
