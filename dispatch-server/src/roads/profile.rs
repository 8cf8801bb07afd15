//! The correction laid over predicted times: one factor for all, and factors by road and part of the day.
//! Offered by the report, switched on by a person.

use super::conditions::author;
use super::{Laid, RoadStoreError, Roads};
use crate::people::Change;
use dispatch_core::model::Timestamp;
use road_network::{
    Area, DayPart, LEARNED_FACTORS, Learned, LearnedPart, LearnedRoad, RoadClass, Router,
};
use std::collections::HashSet;
use std::hash::Hash;
use std::sync::Arc;
use wire_protocol::route::{DayPartFactor, RoadFactor, TravelProfileRequest, TravelProfileView};

/// Why a correction was not taken.
#[derive(Debug, thiserror::Error)]
pub enum BadProfile {
    /// A field, and what is wrong with it.
    #[error("{0} {1}")]
    Field(&'static str, &'static str),
    /// It could not be made durable.
    #[error(transparent)]
    Store(#[from] RoadStoreError),
}

impl Roads {
    /// The correction in force.
    pub fn profile(&self) -> TravelProfileView {
        self.laid().profile.clone()
    }

    /// Switches a correction on: durable first, then in force at once.
    ///
    /// # Errors
    /// When it is out of range or could not be stored.
    pub async fn correct(
        &self,
        asked: TravelProfileRequest,
        by: &str,
        now: Timestamp,
    ) -> Result<TravelProfileView, BadProfile> {
        check(&asked)?;
        let since = match &self.store {
            Some(store) => {
                let change = Change::now(now, &author(by), "travel_profile_switched", "region");
                let before = serde_json::to_value(self.profile()).ok();
                let change = change.from_to(before, serde_json::to_value(&asked).ok());
                store.add_profile(&asked, by, now, &change).await?
            }
            None => now.0,
        };
        let TravelProfileRequest { factor, roads, parts } = asked;
        let (by, since) = (Some(by.to_owned()), Some(since));
        let profile = TravelProfileView { factor, roads, parts, by, since };
        let mut laid = self.laid();
        self.put_in_force(&mut laid, profile.clone());
        laid.revision += 1;
        Ok(profile)
    }

    /// Lays a profile down; the caller counts the change. Factors make a network of their own, whose hierarchies
    /// are made in the background.
    pub(super) fn put_in_force(&self, laid: &mut Laid, profile: TravelProfileView) {
        let changed =
            (&profile.roads, &profile.parts) != (&laid.profile.roads, &laid.profile.parts);
        if changed {
            laid.corrected = self.router.as_ref().and_then(|plain| corrected(plain, &profile));
            if let Some(router) = &laid.corrected {
                self.prepare_new(router.clone());
            }
        }
        laid.profile = profile;
    }
}

/// The network under a profile with these factors; nothing when there are none. Factors that another release
/// knows and this one does not count as 1.
fn corrected(plain: &Arc<Router>, profile: &TravelProfileView) -> Option<Arc<Router>> {
    let learned = learned(&profile.roads, &profile.parts);
    if learned == Learned::default() {
        return None;
    }
    match plain.profile().with_learned(learned) {
        Ok(profile) => Some(Arc::new(Router::new(plain.network().clone(), profile))),
        Err(problem) => {
            tracing::error!(%problem, "the stored travel profile cannot be used; the plain one holds");
            None
        }
    }
}

/// Factors as the network takes them.
pub(super) fn learned(roads: &[RoadFactor], parts: &[DayPartFactor]) -> Learned {
    let road = |it: &RoadFactor| {
        let (class, area) = (class(&it.class)?, area(&it.area)?);
        Some(LearnedRoad { class, area, factor: it.factor })
    };
    let part = |it: &DayPartFactor| Some(LearnedPart { part: part(&it.part)?, factor: it.factor });
    Learned {
        roads: roads.iter().filter_map(road).collect(),
        parts: parts.iter().filter_map(part).collect(),
    }
}

pub(super) fn class(word: &str) -> Option<RoadClass> {
    RoadClass::ALL.iter().copied().find(|class| class.word() == word)
}

pub(super) fn area(word: &str) -> Option<Area> {
    match word {
        "urban" => Some(Area::Urban),
        "rural" => Some(Area::Rural),
        _ => None,
    }
}

fn part(word: &str) -> Option<DayPart> {
    DayPart::ALL.into_iter().find(|part| part_word(*part) == word)
}

/// A part of the day as the wire spells it.
pub(super) const fn part_word(part: DayPart) -> &'static str {
    match part {
        DayPart::Day => "day",
        DayPart::Night => "night",
        DayPart::Rush => "rush",
    }
}

fn check(asked: &TravelProfileRequest) -> Result<(), BadProfile> {
    let fits = |factor: f64| LEARNED_FACTORS.contains(&factor);
    if !fits(asked.factor) {
        return Err(BadProfile::Field("factor", "must be 0.5 to 2"));
    }
    if !asked.roads.iter().all(|it| fits(it.factor)) {
        return Err(BadProfile::Field("roads", "must have factors of 0.5 to 2"));
    }
    if !asked.parts.iter().all(|it| fits(it.factor)) {
        return Err(BadProfile::Field("parts", "must have factors of 0.5 to 2"));
    }
    let roads = asked.roads.iter().map(|it| Some((class(&it.class)?, area(&it.area)?)));
    if !each_once(roads) {
        return Err(BadProfile::Field("roads", "must name road classes and areas, each pair once"));
    }
    if !each_once(asked.parts.iter().map(|it| part(&it.part))) {
        return Err(BadProfile::Field("parts", "must name day, night or rush, each once"));
    }
    Ok(())
}

/// Whether every one is known and none named twice.
fn each_once<T: Eq + Hash>(mut named: impl Iterator<Item = Option<T>>) -> bool {
    let mut seen = HashSet::new();
    named.all(|one| one.is_some_and(|one| seen.insert(one)))
}
