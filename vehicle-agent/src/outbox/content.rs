//! What an outbox holds and how it changes. Plain data.

use super::stored_command::StoredCommand;
use super::{UndatedFix, confirmed};
use wire_protocol::agent::{FixReport, PreviousOutbox, VehicleAssignment};
use wire_protocol::route::RouteView;

use serde::{Deserialize, Serialize};

/// The server's time, as it was last told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownTime {
    /// The boot in which it was told.
    pub boot: String,
    /// The server's time minus the steady clock, in milliseconds.
    pub offset_ms: i64,
}

/// All that an outbox holds.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboxContent {
    /// Its random name, made with it: the server keeps the numbers of each outbox apart.
    pub id: String,
    /// Commands not confirmed, in order.
    pub commands: Vec<StoredCommand>,
    /// The newest commands that were confirmed, oldest first, each with where it was first numbered. Their number is 0
    /// when they were confirmed in an earlier outbox.
    pub confirmed: Vec<StoredCommand>,
    /// Fixes not confirmed, in order.
    pub fixes: Vec<FixReport>,
    /// Positions that came before a server told the time, in order.
    pub undated: Vec<UndatedFix>,
    /// Highest number ever given to a command.
    pub last_command_number: u64,
    /// Highest number ever given to a fix.
    pub last_fix_number: u64,
    /// What the centre last told, so that a restart without network still shows the order.
    pub duty: Option<VehicleAssignment>,
    /// The newest route the centre gave, so that its turns can be read without network.
    pub route: Option<RouteView>,
    /// The outbox that this one replaced.
    pub previous: Option<PreviousOutbox>,
    /// The server's time, as it was last told.
    pub time: Option<KnownTime>,
    /// Commands found in a file that could not be used any more, still to be numbered in this outbox.
    pub salvaged: Vec<StoredCommand>,
    /// Whether it is only in memory, because the disk does not take it yet.
    pub is_unsaved: bool,
}

impl OutboxContent {
    /// An outbox that has seen nothing.
    pub fn empty(id: String) -> Self {
        Self {
            id,
            commands: Vec::new(),
            confirmed: Vec::new(),
            fixes: Vec::new(),
            undated: Vec::new(),
            last_command_number: 0,
            last_fix_number: 0,
            duty: None,
            route: None,
            previous: None,
            time: None,
            salvaged: Vec::new(),
            is_unsaved: false,
        }
    }

    /// Commands through this number are confirmed, or never were here.
    pub fn commands_through(&self) -> u64 {
        self.commands
            .first()
            .map_or(self.last_command_number, |command| command.number.saturating_sub(1))
    }

    /// Puts salvaged commands into the order in which they were pressed, each once: as the file gives them.
    pub(super) fn order_salvaged(&mut self) {
        let place = |command: &StoredCommand| {
            let first = command.pressed_as.as_ref().map(|it| (it.number, it.outbox.clone()));
            (command.made_at_ms, first)
        };
        for command in &mut self.salvaged {
            // The file keeps where a command was first numbered, and nothing of the way it came.
            command.number = command.pressed_as.as_ref().map_or(command.number, |it| it.number);
        }
        self.salvaged.sort_by_key(place);
        self.salvaged.dedup_by(|one, other| one.pressed_as == other.pressed_as);
    }

    /// What it holds after these changes.
    pub fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            self.apply_one(change);
        }
    }

    fn apply_one(&mut self, change: &Change) {
        match change {
            Change::AddCommand(command) => {
                self.last_command_number = self.last_command_number.max(command.number);
                self.salvaged.retain(|salvaged| {
                    command.pressed_as.is_none() || salvaged.pressed_as != command.pressed_as
                });
                self.commands.push(command.clone());
            }
            Change::AddFix(fix) => {
                self.last_fix_number = self.last_fix_number.max(fix.number);
                self.fixes.push(fix.clone());
            }
            Change::ForgetCommands { through } => {
                self.commands.retain(|command| command.number > *through)
            }
            Change::KeepConfirmed(commands) => confirmed::keep(&mut self.confirmed, commands),
            Change::ForgetFixes(ranges) => self.fixes.retain(|fix| {
                !ranges.iter().any(|[first, last]| (*first..=*last).contains(&fix.number))
            }),
            Change::AddUndated(fix) => self.undated.push(fix.clone()),
            Change::ForgetUndated { through } => self.undated.retain(|fix| fix.place > *through),
            Change::RememberDuty(duty) => self.duty = Some((**duty).clone()),
            Change::RememberRoute(route) => self.route = Some((**route).clone()),
            Change::RememberTime(time) => self.time = Some(time.clone()),
            Change::RaiseNumbers { last_command, last_fix } => {
                self.last_command_number = self.last_command_number.max(*last_command);
                self.last_fix_number = self.last_fix_number.max(*last_fix);
            }
            Change::Renew(renewal) => {
                let Renewal { id, previous, commands, fixes, last_command, last_fix } = &**renewal;
                self.id.clone_from(id);
                self.previous = Some(previous.clone());
                self.commands.clone_from(commands);
                confirmed::renumber(&mut self.confirmed, commands);
                self.fixes.clone_from(fixes);
                self.last_command_number = *last_command;
                self.last_fix_number = *last_fix;
            }
        }
    }
}

/// A new outbox in place of the old one, in the same file.
#[derive(Clone, Debug, PartialEq)]
pub struct Renewal {
    /// Its name.
    pub id: String,
    /// What it replaces.
    pub previous: PreviousOutbox,
    /// The commands that wait, numbered anew from 1.
    pub commands: Vec<StoredCommand>,
    /// The fixes that wait, numbered anew from 1.
    pub fixes: Vec<FixReport>,
    /// Highest number given to a command.
    pub last_command: u64,
    /// Highest number given to a fix.
    pub last_fix: u64,
}

/// One change of an outbox.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A command was pressed.
    AddCommand(StoredCommand),
    /// A fix is to be reported.
    AddFix(FixReport),
    /// The server has every command up to this number.
    ForgetCommands {
        /// The number.
        through: u64,
    },
    /// These commands were confirmed, and are kept for a server that loses them.
    KeepConfirmed(Vec<StoredCommand>),
    /// The server has these fixes, or they were dropped for space: ranges, both ends included.
    ForgetFixes(Vec<[u64; 2]>),
    /// A position came before a server told the time.
    AddUndated(UndatedFix),
    /// Positions that came before a server told the time have their date, or never will.
    ForgetUndated {
        /// The last place.
        through: u64,
    },
    /// The centre told a new picture.
    RememberDuty(Box<VehicleAssignment>),
    /// The centre gave a new route.
    RememberRoute(Box<RouteView>),
    /// A server told the time.
    RememberTime(KnownTime),
    /// Numbers were given to commands or fixes that the server had before the disk took them.
    RaiseNumbers {
        /// Highest number given to a command.
        last_command: u64,
        /// Highest number given to a fix.
        last_fix: u64,
    },
    /// A new outbox replaces this one.
    Renew(Box<Renewal>),
}
