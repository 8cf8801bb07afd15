//! The part of a record that is played: from which moment, and which incidents.

use crate::incidents::moment::{self, Zone};
use crate::incidents::{PastIncident, Reading};

/// What is played, and from when.
#[derive(Debug, PartialEq)]
pub struct Day {
    /// The moment of the record at which the replay begins, milliseconds since 1970.
    pub from: i64,
    /// The incidents, in order of their calls.
    pub incidents: Vec<PastIncident>,
    /// How many lie before.
    pub before: usize,
}

/// Seconds before the first call at which a replay begins that was told no moment.
const LEAD_SECONDS: i64 = 10;

const EXPECTED: &str = "expected HH:MM, or a moment such as 2026-03-01T08:00";

/// Cuts the part out of a record. `from` is an hour of its first day by the local clock, or a moment; `offset_minutes` is
/// the local clock's distance from UTC.
///
/// # Errors
/// When `from` cannot be read, or nothing is left.
pub fn cut(
    reading: Reading,
    from: Option<&str>,
    zone: Zone,
    offset_minutes: i32,
    most: Option<usize>,
) -> Result<Day, String> {
    let first = reading.incidents.first().ok_or("the record holds no incident to play")?.received;
    let from = match from {
        None => first - LEAD_SECONDS * 1000,
        Some(text) => hour_of_day(text, first, offset_minutes)
            .or_else(|| moment::parse(text, zone))
            .ok_or_else(|| format!("--from {text:?} cannot be used; {EXPECTED}"))?,
    };
    let all = reading.incidents.len();
    let mut incidents: Vec<PastIncident> =
        reading.incidents.into_iter().filter(|incident| incident.received >= from).collect();
    let before = all - incidents.len();
    if let Some(most) = most {
        incidents.truncate(most);
    }
    if incidents.is_empty() {
        return Err(format!(
            "all {all} incidents of the record lie before --from; nothing is left to play"
        ));
    }
    Ok(Day { from, incidents, before })
}

/// That hour on the local day of `first`.
fn hour_of_day(text: &str, first: i64, offset_minutes: i32) -> Option<i64> {
    const DAY_MS: i64 = 86_400_000;
    let (hours, minutes) = text.split_once(':')?;
    let two = |digits: &str| (1..=2).contains(&digits.len()).then(|| digits.parse::<i64>().ok())?;
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    if !(0..24).contains(&hours) || !(0..60).contains(&minutes) {
        return None;
    }
    let offset_ms = i64::from(offset_minutes) * 60_000;
    let midnight = (first + offset_ms).div_euclid(DAY_MS) * DAY_MS - offset_ms;
    Some(midnight + (hours * 60 + minutes) * 60_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incidents::own;

    const CHINA: Zone = Zone::Fixed(480);

    fn record() -> Reading {
        let text = "incident,received,lon,lat\nA,2026-03-01 00:30,106,38\nB,2026-03-01 08:15,106,38\nC,2026-03-02 07:00,106,38\n";
        own::read(text.as_bytes(), CHINA).expect("a good file")
    }

    fn played(from: Option<&str>) -> Result<String, String> {
        let day = cut(record(), from, CHINA, 480, None)?;
        let ids: Vec<&str> = day.incidents.iter().map(|incident| incident.id.as_str()).collect();
        Ok(format!("{} from {}", ids.join(" "), moment::format(day.from, 480)))
    }

    #[test]
    fn a_replay_begins_where_it_is_told() {
        let told = |from| played(from).expect("something to play");
        assert_eq!(told(None), "A B C from 2026-03-01T00:29:50+08:00");
        assert_eq!(told(Some("08:00")), "B C from 2026-03-01T08:00:00+08:00");
        assert_eq!(told(Some("2026-03-02 00:00")), "C from 2026-03-02T00:00:00+08:00");
        assert_eq!(told(Some("2026-03-01T00:15:00Z")), "B C from 2026-03-01T08:15:00+08:00");
        for bad in ["24:00", "8", "noon", "-1:00", "08:60", "2027-01-01 00:00"] {
            assert!(played(Some(bad)).is_err(), "{bad}");
        }
    }
}
