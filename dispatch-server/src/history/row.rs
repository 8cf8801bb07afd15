//! One fix as history keeps it.

use dispatch_core::fleet::FixQuality;
use dispatch_core::model::{OutboxId, Timestamp, VehicleId, Wgs84};

/// One fix of one vehicle. History rounds positions to 1e-7 degree (a centimetre), speeds to a millimetre a
/// second, headings and dilution to a hundredth.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredFix {
    /// Which vehicle.
    pub vehicle: VehicleId,
    /// The terminal's outbox.
    pub outbox: OutboxId,
    /// Its number in that outbox, from 1.
    pub number: u64,
    /// When it was measured, by the terminal's clock.
    pub fix_time: Timestamp,
    /// When it was received, by the server's clock.
    pub received_at: Timestamp,
    /// Where, in WGS-84.
    pub position: Wgs84,
    /// Speed over ground in metres a second.
    pub speed_mps: Option<f32>,
    /// Course in degrees clockwise from true north.
    pub heading_deg: Option<f32>,
    /// Satellites used.
    pub satellites: Option<u8>,
    /// Horizontal dilution of precision.
    pub hdop: Option<f32>,
    /// How far it was trusted when it came.
    pub quality: FixQuality,
}

/// The last of the numbers that stand for a fix which was believed: fresh and late.
pub(super) const LAST_TRUSTED: i64 = quality_number(FixQuality::Late);

pub(super) const fn quality_number(quality: FixQuality) -> i64 {
    match quality {
        FixQuality::Fresh => 0,
        FixQuality::Late => 1,
        FixQuality::Suspect => 2,
        FixQuality::Frozen => 3,
    }
}

/// The quality with this number; what no release wrote is suspect.
pub(super) const fn quality_of(number: i64) -> FixQuality {
    match number {
        0 => FixQuality::Fresh,
        1 => FixQuality::Late,
        3 => FixQuality::Frozen,
        _ => FixQuality::Suspect,
    }
}

/// A track in order of time without what two outboxes brought: the same place at the same time. A terminal that was not
/// answered brings a position again, and an outbox that had to begin anew cannot know that it had been sent.
pub(super) fn each_once(track: Vec<StoredFix>) -> Vec<StoredFix> {
    let mut once: Vec<StoredFix> = Vec::with_capacity(track.len());
    for row in track {
        let mut of_its_time = once.iter().rev().take_while(|it| it.fix_time == row.fix_time);
        if !of_its_time.any(|it| it.position == row.position && it.outbox != row.outbox) {
            once.push(row);
        }
    }
    once
}

/// A number scaled to an integer. Casts saturate, and no number (NaN) becomes 0.
pub(super) fn scaled(value: f64, scale: f64) -> i64 {
    (value * scale).round() as i64
}
