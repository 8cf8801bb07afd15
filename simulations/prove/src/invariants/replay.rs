//! What a server shows is the fold of the journal at that version.

use super::Violation;
use dispatch_core::CentreState;

/// Holds a server's state against the fold of the journal.
///
/// # Errors
/// When they are of one version and differ.
pub(crate) fn same_state(
    server: usize,
    shown: &CentreState,
    folded: &CentreState,
) -> Result<(), Violation> {
    if shown.version != folded.version || shown == folded {
        return Ok(());
    }
    let what = format!("server {server} shows another {} {}", folded.centre, folded.version);
    Err(Violation::new("replay", what))
}
