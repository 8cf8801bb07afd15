//! Making a failing schedule smaller while it still fails: halves first, then fault by fault.

use crate::run::{Outcome, Scenario};

/// Tries at the most: a schedule has some dozen faults, and each try takes as long as a run.
const MOST_TRIES: usize = 200;

/// The smallest schedule found that breaks the same invariant, with its outcome.
pub fn shrink(
    failing: &Scenario,
    outcome: Outcome,
    mut run: impl FnMut(&Scenario) -> Outcome,
) -> (Scenario, Outcome) {
    let Some(violation) = outcome.violation.clone() else { return (failing.clone(), outcome) };
    let mut kept: Vec<usize> = outcome.schedule.iter().map(|planned| planned.number).collect();
    let mut best = (Scenario { only: Some(kept.clone()), ..failing.clone() }, outcome);
    let mut tries = 0;
    let mut part = kept.len().div_ceil(2).max(1);
    loop {
        let mut from = 0;
        let mut is_smaller = false;
        while from < kept.len() && tries < MOST_TRIES {
            let till = (from + part).min(kept.len());
            let without: Vec<usize> = kept[..from].iter().chain(&kept[till..]).copied().collect();
            let tried = Scenario { only: Some(without.clone()), ..failing.clone() };
            let outcome = run(&tried);
            tries += 1;
            let is_same =
                outcome.violation.as_ref().is_some_and(|it| it.invariant == violation.invariant);
            if is_same {
                (kept, best, is_smaller) = (without, (tried, outcome), true);
            } else {
                from = till;
            }
        }
        if tries >= MOST_TRIES || (part == 1 && !is_smaller) {
            return best;
        }
        part = part.div_ceil(2).max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invariants::Violation;
    use crate::schedule::{Fault, Planned};

    #[test]
    fn a_schedule_is_made_smaller_while_it_fails() {
        let planned = |number| {
            let (at_ms, fault) = (1_000, Fault::SlowNetwork { for_ms: 1 });
            Planned { number, at_ms, fault }
        };
        let scenario =
            Scenario { seed: 1, until_ms: 1, vehicles: None, only: None, is_told: false };
        // Two of the nine are needed.
        let run = |scenario: &Scenario| {
            let is_in =
                |number: &usize| scenario.only.as_ref().is_none_or(|only| only.contains(number));
            let fails = [2, 7].iter().all(is_in);
            Outcome {
                hash: 0,
                steps: 0,
                schedule: (0..9).filter(is_in).map(planned).collect(),
                size: crate::run::size_of(1, None),
                violation: fails.then(|| Violation::new("settled", "as the test says")),
            }
        };
        let (smaller, outcome) = shrink(&scenario, run(&scenario), run);
        assert_eq!(smaller.only, Some(vec![2, 7]));
        assert!(outcome.violation.is_some());
    }
}
