//! How many free vehicles cover each cell, kept up as vehicles come and go: the marginal coverage of DMEXCLP
//! (Jagtenberg, Bhulai, van der Mei 2015) at the cost of one row.

use super::{Cell, CoverageSettings, Times, seconds, total_weight};

/// The number of free vehicles that reach each cell within its target.
#[derive(Clone, Debug)]
pub struct CoverageCounts<'a> {
    cells: &'a [Cell],
    busy_share: f64,
    total: f64,
    within: Vec<u32>,
}

impl<'a> CoverageCounts<'a> {
    /// Nobody is free yet.
    pub fn new(cells: &'a [Cell], settings: &CoverageSettings) -> Self {
        Self {
            cells,
            busy_share: settings.busy_share(),
            total: total_weight(cells),
            within: vec![0; cells.len()],
        }
    }

    /// A vehicle with these times is free.
    pub fn add(&mut self, times: Times<'_>) {
        for (index, cell) in self.cells.iter().enumerate() {
            self.within[index] += u32::from(seconds(times, index) <= cell.target_seconds);
        }
    }

    /// A vehicle that was added with these times is free no more.
    pub fn remove(&mut self, times: Times<'_>) {
        for (index, cell) in self.cells.iter().enumerate() {
            let reaches = seconds(times, index) <= cell.target_seconds;
            self.within[index] = self.within[index].saturating_sub(u32::from(reaches));
        }
    }

    /// How many free vehicles reach a cell within its target.
    pub fn within(&self, cell: usize) -> u32 {
        self.within.get(cell).copied().unwrap_or(0)
    }

    /// Share of the demand covered, 0 to 1; 0 where there is no demand.
    pub fn covered(&self) -> f64 {
        self.shares(|count| 1.0 - self.all_busy(count), |_| true)
    }

    /// By how much the covered share would grow with one more free vehicle that has these times.
    pub fn gain(&self, times: Times<'_>) -> f64 {
        self.shares(
            |count| (1.0 - self.busy_share) * self.all_busy(count),
            |index| seconds(times, index) <= self.cells[index].target_seconds,
        )
    }

    /// By how much the covered share would shrink without one of the vehicles added with these times.
    pub fn loss(&self, times: Times<'_>) -> f64 {
        self.shares(
            |count| match count.checked_sub(1) {
                Some(others) => (1.0 - self.busy_share) * self.all_busy(others),
                None => 0.0,
            },
            |index| seconds(times, index) <= self.cells[index].target_seconds,
        )
    }

    fn all_busy(&self, count: u32) -> f64 {
        self.busy_share.powi(i32::try_from(count).unwrap_or(i32::MAX))
    }

    fn shares(&self, of_count: impl Fn(u32) -> f64, concerned: impl Fn(usize) -> bool) -> f64 {
        if !(self.total > 0.0 && self.total.is_finite()) {
            return 0.0;
        }
        let cells = self.cells.iter().zip(&self.within).enumerate();
        let weighed = cells
            .filter(|(index, _)| concerned(*index))
            .map(|(_, (cell, count))| cell.weight * of_count(*count));
        weighed.sum::<f64>() / self.total
    }
}
