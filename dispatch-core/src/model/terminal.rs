//! How far terminals' presses are recorded, and what goes wrong between a terminal and its centre.

use super::OutboxId;
use serde::{Deserialize, Serialize};

/// How far the commands of one terminal's outbox are recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxMark {
    /// The outbox.
    pub outbox: OutboxId,
    /// The highest command number recorded in order; all below it are recorded too, or told as missing.
    pub number: u64,
    /// The newest presses recorded from it, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub presses: Vec<PressMark>,
}

/// One recorded press: enough to know it again, and to know another one under the same number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PressMark {
    /// Its number in the outbox it was recorded from.
    pub number: u64,
    /// Digest of the name that its sender gave it.
    pub digest: u64,
}

/// Something wrong between a terminal and its centre. Kept in the journal, so that a gap or a doubled
/// number is seen and counted, never passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "trouble", rename_all = "snake_case")]
pub enum TerminalTrouble {
    /// The terminal gave up its outbox and numbers anew from 1 in another.
    OutboxRenewed {
        /// The new outbox.
        outbox: OutboxId,
        /// The old one; absent when it could not be read.
        previous: Option<OutboxId>,
        /// How far the terminal knew its old commands to be recorded.
        terminal_through: u64,
        /// How far they are recorded here.
        centre_through: u64,
        /// Commands it moved into the new outbox.
        moved: u64,
        /// Why.
        cause: RenewalCause,
    },
    /// The terminal had these commands confirmed and the journal does not hold them.
    ActsMissing {
        /// The outbox.
        outbox: OutboxId,
        /// First missing number.
        from: u64,
        /// Last missing number.
        through: u64,
        /// Whether the outbox goes on behind the gap, because its terminal cannot open a new one.
        passed_over: bool,
    },
    /// Two different presses came under one number: a terminal set back, or two with one outbox.
    NumberUsedTwice {
        /// The outbox.
        outbox: OutboxId,
        /// The number.
        number: u64,
    },
    /// A press came again under a new number; it is recorded once.
    PressRepeated,
    /// The terminal's disk does not take what is pressed.
    StorageFailing,
    /// It does again.
    StorageRecovered,
    /// The terminal's satellite receiver has a wrong date, so that its positions count as old.
    ReceiverDateWrong,
    /// It has the right one again.
    ReceiverDateRight,
    /// Links of this vehicle end one another again and again: two terminals with one key, or a network
    /// that cuts each link within seconds.
    LinksTakeTurns {
        /// Links that ended another within the last minute.
        in_a_minute: u32,
    },
}

impl TerminalTrouble {
    /// The stable name of its kind, the same as the `trouble` it is stored with.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::OutboxRenewed { .. } => "outbox_renewed",
            Self::ActsMissing { .. } => "acts_missing",
            Self::NumberUsedTwice { .. } => "number_used_twice",
            Self::PressRepeated => "press_repeated",
            Self::StorageFailing => "storage_failing",
            Self::StorageRecovered => "storage_recovered",
            Self::ReceiverDateWrong => "receiver_date_wrong",
            Self::ReceiverDateRight => "receiver_date_right",
            Self::LinksTakeTurns { .. } => "links_take_turns",
        }
    }
}

/// Why a terminal opened a new outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RenewalCause {
    /// The journal lacks commands that were confirmed.
    CentreBehind,
    /// The journal holds commands that the terminal does not know.
    TerminalBehind,
    /// One number stood for two presses.
    NumberUsedTwice,
    /// The outbox's file could not be used.
    OutboxDamaged,
}

impl RenewalCause {
    /// Its stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CentreBehind => "centre_behind",
            Self::TerminalBehind => "terminal_behind",
            Self::NumberUsedTwice => "number_used_twice",
            Self::OutboxDamaged => "outbox_damaged",
        }
    }
}
