//! From what a console sends to what the desk does, and back: checks every field, names the core's types,
//! and puts the core's refusals into problems. Decides nothing itself.

mod answer;
mod check;
mod command;
mod confirm;
mod facts;
mod for_desk;
mod ground;
mod read;

pub use answer::{answer_to, api_error_of, rejection_refusal};
pub(crate) use check::{kept_moment, moment, optional_moment};
pub use command::ReadCommand;
pub use for_desk::ForDesk;
pub(crate) use ground::on_the_ground;
pub use read::{CheckedCommand, read_command};
