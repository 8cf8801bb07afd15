//! A receiver that tells its fixes in sentences, as on a cable, and the terminal's real reading and dating of them.

use crate::schedule::ReceiverFault;
use chrono::DateTime;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use vehicle_agent::link::{Input, Link, Now};
use vehicle_agent::nmea::{Fix, NmeaParser};
use vehicle_agent::outbox::UndatedFix;
use vehicle_agent::shell::FixDating;

/// A GPS week counter of ten bits comes back to nothing after so long.
const ROLL_OVER_MS: i64 = 1_024 * 7 * 86_400_000;

/// Bytes that are wrong on a bad cable, of a thousand.
const WRONG_PER_MILLE: u32 = 10;

/// A receiver on its cable.
#[derive(Debug)]
pub(crate) struct Receiver {
    parser: NmeaParser,
    dating: FixDating,
    noise: StdRng,
    fault: Option<(ReceiverFault, u64)>,
}

impl Receiver {
    /// A receiver whose cable has noise of its own.
    pub(crate) fn new(seed: u64) -> Self {
        let (parser, dating) = (NmeaParser::default(), FixDating::default());
        Self { parser, dating, noise: StdRng::seed_from_u64(seed), fault: None }
    }

    /// The program starts anew and goes on with what waits in its outbox.
    pub(crate) fn restart(&mut self, undated: Vec<UndatedFix>, boot: &str) {
        (self.parser, self.dating) = (NmeaParser::default(), FixDating::remembered(undated, boot));
    }

    /// How it fails from now on, until so many milliseconds since the beginning.
    pub(crate) fn fail(&mut self, fault: Option<(ReceiverFault, u64)>) {
        self.fault = fault;
    }

    /// What the program hears of a fix that the receiver has measured.
    pub(crate) fn tells(&mut self, fix: &Fix, link: &Link, now: Now, now_ms: u64) -> Vec<Input> {
        let fault = self.fault.filter(|(_, until)| now_ms < *until).map(|(fault, _)| fault);
        let mut bytes = match fault {
            Some(ReceiverFault::Silent) => return Vec::new(),
            Some(ReceiverFault::WeeksBehind) => sentences(fix, fix.fix_time_ms - ROLL_OVER_MS),
            Some(ReceiverFault::Noise) | None => sentences(fix, fix.fix_time_ms),
        };
        if fault == Some(ReceiverFault::Noise) {
            for byte in &mut bytes {
                if self.noise.random_ratio(WRONG_PER_MILLE, 1_000) {
                    *byte = self.noise.random();
                }
            }
        }
        FixDating::set_reference(&mut self.parser, link, now);
        let mut fixes = Vec::new();
        self.parser.push(&bytes, &mut fixes);
        self.parser.flush(&mut fixes);
        let dated = |fix| self.dating.take(fix, &mut self.parser, link, now);
        fixes.into_iter().flat_map(dated).collect()
    }

    /// Fixes that waited for the time to be known.
    pub(crate) fn release(&mut self, link: &Link, now: Now) -> Vec<Input> {
        self.dating.release(&mut self.parser, link, now)
    }
}

/// The two sentences of a fix: its time, place, course and date, and how good it is.
fn sentences(fix: &Fix, time_ms: i64) -> Vec<u8> {
    let time = DateTime::from_timestamp_millis(time_ms).unwrap_or_default();
    let (clock, date) = (time.format("%H%M%S%.3f"), time.format("%d%m%y"));
    let place = format!("{},N,{},E", degrees_minutes(fix.lat, 2), degrees_minutes(fix.lon, 3));
    let knots = fix.speed_mps.unwrap_or(0.0) * 3_600.0 / 1_852.0;
    let course = fix.heading_deg.unwrap_or(0.0);
    let satellites = fix.satellites.unwrap_or(0);
    let hdop = fix.hdop.unwrap_or(1.0);
    let all = [
        format!("GPRMC,{clock},A,{place},{knots:.2},{course:.1},{date},,,A"),
        format!("GPGGA,{clock},{place},1,{satellites:02},{hdop:.1},1100.0,M,,M,,"),
    ];
    let line = |text: &String| {
        let sum = text.bytes().fold(0, |sum, byte| sum ^ byte);
        format!("${text}*{sum:02X}\r\n")
    };
    all.iter().map(line).collect::<String>().into_bytes()
}

/// Degrees and minutes as sentences write them; north and east only, where the province lies.
fn degrees_minutes(degrees: f64, digits: usize) -> String {
    let (whole, minutes) = (degrees.trunc(), degrees.fract() * 60.0);
    format!("{whole:0digits$.0}{minutes:09.6}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use vehicle_agent::link::{LinkSettings, ReceiptPolicy};
    use vehicle_agent::nmea::DatedBy;
    use vehicle_agent::outbox::OutboxContent;

    #[test]
    fn the_real_reader_reads_what_a_receiver_tells() {
        let fix = Fix {
            fix_time_ms: 1_780_000_000_000,
            dated_by: DatedBy::Receiver,
            lat: 38.5,
            lon: 106.25,
            speed_mps: Some(10.0),
            heading_deg: Some(90.0),
            satellites: Some(9),
            hdop: Some(0.9),
        };
        let now = Now { wall_ms: 1_780_000_000_000, steady_ms: 1_000 };
        let receipts = ReceiptPolicy::AtOnce;
        let settings =
            LinkSettings { software: "test".to_owned(), receipts, seed: 1, pictures: false };
        let link = Link::new(settings, OutboxContent::empty("o".to_owned()), now);
        let mut receiver = Receiver::new(1);
        let heard = receiver.tells(&fix, &link, now, 1_000);
        let [Input::NewFix(read)] = &heard[..] else { panic!("{heard:?}") };
        assert_eq!((read.fix_time_ms, read.lat, read.lon), (fix.fix_time_ms, 38.5, 106.25));
        receiver.fail(Some((ReceiverFault::Silent, 2_000)));
        assert!(receiver.tells(&fix, &link, now, 1_000).is_empty());
        receiver.fail(Some((ReceiverFault::WeeksBehind, 2_000)));
        let heard = receiver.tells(&fix, &link, now, 1_000);
        let is_wrong =
            |it: &Input| matches!(it, Input::NewFix(read) if read.fix_time_ms != fix.fix_time_ms);
        assert!(!heard.iter().any(is_wrong), "a wrong date goes no further: {heard:?}");
    }
}
