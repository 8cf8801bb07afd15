//! A console's end of the live feed: what it is shown, folded as the browser's console folds it, and the link
//! that carries it. Used by simulations, load runs and tests; it draws nothing.

mod feed_state;
mod link;

pub use feed_state::{FeedError, FeedState, Servers, Told};
pub use link::{ConsoleLink, Frame, LinkError, Unread};
