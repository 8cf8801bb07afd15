//! What an event changes. Never refuses: the journal is the truth. A wrong event is a bug and panics.

use crate::model::*;
use crate::state::CentreState;

/// Applies the next event of the centre's journal.
///
/// # Panics
/// When the event does not follow the state: a bug in the caller or a damaged journal.
pub fn apply(state: &mut CentreState, recorded: &Recorded) {
    assert_eq!(recorded.version, state.version + 1, "events are applied in order");
    state.version = recorded.version;
}
