//! Which free vehicle should wait at which station: the move that covers most, and which stations' ground
//! nobody reaches.

use super::{Cell, CoverageCounts, CoverageSettings, Times, seconds};

/// A free vehicle that counts as cover where it is.
#[derive(Clone, Copy, Debug)]
pub struct Mover<'a> {
    /// Its times to the cells.
    pub times: Times<'a>,
    /// Driving seconds from where it is to each station; empty for one that must not be moved.
    pub to_bases: Times<'a>,
}

/// One vehicle waiting at another station.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relocation {
    /// Which vehicle, by its place in the list.
    pub mover: usize,
    /// To which station, by its place in the list.
    pub base: usize,
    /// Driving seconds of the move.
    pub drive_seconds: f64,
    /// Share of the demand covered now, 0 to 1.
    pub covered_before: f64,
    /// The same once the vehicle waits there.
    pub covered_after: f64,
}

impl Relocation {
    /// How much more of the demand it covers.
    pub fn gain(&self) -> f64 {
        self.covered_after - self.covered_before
    }
}

/// The move with the greatest gain of covered demand, among those that take at most `most_drive_seconds` and
/// pass `allowed(mover, base)`; of equal ones the shortest drive, then the first in both lists. `None` if no
/// move covers more.
pub fn best_relocation(
    cells: &[Cell],
    movers: &[Mover<'_>],
    bases: &[Times<'_>],
    settings: &CoverageSettings,
    most_drive_seconds: f64,
    allowed: impl Fn(usize, usize) -> bool,
) -> Option<Relocation> {
    let mut counts = CoverageCounts::new(cells, settings);
    movers.iter().for_each(|mover| counts.add(mover.times));
    let covered_before = counts.covered();
    let mut best: Option<Relocation> = None;
    for (index, mover) in movers.iter().enumerate().filter(|(_, it)| !it.to_bases.is_empty()) {
        counts.remove(mover.times);
        let without = counts.covered();
        for (base, times) in bases.iter().enumerate() {
            let drive_seconds = seconds(mover.to_bases, base);
            if drive_seconds > most_drive_seconds || !allowed(index, base) {
                continue;
            }
            let covered_after = without + counts.gain(times);
            let found =
                Relocation { mover: index, base, drive_seconds, covered_before, covered_after };
            if found.gain() > 0.0 && best.is_none_or(|best| is_better(&found, &best)) {
                best = Some(found);
            }
        }
        counts.add(mover.times);
    }
    best
}

/// Gains that differ by less than this differ by rounding alone.
const SAME_GAIN: f64 = 1e-9;

fn is_better(found: &Relocation, best: &Relocation) -> bool {
    let more = found.gain() - best.gain();
    more > SAME_GAIN || (more > -SAME_GAIN && found.drive_seconds < best.drive_seconds)
}

/// The station nearest to each cell by driving time, the first of equally near ones; `None` where no route leads.
pub fn nearest_base(cells: usize, bases: &[Times<'_>]) -> Vec<Option<usize>> {
    let nearest = |cell| {
        let times = bases.iter().enumerate().map(|(base, times)| (seconds(times, cell), base));
        let (seconds, base) = times.min_by(|a, b| a.0.total_cmp(&b.0))?;
        seconds.is_finite().then_some(base)
    };
    (0..cells).map(nearest).collect()
}

/// For each station, the share of the demand nearest to it that some free vehicle reaches within target, 0 to 1;
/// `None` for a station to which no demand is nearest.
pub fn reached_by_base(
    cells: &[Cell],
    nearest: &[Option<usize>],
    bases: usize,
    within: impl Fn(usize) -> u32,
) -> Vec<Option<f64>> {
    let mut sums = vec![(0.0, 0.0); bases];
    for (index, cell) in cells.iter().enumerate() {
        let Some((all, reached)) =
            nearest.get(index).copied().flatten().and_then(|base| sums.get_mut(base))
        else {
            continue;
        };
        *all += cell.weight;
        *reached += if within(index) > 0 { cell.weight } else { 0.0 };
    }
    sums.into_iter().map(|(all, reached)| (all > 0.0).then(|| reached / all)).collect()
}
