//! Isochrones: how far one gets from a place within some minutes, as GeoJSON.

use super::{Travel, wire_method};
use dispatch_core::model::Wgs84;
use dispatch_core::recommend::{TravelTimes, VehicleAt};
use wire_protocol::route::{
    IsochroneFeature, IsochroneGeometry, IsochroneProperties, IsochroneView,
};

/// Corners of the circle that is an isochrone by straight line.
const CIRCLE_CORNERS: usize = 72;
/// No isochrone by straight line is looked for beyond this, metres.
const FARTHEST_M: f64 = 400_000.0;
/// Halvings of that distance: to about a metre.
const HALVINGS: u32 = 19;

impl Travel {
    /// The land within each limit in minutes, the largest first. By road only where a road leads.
    pub fn isochrones(&self, from: &VehicleAt, minutes: &[u32]) -> IsochroneView {
        let mut minutes = minutes.to_vec();
        minutes.sort_unstable_by(|a, b| b.cmp(a));
        minutes.dedup();
        let on_network = self.roads().and_then(|roads| Some((roads, roads.place(from)?)));
        let lands: Vec<Vec<Vec<Vec<[f64; 2]>>>> = match on_network {
            Some((roads, start)) => {
                let limits: Vec<u32> = minutes
                    .iter()
                    .map(|it| (f64::from(*it) * 60.0 / self.factor()).round() as u32)
                    .collect();
                let found = roads.router.isochrones(&roads.weights, &start, &limits);
                found.into_iter().map(|it| degrees(&it.polygons)).collect()
            }
            None => minutes.iter().map(|it| self.circle(from, *it)).collect(),
        };
        let method = wire_method(self.method());
        let feature = |(minutes, coordinates)| IsochroneFeature {
            kind: "Feature".to_owned(),
            properties: IsochroneProperties { minutes, method },
            geometry: IsochroneGeometry { kind: "MultiPolygon".to_owned(), coordinates },
        };
        let features = minutes.into_iter().zip(lands).map(feature).collect();
        IsochroneView { kind: "FeatureCollection".to_owned(), features }
    }

    fn circle(&self, from: &VehicleAt, minutes: u32) -> Vec<Vec<Vec<[f64; 2]>>> {
        let here = from.position;
        let north = |metres: f64| here.moved_by(0.0, metres);
        let (mut near, mut far) = (0.0, FARTHEST_M);
        for _ in 0..HALVINGS {
            let middle = (near + far) / 2.0;
            let seconds =
                self.straight().journey(from, north(middle)).map_or(f64::MAX, |it| it.seconds);
            if seconds <= f64::from(minutes) * 60.0 { near = middle } else { far = middle }
        }
        let corner = |number: usize| {
            let turn =
                (number % CIRCLE_CORNERS) as f64 / CIRCLE_CORNERS as f64 * std::f64::consts::TAU;
            let corner = here.moved_by(near * turn.cos(), near * turn.sin());
            [corner.lon, corner.lat]
        };
        vec![vec![(0..=CIRCLE_CORNERS).map(corner).collect()]]
    }
}

fn degrees(polygons: &[Vec<Vec<Wgs84>>]) -> Vec<Vec<Vec<[f64; 2]>>> {
    let ring =
        |ring: &Vec<Wgs84>| -> Vec<[f64; 2]> { ring.iter().map(|it| [it.lon, it.lat]).collect() };
    polygons.iter().map(|rings| rings.iter().map(ring).collect()).collect()
}
