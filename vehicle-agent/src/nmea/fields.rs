//! The fields of a sentence, one function each: times, dates, coordinates, letters. Receivers are
//! read tolerantly where only one meaning is left, and never guessed at where there are two.

use super::reading::LineRefusal;

/// Years written with two digits: 83 to 99 are of the last century, as GPS began in 1980 and
/// receivers without a date write 80 to 82 at most.
const FIRST_YEAR_OF_1900: i64 = 83;

/// The fields of one sentence; a field that is not there reads as an empty one.
pub(super) struct Fields<'a>(Vec<&'a str>);

impl<'a> Fields<'a> {
    pub(super) fn of(body: &'a str) -> Fields<'a> {
        Fields(body.split(',').map(str::trim).collect())
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, place: usize) -> &'a str {
        self.0.get(place).copied().unwrap_or_default()
    }

    /// The first letter of a field, as a capital: some programs write them small.
    pub(super) fn letter(&self, place: usize) -> Option<char> {
        self.get(place).chars().next().map(|it| it.to_ascii_uppercase())
    }

    /// A field of one letter, or an empty one.
    pub(super) fn one_letter(&self, place: usize) -> Result<Option<char>, LineRefusal> {
        let alone = self.get(place).len() <= 1;
        if alone { Ok(self.letter(place)) } else { Err(LineRefusal::Malformed) }
    }

    /// A plain decimal number; `None` where there is none or it is none.
    pub(super) fn number(&self, place: usize) -> Option<f32> {
        let text = self.get(place);
        let plain = text.bytes().all(|it| it.is_ascii_digit() || it == b'.' || it == b'-');
        if plain { text.parse().ok() } else { None }
    }

    /// Milliseconds since midnight UTC from `hhmmss.ss`; `None` where the field is empty.
    ///
    /// A time that lost its leading zeros, as a program loses them that takes it for a number, is
    /// filled up from the left. The leap second 23:59:60 is the last millisecond of its minute.
    pub(super) fn time_of_day_ms(&self, place: usize) -> Result<Option<i64>, LineRefusal> {
        let text = self.get(place);
        if text.is_empty() {
            return Ok(None);
        }
        let (whole, fraction) = split_decimal(text).ok_or(LineRefusal::Malformed)?;
        let number: i64 = whole.parse().map_err(|_| LineRefusal::Malformed)?;
        let (hours, minutes, seconds) = (number / 10_000, number / 100 % 100, number % 100);
        if whole.len() > 6 || is_cut(whole) || hours > 23 || minutes > 59 || seconds > 60 {
            return Err(LineRefusal::Malformed);
        }
        let minute_ms = (hours * 60 + minutes) * 60_000;
        let ms = if seconds == 60 { 59_999 } else { seconds * 1_000 + thousandths(fraction) };
        Ok(Some(minute_ms + ms))
    }

    /// Days since 1970-01-01 from `ddmmyy`; `None` where there is no such day in the calendar.
    pub(super) fn date_days(&self, place: usize) -> Option<i64> {
        let text = self.get(place);
        if !(5..=6).contains(&text.len())
            || is_cut(text)
            || !text.bytes().all(|it| it.is_ascii_digit())
        {
            return None;
        }
        let number: i64 = text.parse().ok()?;
        let year = number % 100;
        let century = if year >= FIRST_YEAR_OF_1900 { 1900 } else { 2000 };
        days_since_epoch(century + year, number / 100 % 100, number / 10_000)
    }

    /// Days since 1970-01-01 from the day, the month and the four-digit year of ZDA.
    pub(super) fn long_date_days(&self, day: usize) -> Option<i64> {
        let whole = |place| self.get(place).parse::<i64>().ok();
        days_since_epoch(whole(day + 2)?, whole(day + 1)?, whole(day)?)
    }

    /// WGS-84 degrees north and east from four fields that begin at `place`: latitude, N or S,
    /// longitude, E or W. `None` where both are empty; not yet checked to be a place.
    pub(super) fn lat_lon(&self, place: usize) -> Result<Option<(f64, f64)>, LineRefusal> {
        if self.get(place).is_empty() && self.get(place + 2).is_empty() {
            return Ok(None);
        }
        let lat = degrees(self.get(place), self.get(place + 1), ["N", "S"]);
        let lon = degrees(self.get(place + 2), self.get(place + 3), ["E", "W"]);
        lat.zip(lon).map(Some).ok_or(LineRefusal::Malformed)
    }
}

/// Degrees from `ddmm.mmmm`: the two digits before the point are whole minutes, what stands before
/// them are degrees, however many digits they have. A number without degrees before the minutes, or
/// with a lone zero there, is as likely one in decimal degrees (`38.47`, `038.47`), and is refused like
/// a sign, an exponent or 60 minutes.
fn degrees(text: &str, hemisphere: &str, [plus, minus]: [&str; 2]) -> Option<f64> {
    /// Three digits of degrees, two of minutes, and two zeros too many.
    const MOST_DIGITS: usize = 7;
    let (whole, _) = split_decimal(text)?;
    if !(3..=MOST_DIGITS).contains(&whole.len()) || (whole.len() == 3 && whole.starts_with('0')) {
        return None;
    }
    let (degrees, _) = whole.split_at(whole.len() - 2);
    let minutes: f64 = text.get(degrees.len()..)?.parse().ok()?;
    let degrees: f64 = degrees.parse().ok()?;
    let value = degrees + minutes / 60.0;
    match hemisphere {
        _ if minutes >= 60.0 => None,
        it if it.eq_ignore_ascii_case(plus) => Some(value),
        it if it.eq_ignore_ascii_case(minus) => Some(-value),
        _ => None,
    }
}

/// What stands before and after the point of an unsigned decimal number.
fn split_decimal(text: &str) -> Option<(&str, &str)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
    (!whole.is_empty() && digits(whole) && digits(fraction)).then_some((whole, fraction))
}

fn thousandths(fraction: &str) -> i64 {
    let share: f64 = format!("0.{fraction}").parse().unwrap_or(0.0);
    ((share * 1_000.0).round() as i64).min(999)
}

/// Days since 1970-01-01 in the Gregorian calendar; `None` where there is no such day.
fn days_since_epoch(year: i64, month: i64, day: i64) -> Option<i64> {
    const DAYS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    /// No receiver is older, and nothing here is read after the year 9999.
    const YEARS: std::ops::RangeInclusive<i64> = 1970..=9999;
    let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let month_index = usize::try_from(month - 1).ok().filter(|it| *it < 12)?;
    let leap_day = i64::from(month == 2 && is_leap(year));
    if !YEARS.contains(&year) || !(1..=DAYS[month_index] + leap_day).contains(&day) {
        return None;
    }
    let before = year - 1;
    let leap_days =
        (before / 4 - before / 100 + before / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400);
    let months: i64 = DAYS[..month_index].iter().sum();
    Some((year - 1970) * 365 + leap_days + months + i64::from(month > 2 && is_leap(year)) + day - 1)
}

/// Digits of a time or a date that begin with a zero and are fewer than six did not lose their leading zeros: what is
/// missing stood elsewhere, and nobody knows where.
fn is_cut(digits: &str) -> bool {
    (2..6).contains(&digits.len()) && digits.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_with_one_meaning_are_read_and_others_refused() {
        let read = |lat, lon| Fields::of(&format!("{lat},N,{lon},E")).lat_lon(0);
        let near = |read: Result<Option<(f64, f64)>, LineRefusal>, lat: f64, lon: f64| {
            let (found_lat, found_lon) = read.expect("well formed").expect("a place");
            assert!((found_lat - lat).abs() < 1e-5 && (found_lon - lon).abs() < 1e-5);
        };
        near(read("3828.2000", "10616.2000"), 38.47, 106.27);
        near(read("4348.2", "8736.5"), 43.80333, 87.60833);
        near(read("5254.6188", "0652.0024"), 52.91031, 6.86671);
        near(read("5254.6188", "652.0024"), 52.91031, 6.86671);
        near(read("03828.2", "010616.2"), 38.47, 106.27);
        near(read("3828", "10616"), 38.466_667, 106.266_667);
        for (lat, lon) in [
            ("38.470000", "106.270000"),
            ("3875.2000", "10616.2000"),
            ("3860.0000", "10616.2000"),
            ("-3828.2000", "10616.2000"),
            ("38-28.2000", "10616.2000"),
            ("38+28.2", "10616.2000"),
            ("3828.2000", ""),
            ("3.8282e3", "10616.2000"),
            ("38282000000", "10616.2000"),
            ("nan", "10616.2000"),
            ("3828.2.0", "10616.2000"),
        ] {
            assert_eq!(read(lat, lon), Err(LineRefusal::Malformed), "{lat} {lon}");
        }
        assert_eq!(Fields::of(",S,,W").lat_lon(0), Ok(None));
        assert_eq!(Fields::of("3828.2,E,10616.2,N").lat_lon(0), Err(LineRefusal::Malformed));
    }

    #[test]
    fn times_with_and_without_their_zeros() {
        let read = |text| Fields::of(text).time_of_day_ms(0);
        assert_eq!(read("010203.45"), Ok(Some(3_723_450)));
        assert_eq!(read("10203.00"), Ok(Some(3_723_000)));
        assert_eq!(read("5"), Ok(Some(5_000)));
        assert_eq!(read("0.00"), Ok(Some(0)));
        assert_eq!(read("235960.00"), Ok(Some(86_399_999)));
        assert_eq!(read("235959.9999"), Ok(Some(86_399_999)));
        assert_eq!(read(""), Ok(None));
        for wrong in [
            "240000", "006000", "000061", "0010203", "-10203", "1e5", "01:02:03", "0102", "01020",
            "00",
        ] {
            assert_eq!(read(wrong), Err(LineRefusal::Malformed), "{wrong}");
        }
    }

    #[test]
    fn a_day_that_is_none_is_no_date() {
        let read = |text| Fields::of(text).date_days(0);
        assert_eq!(read("010170"), Some(36_525), "70 is 2070, which nobody believes later on");
        assert_eq!(read("311299"), Some(10_956));
        assert_eq!(read("290224"), Some(19_782));
        assert_eq!(read("151126"), Some(20_772));
        assert_eq!(read("51126"), Some(20_762));
        for none in
            ["000000", "320126", "290226", "011326", "", "1511026", "15112x", "-51126", "01112"]
        {
            assert_eq!(read(none), None, "{none}");
        }
        assert_eq!(Fields::of("15,11,2026").long_date_days(0), Some(20_772));
        assert_eq!(Fields::of("31,02,2026").long_date_days(0), None);
    }
}
