//! A radix heap: a queue for keys that never fall below the last one taken, as in Dijkstra's
//! search. Entries move to finer buckets only when needed; nothing is compared twice.

/// One bucket for each highest differing bit, and one for equal keys.
const BUCKETS: usize = 33;

/// Keys with states, smallest key first.
pub(super) struct Queue {
    buckets: [Vec<(u32, u32)>; BUCKETS],
    last: u32,
}

impl Default for Queue {
    fn default() -> Queue {
        Queue { buckets: std::array::from_fn(|_| Vec::new()), last: 0 }
    }
}

impl Queue {
    pub(super) fn clear(&mut self) {
        self.buckets.iter_mut().for_each(Vec::clear);
        self.last = 0;
    }

    /// A key below the last one taken is taken next, keeping its own value.
    #[inline]
    pub(super) fn push(&mut self, key: u32, state: u32) {
        self.buckets[bucket(key, self.last)].push((key, state));
    }

    #[inline]
    pub(super) fn pop(&mut self) -> Option<(u32, u32)> {
        if self.buckets[0].is_empty() {
            self.refine()?;
        }
        self.buckets[0].pop()
    }

    /// Spreads the first bucket that holds something over the finer ones before it.
    fn refine(&mut self) -> Option<()> {
        let first = self.buckets.iter().position(|bucket| !bucket.is_empty())?;
        let mut entries = std::mem::take(&mut self.buckets[first]);
        self.last = entries.iter().map(|entry| entry.0).min()?;
        for &(key, state) in &entries {
            self.buckets[bucket(key, self.last)].push((key, state));
        }
        entries.clear();
        self.buckets[first] = entries;
        Some(())
    }
}

#[inline]
fn bucket(key: u32, last: u32) -> usize {
    (u32::BITS - (key.max(last) ^ last).leading_zeros()) as usize
}

#[cfg(test)]
mod tests {
    use super::Queue;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keys_come_out_in_order_while_new_ones_go_in(steps in prop::collection::vec(0_u32..5000, 1..200)) {
            let mut queue = Queue::default();
            let mut waiting = vec![0];
            queue.push(0, 0);
            for step in steps {
                let (key, _) = queue.pop().expect("something waits");
                waiting.sort_unstable();
                prop_assert_eq!(key, waiting.remove(0));
                for new in [key + step, key + step / 7] {
                    queue.push(new, 1);
                    waiting.push(new);
                }
            }
        }
    }
}
