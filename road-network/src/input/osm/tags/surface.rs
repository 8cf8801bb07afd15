//! What the wheels run on, and where nobody gets through at all.

use super::{Tags, size};
use crate::graph::road::{RoadClass, Surface};

/// Impassable, under construction, given up, broken down, or frozen over only in winter.
pub(super) fn nobody_gets_through(tags: &Tags<'_>) -> bool {
    let smoothness = matches!(tags.get("smoothness"), Some("impassable" | "very_horrible"));
    // Minor works and widening go on beside the traffic.
    let works =
        tags.get("construction").is_some_and(|it| !matches!(it, "no" | "minor" | "widening"));
    let yes = |key: &&str| matches!(tags.get(key), Some("yes" | "true" | "1"));
    let given_up = [
        "abandoned",
        "disused",
        "demolished",
        "razed",
        "removed",
        "destroyed",
        "proposed",
        "collapsed",
        "closed",
        "under_construction",
        "washed_out",
        "planned",
        "dismantled",
        "ruined",
        "blocked",
        "flooded",
        "submerged",
        "landslide",
    ]
    .iter()
    .any(yes);
    let is_gone = |key: &&str| {
        matches!(
            tags.get(key),
            Some(
                "collapsed"
                    | "broken"
                    | "destroyed"
                    | "removed"
                    | "abandoned"
                    | "disused"
                    | "demolished"
                    | "razed"
                    | "construction"
                    | "proposed"
                    | "planned"
                    | "flooded"
            )
        )
    };
    let broken = ["bridge", "tunnel", "status", "operational_status"].iter().any(is_gone)
        || tags.get("status") == Some("closed")
        || tags.get("operational_status") == Some("closed");
    let seasonal = ["ice_road", "winter_road"].iter().any(yes);
    let stones = matches!(tags.get("ford"), Some("stepping_stones" | "boat" | "intermittent_boat"))
        || matches!(tags.get("surface"), Some("water" | "ice" | "stepping_stones"));
    smoothness
        || size::too_deep(tags)
        || works
        || given_up
        || broken
        || seasonal
        || stones
        || yes(&"impassable")
        || tags.get("passable") == Some("no")
}

pub(super) fn of(tags: &Tags<'_>, class: RoadClass) -> Surface {
    let rough = matches!(tags.get("smoothness"), Some("very_bad" | "horrible"))
        || tags.get("4wd_only") == Some("yes");
    if rough {
        return Surface::Rough;
    }
    let unknown = if class == RoadClass::Track { Surface::Unpaved } else { Surface::Unknown };
    tags.get("surface").and_then(by_surface).or_else(|| by_track(tags)).unwrap_or(unknown)
}

fn by_surface(surface: &str) -> Option<Surface> {
    match surface {
        "paved" | "asphalt" | "concrete" | "concrete:plates" | "concrete:lanes"
        | "paving_stones" | "sett" | "cobblestone" | "unhewn_cobblestone" | "metal" | "wood"
        | "chipseal" => Some(Surface::Paved),
        "unpaved" | "compacted" | "gravel" | "fine_gravel" | "pebblestone" | "ground" | "dirt"
        | "earth" | "grass" | "grass_paver" => Some(Surface::Unpaved),
        "sand" | "mud" | "rock" | "stone" => Some(Surface::Rough),
        _ => None,
    }
}

fn by_track(tags: &Tags<'_>) -> Option<Surface> {
    match tags.get("tracktype")? {
        "grade1" => Some(Surface::Paved),
        "grade2" | "grade3" => Some(Surface::Unpaved),
        "grade4" | "grade5" => Some(Surface::Rough),
        _ => None,
    }
}
