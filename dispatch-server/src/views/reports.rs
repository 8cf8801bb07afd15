//! What a crew told against the centre, and what it is promised next, as consoles hold it.

use super::ToWire;
use dispatch_core::state::{CrewReport, FollowOn, OrderChange, RefusedPress};
use wire_protocol::crew_word;

impl ToWire for CrewReport {
    type Wire = crew_word::CrewReportView;

    fn to_wire(&self) -> crew_word::CrewReportView {
        crew_word::CrewReportView {
            task: self.task.to_wire(),
            reached: self.reached.to_wire(),
            pressed_at: self.pressed_at.0,
            recorded_at: self.recorded_at.0,
            before_end: self.before_end,
            stands: self.state().is_some(),
        }
    }
}

impl ToWire for RefusedPress {
    type Wire = crew_word::RefusedPressView;

    fn to_wire(&self) -> crew_word::RefusedPressView {
        crew_word::RefusedPressView {
            command: self.command.clone(),
            task: self.task.to_wire(),
            code: self.code.clone(),
            pressed_at: self.pressed_at.0,
            count: self.count,
        }
    }
}

impl ToWire for FollowOn {
    type Wire = crew_word::NextOrderView;

    fn to_wire(&self) -> crew_word::NextOrderView {
        crew_word::NextOrderView {
            incident: self.incident.to_wire(),
            given_at: self.given_at.0,
            expires_at: self.expires_at.0,
            acknowledged: self.acknowledged.is_some(),
            changed_at: self.changed_at.to_wire(),
        }
    }
}

impl ToWire for OrderChange {
    type Wire = crew_word::OrderChangeView;

    fn to_wire(&self) -> crew_word::OrderChangeView {
        crew_word::OrderChangeView {
            part: self.part.to_wire(),
            since: self.since.0,
            version: self.version,
        }
    }
}
