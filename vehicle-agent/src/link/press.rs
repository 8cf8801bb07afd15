//! Which presses are refused on the spot, with words. All else is for the centre to judge.

use wire_protocol::agent::CrewCommand;
use wire_protocol::commands::CrewMember;
use wire_protocol::message::{MessageFrom, MessageView};
use wire_protocol::state_group::StateGroup;
use wire_protocol::vehicle_log::VehicleLogEntry;
use wire_protocol::vocabulary::VehicleState;

use super::overlay::Shown;

/// Most commands kept for a server that cannot be reached. A crew makes some fifty in a shift.
pub const MAX_STORED_COMMANDS: usize = 1_000;
/// Calls for help that are kept beyond these: a store that is full refuses them last.
pub const MAX_STORED_CALLS_FOR_HELP: usize = 100;
/// Longest note with a command, in characters; the frame must stay far below the protocol's limit.
pub const MAX_NOTE_CHARS: usize = 500;

/// Most members of a crew, and most characters of a name and of a card's number: what the centre takes.
pub const MOST_CREW_MEMBERS: usize = 8;
/// See [`MOST_CREW_MEMBERS`].
pub const MOST_MEMBER_CHARS: usize = 40;

/// Most that an odometer shows, in kilometres, and that one tank takes, in litres: what the centre takes.
const MOST_ODOMETER_KM: u32 = 2_000_000;
const MOST_LITRES: f64 = 500.0;

/// Why a press was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PressRefused {
    /// The store is full of commands. They are never dropped for new ones.
    #[error("the terminal's store is full; tell the centre by radio")]
    StoreFull,
    /// The order is not on this terminal any more.
    #[error("that order is no longer on this terminal")]
    NotYourOrder,
    /// It was pressed before.
    #[error("that was pressed already")]
    AlreadyPressed,
    /// The order expired before the crew acknowledged it.
    #[error("the order has expired; call the centre by radio")]
    OrderExpired,
    /// The note is too long.
    #[error("the note is longer than 500 characters")]
    NoteTooLong,
    /// A message without words that asks for nothing.
    #[error("the message is empty")]
    NothingWritten,
    /// A crew that the centre would not take.
    #[error(
        "a crew has at most 8 members, each with a name; name and card number have at most 40 characters"
    )]
    BadCrew,
    /// Figures of the vehicle that the centre would not take.
    #[error(
        "the odometer shows at most 2 000 000 km, the tank 0 to 100 %, and one filling is more than 0 and at most 500 litres"
    )]
    BadFigures,
}

impl PressRefused {
    /// Stable code; the screen has the words.
    pub fn code(self) -> &'static str {
        match self {
            Self::StoreFull => "store_full",
            Self::NotYourOrder => "not_your_order",
            Self::AlreadyPressed => "already_pressed",
            Self::OrderExpired => "order_expired",
            Self::NoteTooLong => "note_too_long",
            Self::NothingWritten => "nothing_written",
            Self::BadCrew => "bad_crew",
            Self::BadFigures => "bad_figures",
        }
    }
}

/// Checks a press against what the crew sees.
pub(super) fn check(
    command: &CrewCommand,
    shown: &Shown<'_>,
    expired: bool,
    waiting: usize,
) -> Result<(), PressRefused> {
    let reserve = if matches!(command, CrewCommand::Sos) { MAX_STORED_CALLS_FOR_HELP } else { 0 };
    let most = MAX_STORED_COMMANDS + reserve;
    if waiting >= most {
        return Err(PressRefused::StoreFull);
    }
    let order = |task: &str| {
        let order = shown.order.as_ref().filter(|order| order.task == task);
        order.ok_or(PressRefused::NotYourOrder)
    };
    let group = shown.state.map(VehicleState::group);
    match command {
        CrewCommand::DeviceReceipt { task } => order(task).map(|_| ()),
        CrewCommand::Milestone { task, milestone, details: _ } => {
            let reached = &order(task)?.reached;
            if reached.iter().any(|reached| reached.milestone == *milestone) {
                Err(PressRefused::AlreadyPressed)
            } else if expired {
                Err(PressRefused::OrderExpired)
            } else {
                Ok(())
            }
        }
        CrewCommand::Abort { task, note, .. } => order(task).and_then(|_| check_note(note)),
        CrewCommand::Pause { note, .. } => check_note(note),
        CrewCommand::Resume => already(group.is_some_and(|group| group != StateGroup::Paused)),
        CrewCommand::OffDuty => already(group == Some(StateGroup::OffDuty)),
        CrewCommand::OnDuty | CrewCommand::ReturnedToStation => {
            already(group == Some(StateGroup::AtStation))
        }
        CrewCommand::AcknowledgeNext { incident } => {
            let next = shown.next.as_ref().filter(|next| next.incident == *incident);
            already(next.ok_or(PressRefused::NotYourOrder)?.acknowledged)
        }
        CrewCommand::AcknowledgeMove { station } => {
            let to = shown.move_to.as_ref().filter(|to| to.station == *station);
            already(to.ok_or(PressRefused::NotYourOrder)?.acknowledged)
        }
        CrewCommand::AcknowledgeChange { task, through } => {
            let changes = &order(task)?.changes;
            already(!changes.iter().any(|change| change.version <= *through))
        }
        CrewCommand::SignOn { crew } => check_crew(crew),
        CrewCommand::ReadMessages { through } => {
            let is_new = |it: &MessageView| it.number <= *through && it.seen_at.is_none();
            already(!shown.messages.iter().any(|it| it.from == MessageFrom::Centre && is_new(it)))
        }
        CrewCommand::WriteToCentre { need, text } => {
            let says_nothing = need.is_none() && text.trim().is_empty();
            if says_nothing { Err(PressRefused::NothingWritten) } else { check_note(text) }
        }
        CrewCommand::LogVehicle { entry } => check_log(entry),
        CrewCommand::Undo { .. } | CrewCommand::Sos => Ok(()),
    }
}

fn already(pressed: bool) -> Result<(), PressRefused> {
    if pressed { Err(PressRefused::AlreadyPressed) } else { Ok(()) }
}

fn check_crew(crew: &[CrewMember]) -> Result<(), PressRefused> {
    let fits = |text: &str| text.chars().count() <= MOST_MEMBER_CHARS;
    let good = |member: &CrewMember| {
        !member.name.trim().is_empty() && fits(&member.name) && fits(&member.person)
    };
    let taken = crew.len() <= MOST_CREW_MEMBERS && crew.iter().all(good);
    if taken { Ok(()) } else { Err(PressRefused::BadCrew) }
}

/// The centre's own bounds, so that a slip of the finger is told at once and not hours later.
fn check_log(entry: &VehicleLogEntry) -> Result<(), PressRefused> {
    let (odometer_km, rest) = match entry {
        VehicleLogEntry::Checked { odometer_km, fuel_percent, faults: _, note } => {
            check_note(note)?;
            (odometer_km, fuel_percent.is_none_or(|percent| percent <= 100))
        }
        VehicleLogEntry::Refuelled { litres, odometer_km } => {
            (odometer_km, *litres > 0.0 && *litres <= MOST_LITRES)
        }
    };
    let taken = rest && *odometer_km <= MOST_ODOMETER_KM;
    if taken { Ok(()) } else { Err(PressRefused::BadFigures) }
}

fn check_note(note: &str) -> Result<(), PressRefused> {
    if note.chars().count() > MAX_NOTE_CHARS { Err(PressRefused::NoteTooLong) } else { Ok(()) }
}
