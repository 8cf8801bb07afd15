//! In which directions a way is driven: the most special one-way key, then what is said of one
//! direction alone, then what its class implies.

use super::Tags;
use super::access::{Says, says};
use crate::graph::road::{Passage, Road, RoadClass};

/// One-way keys that concern an ambulance, the most special first.
const ONEWAY: [&str; 5] =
    ["oneway:emergency", "oneway:motorcar", "oneway:motor_vehicle", "oneway:vehicle", "oneway"];
/// Who is spoken of when one direction is closed or opened alone, the most special first.
const SPOKEN_OF: [&str; 5] = ["emergency", "motorcar", "motor_vehicle", "vehicle", "access"];

/// Passages with and against the way's own direction; `None` where the direction changes by the
/// hour, so that nobody can say.
pub(super) fn passages(tags: &Tags<'_>, road: &Road) -> Option<(Passage, Passage)> {
    // Carriageways of expressways and roundabouts are never driven the wrong way.
    let wrong = if road.class == RoadClass::Motorway || road.roundabout {
        Passage::Never
    } else {
        Passage::AgainstOneWay
    };
    let (forward, backward) = match signed(tags, road)? {
        Signed::Both => (Passage::Open, Passage::Open),
        Signed::Forward => (Passage::Open, wrong),
        Signed::Backward => (wrong, Passage::Open),
    };
    Some((alone(tags, "forward", forward, wrong), alone(tags, "backward", backward, wrong)))
}

enum Signed {
    Both,
    Forward,
    Backward,
}

fn signed(tags: &Tags<'_>, road: &Road) -> Option<Signed> {
    // A motorway's links serve both directions at toll plazas unless a tag says otherwise.
    let implied = (road.class == RoadClass::Motorway && !road.link) || road.roundabout;
    match tags.first(&ONEWAY) {
        Some("yes" | "1" | "true" | "forward") => Some(Signed::Forward),
        Some("-1" | "reverse" | "backward") => Some(Signed::Backward),
        Some("reversible") => None,
        // Lights let each direction through in turn, every few minutes.
        Some("alternating") if !implied => Some(Signed::Both),
        Some("no" | "0" | "false") if !road.roundabout => Some(Signed::Both),
        _ if implied => Some(Signed::Forward),
        _ => Some(Signed::Both),
    }
}

/// What `motor_vehicle:backward=no` and its kin say of one direction.
fn alone(tags: &Tags<'_>, direction: &str, signed: Passage, wrong: Passage) -> Passage {
    let said =
        SPOKEN_OF.iter().find_map(|who| Some((who, tags.get(&format!("{who}:{direction}"))?)));
    match said.map(|(who, value)| (*who, says(value))) {
        Some(("emergency", Says::Anybody | Says::Some)) if wrong != Passage::Never => Passage::Open,
        Some((_, Says::Nobody)) if signed == Passage::Open => wrong,
        Some(_) | None => signed,
    }
}
