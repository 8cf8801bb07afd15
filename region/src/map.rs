//! The region as one GeoJSON document for the console's map. Each feature has a `layer`.

use super::areas::{Area, River};
use super::{Basis, Region};
use dispatch_core::model::Wgs84;
use serde_json::{Value, json};

/// The layers, in the order in which they are drawn.
pub const LAYERS: [&str; 8] =
    ["outline", "prefecture", "county", "river", "road", "place", "hospital", "station"];

pub(super) fn geojson(region: &Region) -> Value {
    let areas = &region.areas;
    let mut features: Vec<Value> = Vec::new();
    features.extend(areas.outlines.iter().map(|area| area_feature("outline", area)));
    features.extend(areas.prefectures.iter().map(|area| area_feature("prefecture", area)));
    features.extend(areas.counties.iter().map(|area| area_feature("county", area)));
    features.extend(areas.rivers.iter().map(river_feature));
    features.extend(roads(region));
    features.extend(points(region));
    json!({ "type": "FeatureCollection", "features": features })
}

fn area_feature(layer: &str, area: &Area) -> Value {
    let ring = |ring: &Vec<Wgs84>| line(ring.iter());
    let polygons = area.polygons.iter().map(|rings| rings.iter().map(ring).collect::<Vec<_>>());
    let geometry = json!({ "type": "MultiPolygon", "coordinates": polygons.collect::<Vec<_>>() });
    let properties = json!({
        "layer": layer, "centre": area.centre, "code": area.code,
        "name_zh": area.name_zh, "name_en": area.name_en, "basis": area.basis,
    });
    feature(geometry, properties)
}

fn river_feature(river: &River) -> Value {
    let geometry = json!({ "type": "LineString", "coordinates": line(river.course.iter()) });
    let properties = json!({
        "layer": "river", "name_zh": river.name_zh, "name_en": river.name_en,
        "basis": river.basis,
    });
    feature(geometry, properties)
}

fn roads(region: &Region) -> impl Iterator<Item = Value> {
    let parts =
        region.roads.iter().flat_map(|road| road.parts.iter().map(move |part| (road, part)));
    parts.map(|(road, part)| {
        let course = line(part.vertices.iter().map(|vertex| &vertex.position));
        let properties = json!({
            "layer": "road", "id": road.id, "ref": road.number, "class": road.class.word(),
            "name_zh": road.name_zh, "name_en": road.name_en, "basis": part.basis,
        });
        feature(json!({ "type": "LineString", "coordinates": course }), properties)
    })
}

fn points(region: &Region) -> impl Iterator<Item = Value> {
    let places = region.places.iter().map(|it| {
        let name = (it.name_zh.as_str(), it.name_en.as_str());
        point("place", &it.id, it.kind.word(), name, it.position, it.basis)
    });
    let hospitals = region.hospitals.iter().map(|it| {
        let name = (it.name_zh.as_str(), it.name_en.as_str());
        point("hospital", &it.id, &it.grade, name, it.position, it.position_basis)
    });
    let stations = region.stations.iter().map(|it| {
        let name = (it.name_zh.as_str(), it.name_en.as_str());
        point("station", &it.id, &it.centre, name, it.position, it.basis)
    });
    places.chain(hospitals).chain(stations)
}

// `kind` is the place's kind, the hospital's grade or the station's centre.
fn point(
    layer: &str,
    id: &str,
    kind: &str,
    (name_zh, name_en): (&str, &str),
    position: Wgs84,
    basis: Basis,
) -> Value {
    let geometry = json!({ "type": "Point", "coordinates": [position.lon, position.lat] });
    let properties = json!({
        "layer": layer, "id": id, "kind": kind,
        "name_zh": name_zh, "name_en": name_en, "basis": basis,
    });
    feature(geometry, properties)
}

pub(super) fn feature(geometry: Value, properties: Value) -> Value {
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}

pub(super) fn line<'a>(positions: impl Iterator<Item = &'a Wgs84>) -> Vec<[f64; 2]> {
    positions.map(|position| [position.lon, position.lat]).collect()
}
