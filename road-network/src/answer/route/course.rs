//! The line a route follows, cut at both ends.

use super::{Path, arcs};
use crate::graph::network::RoadNetwork;
use crate::graph::parts::EdgeId;
use geometry::Wgs84;

/// Length on the road in metres.
pub(super) fn length_m(network: &RoadNetwork, path: &Path) -> f64 {
    pieces(network, path)
        .iter()
        .map(|&(arc, from, to)| network.length_m(EdgeId(arc / 2)) * (to - from))
        .sum()
}

/// The line, WGS-84, at least two points.
pub(super) fn course(network: &RoadNetwork, path: &Path) -> Vec<Wgs84> {
    let mut course: Vec<Wgs84> = Vec::new();
    for (arc, from, to) in pieces(network, path) {
        let mut points = network.course(EdgeId(arc / 2));
        if !arc.is_multiple_of(2) {
            points.reverse();
        }
        for point in cut(&points, from, to) {
            if course.last() != Some(&point) {
                course.push(point);
            }
        }
    }
    if let [only] = course[..] {
        course.push(only);
    }
    course
}

/// Each direction driven, and from where to where along it.
pub(super) fn pieces(network: &RoadNetwork, path: &Path) -> Vec<(u32, f64, f64)> {
    let arcs = arcs(network, path);
    let last = arcs.len() - 1;
    arcs.into_iter()
        .enumerate()
        .map(|(place, arc)| {
            let from = if place == 0 { path.leave.share } else { 0.0 };
            let to = if place == last { path.arrive.share } else { 1.0 };
            (arc, from, to)
        })
        .collect()
}

/// The part of a line between two shares of its length.
fn cut(points: &[Wgs84], from: f64, to: f64) -> Vec<Wgs84> {
    let lengths: Vec<f64> = points.windows(2).map(|pair| pair[0].metres_to(pair[1])).collect();
    let whole: f64 = lengths.iter().sum();
    let (from_m, to_m) = (from * whole, to * whole);
    let mut result = Vec::new();
    let mut before = 0.0;
    for (segment, &length) in lengths.iter().enumerate() {
        let after = before + length;
        let share = |metres: f64| if length > 0.0 { (metres - before) / length } else { 0.0 };
        if after >= from_m && before <= to_m {
            let (a, b) = (points[segment], points[segment + 1]);
            result.push(a.towards(b, share(from_m).clamp(0.0, 1.0)));
            result.push(a.towards(b, share(to_m).clamp(0.0, 1.0)));
        }
        before = after;
    }
    result.dedup();
    result
}
