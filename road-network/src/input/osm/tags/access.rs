//! Who may drive: the most special key decides: emergency, motorcar, motor_vehicle, vehicle, access.
//! Source of the order: the OpenStreetMap wiki, "Key:access".

use super::Tags;
use crate::graph::road::Access;

/// Keys that speak of motor vehicles, the most special first; an ambulance is one of each.
const MOTOR: [&str; 3] = ["motorcar", "motor_vehicle", "vehicle"];

/// Keys by which mappers speak of emergency vehicles, the usual one first.
const EMERGENCY_KEYS: [&str; 5] =
    ["emergency", "ambulance", "emergency_vehicle", "access:emergency", "emergency_access"];

/// Vehicles whose leave shows that wheels get through where everybody else is kept out.
const LET_THROUGH: [&str; 12] = [
    "bus",
    "psv",
    "taxi",
    "coach",
    "tourist_bus",
    "minibus",
    "hov",
    "hgv",
    "goods",
    "delivery",
    "agricultural",
    "forestry",
];

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
    for word in value.split([';', ',', '|', '；']).map(str::trim) {
        match word {
            "no" | "none" | "never" | "closed" | "blocked" | "impassable" | "construction"
            | "under_construction" | "abandoned" | "disused" | "forbidden" | "prohibited"
            | "not_allowed" | "denied" | "false" | "0" | "off" | "unpassable" | "damaged"
            | "destroyed" | "demolished" | "collapsed" | "washed_out" | "dismount"
            | "use_sidepath" | EMERGENCY => {}
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
    if let Some(said) = EMERGENCY_KEYS.iter().find_map(|key| by_name(tags.get(key)?)) {
        return Some(said);
    }
    let named = tags.first(&MOTOR).or_else(|| tags.get("access"));
    let is_named =
        named.is_some_and(|it| it.split([';', ',']).any(|word| word.trim() == EMERGENCY));
    let is_theirs = tags.get("service") == Some("emergency_access");
    (is_named || is_theirs).then_some(true)
}

/// `None` where the key names a thing of its own: a hydrant, a landing site, a phone.
fn by_name(value: &str) -> Option<bool> {
    let words = || value.split([';', ',', '|', '；']).map(str::trim);
    let lets = |word| {
        matches!(
            word,
            "yes"
                | "designated"
                | "official"
                | "permissive"
                | "private"
                | "destination"
                | "only"
                | "allowed"
                | "permit"
                | "true"
                | "1"
        )
    };
    let stops = |word| matches!(word, "no" | "none" | "never" | "false" | "0" | "prohibited");
    if words().any(lets) { Some(true) } else { words().any(stops).then_some(false) }
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
        Some(Says::Nobody) if by_class == Access::Reserved || lets_some(tags) => {
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

/// Whether somebody else's vehicles are let through by name: what a bus or a tractor passes, an ambulance passes.
pub(super) fn lets_some(tags: &Tags<'_>) -> bool {
    LET_THROUGH
        .iter()
        .any(|key| matches!(tags.get(key), Some("yes" | "designated" | "official" | "permissive")))
}
