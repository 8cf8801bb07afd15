//! What time it is when clocks differ: a pure rule over what each of them says.
//!
//! No time is believed that lies minutes ahead of every other witness.

use std::fmt;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A clock that differs by this much is doubted: half the time after which a silent vehicle looks old.
pub(super) const DOUBTED_FROM: i64 = 5 * SECOND;

/// Two clocks that differ by less support each other. A clock without a time server drifts by a second a day.
const SUPPORTS: i64 = 2 * MINUTE;

/// How far a server that has just begun follows the database's clock although nothing else supports it.
const FOLLOWED_ALONE: i64 = HOUR;

/// Further than this no clock takes the time with it in a running server, whoever supports it: that is for the
/// person who starts it again, as [`super::check_start`] asks.
const FURTHEST_JUMP: i64 = DAY;

/// How far before the journal's newest time at the start a clock may say it is.
const BEFORE_JOURNAL: i64 = 5 * MINUTE;

/// What each witness says it is now, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Witnesses {
    /// The machine's clock.
    pub(super) machine: i64,
    /// The last judgement, run on by the machine's steady clock.
    pub(super) steady: i64,
    /// Whether any judgement was made before: until then `steady` is the machine's clock once more.
    pub(super) judged_before: bool,
    /// The database's clock, run on since it was last heard.
    pub(super) database: Option<i64>,
    /// What most terminals' receivers say, when enough were heard of late.
    pub(super) terminals: Option<i64>,
    /// What terminals' receivers say when too few were heard for that: the later of them.
    pub(super) few_terminals: Option<i64>,
    /// The journal's newest time as the server began; 0 where a person accepted a clock that is far from it.
    pub(super) journal: i64,
    /// The journal's newest time as the server began, whatever was accepted; 0 for an empty one.
    pub(super) newest: i64,
    /// It is this at least: what both the journal and the stored positions had reached as the server began, run on since.
    pub(super) at_least: Option<i64>,
    /// The newest of the stored positions as the server began, run on since.
    pub(super) measured: Option<i64>,
}

/// Why a clock is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The machine's clock differs from the one that the server goes by.
    Machine,
    /// The database's clock is not believed.
    Database,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Machine => "this server's clock differs from the other clocks",
            Self::Database => "the database's clock differs from the other clocks",
        })
    }
}

/// The time to go by, and what is not believed.
pub(super) fn assess(said: &Witnesses) -> (i64, Option<Doubt>) {
    let time = match said.database {
        Some(database) => beside_database(said, database),
        None => beyond_doubt(said),
    };
    let is_off = |clock: i64| !near(clock, time, DOUBTED_FROM);
    let doubt = if said.database.is_some_and(is_off) {
        Some(Doubt::Database)
    } else {
        (is_off(said.machine) || is_behind(said, time)).then_some(Doubt::Machine)
    };
    (time, doubt)
}

/// Whether the few receivers that are heard, or while none is those whose positions are stored, know a later time, within
/// a day: one of them may be wrong, or this server, and until more are heard people are to know that ages may be too small.
fn is_behind(said: &Witnesses, time: i64) -> bool {
    let is_later = |it: i64| it > time + DOUBTED_FROM && near(it, time, FURTHEST_JUMP);
    let knows_better = said.few_terminals.or(said.measured).is_some_and(is_later);
    said.database.is_none() && said.terminals.is_none() && knows_better
}

/// All servers go by the database's clock, so that they judge alike, unless it stands alone.
fn beside_database(said: &Witnesses, database: i64) -> i64 {
    let jumps_little = near(database, said.steady, FURTHEST_JUMP);
    let machine_supports = near(database, said.machine, SUPPORTS) && jumps_little;
    let terminals_support =
        said.terminals.is_some_and(|it| near(database, it, SUPPORTS)) && jumps_little;
    let believed = match said.judged_before {
        true => near(database, said.steady, SUPPORTS) || machine_supports || terminals_support,
        false => terminals_support || near(database, said.machine, FOLLOWED_ALONE),
    };
    if believed { database } else { beyond_doubt(said) }
}

/// The machine's clock is held against its own steady run, and both against the terminals.
fn alone(said: &Witnesses) -> i64 {
    let Witnesses { machine, steady, .. } = *said;
    // Receivers all of one make may be wrong by twenty years at once.
    if let Some(terminals) = said.terminals.filter(|it| near(*it, steady, FURTHEST_JUMP)) {
        let supported = [machine, steady].into_iter().find(|it| near(*it, terminals, DOUBTED_FROM));
        return supported.unwrap_or(terminals);
    }
    if near(machine, steady, SUPPORTS) {
        return machine;
    }
    // Too few receivers to tell a time of their own; which of the two is right they know.
    let few = said.few_terminals.filter(|it| near(*it, steady, FURTHEST_JUMP));
    let is_told = |it: &i64| few.is_some_and(|few| near(*it, few, DOUBTED_FROM));
    if let Some(supported) = [steady, machine].into_iter().find(is_told) {
        return supported;
    }
    if !near(machine, steady, FURTHEST_JUMP) {
        // Followed only to where the journal had just been: then it is this server that began wrong.
        let knows = said.newest != 0 && near(machine, said.newest, FURTHEST_JUMP);
        return if knows { machine } else { steady };
    }
    // The earlier is ahead of nobody, unless the journal tells that it is past.
    let (earlier, later) = (machine.min(steady), machine.max(steady));
    if earlier >= said.journal.saturating_sub(BEFORE_JOURNAL) { earlier } else { later }
}

/// The machine's clock where nothing proves it slow. Where journal and receivers of the last run do, it is as late as
/// they say, unless a receiver of now or the machine's clock, set right since, knows better.
fn beyond_doubt(said: &Witnesses) -> i64 {
    let time = alone(said);
    let Some(at_least) = said.at_least.filter(|it| *it >= time && near(*it, time, FURTHEST_JUMP))
    else {
        return time;
    };
    let knows_better = |it: &i64| *it > at_least && near(*it, at_least, FOLLOWED_ALONE);
    let better = [Some(said.machine), said.few_terminals].into_iter().flatten().find(knows_better);
    better.unwrap_or(at_least)
}

fn near(one: i64, other: i64, within: i64) -> bool {
    one.saturating_sub(other).saturating_abs() < within
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_780_000_000_000;
    const YEARS: i64 = 4 * 365 * DAY;

    fn running() -> Witnesses {
        Witnesses {
            machine: NOW,
            steady: NOW,
            judged_before: true,
            database: None,
            terminals: None,
            few_terminals: None,
            journal: NOW - HOUR,
            newest: NOW - HOUR,
            at_least: None,
            measured: None,
        }
    }

    /// A server without a database that began with a clock `slow` behind, a minute after the last run ended.
    fn began_slow(slow: i64) -> Witnesses {
        let (machine, at_least) = (NOW - slow, Some(NOW - MINUTE));
        let first = Witnesses { machine, steady: machine, judged_before: false, ..running() };
        Witnesses { journal: NOW - MINUTE, at_least, ..first }
    }

    #[test]
    fn a_clock_behind_what_the_last_run_had_reached_is_proved_slow() {
        for slow in [2 * MINUTE, 20 * MINUTE, 5 * HOUR] {
            let began = began_slow(slow);
            assert_eq!(assess(&began), (NOW - MINUTE, Some(Doubt::Machine)), "{slow}");
            // A second later it goes on from there, and does not stand until the machine's clock comes up to it.
            let later = Witnesses {
                machine: began.machine + SECOND,
                steady: NOW - MINUTE + SECOND,
                judged_before: true,
                at_least: Some(NOW - MINUTE + SECOND),
                ..began
            };
            assert_eq!(assess(&later).0, NOW - MINUTE + SECOND, "{slow}");
            let one_receiver = Witnesses { few_terminals: Some(NOW), ..later };
            assert_eq!(assess(&one_receiver).0, NOW, "{slow}: even one knows better than that");
            let set_right = Witnesses { machine: NOW, ..later };
            assert_eq!(assess(&set_right), (NOW, None), "{slow}");
        }
        assert_eq!(assess(&began_slow(30 * SECOND)), (NOW - 30 * SECOND, None), "it may be right");
        assert_eq!(assess(&began_slow(-HOUR)), (NOW + HOUR, None), "and ahead it proves nothing");
    }

    #[test]
    fn a_receiver_that_knows_a_later_time_is_told_of_and_not_followed() {
        let heard = |it| Witnesses { few_terminals: Some(it), ..running() };
        let stored = |it| Witnesses { measured: Some(it), ..running() };
        for later in [NOW + 6 * SECOND, NOW + 10 * MINUTE, NOW + 20 * HOUR] {
            assert_eq!(assess(&heard(later)), (NOW, Some(Doubt::Machine)), "{later}");
            assert_eq!(assess(&stored(later)), (NOW, Some(Doubt::Machine)), "{later}");
            let many_agree = Witnesses { terminals: Some(NOW), ..stored(later) };
            let one_agrees = Witnesses { few_terminals: Some(NOW), ..stored(later) };
            assert_eq!([assess(&many_agree), assess(&one_agrees)], [(NOW, None); 2], "{later}");
        }
        for other in [NOW - HOUR, NOW + 4 * SECOND, NOW + YEARS] {
            assert_eq!(assess(&heard(other)), (NOW, None), "a late fix, a wrong date: {other}");
            assert_eq!(
                assess(&stored(other)),
                (NOW, None),
                "old, or written by a wrong clock: {other}"
            );
        }
    }

    fn shared() -> Witnesses {
        Witnesses { database: Some(NOW), ..running() }
    }

    fn starting(machine: i64) -> Witnesses {
        Witnesses { machine, steady: machine, judged_before: false, ..shared() }
    }

    #[test]
    fn servers_with_one_database_go_by_its_clock_whatever_their_own_says() {
        for off in [12 * SECOND, -12 * SECOND, 10 * MINUTE, -10 * MINUTE] {
            assert_eq!(assess(&starting(NOW + off)), (NOW, Some(Doubt::Machine)), "{off}");
            let stepped = Witnesses { machine: NOW + off, ..shared() };
            assert_eq!(assess(&stepped), (NOW, Some(Doubt::Machine)), "{off}");
        }
        assert_eq!(assess(&Witnesses { machine: NOW + 4 * SECOND, ..shared() }), (NOW, None));
    }

    #[test]
    fn a_database_whose_clock_jumps_takes_nobody_with_it() {
        for jump in [10 * MINUTE, -10 * MINUTE, YEARS, -YEARS] {
            let jumped = Witnesses { database: Some(NOW + jump), ..shared() };
            assert_eq!(assess(&jumped), (NOW, Some(Doubt::Database)), "{jump}");
        }
        // Both on one machine.
        let both = Witnesses { database: Some(NOW + YEARS), machine: NOW + YEARS, ..shared() };
        assert_eq!(assess(&both), (NOW, Some(Doubt::Database)));
    }

    #[test]
    fn a_server_that_stood_still_follows_when_database_and_machine_agree() {
        let thawed = Witnesses { steady: NOW - HOUR, ..shared() };
        assert_eq!(assess(&thawed), (NOW, None));
    }

    #[test]
    fn a_server_that_begins_believes_no_clock_that_is_hours_off_and_stands_alone() {
        let (time, doubt) = assess(&starting(NOW - YEARS));
        assert_eq!((time, doubt), (NOW - YEARS, Some(Doubt::Database)), "refused before it serves");
    }

    #[test]
    fn without_a_database_small_steps_are_followed_and_large_ones_wait_for_a_witness() {
        for step in [-100 * SECOND, -SECOND, SECOND, 100 * SECOND] {
            let stepped = Witnesses { machine: NOW + step, ..running() };
            assert_eq!(assess(&stepped), (NOW + step, None), "{step}");
        }
        for jump in [10 * MINUTE, DAY, YEARS] {
            let ahead = Witnesses { machine: NOW + jump, ..running() };
            assert_eq!(assess(&ahead), (NOW, Some(Doubt::Machine)), "{jump}");
            let receivers_agree = Witnesses { terminals: Some(NOW + jump), ..ahead };
            let followed = if jump < DAY { NOW + jump } else { NOW };
            assert_eq!(assess(&receivers_agree).0, followed, "{jump}");
        }
    }

    #[test]
    fn a_clock_set_back_is_followed_only_to_where_the_journal_stood() {
        let back = Witnesses { machine: NOW - 30 * MINUTE, ..running() };
        assert_eq!(assess(&back).0, NOW - 30 * MINUTE);
        let before_the_journal = Witnesses { machine: NOW - 2 * HOUR, ..running() };
        assert_eq!(assess(&before_the_journal), (NOW, Some(Doubt::Machine)));
    }

    /// Found by `prove` (seed 527 of ten minutes): set back and set right again, a server with two terminals stayed behind,
    /// and every position that came was ahead of it.
    #[test]
    fn too_few_receivers_for_a_time_of_their_own_tell_which_of_two_clocks_is_right() {
        let set_back = Witnesses { machine: NOW - 30 * MINUTE, ..running() };
        let heard = Witnesses { few_terminals: Some(NOW - SECOND), ..set_back };
        assert_eq!(assess(&heard), (NOW, Some(Doubt::Machine)), "it is not followed");
        let steady = NOW - 45 * MINUTE;
        let behind = Witnesses { steady, few_terminals: Some(NOW - SECOND), ..running() };
        assert_eq!(assess(&behind), (NOW, None), "set right, it is");
        for few in [NOW - 10 * MINUTE, NOW + 10 * MINUTE, NOW + YEARS] {
            let of_neither = Witnesses { few_terminals: Some(few), ..behind };
            assert_eq!(assess(&of_neither).0, steady, "{few}");
        }
        let days =
            Witnesses { machine: NOW + 2 * DAY, few_terminals: Some(NOW + 2 * DAY), ..running() };
        assert_eq!(assess(&days), (NOW, Some(Doubt::Machine)), "days are for a person");
    }

    /// A journal that is young, or old, is no reason to follow a clock for years and to stay there when it is set right.
    #[test]
    fn a_clock_set_back_by_days_takes_no_running_server_with_it() {
        let cases = [(7 * YEARS, 0), (NOW, 0), (2 * DAY, NOW - 3 * DAY), (YEARS, NOW - 2 * YEARS)];
        for (back, journal) in cases {
            let newest = journal;
            let set_back = Witnesses { machine: NOW - back, journal, newest, ..running() };
            assert_eq!(assess(&set_back), (NOW, Some(Doubt::Machine)), "{back}");
            let set_right = Witnesses { journal, newest, ..running() };
            assert_eq!(assess(&set_right), (NOW, None), "{back}");
        }
    }

    #[test]
    fn a_server_that_began_years_ahead_is_set_right_beside_a_journal_that_knows_better() {
        let began_ahead = Witnesses { machine: NOW, steady: NOW + YEARS, ..running() };
        assert_eq!(assess(&began_ahead), (NOW, None));
        let was_accepted = Witnesses { journal: 0, ..began_ahead };
        assert_eq!(assess(&was_accepted), (NOW, None));
    }

    #[test]
    fn receivers_correct_a_server_that_began_wrong() {
        for off in [12 * SECOND, -12 * SECOND, 10 * MINUTE, -10 * MINUTE] {
            let wrong = Witnesses { terminals: Some(NOW - off), ..running() };
            assert_eq!(assess(&wrong), (NOW - off, Some(Doubt::Machine)), "{off}");
        }
        let week_rollover = Witnesses { terminals: Some(NOW - 5 * YEARS), ..running() };
        assert_eq!(assess(&week_rollover), (NOW, None));
    }
}
