//! How long lookups are likely to take, judged once from what lies above some states. A wrong guess costs
//! time, never an answer.

use super::Arcs;

/// What lies above so many states is looked at.
const SAMPLES: usize = 128;
/// Readings in nanoseconds: a state and an arc met by an upward search, in no order,
const UPWARD_STATE_NS: usize = 40;
const UPWARD_ARC_NS: usize = 6;
/// and in a sweep, one after the other.
const SWEPT_NS: usize = 3;

/// Guesses in nanoseconds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Effort {
    /// For one vehicle on its own.
    one: usize,
    /// For as many as were looked at; what lies above several is done once.
    samples: usize,
    /// For all states.
    pub(crate) sweep: usize,
}

impl Effort {
    pub(super) fn of(onwards: &Arcs) -> Effort {
        let states = onwards.first.len() - 1;
        let sweep = (states + onwards.arcs.len()) * SWEPT_NS;
        let Some(apart) = states.checked_div(SAMPLES).map(|it| it.max(1)) else {
            return Effort::default();
        };
        // The sample that met a state last; none met it twice.
        let mut met = vec![0_u32; states];
        let (mut ones, mut together) = (0, 0);
        for (sample, from) in (1..).zip((0..states as u32).step_by(apart)) {
            let mut stack = vec![from];
            while let Some(state) = stack.pop() {
                let before = std::mem::replace(&mut met[state as usize], sample);
                if before == sample {
                    continue;
                }
                let arcs = &onwards.arcs[onwards.of(state)];
                let ns = UPWARD_STATE_NS + arcs.len() * UPWARD_ARC_NS;
                ones += ns;
                together += if before == 0 { ns } else { 0 };
                stack.extend(arcs.iter().map(|&(to, _)| to));
            }
        }
        let samples = states.div_ceil(apart).max(1);
        Effort { one: ones / samples, samples: together, sweep }
    }

    /// For so many vehicles, an upward search from each.
    pub(crate) fn upward(&self, vehicles: usize) -> usize {
        (vehicles * self.one).min(self.samples * vehicles.div_ceil(SAMPLES))
    }
}
