//! The link itself: takes what happened, gives what is to be done.

use std::collections::VecDeque;
use std::sync::Arc;

use wire_protocol::agent::{
    CrewCommand, PreviousOutbox, ReceiverState, ReportSeconds, StorageState,
};
use wire_protocol::picture::PictureWanted;
use wire_protocol::vocabulary::Milestone;

use super::backoff::Backoff;
use super::command_queue::CommandQueue;
use super::duty::Duty;
use super::fix_queue::FixQueue;
use super::odometer::Odometer;
use super::overlay::Shown;
use super::press::{self, PressRefused};
use super::routes::Routes;
use super::screen_state::{OrderStage, ShownRefusal, ShownRenewal};
use super::server_time::ServerTime;
use super::{Now, traffic};
use crate::nmea::Fix;
use crate::outbox::{Change, OutboxContent, StoredCommand, UndatedFix};

/// Changes gathered while the disk is busy or failing; above it fixes are no longer taken. Commands are
/// bounded by their own row.
pub(super) const MAX_PENDING_CHANGES: usize = 2_000;

/// When the device reports that an order is on its screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptPolicy {
    /// When the crew's page says that it shows it. A terminal whose screen is dark reports nothing.
    WhenShown,
    /// As soon as the order arrives: for simulated crews, who have no screen.
    AtOnce,
}

/// What is fixed for the life of a link.
#[derive(Clone, Debug)]
pub struct LinkSettings {
    /// Name and version of the software, for the vehicle board.
    pub software: String,
    /// When the device reports an order as received.
    pub receipts: ReceiptPolicy,
    /// Chance for the waits between attempts; different in each vehicle and each start.
    pub seed: u64,
    /// Whether it can send a picture of its cameras: [`Output::Camera`] then says which.
    pub pictures: bool,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Input {
    /// The socket is open.
    Connected,
    /// The socket closed or could not be opened, and why.
    Disconnected(String),
    /// The server does not know the vehicle's key, in words.
    KeyRefused(String),
    /// A text frame from the server.
    Frame(String),
    /// The receiver measured a position.
    NewFix(Fix),
    /// It measured one whose date is not known yet: only shown, and reported later.
    SeenFix(Fix),
    /// One that was seen before has its date now.
    LateFix {
        /// The position.
        fix: Fix,
        /// When it came; `None` if the machine was started anew since.
        received: Option<Now>,
        /// Its place among those that waited.
        place: u64,
    },
    /// One waits for its date, on disk too.
    UndatedFix(UndatedFix),
    /// Those through this place never get one.
    GiveUpUndated {
        /// The place.
        through: u64,
    },
    /// The receiver's date turned out to be wrong, or right again.
    ReceiverDate {
        /// Whether it is wrong.
        is_wrong: bool,
    },
    /// The crew's page shows the order of this task.
    Displayed(String),
    /// The crew read a refusal and closed it.
    RefusalClosed(u64),
    /// The latest `Output::Store` is durable.
    Stored,
    /// The latest `Output::Store` failed and stored nothing.
    StoreFailed,
    /// Commands that came to light in a file that could not be read before.
    Salvaged(Vec<StoredCommand>),
    /// The time asked for by `next_timeout` has come.
    Tick,
}

/// What is to be done, in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Open a socket to the server; answered by `Connected` or `Disconnected`.
    Connect,
    /// Close the socket; not answered.
    Disconnect,
    /// Send a text frame.
    Send(String),
    /// Make these changes durable; answered by `Stored` or `StoreFailed`. One at a time.
    Store(Arc<[Change]>),
    /// The server told which servers there are, as addresses of agent links.
    Servers(Vec<String>),
    /// Which picture of its cameras the server would like now, if any.
    Camera(Option<PictureWanted>),
    /// `picture` has changed.
    Show,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Phase {
    Offline { retry_at: u64 },
    Connecting,
    Greeting { since: u64 },
    Open { since: u64 },
}

/// What the server said at the end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Farewell {
    /// Come again.
    Again,
    /// Coming again changes nothing before people have changed something.
    UntilChanged,
}

/// A press that may be taken back.
#[derive(Debug)]
pub(super) struct LastPress {
    pub(super) task: String,
    pub(super) milestone: Milestone,
    pub(super) at: Now,
}

/// The vehicle's side of the link.
#[derive(Debug)]
pub struct Link {
    pub(super) settings: LinkSettings,
    pub(super) outbox_id: String,
    pub(super) commands: CommandQueue,
    pub(super) fixes: FixQueue,
    pub(super) duty: Duty,
    pub(super) routes: Routes,
    pub(super) phase: Phase,
    pub(super) backoff: Backoff,
    pub(super) last_heard: u64,
    pub(super) last_sent: u64,
    pub(super) report: ReportSeconds,
    pub(super) vehicle: Option<String>,
    pub(super) is_exercise: bool,
    pub(super) server_time: ServerTime,
    /// When the server's time was last asked for, by both clocks: the answer says the own one again.
    pub(super) asked_time: Now,
    pub(super) trouble: Option<String>,
    pub(super) farewell: Option<Farewell>,
    pub(super) pending: Vec<Change>,
    pub(super) storing: Option<Arc<[Change]>>,
    pub(super) storing_since: u64,
    /// The batch under way is numbered as in an outbox that was given up since.
    pub(super) storing_is_outdated: bool,
    pub(super) store_retry_at: Option<u64>,
    /// Batches handed to the disk, and those of them that it has.
    pub(super) batches_begun: u64,
    pub(super) batches_stored: u64,
    pub(super) is_unsaved: bool,
    pub(super) storage_told: Option<StorageState>,
    pub(super) receiver: Option<ReceiverState>,
    pub(super) receiver_told: Option<ReceiverState>,
    pub(super) previous: Option<PreviousOutbox>,
    pub(super) renewal_shown: Option<ShownRenewal>,
    pub(super) renewed_at: VecDeque<u64>,
    pub(super) refusals: VecDeque<ShownRefusal>,
    pub(super) outputs: VecDeque<Output>,
    /// Whether an order that may expire, an offer to undo and a failing disk were on the last picture.
    pub(super) showed: (bool, bool, bool),
    displayed: Option<String>,
    receipted: Option<String>,
    pub(super) last_press: Option<LastPress>,
    pub(super) latest_fix: Option<(Fix, Now)>,
    pub(super) odometer: Odometer,
    pub(super) reported_at: Option<u64>,
    pub(super) report_next: bool,
}

impl Link {
    /// A link that goes on from what the outbox holds. Its first output is `Connect`. The steady clock has
    /// begun with it; one that outlives the program is named with [`Self::in_boot`].
    pub fn new(settings: LinkSettings, outbox: OutboxContent, now: Now) -> Self {
        let boot = format!("{:016x}-{}", settings.seed, now.wall_ms);
        Self::in_boot(settings, outbox, boot, now)
    }

    /// The same where the steady clock counts from the start of the machine; `boot` names that start.
    pub fn in_boot(settings: LinkSettings, outbox: OutboxContent, boot: String, now: Now) -> Self {
        let mut pending = Vec::new();
        if outbox.is_unsaved {
            // Has the disk tried until it takes the new outbox, pressed or not.
            let (last_command, last_fix) = (outbox.last_command_number, outbox.last_fix_number);
            pending.push(Change::RaiseNumbers { last_command, last_fix });
        }
        let mut link = Self {
            backoff: Backoff::new(settings.seed),
            settings,
            outbox_id: outbox.id,
            commands: CommandQueue::new(
                outbox.commands,
                outbox.confirmed,
                outbox.last_command_number,
            ),
            fixes: FixQueue::new(outbox.fixes, outbox.last_fix_number),
            duty: Duty::remembered(outbox.duty),
            routes: Routes::remembered(outbox.route),
            phase: Phase::Connecting,
            last_heard: now.steady_ms,
            last_sent: now.steady_ms,
            report: traffic::DEFAULT_REPORT_SECONDS,
            vehicle: None,
            is_exercise: false,
            server_time: ServerTime::remembered(boot, outbox.time, now),
            asked_time: now,
            trouble: None,
            farewell: None,
            pending,
            storing: None,
            storing_since: now.steady_ms,
            storing_is_outdated: false,
            is_unsaved: outbox.is_unsaved,
            storage_told: None,
            receiver: None,
            receiver_told: None,
            previous: outbox.previous,
            renewal_shown: None,
            renewed_at: VecDeque::new(),
            store_retry_at: None,
            batches_begun: 0,
            batches_stored: 0,
            refusals: VecDeque::new(),
            outputs: VecDeque::from([Output::Connect, Output::Show]),
            showed: (false, false, false),
            displayed: None,
            receipted: None,
            last_press: None,
            latest_fix: None,
            odometer: Odometer::default(),
            reported_at: None,
            report_next: true,
        };
        link.take_up(outbox.salvaged);
        link
    }

    /// Takes what happened.
    pub fn handle_input(&mut self, input: Input, now: Now) {
        match input {
            Input::Connected => self.greet(now),
            Input::Disconnected(why) => self.disconnected(why, now),
            Input::KeyRefused(why) => {
                self.farewell = Some(Farewell::UntilChanged);
                self.trouble = Some(why.clone());
                self.disconnected(why, now);
            }
            Input::Frame(text) => self.frame(&text, now),
            Input::NewFix(fix) => {
                self.seen_fix(fix, now);
                self.report_fix(fix, now);
            }
            Input::SeenFix(fix) => self.seen_fix(fix, now),
            Input::LateFix { fix, received, place } => self.late_fix(fix, received, place),
            Input::UndatedFix(undated) => self.keep_undated(undated, now),
            Input::GiveUpUndated { through } => self.forget_undated(through),
            Input::ReceiverDate { is_wrong } => self.receiver_date(is_wrong),
            Input::Displayed(task) => self.displayed = Some(task),
            Input::RefusalClosed(number) => {
                self.refusals.retain(|refusal| refusal.number != number);
                self.outputs.push_back(Output::Show);
            }
            Input::Stored => self.stored(now),
            Input::StoreFailed => self.store_failed(now),
            Input::Salvaged(commands) => self.take_up(commands),
            Input::Tick => {}
        }
        self.settle(now);
    }

    /// The crew pressed something. Gives the number under which it is kept; it is safe once
    /// `is_stored` says so.
    ///
    /// # Errors
    /// A press that cannot be taken, in words for the crew; nothing is kept then.
    pub fn press(&mut self, command: CrewCommand, now: Now) -> Result<u64, PressRefused> {
        let shown = self.shown();
        let expired = self.order_stage(&shown, now) == Some(OrderStage::Expired);
        press::check(&command, &shown, expired, self.commands.waiting())?;
        match &command {
            CrewCommand::Milestone { task, milestone, details: _ } => {
                self.last_press =
                    Some(LastPress { task: task.clone(), milestone: *milestone, at: now });
            }
            CrewCommand::Undo { .. } | CrewCommand::Abort { .. } => self.last_press = None,
            CrewCommand::DeviceReceipt { .. }
            | CrewCommand::Pause { .. }
            | CrewCommand::Resume
            | CrewCommand::OffDuty
            | CrewCommand::OnDuty
            | CrewCommand::ReturnedToStation
            | CrewCommand::AcknowledgeNext { .. }
            | CrewCommand::AcknowledgeMove { .. }
            | CrewCommand::AcknowledgeChange { .. }
            | CrewCommand::SignOn { .. }
            | CrewCommand::ReadMessages { .. }
            | CrewCommand::WriteToCentre { .. }
            | CrewCommand::LogVehicle { .. }
            | CrewCommand::Sos => {}
        }
        let command = self.odometer.pressed(command, now);
        let number = self.keep(command, now);
        self.report_next = true;
        self.settle(now);
        Ok(number)
    }

    /// The next thing to be done.
    pub fn next_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// The command pressed last, by a key that it keeps when it is numbered anew.
    pub fn last_key(&self) -> u64 {
        self.commands.last_key()
    }

    /// Whether the command with this key is on disk or with the server.
    pub fn is_safe(&self, key: u64) -> bool {
        self.commands.is_safe(key)
    }

    /// The command with this key, while the server has not confirmed it; it says where it was first numbered.
    pub fn waiting_command(&self, key: u64) -> Option<StoredCommand> {
        self.commands.waiting_command(key, &self.outbox_id)
    }

    /// Whether this command is on disk or has even reached the server.
    pub fn is_stored(&self, number: u64) -> bool {
        self.commands.is_stored(number)
    }

    /// The server's time at a moment of the steady clock; `None` before a server sent it.
    pub fn server_time(&self, at: Now) -> Option<i64> {
        self.server_time.at(at.steady_ms)
    }

    pub(super) fn shown(&self) -> Shown<'_> {
        Shown::new(self.duty.latest(), self.commands.unpictured())
    }

    pub(super) fn keep(&mut self, command: CrewCommand, now: Now) -> u64 {
        let stamp = Some(self.server_time.stamp(now));
        let stored = self.commands.add(now.wall_ms, command, None, stamp);
        let number = stored.number;
        self.pending.push(Change::AddCommand(stored));
        self.outputs.push_back(Output::Show);
        number
    }

    /// Reports that the order is on the screen, once.
    pub(super) fn receipt(&mut self, now: Now) {
        let shown = self.shown();
        if self.order_stage(&shown, now) != Some(OrderStage::New) {
            return;
        }
        let Some(order) = shown.order.filter(|order| !order.device_received) else { return };
        let task = &order.task;
        let is_shown = match self.settings.receipts {
            ReceiptPolicy::AtOnce => true,
            ReceiptPolicy::WhenShown => self.displayed.as_ref() == Some(task),
        };
        if is_shown && self.receipted.as_ref() != Some(task) {
            let task = task.clone();
            self.receipted = Some(task.clone());
            self.keep(CrewCommand::DeviceReceipt { task }, now);
        }
    }

    pub(super) fn receiver_date(&mut self, is_wrong: bool) {
        let state = if is_wrong { ReceiverState::DateWrong } else { ReceiverState::Good };
        self.receiver = Some(state);
        self.outputs.push_back(Output::Show);
    }
}
