//! The queue of what happens: by time, and at one time in the order of entry.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// When something happens, in which order of entry, and in which place it is kept.
type Due = Reverse<(u64, u64, usize)>;

/// What happens, and when. Events are large and come by the million: each stays in its place while their order changes.
#[derive(Debug)]
pub(crate) struct Queue<E> {
    order: BinaryHeap<Due>,
    places: Vec<Option<E>>,
    free: Vec<usize>,
    entered: u64,
}

impl<E> Default for Queue<E> {
    fn default() -> Self {
        Self { order: BinaryHeap::new(), places: Vec::new(), free: Vec::new(), entered: 0 }
    }
}

impl<E> Queue<E> {
    /// Enters an event for a time in milliseconds since the beginning.
    pub(crate) fn enter(&mut self, at_ms: u64, event: E) {
        self.entered += 1;
        let place = self.free.pop().unwrap_or(self.places.len());
        if place == self.places.len() {
            self.places.push(Some(event));
        } else {
            self.places[place] = Some(event);
        }
        self.order.push(Reverse((at_ms, self.entered, place)));
    }

    /// When the next one is due.
    pub(crate) fn next_at(&self) -> Option<u64> {
        self.order.peek().map(|Reverse((at_ms, ..))| *at_ms)
    }

    /// The next one that is due by now.
    pub(crate) fn take_due(&mut self, now_ms: u64) -> Option<E> {
        if self.next_at()? > now_ms {
            return None;
        }
        let Reverse((.., place)) = self.order.pop()?;
        self.free.push(place);
        self.places[place].take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_by_time_and_then_in_the_order_of_entry() {
        let mut queue = Queue::default();
        for (at, event) in [(5, "c"), (1, "a"), (5, "d"), (1, "b"), (9, "e")] {
            queue.enter(at, event);
        }
        assert_eq!(queue.next_at(), Some(1));
        let due: Vec<_> = std::iter::from_fn(|| queue.take_due(5)).collect();
        assert_eq!(due, ["a", "b", "c", "d"]);
        assert_eq!(queue.take_due(8), None);
    }
}
