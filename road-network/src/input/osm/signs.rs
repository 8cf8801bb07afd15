//! Turn restrictions: which relations concern an ambulance, and what they name.

use super::tags::Tags;
use crate::input::plan::NamedTurn;
use osmpbf::{RelMemberType, Relation};

/// A restriction names at most so many ways in one role; more are mapping mistakes.
const MOST_MEMBERS: usize = 16;
/// Keys of restrictions that bind an ambulance, the most special first.
const KEYS: [&str; 5] = [
    "restriction:emergency",
    "restriction:motorcar",
    "restriction:motor_vehicle",
    "restriction:vehicle",
    "restriction",
];
/// Keys that tell when a sign holds.
const HOURS: [&str; 8] =
    ["hour_on", "hour_off", "day_on", "day_off", "date_on", "date_off", "time_on", "time_off"];
/// Who in `except` is a kind of vehicle that an ambulance is.
const EXEMPT: [&str; 8] = [
    "emergency",
    "emergency_vehicle",
    "emergency_vehicles",
    "ambulance",
    "motorcar",
    "motor_vehicle",
    "vehicle",
    "all",
];

pub(super) struct RawRestriction {
    pub(super) only: bool,
    pub(super) named: Option<NamedTurn>,
    pub(super) from: Vec<i64>,
    pub(super) via: RawVia,
    pub(super) to: Vec<i64>,
}

pub(super) enum RawVia {
    Point(i64),
    Ways(Vec<i64>),
}

pub(super) enum Read {
    /// No sign, or none that an ambulance must heed.
    NoSign,
    Malformed,
    Sign(RawRestriction),
}

pub(super) fn read(relation: &Relation<'_>) -> Read {
    let tags: Tags<'_> = relation.tags().collect();
    let exempt = tags.get("except").is_some_and(|it| {
        it.split([';', ',', '|', '；', '，', '、']).any(|it| EXEMPT.contains(&it.trim()))
    });
    let binds = tags.get("type").is_some_and(|kind| KEYS.contains(&kind));
    // What holds for some hours only: before conditional values there were keys for them.
    let at_times = HOURS.iter().any(|key| tags.get(key).is_some());
    if !binds || exempt || at_times {
        return Read::NoSign;
    }
    let kind = match tags.first(&KEYS) {
        // A turn that is forbidden while the light is red is free when it is green.
        Some(kind) if kind.contains("on_red") || kind == "none" || kind.contains('@') => {
            return Read::NoSign;
        }
        Some(kind) => kind,
        None => return Read::NoSign,
    };
    let turn = kind.strip_prefix("only_").map(|turn| (true, turn));
    let turn = turn.or_else(|| kind.strip_prefix("no_").map(|turn| (false, turn)));
    match (turn, members(relation)) {
        (Some((only, turn)), Some((from, via, to))) => {
            Read::Sign(RawRestriction { only, named: named(turn), from, via, to })
        }
        _ => Read::Malformed,
    }
}

/// Of a list of turns (`left_turn;no_u_turn`) the first: one relation stands for one sign.
fn named(turn: &str) -> Option<NamedTurn> {
    match turn.split([';', ',']).next().unwrap_or_default().trim() {
        "left_turn" => Some(NamedTurn::Left),
        "right_turn" => Some(NamedTurn::Right),
        "straight_on" => Some(NamedTurn::Straight),
        "u_turn" => Some(NamedTurn::Back),
        _ => None,
    }
}

fn members(relation: &Relation<'_>) -> Option<(Vec<i64>, RawVia, Vec<i64>)> {
    let (mut from, mut to, mut ways, mut point) = (Vec::new(), Vec::new(), Vec::new(), None);
    for member in relation.members() {
        match (member.role().ok()?.trim().to_ascii_lowercase().as_str(), member.member_type) {
            ("from", RelMemberType::Way) => from.push(member.member_id),
            ("to", RelMemberType::Way) => to.push(member.member_id),
            ("via", RelMemberType::Way) => ways.push(member.member_id),
            ("via", RelMemberType::Node) => point = Some(member.member_id),
            _ => {}
        }
    }
    let via = match (point, ways.is_empty()) {
        (Some(point), true) => RawVia::Point(point),
        (None, false) => RawVia::Ways(ways),
        (Some(_), false) | (None, true) => return None,
    };
    let fits = |ids: &[i64]| (1..=MOST_MEMBERS).contains(&ids.len());
    (fits(&from) && fits(&to)).then_some((from, via, to))
}
