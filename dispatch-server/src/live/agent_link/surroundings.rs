//! What a vehicle's link asks of tracker, history, desk and arrivals, carried out.

use super::asks::{Answer, Ask, Counted, Event, Fault};
use super::machine::AgentLink;
use super::recording::{Outcome, Recording, Work};
use super::stranger;
use crate::fleet::{Begun, LinkSignal, VehicleCell};
use crate::history::{HistoryError, StoredFix};
use crate::live::limits::WRITE_LIMIT;
use crate::live::link::Surroundings;
use crate::live::shared::Shared;
use dispatch_core::fleet::Fix;
use dispatch_core::model::{OutboxId, Timestamp, VehicleId, Wgs84};
use dispatch_desk::clock::Clock;
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot::Receiver;
use tokio::sync::oneshot::error::TryRecvError;
use wire_protocol::agent::FixReport;

type Durable = Receiver<Result<(), HistoryError>>;
type Doing<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The server, as one vehicle's link meets it.
pub(super) struct Around {
    shared: Arc<Shared>,
    vehicle: VehicleId,
    attached: Option<Attached>,
    /// Judged and shown, not yet handed to history.
    gathered: Vec<StoredFix>,
    /// Handed to history, oldest first.
    submitted: VecDeque<Durable>,
    /// Whether the link waits for the oldest of them.
    awaits_durable: bool,
    finding: Option<Doing<bool>>,
    recording: Option<Doing<Option<Outcome>>>,
}

impl Around {
    pub(super) fn new(shared: Arc<Shared>, vehicle: VehicleId) -> Self {
        Self {
            shared,
            vehicle,
            attached: None,
            gathered: Vec::new(),
            submitted: VecDeque::new(),
            awaits_durable: false,
            finding: None,
            recording: None,
        }
    }

    fn find_centre(&mut self) {
        let (shared, vehicle) = (self.shared.clone(), self.vehicle.clone());
        self.finding = Some(Box::pin(async move {
            let is_found = stranger::has_centre(&shared, &vehicle).await;
            if !is_found {
                shared.strangers.tell(&vehicle);
            }
            is_found
        }));
    }

    fn attach(&mut self, outbox: OutboxId, clock: Timestamp) -> Answer {
        let Ok(cell) = self.shared.fleet.enrol(&self.vehicle) else { return Answer::FleetFull };
        let (attached, in_turns) = Attached::attach(self.shared.clone(), cell, outbox, clock);
        let commands_through = self.shared.commands_through(&self.vehicle, &attached.outbox);
        self.attached = Some(attached);
        Answer::Attached { commands_through, in_turns }
    }

    fn assess(&mut self, newest: Option<Timestamp>, fixes: &[FixReport], refused: u64) {
        let (shared, Some(attached)) = (&self.shared, &self.attached) else { return };
        if let Some(newest) = newest {
            shared.clock.hear_terminal(&self.vehicle, newest);
        }
        let now = shared.clock.now();
        self.gathered.extend(fixes.iter().map(|report| attached.assess(report, now)));
        shared.counters.fixes.increment(fixes.len() as u64);
        if refused > 0 {
            shared.counters.fixes_refused.increment(refused);
        }
    }

    fn hand_over(&mut self) -> Answer {
        let rows = std::mem::take(&mut self.gathered);
        let count = rows.len() as u64;
        match self.shared.history.submit(rows) {
            Ok(durable) => {
                self.submitted.push_back(durable);
                Answer::HandedOver(true)
            }
            Err(_) => {
                self.shared.counters.fixes_put_off.increment(count);
                Answer::HandedOver(false)
            }
        }
    }

    fn settle(&mut self, mark: bool) -> Answer {
        let mut durable = Vec::new();
        while let Some(oldest) = self.submitted.front_mut() {
            match oldest.try_recv() {
                Err(TryRecvError::Empty) => break,
                Ok(Ok(())) => durable.push(true),
                Ok(Err(_)) | Err(TryRecvError::Closed) => durable.push(false),
            }
            self.submitted.pop_front();
            // The link waits anew where it still has to.
            self.awaits_durable = false;
        }
        Answer::Settled { durable, mark }
    }

    fn hear(&self, fault: Fault, stands: bool) -> Option<Answer> {
        let cell = &self.attached.as_ref()?.cell;
        let (known, now) = (self.shared.terminal_faults(&self.vehicle), self.shared.clock.steady());
        let turned = match fault {
            Fault::Storage => cell.storage_turned(stands, known.storage_failing, now),
            Fault::ReceiverDate => cell.receiver_turned(stands, known.receiver_date_wrong, now),
        };
        Some(Answer::Turned(fault, turned))
    }

    fn record(&mut self, work: Work) {
        let Some(attached) = &self.attached else { return };
        let (shared, vehicle) = (self.shared.clone(), self.vehicle.clone());
        let recording = Recording { shared, vehicle, outbox: attached.outbox.clone() };
        self.recording = Some(Box::pin(recording.run(work)));
    }

    fn count(&self, what: Counted) {
        let counters = &self.shared.counters;
        let counter = match what {
            Counted::Frame => &counters.agent_frames,
            Counted::BadFrame => &counters.agent_bad_frames,
            Counted::Hold => &counters.agent_frames_held,
            Counted::Recorded => &counters.commands,
            Counted::Refused => &counters.commands_refused,
        };
        counter.increment(1);
    }
}

impl Surroundings<AgentLink> for Around {
    const WRITE_LIMIT: Duration = WRITE_LIMIT;

    fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    async fn execute(&mut self, ask: Ask) -> Option<Answer> {
        match ask {
            Ask::FindCentre => self.find_centre(),
            Ask::Attach { outbox, software, clock, has_camera } => {
                self.shared.software.hear(&self.vehicle, software);
                self.shared.cameras.camera(&self.vehicle, has_camera);
                return Some(self.attach(outbox, clock));
            }
            Ask::Duty => {
                let cell = &self.attached.as_ref()?.cell;
                let mut duty = self.shared.vehicle_assignment(cell).map(Box::new);
                if let Some(order) = duty.as_mut().and_then(|duty| duty.order.as_mut()) {
                    self.shared.near_hospitals.rank(order, self.shared.clock.now()).await;
                }
                return Some(Answer::Duty(duty));
            }
            Ask::Route => {
                let route = self.shared.arrivals.route_of(&self.vehicle);
                return Some(Answer::Route(route.map(Box::new)));
            }
            Ask::Picture => {
                return Some(Answer::Picture(self.shared.cameras.wanted(&self.vehicle)));
            }
            Ask::Through(outboxes) => {
                let through = |outbox: OutboxId| {
                    let through = self.shared.commands_through(&self.vehicle, &outbox);
                    (outbox, through)
                };
                return Some(Answer::Through(outboxes.into_iter().map(through).collect()));
            }
            Ask::Hear(fault, stands) => return self.hear(fault, stands),
            Ask::HandOver => return Some(self.hand_over()),
            Ask::Settle { mark } => return Some(self.settle(mark)),
            Ask::Judge { newest, fixes, refused } => self.assess(newest, &fixes, refused),
            Ask::TellWhenDurable => self.awaits_durable = true,
            Ask::Record(work) => self.record(work),
            Ask::LogRenumbering { outbox, commands_through, reason } => {
                tracing::warn!(vehicle = %self.vehicle, %outbox, commands_through, ?reason, "the terminal's numbers do not fit");
                metrics::counter!("helan_agent_renumberings_total").increment(1);
            }
            Ask::Count(what) => self.count(what),
            Ask::Detach => self.attached = None,
        }
        None
    }

    fn wakeups(
        &mut self,
    ) -> (impl Future<Output = Event> + Send, impl Future<Output = Event> + Send) {
        let Self {
            shared, vehicle, attached, submitted, awaits_durable, finding, recording, ..
        } = self;
        let urgent = async move {
            let Some(attached) = attached else {
                let is_finding = finding.is_some();
                return tokio::select! {
                    biased;
                    () = shared.stop.cancelled() => Event::Stopping,
                    is_found = done(finding), if is_finding => Event::CentreFound(is_found),
                };
            };
            let (is_recording, waits) = (recording.is_some(), *awaits_durable);
            tokio::select! {
                biased;
                told = attached.signal.told() => Event::Told(told),
                outcome = done(recording), if is_recording => {
                    let through = shared.commands_through(vehicle, &attached.outbox);
                    Event::Recorded { outcome, through }
                }
                is_durable = oldest(submitted), if waits => {
                    *awaits_durable = false;
                    Event::Durable(is_durable)
                }
            }
        };
        (urgent, std::future::pending())
    }
}

/// Waits for what is being done; for ever when there is nothing. May be dropped and called again without loss.
async fn done<T>(doing: &mut Option<Doing<T>>) -> T {
    let Some(under_way) = doing else { return std::future::pending().await };
    let outcome = under_way.as_mut().await;
    *doing = None;
    outcome
}

/// Waits until the oldest batch is durable or lost; for ever when there is none. May be dropped and called again
/// without loss.
async fn oldest(submitted: &mut VecDeque<Durable>) -> bool {
    let Some(oldest) = submitted.front_mut() else { return std::future::pending().await };
    let outcome = oldest.await;
    submitted.pop_front();
    matches!(outcome, Ok(Ok(())))
}

/// A link that is its vehicle's live one; by dropping it the vehicle goes offline, however the link
/// ended, unless a newer one took over.
struct Attached {
    shared: Arc<Shared>,
    cell: Arc<VehicleCell>,
    outbox: OutboxId,
    signal: Arc<LinkSignal>,
}

impl Attached {
    /// Also gives how many links of this vehicle ended one another within a minute, when they are to be told.
    fn attach(
        shared: Arc<Shared>,
        cell: Arc<VehicleCell>,
        outbox: OutboxId,
        terminal: Timestamp,
    ) -> (Self, Option<u32>) {
        let signal = Arc::new(LinkSignal::default());
        let now = shared.clock.now();
        let begun = Begun { terminal, server: Some(now) };
        let attachment = cell.attach(signal.clone(), begun, now);
        if let Some(older) = attachment.replaced {
            older.tell_replaced();
        }
        let took_over = !attachment.is_online_by_that;
        let in_turns = cell.link_turns(took_over, shared.clock.steady());
        if attachment.is_online_by_that {
            shared.feed.tell_presence(&cell);
        }
        // After attaching, so that a stop just now is either seen here or told by the signal.
        if shared.stop.is_cancelled() {
            signal.tell_stopping();
        }
        shared.counters.agent_links.increment(1.0);
        (Self { shared, cell, outbox, signal }, in_turns)
    }

    /// Judges a fix, moves the marker if it should, and gives the fix as history keeps it.
    fn assess(&self, report: &FixReport, received_at: Timestamp) -> StoredFix {
        let fix = Fix {
            position: Wgs84 { lon: report.lon, lat: report.lat },
            fix_time: Timestamp(report.fix_time),
            speed_mps: report.speed_mps,
            heading_deg: report.heading_deg,
        };
        let judgement = self.shared.fleet.assess(&self.cell, fix, received_at);
        self.shared.counters.judged(judgement.quality);
        StoredFix {
            vehicle: self.cell.id.clone(),
            outbox: self.outbox.clone(),
            number: report.number,
            fix_time: fix.fix_time,
            received_at,
            position: fix.position,
            speed_mps: report.speed_mps,
            heading_deg: report.heading_deg,
            satellites: report.satellites,
            hdop: report.hdop,
            quality: judgement.quality,
        }
    }
}

impl Drop for Attached {
    fn drop(&mut self) {
        self.shared.counters.agent_links.decrement(1.0);
        if self.cell.detach(&self.signal, self.shared.clock.now()) {
            self.shared.cameras.camera(&self.cell.id, false);
            self.shared.feed.tell_presence(&self.cell);
        }
    }
}
