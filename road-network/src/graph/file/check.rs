//! Whether sections that were read fit together, so that no later index can miss.

use crate::graph::parts::{Parts, take_delta};
use crate::graph::road::{Passage, Stored};

pub(super) fn check(parts: &Parts) -> Result<(), &'static str> {
    let edges = parts.edge_from.len();
    let arcs = edges * 2;
    let states = arcs + parts.copy_arc.len();
    let nodes = parts.nodes.len();
    let hold = |fits: bool, what: &'static str| if fits { Ok(()) } else { Err(what) };
    let below = |list: &[u32], limit: usize| list.iter().all(|&it| (it as usize) < limit);
    hold(states < (u32::MAX / 2) as usize, "it has too many roads")?;
    hold(
        [
            parts.edge_to.len(),
            parts.edge_length_cm.len(),
            parts.edge_road.len(),
            parts.edge_passage.len(),
        ] == [edges; 4],
        "its lists of roads differ in length",
    )?;
    hold(edges > 0, "it holds no road")?;
    hold(below(&parts.edge_from, nodes) && below(&parts.edge_to, nodes), "a road has no end")?;
    hold(below(&parts.edge_road, parts.roads.len()), "a road has no kind")?;
    hold(below(&parts.copy_arc, arcs), "a remembered road does not exist")?;
    hold(below(&parts.turn_to, states), "a turn leads nowhere")?;
    hold(parts.turn_code.len() == parts.turn_to.len(), "a turn has no kind")?;
    hold(rising(&parts.turn_first, states, parts.turn_to.len()), "its turns are out of order")?;
    hold(
        rising(&parts.geometry_first, edges, parts.geometry.len()),
        "its courses are out of order",
    )?;
    let passage = |byte: u8| Passage::from_byte(byte & 15).and(Passage::from_byte(byte >> 4));
    hold(parts.edge_passage.iter().all(|&it| passage(it).is_some()), "a direction is unknown")?;
    let on_earth =
        |lon: i32, lat: i32| lon.abs_diff(0) <= 1_800_000_000 && lat.abs_diff(0) <= 900_000_000;
    hold(parts.nodes.iter().all(|it| on_earth(it.lon, it.lat)), "a junction is not on earth")?;
    for edge in 0..edges {
        let range = parts.geometry_first[edge] as usize..parts.geometry_first[edge + 1] as usize;
        let mut bytes = &parts.geometry[range];
        let mut last = parts.nodes[parts.edge_from[edge] as usize];
        while !bytes.is_empty() {
            last = take_delta(&mut bytes, last)
                .filter(|it| on_earth(it.lon, it.lat))
                .ok_or("a course cannot be read")?;
        }
    }
    Ok(())
}

/// Starts at 0, never falls, ends at `end`, and has one number more than `count`.
fn rising(first: &[u32], count: usize, end: usize) -> bool {
    first.len() == count + 1
        && first.first() == Some(&0)
        && first.last().is_some_and(|&last| last as usize == end)
        && first.is_sorted()
}
