//! What may be done, and what follows from it. Reads the state, never changes it; every refusal says why.

use crate::model::*;
use crate::rules::Rules;
use crate::state::CentreState;

/// What comes of a command that was not refused.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// These events happen, in this order, all or none; versions follow the state's.
    Events(Vec<Recorded>),
    /// The same act was recorded before; answer as then and write nothing.
    AlreadyRecorded,
}

/// Decides a command. Deterministic: the same arguments give the same answer for ever.
///
/// # Errors
/// A [`Rejection`] says what cannot be done, why and what to do instead. For an act of a crew the
/// caller then records [`refusal_event`], so that nothing pressed is lost.
pub fn decide(
    state: &CentreState,
    rules: &Rules,
    command: &Command,
    context: &ActContext,
) -> Result<Decision, Rejection> {
    let _ = (state, rules, command, context);
    Ok(Decision::AlreadyRecorded)
}

/// The event that keeps a refused act of a crew, also counting it as received. Nothing when the act
/// was not a crew's, when it must be sent again in order ([`Rejection::ActGap`]), or when the vehicle is not at this centre.
pub fn refusal_event(
    state: &CentreState,
    rules: &Rules,
    command: &Command,
    context: &ActContext,
    rejection: &Rejection,
) -> Option<Recorded> {
    let _ = (state, rules, command, context, rejection);
    None
}
