//! An authority of one's own in a folder: signs certificates of servers and vehicles, remembers each of them before it is
//! handed out, and keeps the list of those that count no more. Never speaks to a server; servers read its files.
//!
//! | file | what it is |
//! |---|---|
//! | `ca.pem` | the authority's certificate, which servers and terminals are given |
//! | `ca.key` | its private key; for its owner alone, best on a machine without a network |
//! | `issued.csv` | every certificate that was issued |
//! | `revoked.pem` | the list of revoked ones, which servers are given |

mod authority;
mod book;
mod files;
mod hand_out;
mod now;
mod table;

pub use authority::{Authority, Issued, Subject};
pub use book::{Entry, Kind};
pub use files::AuthorityError;
pub use hand_out::save_issued;
pub use now::now_seconds;
pub use table::table;

/// The authority's certificate.
pub const CA_FILE: &str = "ca.pem";
/// The authority's private key.
pub const KEY_FILE: &str = "ca.key";
/// What was issued.
pub const ISSUED_FILE: &str = "issued.csv";
/// The list of revoked certificates.
pub const REVOKED_FILE: &str = "revoked.pem";
