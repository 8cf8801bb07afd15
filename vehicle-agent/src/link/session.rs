//! The link itself: takes what happened, gives what is to be done.

use std::collections::VecDeque;
use std::sync::Arc;

use wire_protocol::agent::{CrewAct, FixReport, ReportSeconds};
use wire_protocol::vocabulary::Milestone;

use super::act_row::ActRow;
use super::backoff::Backoff;
use super::duty::Duty;
use super::fix_row::FixRow;
use super::odometer::Odometer;
use super::overlay::Shown;
use super::picture::{LinkPhase, OrderStage, Picture, ShownFix, ShownRefusal, UndoOffer};
use super::press::{self, PressRefused};
use super::routes::Routes;
use super::{NextStep, Now, UNDO_MS, arrival, traffic};
use crate::nmea::Fix;
use crate::outbox::{Change, OutboxContent};

/// Changes gathered while the disk is busy or failing; above it fixes are no longer taken. Acts are
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
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Input {
    /// The socket is open.
    Connected,
    /// The socket closed or could not be opened, and why.
    Disconnected(String),
    /// A text frame from the server.
    Frame(String),
    /// The receiver measured a position.
    NewFix(Fix),
    /// The crew's page shows the order of this task.
    Displayed(String),
    /// The crew read a refusal and closed it.
    RefusalClosed(u64),
    /// The latest `Output::Store` is durable.
    Stored,
    /// The latest `Output::Store` failed and stored nothing.
    StoreFailed,
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

/// A press that may be taken back.
#[derive(Debug)]
struct LastPress {
    task: String,
    milestone: Milestone,
    at: Now,
}

/// The vehicle's side of the link.
#[derive(Debug)]
pub struct Link {
    pub(super) settings: LinkSettings,
    pub(super) outbox_id: String,
    pub(super) acts: ActRow,
    pub(super) fixes: FixRow,
    pub(super) duty: Duty,
    pub(super) routes: Routes,
    pub(super) phase: Phase,
    pub(super) backoff: Backoff,
    pub(super) last_heard: u64,
    pub(super) last_sent: u64,
    pub(super) report: ReportSeconds,
    pub(super) vehicle: Option<String>,
    pub(super) clock_behind_ms: i64,
    pub(super) trouble: Option<String>,
    pub(super) pending: Vec<Change>,
    pub(super) storing: Option<Arc<[Change]>>,
    pub(super) store_retry_at: Option<u64>,
    pub(super) refusals: VecDeque<ShownRefusal>,
    pub(super) outputs: VecDeque<Output>,
    /// Whether an order that may expire and an offer to undo were on the last picture.
    pub(super) showed: (bool, bool),
    displayed: Option<String>,
    receipted: Option<String>,
    last_press: Option<LastPress>,
    latest_fix: Option<(Fix, Now)>,
    odometer: Odometer,
    reported_at: Option<u64>,
    report_next: bool,
}

impl Link {
    /// A link that goes on from what the outbox holds. Its first output is `Connect`.
    pub fn new(settings: LinkSettings, outbox: OutboxContent, now: Now) -> Self {
        Self {
            backoff: Backoff::new(settings.seed),
            settings,
            outbox_id: outbox.id,
            acts: ActRow::new(outbox.acts, outbox.last_act_number),
            fixes: FixRow::new(outbox.fixes, outbox.last_fix_number),
            duty: Duty::remembered(outbox.duty),
            routes: Routes::remembered(outbox.route),
            phase: Phase::Connecting,
            last_heard: now.steady_ms,
            last_sent: now.steady_ms,
            report: traffic::DEFAULT_REPORT_SECONDS,
            vehicle: None,
            clock_behind_ms: 0,
            trouble: None,
            pending: Vec::new(),
            storing: None,
            store_retry_at: None,
            refusals: VecDeque::new(),
            outputs: VecDeque::from([Output::Connect, Output::Show]),
            showed: (false, false),
            displayed: None,
            receipted: None,
            last_press: None,
            latest_fix: None,
            odometer: Odometer::default(),
            reported_at: None,
            report_next: true,
        }
    }

    /// Takes what happened.
    pub fn handle_input(&mut self, input: Input, now: Now) {
        match input {
            Input::Connected => self.greet(now),
            Input::Disconnected(why) => self.disconnected(why, now),
            Input::Frame(text) => self.frame(&text, now),
            Input::NewFix(fix) => self.new_fix(fix, now),
            Input::Displayed(task) => self.displayed = Some(task),
            Input::RefusalClosed(number) => {
                self.refusals.retain(|refusal| refusal.number != number);
                self.outputs.push_back(Output::Show);
            }
            Input::Stored => self.stored(),
            Input::StoreFailed => self.store_failed(now),
            Input::Tick => {}
        }
        self.settle(now);
    }

    /// The crew pressed something. Gives the number under which it is kept; it is safe once
    /// `is_stored` says so.
    ///
    /// # Errors
    /// A press that cannot be taken, in words for the crew; nothing is kept then.
    pub fn press(&mut self, act: CrewAct, now: Now) -> Result<u64, PressRefused> {
        let shown = self.shown();
        let expired = self.order_stage(&shown, now) == Some(OrderStage::Expired);
        press::check(&act, &shown, expired, self.acts.waiting())?;
        match &act {
            CrewAct::Milestone { task, milestone, details: _ } => {
                self.last_press =
                    Some(LastPress { task: task.clone(), milestone: *milestone, at: now });
            }
            CrewAct::Undo { .. } | CrewAct::Abort { .. } => self.last_press = None,
            CrewAct::DeviceReceipt { .. }
            | CrewAct::Pause { .. }
            | CrewAct::Resume
            | CrewAct::OffDuty
            | CrewAct::OnDuty
            | CrewAct::ReturnedToStation
            | CrewAct::AcknowledgeNext { .. }
            | CrewAct::Sos => {}
        }
        let act = self.odometer.pressed(act, now);
        let number = self.keep(act, now);
        self.report_next = true;
        self.settle(now);
        Ok(number)
    }

    /// The next thing to be done.
    pub fn next_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// What the screen shows now.
    pub fn picture(&self, now: Now) -> Picture {
        let shown = self.shown();
        let proposal = self.latest_fix.as_ref().and_then(|(fix, at)| {
            arrival::proposal(&shown, fix, now.steady_ms.saturating_sub(at.steady_ms))
        });
        let duty = self.duty.latest();
        Picture {
            vehicle: self.vehicle.clone(),
            link: match self.phase {
                Phase::Offline { .. } => LinkPhase::Offline,
                Phase::Connecting | Phase::Greeting { .. } => LinkPhase::Connecting,
                Phase::Open { .. } => LinkPhase::Online,
            },
            link_trouble: self.trouble.clone(),
            waiting_acts: self.acts.waiting(),
            waiting_fixes: self.fixes.waiting(),
            dropped_fixes: self.fixes.dropped(),
            storage_failing: self.store_retry_at.is_some(),
            centre: duty.map(|duty| duty.centre.clone()),
            state: shown.state,
            pause: shown.pause,
            order_stage: self.order_stage(&shown, now),
            next: NextStep::of(&shown),
            undo: self.undo_offer(now),
            proposal,
            route: self.routes.of(&shown).cloned(),
            order: shown.order,
            contested: shown.contested,
            following: shown.next,
            ended: shown.ended,
            refusals: self.refusals.iter().cloned().collect(),
            fix: self.latest_fix.map(|(fix, at)| ShownFix {
                received_at_ms: at.wall_ms,
                fix_time_ms: fix.fix_time_ms,
                lat: fix.lat,
                lon: fix.lon,
                speed_mps: fix.speed_mps,
                satellites: fix.satellites,
            }),
            clock_behind_ms: self.clock_behind_ms,
        }
    }

    /// Whether this act is on disk or has even reached the server.
    pub fn is_stored(&self, number: u64) -> bool {
        self.acts.is_stored(number)
    }

    pub(super) fn shown(&self) -> Shown {
        Shown::new(self.duty.latest(), self.acts.unpictured())
    }

    pub(super) fn keep(&mut self, act: CrewAct, now: Now) -> u64 {
        let stored = self.acts.add(now.wall_ms, act);
        let number = stored.number;
        self.pending.push(Change::AddAct(stored));
        self.outputs.push_back(Output::Show);
        number
    }

    /// The stage of the order; the server's clock decides about expiry.
    pub(super) fn order_stage(&self, shown: &Shown, now: Now) -> Option<OrderStage> {
        let order = shown.order.as_ref()?;
        let expired = now.wall_ms.saturating_add(self.clock_behind_ms) > order.expires_at;
        let acknowledged =
            order.reached.iter().any(|reached| reached.milestone > Milestone::Created);
        Some(match (acknowledged, expired, order.device_received) {
            (true, _, _) => OrderStage::Acknowledged,
            (false, false, _) => OrderStage::New,
            (false, true, true) => OrderStage::Overdue,
            (false, true, false) => OrderStage::Expired,
        })
    }

    /// The steady moment at which the order on the screen expires.
    pub(super) fn expiry_at(&self, now: Now) -> Option<u64> {
        let shown = self.shown();
        let order = shown.order.as_ref()?;
        (self.order_stage(&shown, now) == Some(OrderStage::New)).then(|| {
            now.steady_at(order.expires_at.saturating_sub(self.clock_behind_ms)).saturating_add(1)
        })
    }

    fn undo_offer(&self, now: Now) -> Option<UndoOffer> {
        let last = self.last_press.as_ref()?;
        let age_ms = now.steady_ms.saturating_sub(last.at.steady_ms);
        let stands = self.shown().latest_milestone(&last.task) == Some(last.milestone);
        (stands && age_ms < UNDO_MS.unsigned_abs()).then(|| UndoOffer {
            task: last.task.clone(),
            milestone: last.milestone,
            until_ms: last.at.wall_ms + UNDO_MS,
        })
    }

    /// The steady moment at which the offer to undo ends.
    pub(super) fn undo_ends_at(&self, now: Now) -> Option<u64> {
        let last = self.last_press.as_ref().filter(|_| self.undo_offer(now).is_some())?;
        Some(last.at.steady_ms.saturating_add(UNDO_MS.unsigned_abs()))
    }

    /// Reports that the order is on the screen, once.
    pub(super) fn receipt(&mut self, now: Now) {
        let shown = self.shown();
        if self.order_stage(&shown, now) != Some(OrderStage::New) {
            return;
        }
        let Some(order) = shown.order.filter(|order| !order.device_received) else { return };
        let is_shown = match self.settings.receipts {
            ReceiptPolicy::AtOnce => true,
            ReceiptPolicy::WhenShown => self.displayed.as_ref() == Some(&order.task),
        };
        if is_shown && self.receipted.as_ref() != Some(&order.task) {
            self.receipted = Some(order.task.clone());
            self.keep(CrewAct::DeviceReceipt { task: order.task }, now);
        }
    }

    fn new_fix(&mut self, fix: Fix, now: Now) {
        self.latest_fix = Some((fix, now));
        self.odometer.measured(&fix, now);
        self.outputs.push_back(Output::Show);
        let state = self.shown().state;
        let interval_ms = traffic::interval_ms(self.report, state, fix.speed_mps);
        let waited_enough =
            self.reported_at.is_none_or(|at| now.steady_ms.saturating_sub(at) >= interval_ms);
        if !waited_enough && !self.report_next {
            return;
        }
        if self.pending.len() >= MAX_PENDING_CHANGES {
            self.fixes.count_dropped();
            return;
        }
        self.reported_at = Some(now.steady_ms);
        self.report_next = false;
        let report = self.fixes.add(report_of(&fix));
        self.pending.push(Change::AddFix(report));
        let thinned = self.fixes.thin();
        if !thinned.is_empty() {
            self.pending.push(Change::ForgetFixes(thinned));
        }
    }
}

/// The report of a fix, with the position to the seventh decimal (a centimetre) and no number yet.
fn report_of(fix: &Fix) -> FixReport {
    const DECIMALS: f64 = 1e7;
    FixReport {
        number: 0,
        fix_time: fix.fix_time_ms,
        lon: (fix.lon * DECIMALS).round() / DECIMALS,
        lat: (fix.lat * DECIMALS).round() / DECIMALS,
        speed_mps: fix.speed_mps,
        heading_deg: fix.heading_deg,
        satellites: fix.satellites,
        hdop: fix.hdop,
    }
}
