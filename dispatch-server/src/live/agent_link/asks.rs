//! What a vehicle's link asks of the rest of the server, what that answers, and what happens there.

use super::recording::{Outcome, Work};
use crate::fleet::Told;
use dispatch_core::model::{OutboxId, Timestamp};
use wire_protocol::agent::{FixReport, RenewalReason, VehicleAssignment};
use wire_protocol::picture::PictureWanted;
use wire_protocol::route::RouteView;

/// Something that a terminal says stands wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Its disk fails.
    Storage,
    /// The date of its receiver is wrong.
    ReceiverDate,
}

/// What is only counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Frame,
    BadFrame,
    /// A frame after which the next one waits, because they come too fast.
    Hold,
    Recorded,
    Refused,
}

/// What a vehicle's link asks of the rest of the server.
#[derive(Debug, PartialEq)]
pub(super) enum Ask {
    /// Find out whether a centre has the vehicle; that comes later.
    FindCentre,
    /// Make this the vehicle's live link: answered by `Attached` or `FleetFull`.
    Attach { outbox: OutboxId, software: String, clock: Timestamp, has_camera: bool },
    /// The vehicle as its centre has it: answered by `Duty`.
    Duty,
    /// The way of the running task: answered by `Route`.
    Route,
    /// What of its cameras is wanted: answered by `Picture`.
    Picture,
    /// How far the centre has these outboxes: answered by `Through`.
    Through(Vec<OutboxId>),
    /// The terminal says whether something stands wrong with it: answered by `Turned`.
    Hear(Fault, bool),
    /// Judge these positions, show them, and gather them for history. `newest` is the time of the newest of
    /// the frame, be it a position or not; so many were none.
    Judge { newest: Option<Timestamp>, fixes: Vec<FixReport>, refused: u64 },
    /// Hand what is gathered to history: answered by `HandedOver`.
    HandOver,
    /// Tell as soon as the oldest batch handed over is durable or lost.
    TellWhenDurable,
    /// What of the batches handed over is settled, oldest first: answered by `Settled`.
    Settle { mark: bool },
    /// Record this; the outcome comes later.
    Record(Work),
    /// Say in the log that the terminal has to number anew.
    LogRenumbering { outbox: OutboxId, commands_through: u64, reason: RenewalReason },
    /// Count.
    Count(Counted),
    /// The link ends: the vehicle is offline, unless a newer one took over.
    Detach,
}

/// What the rest of the server answers at once.
#[derive(Debug, PartialEq)]
pub(super) enum Answer {
    /// The link is the vehicle's live one. The centre has its outbox up to here; so many links of the vehicle
    /// ended one another within a minute, when that is to be told.
    Attached {
        commands_through: u64,
        in_turns: Option<u32>,
    },
    /// There is no room for another vehicle.
    FleetFull,
    /// Nothing while the vehicle is between two centres.
    Duty(Option<Box<VehicleAssignment>>),
    /// Nothing while there is none.
    Route(Option<Box<RouteView>>),
    /// Nothing while nobody looks.
    Picture(Option<PictureWanted>),
    Through(Vec<(OutboxId, u64)>),
    /// Whether a fault began or ended, when that is to be told.
    Turned(Fault, Option<bool>),
    /// Whether history took it.
    HandedOver(bool),
    /// For each batch from the oldest on, whether it is durable; and whether the mark is to be told anyway.
    Settled {
        durable: Vec<bool>,
        mark: bool,
    },
}

/// What happens in the server.
#[derive(Debug, PartialEq)]
pub(super) enum Event {
    /// The server stops, before the link was its vehicle's.
    Stopping,
    /// Whether a centre has the vehicle.
    CentreFound(bool),
    /// What the link was told by its flags.
    Told(Told),
    /// What was to be recorded is, or nothing when it has to be tried again; and how far the centre has the
    /// outbox now.
    Recorded { outcome: Option<Outcome>, through: u64 },
    /// The oldest batch handed over is durable or lost.
    Durable(bool),
}
