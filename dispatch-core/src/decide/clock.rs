//! Going on after a wrong clock.

use super::draft::Draft;
use crate::model::Event;

/// Records that the journal had run ahead of time. Doing it twice changes nothing.
pub(super) fn correct(draft: &mut Draft) {
    let newest = draft.state.recorded_at;
    if newest > draft.context.now {
        draft.push(Event::ClockCorrected { newest });
    }
}
