//! The desk: the one place of a process that changes state.
//!
//! Takes commands from a bounded queue, decides each against the state so far, makes a whole batch durable
//! in one transaction, shows the new state, tells those who follow, and only then answers. It knows
//! no HTTP, no sockets and no rules; the rules are the core's. What readers see is durable, always.

mod anchoring;
mod at_start;
mod batch;
mod damage;
mod enrolment;
mod envelope;
mod follow;
mod handle;
mod lending;
mod news;
mod published;
mod recording;
mod set_back;
mod snapshots;
mod task;
mod time;
mod trail;
mod watch;
mod worker;

pub use anchoring::keep_anchored;
pub use at_start::DeskError;
pub use enrolment::EnrolmentReport;
pub use envelope::{Bar, CommandEnvelope, CommandError, Committed, Done};
pub use handle::{Desk, QUEUE_LENGTH};
pub use lending::Lending;
pub use task::ACTS_PER_COMMIT;
pub use worker::{DeskTask, SetBacks, Troubles};
