//! Futures sampled from the demand of a system, not from the calls to come.

use crate::study::system::System;
use rand::prelude::*;
use rand::rngs::StdRng;
use rand_distr::Exp1;
use rand_distr::weighted::WeightedAliasIndex;

/// Calls of one future at most; a city's busiest hour has a tenth.
const MOST_CALLS: usize = 500;

/// A sampled call: when in milliseconds, from which cell, of which class.
pub(super) type Sampled = (f64, usize, usize);

/// What futures are drawn by; it hangs on the system alone, and is made once.
pub(super) struct Dice {
    cells: WeightedAliasIndex<f64>,
    classes: WeightedAliasIndex<f64>,
}

impl Dice {
    /// Nothing of a system without demand.
    pub(super) fn of(system: &System) -> Option<Self> {
        let cells = system.cells.iter().map(|cell| cell.weight).collect();
        let classes = system.classes.iter().map(|class| class.share).collect();
        Some(Self {
            cells: WeightedAliasIndex::new(cells).ok()?,
            classes: WeightedAliasIndex::new(classes).ok()?,
        })
    }

    /// The calls of so many minutes from now.
    pub(super) fn sample(
        &self,
        system: &System,
        minutes: f64,
        chance: &mut StdRng,
    ) -> Vec<Sampled> {
        let mut calls = Vec::new();
        let mut at_ms = 0.0;
        while calls.len() < MOST_CALLS {
            let unit: f64 = chance.sample(Exp1);
            at_ms += unit * 86_400_000.0 / system.calls.per_day;
            if at_ms > minutes * 60_000.0 {
                break;
            }
            calls.push((at_ms, self.cells.sample(chance), self.classes.sample(chance)));
        }
        calls
    }
}
