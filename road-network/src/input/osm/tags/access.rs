//! Who may drive: the most special key decides: emergency, motorcar, motor_vehicle, vehicle, access.
//! Source of the order: the OpenStreetMap wiki, "Key:access".

use super::Tags;
use crate::graph::road::Access;

/// Keys that speak of motor vehicles, the most special first; an ambulance is one of each.
const MOTOR: [&str; 3] = ["motorcar", "motor_vehicle", "vehicle"];

/// The word in `access=emergency`: nobody but emergency vehicles.
const EMERGENCY: &str = "emergency";

/// What a key says of a group of vehicles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Anybody,
    /// With leave or business there.
    Some,
    Nobody,
}

/// Reads a value, which may be a list: who is named in it may pass.
pub(super) fn says(value: &str) -> Says {
    let mut said = Says::Nobody;
    for word in value.split([';', ',']).map(str::trim) {
        match word {
            "no" | "none" | "never" | "closed" | "blocked" | "impassable" | "construction"
            | "under_construction" | "abandoned" | "disused" | "forbidden" | "prohibited"
            | EMERGENCY => {}
            "private" | "customers" | "delivery" | "destination" | "permit" | "residents"
            | "agricultural" | "forestry" | "military" | "restricted" | "employees" | "bus"
            | "psv" | "taxi" | "foot" | "bicycle" => {
                if said == Says::Nobody {
                    said = Says::Some;
                }
            }
            _ => said = Says::Anybody,
        }
    }
    said
}

/// What the element says of emergency vehicles by name.
pub(super) fn emergency(tags: &Tags<'_>) -> Option<bool> {
    match tags.get("emergency") {
        Some(
            "yes" | "designated" | "official" | "permissive" | "private" | "destination" | "only",
        ) => Some(true),
        Some("no" | "none" | "never") => Some(false),
        // The key also names things of their own: hydrants, landing sites, phones.
        Some(_) | None => {
            let named = tags.first(&MOTOR).or_else(|| tags.get("access"))?;
            named.split([';', ',']).any(|word| word.trim() == EMERGENCY).then_some(true)
        }
    }
}

/// What the element says of motor vehicles, or of everybody.
pub(super) fn general(tags: &Tags<'_>) -> Option<Says> {
    motor(tags).or_else(|| tags.get("access").map(says))
}

/// What the element says of motor vehicles by name.
pub(super) fn motor(tags: &Tags<'_>) -> Option<Says> {
    tags.first(&MOTOR).map(says)
}

/// `None` where no ambulance may drive on a way whose class alone says `by_class`.
pub(super) fn on_way(tags: &Tags<'_>, by_class: Access) -> Option<Access> {
    match emergency(tags) {
        Some(true) => {
            return Some(match general(tags) {
                None | Some(Says::Anybody) => by_class,
                Some(Says::Some) => by_class.max(Access::Private),
                Some(Says::Nobody) => Access::Reserved,
            });
        }
        Some(false) => return None,
        None => {}
    }
    match general(tags) {
        None | Some(Says::Anybody) => Some(by_class),
        Some(Says::Some) => Some(by_class.max(Access::Private)),
        Some(Says::Nobody) if by_class == Access::Reserved || has_bus(tags) => {
            Some(Access::Reserved)
        }
        Some(Says::Nobody) => None,
    }
}

/// A path for people on foot or on bicycles is driven only where a tag says that emergency
/// vehicles, or motor vehicles by name, may: `access=yes` speaks of whoever fits on a path.
pub(super) fn on_path(tags: &Tags<'_>) -> Option<Access> {
    match (emergency(tags), motor(tags)) {
        (Some(false), _) | (None, None | Some(Says::Nobody)) => None,
        (_, Some(Says::Anybody)) => Some(Access::Open),
        (None, Some(Says::Some)) => Some(Access::Private),
        (Some(true), _) => Some(Access::Reserved),
    }
}

fn has_bus(tags: &Tags<'_>) -> bool {
    ["bus", "psv"].iter().any(|key| matches!(tags.get(key), Some("yes" | "designated")))
}
