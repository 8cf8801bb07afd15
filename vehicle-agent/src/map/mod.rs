//! The region's map on this terminal: fetched once from the server, kept on disk beside the outbox, and fetched anew
//! only when it has changed. A lane of its own, bounded in size and time, that gives way to every press: no order, press
//! or position ever waits for it, and without a map the crew's page draws the route on empty ground.

mod fetch;
mod file;
mod keeper;
mod lane;
mod stored;

pub use fetch::{MapAnswer, MapError};
pub use keeper::{MapKeeper, MapShelf};
pub use lane::{SPREAD, keep_up};
pub use stored::StoredMap;
