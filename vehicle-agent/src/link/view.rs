//! The picture for the screen: what the link knows, as it stands at a moment.

use std::borrow::Cow;

use wire_protocol::agent::ReceiverState;
use wire_protocol::vocabulary::Milestone;

use super::overlay::Shown;
use super::screen_state::{LinkPhase, OrderStage, ScreenState, ShownFix, UndoOffer};
use super::session::{Link, Phase};
use super::{NextStep, Now, UNDO_MS, arrival};

impl Link {
    /// What the screen shows now.
    pub fn picture(&self, now: Now) -> ScreenState {
        let shown = self.shown();
        let fix = self.latest_fix.as_ref();
        let fix = fix.map(|(fix, at)| (fix, now.steady_ms.saturating_sub(at.steady_ms)));
        let proposal = arrival::proposal(&shown, fix);
        let duty = self.duty.latest();
        ScreenState {
            vehicle: self.vehicle.clone(),
            exercise: self.is_exercise,
            time_zone_minutes: duty.and_then(|duty| duty.time_zone_minutes),
            link: match self.phase {
                Phase::Offline { .. } => LinkPhase::Offline,
                Phase::Connecting | Phase::Greeting { .. } => LinkPhase::Connecting,
                Phase::Open { .. } => LinkPhase::Online,
            },
            link_trouble: self.trouble.clone(),
            waiting_commands: self.commands.waiting(),
            waiting_fixes: self.fixes.waiting(),
            dropped_fixes: self.fixes.dropped(),
            storage_failing: self.disk_fails(now),
            unstored_commands: self.commands.unstored(),
            receiver_date_wrong: self.receiver == Some(ReceiverState::DateWrong),
            renewal: self.renewal_shown.clone(),
            centre: duty.map(|duty| duty.centre.clone()),
            state: shown.state,
            pause: shown.pause,
            order_stage: self.order_stage(&shown, now),
            next: NextStep::of(&shown),
            undo: self.undo_offer(now),
            proposal,
            movements: shown.movements().collect(),
            route: self.routes.of(&shown).cloned(),
            crew: shown.crew.into_owned(),
            messages: shown.messages.into_owned(),
            log: shown.log.into_owned(),
            sos: duty.and_then(|duty| duty.sos.clone()),
            order: shown.order.map(Cow::into_owned),
            contested: shown.contested,
            following: shown.next.map(Cow::into_owned),
            move_to: shown.move_to.map(Cow::into_owned),
            ended: shown.ended.map(Cow::into_owned),
            refusals: self.refusals.iter().cloned().collect(),
            fix: self.latest_fix.map(|(fix, at)| ShownFix {
                received_at_ms: now.wall_at(at.steady_ms),
                fix_time_ms: fix.fix_time_ms,
                lat: fix.lat,
                lon: fix.lon,
                speed_mps: fix.speed_mps,
                heading_deg: fix.heading_deg,
                satellites: fix.satellites,
            }),
            report_seconds: self.wanted_report_seconds(),
            taken_at_ms: now.wall_ms,
            taken_steady_ms: now.steady_ms,
            clock_behind_ms: self.server_time.now_ms(now).saturating_sub(now.wall_ms),
        }
    }

    /// The stage of the order; the server's clock decides about expiry.
    pub(super) fn order_stage(&self, shown: &Shown<'_>, now: Now) -> Option<OrderStage> {
        let order = shown.order.as_ref()?;
        let expired = self.server_time.now_ms(now) > order.expires_at;
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
            let left_ms = order.expires_at.saturating_sub(self.server_time.now_ms(now));
            now.steady_at(now.wall_ms.saturating_add(left_ms)).saturating_add(1)
        })
    }

    fn undo_offer(&self, now: Now) -> Option<UndoOffer> {
        let last = self.last_press.as_ref()?;
        let age_ms = now.steady_ms.saturating_sub(last.at.steady_ms);
        if age_ms >= UNDO_MS.unsigned_abs() {
            return None;
        }
        let stands = self.shown().latest_milestone(&last.task) == Some(last.milestone);
        stands.then(|| UndoOffer {
            task: last.task.clone(),
            milestone: last.milestone,
            until_ms: now.wall_at(last.at.steady_ms).saturating_add(UNDO_MS),
        })
    }

    /// The steady moment at which the offer to undo ends.
    pub(super) fn undo_ends_at(&self, now: Now) -> Option<u64> {
        let last = self.last_press.as_ref().filter(|_| self.undo_offer(now).is_some())?;
        Some(last.at.steady_ms.saturating_add(UNDO_MS.unsigned_abs()))
    }
}
