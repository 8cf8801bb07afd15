//! How a terminal numbers what it sends, and what became of earlier numbers.

use crate::vocabulary::{RenewalReason, StorageState};

wire! {
    /// How a terminal numbers and stores, as its link begins.
    pub struct TerminalReport {
        /// Lowest command number that the server has not confirmed; one above `last_command` when it has all.
        pub first_command: u64,
        /// Highest command number ever given in this outbox.
        pub last_command: u64,
        /// Whether its disk takes what is pressed.
        pub storage: StorageState,
        /// The outbox before this one, when this one was opened in its place.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub previous: Option<PreviousOutbox>,
        /// Whether it can send a picture of its cameras; absent from releases that could not.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub pictures: bool,
    }

    /// The outbox that a terminal gave up, and why.
    pub struct PreviousOutbox {
        /// Its name; empty when it could not be read.
        pub outbox: String,
        /// Every command up to this number was confirmed by a server.
        pub commands_through: u64,
        /// Highest command number ever given in it.
        pub last_command: u64,
        /// Commands moved from it into the new one.
        pub moved: u64,
        /// Why it was given up.
        pub reason: RenewalReason,
        /// The newest earlier outbox of which something was confirmed, while nothing is in this one; absent from
        /// releases that could not tell.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub confirmed: Option<ConfirmedMark>,
    }

    /// How far a centre had the commands of an outbox when it was given up. One that has less by now was set back since.
    pub struct ConfirmedMark {
        /// The outbox.
        pub outbox: String,
        /// Every command up to this number was recorded, as the terminal knows it.
        pub through: u64,
    }

    /// Where a command was first numbered.
    pub struct PressedAs {
        /// The outbox.
        pub outbox: String,
        /// Its number there.
        pub number: u64,
    }
}
