//! Whether a barrier on a road stops an ambulance. Gates and booms are opened for it; what only
//! persons pass, and what stands fixed in the way, is not.

use super::Tags;
use super::access::{Says, emergency, general, lets_some, motor};
use super::size;

#[derive(Clone, Copy)]
enum Kind {
    /// Opened for an ambulance, or no hindrance to wheels.
    Opens,
    /// Stands in the way of every vehicle unless a tag lets vehicles through.
    Fixed,
    /// Made so that only persons get through: `access=yes` speaks of them.
    ForPersons,
}

/// Whether a node cuts the road for an ambulance.
pub(in crate::input::osm) fn blocks(tags: &Tags<'_>) -> bool {
    let barrier = match tags.get("barrier") {
        Some("no") | None if tags.get("highway") != Some("gate") => {
            return size::opening_too_small(tags)
                || size::too_deep(tags)
                || tags.get("ford") == Some("stepping_stones")
                || is_closed_without_barrier(tags);
        }
        Some(barrier) => barrier,
        None => "gate",
    };
    if size::opening_too_small(tags) {
        return true;
    }
    if let Some(may) = emergency(tags) {
        return !may;
    }
    // Of several at one point the one that lets least through decides.
    let kinds = barrier.split(';').map(|one| kind(one.trim(), tags));
    match kinds.max_by_key(|kind| *kind as u8).unwrap_or(Kind::Opens) {
        Kind::Opens => (general(tags) == Some(Says::Nobody) && !lets_some(tags)) || is_locked(tags),
        Kind::Fixed => general(tags) != Some(Says::Anybody),
        Kind::ForPersons => motor(tags) != Some(Says::Anybody),
    }
}

/// A bare point that says `motor_vehicle=no` closes the road as a gate with these words would. At crossings
/// and doors such words are about who crosses or enters there, not about the road.
fn is_closed_without_barrier(tags: &Tags<'_>) -> bool {
    const OF_THEIR_OWN: [&str; 7] =
        ["barrier", "highway", "crossing", "entrance", "railway", "amenity", "public_transport"];
    let bare = OF_THEIR_OWN.iter().all(|key| tags.get(key).is_none());
    match emergency(tags) {
        Some(may) => bare && !may,
        None => bare && general(tags) == Some(Says::Nobody) && !lets_some(tags),
    }
}

fn is_locked(tags: &Tags<'_>) -> bool {
    matches!(tags.get("locked"), Some("yes" | "true" | "1" | "permanent" | "always"))
        || ["status", "gate"].iter().any(|key| {
            matches!(tags.get(key), Some("locked" | "closed" | "permanently_closed" | "welded"))
        })
}

fn kind(barrier: &str, tags: &Tags<'_>) -> Kind {
    match barrier {
        // Rising ones sink for emergency vehicles, flexible ones bend. Those that are folded or
        // taken out need a key and minutes, which nobody has on the way to a patient.
        "bollard" => match tags.get("bollard") {
            Some(
                "rising" | "retractable" | "retracting" | "lowering" | "sinking" | "telescopic"
                | "automatic" | "hydraulic" | "electric" | "pneumatic" | "flexible" | "plastic"
                | "rubber" | "fallen" | "missing" | "removed",
            ) => Kind::Opens,
            _ => Kind::Fixed,
        },
        "bollards" | "bollard_row" => Kind::Fixed,
        "block" | "jersey_barrier" | "log" | "debris" | "wall" | "fence" | "planter" | "hedge"
        | "ditch" | "guard_rail" | "handrail" | "retaining_wall" | "city_wall" | "tank_trap"
        | "barrier_board" | "door" | "obstruction" | "trench" | "boulder" | "rock" | "rocks"
        | "stone" | "concrete" | "concrete_block" | "earth_bank" | "mound" | "berm" | "rubble"
        | "tyres" | "gabion" | "wire_fence" | "crash_barrier" | "cable_barrier" | "barricade"
        | "dragons_teeth" | "hedge_bank" | "wood_fence" | "bar" | "pipe" | "spikes" | "post"
        | "posts" | "pole" | "traffic_cone" | "delineators" | "railing" | "net" | "embankment" => {
            Kind::Fixed
        }
        // Pits and humps that low axles and narrow tracks do not get over.
        "sump_buster" | "car_trap" | "bus_trap" => Kind::Fixed,
        "cycle_barrier"
        | "motorcycle_barrier"
        | "turnstile"
        | "full-height_turnstile"
        | "full_height_turnstile"
        | "squeeze"
        | "squeeze_stile"
        | "step_over"
        | "ladder"
        | "steps"
        | "stile"
        | "horse_stile"
        | "v_stile"
        | "kent_carriage_gap"
        | "kissing_gate"
        | "wicket_gate" => Kind::ForPersons,
        _ => Kind::Opens,
    }
}
