//! What the screen shows, as data: no words and no colours, those are the page's.

use serde::Serialize;
use wire_protocol::agent::{CrewCommand, DispatchOrder, EndedOrder, NextOrder, RenewalReason};
use wire_protocol::commands::CrewMember;
use wire_protocol::message::{MessageView, SosView};
use wire_protocol::movement::Movement;
use wire_protocol::moves::MoveOrder;
use wire_protocol::route::RouteView;
use wire_protocol::vehicle_log::VehicleLogView;
use wire_protocol::vocabulary::{Milestone, PauseReason, VehicleState};

use super::next_step::NextStep;

/// How the link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkPhase {
    /// Waiting for the next attempt.
    Offline,
    /// Trying.
    Connecting,
    /// The server answers.
    Online,
}

/// How the order on the screen stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderStage {
    /// Not acknowledged: sound repeats.
    New,
    /// Received in time and still not acknowledged when it expired: sound repeats.
    Overdue,
    /// The crew acknowledged it.
    Acknowledged,
    /// It expired before this terminal received it: shown as expired, never as new.
    Expired,
}

/// A press that the centre refused.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShownRefusal {
    /// Number of the command.
    pub number: u64,
    /// What was pressed.
    pub command: CrewCommand,
    /// Stable code.
    pub code: String,
    /// One English sentence from the centre.
    pub message: String,
}

/// A change to a new outbox, because the numbers of terminal and centre did not fit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShownRenewal {
    /// When, by the terminal's clock.
    pub at_ms: i64,
    /// Why.
    pub reason: RenewalReason,
    /// Waiting presses moved into the new outbox.
    pub moved: u64,
    /// Confirmed presses that are sent again.
    pub again: u64,
    /// Confirmed presses that the centre no longer has.
    pub missing: u64,
}

/// A press that may still be taken back with one touch.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UndoOffer {
    /// The task.
    pub task: String,
    /// The milestone pressed.
    pub milestone: Milestone,
    /// Until when, by the terminal's clock.
    pub until_ms: i64,
}

/// The latest fix.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ShownFix {
    /// When it reached the agent, by the terminal's clock.
    pub received_at_ms: i64,
    /// When the receiver measured it.
    pub fix_time_ms: i64,
    /// WGS-84 degrees north.
    pub lat: f64,
    /// WGS-84 degrees east.
    pub lon: f64,
    /// Metres a second.
    pub speed_mps: Option<f32>,
    /// Degrees clockwise from true north in which the vehicle drives, when known.
    pub heading_deg: Option<f32>,
    /// Satellites used.
    pub satellites: Option<u8>,
}

/// Everything the screen needs. Times are milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScreenState {
    /// The vehicle that the key belongs to, once the server said so.
    pub vehicle: Option<String>,
    /// The whole installation is for exercises: the page says so at all times.
    pub exercise: bool,
    /// Minutes by which the region's clocks are ahead of UTC, once the centre told it.
    pub time_zone_minutes: Option<i32>,
    /// How the link stands.
    pub link: LinkPhase,
    /// Why it stands so, when something is wrong; English, from the server or the system.
    pub link_trouble: Option<String>,
    /// Presses not yet confirmed by the server.
    pub waiting_commands: usize,
    /// Fixes not yet confirmed by the server.
    pub waiting_fixes: usize,
    /// Fixes dropped for space since the start.
    pub dropped_fixes: u64,
    /// The disk does not take what is pressed.
    pub storage_failing: bool,
    /// Presses that are only in memory: not stored on this terminal, and not confirmed.
    pub unstored_commands: usize,
    /// The receiver's date is wrong: the centre takes its positions for old.
    pub receiver_date_wrong: bool,
    /// The latest change to a new outbox, until the crew was told long enough by a new order or a restart.
    pub renewal: Option<ShownRenewal>,
    /// The centre that the vehicle belongs to, once known.
    pub centre: Option<String>,
    /// The vehicle's state, with the crew's own presses on top; absent until the centre first told.
    pub state: Option<VehicleState>,
    /// Why it is paused.
    pub pause: Option<PauseReason>,
    /// Who is on it, with the crew's own presses on top.
    pub crew: Vec<CrewMember>,
    /// The latest messages, oldest first; what the centre does not have yet has the number 0.
    pub messages: Vec<MessageView>,
    /// The newest entries of the vehicle's log, with the crew's own on top.
    pub log: VehicleLogView,
    /// The crew's last call for help, as the centre has it.
    pub sos: Option<SosView>,
    /// The order, with the crew's own presses on top.
    pub order: Option<DispatchOrder>,
    /// The centre had ended the order, and the crew reports its patient: the crew goes on.
    pub contested: bool,
    /// The order that comes after this one.
    pub following: Option<NextOrder>,
    /// The station at which the crew is to wait while it is free, with its own presses on top.
    pub move_to: Option<MoveOrder>,
    /// How the order stands.
    pub order_stage: Option<OrderStage>,
    /// The route to where the order leads now, when the centre gave one.
    pub route: Option<RouteView>,
    /// The order that ended last.
    pub ended: Option<EndedOrder>,
    /// What the big button does.
    pub next: Option<NextStep>,
    /// What may be taken back.
    pub undo: Option<UndoOffer>,
    /// A milestone that position and speed suggest.
    pub proposal: Option<Milestone>,
    /// What the centre has seen of its movement, as far as it fits what the crew says it does.
    pub movements: Vec<Movement>,
    /// Refused presses that the crew has not closed.
    pub refusals: Vec<ShownRefusal>,
    /// The latest fix.
    pub fix: Option<ShownFix>,
    /// Seconds between two reports that the centre would like in this state.
    pub report_seconds: u16,
    /// When this picture was taken, by the terminal's clock; its other times are by the clock as it was set then.
    pub taken_at_ms: i64,
    /// When it was taken by the steady clock.
    pub taken_steady_ms: u64,
    /// The server's clock minus the terminal's, in milliseconds.
    pub clock_behind_ms: i64,
}
