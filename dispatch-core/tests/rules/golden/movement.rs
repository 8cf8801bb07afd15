//! Events of what positions show of a vehicle's movement.

use super::examples::{by_rule, recorded};
use dispatch_core::model::*;

/// Each event with the name of its golden file.
pub(crate) fn all() -> Vec<(String, Recorded)> {
    let task = || TaskId::from("yinchuan-7.t1");
    let seen = |movement: Movement, over| {
        let since = Timestamp(1_777_632_000_000);
        let name = format!("movement_noted-{}{}", movement.name(), if over { "_over" } else { "" });
        let event = Event::MovementNoted { vehicle: "YC-01-1".into(), movement, since, over };
        (name, recorded(by_rule(), event))
    };
    vec![
        seen(Movement::AtScene { task: task() }, false),
        seen(Movement::AtScene { task: task() }, true),
        seen(Movement::AtHospital { task: task() }, false),
        seen(Movement::AtStation { station: "YC-01".into() }, false),
        seen(Movement::Idling { task: task() }, false),
        seen(Movement::OutsideRegion, false),
        seen(Movement::Speeding { kmh: 151 }, false),
    ]
}
