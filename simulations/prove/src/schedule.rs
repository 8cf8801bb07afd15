//! What goes wrong in a run, and when: drawn from the seed, a plain list, so that a failing run can be tried again
//! with less of it.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::fmt;

/// One thing that goes wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// Its place in the schedule of its seed; it keeps it when others are left out.
    pub(crate) number: usize,
    /// When, in milliseconds since the beginning.
    pub(crate) at_ms: u64,
    /// What.
    pub(crate) fault: Fault,
}

impl fmt::Display for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>3} at {:>6.1} s: {:?}", self.number, self.at_ms as f64 / 1000.0, self.fault)
    }
}

/// What can go wrong. Times are milliseconds; servers, terminals and consoles are named by their numbers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fault {
    /// Of one server.
    Server(usize, ServerFault),
    /// Of one server's connection to the journal.
    Journal(usize, JournalFault),
    /// Of one vehicle's terminal.
    Terminal(usize, TerminalFault),
    /// A console's link is cut.
    ConsoleCut { console: usize },
    /// Everything takes longer, and much of it again for what was lost.
    SlowNetwork { for_ms: u64 },
    /// Requests or their answers get lost; those sent again may come twice, and late.
    LossyRequests { for_ms: u64 },
    /// The positions' disk fails.
    PositionsFail { for_ms: u64 },
    /// The journals are those of a backup: the newest events are gone.
    JournalSetBack { events: u64 },
    /// Every server is stopped, the journals are put back from a backup, and the servers are started.
    RestoredWhileStopped { events: u64, down_ms: u64 },
    /// The clock of the database that servers share is set.
    DatabaseClock { step_ms: i64 },
}

/// What can go wrong with a server.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ServerFault {
    /// Every link is cut and no new one comes up.
    Unreachable { for_ms: u64 },
    /// Its process is killed and started anew.
    Crash { down_ms: u64 },
    /// It is stopped in good order and started anew, with the region folder of this edition.
    Upgrade { down_ms: u64, edition: usize },
    /// It stands still: its disk holds every commit, and nothing of the network comes through.
    Freeze { for_ms: u64 },
    /// Its clock is set.
    Clock { step_ms: i64 },
    /// Its machine comes up with a wrong clock after it lost power.
    StartsAtWrongTime { down_ms: u64, step_ms: i64 },
}

/// What can go wrong with a journal as one server meets it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum JournalFault {
    /// It takes nothing for some commits: a full disk, an error of the device, a read-only file system.
    Refuses { commits: usize },
    /// The end of a transaction fails on a store of one server, and leaves it open on its connection; where servers share
    /// the store it is as if nothing were taken.
    CommitFails { commits: usize },
    /// Commits are done, and the server hears that they failed.
    AnswersLost { commits: usize },
    /// The server's machine loses power in the middle of a commit.
    Torn { written: usize },
    /// It cannot be read or looked at for some questions.
    Unreadable { questions: usize },
    /// Snapshots cannot be kept.
    SnapshotsRefused { times: usize },
}

/// What can go wrong with a terminal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum TerminalFault {
    /// Its link is cut, and no new one comes up for a while.
    Cut { for_ms: u64 },
    /// Its next press goes out as its link is cut, and no new one comes up for a while.
    CutAsItPresses { for_ms: u64 },
    /// Its link carries nothing any more, and neither end is told.
    HalfOpen { for_ms: u64 },
    /// Its program is killed, or the tablet loses power.
    Crash { down_ms: u64, power_cut: bool },
    /// Its program stands still.
    Freeze { for_ms: u64 },
    /// Its disk takes nothing.
    DiskFails { for_ms: u64, how: DiskFault },
    /// The tablet gets the image of an earlier day.
    DiskSetBack { down_ms: u64 },
    /// The tablet is replaced by a new one.
    NewTablet { down_ms: u64 },
    /// Its file cannot be read any more.
    DiskDamaged { down_ms: u64 },
    /// Its clock is set.
    Clock { step_ms: i64 },
    /// Its receiver tells what cannot be read, or a wrong date, or nothing.
    Receiver { for_ms: u64, how: ReceiverFault },
}

/// How a receiver fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReceiverFault {
    /// Bytes are wrong on the cable.
    Noise,
    /// Its date is 1 024 weeks behind.
    WeeksBehind,
    /// It says nothing.
    Silent,
}

/// How a terminal's disk fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DiskFault {
    /// Nothing is written, and the program is told so at the write.
    Full,
    /// The write goes through, and its commit fails.
    Commit,
    /// It is written, and the program hears that it failed.
    AnswerLost,
    /// Each write takes seconds.
    Slow,
}

/// How large a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Servers over one journal.
    pub servers: usize,
    /// Vehicles with a terminal.
    pub terminals: usize,
    /// Dispatchers at consoles.
    pub consoles: usize,
}

/// Faults in an hour at the most; the fewest is one.
const MOST_IN_AN_HOUR: f64 = 14.0;

const YEAR_MS: i64 = 366 * 86_400_000;

/// Whether a seed brings what was thought of later: a tablet that dies, is set back or is not heard while its crew works on,
/// crews that work briskly, and dispatchers who write down what crews say by radio and call back whom they do not hear. The others stay as they were, so that
/// those that failed once try the same again.
pub(crate) fn brings_more(seed: u64) -> bool {
    matches!(seed % 7, 1 | 5)
}

/// Whether a seed lets every terminal lose a press that is under way; none of those that failed once.
fn loses_presses(seed: u64) -> bool {
    matches!(seed % 14, 4 | 13)
}

/// Draws the schedule of a seed: each seed has its own few kinds of fault, so that rare ones meet often somewhere.
pub(crate) fn draw(seed: u64, size: Size, until_ms: u64) -> Vec<Planned> {
    let mut rng = StdRng::seed_from_u64(seed ^ 0x5ced_01e5);
    let hours = until_ms as f64 / 3_600_000.0;
    let most = (MOST_IN_AN_HOUR * hours.max(0.4)) as u32;
    let count = rng.random_range(1..=most.max(2));
    let kinds: Vec<u32> = (0..rng.random_range(2..6)).map(|_| rng.random_range(0..KINDS)).collect();
    let mut planned: Vec<(u64, Fault)> = (0..count)
        .map(|_| {
            let at_ms = rng.random_range(30_000..until_ms.max(31_000));
            let kind = kinds[rng.random_range(0..kinds.len())];
            (at_ms, one(kind, size, &mut rng))
        })
        .collect();
    if brings_more(seed) {
        planned.extend(out_of_reach(size, until_ms, &mut rng));
    }
    if loses_presses(seed) {
        planned.extend((0..size.terminals).map(|it| lost_press(it, until_ms, &mut rng)));
    }
    planned.sort_by_key(|(at_ms, _)| *at_ms);
    let numbered = planned.into_iter().enumerate();
    numbered.map(|(number, (at_ms, fault))| Planned { number, at_ms, fault }).collect()
}

/// A tablet that nobody hears for a while, and what happens to it before or in that time.
fn out_of_reach(size: Size, until_ms: u64, rng: &mut StdRng) -> Vec<(u64, Fault)> {
    let terminal = rng.random_range(0..size.terminals);
    // Late enough for it to have a task.
    let at_ms = rng.random_range(until_ms / 3..(until_ms * 2 / 3).max(41_000));
    let left_ms = until_ms.saturating_sub(at_ms + 16_000);
    let alone_ms = rng.random_range(20_000..left_ms.clamp(21_000, 240_000));
    let cut = TerminalFault::Cut { for_ms: alone_ms };
    let faults = match rng.random_range(0..3) {
        // Its disk fails for seconds and works again, and it loses power before it is heard: whatever its crew was told is
        // stored since then is nowhere else.
        0 => {
            let for_ms = rng.random_range(3_000..15_000);
            let how = if rng.random() { DiskFault::Commit } else { disk_fault(rng) };
            let fails = TerminalFault::DiskFails { for_ms, how };
            let dies = TerminalFault::Crash { down_ms: 5_000, power_cut: true };
            vec![(0, fails), (for_ms, cut), (for_ms + alone_ms - 1_000, dies)]
        }
        // It gets an older image, and its crew presses on that before any server says what it has.
        1 => {
            let down_ms = rng.random_range(1_000..8_000);
            vec![(0, TerminalFault::DiskSetBack { down_ms }), (1, cut)]
        }
        // Its crew goes on with a task that may be taken from it meanwhile.
        _ => vec![(0, cut)],
    };
    let of_terminal = |(after_ms, fault)| (at_ms + after_ms, Fault::Terminal(terminal, fault));
    faults.into_iter().map(of_terminal).collect()
}

/// Some press of a terminal is lost with its link.
fn lost_press(terminal: usize, until_ms: u64, rng: &mut StdRng) -> (u64, Fault) {
    let for_ms = rng.random_range(500..20_000);
    let at_ms = rng.random_range(30_000..until_ms.max(31_000));
    (at_ms, Fault::Terminal(terminal, TerminalFault::CutAsItPresses { for_ms }))
}

const KINDS: u32 = 29;

fn one(kind: u32, size: Size, rng: &mut StdRng) -> Fault {
    let server = rng.random_range(0..size.servers);
    let terminal = rng.random_range(0..size.terminals);
    let console = rng.random_range(0..size.consoles);
    let for_ms = span(rng);
    let down_ms = rng.random_range(1_000..60_000);
    let few = rng.random_range(1..12);
    let of_server = |fault| Fault::Server(server, fault);
    let of_journal = |fault| Fault::Journal(server, fault);
    let of_terminal = |fault| Fault::Terminal(terminal, fault);
    match kind {
        0 => of_server(ServerFault::Unreachable { for_ms }),
        1 => of_terminal(TerminalFault::Cut { for_ms }),
        2 => of_terminal(TerminalFault::HalfOpen { for_ms }),
        3 => Fault::ConsoleCut { console },
        4 => Fault::SlowNetwork { for_ms },
        5 => Fault::LossyRequests { for_ms },
        6 => of_server(ServerFault::Crash { down_ms }),
        7 => of_server(ServerFault::Upgrade { down_ms, edition: rng.random_range(0..3) }),
        8 => of_server(ServerFault::Freeze { for_ms: for_ms.min(90_000) }),
        9 => of_journal(JournalFault::Refuses { commits: few * 2 }),
        10 => of_journal(JournalFault::AnswersLost { commits: few }),
        11 => of_journal(JournalFault::Torn { written: rng.random_range(0..4) }),
        12 => of_journal(JournalFault::Unreadable { questions: few * 3 }),
        13 => of_journal(JournalFault::SnapshotsRefused { times: few }),
        14 => Fault::PositionsFail { for_ms },
        15 => Fault::JournalSetBack { events: rng.random_range(1..40) },
        16 => of_terminal(TerminalFault::Crash { down_ms, power_cut: rng.random() }),
        17 => of_terminal(TerminalFault::Freeze { for_ms }),
        18 | 19 => of_terminal(TerminalFault::DiskFails { for_ms, how: disk_fault(rng) }),
        20 => of_terminal(TerminalFault::DiskSetBack { down_ms }),
        21 => of_terminal(TerminalFault::NewTablet { down_ms }),
        22 => of_terminal(TerminalFault::DiskDamaged { down_ms }),
        23 => of_server(ServerFault::Clock { step_ms: step(rng) }),
        24 => of_server(ServerFault::StartsAtWrongTime { down_ms, step_ms: step(rng) }),
        27 => of_terminal(TerminalFault::Receiver { for_ms, how: receiver_fault(rng) }),
        26 => of_journal(JournalFault::CommitFails { commits: few }),
        25 => Fault::RestoredWhileStopped { events: rng.random_range(1..40), down_ms },
        _ if rng.random_bool(0.3) => Fault::DatabaseClock { step_ms: step(rng) },
        _ => of_terminal(TerminalFault::Clock { step_ms: step(rng) }),
    }
}

fn receiver_fault(rng: &mut StdRng) -> ReceiverFault {
    match rng.random_range(0..3) {
        0 => ReceiverFault::Noise,
        1 => ReceiverFault::WeeksBehind,
        _ => ReceiverFault::Silent,
    }
}

fn disk_fault(rng: &mut StdRng) -> DiskFault {
    match rng.random_range(0..4) {
        0 => DiskFault::Full,
        1 => DiskFault::Commit,
        2 => DiskFault::AnswerLost,
        _ => DiskFault::Slow,
    }
}

/// Most spans are short; some are long enough for every silence to be noticed.
fn span(rng: &mut StdRng) -> u64 {
    match rng.random_range(0..3) {
        0 => rng.random_range(500..5_000),
        1 => rng.random_range(5_000..60_000),
        _ => rng.random_range(60_000..400_000),
    }
}

fn step(rng: &mut StdRng) -> i64 {
    let size = match rng.random_range(0..4) {
        0 => rng.random_range(1_000..60_000),
        1 => rng.random_range(60_000..7_200_000),
        2 => rng.random_range(7_200_000..10 * 86_400_000),
        _ => rng.random_range(YEAR_MS..8 * YEAR_MS),
    };
    if rng.random() { size } else { -size }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size { servers: 2, terminals: 5, consoles: 2 };

    #[test]
    fn a_seed_always_gives_the_same_schedule_and_others_give_others() {
        assert_eq!(draw(7, SIZE, 3_000_000), draw(7, SIZE, 3_000_000));
        assert_ne!(draw(7, SIZE, 3_000_000), draw(8, SIZE, 3_000_000));
    }

    #[test]
    fn every_kind_of_fault_is_drawn_by_some_seed() {
        let name = |planned: Planned| {
            let said = format!("{:?}", planned.fault);
            let said = said.split(" {").next().unwrap();
            said.chars().filter(|it| !it.is_ascii_digit()).collect::<String>()
        };
        let drawn: std::collections::BTreeSet<String> =
            (0..400).flat_map(|seed| draw(seed, SIZE, 3_000_000)).map(name).collect();
        assert_eq!(drawn.len(), 30, "{drawn:?}");
    }
}
