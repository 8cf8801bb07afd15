//! Position history: every fix with its quality, written in batches to its own SQLite file or to a
//! partitioned PostGIS table.
//!
//! Positions are not events: they may be lost without losing a command, and writing them never holds up
//! the journal. The live picture is not here; it is in memory, and the tracker's.

mod batch;
mod carry;
mod contract;
mod damage;
mod embedded;
mod error;
mod file;
mod handle;
mod last_run;
mod memory;
pub mod postgres;
mod query;
mod retention;
mod rounds;
mod row;
mod store;
mod task;

pub use carry::{CarryError, carry_fixes};
pub use error::{HistoryError, HistoryFull};
pub use handle::{History, QUEUED_FIXES};
pub use last_run::hear_last_run;
pub use memory::MemoryFixes;
pub use row::StoredFix;
pub use task::{BATCH_FIXES, BATCH_MILLIS, HistoryTask};

/// The file's name in the data folder.
pub const HISTORY_FILE: &str = "history.sqlite";

/// How long positions are kept unless set otherwise: three years, as dispatch records are.
pub const KEEP_DAYS: u32 = 3 * 366;
