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

#[cfg(test)]
mod tests {
    use super::super::examples::{enrolled, fold, opened};
    use super::*;

    #[test]
    fn another_state_of_the_same_version_is_seen() {
        let folded = fold([enrolled("v"), opened("a-1")]);
        assert_eq!(same_state(0, &folded, &folded), Ok(()));
        let other = fold([enrolled("w"), opened("a-1")]);
        assert_eq!(same_state(0, &other, &folded).unwrap_err().what, "server 0 shows another a 2");
        assert_eq!(same_state(0, &fold([enrolled("w")]), &folded), Ok(()), "it is behind");
    }
}
