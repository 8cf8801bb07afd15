//! The name of one run of one server, for servers that share vehicles' links.

use dispatch_desk::chance::random;
use serde::{Deserialize, Serialize};

/// One run of one server, by a number drawn at its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct ServerRun(u32);

impl ServerRun {
    pub(crate) fn begin() -> Self {
        Self(random())
    }
}
