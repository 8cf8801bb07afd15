//! The world of one run: servers, terminals, consoles and the network between them, and the loop that takes what
//! happens next.

mod carry;
mod checks;
mod consoles;
mod faults;
mod healing;
mod servers;
mod terminals;

use crate::dispatcher::Dispatcher;
use crate::invariants::{Acknowledged, Fresh, Seen, Violation, true_time};
use crate::network::{LinkId, Wire};
use crate::queue::Queue;
use crate::schedule::{Planned, Size};
use crate::server::Started;
use crate::terminal::Terminal;
use crate::trace::Trace;
use crate::truth::Truth;
use carry::Carried;
use consoles::{Answered, Requests};
use dispatch_desk::clock::SimulatedMachine;
use dispatch_desk::journal::memory::MemoryJournal;
use dispatch_desk::journal::{Heads, JournalKey, Notebook};
use dispatch_server::history::MemoryFixes;
use rand::SeedableRng;
use rand::rngs::StdRng;
use region::Region;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// Between two looks at all that is looked at by time.
const SECOND_MS: u64 = 1_000;

/// So long before the end everything is well again: time for every silence, retry and deadline to be over.
pub(crate) const SETTLING_MS: u64 = 420_000;

/// So long before the end nobody presses or orders anything any more: what is under way arrives.
const QUIET_MS: u64 = 40_000;

/// What happens.
#[derive(Debug)]
enum Event {
    /// Receivers measure, servers hear the database's clock, and what is looked at by time is.
    Second,
    /// A terminal's program wants to be looked at.
    Look { terminal: usize, life: u64 },
    /// A crew looks at its screen.
    Crew(usize),
    /// A terminal's attempt to open a link comes to an end.
    Opening { terminal: usize, life: u64 },
    /// A batch is through on a terminal's disk.
    Stored { terminal: usize, life: u64 },
    /// A terminal's program starts.
    TerminalStarts { terminal: usize, power_was_cut: bool },
    /// A message arrives at a server.
    Up(LinkId, axum::extract::ws::Message),
    /// A message arrives at a terminal or console.
    Down(LinkId, axum::extract::ws::Message),
    /// One end of a link hears that the other has closed it.
    HungUp(LinkId),
    /// A console opens its link.
    ConsoleOpens(usize),
    /// A console asks for a sign of life, so that its link is not taken for dead.
    ConsolePings(usize),
    /// A dispatcher does something.
    Dispatcher(usize),
    /// A request arrives at a server.
    Request { console: usize, server: usize, command: String, arrival: u64 },
    /// An answer arrives at a console.
    Answered { console: usize, answered: Answered },
    /// A console gives an answer up.
    Unanswered { console: usize, command: String, tries: u32 },
    /// A server's process starts.
    ServerStarts(usize),
    /// A fault of the schedule.
    Fault(usize),
    /// A server that stood still goes on.
    Thaw(usize),
    /// A tablet's disk is well again.
    DiskWell(usize),
    /// The positions' disk is well again.
    PositionsWell,
    /// Everything is well from now on.
    Heal,
}

/// One server as the world keeps it.
#[derive(Debug)]
struct Machine {
    clock: SimulatedMachine,
    journal: MemoryJournal,
    notebook: Notebook,
    started: Option<Started>,
    is_starting: bool,
    edition: usize,
    frozen_until: u64,
    unreachable_until: u64,
    /// Started with a person's word that the clock is right.
    accept_clock: bool,
    refused_starts: u32,
    /// The heads at which its states were last held against the journals.
    compared: Heads,
}

/// What a world is made of.
pub(crate) struct Parts {
    /// The seed of everything that is drawn.
    pub(crate) seed: u64,
    /// How large it is.
    pub(crate) size: Size,
    /// Region folders, oldest edition first; the second is the one at the beginning.
    pub(crate) editions: Vec<Arc<Region>>,
    /// What goes wrong.
    pub(crate) schedule: Vec<Planned>,
    /// How long it runs, in milliseconds.
    pub(crate) until_ms: u64,
    /// Where what happens is noted.
    pub(crate) trace: Trace,
}

/// The world of one run.
pub(crate) struct World {
    began: Instant,
    until_ms: u64,
    queue: Queue<Event>,
    wire: Arc<Wire<Started>>,
    trace: Trace,
    editions: Vec<Arc<Region>>,
    key: JournalKey,
    store: MemoryJournal,
    fixes: MemoryFixes,
    database: Option<SimulatedMachine>,
    machines: Vec<Machine>,
    terminals: Vec<Terminal>,
    dispatchers: Vec<Dispatcher>,
    links: BTreeMap<LinkId, Carried>,
    /// Links that carried nothing when their peer gave them up; the servers find out by silence.
    orphans: Vec<Carried>,
    last_link: LinkId,
    requests: Requests,
    schedule: Vec<Planned>,
    network: StdRng,
    slow_until: u64,
    lossy_until: u64,
    is_healed: bool,
    /// When a journal grew last.
    changed_at: u64,
    truth: Truth,
    seen: Seen,
    told: Acknowledged,
    fresh: Fresh,
    seed: u64,
}

impl World {
    /// A world at its beginning. Must be made within the paused runtime in which it runs.
    pub(crate) fn new(parts: Parts) -> Self {
        let Parts { seed, size, editions, schedule, until_ms, trace } = parts;
        let began = Instant::from_std(dispatch_desk::clock::steady_now());
        let shares = size.servers > 1;
        let store = if shares { MemoryJournal::new() } else { MemoryJournal::embedded() };
        let (terminals, dispatchers) = terminals::people(seed, size, &editions[1]);
        let machines = (0..size.servers)
            .map(|number| Machine {
                clock: SimulatedMachine::set_to(true_time(0), (number as i64 - 1) * 40),
                journal: store.reopen(),
                notebook: Notebook::default(),
                started: None,
                is_starting: false,
                edition: 1,
                frozen_until: 0,
                unreachable_until: 0,
                accept_clock: false,
                refused_starts: 0,
                compared: Heads::new(),
            })
            .collect();
        let mut world = Self {
            began,
            until_ms,
            queue: Queue::default(),
            wire: Arc::default(),
            trace,
            editions,
            key: JournalKey::random(),
            store,
            fixes: MemoryFixes::default(),
            database: shares.then(|| SimulatedMachine::set_to(true_time(0), 0)),
            machines,
            terminals,
            dispatchers,
            links: BTreeMap::new(),
            orphans: Vec::new(),
            last_link: 0,
            requests: Requests::default(),
            schedule,
            network: StdRng::seed_from_u64(seed ^ 0x0e7),
            slow_until: 0,
            lossy_until: 0,
            is_healed: false,
            changed_at: 0,
            truth: Truth::default(),
            seen: Seen::default(),
            told: Acknowledged::default(),
            fresh: Fresh::default(),
            seed,
        };
        world.begin();
        world
    }

    fn begin(&mut self) {
        for server in 0..self.machines.len() {
            self.queue.enter(0, Event::ServerStarts(server));
        }
        for terminal in 0..self.terminals.len() {
            let at_ms = 1_000 + 37 * terminal as u64;
            self.queue.enter(at_ms, Event::TerminalStarts { terminal, power_was_cut: true });
            self.queue.enter(at_ms + 9_000, Event::Crew(terminal));
        }
        for console in 0..self.dispatchers.len() {
            self.queue.enter(1_500, Event::ConsoleOpens(console));
            self.queue.enter(5_000 + 700 * console as u64, Event::Dispatcher(console));
        }
        for (place, planned) in self.schedule.iter().enumerate() {
            self.queue.enter(planned.at_ms, Event::Fault(place));
        }
        self.queue.enter(SECOND_MS, Event::Second);
        self.queue.enter(self.until_ms.saturating_sub(SETTLING_MS), Event::Heal);
    }

    /// Runs to the end. Gives the trace, and what did not hold.
    pub(crate) async fn run(mut self) -> (Trace, Result<(), Violation>) {
        let held = self.run_on().await;
        (self.trace, held)
    }

    async fn run_on(&mut self) -> Result<(), Violation> {
        let wire = self.wire.clone();
        loop {
            let next = self.queue.next_at().unwrap_or(self.until_ms).min(self.until_ms);
            let due = self.began + Duration::from_millis(next);
            tokio::select! {
                biased;
                () = wire.stirred.notified() => {}
                () = sleep_until(due) => {}
            }
            let now_ms = self.now_ms();
            let outgoing = self.wire.take_all();
            let is_stirred = !outgoing.is_empty();
            outgoing.into_iter().try_for_each(|one| self.came_out(one, now_ms))?;
            if is_stirred {
                self.look_at_journals(now_ms)?;
            }
            if now_ms >= self.until_ms {
                return self.look_at_the_end(now_ms);
            }
            while let Some(event) = self.queue.take_due(now_ms) {
                self.happens(event, now_ms)?;
            }
        }
    }

    fn now_ms(&self) -> u64 {
        let since = Instant::from_std(dispatch_desk::clock::steady_now()) - self.began;
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }

    fn happens(&mut self, event: Event, now_ms: u64) -> Result<(), Violation> {
        match event {
            Event::Second => self.second(now_ms)?,
            Event::Look { terminal, life } => self.look(terminal, life, now_ms),
            Event::Crew(_) | Event::Dispatcher(_) if now_ms + QUIET_MS > self.until_ms => {}
            Event::Crew(terminal) => self.crew_looks(terminal, now_ms)?,
            Event::Opening { terminal, life } => self.opening_ends(terminal, life, now_ms),
            Event::Stored { terminal, life } => self.batch_ends(terminal, life, now_ms),
            Event::TerminalStarts { terminal, power_was_cut } => {
                self.start_terminal(terminal, power_was_cut, now_ms);
            }
            Event::Up(link, message) => self.arrives_at_server(link, message, now_ms),
            Event::Down(link, message) => self.arrives_at_peer(link, &message, now_ms)?,
            Event::HungUp(link) => self.hung_up(link, now_ms),
            Event::ConsoleOpens(console) => self.open_console(console, now_ms),
            Event::ConsolePings(console) => self.ping_from_console(console, now_ms),
            Event::Dispatcher(console) => self.dispatcher_commands(console, now_ms),
            Event::Request { console, server, command, arrival } => {
                self.request_arrives(console, server, &command, arrival, now_ms);
            }
            Event::Answered { console, answered } => {
                self.answer_arrives(console, answered, now_ms)?;
            }
            Event::Unanswered { console, command, tries } => {
                self.ask_again(console, &command, tries, now_ms);
            }
            Event::ServerStarts(server) => self.start_server(server, now_ms),
            Event::Fault(place) => self.goes_wrong(place, now_ms),
            Event::Thaw(server) => self.thaw(server, now_ms),
            Event::DiskWell(terminal) => self.terminals[terminal].disk.fail(None),
            Event::PositionsWell => self.fixes.fail(false),
            Event::Heal => self.heal(now_ms),
        }
        Ok(())
    }
}
