//! A recording, given out at the pace at which it was made.

use std::io;
use std::path::Path;
use std::time::Duration;

use tokio::sync::mpsc;

use crate::nmea::{strip_annotations, time_of_day_ms};

/// Milliseconds in a day.
const DAY_MS: i64 = 86_400_000;
/// A longer gap in a recording is not waited out.
const LONGEST_GAP_MS: i64 = 10_000;

/// Gives out the recording; `rate` 2 is twice as fast as it was made, 0 as fast as it can be read.
pub(super) async fn run(path: &Path, rate: f64, bytes: &mpsc::Sender<Vec<u8>>) -> io::Result<()> {
    let recording = strip_annotations(&tokio::fs::read(path).await?);
    let mut last = None;
    for line in recording.split_inclusive(|byte| *byte == b'\n') {
        let time = std::str::from_utf8(line).ok().and_then(|text| time_of_day_ms(text.trim()));
        if let (Some(time), Some(last)) = (time, last)
            && let Some(gap) = gap(last, time, rate)
        {
            tokio::time::sleep(gap).await;
        }
        last = time.or(last);
        if bytes.send(line.to_vec()).await.is_err() {
            break;
        }
    }
    Ok(())
}

fn gap(from_ms: i64, to_ms: i64, rate: f64) -> Option<Duration> {
    let gap_ms = (to_ms - from_ms).rem_euclid(DAY_MS);
    // A step back of the clock looks like almost a day; it is no gap.
    let gap_ms = if gap_ms > DAY_MS / 2 { 0 } else { gap_ms.min(LONGEST_GAP_MS) };
    let gap_ms = u64::try_from(gap_ms).ok().filter(|gap_ms| *gap_ms > 0 && rate > 0.0)?;
    Duration::try_from_secs_f64(Duration::from_millis(gap_ms).as_secs_f64() / rate).ok()
}
