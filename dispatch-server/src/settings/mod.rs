//! What the program is told at its start, by flag or environment (`HELAN_*`), and the checks that end it in
//! one clear line before a port is bound.

mod check;
mod commands;
mod encryption;
mod serve;
mod server;

pub use check::{BadSetting, journal_key, load_region, prepare_data};
pub(crate) use check::{
    cannot_listen, cannot_listen_for_metrics, check, open_certificates, witness,
};
pub use commands::{
    AddPerson, AnchorHeads, Arguments, BackUp, Command, Export, IncarnationArgument, KeyArguments,
    MakeVehicleKeys, MarkRestored, Mend, MoveToPostgres, RebuildReports, RecordLost, Restore,
    RetireVehicles, StoreArguments, Verify,
};
pub use encryption::EncryptionArguments;
pub use serve::ServeArguments;
pub use server::ServeSettings;
