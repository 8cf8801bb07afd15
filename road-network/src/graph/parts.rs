//! The stored form of a network: flat arrays and the courses of roads as small differences. What a file
//! holds and what building makes; it answers nothing but where a course runs.

use crate::graph::fixed::Fixed;
use crate::graph::road::Road;
use geometry::Wgs84;

/// An edge: a road between two junctions, by number within one network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct EdgeId(pub u32);

/// What is stored in a file; everything else is derived from it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Parts {
    pub(crate) nodes: Vec<Fixed>,
    pub(crate) edge_from: Vec<u32>,
    pub(crate) edge_to: Vec<u32>,
    pub(crate) edge_length_cm: Vec<u32>,
    pub(crate) edge_road: Vec<u32>,
    /// Low half-byte: forward; high half-byte: backward.
    pub(crate) edge_passage: Vec<u8>,
    pub(crate) geometry_first: Vec<u32>,
    pub(crate) geometry: Vec<u8>,
    pub(crate) roads: Vec<Road>,
    pub(crate) texts: Vec<String>,
    /// The direction that each copied state stands for.
    pub(crate) copy_arc: Vec<u32>,
    pub(crate) turn_first: Vec<u32>,
    pub(crate) turn_to: Vec<u32>,
    pub(crate) turn_code: Vec<u8>,
}

/// The course of an edge of stored parts.
pub(crate) fn course(parts: &Parts, edge: u32) -> Vec<Wgs84> {
    let mut points = Vec::new();
    course_into(parts, edge, usize::MAX, &mut points);
    points
}

/// The same into a list that is used again, no further than so many points.
pub(crate) fn course_into(parts: &Parts, edge: u32, most: usize, points: &mut Vec<Wgs84>) {
    let edge = edge as usize;
    let mut last = parts.nodes[parts.edge_from[edge] as usize];
    points.clear();
    points.push(last.position());
    let range = parts.geometry_first[edge] as usize..parts.geometry_first[edge + 1] as usize;
    let mut bytes = &parts.geometry[range];
    while let Some(next) = take_delta(&mut bytes, last) {
        if points.len() == most {
            return;
        }
        points.push(next.position());
        last = next;
    }
    points.push(parts.nodes[parts.edge_to[edge] as usize].position());
}

/// Appends the step from one position to the next: two zigzag varints.
pub(crate) fn push_delta(bytes: &mut Vec<u8>, from: Fixed, to: Fixed) {
    for (a, b) in [(from.lon, to.lon), (from.lat, to.lat)] {
        let step = i64::from(b) - i64::from(a);
        let mut rest = ((step << 1) ^ (step >> 63)) as u64;
        while rest >= 0x80 {
            bytes.push((rest as u8 & 0x7f) | 0x80);
            rest >>= 7;
        }
        bytes.push(rest as u8);
    }
}

/// Reads the next step; `None` at the end or where the bytes make no sense.
pub(crate) fn take_delta(bytes: &mut &[u8], from: Fixed) -> Option<Fixed> {
    let lon = take_varint(bytes)?;
    let lat = take_varint(bytes)?;
    Some(Fixed {
        lon: i32::try_from(i64::from(from.lon) + lon).ok()?,
        lat: i32::try_from(i64::from(from.lat) + lat).ok()?,
    })
}

fn take_varint(bytes: &mut &[u8]) -> Option<i64> {
    let mut value = 0_u64;
    // A step is at most 33 bits long: five groups of seven.
    for shift in [0, 7, 14, 21, 28] {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(((value >> 1) as i64) ^ -((value & 1) as i64));
        }
    }
    None
}
