//! Slows down guessing. Three counts stand beside each other:
//! - a name from one address: after some failures it waits, longer each time;
//! - an address: the same, more slowly, since a whole centre may share one;
//! - a name from wherever: an allowance that fills again. Guesses at a steady pace never empty it, so nobody
//!   shuts a dispatcher out of her work by playing with her name; and from an address where she has signed in
//!   before she needs no allowance at all.
//!
//! An attempt whose outcome is not known yet is in flight. Those are bounded apart and fail when they are dropped,
//! so that many at once gain nothing, and right ones cost nothing. Pure: the clock is an argument.
//!
//! Each server counts for itself, so n servers behind a load balancer allow n times the guesses, which the
//! numbers below leave room for. Counted in a shared database, a flood of guesses would become a flood
//! of writes to it, and would slow down those it is meant to protect.

use dispatch_core::model::Timestamp;
use std::collections::HashMap;
use std::net::IpAddr;

/// Failures of a name at one address before it waits: fingers slip.
const FREE_FAILURES_OF_NAME: u32 = 5;
/// Longest wait of a name at one address; a minute makes 1 500 guesses a day, hopeless against ten characters.
const LONGEST_WAIT_OF_NAME_SECONDS: i64 = 60;
/// Failures of one address before it waits.
const FREE_FAILURES_OF_ADDRESS: u32 = 30;
/// Longest wait of an address.
const LONGEST_WAIT_OF_ADDRESS_SECONDS: i64 = 900;
/// Failures of a name from all unknown addresses together that may come at one time.
const ALLOWANCE_OF_NAME: u32 = 20;
/// Seconds in which the allowance of a name grows by one: 8 640 guesses a day from a thousand addresses.
const ALLOWANCE_GROWS_EVERY_SECONDS: i64 = 10;
/// Attempts in flight of one name: a whole shift of windows at one time, few enough for two hashes at a time.
const IN_FLIGHT_OF_NAME: u32 = 24;
/// Failures are forgotten after this long without a new one.
const FORGET_AFTER_SECONDS: i64 = 3600;
/// Entries remembered, of 150 bytes each. When full, the ones longest quiet go.
const REMEMBERED_MOST: usize = 10_000;
/// Addresses remembered as a person's own, over all persons; each of 100 bytes.
const KNOWN_MOST: usize = 20_000;

/// What guesses are counted by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Guesser {
    NameAt(String, IpAddr),
    Address(IpAddr),
    Name(String),
}

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    last_at: Timestamp,
}

/// Why an attempt may not begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// Seconds to wait, at least 1.
    Wait(i64),
    /// Too many at this very moment.
    Busy,
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The password was right.
    Right,
    /// It was wrong, or whoever asked went away before it was known.
    Wrong,
    /// It was never compared: the server could not.
    NotCompared,
}

/// The table of recent failures.
#[derive(Debug, Default)]
pub(super) struct Throttle {
    failures: HashMap<Guesser, Failures>,
    in_flight: HashMap<String, u32>,
    known: HashMap<(String, IpAddr), Timestamp>,
}

impl Throttle {
    /// Begins an attempt, which [`Self::end`] ends.
    ///
    /// # Errors
    /// Why it may not begin; it is then not counted.
    pub(super) fn begin(
        &mut self,
        name: &str,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<(), Refused> {
        let from = network(from);
        let waits = self.guessers(name, from).into_iter().filter_map(|it| self.wait_of(&it, now));
        if let Some(seconds) = waits.max() {
            return Err(Refused::Wait(seconds));
        }
        let in_flight = self.in_flight.entry(name.to_owned()).or_default();
        if *in_flight >= IN_FLIGHT_OF_NAME {
            return Err(Refused::Busy);
        }
        *in_flight += 1;
        Ok(())
    }

    /// Ends an attempt. A right one frees the name here, but takes only one failure from the address: an account
    /// of one's own must not buy guesses at those of others.
    pub(super) fn end(&mut self, name: &str, from: IpAddr, outcome: Outcome, now: Timestamp) {
        let from = network(from);
        if let Some(in_flight) = self.in_flight.get_mut(name) {
            *in_flight = in_flight.saturating_sub(1);
            if *in_flight == 0 {
                self.in_flight.remove(name);
            }
        }
        match outcome {
            Outcome::NotCompared => {}
            Outcome::Wrong => self.count(name, from, now),
            Outcome::Right => {
                self.failures.remove(&Guesser::NameAt(name.to_owned(), from));
                if let Some(failures) = self.failures.get_mut(&Guesser::Address(from)) {
                    failures.count = failures.count.saturating_sub(1);
                }
                if self.known.len() >= KNOWN_MOST {
                    forget_older_half(&mut self.known, |at| *at);
                }
                self.known.insert((name.to_owned(), from), now);
            }
        }
    }

    fn count(&mut self, name: &str, from: IpAddr, now: Timestamp) {
        for guesser in self.guessers(name, from) {
            if self.failures.len() >= REMEMBERED_MOST {
                let forget_before = now.plus_seconds(-FORGET_AFTER_SECONDS);
                self.failures.retain(|_, failures| failures.last_at > forget_before);
            }
            if self.failures.len() >= REMEMBERED_MOST {
                forget_older_half(&mut self.failures, |failures| failures.last_at);
            }
            let left = match guesser {
                Guesser::Name(_) => self.spent(&guesser, now),
                Guesser::NameAt(..) | Guesser::Address(_) => {
                    self.failures.get(&guesser).map_or(0, |failures| failures.count)
                }
            };
            let failures = Failures { count: left.saturating_add(1), last_at: now };
            self.failures.insert(guesser, failures);
        }
    }

    fn wait_of(&self, guesser: &Guesser, now: Timestamp) -> Option<i64> {
        let (free, longest) = match guesser {
            Guesser::NameAt(..) => (FREE_FAILURES_OF_NAME, LONGEST_WAIT_OF_NAME_SECONDS),
            Guesser::Address(_) => (FREE_FAILURES_OF_ADDRESS, LONGEST_WAIT_OF_ADDRESS_SECONDS),
            Guesser::Name(_) => {
                let is_spent = self.spent(guesser, now) >= ALLOWANCE_OF_NAME;
                return is_spent.then_some(ALLOWANCE_GROWS_EVERY_SECONDS);
            }
        };
        let failures = self.failures.get(guesser)?;
        let beyond = failures.count.checked_sub(free)?;
        // 1, 2, 4, 8 ... seconds; the shift is bounded so that it cannot overflow.
        let wait_seconds = (1_i64 << beyond.min(20)).min(longest);
        let left_millis = failures.last_at.plus_seconds(wait_seconds).millis_since(now);
        (left_millis > 0).then(|| (left_millis + 999) / 1000)
    }

    /// By what an attempt is counted: where somebody of that name has signed in before, by that place alone.
    fn guessers(&self, name: &str, from: IpAddr) -> Vec<Guesser> {
        let mut all = vec![Guesser::NameAt(name.to_owned(), from), Guesser::Address(from)];
        if !self.known.contains_key(&(name.to_owned(), from)) {
            all.push(Guesser::Name(name.to_owned()));
        }
        all
    }

    /// What is spent of a name's allowance.
    fn spent(&self, guesser: &Guesser, now: Timestamp) -> u32 {
        let Some(failures) = self.failures.get(guesser) else { return 0 };
        let quiet_seconds = now.millis_since(failures.last_at).max(0) / 1000;
        let grown = quiet_seconds / ALLOWANCE_GROWS_EVERY_SECONDS;
        failures.count.saturating_sub(u32::try_from(grown).unwrap_or(u32::MAX))
    }
}

/// Forgets the half that is longest quiet.
fn forget_older_half<K: std::hash::Hash + Eq, V>(
    table: &mut HashMap<K, V>,
    at: impl Fn(&V) -> Timestamp,
) {
    let mut times: Vec<Timestamp> = table.values().map(&at).collect();
    times.sort_unstable();
    let quiet_until = times[times.len() / 2];
    table.retain(|_, value| at(value) > quiet_until);
}

/// A whole IPv6 network of one customer (/64) counts as one address.
fn network(from: IpAddr) -> IpAddr {
    match from.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) & !u128::from(u64::MAX)).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    const OFFICE: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
    const START: Timestamp = Timestamp(1_000_000);

    fn other(n: u32) -> IpAddr {
        IpAddr::V4(Ipv4Addr::from(0x0b00_0000 + n))
    }

    fn attempt(
        throttle: &mut Throttle,
        (name, from): (&str, IpAddr),
        outcome: Outcome,
        now: Timestamp,
    ) -> Result<(), Refused> {
        throttle.begin(name, from, now)?;
        throttle.end(name, from, outcome, now);
        Ok(())
    }

    #[test]
    fn the_wait_of_a_name_at_one_address_doubles_to_a_minute() {
        let mut throttle = Throttle::default();
        let mut now = START;
        let mut waits = Vec::new();
        for _ in 0..14 {
            if let Err(Refused::Wait(seconds)) = throttle.begin("li", OFFICE, now) {
                waits.push(seconds);
                now = now.plus_seconds(seconds);
                assert_eq!(throttle.begin("li", OFFICE, now), Ok(()));
            }
            throttle.end("li", OFFICE, Outcome::Wrong, now);
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }

    #[test]
    fn a_guess_a_minute_from_changing_addresses_shuts_nobody_out() {
        let mut throttle = Throttle::default();
        let mut now = START;
        for n in 0..500 {
            assert_eq!(attempt(&mut throttle, ("li", other(n)), Outcome::Wrong, now), Ok(()));
            // Her own try, from wherever she is, at any moment of that minute.
            let hers = now.plus_seconds(i64::from(n) % 60);
            assert_eq!(throttle.begin("li", other(100_000 + n), hers), Ok(()));
            throttle.end("li", other(100_000 + n), Outcome::NotCompared, hers);
            now = now.plus_seconds(60);
        }
    }

    #[test]
    fn a_flood_of_guesses_waits_but_not_where_she_signed_in_before() {
        let mut throttle = Throttle::default();
        assert_eq!(attempt(&mut throttle, ("li", OFFICE), Outcome::Right, START), Ok(()));
        let flood = (0..10_000)
            .filter(|n| attempt(&mut throttle, ("li", other(*n)), Outcome::Wrong, START).is_ok());
        assert_eq!(flood.count(), ALLOWANCE_OF_NAME as usize);
        assert_eq!(throttle.begin("li", other(99_999), START), Err(Refused::Wait(10)));
        assert_eq!(throttle.begin("li", OFFICE, START), Ok(()));
    }

    #[test]
    fn twelve_right_ones_at_once_are_fine_and_those_in_flight_are_bounded() {
        let mut throttle = Throttle::default();
        for _ in 0..12 {
            assert_eq!(throttle.begin("li", OFFICE, START), Ok(()));
        }
        for _ in 0..12 {
            throttle.end("li", OFFICE, Outcome::Right, START);
        }
        for _ in 0..IN_FLIGHT_OF_NAME {
            assert_eq!(throttle.begin("li", OFFICE, START), Ok(()));
        }
        assert_eq!(throttle.begin("li", OFFICE, START), Err(Refused::Busy));
        assert_eq!(throttle.begin("wang", OFFICE, START), Ok(()));
    }

    #[test]
    fn a_success_frees_the_name_but_not_the_address_of_its_other_guesses() {
        let mut throttle = Throttle::default();
        for n in 0..30 {
            let name = format!("guess{n}");
            assert_eq!(attempt(&mut throttle, (&name, OFFICE), Outcome::Wrong, START), Ok(()));
        }
        assert_eq!(throttle.begin("me", OFFICE, START), Err(Refused::Wait(1)));
        let later = START.plus_seconds(1);
        assert_eq!(attempt(&mut throttle, ("me", OFFICE), Outcome::Right, later), Ok(()));
        assert_eq!(attempt(&mut throttle, ("next", OFFICE), Outcome::Wrong, later), Ok(()));
        assert_eq!(throttle.begin("next", OFFICE, later), Err(Refused::Wait(1)));
        assert_eq!(throttle.begin("next", other(1), later), Ok(()));
    }

    #[test]
    fn a_flood_of_names_keeps_the_table_bounded() {
        let mut throttle = Throttle::default();
        for n in 0..2 * REMEMBERED_MOST as u32 {
            let at = START.plus_millis(i64::from(n));
            let name = format!("n{n}");
            assert_eq!(attempt(&mut throttle, (&name, other(n)), Outcome::Wrong, at), Ok(()));
            assert!(throttle.failures.len() <= REMEMBERED_MOST + 1);
        }
        assert!(throttle.in_flight.is_empty());
    }
}
