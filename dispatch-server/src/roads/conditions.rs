//! Closed roads and slow areas: checked when they come in, durable before they hold, ended by time or by hand.

use super::{RoadStoreError, Roads};
use crate::people::{Author, Change};
use dispatch_core::model::Timestamp;
use dispatch_core::text;
use dispatch_desk::chance::random;
use road_network::{Condition, Effect, Extent, Wgs84};
use wire_protocol::route::{
    MAX_RING_CORNERS, RoadConditionKind, RoadConditionRequest, RoadConditionView,
};

/// Most conditions that hold at one time; each is laid over the network once when something changes.
pub const MOST_CONDITIONS: usize = 500;
/// Longest note, in characters.
const MOST_NOTE_CHARS: usize = 500;

/// Why a condition was not taken.
#[derive(Debug, thiserror::Error)]
pub enum BadCondition {
    /// A field is wrong: its name, and what it must be.
    #[error("{0} {1}")]
    Field(&'static str, &'static str),
    /// There are too many.
    #[error("too many conditions hold already; end some first")]
    Full,
    /// It could not be made durable.
    #[error(transparent)]
    Store(#[from] RoadStoreError),
}

impl Roads {
    /// The conditions that hold, oldest first.
    pub fn conditions(&self, now: Timestamp) -> Vec<RoadConditionView> {
        let laid = self.laid();
        laid.conditions.iter().filter(|it| holds(it, now)).cloned().collect()
    }

    /// Takes a condition: durable first, then in force at once.
    ///
    /// # Errors
    /// When it makes no sense, there are too many, or it could not be stored.
    pub async fn add_condition(
        &self,
        asked: RoadConditionRequest,
        by: &str,
        now: Timestamp,
    ) -> Result<RoadConditionView, BadCondition> {
        check(&asked, now)?;
        let note = checked_note(&asked.note)?;
        if self.conditions(now).len() >= MOST_CONDITIONS {
            return Err(BadCondition::Full);
        }
        let condition = RoadConditionView {
            id: format!("c-{:016x}", random::<u64>()),
            kind: asked.kind,
            factor: asked.factor.filter(|_| asked.kind == RoadConditionKind::Slow),
            area: asked.area,
            note,
            until: asked.until,
            by: by.to_owned(),
            made_at: now.0,
        };
        if let Some(store) = &self.store {
            let change = Change::now(now, &author(by), "road_condition_laid", &condition.id);
            let told = serde_json::to_value(&condition).ok();
            store.add_condition(&condition, &change.from_to(None, told)).await?;
        }
        let mut laid = self.laid();
        // What has ended was counted as a change already and stays counted.
        let before = laid.conditions.len();
        laid.conditions.retain(|it| holds(it, now));
        laid.revision += (before - laid.conditions.len()) as u64;
        // One who follows the other servers may have read it already.
        if !laid.conditions.iter().any(|it| it.id == condition.id) {
            laid.conditions.push(condition.clone());
        }
        laid.revision += 1;
        Ok(condition)
    }

    /// Ends a condition by hand; false when none of this id holds.
    ///
    /// # Errors
    /// When it could not be stored; the condition then still holds.
    pub async fn remove_condition(
        &self,
        id: &str,
        by: &str,
        now: Timestamp,
    ) -> Result<bool, RoadStoreError> {
        // The store decides: another server may have drawn it, or ended it, a moment ago.
        let held = match &self.store {
            Some(store) => {
                let change = Change::now(now, &author(by), "road_condition_ended", id);
                store.end_condition(id, by, now, &change).await?
            }
            None => self.conditions(now).iter().any(|it| it.id == id),
        };
        if !held {
            return Ok(false);
        }
        let mut laid = self.laid();
        laid.conditions.retain(|it| it.id != id);
        laid.revision += 1;
        Ok(true)
    }
}

/// Whoever changed something about roads, known by their id.
pub(super) fn author(by: &str) -> Author {
    Author { id: Some(by.to_owned()), name: by.to_owned() }
}

pub(super) fn holds(condition: &RoadConditionView, now: Timestamp) -> bool {
    condition.until.is_none_or(|until| now.0 < until)
}

/// A condition as the network takes it.
pub(super) fn for_network(condition: &RoadConditionView) -> Condition {
    let corners = condition.area.iter().map(|&[lon, lat]| Wgs84 { lon, lat });
    Condition {
        extent: Extent::Ring(corners.collect()),
        effect: match condition.kind {
            RoadConditionKind::Closed => Effect::Closed,
            RoadConditionKind::Slow => Effect::Slower(condition.factor.unwrap_or(1.0)),
        },
        until_unix_seconds: condition.until.map(|until| until.div_euclid(1000)),
    }
}

fn check(asked: &RoadConditionRequest, now: Timestamp) -> Result<(), BadCondition> {
    if !(3..=MAX_RING_CORNERS).contains(&asked.area.len()) {
        return Err(BadCondition::Field("area", "must have 3 to 200 corners"));
    }
    if asked.area.iter().any(|&[lon, lat]| Wgs84::checked(lon, lat).is_none()) {
        return Err(BadCondition::Field("area", "has a corner that is no position on the globe"));
    }
    let is_slower = asked.factor.is_some_and(|factor| factor > 1.0 && factor <= 100.0);
    if asked.kind == RoadConditionKind::Slow && !is_slower {
        return Err(BadCondition::Field("factor", "must be above 1 and at most 100"));
    }
    if asked.until.is_some_and(|until| until <= now.0) {
        return Err(BadCondition::Field("until", "must lie ahead"));
    }
    Ok(())
}

fn checked_note(note: &str) -> Result<String, BadCondition> {
    let note = text::lines(note)
        .map_err(|_| BadCondition::Field("note", "must not hold control characters"))?;
    if note.chars().count() > MOST_NOTE_CHARS {
        return Err(BadCondition::Field("note", "must be at most 500 characters"));
    }
    Ok(note)
}
