//! All connections of a listener, and which one gives way when there are too many.

use crate::{Bounds, Connection, Phase};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[derive(Debug, Default)]
pub(crate) struct Registry {
    tables: Mutex<Tables>,
}

#[derive(Debug, Default)]
struct Tables {
    next: u64,
    all: HashMap<u64, Entry>,
    of_peer: HashMap<IpAddr, usize>,
}

#[derive(Debug)]
struct Entry {
    connection: Arc<Connection>,
    /// By whom it is counted: its peer, or whom a proxy told for the request under way.
    key: IpAddr,
}

/// A connection's place; free again when dropped.
#[derive(Debug)]
pub(crate) struct Place {
    registry: Arc<Registry>,
    number: u64,
    pub(crate) connection: Arc<Connection>,
}

/// By what one's connections are counted together: an IPv6 network of one customer (64 bits) counts as one.
fn key(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from(u128::from(v6) & !u128::from(u64::MAX))),
    }
}

impl Registry {
    /// A place for a new connection; another one gives way when there is none. Nothing when all others are
    /// being answered.
    pub(crate) fn place(self: &Arc<Self>, peer: SocketAddr, bounds: &Bounds) -> Option<Place> {
        let connection = Arc::new(Connection::new(peer));
        let key = key(peer.ip());
        let mut tables = self.tables();
        tables.keep_bounds(key, None, bounds)?;
        let number = tables.next;
        tables.next += 1;
        tables.all.insert(number, Entry { connection: connection.clone(), key });
        *tables.of_peer.entry(key).or_default() += 1;
        Some(Place { registry: self.clone(), number, connection })
    }

    /// Counts a connection by another address from now on, whose others give way when they are too many.
    fn count_by(&self, number: u64, address: IpAddr, bounds: &Bounds) {
        let key = key(address);
        let mut tables = self.tables();
        let Some(entry) = tables.all.get_mut(&number).filter(|entry| entry.key != key) else {
            return;
        };
        let before = std::mem::replace(&mut entry.key, key);
        tables.discount(before);
        // Where all others are being answered nobody gives way; whoever serves bounds those.
        let _ = tables.keep_bounds(key, Some(number), bounds);
        *tables.of_peer.entry(key).or_default() += 1;
    }

    /// Lets the connection go that has waited longest, so that a file may be opened.
    pub(crate) fn shed(&self) {
        let _ = self.tables().make_room(|_, _| true);
    }

    fn tables(&self) -> MutexGuard<'_, Tables> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tables {
    /// Makes room for one more of `key`; nothing when there is none to be made.
    fn keep_bounds(&mut self, key: IpAddr, but: Option<u64>, bounds: &Bounds) -> Option<()> {
        let is_proxy = bounds.proxies.iter().any(|proxy| proxy.to_canonical() == key);
        let of_peer = self.of_peer.get(&key).copied().unwrap_or_default();
        if !is_proxy && of_peer >= bounds.per_peer {
            return self.make_room(|number, entry| entry.key == key && Some(number) != but);
        }
        if but.is_none() && self.all.len() >= bounds.connections {
            return self.make_room(|_, _| true);
        }
        Some(())
    }

    fn make_room(&mut self, among: impl Fn(u64, &Entry) -> bool) -> Option<()> {
        let candidates = self.all.iter().filter(|(number, entry)| among(**number, entry));
        let waiting = candidates.filter_map(|(number, entry)| {
            let (phase, since) = entry.connection.phase();
            let gives_way = match phase {
                Phase::Idle | Phase::Header | Phase::Body => true,
                Phase::Work | Phase::Link => false,
            };
            gives_way.then_some((since, *number))
        });
        let (_, longest) = waiting.min()?;
        self.take(longest)?.give_way.cancel();
        Some(())
    }

    fn take(&mut self, number: u64) -> Option<Arc<Connection>> {
        let Entry { connection, key } = self.all.remove(&number)?;
        self.discount(key);
        Some(connection)
    }

    fn discount(&mut self, key: IpAddr) {
        if let Some(count) = self.of_peer.get_mut(&key) {
            *count -= 1;
            if *count == 0 {
                self.of_peer.remove(&key);
            }
        }
    }
}

/// A connection as whoever serves sees it; in the extensions of every request.
#[derive(Clone, Debug)]
pub struct Handle {
    registry: Arc<Registry>,
    number: u64,
    bounds: Arc<Bounds>,
}

impl Handle {
    pub(crate) fn of(place: &Place, bounds: Arc<Bounds>) -> Self {
        Self { registry: place.registry.clone(), number: place.number, bounds }
    }

    /// The request under way comes from this address, as a trusted proxy tells; the connection is counted by it
    /// until the request is answered.
    pub fn comes_from(&self, address: IpAddr) {
        self.registry.count_by(self.number, address, &self.bounds);
    }

    pub(crate) fn comes_from_peer(&self, peer: IpAddr) {
        self.registry.count_by(self.number, peer, &self.bounds);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.registry.tables().take(self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registry(of: &[&str]) -> (Arc<Registry>, Bounds, Vec<Option<Place>>) {
        let registry = Arc::new(Registry::default());
        let bounds = Bounds {
            connections: 4,
            per_peer: 2,
            proxies: vec!["10.0.0.9".parse().unwrap()],
            ..Bounds::default()
        };
        let places = of.iter().map(|peer| registry.place(peer.parse().unwrap(), &bounds)).collect();
        (registry, bounds, places)
    }

    fn gone(places: &[Option<Place>]) -> Vec<bool> {
        let gone =
            |place: &Option<Place>| place.as_ref().unwrap().connection.give_way.is_cancelled();
        places.iter().map(gone).collect()
    }

    #[test]
    fn the_longest_waiting_of_the_same_peer_gives_way_and_a_proxy_has_no_bound_of_its_own() {
        let (_registry, _, places) = registry(&[
            "10.0.0.1:1",
            "10.0.0.1:2",
            "10.0.0.1:3",
            "10.0.0.9:1",
            "10.0.0.9:2",
            "[::ffff:10.0.0.1]:4",
        ]);
        assert_eq!(gone(&places), [true, true, false, false, false, false]);
        let (_registry, _, places) =
            registry(&["10.0.0.9:1", "10.0.0.9:2", "10.0.0.9:3", "10.0.0.9:4", "10.0.0.2:1"]);
        assert_eq!(gone(&places), [true, false, false, false, false]);
        let (_registry, _, places) =
            registry(&["[2001:db8::1]:1", "[2001:db8::2]:1", "[2001:db8::3]:1"]);
        assert_eq!(gone(&places), [true, false, false]);
    }

    #[test]
    fn behind_a_proxy_those_count_together_who_come_from_one_address() {
        let (registry, bounds, places) = registry(&["10.0.0.9:1", "10.0.0.9:2", "10.0.0.9:3"]);
        let bounds = Arc::new(bounds);
        let told = ["203.0.113.7", "203.0.113.7", "203.0.113.8"].map(|ip| ip.parse().unwrap());
        let handles: Vec<Handle> =
            places.iter().flatten().map(|place| Handle::of(place, bounds.clone())).collect();
        handles.iter().zip(told).for_each(|(handle, ip)| handle.comes_from(ip));
        assert_eq!(gone(&places), [false, false, false]);
        handles[2].comes_from(told[0]);
        assert_eq!(gone(&places), [true, false, false]);
        handles[1].comes_from("10.0.0.9".parse().unwrap());
        assert_eq!(registry.tables().of_peer.len(), 2);
    }

    #[test]
    fn what_is_being_answered_never_gives_way() {
        let (registry, bounds, places) = registry(&["10.0.0.1:1", "10.0.0.1:2"]);
        places.iter().flatten().for_each(|place| place.connection.enter(Phase::Work));
        assert!(registry.place("10.0.0.1:3".parse().unwrap(), &bounds).is_none());
        assert!(registry.place("10.0.0.2:1".parse().unwrap(), &bounds).is_some());
        assert_eq!(gone(&places), [false, false]);
        drop(places);
        assert!(registry.tables().all.is_empty() && registry.tables().of_peer.is_empty());
    }
}
