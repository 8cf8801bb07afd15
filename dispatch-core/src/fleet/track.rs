//! The live track of one vehicle: judges each fix as it comes and decides where the marker stands.
//!
//! Keeps a few fixes, never a history. Orders by fix time and never holds a fix back.

use super::fix::{Doubt, Fix, FixAssessment, FixNorms, FixQuality};
use crate::model::{Timestamp, Wgs84};

/// Fixes remembered to recognise repeats: terminals resend the last few after a cut; what is older
/// is caught by its report number.
const REMEMBERED_FIXES: usize = 8;

/// The fix the live marker stands at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LiveFix {
    /// The fix.
    pub fix: Fix,
    /// When the server had it.
    pub received_at: Timestamp,
    /// Its quality: fresh, or late when nothing newer has come since.
    pub quality: FixQuality,
}

/// What is known of one vehicle's movement; about 350 bytes, whatever comes.
#[derive(Clone, Debug, Default)]
pub struct VehicleTrack {
    live: Option<LiveFix>,
    last_received_at: Option<Timestamp>,
    recent: [Option<(Timestamp, Wgs84)>; REMEMBERED_FIXES],
    next_recent: usize,
    /// Where impossible fixes say the vehicle is, and how many in a row agree.
    rival: Option<(Fix, u8)>,
    /// Metres a second between the last two different live positions.
    driven_mps: f64,
    /// Fixes in a row at the live position.
    unchanged: u8,
}

impl VehicleTrack {
    /// The fix the live marker stands at.
    pub fn live(&self) -> Option<&LiveFix> {
        self.live.as_ref()
    }

    /// When anything was last received, trusted or not; tells a silent vehicle from a doubtful one.
    pub fn last_received_at(&self) -> Option<Timestamp> {
        self.last_received_at
    }

    /// Judges a fix received now and moves the marker if it should.
    pub fn assess(&mut self, fix: Fix, received_at: Timestamp, norms: &FixNorms) -> FixAssessment {
        self.heard(received_at);
        let age_seconds = received_at.seconds_since(fix.fix_time);
        if !is_real(fix.position) {
            return doubtful(FixQuality::Suspect, Doubt::NoRealPosition);
        }
        if age_seconds < -norms.ahead_tolerance_seconds {
            return doubtful(FixQuality::Suspect, Doubt::AheadOfClock);
        }
        if self.recent.contains(&Some((fix.fix_time, fix.position))) {
            return doubtful(FixQuality::Late, Doubt::Repeated);
        }
        self.remember(&fix);
        let Some(live) = self.live else {
            return self.move_marker(fix, received_at, norms);
        };
        if fix.fix_time <= live.fix.fix_time {
            return doubtful(FixQuality::Late, Doubt::OlderThanMarker);
        }
        if !norms.reachable(&live.fix, &fix) && !self.is_believed_at_last(fix, norms) {
            return doubtful(FixQuality::Suspect, Doubt::ImpossibleSpeed);
        }
        if self.is_frozen(&live.fix, &fix, norms) {
            return doubtful(FixQuality::Frozen, Doubt::Unchanging);
        }
        self.move_marker(fix, received_at, norms)
    }

    /// Takes over a fix that was judged elsewhere, with when it was received by this clock. True when the
    /// marker moves to it: never to an older one, and never to one from the future, which would look fresh
    /// for ever.
    pub fn adopt(&mut self, live: LiveFix, norms: &FixNorms) -> bool {
        self.heard(live.received_at);
        let is_newer = self.live.is_none_or(|known| known.fix.fix_time < live.fix.fix_time);
        let ahead_seconds = live.fix.fix_time.seconds_since(live.received_at);
        let is_possible =
            ahead_seconds <= norms.ahead_tolerance_seconds && is_real(live.fix.position);
        if !is_newer || !is_possible {
            return false;
        }
        self.remember(&live.fix);
        // What was doubted here was judged with more knowledge there.
        self.rival = None;
        self.driven_mps = 0.0;
        self.unchanged = 0;
        self.live = Some(live);
        true
    }

    /// Something was received of the vehicle, here or elsewhere.
    pub fn heard(&mut self, received_at: Timestamp) {
        self.last_received_at = self.last_received_at.max(Some(received_at));
    }

    fn remember(&mut self, fix: &Fix) {
        self.recent[self.next_recent] = Some((fix.fix_time, fix.position));
        self.next_recent = (self.next_recent + 1) % REMEMBERED_FIXES;
    }

    /// Counts impossible fixes that agree with each other; true when they have to be believed.
    fn is_believed_at_last(&mut self, fix: Fix, norms: &FixNorms) -> bool {
        let agreeing = match self.rival {
            Some((rival, count))
                if fix.fix_time > rival.fix_time && norms.reachable(&rival, &fix) =>
            {
                count.saturating_add(1)
            }
            Some(_) | None => 1,
        };
        self.rival = Some((fix, agreeing));
        agreeing >= norms.agreeing_to_believe
    }

    /// Counts fixes at the very same position; true when the vehicle must have moved meanwhile.
    fn is_frozen(&mut self, live: &Fix, fix: &Fix, norms: &FixNorms) -> bool {
        if fix.position != live.position {
            self.unchanged = 0;
            return false;
        }
        self.unchanged = self.unchanged.saturating_add(1);
        match fix.speed_mps {
            Some(speed) => f64::from(speed) >= norms.moving_speed_mps,
            None => {
                self.driven_mps >= norms.moving_speed_mps
                    && self.unchanged >= norms.unchanged_to_freeze
            }
        }
    }

    fn move_marker(&mut self, fix: Fix, received_at: Timestamp, norms: &FixNorms) -> FixAssessment {
        self.rival = None;
        if let Some(live) = self.live.filter(|live| live.fix.position != fix.position) {
            let metres = live.fix.position.metres_to(fix.position);
            let mps = metres / fix.fix_time.seconds_since(live.fix.fix_time);
            // A jump that had to be believed was not driven.
            self.driven_mps = if mps <= norms.top_speed_mps { mps } else { 0.0 };
        }
        let is_late = received_at.seconds_since(fix.fix_time) > norms.late_after_seconds;
        let quality = if is_late { FixQuality::Late } else { FixQuality::Fresh };
        self.live = Some(LiveFix { fix, received_at, quality });
        FixAssessment { quality, doubt: is_late.then_some(Doubt::LongUnderWay), moves_marker: true }
    }
}

fn is_real(position: Wgs84) -> bool {
    let nowhere = position.lon == 0.0 && position.lat == 0.0;
    !nowhere && Wgs84::checked(position.lon, position.lat).is_some()
}

fn doubtful(quality: FixQuality, doubt: Doubt) -> FixAssessment {
    FixAssessment { quality, doubt: Some(doubt), moves_marker: false }
}
