//! What the crew sees: the centre's picture with the presses on top that it does not know yet.
//! Without network the screen follows the crew's own presses. Every step may be done twice.

use std::borrow::Cow;

use wire_protocol::agent::{
    CrewCommand, DispatchOrder, EndedHow, EndedOrder, NextOrder, ReachedMilestone,
    VehicleAssignment,
};
use wire_protocol::commands::CrewMember;
use wire_protocol::message::{CrewNeed, MessageFrom, MessageView};
use wire_protocol::movement::{Movement, MovementView};
use wire_protocol::moves::MoveOrder;
use wire_protocol::state_group::StateGroup;
use wire_protocol::vehicle_log::{VehicleLogEntry, VehicleLogView, VehicleLoggedView};
use wire_protocol::vocabulary::{Milestone, PauseReason, VehicleState};

use crate::outbox::StoredCommand;

/// The vehicle as shown to its crew. It is asked for with every fix: what no press has changed stays where it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shown<'a> {
    pub(super) state: Option<VehicleState>,
    pub(super) pause: Option<PauseReason>,
    /// Who is on it.
    pub(super) crew: Cow<'a, [CrewMember]>,
    /// The latest messages, oldest first.
    pub(super) messages: Cow<'a, [MessageView]>,
    /// The newest entries of the vehicle's log.
    pub(super) log: Cow<'a, VehicleLogView>,
    pub(super) order: Option<Cow<'a, DispatchOrder>>,
    /// The centre had ended the order; the crew's word goes before that until it is settled.
    pub(super) contested: bool,
    pub(super) next: Option<Cow<'a, NextOrder>>,
    /// Where the crew is to wait while it is free.
    pub(super) move_to: Option<Cow<'a, MoveOrder>>,
    pub(super) ended: Option<Cow<'a, EndedOrder>>,
    /// What the centre has seen of its movement; a press on top makes it a thing of the past.
    movements: &'a [MovementView],
    /// The state to which a pause returns.
    returns_to: Option<VehicleState>,
    /// The order that a press on top ended, in case that press is taken back.
    just_ended: Option<Cow<'a, DispatchOrder>>,
}

impl<'a> Shown<'a> {
    pub(super) fn new<'b>(
        duty: Option<&'a VehicleAssignment>,
        unpictured: impl Iterator<Item = &'b StoredCommand>,
    ) -> Self {
        let mut shown = duty.map_or_else(Self::default, |duty| Self {
            state: Some(duty.state),
            pause: duty.pause,
            crew: Cow::Borrowed(&duty.crew),
            messages: Cow::Borrowed(&duty.messages),
            log: duty.log.as_ref().map(Cow::Borrowed).unwrap_or_default(),
            order: duty.order.as_ref().map(Cow::Borrowed),
            contested: duty.contested,
            next: duty.next.as_ref().map(Cow::Borrowed),
            move_to: duty.move_to.as_ref().map(Cow::Borrowed),
            ended: duty.last_ended.as_ref().map(Cow::Borrowed),
            movements: &duty.movements,
            returns_to: duty.pause_returns_to,
            just_ended: None,
        });
        for stored in unpictured {
            shown.add(stored);
        }
        shown
    }

    /// The furthest milestone of a task that is on the screen or just ended.
    pub(super) fn latest_milestone(&self, task: &str) -> Option<Milestone> {
        if let Some(order) = self.order.as_ref().filter(|order| order.task == task) {
            return order.reached.iter().map(|reached| reached.milestone).max();
        }
        let ended = self.ended.as_ref().filter(|ended| ended.task == task)?;
        matches!(ended.how, EndedHow::Finished).then_some(Milestone::Finished)
    }

    /// What was seen of its movement and fits what the crew says it does.
    pub(super) fn movements(&self) -> impl Iterator<Item = Movement> {
        let fits = |movement: &Movement| match movement {
            Movement::AtScene => self.state == Some(VehicleState::ToScene),
            Movement::AtHospital => self.state == Some(VehicleState::PatientOnBoard),
            Movement::AtStation => {
                self.order.is_none() && self.state == Some(VehicleState::AvailableOnRoad)
            }
            Movement::Idling => {
                matches!(self.state, Some(VehicleState::ToScene | VehicleState::PatientOnBoard))
            }
            Movement::OutsideRegion | Movement::Speeding => true,
        };
        self.movements.iter().map(|seen| seen.movement).filter(fits)
    }

    fn add(&mut self, stored: &StoredCommand) {
        match &stored.command {
            CrewCommand::DeviceReceipt { task } => {
                if let Some(order) = self.order_named(task) {
                    order.device_received = true;
                }
            }
            CrewCommand::Milestone { task, milestone, details: _ } => {
                self.reach(task, *milestone, stored.shown_at_ms());
            }
            CrewCommand::Undo { task, milestone } => self.undo(task, *milestone),
            CrewCommand::Abort { task, .. } => {
                if self.order_named(task).is_some() {
                    self.end(EndedHow::Aborted, stored.shown_at_ms());
                }
            }
            CrewCommand::Pause { reason, note: _ } => {
                if !self.is_paused() {
                    self.returns_to = self.state;
                }
                self.state = Some(VehicleState::Paused);
                self.pause = Some(*reason);
            }
            CrewCommand::Resume => {
                if self.is_paused() {
                    // A server of an earlier release does not say; on the road promises least.
                    self.free(self.returns_to.unwrap_or(VehicleState::AvailableOnRoad));
                }
            }
            CrewCommand::OffDuty => {
                self.move_to = None;
                self.free(VehicleState::OffDuty);
            }
            CrewCommand::OnDuty => self.free(VehicleState::AvailableAtStation),
            // Whoever set out for another station means that one.
            CrewCommand::ReturnedToStation if self.is_under_way_to_standby() => {
                if let Some(to) = &mut self.move_to {
                    to.to_mut().reached_at = Some(stored.shown_at_ms());
                }
            }
            // A pause goes on at the station and ends there.
            CrewCommand::ReturnedToStation if self.is_paused() => {
                self.returns_to = Some(VehicleState::AvailableAtStation);
            }
            CrewCommand::AcknowledgeNext { incident } => {
                if let Some(next) = self.next.as_mut().filter(|next| next.incident == *incident) {
                    next.to_mut().acknowledged = true;
                }
            }
            CrewCommand::AcknowledgeMove { station } => self.set_out(station),
            CrewCommand::AcknowledgeChange { task, through } => {
                if let Some(order) = self.order_named(task) {
                    order.changes.retain(|change| change.version > *through);
                }
            }
            CrewCommand::ReturnedToStation => {
                self.move_to = self.move_to.take().filter(|to| !to.acknowledged);
                self.free(VehicleState::AvailableAtStation);
            }
            CrewCommand::SignOn { crew } => self.crew = Cow::Owned(crew.clone()),
            CrewCommand::ReadMessages { through } => self.read(*through, stored.shown_at_ms()),
            CrewCommand::WriteToCentre { need, text } => {
                let at = stored.shown_at_ms();
                self.messages.to_mut().push(own_message(*need, text, at));
            }
            CrewCommand::LogVehicle { entry } => self.log(entry, stored.shown_at_ms()),
            CrewCommand::Sos => {}
        }
    }

    fn log(&mut self, entry: &VehicleLogEntry, at: i64) {
        let log = self.log.to_mut();
        let kept = match entry {
            VehicleLogEntry::Checked { .. } => &mut log.checked,
            VehicleLogEntry::Refuelled { .. } => &mut log.refuelled,
        };
        *kept = Some(VehicleLoggedView { at, entry: entry.clone() });
    }

    fn read(&mut self, through: u64, at: i64) {
        let is_new = |it: &MessageView| {
            it.from == MessageFrom::Centre && it.number <= through && it.seen_at.is_none()
        };
        if self.messages.iter().any(is_new) {
            let new = self.messages.to_mut().iter_mut().filter(|it| is_new(it));
            new.for_each(|it| it.seen_at = Some(at));
        }
    }

    fn set_out(&mut self, station: &str) {
        let Some(to) = self.move_to.as_mut().filter(|to| to.station == station) else { return };
        to.to_mut().acknowledged = true;
        if self.is_paused() {
            self.returns_to = Some(VehicleState::AvailableOnRoad);
        } else {
            self.free(VehicleState::AvailableOnRoad);
        }
    }

    fn is_paused(&self) -> bool {
        self.state.map(VehicleState::group) == Some(StateGroup::Paused)
    }

    /// Whether its next station is the one it was moved to.
    pub(super) fn is_under_way_to_standby(&self) -> bool {
        let under_way =
            |to: &Cow<'_, MoveOrder>| to.acknowledged && to.reached_at.is_none() && !to.own;
        self.order.is_none() && self.move_to.as_ref().is_some_and(under_way)
    }

    fn free(&mut self, state: VehicleState) {
        if self.order.is_none() {
            self.state = Some(state);
            self.pause = None;
        }
    }

    fn order_named(&mut self, task: &str) -> Option<&mut DispatchOrder> {
        self.order.as_mut().filter(|order| order.task == task).map(Cow::to_mut)
    }

    fn reach(&mut self, task: &str, milestone: Milestone, at: i64) {
        let Some(order) = self.order_named(task) else { return };
        if !order.reached.iter().any(|reached| reached.milestone == milestone) {
            order.reached.push(ReachedMilestone { milestone, at });
        }
        let furthest = order.reached.iter().map(|reached| reached.milestone).max();
        self.state = Some(furthest.unwrap_or(milestone).vehicle_state());
        if matches!(milestone, Milestone::Finished) {
            self.end(EndedHow::Finished, at);
        }
    }

    fn end(&mut self, how: EndedHow, at: i64) {
        self.just_ended = self.order.take();
        self.state = Some(VehicleState::AvailableOnRoad);
        let ended =
            |order: &Cow<'_, DispatchOrder>| EndedOrder { task: order.task.clone(), how, at };
        self.ended = self.just_ended.as_ref().map(|order| Cow::Owned(ended(order)));
    }

    fn undo(&mut self, task: &str, milestone: Milestone) {
        if matches!(milestone, Milestone::Finished)
            && self.just_ended.as_ref().is_some_and(|order| order.task == task)
        {
            self.order = self.just_ended.take();
            self.ended = None;
        }
        let Some(order) = self.order_named(task) else { return };
        order.reached.retain(|reached| reached.milestone != milestone);
        let furthest = order.reached.iter().map(|reached| reached.milestone).max();
        self.state = Some(furthest.unwrap_or(Milestone::Created).vehicle_state());
    }
}

/// What the crew wrote and the centre does not have yet; the centre gives it its number.
fn own_message(need: Option<CrewNeed>, text: &str, at: i64) -> MessageView {
    let (from, centre) = (MessageFrom::Crew, String::new());
    MessageView { number: 0, from, centre, at, need, text: text.to_owned(), seen_at: None }
}
