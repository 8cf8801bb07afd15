//! The subcommands and their flags.

use super::{BadSetting, ServeArguments};
use crate::stores::{Database, Storage};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Helan's dispatch server: 120 emergency dispatch for a whole province.
#[derive(Debug, Parser)]
#[command(name = "dispatch-server", version)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the server until SIGTERM or Ctrl-C
    Serve(Box<ServeArguments>),
    /// Check every journal from its first event: numbers, hashes, that each event can be read, and snapshots
    Verify(Verify),
    /// Add the heads of all journals to a file, sealed with the journal key
    Anchor(AnchorHeads),
    /// Cut a damaged journal where it ceases to be whole, keep what is cut off in a file, and go on from there; stop
    /// all servers first
    Mend(Mend),
    /// Record again, as such, what was lost: calls as new incidents, other events as notes
    RecordLost(RecordLost),
    /// Add a person who may sign in; the password comes from HELAN_PERSON_PASSWORD or the first line of stdin
    AddPerson(AddPerson),
    /// Make new keys for all vehicles of the region and write them to a file that only its owner may read
    MakeVehicleKeys(MakeVehicleKeys),
    /// Move an embedded installation to PostgreSQL: journals, people, keys and positions; stop the server first
    MoveToPostgres(MoveToPostgres),
    /// Write a backup of journals, people and keys to a file that only its owner may read
    BackUp(BackUp),
    /// Put a backup into an empty data folder or database
    Restore(Restore),
    /// Write down that an older copy stands in the database's place, where no server remembers a newer one; stop all
    /// servers first
    MarkRestored(MarkRestored),
    /// Print the events of the journals as JSON, a line each
    Export(Export),
    /// Take vehicles out of service for good; servers may run
    RetireVehicles(RetireVehicles),
    /// Empty the report tables of the database and make them again from journal and region
    RebuildReports(RebuildReports),
    /// Print the description of the HTTP API
    Openapi,
}

/// Which stores a command works on.
#[derive(Clone, Debug, Args)]
pub struct StoreArguments {
    /// Data folder of the embedded store
    #[arg(long, env = "HELAN_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// PostgreSQL database, e.g. postgres://helan@db/helan; goes before the data folder
    #[arg(long, env = "HELAN_DATABASE", hide_env_values = true, value_name = "URL")]
    pub database: Option<Database>,
}

impl StoreArguments {
    /// The stores meant.
    ///
    /// # Errors
    /// When neither is named.
    pub fn storage(&self) -> Result<Storage, BadSetting> {
        match (&self.database, &self.data) {
            (Some(database), _) => Ok(Storage::Shared(database.clone())),
            (None, Some(folder)) => Ok(Storage::Embedded(folder.clone())),
            (None, None) => {
                let what = "name a data folder, or a database with --database (HELAN_DATABASE)";
                Err(BadSetting::new("--data", "HELAN_DATA", what))
            }
        }
    }
}

/// Where the journal key is.
#[derive(Clone, Debug, Args)]
pub struct KeyArguments {
    /// The journal key; without it the systemd credential journal.key, or a file of that name in the data folder
    #[arg(long, env = "HELAN_JOURNAL_KEY", value_name = "FILE")]
    pub journal_key: Option<PathBuf>,
}

/// Flags of `verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// Where
    #[command(flatten)]
    pub store: StoreArguments,
    /// The key
    #[command(flatten)]
    pub key: KeyArguments,
    /// A file of heads that `anchor` or a server wrote: every head in it must be in the journals
    #[arg(long, value_name = "HEADS")]
    pub against: Option<PathBuf>,
}

/// Flags of `anchor`.
#[derive(Debug, Args)]
pub struct AnchorHeads {
    /// Where
    #[command(flatten)]
    pub store: StoreArguments,
    /// The key
    #[command(flatten)]
    pub key: KeyArguments,
    /// File to which a line for each journal is added
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// Flags of `mend`.
#[derive(Debug, Args)]
pub struct Mend {
    /// Where; for PostgreSQL as a role that owns the table of events
    #[command(flatten)]
    pub store: StoreArguments,
    /// The centre whose journal is damaged
    #[arg(long)]
    pub centre: String,
    /// File for the events that are cut off; must not be there yet
    #[arg(long, value_name = "FILE")]
    pub cut: PathBuf,
}

/// Flags of `record-lost`.
#[derive(Debug, Args)]
pub struct RecordLost {
    /// Where
    #[command(flatten)]
    pub store: StoreArguments,
    /// What was lost: a file of `mend`, or one of a server's folder `lost`
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
}

/// Flags of `add-person`.
#[derive(Debug, Args)]
pub struct AddPerson {
    /// Where
    #[command(flatten)]
    pub store: StoreArguments,
    /// Region folder
    #[arg(long, env = "HELAN_REGION", value_name = "DIR")]
    pub region: PathBuf,
    /// Sign-in name
    #[arg(long)]
    pub name: String,
    /// Name as shown; the sign-in name when absent
    #[arg(long)]
    pub display_name: Option<String>,
    /// call_taker, dispatcher, supervisor, regional_duty_officer, hospital or administrator
    #[arg(long)]
    pub role: String,
    /// Centre by its id
    #[arg(long)]
    pub centre: String,
    /// Hospital by its id, for the hospital role
    #[arg(long)]
    pub hospital: Option<String>,
}

/// Flags of `make-vehicle-keys`.
#[derive(Debug, Args)]
pub struct MakeVehicleKeys {
    /// Where
    #[command(flatten)]
    pub store: StoreArguments,
    /// Region folder
    #[arg(long, env = "HELAN_REGION", value_name = "DIR")]
    pub region: PathBuf,
    /// File to write, one `vehicle key` a line; an earlier one is replaced
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// Flags of `move-to-postgres`.
#[derive(Debug, Args)]
pub struct MoveToPostgres {
    /// Data folder of the embedded installation
    #[arg(long, env = "HELAN_DATA", value_name = "DIR")]
    pub data: PathBuf,
    /// PostgreSQL database to move to, e.g. postgres://helan@db/helan
    #[arg(long, env = "HELAN_DATABASE", hide_env_values = true, value_name = "URL")]
    pub database: Database,
}

/// Flags of `back-up`.
#[derive(Debug, Args)]
pub struct BackUp {
    /// Where
    #[command(flatten)]
    pub store: StoreArguments,
    /// File to write; an earlier one is replaced when the new one is whole
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// Flags of `restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// Where
    #[command(flatten)]
    pub store: StoreArguments,
    /// The backup
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    /// The count of set-backs from here on
    #[command(flatten)]
    pub count: IncarnationArgument,
}

/// Flags of `mark-restored`.
#[derive(Debug, Args)]
pub struct MarkRestored {
    /// Where
    #[command(flatten)]
    pub store: StoreArguments,
    /// The count of set-backs from here on
    #[command(flatten)]
    pub count: IncarnationArgument,
}

/// What only people may know of earlier set-backs.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct IncarnationArgument {
    /// Lowest count of set-backs that new incidents carry in their numbers; one above the highest ever seen, when the
    /// copy was restored before [default: one above that of the copy]
    #[arg(long, value_name = "COUNT")]
    pub incarnation: Option<u64>,
}

/// Flags of `export`.
#[derive(Debug, Args)]
pub struct Export {
    /// Where
    #[command(flatten)]
    pub store: StoreArguments,
    /// One centre by its id; all when absent
    #[arg(long)]
    pub centre: Option<String>,
}

/// Flags of `retire-vehicles`.
#[derive(Debug, Args)]
pub struct RetireVehicles {
    /// Where
    #[command(flatten)]
    pub store: StoreArguments,
    /// Region folder
    #[arg(long, env = "HELAN_REGION", value_name = "DIR")]
    pub region: PathBuf,
    /// A vehicle by its id; may be repeated
    #[arg(long, required = true, value_name = "ID")]
    pub vehicle: Vec<String>,
    /// Who says so; the journal keeps it
    #[arg(long, value_name = "NAME")]
    pub by: String,
}

/// Flags of `rebuild-reports`.
#[derive(Debug, Args)]
pub struct RebuildReports {
    /// PostgreSQL database
    #[arg(long, env = "HELAN_DATABASE", hide_env_values = true, value_name = "URL")]
    pub database: Database,
    /// Region folder
    #[arg(long, env = "HELAN_REGION", value_name = "DIR")]
    pub region: PathBuf,
}
