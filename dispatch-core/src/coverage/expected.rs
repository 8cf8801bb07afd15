//! Expected response: the driving time of the vehicle that would really come, since the nearest may be busy.

use super::{Cell, CoverageSettings, Times, seconds, total_weight};

/// So many vehicles, the nearest first, are reckoned with for one cell. That all of them are busy has a chance of
/// 0.3^24 at the usual busy share; beyond them counts the time of a patient whom nobody reaches.
pub const MOST_FOR_ONE_CELL: usize = 24;

/// How one cell is covered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellCoverage {
    /// Driving seconds of the nearest free vehicle; infinite when there is none.
    pub nearest_seconds: f64,
    /// Expected driving seconds of the vehicle that comes.
    pub expected_seconds: f64,
    /// How many free vehicles reach it within its target.
    pub within_target: u32,
    /// The chance that one of those is free when a call comes, 0 to 1.
    pub covered: f64,
}

/// How an area is covered by the vehicles that are free.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// Each cell, in their order.
    pub cells: Vec<CellCoverage>,
    /// Mean expected driving seconds to the next patient, by demand.
    pub expected_seconds: f64,
    /// Share of the demand covered within target, 0 to 1: the objective of MEXCLP.
    pub covered: f64,
    /// Share of the demand that at least one free vehicle reaches within target, 0 to 1.
    pub reached: f64,
    /// For each vehicle, in their order: by how many seconds the next patient's expected response would grow if it
    /// were sent away now. Never negative.
    pub lost_seconds: Vec<f64>,
}

impl Coverage {
    /// The coverage of an area by free vehicles, each a row of times to the cells; `None` for an area without
    /// demand, of which nothing can be said.
    ///
    /// With the vehicles sorted by their time to a cell, the k-th comes with chance (1-q) q^(k-1), and nobody
    /// with what is left over.
    pub fn of(cells: &[Cell], free: &[Times<'_>], settings: &CoverageSettings) -> Option<Self> {
        let total = total_weight(cells);
        if !(total > 0.0 && total.is_finite()) {
            return None;
        }
        let mut answer = Self {
            cells: Vec::with_capacity(cells.len()),
            expected_seconds: 0.0,
            covered: 0.0,
            reached: 0.0,
            lost_seconds: vec![0.0; free.len()],
        };
        let mut nearest = Vec::with_capacity(MOST_FOR_ONE_CELL + 2);
        for (index, cell) in cells.iter().enumerate() {
            let share = cell.weight / total;
            let within_target = sort_nearest(index, cell, free, settings, &mut nearest);
            let expected_seconds =
                count_losses(&nearest, share, settings, &mut answer.lost_seconds);
            let all_busy =
                settings.busy_share().powi(i32::try_from(within_target).unwrap_or(i32::MAX));
            let covered = if within_target == 0 { 0.0 } else { 1.0 - all_busy };
            answer.expected_seconds += share * expected_seconds;
            answer.covered += share * covered;
            answer.reached += if within_target == 0 { 0.0 } else { share };
            answer.cells.push(CellCoverage {
                nearest_seconds: nearest_of(index, free),
                expected_seconds,
                within_target,
                covered,
            });
        }
        Some(answer)
    }
}

/// Fills `nearest` with the vehicles that come sooner than nobody, nearest first, at most one more than are reckoned
/// with; tells how many are within the cell's target.
fn sort_nearest(
    index: usize,
    cell: &Cell,
    free: &[Times<'_>],
    settings: &CoverageSettings,
    nearest: &mut Vec<(f64, usize)>,
) -> u32 {
    nearest.clear();
    let mut within_target = 0;
    for (vehicle, times) in free.iter().enumerate() {
        let seconds = seconds(times, index);
        within_target += u32::from(seconds <= cell.target_seconds);
        let too_far = nearest.len() > MOST_FOR_ONE_CELL
            && nearest.last().is_some_and(|(last, _)| *last <= seconds);
        if too_far || seconds >= settings.uncovered_seconds() {
            continue;
        }
        let at = nearest.partition_point(|(nearer, _)| *nearer <= seconds);
        nearest.insert(at, (seconds, vehicle));
        nearest.truncate(MOST_FOR_ONE_CELL + 1);
    }
    within_target
}

/// The expected seconds to a cell; adds what each vehicle's absence would cost there to `lost`.
fn count_losses(
    nearest: &[(f64, usize)],
    share: f64,
    settings: &CoverageSettings,
    lost: &mut [f64],
) -> f64 {
    let (busy, nobody) = (settings.busy_share(), settings.uncovered_seconds());
    let counted = nearest.len().min(MOST_FOR_ONE_CELL);
    let (mut chance, mut expected) = (1.0, 0.0);
    for (seconds, _) in &nearest[..counted] {
        expected += chance * (1.0 - busy) * seconds;
        chance *= busy;
    }
    expected += chance * nobody;
    // Without the r-th, each behind it moves up one place; the sums from behind serve every r.
    let mut moved_up = 0.0;
    for rank in (0..counted).rev() {
        let next = nearest.get(rank + 1).map_or(nobody, |(seconds, _)| *seconds);
        let comes = (1.0 - busy) * busy.powi(i32::try_from(rank).unwrap_or(i32::MAX));
        moved_up += comes * (next - nearest[rank].0);
        lost[nearest[rank].1] += share * moved_up;
    }
    expected
}

fn nearest_of(cell: usize, free: &[Times<'_>]) -> f64 {
    free.iter().map(|times| seconds(times, cell)).fold(f64::INFINITY, f64::min)
}
