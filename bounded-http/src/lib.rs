//! An HTTP/1 server whose connections are bounded in number, time and rate: slow headers, slow bodies, idle
//! keep-alive connections and slow readers end, and a flood of connections gives way to whoever comes next.
//!
//! A connection is at any time in one phase (see [`Phase`]). Time limits follow from the phase. When a bound
//! on the number of connections is reached, the one that has waited longest gives way, first among those of the
//! same peer; a request that is being answered never does. So a flood can slow itself down, and a new
//! connection that sends its request at once is served. Encrypts when it is given what with. Knows nothing of routes and
//! people; for pages that a machine serves to itself alone there is [`own_pages_only`].

mod body;
mod bounds;
mod connection;
mod encryption;
mod files;
mod now;
mod own_pages;
mod registry;
mod serve;
mod stream;

pub use bounds::Bounds;
pub use connection::{Connection, Phase};
pub use encryption::{Encrypted, Encryption};
pub use files::raise_file_limit;
pub use own_pages::own_pages_only;
pub use registry::Handle;
pub use serve::{serve, serve_encrypted};
