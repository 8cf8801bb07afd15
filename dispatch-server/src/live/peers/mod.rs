//! What the servers of one province tell each other through Redis: where vehicles are, and who holds their
//! links.
//!
//! All of it may vanish at any moment and comes back by itself: nothing here is a truth, nothing is stored in
//! Redis, nothing is waited for. Commands and orders never go this way; they go through the journal, so a vehicle
//! gets its order whichever server holds its link. Without Redis the vehicles of other servers simply
//! grow old on the screen, and the consoles are told why.

mod gather;
mod hear;
mod messages;
mod others;
mod talk;

pub use messages::read_peer_message;
pub(super) use talk::run;

use std::time::Duration;

/// How often a server says what it holds, which is its sign of life too: a vehicle is shown as silent after
/// ten seconds, and must not be because word of it came late.
const HOLDS_EVERY: Duration = Duration::from_secs(2);

/// A server from which nothing was heard for this long is taken to be gone, and the links it held with it:
/// three signs of life in a row.
const LOST_AFTER: Duration = Duration::from_secs(6);

/// Pause before Redis is tried again.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// Longest wait for an answer of Redis, which takes less than a millisecond when it is well.
const ANSWER_WAIT: Duration = Duration::from_secs(2);

/// Most other servers that are listened to. A province needs three; more is somebody else's channel.
const MOST_SERVERS: usize = 32;

/// Longest word that is read, in bytes: all links and fixes of ten thousand vehicles take two megabytes.
const MOST_WORD_BYTES: usize = 16 * 1024 * 1024;
