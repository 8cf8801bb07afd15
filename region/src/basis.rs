//! How far a row may be trusted.

use serde::{Deserialize, Serialize};

/// What stands behind a row or one of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Published by a source that the region's README names.
    Fact,
    /// The thing is real, its position or course is only roughly right.
    Approximate,
    /// Made up so that the system can be tried.
    Invented,
}
