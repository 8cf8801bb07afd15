//! Texts and reasons out of arbitrary bytes.

use dispatch_core::model::{Place, PlaceSource, Reasoned, Wgs84};
use libfuzzer_sys::arbitrary::{Result, Unstructured};

/// Longer than any limit of the rules.
const TOO_LONG: usize = 2_001;

/// Mostly short, now and then anything, now and then too long.
pub(crate) fn text(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(match u.int_in_range(0..=15)? {
        0 => u.arbitrary::<String>()?.chars().take(TOO_LONG).collect(),
        1 => "长".repeat(u.int_in_range(0..=TOO_LONG)?),
        2 => String::new(),
        _ => "三楼".to_owned(),
    })
}

/// Any row of a reason table with any note.
pub(crate) fn reasoned<R: Copy>(u: &mut Unstructured<'_>, table: &[R]) -> Result<Reasoned<R>> {
    Ok(Reasoned { reason: *u.choose(table)?, note: text(u)? })
}

/// A place with or without a position; positions were checked at the edge.
pub(crate) fn place(u: &mut Unstructured<'_>) -> Result<Place> {
    Ok(Place {
        address: text(u)?,
        position: Wgs84::checked(u.arbitrary()?, u.arbitrary()?),
        source: PlaceSource::MapClick,
        error_radius_m: u.arbitrary()?,
        measured_at: None,
    })
}

/// One of these, or nothing when there is none.
pub(crate) fn one_of<T: Clone>(u: &mut Unstructured<'_>, of: Vec<T>) -> Result<Option<T>> {
    if of.is_empty() { Ok(None) } else { u.choose(&of).cloned().map(Some) }
}
