//! The live feed to consoles, `/ws/console`: a snapshot, then numbered changes.
//!
//! A console signs in by its session cookie. It keeps, for each centre, the version it has seen; on
//! a new link it sends them and gets what it missed, or a new snapshot if that is too much. Positions
//! come as binary frames (`positions`), conflated; commands never are.

use crate::route::ArrivalView;
use crate::views::{IncidentView, LogEntry, VehicleView};

wire! {
    /// What a console sends.
    #[serde(tag = "type")]
    pub enum ConsoleMessage {
        /// First message on every link.
        Subscribe {
            /// `PROTOCOL_VERSION` of the sender.
            protocol: u16,
            /// The feed's epoch of the earlier link; absent for a fresh start.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            epoch: Option<String>,
            /// What was seen on the earlier link.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            seen: Vec<SeenVersion>,
        },
        /// Asks for an answer.
        Ping {
            /// The console's clock.
            clock: i64,
        },
    }

    /// A centre's journal version.
    pub struct SeenVersion {
        /// The centre.
        pub centre: String,
        /// The version.
        pub version: u64,
        /// The first eight bytes of the journal's hash there, as hexadecimal digits: by it a server knows whether
        /// the console saw this journal or one that was set back since. Absent in earlier releases.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub hash: Option<String>,
    }

    /// What the server sends to a console as text.
    #[serde(tag = "type")]
    pub enum FeedMessage {
        /// The whole picture; replaces what the console had.
        Snapshot(Box<Snapshot>),
        /// What happened at one centre since the version before `first_version`.
        Changes(Box<Changes>),
        /// The console has everything up to these versions; sent when a resume is complete.
        CaughtUp {
            /// The feed's epoch, to be sent with the versions on the next link: only the server knows within
            /// what they can be compared.
            epoch: String,
            /// The server's clock.
            server_time: i64,
            /// Versions per centre.
            versions: Vec<SeenVersion>,
        },
        /// A vehicle's link came or went.
        Link {
            /// The vehicle.
            vehicle: String,
            /// Whether it is online now.
            online: bool,
            /// Since when.
            since: i64,
        },
        /// The state of the service changed.
        Service(ServiceState),
        /// When every vehicle under way in scope will be there: the whole list, which replaces the one
        /// before. The newest only; never queued.
        Arrivals {
            /// When it was worked out.
            made_at: i64,
            /// One for each running task whose time is known.
            arrivals: Vec<ArrivalView>,
        },
        /// Answer to `Ping`.
        Pong {
            /// The clock that was sent.
            clock: i64,
            /// The server's clock.
            server_time: i64,
        },
        /// The link is about to be closed, and why.
        Closing {
            /// Stable code.
            code: String,
            /// One English sentence.
            message: String,
        },
    }

    /// The whole picture of the centres in scope.
    pub struct Snapshot {
        /// The feed's epoch.
        pub epoch: String,
        /// The server's clock.
        pub server_time: i64,
        /// Versions per centre.
        pub versions: Vec<SeenVersion>,
        /// Incidents that are open, and those that ended within the last hours.
        pub incidents: Vec<IncidentView>,
        /// Every vehicle.
        pub vehicles: Vec<VehicleView>,
        /// The newest log lines, oldest first.
        pub log: Vec<LogEntry>,
        /// The state of the service.
        pub service: ServiceState,
    }

    /// What changed at one centre. Views are whole: each replaces the one before.
    pub struct Changes {
        /// The centre.
        pub centre: String,
        /// The first version told of; one after the last the console has.
        pub first_version: u64,
        /// The last version told of.
        pub last_version: u64,
        /// The journal's hash there, as in `SeenVersion`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last_hash: Option<String>,
        /// Incidents as they are now.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub incidents: Vec<IncidentView>,
        /// Vehicles as they are now.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub vehicles: Vec<VehicleView>,
        /// Vehicles that left the centre: each is dropped, unless another centre's view of it came since.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub vehicles_gone: Vec<String>,
        /// One line for each version.
        pub log: Vec<LogEntry>,
    }

    /// Whether everything works, in a form that consoles put in plain words.
    pub struct ServiceState {
        /// Whether commands are being recorded.
        pub journal: PartState,
        /// Whether position history is being written.
        pub history: PartState,
        /// When the file of positions was found damaged or gone and a new one was begun, unix milliseconds: tracks
        /// before are missing. Absent when that did not happen, or the damaged file was taken away since.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub positions_lost_at: Option<i64>,
        /// Whether positions and links of the other servers are heard; absent where a server is alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub others: Option<PartState>,
        /// Whether this server's clock agrees with the database's; absent where a server is alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub clock: Option<PartState>,
        /// Room on the disk of the embedded store: degraded when positions are no longer recorded, down when commands
        /// soon cannot be either; absent while there is enough, and where the disk is the database's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub space: Option<PartState>,
        /// Whether this server's region folder is the one whose vehicles are in service; absent where it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub region: Option<PartState>,
        /// The newest set-back of each centre's journal that ever was set back.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub set_backs: Vec<SetBackView>,
        /// Centres whose journal cannot be written on, and stand still, while the others go on.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub standing_still: Vec<String>,
        /// Vehicles whose terminals come to this server with a key and that no centre has: nothing their crews press
        /// can be recorded until the region folder has them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub without_centre: Vec<String>,
    }

    /// Commands that had been acknowledged and that a centre's journal no longer holds.
    pub struct SetBackView {
        /// Whose journal.
        pub centre: String,
        /// When it was recorded.
        pub at: i64,
        /// The last version that was acknowledged.
        pub from_version: u64,
        /// The last version known to be as it was.
        pub to_version: u64,
        /// Incidents that the lost commands spoke of, as far as they are known.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub incidents: Vec<String>,
    }
}

words! {
    /// How a part of the service is.
    PartState {
        /// Works.
        Working,
        /// Slow or retrying.
        Degraded,
        /// Does not work.
        Down,
    }
}
