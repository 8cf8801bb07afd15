//! Two passes over the file: ways and restrictions first, then the points they need.

use super::collect::Found;
use super::frames;
use super::points::Points;
use super::{ImportReport, history};
use crate::error::ImportError;
use crate::input::plan::RoadPlan;
use osmpbf::{BlobDecode, BlobError, BlobReader, Element, ErrorKind, HeaderBlock};
use std::fs::File;
use std::io::{BufReader, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Features of a file that this reader understands. `LocationsOnWays` only adds to ways what
/// their points say, so that untagged points may be left out.
const FEATURES: [&str; 3] = ["OsmSchema-V0.6", "DenseNodes", "LocationsOnWays"];
/// Points of roads in one network; states are counted in 32 bits and need room above.
const MOST_POINTS: usize = 1 << 30;

pub(super) fn plan(path: &Path) -> Result<(RoadPlan, ImportReport), ImportError> {
    let mut file = File::open(path)
        .map_err(|error| ImportError::Open { path: path.to_owned(), reason: error.to_string() })?;
    frames::check(path, &mut file)?;
    let mut found = Found::default();
    each(path, &mut file, |element| match element {
        Element::Way(way) => found.way(&way),
        Element::Relation(relation) => found.relation(&relation),
        Element::Node(_) | Element::DenseNode(_) => {}
    })?;
    let places = std::mem::take(&mut found.places);
    let mut points = Points::needed(found.point_ids(), places);
    if points.len() > MOST_POINTS {
        let what = "points of roads";
        return Err(ImportError::TooLarge { path: path.to_owned(), what, limit: MOST_POINTS });
    }
    each(path, &mut file, |element| match element {
        Element::Node(node) => {
            points.point(node.id(), node.lon(), node.lat(), &node.tags().collect());
        }
        Element::DenseNode(node) => {
            points.point(node.id(), node.lon(), node.lat(), &node.tags().collect());
        }
        Element::Way(_) | Element::Relation(_) => {}
    })?;
    if let Some(twice) = found.twice.take().or_else(|| points.twice()) {
        return Err(history(path, twice));
    }
    if points.are_all_missing() {
        return Err(ImportError::NoPoints { path: path.to_owned(), ways: found.ways.len() });
    }
    Ok(found.finish(&points))
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
    let mut read = || -> Result<(), ImportError> {
        let mut header = false;
        for blob in BlobReader::new(BufReader::new(&*file)) {
            let blob = blob.map_err(|error| damaged(error.to_string()))?;
            match blob.decode().map_err(|error| damaged(undecoded(&error)))? {
                BlobDecode::OsmHeader(block) => {
                    header = true;
                    check_features(path, &block)?;
                }
                BlobDecode::OsmData(block) => {
                    let mut past = None;
                    block.for_each_element(|element| {
                        past = past.take().or_else(|| deleted(&element));
                        visit(element);
                    });
                    if let Some(what) = past {
                        return Err(history(path, what));
                    }
                }
                BlobDecode::Unknown(_) => {}
            }
        }
        if header { Ok(()) } else { Err(damaged("it has no header".to_owned())) }
    };
    catch_unwind(AssertUnwindSafe(&mut read))
        .unwrap_or_else(|_| Err(damaged("a block holds numbers out of range".to_owned())))
}

fn undecoded(error: &osmpbf::Error) -> String {
    if matches!(error.kind(), ErrorKind::Blob(BlobError::Empty)) {
        return "its blocks are compressed in a way that is not read; \
            write it with zlib first (osmium cat --output-format=pbf,pbf_compression=zlib)"
            .to_owned();
    }
    error.to_string()
}

fn check_features(path: &Path, header: &HeaderBlock) -> Result<(), ImportError> {
    let required = header.required_features();
    if required.iter().any(|it| it == "HistoricalInformation") {
        return Err(history(path, "past versions, as its header says".to_owned()));
    }
    match required.iter().find(|it| !FEATURES.contains(&it.as_str())) {
        Some(feature) => {
            Err(ImportError::Feature { path: path.to_owned(), feature: feature.clone() })
        }
        None => Ok(()),
    }
}

/// What a deleted element is; only files with history hold such.
fn deleted(element: &Element<'_>) -> Option<String> {
    let (what, id, visible) = match element {
        Element::Node(node) => ("node", node.id(), node.info().visible()),
        Element::DenseNode(node) => {
            ("node", node.id(), node.info().is_none_or(|info| info.visible()))
        }
        Element::Way(way) => ("way", way.id(), way.info().visible()),
        Element::Relation(relation) => ("relation", relation.id(), relation.info().visible()),
    };
    (!visible).then(|| format!("{what} {id}, which is deleted"))
}
