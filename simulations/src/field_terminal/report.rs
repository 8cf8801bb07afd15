//! A position report.

/// Where the vehicle is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Report {
    /// WGS-84 degrees north.
    pub lat: f64,
    /// WGS-84 degrees east.
    pub lon: f64,
    /// Metres a second.
    pub speed_mps: f64,
    /// Degrees clockwise from north.
    pub heading_deg: f64,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub unix_ms: i64,
    /// The button for help is pressed.
    pub sos: bool,
}

/// China's clock is ahead of UTC by so much.
const CHINA_MS: i64 = 8 * 3_600_000;

impl Report {
    /// The body of 0x0200, with satellites and mileage.
    pub fn body(&self) -> Vec<u8> {
        // Located, ignition on, north and east.
        const STATUS: u32 = 0b11;
        let micro = |degrees: f64| ((degrees * 1e6).round() as u32).to_be_bytes();
        let mut body = u32::from(self.sos).to_be_bytes().to_vec();
        body.extend(STATUS.to_be_bytes());
        body.extend(micro(self.lat));
        body.extend(micro(self.lon));
        body.extend(1_110u16.to_be_bytes());
        body.extend(((self.speed_mps * 36.0).round() as u16).to_be_bytes());
        body.extend((self.heading_deg.rem_euclid(360.0) as u16).to_be_bytes());
        body.extend(time(self.unix_ms));
        body.extend([0x01, 4, 0, 0, 0x30, 0x39, 0x31, 1, 14]);
        body
    }
}

/// Two digits a byte, year to second, by the clock of China.
fn time(unix_ms: i64) -> [u8; 6] {
    let moment = chrono::DateTime::from_timestamp_millis(unix_ms + CHINA_MS).unwrap_or_default();
    let digits = moment.format("%y%m%d%H%M%S").to_string().into_bytes();
    let two = |at: usize| (digits[at] & 0x0f) * 16 + (digits[at + 1] & 0x0f);
    [two(0), two(2), two(4), two(6), two(8), two(10)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_that_of_china() {
        assert_eq!(time(1_795_954_530_000), [0x26, 0x11, 0x29, 0x20, 0x15, 0x30]);
    }
}
