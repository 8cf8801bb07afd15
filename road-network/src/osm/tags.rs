//! What the tags of an OpenStreetMap way say about driving there with an ambulance.

use crate::road::{Access, Basis, Passage, Road, RoadClass, Surface};
use std::collections::HashMap;

/// Tags of one way.
pub(super) type Tags<'a> = HashMap<&'a str, &'a str>;

/// A way a vehicle may use; texts not yet numbered.
pub(super) struct Drivable {
    pub(super) road: Road,
    pub(super) forward: Passage,
    pub(super) backward: Passage,
}

/// `None` where no ambulance drives.
pub(super) fn drivable(tags: &Tags<'_>) -> Option<Drivable> {
    let (class, link, access) = class(tags)?;
    if tags.get("area") == Some(&"yes") {
        return None;
    }
    let access = allowed(tags, access)?;
    let yes = |key: &str| tags.get(key).is_some_and(|&value| value != "no");
    let roundabout = matches!(tags.get("junction"), Some(&"roundabout" | &"circular"));
    let road = Road {
        link,
        access,
        surface: surface(tags, class),
        bridge: yes("bridge"),
        tunnel: yes("tunnel"),
        roundabout,
        layer: tags.get("layer").and_then(|it| it.parse().ok()).unwrap_or(0),
        max_speed_kmh: tags.get("maxspeed").map_or(0, |it| speed_limit_kmh(it)),
        ..Road::plain(class, Basis::Fact)
    };
    let (forward, backward) = passages(tags, &road)?;
    Some(Drivable { road, forward, backward })
}

fn class(tags: &Tags<'_>) -> Option<(RoadClass, bool, Access)> {
    let highway = *tags.get("highway")?;
    let (name, link) = match highway.strip_suffix("_link") {
        Some(name) => (name, true),
        None => (highway, false),
    };
    let (class, access) = match name {
        "motorway" => (RoadClass::Motorway, Access::Open),
        "trunk" => (RoadClass::Trunk, Access::Open),
        "primary" => (RoadClass::Primary, Access::Open),
        "secondary" => (RoadClass::Secondary, Access::Open),
        "tertiary" => (RoadClass::Tertiary, Access::Open),
        "unclassified" | "road" => (RoadClass::Unclassified, Access::Open),
        "residential" => (RoadClass::Residential, Access::Open),
        "living_street" => (RoadClass::LivingStreet, Access::Open),
        "service" => (RoadClass::Service, Access::Open),
        "track" => (RoadClass::Track, Access::Open),
        "busway" | "pedestrian" | "emergency_access" => (RoadClass::Service, Access::Reserved),
        _ => return None,
    };
    Some((class, link, access))
}

/// The most special tag decides: emergency, then motor vehicles, vehicles, everybody.
fn allowed(tags: &Tags<'_>, by_class: Access) -> Option<Access> {
    match tags.get("emergency") {
        Some(&("yes" | "designated" | "official")) => {
            let general = general(tags).unwrap_or(Some(by_class));
            return Some(general.unwrap_or(Access::Reserved));
        }
        Some(&"no") => return None,
        _ => {}
    }
    match general(tags) {
        None => Some(by_class),
        Some(Some(access)) => Some(access.max(by_class)),
        Some(None) if by_class == Access::Reserved || has_bus(tags) => Some(Access::Reserved),
        Some(None) => None,
    }
}

fn has_bus(tags: &Tags<'_>) -> bool {
    ["bus", "psv"].iter().any(|key| matches!(tags.get(key), Some(&("yes" | "designated"))))
}

/// `None`: nothing is said; `Some(None)`: nobody may.
fn general(tags: &Tags<'_>) -> Option<Option<Access>> {
    let value =
        ["motorcar", "motor_vehicle", "vehicle", "access"].iter().find_map(|key| tags.get(key))?;
    Some(match *value {
        "no" => None,
        "private" | "customers" | "delivery" | "destination" | "permit" | "residents"
        | "agricultural" | "forestry" | "military" | "restricted" => Some(Access::Private),
        _ => Some(Access::Open),
    })
}

fn passages(tags: &Tags<'_>, road: &Road) -> Option<(Passage, Passage)> {
    let divided = road.class == RoadClass::Motorway || road.roundabout;
    let wrong = if divided { Passage::Never } else { Passage::AgainstOneWay };
    let exempt = tags.get("oneway:emergency") == Some(&"no") && !divided;
    let wrong = if exempt { Passage::Open } else { wrong };
    match tags.get("oneway").copied() {
        Some("yes" | "1" | "true") => Some((Passage::Open, wrong)),
        Some("-1" | "reverse") => Some((wrong, Passage::Open)),
        Some("reversible" | "alternating") => None,
        Some("no") if !road.roundabout => Some((Passage::Open, Passage::Open)),
        _ if divided => Some((Passage::Open, wrong)),
        _ => Some((Passage::Open, Passage::Open)),
    }
}

fn surface(tags: &Tags<'_>, class: RoadClass) -> Surface {
    let by_smoothness = match tags.get("smoothness") {
        Some(&("very_bad" | "horrible" | "very_horrible" | "impassable")) => Some(Surface::Rough),
        _ => None,
    };
    let by_surface = || match tags.get("surface").copied()? {
        "paved" | "asphalt" | "concrete" | "concrete:plates" | "concrete:lanes"
        | "paving_stones" | "sett" | "cobblestone" | "unhewn_cobblestone" | "metal" | "wood"
        | "chipseal" => Some(Surface::Paved),
        "unpaved" | "compacted" | "gravel" | "fine_gravel" | "pebblestone" | "ground" | "dirt"
        | "earth" | "grass" | "grass_paver" => Some(Surface::Unpaved),
        "sand" | "mud" | "rock" | "stone" => Some(Surface::Rough),
        _ => None,
    };
    let by_track = || match tags.get("tracktype").copied()? {
        "grade1" => Some(Surface::Paved),
        "grade2" | "grade3" => Some(Surface::Unpaved),
        "grade4" | "grade5" => Some(Surface::Rough),
        _ => None,
    };
    let unknown = if class == RoadClass::Track { Surface::Unpaved } else { Surface::Unknown };
    by_smoothness.or_else(by_surface).or_else(by_track).unwrap_or(unknown)
}

/// Km/h; 0 where the text is no plain number.
fn speed_limit_kmh(text: &str) -> u8 {
    let (number, factor) = match text.strip_suffix("mph") {
        Some(number) => (number, 1.609_344),
        None => (text.strip_suffix("km/h").unwrap_or(text), 1.0),
    };
    let kmh = number.trim().parse::<f64>().unwrap_or(0.0) * factor;
    if (1.0..=250.0).contains(&kmh) { kmh.round() as u8 } else { 0 }
}

/// Whether a barrier on a road stops an ambulance; gates and booms are opened for it.
pub(super) fn blocks(tags: &Tags<'_>) -> bool {
    let opened = matches!(tags.get("emergency"), Some(&("yes" | "designated")))
        || matches!(tags.get("motor_vehicle"), Some(&("yes" | "designated" | "permissive")));
    let barrier = matches!(
        tags.get("barrier"),
        Some(
            &("block"
                | "jersey_barrier"
                | "log"
                | "debris"
                | "wall"
                | "fence"
                | "bollard"
                | "planter"
                | "cycle_barrier"
                | "motorcycle_barrier"
                | "turnstile"
                | "stile"
                | "kissing_gate")
        )
    );
    barrier && !opened
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(text: &'static str) -> Option<Drivable> {
        drivable(&text.split(' ').filter_map(|pair| pair.split_once('=')).collect())
    }

    #[test]
    fn what_is_driven_and_how() {
        let road = |text| way(text).map(|it| (it.road.class, it.forward, it.backward));
        let open = Passage::Open;
        assert_eq!(road("highway=primary"), Some((RoadClass::Primary, open, open)));
        assert_eq!(road("highway=motorway"), Some((RoadClass::Motorway, open, Passage::Never)));
        assert_eq!(
            road("highway=residential oneway=-1"),
            Some((RoadClass::Residential, Passage::AgainstOneWay, open))
        );
        assert_eq!(
            road("highway=residential oneway=yes oneway:emergency=no"),
            Some((RoadClass::Residential, open, open))
        );
        for closed in [
            "highway=footway",
            "route=ferry",
            "highway=service access=no",
            "highway=primary emergency=no",
        ] {
            assert_eq!(road(closed), None, "{closed}");
        }
    }

    #[test]
    fn access_surface_and_limits() {
        let road = |text| way(text).expect("drivable").road;
        assert_eq!(road("highway=service access=private").access, Access::Private);
        assert_eq!(road("highway=service access=no emergency=yes").access, Access::Reserved);
        assert_eq!(road("highway=service access=no bus=yes").access, Access::Reserved);
        assert_eq!(road("highway=track").surface, Surface::Unpaved);
        assert_eq!(road("highway=track tracktype=grade1").surface, Surface::Paved);
        assert_eq!(road("highway=primary maxspeed=60").max_speed_kmh, 60);
        assert_eq!(road("highway=primary maxspeed=40mph").max_speed_kmh, 64);
        assert_eq!(road("highway=primary maxspeed=none").max_speed_kmh, 0);
        assert!(road("highway=primary bridge=viaduct layer=1").bridge);
        assert_eq!(road("highway=primary layer=99999").layer, 0);
    }
}
