//! Travel times of one system, looked up: from every place of waiting and hospital to every cell of demand, back to
//! them from every node, and between any two nodes by the labels of junctions.

use super::chains::Between;
use super::mainland::mainland;
use super::roads::{Direction, Tree, UNREACHABLE};
use super::system::{Site, System};
use dispatch_core::model::Wgs84;
use geometry::METRES_PER_DEGREE;
use rstar::RTree;
use rstar::primitives::GeomWithData;
use std::collections::HashMap;

/// Steps that are taken at once along a way that is not looked at; a power of two.
const LEAP: u32 = 16;

/// A place and where it meets the roads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Access {
    /// The nearest node at which one may leave the road.
    pub node: u32,
    /// Metres from there.
    pub off_road_m: f64,
}

/// Where a vehicle is, as far as travel times go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// WGS-84.
    pub position: Wgs84,
    /// The node it gets to first.
    pub node: u32,
    /// How far that is.
    pub lead: Lead,
    /// The place of waiting or hospital it stands at, as an index of [`Travel`]'s sites.
    pub site: Option<usize>,
}

/// The way to the first node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lead {
    /// So many metres beside the road.
    OffRoad(f64),
    /// So many milliseconds along it.
    Ms(u32),
}

/// Where a journey goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// To a place of waiting or a hospital.
    Site(usize),
    /// To a patient.
    Cell(usize),
}

/// The travel times of a system. Sites are its stations, then its hospitals.
#[derive(Debug)]
pub struct Travel<'a> {
    /// The system.
    pub system: &'a System,
    sites: Vec<Access>,
    cells: Vec<Access>,
    between: Vec<Between>,
    /// By mode, then site: milliseconds to each cell.
    to_cells: Vec<Vec<Vec<u32>>>,
    /// By site, in the regular mode.
    towards: Vec<Tree>,
    /// By site: the node so many steps of [`LEAP`] on.
    far_on: Vec<Vec<u32>>,
    /// By site, in the regular mode: milliseconds from the road to it.
    site_off_road: Vec<u32>,
    /// By site, in the regular mode: milliseconds to each other.
    between_sites: Vec<Vec<u32>>,
    /// By cell.
    nearest_hospital: Vec<usize>,
    cell_at: HashMap<(u64, u64), usize>,
    top_mps: Vec<f64>,
}

/// The nodes of a system at which one may leave the road and from which one gets everywhere and back, to find the nearest to
/// a place.
pub struct Nodes {
    tree: RTree<GeomWithData<[f64; 2], u32>>,
    /// Of the latitude, for a plane.
    cosine: f64,
}

impl Nodes {
    /// Those of a system.
    pub fn of(system: &System) -> Self {
        let roads = &system.roads;
        let cosine = system.cells[0].position.lat.to_radians().cos();
        let mainland = mainland(roads);
        let is_usable = |&node: &u32| roads.access[node as usize] && mainland[node as usize];
        let usable = (0..roads.nodes() as u32).filter(is_usable);
        let points = usable
            .map(|node| GeomWithData::new(flat(roads.positions[node as usize], cosine), node));
        Self { tree: RTree::bulk_load(points.collect()), cosine }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.tree.size() == 0
    }

    /// Metres from a place to where it meets the roads.
    pub fn metres_to(&self, system: &System, at: Wgs84) -> f64 {
        self.access(system, at).off_road_m
    }

    /// Where a place meets the roads.
    fn access(&self, system: &System, at: Wgs84) -> Access {
        let found = self.tree.nearest_neighbor(flat(at, self.cosine));
        let node = found.map_or(0, |nearest| nearest.data);
        Access { node, off_road_m: at.metres_to(system.roads.positions[node as usize]) }
    }
}

/// A plane good enough to find the nearest node, in metres.
fn flat(at: Wgs84, cosine: f64) -> [f64; 2] {
    [at.lon * METRES_PER_DEGREE * cosine, at.lat * METRES_PER_DEGREE]
}

impl<'a> Travel<'a> {
    /// Looks everything up that will be asked for. Takes seconds for a large city.
    pub fn new(system: &'a System) -> Self {
        let roads = &system.roads;
        let nodes = Nodes::of(system);
        let access = |at: Wgs84| nodes.access(system, at);
        let sites = all_sites(system).map(|site| access(site.position)).collect();
        let cells = system.cells.iter().map(|cell| access(cell.position)).collect();
        let positions = system.cells.iter().map(|cell| bits(cell.position));
        let mut travel = Self {
            system,
            sites,
            cells,
            between: (0..system.modes.len()).map(|mode| Between::new(roads, mode)).collect(),
            to_cells: Vec::new(),
            towards: Vec::new(),
            far_on: Vec::new(),
            site_off_road: Vec::new(),
            between_sites: Vec::new(),
            nearest_hospital: Vec::new(),
            cell_at: positions.zip(0..).collect(),
            top_mps: (0..system.modes.len()).map(|mode| top_speed(system, mode)).collect(),
        };
        travel.fill();
        travel
    }

    fn fill(&mut self) {
        let roads = &self.system.roads;
        for mode in 0..self.system.modes.len() {
            let rows = self.sites.iter().map(|site| {
                let tree = roads.tree(site.node, mode, Direction::FromRoot);
                let from = self.off_road_ms(site.off_road_m, mode);
                let to = |cell: &Access| {
                    let on_road = tree.ms[cell.node as usize];
                    on_road
                        .saturating_add(from)
                        .saturating_add(self.off_road_ms(cell.off_road_m, mode))
                };
                self.cells.iter().map(to).collect()
            });
            let rows = rows.collect();
            self.to_cells.push(rows);
        }
        let regular = self.system.behaviour.regular_mode;
        let towards =
            self.sites.iter().map(|site| roads.tree(site.node, regular, Direction::ToRoot));
        self.towards = towards.collect();
        self.far_on = self.towards.iter().map(far_on).collect();
        let off_road = self.sites.iter().map(|site| self.off_road_ms(site.off_road_m, regular));
        self.site_off_road = off_road.collect();
        let row = |from: usize| {
            let spot = Spot { site: None, ..self.at_site(from) };
            let to = |to| if to == from { 0 } else { self.ms_to_site(&spot, to) };
            (0..self.sites.len()).map(to).collect()
        };
        self.between_sites = (0..self.sites.len()).map(row).collect();
        let hospitals = self.system.stations.len()..self.sites.len();
        let nearest = (0..self.cells.len()).map(|cell| {
            let spot = self.at_cell(cell);
            let by_time = |site: &usize| (self.ms_to_site(&spot, *site), *site);
            hospitals.clone().min_by_key(by_time).unwrap_or(0)
        });
        self.nearest_hospital = nearest.collect();
    }

    /// How many sites there are: stations, then hospitals.
    pub fn sites(&self) -> usize {
        self.sites.len()
    }

    /// Driving time beside the roads, in milliseconds.
    pub fn off_road_ms(&self, metres: f64, mode: usize) -> u32 {
        (metres * 3600.0 / self.system.modes[mode].off_road_kmh).round().clamp(0.0, 1e9) as u32
    }

    /// A vehicle that stands at a site.
    pub fn at_site(&self, site: usize) -> Spot {
        let Access { node, off_road_m } = self.sites[site];
        let stations = self.system.stations.len();
        let position = if site < stations {
            self.system.stations[site].position
        } else {
            self.system.hospitals[site - stations].position
        };
        Spot { position, node, lead: Lead::OffRoad(off_road_m), site: Some(site) }
    }

    /// A vehicle that stands where a patient is.
    pub fn at_cell(&self, cell: usize) -> Spot {
        let Access { node, off_road_m } = self.cells[cell];
        let position = self.system.cells[cell].position;
        Spot { position, node, lead: Lead::OffRoad(off_road_m), site: None }
    }

    /// The way to the first node, in milliseconds.
    pub fn lead_ms(&self, spot: &Spot, mode: usize) -> u32 {
        match spot.lead {
            Lead::OffRoad(metres) => self.off_road_ms(metres, mode),
            Lead::Ms(ms) => ms,
        }
    }

    /// Milliseconds from a spot to a cell.
    pub fn ms_to_cell(&self, spot: &Spot, cell: usize, mode: usize) -> u32 {
        if let Some(site) = spot.site {
            return self.to_cells[mode][site][cell];
        }
        let goal = self.cells[cell];
        let on_road = self.between[mode].ms(spot.node, goal.node);
        on_road
            .saturating_add(self.lead_ms(spot, mode))
            .saturating_add(self.off_road_ms(goal.off_road_m, mode))
    }

    /// Milliseconds between any two places; nothing where there is no way.
    pub fn ms_between(&self, nodes: &Nodes, from: Wgs84, to: Wgs84, mode: usize) -> Option<u32> {
        let [from, to] = [from, to].map(|at| nodes.access(self.system, at));
        let on_road = self.between[mode].ms(from.node, to.node);
        let beside = self.off_road_ms(from.off_road_m + to.off_road_m, mode);
        (on_road != UNREACHABLE).then(|| on_road.saturating_add(beside))
    }

    /// Milliseconds from the road to a cell.
    pub fn last_metres_ms(&self, cell: usize, mode: usize) -> u32 {
        self.off_road_ms(self.cells[cell].off_road_m, mode)
    }

    /// Milliseconds from a site to every cell.
    pub fn row(&self, site: usize, mode: usize) -> &[u32] {
        &self.to_cells[mode][site]
    }

    /// Milliseconds from a spot to a site, driving without hurry.
    pub fn ms_to_site(&self, spot: &Spot, site: usize) -> u32 {
        if let Some(from) = spot.site {
            return self.between_sites[from][site];
        }
        let regular = self.system.behaviour.regular_mode;
        self.towards[site].ms[spot.node as usize]
            .saturating_add(self.lead_ms(spot, regular))
            .saturating_add(self.site_off_road[site])
    }

    /// The hospital nearest to a cell, as a site.
    pub fn nearest_hospital(&self, cell: usize) -> usize {
        self.nearest_hospital[cell]
    }

    /// The cell whose middle is exactly here.
    pub fn cell_at(&self, position: Wgs84) -> Option<usize> {
        self.cell_at.get(&bits(position)).copied()
    }

    /// Metres of straight line a second that no journey exceeds, in a mode.
    pub fn top_speed_mps(&self, mode: usize) -> f64 {
        self.top_mps[mode]
    }

    /// Metres of road from a spot to a site on the quickest way, driving without hurry; what of it lies between a spot on the
    /// road and its next node is left out.
    pub fn metres_to_site(&self, spot: &Spot, site: usize) -> f64 {
        if spot.site == Some(site) {
            return 0.0;
        }
        let tree = &self.towards[site];
        let mut metres = self.sites[site].off_road_m;
        if let Lead::OffRoad(beside) = spot.lead {
            metres += beside;
        }
        let mut node = spot.node;
        while tree.next[node as usize] != node {
            metres += f64::from(tree.next_metres[node as usize]);
            node = tree.next[node as usize];
        }
        metres
    }

    /// The next node on the way from a node to a goal, and the milliseconds to it; nothing at its end. `before` is the node
    /// that it was reached by on this way, which spares most look-ups: a shortest way never goes back.
    pub fn next_node(
        &self,
        node: u32,
        before: Option<u32>,
        goal: Goal,
        mode: usize,
    ) -> Option<(u32, u32)> {
        match goal {
            Goal::Site(site) => {
                let tree = &self.towards[site];
                let next = tree.next[node as usize];
                let step = tree.ms[node as usize].saturating_sub(tree.ms[next as usize]);
                (next != node).then_some((next, step))
            }
            Goal::Cell(cell) => {
                let goal = self.cells[cell].node;
                if node == goal {
                    return None;
                }
                let leaving = self.system.roads.leaving(node, mode);
                let mut onward = leaving.filter(|&(to, ..)| Some(to) != before);
                let (first, second) = (onward.next()?, onward.next());
                if before.is_some() && second.is_none() {
                    return Some((first.0, first.1));
                }
                let total = |(to, step, _): (u32, u32, f32)| {
                    (self.between[mode].ms(to, goal).saturating_add(step), to)
                };
                let all = std::iter::once(first).chain(second).chain(onward);
                let (least, (next, step, _)) =
                    all.map(|arc| (total(arc), arc)).min_by_key(|(total, _)| *total)?;
                (least.0 != UNREACHABLE).then_some((next, step))
            }
        }
    }

    /// The node [`LEAP`] steps on the way from a node to a site, or the site's own where there are fewer, and the
    /// milliseconds to it; nothing for other goals.
    pub fn leap(&self, node: u32, goal: Goal) -> Option<(u32, u32)> {
        let Goal::Site(site) = goal else { return None };
        let (tree, far) = (&self.towards[site], self.far_on[site][node as usize]);
        Some((far, tree.ms[node as usize].saturating_sub(tree.ms[far as usize])))
    }

    /// Hubs a node has in the labels of the first mode, for the record.
    pub fn label_size(&self) -> f64 {
        self.between.first().map_or(0.0, Between::mean_size)
    }
}

/// The node [`LEAP`] steps on from each.
fn far_on(tree: &Tree) -> Vec<u32> {
    let twice = |far: Vec<u32>| far.iter().map(|&node| far[node as usize]).collect();
    (0..LEAP.ilog2()).fold(tree.next.clone(), |far, _| twice(far))
}

fn all_sites(system: &System) -> impl Iterator<Item = &Site> {
    system.stations.iter().chain(&system.hospitals)
}

fn bits(at: Wgs84) -> (u64, u64) {
    (at.lon.to_bits(), at.lat.to_bits())
}

fn top_speed(system: &System, mode: usize) -> f64 {
    system.roads.top_speed_mps(mode).max(system.modes[mode].off_road_kmh / geometry::KMH_PER_MPS)
}
