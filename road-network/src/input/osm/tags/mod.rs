//! What the tags of an OpenStreetMap way or node say about driving there with an ambulance.
//! Reads tags alone; never the geometry.

mod access;
mod barrier;
mod oneway;
mod size;
mod surface;
#[cfg(test)]
mod tests;

pub(super) use barrier::blocks;

use crate::graph::road::{Access, Basis, Passage, Road, RoadClass};
use std::borrow::Cow;
use std::collections::HashMap;

/// Tags of one way, node or relation, without blanks around keys and values. Words that mean something are in small
/// letters, as mappers mean them; names are as written.
pub(super) struct Tags<'a>(HashMap<&'a str, Cow<'a, str>>);

impl<'a> FromIterator<(&'a str, &'a str)> for Tags<'a> {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(tags: I) -> Tags<'a> {
        Tags(
            tags.into_iter().map(|(key, value)| (key.trim(), meaning(key.trim(), value))).collect(),
        )
    }
}

impl<'a> Tags<'a> {
    /// The value of a key, if the element has it.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(Cow::as_ref)
    }

    /// The value of the first of these keys that the element has: the most special one first.
    pub(super) fn first(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| self.get(key))
    }

    /// Whether the element has the key with a value other than `no`.
    fn has(&self, key: &str) -> bool {
        self.get(key).is_some_and(|value| value != "no")
    }
}

fn meaning<'a>(key: &str, value: &'a str) -> Cow<'a, str> {
    let value = value.trim();
    let is_name = key == "ref" || key.split(':').next() == Some("name");
    if is_name || !value.contains(|it: char| it.is_ascii_uppercase()) {
        return Cow::Borrowed(value);
    }
    Cow::Owned(value.to_ascii_lowercase())
}

/// A way a vehicle may use; texts not yet numbered.
pub(super) struct Drivable {
    pub(super) road: Road,
    pub(super) forward: Passage,
    pub(super) backward: Passage,
}

/// `None` where no ambulance drives.
pub(super) fn drivable(tags: &Tags<'_>) -> Option<Drivable> {
    let (class, link, access) = class(tags)?;
    // A ferry that is mapped as a road waits for its boat.
    if tags.get("area") == Some("yes")
        || tags.get("route") == Some("ferry")
        || surface::nobody_gets_through(tags)
        || size::too_small(tags)
    {
        return None;
    }
    let access = access::on_way(tags, access)?;
    let roundabout = matches!(tags.get("junction"), Some("roundabout" | "circular"));
    let road = Road {
        link,
        access,
        surface: surface::of(tags, class),
        bridge: tags.has("bridge"),
        tunnel: tags.has("tunnel"),
        roundabout,
        layer: tags.get("layer").and_then(|it| it.parse().ok()).unwrap_or(0),
        max_speed_kmh: tags.get("maxspeed").map_or(0, speed_limit_kmh),
        ..Road::plain(class, Basis::Fact)
    };
    let (forward, backward) = oneway::passages(tags, &road)?;
    let fits = |passage, direction| {
        if size::too_small_towards(tags, direction) { Passage::Never } else { passage }
    };
    let (forward, backward) = (fits(forward, "forward"), fits(backward, "backward"));
    if forward == Passage::Never && backward == Passage::Never {
        return None;
    }
    Some(Drivable { road, forward, backward })
}

/// Class, whether it is a link, and who may drive there when no tag says more.
fn class(tags: &Tags<'_>) -> Option<(RoadClass, bool, Access)> {
    // Editors that join two ways leave both classes in one value: the lowest, if all are roads.
    let classes: Option<Vec<_>> =
        tags.get("highway")?.split(';').map(|it| class_of(it.trim(), tags)).collect();
    classes?.into_iter().max_by_key(|(class, ..)| *class)
}

fn class_of(highway: &str, tags: &Tags<'_>) -> Option<(RoadClass, bool, Access)> {
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
        "footway" | "path" | "cycleway" | "bridleway" => {
            (RoadClass::Service, access::on_path(tags)?)
        }
        _ => return None,
    };
    Some((class, link, access))
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
