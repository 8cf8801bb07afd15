//! The points that roads need, by id.

use super::tags::{Tags, blocks};
use crate::input::plan::Signals;
use geometry::Wgs84;
use std::collections::{HashMap, HashSet};

/// What is known of a point.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Known {
    pub(super) position: Wgs84,
    pub(super) signals: Signals,
    /// A barrier cuts the road here.
    pub(super) blocked: bool,
}

pub(super) struct Points {
    ids: Vec<i64>,
    known: Vec<Option<Known>>,
    /// The point itself was read, not only its place on a way.
    read: Vec<bool>,
    twice: Option<i64>,
}

/// A place in the file; 0, 0 is what writers leave where they know none.
pub(super) fn measured(lon: f64, lat: f64) -> Option<Wgs84> {
    Wgs84::checked(lon, lat).filter(|place| !place.is_unset())
}

impl Points {
    /// The points with these ids, each kept once; `places` holds those that stand on the ways themselves.
    pub(super) fn needed(ids: impl Iterator<Item = i64>, places: HashMap<i64, Wgs84>) -> Points {
        let ids: HashSet<i64> = ids.collect();
        let mut ids: Vec<i64> = ids.into_iter().collect();
        ids.sort_unstable();
        let on_way = |position: &Wgs84| Known {
            position: *position,
            signals: Signals::None,
            blocked: false,
        };
        let known = ids.iter().map(|id| places.get(id).map(on_way)).collect();
        let read = vec![false; ids.len()];
        Points { ids, known, read, twice: None }
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(super) fn point(&mut self, id: i64, lon: f64, lat: f64, tags: &Tags<'_>) {
        let Ok(place) = self.ids.binary_search(&id) else { return };
        let lights = tags.get("highway") == Some("traffic_signals");
        let known = measured(lon, lat).map(|position| Known {
            position,
            signals: if lights { Signals::Lights } else { Signals::None },
            blocked: blocks(tags),
        });
        let other = self.known[place] != known;
        if std::mem::replace(&mut self.read[place], true) && other {
            self.twice = Some(id);
        }
        self.known[place] = known;
    }

    /// Whether roads need points and the file has the place of none.
    pub(super) fn are_all_missing(&self) -> bool {
        !self.known.is_empty() && self.known.iter().all(Option::is_none)
    }

    /// A point that was read twice, and not as the same.
    pub(super) fn twice(&self) -> Option<String> {
        self.twice.map(|id| format!("node {id} in two versions"))
    }

    pub(super) fn get(&self, id: i64) -> Option<Known> {
        self.ids.binary_search(&id).ok().and_then(|place| self.known[place])
    }
}
