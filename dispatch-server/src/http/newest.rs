//! Most links of one person or vehicle: the newest stay, the oldest gives way. So neither a stolen key nor a
//! window that reconnects without end can take the places of everybody.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio_util::sync::CancellationToken;

/// By name: the number of each link and how to end it, the oldest first.
type Links = HashMap<String, VecDeque<(u64, CancellationToken)>>;

/// The links of each name.
#[derive(Clone, Debug)]
pub(super) struct Newest {
    most: usize,
    links: Arc<Mutex<Links>>,
    next: Arc<Mutex<u64>>,
}

/// One link; forgotten when dropped.
#[derive(Debug)]
pub(super) struct Held {
    of: Newest,
    name: String,
    number: u64,
    /// Cancelled when it has to give way.
    pub(super) give_way: CancellationToken,
}

impl Newest {
    /// At most `most` of one name.
    pub(super) fn of_one(most: usize) -> Self {
        Self { most, links: Arc::default(), next: Arc::default() }
    }

    /// One more of `name`; its oldest gives way when there are too many.
    pub(super) fn hold(&self, name: &str) -> Held {
        let number = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            *next += 1;
            *next
        };
        let give_way = CancellationToken::new();
        let mut links = self.links();
        let held = links.entry(name.to_owned()).or_default();
        while held.len() >= self.most {
            if let Some((_, oldest)) = held.pop_front() {
                oldest.cancel();
            }
        }
        held.push_back((number, give_way.clone()));
        Held { of: self.clone(), name: name.to_owned(), number, give_way }
    }

    fn links(&self) -> MutexGuard<'_, Links> {
        self.links.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut links = self.of.links();
        if let Some(held) = links.get_mut(&self.name) {
            held.retain(|(number, _)| *number != self.number);
            if held.is_empty() {
                links.remove(&self.name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_of_the_same_name_gives_way_and_nothing_is_kept_of_those_that_ended() {
        let newest = Newest::of_one(2);
        let links: Vec<Held> =
            ["a", "a", "b", "a", "a"].iter().map(|name| newest.hold(name)).collect();
        let gone: Vec<bool> = links.iter().map(|link| link.give_way.is_cancelled()).collect();
        assert_eq!(gone, [true, true, false, false, false]);
        drop(links);
        assert!(newest.links().is_empty());
    }
}
