//! The region as a terminal in a vehicle draws it: what shows a crew where it is, in no more than a tablet can hold.
//! GeoJSON with the layers and words of the console's map.

use super::map::{feature, line};
use super::roads::Road;
use super::{Region, RoadClass};
use dispatch_core::model::Wgs84;
use serde_json::{Value, json};

/// Most vertices of roads: some 4 MB as text and 1 MB on its way, which a tablet reads within a second and a slow
/// mobile line carries within two minutes. The shipped region has 3 000.
const VERTICES_MOST: usize = 150_000;

pub(super) fn geojson(region: &Region) -> Value {
    let mut features: Vec<Value> = Vec::new();
    for area in &region.areas.outlines {
        let ring = |ring: &Vec<Wgs84>| line(ring.iter());
        let polygons: Vec<Vec<_>> =
            area.polygons.iter().map(|rings| rings.iter().map(ring).collect()).collect();
        let geometry = json!({ "type": "MultiPolygon", "coordinates": polygons });
        features.push(feature(geometry, json!({ "layer": "outline" })));
    }
    for river in &region.areas.rivers {
        let names = json!({
            "layer": "river", "name_zh": river.name_zh, "name_en": river.name_en,
        });
        features.push(course(river.course.iter(), names));
    }
    features.extend(roads(&region.roads, VERTICES_MOST));
    let places = region.places.iter();
    features.extend(places.map(|it| {
        let names = (it.name_zh.as_str(), it.name_en.as_str());
        point("place", it.kind.word(), &it.id, names, it.position)
    }));
    let hospitals = region.hospitals.iter();
    features.extend(hospitals.map(|it| {
        let names = (it.name_zh.as_str(), it.name_en.as_str());
        point("hospital", &it.grade, &it.id, names, it.position)
    }));
    let stations = region.stations.iter();
    features.extend(stations.map(|it| {
        let names = (it.name_zh.as_str(), it.name_en.as_str());
        point("station", &it.centre, &it.id, names, it.position)
    }));
    json!({ "type": "FeatureCollection", "features": features })
}

/// The roads of as many classes as fit, the most important first; no class is shown in part, since a street that is
/// missing where others are drawn looks like a place without one.
fn roads(roads: &[Road], vertices_most: usize) -> Vec<Value> {
    let of_class = |class: RoadClass| roads.iter().filter(move |road| road.class == class);
    let mut vertices = 0;
    let fitting = RoadClass::ALL.iter().copied().take_while(|class| {
        let parts = of_class(*class).flat_map(|road| &road.parts);
        vertices += parts.map(|part| part.vertices.len()).sum::<usize>();
        vertices <= vertices_most
    });
    fitting.flat_map(of_class).flat_map(road_features).collect()
}

fn road_features(road: &Road) -> impl Iterator<Item = Value> {
    road.parts.iter().map(|part| {
        let properties = json!({
            "layer": "road", "class": road.class.word(), "ref": road.number,
            "name_zh": road.name_zh, "name_en": road.name_en,
        });
        course(part.vertices.iter().map(|vertex| &vertex.position), properties)
    })
}

fn course<'a>(positions: impl Iterator<Item = &'a Wgs84>, properties: Value) -> Value {
    feature(json!({ "type": "LineString", "coordinates": line(positions) }), properties)
}

fn point(
    layer: &str,
    kind: &str,
    id: &str,
    (name_zh, name_en): (&str, &str),
    position: Wgs84,
) -> Value {
    let geometry = json!({ "type": "Point", "coordinates": [position.lon, position.lat] });
    let properties = json!({
        "layer": layer, "kind": kind, "id": id, "name_zh": name_zh, "name_en": name_en,
    });
    feature(geometry, properties)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Basis, RoadPart, RoadVertex};

    fn road(id: &str, class: RoadClass, vertices: usize) -> Road {
        let vertex = |index| RoadVertex {
            position: Wgs84 { lon: 106.0 + f64::from(index) / 100.0, lat: 38.0 },
            place: String::new(),
        };
        let vertices = (0..u16::try_from(vertices).unwrap()).map(vertex).collect();
        Road {
            id: id.into(),
            number: id.into(),
            name_zh: "路".into(),
            name_en: String::new(),
            class,
            parts: vec![RoadPart { part: 1, vertices, basis: Basis::Invented }],
        }
    }

    #[test]
    fn roads_of_the_larger_classes_go_first_and_no_class_in_part() {
        let all = [
            road("S1", RoadClass::Secondary, 3),
            road("G1", RoadClass::Motorway, 4),
            road("S2", RoadClass::Secondary, 3),
            road("T1", RoadClass::Track, 1),
        ];
        let fitting = |most| {
            let features = roads(&all, most);
            let number = |it: &Value| it["properties"]["ref"].as_str().unwrap().to_owned();
            features.iter().map(number).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(fitting(100), "G1 S1 S2 T1");
        assert_eq!(fitting(10), "G1 S1 S2");
        assert_eq!(fitting(9), "G1");
        assert_eq!(fitting(3), "");
    }
}
