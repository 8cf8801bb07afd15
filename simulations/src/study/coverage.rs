//! Expected coverage of demand by vehicles that wait at stations, each busy with some probability: MEXCLP (Daskin 1983)
//! and its dynamic use (Jagtenberg, Bhulai and van der Mei 2015).

use super::travel::Travel;
use std::collections::BTreeMap;

/// Demand that the same stations reach in time, taken together.
#[derive(Clone, Debug, PartialEq)]
struct Group {
    stations: Vec<usize>,
    /// Share of the urgent demand.
    weight: f64,
}

/// Who reaches what in time.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    groups: Vec<Group>,
    /// By station, the groups it reaches.
    reaches: Vec<Vec<usize>>,
    /// By number of vehicles: the chance that so many are all busy.
    all_busy: Vec<f64>,
    /// The share of vehicles that are busy.
    pub busy_share: f64,
}

impl Coverage {
    /// The coverage of urgent demand by the system's stations within its targets, delay and turnout taken off.
    pub fn new(travel: &Travel<'_>, busy_share: f64) -> Self {
        let system = travel.system;
        let stations = system.stations.len();
        let before = system.behaviour.dispatch_delay.mean_seconds()
            + system.behaviour.turnout.mean_seconds();
        let mut together: BTreeMap<Vec<usize>, f64> = BTreeMap::new();
        for (at, class) in system.classes.iter().enumerate().filter(|(_, class)| class.urgent) {
            for (cell, demand) in system.cells.iter().enumerate() {
                let driving_ms = (system.target_seconds(at, cell) - before).max(0.0) * 1000.0;
                let reach = |station: &usize| {
                    f64::from(travel.row(*station, class.mode)[cell]) <= driving_ms
                };
                let reached: Vec<usize> = (0..stations).filter(reach).collect();
                if !reached.is_empty() {
                    *together.entry(reached).or_default() += demand.weight * class.share;
                }
            }
        }
        let cells: f64 = system.cells.iter().map(|cell| cell.weight).sum();
        let urgent: f64 =
            system.classes.iter().filter(|class| class.urgent).map(|class| class.share).sum();
        let all = (cells * urgent).max(f64::MIN_POSITIVE);
        let groups: Vec<Group> = together
            .into_iter()
            .map(|(stations, weight)| Group { stations, weight: weight / all })
            .collect();
        let mut reaches = vec![Vec::new(); stations];
        for (at, group) in groups.iter().enumerate() {
            group.stations.iter().for_each(|&station| reaches[station].push(at));
        }
        let most = i32::try_from(system.ambulances.len()).unwrap_or(i32::MAX - 1);
        let all_busy = (0..=most).map(|vehicles| busy_share.powi(vehicles)).collect();
        Self { groups, reaches, all_busy, busy_share }
    }

    /// How many vehicles reach each group of cells in time, with so many at each station.
    fn within(&self, at_station: &[u32]) -> Vec<u32> {
        let of = |group: &Group| group.stations.iter().map(|&station| at_station[station]).sum();
        self.groups.iter().map(of).collect()
    }

    fn all_busy(&self, vehicles: u32) -> f64 {
        // More than the system has are as good as all of them; a table is far quicker than powers.
        let known = self.all_busy.get(vehicles as usize).copied();
        known.unwrap_or_else(|| self.busy_share.powi(vehicles as i32))
    }

    /// Expected share of urgent demand that is reached in time, with so many vehicles at each station.
    pub fn share(&self, at_station: &[u32]) -> f64 {
        let within = self.within(at_station);
        let groups = self.groups.iter().zip(within);
        groups.map(|(group, vehicles)| group.weight * (1.0 - self.all_busy(vehicles))).sum()
    }

    /// What one more vehicle at each station would add to the share.
    pub fn gains(&self, at_station: &[u32]) -> Vec<f64> {
        self.gains_of(&self.within(at_station))
    }

    fn gains_of(&self, within: &[u32]) -> Vec<f64> {
        let mut gains = vec![0.0; self.reaches.len()];
        for (group, &vehicles) in self.groups.iter().zip(within) {
            let gain = group.weight * (1.0 - self.busy_share) * self.all_busy(vehicles);
            group.stations.iter().for_each(|&station| gains[station] += gain);
        }
        gains
    }

    /// What the share loses when one vehicle leaves a station at which there is one.
    pub fn loss(&self, at_station: &[u32], station: usize) -> f64 {
        let of = |&group: &usize| {
            let group = &self.groups[group];
            let vehicles: u32 = group.stations.iter().map(|&other| at_station[other]).sum();
            self.lost(group, vehicles)
        };
        self.reaches[station].iter().map(of).sum()
    }

    fn lost(&self, group: &Group, vehicles: u32) -> f64 {
        group.weight * (1.0 - self.busy_share) * self.all_busy(vehicles.saturating_sub(1))
    }

    /// For each station at which there is a vehicle: what the share loses when one leaves it, and what it would then gain by
    /// one more at each station.
    pub fn leavings(&self, at_station: &[u32]) -> Vec<Option<(f64, Vec<f64>)>> {
        let mut within = self.within(at_station);
        let mut of = |(station, &vehicles): (usize, &u32)| {
            vehicles.checked_sub(1)?;
            let reached = &self.reaches[station];
            let loss =
                reached.iter().map(|&group| self.lost(&self.groups[group], within[group])).sum();
            reached.iter().for_each(|&group| within[group] -= 1);
            let gains = self.gains_of(&within);
            reached.iter().for_each(|&group| within[group] += 1);
            Some((loss, gains))
        };
        at_station.iter().enumerate().map(&mut of).collect()
    }

    /// Stations for so many vehicles, each where it adds most to those before: a nested compliance table.
    pub fn order(&self, vehicles: usize) -> Vec<usize> {
        let mut at_station = vec![0; self.reaches.len()];
        let mut order = Vec::with_capacity(vehicles);
        for _ in 0..vehicles {
            let gains = self.gains(&at_station);
            let best =
                (0..gains.len()).max_by(|&a, &b| gains[a].total_cmp(&gains[b]).then(b.cmp(&a)));
            let Some(best) = best else { break };
            at_station[best] += 1;
            order.push(best);
        }
        order
    }
}
