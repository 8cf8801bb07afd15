//! Networks the size of a province, to measure on.

use road_network::{
    Basis, NO_TEXT, PlannedLine, Road, RoadClass, RoadNetwork, RoadPlan, Wgs84, build, import,
};

/// Junctions along one side of the lattice.
const SIDE: u32 = 400;
/// A province of towns has about so many junctions.
const JUNCTIONS: usize = 150_000;
/// Degrees between two towns.
const GAP: f64 = 0.01;

/// Repeatable chance.
pub(crate) fn next(seed: &mut u32) -> u32 {
    *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    *seed >> 8
}

/// Junctions a few hundred metres apart, a main road every tenth line, a fifth of the streets missing so that
/// it is no chessboard. Harder than real streets: nearly every street is as good as the next. `corner` is its
/// south-western corner, degrees.
pub(crate) fn lattice(corner: Wgs84) -> RoadNetwork {
    let mut plan = RoadPlan::default();
    let mut seed = 7;
    for row in 0..SIDE {
        for column in 0..SIDE {
            let mut off = || f64::from(next(&mut seed) % 1000) / 1000.0 * 0.002;
            let (lon, lat) =
                (corner.lon + f64::from(column) * 0.005, corner.lat + f64::from(row) * 0.005);
            plan.point(Wgs84 { lon: lon + off(), lat: lat + off() });
        }
    }
    for line in 0..SIDE {
        for step in 0..SIDE - 1 {
            let class = if line % 40 == 0 {
                RoadClass::Primary
            } else if line % 10 == 0 {
                RoadClass::Secondary
            } else {
                RoadClass::Residential
            };
            let road = Road::plain(class, Basis::Generated);
            for points in [
                vec![line * SIDE + step, line * SIDE + step + 1],
                vec![step * SIDE + line, (step + 1) * SIDE + line],
            ] {
                if class != RoadClass::Residential || !next(&mut seed).is_multiple_of(5) {
                    plan.two_way(points, road);
                }
            }
        }
    }
    build(plan).0.expect("has roads")
}

/// Every extract in HELAN_OSM_EXTRACTS with its name; none when that is not set.
pub(crate) fn towns() -> Vec<(String, RoadNetwork)> {
    let Some(folder) = std::env::var_os("HELAN_OSM_EXTRACTS") else {
        println!("HELAN_OSM_EXTRACTS is not set: nothing real is measured");
        return Vec::new();
    };
    let mut towns: Vec<(String, RoadNetwork)> = std::fs::read_dir(folder)
        .expect("a folder")
        .flatten()
        .filter_map(|file| {
            let name = file.file_name().to_string_lossy().strip_suffix(".osm.pbf")?.to_owned();
            Some((name, import(&file.path()).ok()?.0))
        })
        .collect();
    towns.sort_by(|a, b| a.0.cmp(&b.0));
    towns
}

/// Real streets the size of a province: copies of a town side by side, each joined to the next by three main
/// roads. Signed turns are left out.
pub(crate) fn province(town: &RoadNetwork, corner: Wgs84) -> RoadNetwork {
    let side = ((JUNCTIONS as f64 / town.nodes() as f64).sqrt().round() as u32).max(1);
    let nodes: Vec<Wgs84> = (0..town.nodes() as u32).map(|node| town.node_position(node)).collect();
    let least = |part: fn(&Wgs84) -> f64| nodes.iter().map(part).fold(f64::MAX, f64::min);
    let most = |part: fn(&Wgs84) -> f64| nodes.iter().map(part).fold(f64::MIN, f64::max);
    let [west, south] = [least(|it| it.lon), least(|it| it.lat)];
    let [east, north] = [most(|it| it.lon), most(|it| it.lat)];
    let moved = |copy: u32, at: Wgs84| Wgs84 {
        lon: corner.lon + at.lon - west + f64::from(copy % side) * (east - west + GAP),
        lat: corner.lat + at.lat - south + f64::from(copy / side) * (north - south + GAP),
    };
    let on_main_road = on_main_roads(town);
    let gate = |lon: f64, lat: f64| {
        let off = |&node: &u32| {
            let at = nodes[node as usize];
            (at.lon - lon).powi(2) + (at.lat - lat).powi(2)
        };
        let main = (0..nodes.len() as u32).filter(|&node| on_main_road[node as usize]);
        main.min_by(|a, b| off(a).total_cmp(&off(b))).expect("a main road")
    };
    let mut plan = RoadPlan::default();
    for copy in 0..side * side {
        for &at in &nodes {
            plan.point(moved(copy, at));
        }
    }
    let main_road = Road::plain(RoadClass::Primary, Basis::Generated);
    for copy in 0..side * side {
        let first = copy * nodes.len() as u32;
        copy_town(&mut plan, town, first, |at| moved(copy, at));
        for share in [0.2, 0.5, 0.8] {
            let (lon, lat) = (west + share * (east - west), south + share * (north - south));
            if copy % side + 1 < side {
                let beyond = first + nodes.len() as u32;
                plan.two_way(vec![first + gate(east, lat), beyond + gate(west, lat)], main_road);
            }
            if copy / side + 1 < side {
                let beyond = first + side * nodes.len() as u32;
                plan.two_way(vec![first + gate(lon, north), beyond + gate(lon, south)], main_road);
            }
        }
    }
    build(plan).0.expect("has roads")
}

fn on_main_roads(town: &RoadNetwork) -> Vec<bool> {
    let mut main = vec![false; town.nodes()];
    for edge in town.edge_ids() {
        let class = town.road(edge).class;
        if matches!(class, RoadClass::Trunk | RoadClass::Primary | RoadClass::Secondary) {
            for end in town.ends(edge) {
                main[end as usize] = true;
            }
        }
    }
    main
}

/// Adds the roads of a town whose first junction has the number `first`.
fn copy_town(plan: &mut RoadPlan, town: &RoadNetwork, first: u32, moved: impl Fn(Wgs84) -> Wgs84) {
    for edge in town.edge_ids() {
        let course = town.course(edge);
        let [from, to] = town.ends(edge);
        let mut points = vec![first + from];
        points.extend(course[1..course.len() - 1].iter().map(|&at| plan.point(moved(at))));
        points.push(first + to);
        let [forward, backward] = town.passages(edge);
        let road = Road { name: NO_TEXT, reference: NO_TEXT, ..*town.road(edge) };
        plan.line(PlannedLine { points, road, forward, backward });
    }
}
