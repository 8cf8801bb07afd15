//! Two passes over the file. Keeps only what roads need; what is missing is counted.

use super::ImportReport;
use super::tags::{Tags, blocks, drivable};
use crate::error::ImportError;
use crate::geo::Position;
use crate::plan::{PlannedLine, PlannedRestriction, RestrictionVia, RoadPlan, Signals};
use crate::road::{Passage, Road};
use osmpbf::{BlobDecode, BlobReader, ByteOffset, Element, RelMemberType, Relation, Way};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Features of a file that this reader understands.
const FEATURES: [&str; 3] = ["OsmSchema-V0.6", "DenseNodes", "HistoricalInformation"];
/// No writer makes frame headers larger than this; the format's own limit.
const LARGEST_FRAME_HEADER_BYTES: u64 = 64 * 1024;
/// Points of roads in one network; states are counted in 32 bits and need room above.
const MOST_POINTS: usize = 1 << 30;
/// A restriction names at most so many ways in one role; more are mapping mistakes.
const MOST_MEMBERS: usize = 16;

struct RawWay {
    id: i64,
    points: Vec<i64>,
    road: Road,
    forward: Passage,
    backward: Passage,
}

struct RawRestriction {
    only: bool,
    from: Vec<i64>,
    via: RawVia,
    to: Vec<i64>,
}

enum RawVia {
    Point(i64),
    Ways(Vec<i64>),
}

#[derive(Default)]
struct Found {
    ways: Vec<RawWay>,
    restrictions: Vec<RawRestriction>,
    plan: RoadPlan,
    report: ImportReport,
}

pub(super) fn plan(path: &Path) -> Result<(RoadPlan, ImportReport), ImportError> {
    let mut file = File::open(path)
        .map_err(|error| ImportError::Open { path: path.to_owned(), reason: error.to_string() })?;
    check_frames(path, &mut file)?;
    let mut found = Found::default();
    each(path, &mut file, |element| match element {
        Element::Way(way) => found.way(&way),
        Element::Relation(relation) => found.relation(&relation),
        Element::Node(_) | Element::DenseNode(_) => {}
    })?;
    let mut points = Points::needed(&found.ways);
    if points.ids.len() > MOST_POINTS {
        let what = "points of roads";
        return Err(ImportError::TooLarge { path: path.to_owned(), what, limit: MOST_POINTS });
    }
    each(path, &mut file, |element| match element {
        Element::Node(node) => {
            points.point(node.id(), node.lon(), node.lat(), &node.tags().collect())
        }
        Element::DenseNode(node) => {
            points.point(node.id(), node.lon(), node.lat(), &node.tags().collect());
        }
        Element::Way(_) | Element::Relation(_) => {}
    })?;
    Ok(found.finish(points))
}

/// Runs over every element of the file. The reader crate was written for honest files: where a
/// dishonest one makes it panic, that is an error like any other.
fn each(
    path: &Path,
    file: &mut File,
    mut visit: impl FnMut(Element<'_>),
) -> Result<(), ImportError> {
    let damaged = |reason: String| ImportError::Damaged { path: path.to_owned(), reason };
    file.rewind().map_err(|error| damaged(error.to_string()))?;
    let read = || -> Result<(), ImportError> {
        let mut header = false;
        for blob in BlobReader::new(BufReader::new(&*file)) {
            let blob = blob.map_err(|error| damaged(error.to_string()))?;
            match blob.decode().map_err(|error| damaged(error.to_string()))? {
                BlobDecode::OsmHeader(block) => {
                    header = true;
                    let known = |feature: &&String| !FEATURES.contains(&feature.as_str());
                    if let Some(feature) = block.required_features().iter().find(known) {
                        let feature = feature.clone();
                        return Err(ImportError::Feature { path: path.to_owned(), feature });
                    }
                }
                BlobDecode::OsmData(block) => block.for_each_element(&mut visit),
                BlobDecode::Unknown(_) => {}
            }
        }
        if header { Ok(()) } else { Err(damaged("it has no header".to_owned())) }
    };
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(damaged("a block holds numbers out of range".to_owned())))
}

/// The reader crate takes a file cut inside the length of a block for a whole one; this walks
/// the frames alone and insists that the last one ends where the file does.
fn check_frames(path: &Path, file: &mut File) -> Result<(), ImportError> {
    let damaged = |reason: String| ImportError::Damaged { path: path.to_owned(), reason };
    let size = file.metadata().map_err(|error| damaged(error.to_string()))?.len();
    let mut at = 0;
    while at < size {
        let mut length = [0; 4];
        file.seek(SeekFrom::Start(at)).map_err(|error| damaged(error.to_string()))?;
        file.read_exact(&mut length).map_err(|_| damaged("it is cut off".to_owned()))?;
        let header = u64::from(u32::from_be_bytes(length));
        if header > LARGEST_FRAME_HEADER_BYTES {
            return Err(damaged("it does not begin like one, or is damaged".to_owned()));
        }
        file.rewind().map_err(|error| damaged(error.to_string()))?;
        let mut reader =
            BlobReader::new_seekable(&mut *file).map_err(|error| damaged(error.to_string()))?;
        reader.seek(ByteOffset(at)).map_err(|error| damaged(error.to_string()))?;
        let blob = match reader.next_header_skip_blob() {
            Some(Ok((frame, _))) => u64::try_from(frame.get_blob_size()).unwrap_or(u64::MAX),
            Some(Err(error)) => return Err(damaged(error.to_string())),
            None => return Err(damaged("it is cut off".to_owned())),
        };
        at = at.saturating_add(4).saturating_add(header).saturating_add(blob);
    }
    if at == size && size > 0 { Ok(()) } else { Err(damaged("it is cut off".to_owned())) }
}

impl Found {
    fn way(&mut self, way: &Way<'_>) {
        self.report.ways += 1;
        let tags: Tags<'_> = way.tags().collect();
        let Some(drivable) = drivable(&tags) else { return };
        let points: Vec<i64> = way.refs().collect();
        if points.len() < 2 {
            return;
        }
        self.report.drivable_ways += 1;
        let mut text = |key: &str| self.plan.texts.number(tags.get(key).copied().unwrap_or(""));
        let (name, name_en, reference) = (text("name"), text("name:en"), text("ref"));
        let road = Road { name, name_en, reference, ..drivable.road };
        let (forward, backward) = (drivable.forward, drivable.backward);
        self.ways.push(RawWay { id: way.id(), points, road, forward, backward });
    }

    fn relation(&mut self, relation: &Relation<'_>) {
        let tags: Tags<'_> = relation.tags().collect();
        let exempt = tags.get("except").is_some_and(|it| it.split(';').any(|it| it == "emergency"));
        if tags.get("type") != Some(&"restriction") || exempt {
            return;
        }
        let Some(kind) =
            ["restriction", "restriction:motorcar"].iter().find_map(|key| tags.get(key))
        else {
            return;
        };
        self.report.restrictions += 1;
        let only = kind.starts_with("only_");
        match members(relation) {
            Some((from, via, to)) if only || kind.starts_with("no_") => {
                self.restrictions.push(RawRestriction { only, from, via, to });
            }
            _ => self.report.dead_restrictions += 1,
        }
    }

    fn finish(mut self, points: Points) -> (RoadPlan, ImportReport) {
        let mut number: HashMap<i64, u32> = HashMap::new();
        let mut lines: HashMap<i64, Vec<u32>> = HashMap::new();
        for way in std::mem::take(&mut self.ways) {
            let mut run: Vec<u32> = Vec::new();
            for id in &way.points {
                let Some(known) = points.get(*id) else {
                    self.report.dead_points += 1;
                    self.line(&way, &mut run, &mut lines);
                    continue;
                };
                let plan = &mut self.plan;
                let point = *number.entry(*id).or_insert_with(|| {
                    let point = plan.point(known.position);
                    plan.signals[point as usize] = known.signals;
                    point
                });
                run.push(point);
                if known.blocked {
                    self.report.barriers += 1;
                    self.line(&way, &mut run, &mut lines);
                    // Beyond the barrier the road goes on from a point of its own.
                    run.push(self.plan.point(known.position));
                }
            }
            self.line(&way, &mut run, &mut lines);
        }
        for restriction in std::mem::take(&mut self.restrictions) {
            self.restriction(&restriction, &number, &lines);
        }
        (self.plan, self.report)
    }

    fn line(&mut self, way: &RawWay, run: &mut Vec<u32>, lines: &mut HashMap<i64, Vec<u32>>) {
        let points = std::mem::take(run);
        if points.len() >= 2 {
            let (road, forward, backward) = (way.road, way.forward, way.backward);
            let line = self.plan.line(PlannedLine { points, road, forward, backward });
            lines.entry(way.id).or_default().push(line);
        }
    }

    fn restriction(
        &mut self,
        raw: &RawRestriction,
        number: &HashMap<i64, u32>,
        lines: &HashMap<i64, Vec<u32>>,
    ) {
        let known = |ids: &[i64]| -> Option<Vec<u32>> {
            let lists: Option<Vec<_>> = ids.iter().map(|id| lines.get(id)).collect();
            Some(lists?.into_iter().flatten().copied().collect())
        };
        let via = match &raw.via {
            RawVia::Point(id) => number.get(id).map(|&point| RestrictionVia::Point(point)),
            RawVia::Ways(ids) => known(ids).map(RestrictionVia::Lines),
        };
        let (Some(from), Some(via), Some(to)) = (known(&raw.from), via, known(&raw.to)) else {
            self.report.dead_restrictions += 1;
            return;
        };
        let touches = |line: &u32| match &via {
            RestrictionVia::Point(point) => self.plan.lines[*line as usize].points.contains(point),
            RestrictionVia::Lines(_) => true,
        };
        let to: Vec<u32> = to.into_iter().filter(touches).collect();
        let from: Vec<u32> = from.into_iter().filter(touches).collect();
        for &from in &from {
            for &to in &to {
                let via = via.clone();
                let only = raw.only;
                self.plan.restrictions.push(PlannedRestriction { only, from, via, to });
            }
        }
    }
}

fn members(relation: &Relation<'_>) -> Option<(Vec<i64>, RawVia, Vec<i64>)> {
    let (mut from, mut to, mut ways, mut point) = (Vec::new(), Vec::new(), Vec::new(), None);
    for member in relation.members() {
        match (member.role().ok()?, member.member_type) {
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

#[derive(Clone, Copy)]
struct Known {
    position: Position,
    signals: Signals,
    blocked: bool,
}

/// The points that roads need, by id.
struct Points {
    ids: Vec<i64>,
    known: Vec<Option<Known>>,
}

impl Points {
    fn needed(ways: &[RawWay]) -> Points {
        let ids: HashSet<i64> = ways.iter().flat_map(|way| way.points.iter().copied()).collect();
        let mut ids: Vec<i64> = ids.into_iter().collect();
        ids.sort_unstable();
        let known = vec![None; ids.len()];
        Points { ids, known }
    }

    fn point(&mut self, id: i64, lon: f64, lat: f64, tags: &Tags<'_>) {
        let Ok(place) = self.ids.binary_search(&id) else { return };
        let lights = tags.get("highway") == Some(&"traffic_signals");
        self.known[place] = Position::checked(lon, lat).map(|position| Known {
            position,
            signals: if lights { Signals::Lights } else { Signals::None },
            blocked: blocks(tags),
        });
    }

    fn get(&self, id: i64) -> Option<Known> {
        self.ids.binary_search(&id).ok().and_then(|place| self.known[place])
    }
}
