//! What time it is by the terminals' satellite receivers.
//!
//! A fix comes some time after it was measured, never before, so of each terminal the least late counts; and of all
//! terminals the one in the middle, so that a few with wrong clocks, or with bad intent, move nothing.

use dispatch_core::model::VehicleId;
use std::collections::HashMap;

/// For how long what a terminal told counts.
const COUNTS_FOR_MILLIS: i64 = 60_000;

/// Fewer terminals than this are no witness.
const FEWEST: usize = 3;

/// Most terminals listened to; far more than are needed for a middle.
const MOST: usize = 2_000;

/// The newest offset of each terminal: its time minus steady time, and when by steady time it was told.
#[derive(Debug, Default)]
pub(super) struct Terminals(HashMap<VehicleId, (i64, i64)>);

impl Terminals {
    /// Notes a fix measured at `fix_time` and received at `steady`.
    pub(super) fn hear(&mut self, vehicle: &VehicleId, fix_time: i64, steady: i64) {
        let offset = fix_time.saturating_sub(steady);
        if let Some((best, at)) = self.0.get_mut(vehicle) {
            if offset >= *best || steady - *at > COUNTS_FOR_MILLIS {
                (*best, *at) = (offset, steady);
            }
        } else if self.0.len() < MOST {
            self.0.insert(vehicle.clone(), (offset, steady));
        }
    }

    /// The offset in the middle; nothing when too few were heard of late.
    pub(super) fn offset(&mut self, steady: i64) -> Option<i64> {
        let offsets = self.heard_of_late(steady);
        (offsets.len() >= FEWEST).then(|| offsets[offsets.len() / 2])
    }

    /// The largest offset when too few were heard for one in the middle.
    pub(super) fn offset_of_few(&mut self, steady: i64) -> Option<i64> {
        self.heard_of_late(steady).last().copied().filter(|_| self.0.len() < FEWEST)
    }

    /// In order.
    fn heard_of_late(&mut self, steady: i64) -> Vec<i64> {
        // Twice as long, so that one with a late fix after a good one is not forgotten in between.
        self.0.retain(|_, (_, at)| steady - *at <= 2 * COUNTS_FOR_MILLIS);
        let mut offsets: Vec<i64> = self.0.values().map(|(offset, _)| *offset).collect();
        offsets.sort_unstable();
        offsets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_the_least_late_is_the_time() {
        let mut terminals = Terminals::default();
        let hear = |terminals: &mut Terminals, name: &str, offset: i64| {
            terminals.hear(&name.into(), 1_000_000 + offset, 1_000_000);
        };
        hear(&mut terminals, "a", -300);
        hear(&mut terminals, "a", -90_000);
        hear(&mut terminals, "b", -200);
        assert_eq!(terminals.offset(1_000_000), None, "two may both be wrong");
        assert_eq!(terminals.offset_of_few(1_000_000), Some(-200), "the later of both");
        hear(&mut terminals, "c", 400_000_000);
        assert_eq!(terminals.offset(1_000_000), Some(-200));
        assert_eq!(terminals.offset_of_few(1_000_000), None);
        assert_eq!(terminals.offset(1_000_000 + 3 * COUNTS_FOR_MILLIS), None, "long ago");
    }
}
