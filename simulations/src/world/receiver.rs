//! A satellite receiver: writes where the vehicle is as NMEA 0183 text, as terminals get it.
//!
//! Talkers change as on real terminals in China: GN for mixed fixes, BD on older BeiDou receivers.

use super::drive::Pose;

/// Metres a second in a knot.
const KNOT_MPS: f64 = 0.514_444;

/// A receiver with its habits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// GPS and BeiDou together (`GN`).
    Mixed,
    /// GPS alone (`GP`).
    Gps,
    /// BeiDou alone (`BD`).
    Beidou,
}

impl Receiver {
    fn talker(self) -> &'static str {
        match self {
            Self::Mixed => "GN",
            Self::Gps => "GP",
            Self::Beidou => "BD",
        }
    }

    /// The sentences of one second: GGA and RMC. Noise is metres east and north of the truth.
    /// `unix_millis` is the time of the fix.
    pub fn sentences(self, pose: &Pose, noise_m: [f64; 2], unix_millis: i64) -> String {
        let at = pose.at.moved_by(noise_m[0], noise_m[1]);
        let (lat, north_south) = degrees_minutes(at.lat, 2, ['N', 'S']);
        let (lon, east_west) = degrees_minutes(at.lon, 3, ['E', 'W']);
        let (date, time) = date_and_time(unix_millis);
        let talker = self.talker();
        let (satellites, hdop) = match self {
            Self::Mixed => (16, 0.7),
            Self::Gps => (9, 1.1),
            Self::Beidou => (8, 1.3),
        };
        let gga = format!(
            "{talker}GGA,{time},{lat},{north_south},{lon},{east_west},1,{satellites:02},{hdop:.1},1110.0,M,-30.0,M,,"
        );
        let knots = pose.speed_mps / KNOT_MPS;
        let rmc = format!(
            "{talker}RMC,{time},A,{lat},{north_south},{lon},{east_west},{knots:.2},{:.1},{date},,,A",
            pose.heading_deg
        );
        framed(&gga) + &framed(&rmc)
    }
}

/// `$`, the sentence, `*` and its checksum.
fn framed(sentence: &str) -> String {
    let checksum = sentence.bytes().fold(0, |sum, byte| sum ^ byte);
    format!("${sentence}*{checksum:02X}\r\n")
}

fn degrees_minutes(degrees: f64, width: usize, letters: [char; 2]) -> (String, char) {
    let letter = if degrees < 0.0 { letters[1] } else { letters[0] };
    // Rounded once, in ten-thousandths of a minute, so that 59.99996 never prints as 60.0000.
    let units = (degrees.abs() * 600_000.0).round() as u64;
    let (whole, rest) = (units / 600_000, units % 600_000);
    (format!("{whole:0width$}{:02}.{:04}", rest / 10_000, rest % 10_000), letter)
}

/// `ddmmyy` and `hhmmss.sss` of a moment, by the civil calendar (Howard Hinnant's algorithm).
fn date_and_time(unix_millis: i64) -> (String, String) {
    let (days, millis) = (unix_millis.div_euclid(86_400_000), unix_millis.rem_euclid(86_400_000));
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_index + 2) / 5 + 1;
    let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let seconds = millis / 1000;
    (
        format!("{day:02}{month:02}{:02}", year.rem_euclid(100)),
        format!(
            "{:02}{:02}{:02}.{:03}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60,
            millis % 1000
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use geometry::Wgs84;

    #[test]
    fn it_writes_what_a_receiver_writes() {
        let pose =
            Pose { at: Wgs84 { lon: 106.2781, lat: 38.4669 }, speed_mps: 12.5, heading_deg: 90.0 };
        let text = Receiver::Mixed.sentences(&pose, [0.0, 0.0], 1_795_399_445_250);
        expect_test::expect![[r#"
            $GNGGA,020405.250,3828.0140,N,10616.6860,E,1,16,0.7,1110.0,M,-30.0,M,,*55
            $GNRMC,020405.250,A,3828.0140,N,10616.6860,E,24.30,90.0,231126,,,A*41
        "#]]
        .assert_eq(&text.replace('\r', ""));
    }
}
