//! Slows down guessing: after some failures a name or an address must wait, longer each time.
//!
//! An attempt counts before its password is compared, so that many at once gain nothing. A name is
//! never shut out for long: a dispatcher must get to work although somebody plays with her name. Pure:
//! the clock is an argument.
//!
//! Each server counts for itself, so n servers behind a load balancer allow n times the guesses, which the
//! numbers below leave room for. Counted in a shared database, a flood of guesses would become a flood
//! of writes to it, and would slow down those it is meant to protect.

use dispatch_core::model::Timestamp;
use std::collections::HashMap;
use std::net::IpAddr;

/// Failures of one name before it waits: fingers slip.
const FREE_FAILURES_OF_NAME: u32 = 5;
/// Longest wait of a name; a minute makes 1 500 guesses a day, hopeless against ten characters.
const LONGEST_WAIT_OF_NAME_SECONDS: i64 = 60;
/// Failures of one address before it waits: a whole centre may share one.
const FREE_FAILURES_OF_ADDRESS: u32 = 30;
/// Longest wait of an address.
const LONGEST_WAIT_OF_ADDRESS_SECONDS: i64 = 900;
/// Failures are forgotten after this long without a new one.
const FORGET_AFTER_SECONDS: i64 = 3600;
/// Names and addresses remembered; 100 bytes each make a megabyte. When full, the ones longest quiet go.
const REMEMBERED_MOST: usize = 10_000;

/// What guesses are counted by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Guesser {
    Name(String),
    Address(IpAddr),
}

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    last_at: Timestamp,
}

/// The table of recent failures.
#[derive(Debug, Default)]
pub(super) struct Throttle {
    failures: HashMap<Guesser, Failures>,
}

impl Throttle {
    /// Begins an attempt: counts it as a failure until [`Self::succeeded`] says otherwise.
    ///
    /// # Errors
    /// The seconds to wait, at least 1; the attempt is then not counted.
    pub(super) fn begin(&mut self, name: &str, from: IpAddr, now: Timestamp) -> Result<(), i64> {
        let both = guessers(name, from);
        let wait = both.iter().filter_map(|guesser| self.wait_of(guesser, now)).max();
        if let Some(seconds) = wait {
            return Err(seconds);
        }
        for guesser in both {
            self.make_room(now);
            let failures =
                self.failures.entry(guesser).or_insert(Failures { count: 0, last_at: now });
            failures.count = failures.count.saturating_add(1);
            failures.last_at = now;
        }
        Ok(())
    }

    /// The attempt was right: the name starts afresh, the address has one failure less. (It keeps the
    /// others, or an account of one's own would buy guesses at those of others.)
    pub(super) fn succeeded(&mut self, name: &str, from: IpAddr) {
        let [name, address] = guessers(name, from);
        self.failures.remove(&name);
        if let Some(failures) = self.failures.get_mut(&address) {
            failures.count = failures.count.saturating_sub(1);
        }
    }

    fn wait_of(&self, guesser: &Guesser, now: Timestamp) -> Option<i64> {
        let failures = self.failures.get(guesser)?;
        let (free, longest) = match guesser {
            Guesser::Name(_) => (FREE_FAILURES_OF_NAME, LONGEST_WAIT_OF_NAME_SECONDS),
            Guesser::Address(_) => (FREE_FAILURES_OF_ADDRESS, LONGEST_WAIT_OF_ADDRESS_SECONDS),
        };
        let beyond = failures.count.checked_sub(free)?;
        // 1, 2, 4, 8 ... seconds; the shift is bounded so that it cannot overflow.
        let wait_seconds = (1_i64 << beyond.min(20)).min(longest);
        let left_millis = failures.last_at.plus_seconds(wait_seconds).millis_since(now);
        (left_millis > 0).then(|| (left_millis + 999) / 1000)
    }

    fn make_room(&mut self, now: Timestamp) {
        if self.failures.len() < REMEMBERED_MOST {
            return;
        }
        let forget_before = now.plus_seconds(-FORGET_AFTER_SECONDS);
        self.failures.retain(|_, failures| failures.last_at > forget_before);
        if self.failures.len() >= REMEMBERED_MOST {
            let mut times: Vec<Timestamp> = self.failures.values().map(|f| f.last_at).collect();
            times.sort_unstable();
            let quiet_until = times[times.len() / 2];
            self.failures.retain(|_, failures| failures.last_at > quiet_until);
        }
    }
}

/// The name, and the address: a whole IPv6 network of one customer (/64) counts as one.
fn guessers(name: &str, from: IpAddr) -> [Guesser; 2] {
    let address = match from.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) & !u128::from(u64::MAX)).into()),
    };
    [Guesser::Name(name.to_owned()), Guesser::Address(address)]
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

    #[test]
    fn the_wait_of_a_name_doubles_to_a_minute_wherever_the_guesses_come_from() {
        let mut throttle = Throttle::default();
        for n in 0..5 {
            assert_eq!(throttle.begin("li", other(n), START), Ok(()));
        }
        let mut now = START;
        let mut waits = Vec::new();
        for n in 5..14 {
            let wait = throttle.begin("li", other(n), now).unwrap_err();
            waits.push(wait);
            now = now.plus_seconds(wait);
            assert_eq!(throttle.begin("li", other(n), now), Ok(()));
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }

    #[test]
    fn a_success_frees_the_name_but_not_the_address_of_its_other_guesses() {
        let mut throttle = Throttle::default();
        for n in 0..30 {
            assert_eq!(throttle.begin(&format!("guess{n}"), OFFICE, START), Ok(()));
        }
        assert_eq!(throttle.begin("me", OFFICE, START), Err(1));
        let later = START.plus_seconds(1);
        assert_eq!(throttle.begin("me", OFFICE, later), Ok(()));
        throttle.succeeded("me", OFFICE);
        assert_eq!(throttle.begin("next", OFFICE, later), Err(1));
        assert_eq!(throttle.begin("next", other(1), later), Ok(()));
    }

    #[test]
    fn a_flood_of_names_keeps_the_table_bounded_and_the_newest_remembered() {
        let mut throttle = Throttle::default();
        for n in 0..3 * REMEMBERED_MOST as u32 {
            let at = START.plus_millis(i64::from(n));
            assert_eq!(throttle.begin(&format!("n{n}"), other(n), at), Ok(()));
            assert!(throttle.failures.len() <= REMEMBERED_MOST + 1);
        }
    }
}
