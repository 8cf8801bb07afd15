//! Two clocks and an origin, as the wire spells them.

use super::ToWire;
use dispatch_core::{model::Provenance, state};
use wire_protocol::views;

impl ToWire for state::Stamp {
    type Wire = views::Stamp;

    fn to_wire(&self) -> views::Stamp {
        views::Stamp {
            at: Some(self.at().0),
            made_at: self.made_at.0,
            terminal_clock: self.terminal_clock.map(|at| at.0),
            recorded_at: self.recorded_at.0,
            origin: self.origin.to_wire(),
            vehicle_online: self.vehicle_online,
            clock_doubtful: self.doubtful,
            corrected: self.corrected,
        }
    }
}

impl ToWire for Provenance {
    type Wire = views::Stamp;

    fn to_wire(&self) -> views::Stamp {
        views::Stamp {
            at: Some(self.happened_at().0),
            made_at: self.made_at.0,
            terminal_clock: self.terminal_clock.map(|at| at.0),
            recorded_at: self.recorded_at.0,
            origin: self.origin.to_wire(),
            vehicle_online: self.vehicle_online,
            clock_doubtful: self.clock_doubtful,
            corrected: false,
        }
    }
}
