//! The bounds that every number of a profile is held to.

use crate::error::ProfileError;

/// Refuses a number outside `low` to `high`; `allowed` says that range to a person.
pub(crate) fn within(
    key: &str,
    value: f64,
    low: f64,
    high: f64,
    allowed: &'static str,
) -> Result<(), ProfileError> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    Err(ProfileError::Range { key: key.to_owned(), value, allowed })
}
