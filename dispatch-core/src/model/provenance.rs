//! Two clocks and an origin on every command.

use super::{CommandId, Confirmation, OutboxId, PersonId, Timestamp, VehicleId};
use serde::{Deserialize, Serialize};

/// Who or what did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Origin {
    /// A signed-in person at a console.
    Person {
        /// Who.
        person: PersonId,
    },
    /// A crew, on their vehicle's terminal.
    CrewTerminal {
        /// Which vehicle.
        vehicle: VehicleId,
        /// The terminal's outbox.
        outbox: OutboxId,
        /// The command's number in that outbox, from 1 without gaps.
        number: u64,
    },
    /// A rule of the system itself.
    Automatic {
        /// Which rule, e.g. `region_data`, `last_task_ended`, `transfer`.
        rule: String,
    },
}

impl Origin {
    /// The rule that closes an incident as its last task finishes.
    pub const LAST_TASK_ENDED: &'static str = "last_task_ended";
    /// The rule that reopens an incident whose last task turns out not to have finished; the incident
    /// will close itself again when the task does.
    pub const FINISH_TAKEN_BACK: &'static str = "finish_taken_back";
    /// The rule that reopens an incident that had closed itself when a crew tells that a patient is left.
    pub const PATIENT_LEFT: &'static str = "patient_left";
    /// The rule that raises how many vehicles an incident wants as more are sent at once.
    pub const VEHICLES_SENT: &'static str = "vehicles_sent";
    /// A linked call told of a more urgent priority than the incident had.
    pub const CALL_MORE_URGENT: &'static str = "call_more_urgent";
    /// A linked call told of a hazard that the incident had not.
    pub const CALL_TOLD_HAZARD: &'static str = "call_told_hazard";
    /// The rule that ends an order nobody has received in its time.
    pub const ORDER_UNANSWERED: &'static str = "order_unanswered";
    /// The rule that ends the orders nobody received of an incident that ends.
    pub const ENDED_UNRECEIVED: &'static str = "ended_unreceived";
    /// The rule that pauses a vehicle whose task ended because it, or its crew, cannot go on.
    pub const VEHICLE_UNFIT: &'static str = "vehicle_unfit";
    /// The rule that notes what a server sees to be wrong with a terminal and its numbers.
    pub const TERMINAL_LINK: &'static str = "terminal_link";

    /// The rule that gives a vehicle its next order as it gets free, or ends one that no longer holds.
    pub const FOLLOW_ON: &'static str = "follow_on";
    /// The rule that suggests moves and ends suggestions that no longer hold.
    pub const MOVE_ADVICE: &'static str = "move_advice";
    /// The rule that takes back a move whose crew has not said that it has seen it.
    pub const MOVE_UNSEEN: &'static str = "move_unseen";
    /// The rule that notes what a vehicle's positions show of its movement.
    pub const MOVEMENT: &'static str = "movement";
    /// The rule that puts a vehicle which left service back on the board, off duty, as its crew calls for help.
    pub const RETIRED_CALLS_FOR_HELP: &'static str = "retired_calls_for_help";
    /// The rule that brings a task back whose crew rightly reported its patient.
    pub const CREW_REPORT_KEPT: &'static str = "crew_report_kept";

    /// Whether a rule of the system did it, not a person or a crew.
    pub fn is_automatic(&self) -> bool {
        matches!(self, Self::Automatic { .. })
    }

    /// Whether this very rule did it.
    pub fn is_rule(&self, name: &str) -> bool {
        matches!(self, Self::Automatic { rule } if rule == name)
    }
}

/// When a command was made, when it was recorded, who made it, and whether the vehicle was online.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// When the key was pressed, by the clock of the one who pressed it; for a terminal as it, or the server,
    /// reckons that in the server's time.
    pub made_at: Timestamp,
    /// What the terminal's own clock said, when that is a second or more off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terminal_clock: Option<Timestamp>,
    /// When the server took it into the journal.
    pub recorded_at: Timestamp,
    /// Who or what did it.
    pub origin: Origin,
    /// Whether the vehicle concerned had a live link then; absent where no vehicle is concerned.
    pub vehicle_online: Option<bool>,
    /// True when `made_at` cannot be right (ahead of the server, or before the step it follows).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub clock_doubtful: bool,
    /// The sender's name for the command, so that a repeat is recognised.
    #[serde(rename = "act_id", default, skip_serializing_if = "Option::is_none")]
    pub command_id: Option<CommandId>,
    /// The dangers that the sender was warned of and confirmed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confirmed: Vec<Confirmation>,
}

impl Provenance {
    /// The best knowledge of when it happened: when it was pressed, but never after it was recorded;
    /// and when the pressing clock cannot be right, when it was recorded.
    pub fn happened_at(&self) -> Timestamp {
        if self.clock_doubtful { self.recorded_at } else { self.made_at.min(self.recorded_at) }
    }
}

/// What a terminal's own clock said of a press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalClock {
    /// When the key was pressed, by that clock.
    pub said: Timestamp,
    /// Whether nothing tells how it stood then, so that no time of the press can be believed.
    pub is_doubtful: bool,
}

/// What `decide` is told besides the command; the server makes it once per command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandContext {
    /// When the key was pressed, by the best knowledge.
    pub made_at: Timestamp,
    /// What the clock of the terminal said, where it was one.
    pub terminal: Option<TerminalClock>,
    /// The server's clock as it decides.
    pub now: Timestamp,
    /// Who or what did it.
    pub origin: Origin,
    /// Whether the vehicle concerned has a live link now.
    pub vehicle_online: Option<bool>,
    /// The sender's name for the command.
    pub command_id: Option<CommandId>,
    /// The dangers that the sender was warned of and confirms.
    pub confirmed: Vec<Confirmation>,
}
