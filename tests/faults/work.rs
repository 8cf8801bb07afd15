//! Everybody at work while things break: desks, consoles, the province's vehicles; and how long it takes until
//! all of them are served again.

use crate::faults::Fault;
use crate::figures::Round;
use crate::gear::{
    Book, Console, Crowd, Fleet, Goal, Person, Reported, Site, in_time,
    until_every_server_acknowledges,
};
use crate::set_backs::{self, Happened};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Consoles that look on.
const CONSOLES: usize = 4;
/// Between two looks at whether all links are up.
const LOOK_EVERY: Duration = Duration::from_millis(25);
/// Links that are told to leave have left after this.
const SPREADS_WITHIN: Duration = Duration::from_millis(500);

/// Everybody at work.
pub(crate) struct Work {
    site: Arc<Site>,
    prober: Person,
    /// Made side by side, so a book for each: nothing is said about their order.
    probes: Vec<Book>,
    crowd: Crowd,
    consoles: Consoles,
    fleet: Fleet,
    links: usize,
    set_backs: Vec<Happened>,
}

/// What is known when all have stopped.
pub(crate) struct Done {
    pub(crate) books: Vec<Book>,
    pub(crate) reported: Vec<Reported>,
    pub(crate) consoles: Consoles,
    pub(crate) set_backs: Vec<Happened>,
}

impl Work {
    /// Sets everybody to work and waits until all links are up.
    pub(crate) async fn begin(site: Arc<Site>, seed: u64, vehicles: usize) -> Self {
        let (officer, front) = (site.officer().await, site.front.address);
        let fleet = Fleet::set_out(front, site.folder(), &site.keys(), vehicles, seed);
        let consoles = Consoles::open(&site, &officer);
        let crowd = Crowd::begin(&officer, seed);
        let (prober, probes, links) = (officer, Vec::new(), vehicles + CONSOLES);
        let set_backs = Vec::new();
        let work = Self { site, prober, probes, crowd, consoles, fleet, links, set_backs };
        in_time("all links", until_linked(&work.site, links)).await;
        work
    }

    /// Lives through some faults at a time and waits until all is as before.
    pub(crate) async fn suffer(&mut self, faults: Vec<Fault>) -> Round {
        in_time("links to be spread", until_spread(&self.site, self.links)).await;
        self.crowd.take_longest_silence();
        let over = CancellationToken::new();
        let away = tokio::spawn(longest_away(self.site.clone(), self.links, over.clone()));
        let began = Instant::now();
        let mut ends = JoinSet::new();
        for fault in faults.iter().copied() {
            fault.begin(&self.site);
            let site = self.site.clone();
            let prober = self.prober.clone();
            ends.spawn(async move {
                if let Some(way) = fault.kind.way_back() {
                    return Some(set_backs::happen(&site, way, fault, &prober).await);
                }
                tokio::time::sleep_until((began + fault.lasts).into()).await;
                fault.end(&site);
                None
            });
        }
        self.set_backs.extend(ends.join_all().await.into_iter().flatten());
        let healed = Instant::now();
        let commands = self.until_all_acknowledge().await;
        in_time("all links to be back", until_linked(&self.site, self.links)).await;
        let links = healed.elapsed();
        set_backs::until_all_are_ready(&self.prober).await;
        let silence = self.crowd.take_longest_silence();
        over.cancel();
        Round { faults, commands, links, silence, links_away: away.await.unwrap() }
    }

    /// Waits until each server by itself has acknowledged a command; gives the time that the last needed.
    async fn until_all_acknowledge(&mut self) -> Duration {
        let began = Instant::now();
        let probes = until_every_server_acknowledges(&self.prober).await;
        let book = |probe| Book { acknowledged: vec![probe], ..Book::default() };
        self.probes.extend(probes.into_iter().map(book));
        began.elapsed()
    }

    /// Lets everybody come to an end, except the consoles.
    pub(crate) async fn finish(self) -> Done {
        let mut books = self.crowd.finish().await;
        books.extend(self.probes);
        let reported = self.fleet.come_home().await;
        Done { books, reported, consoles: self.consoles, set_backs: self.set_backs }
    }
}

/// The consoles, each in a task of its own.
pub(crate) struct Consoles {
    looking: JoinSet<Console>,
    goal: watch::Sender<Goal>,
}

impl Consoles {
    fn open(site: &Site, officer: &Person) -> Self {
        let (mut looking, goal) = (JoinSet::new(), watch::Sender::new(None));
        for _ in 0..CONSOLES {
            let console = Console::before(site.front.address, officer.cookie());
            looking.spawn(console.look_on(goal.subscribe()));
        }
        Self { looking, goal }
    }

    /// Waits until all have seen everything up to these versions.
    pub(crate) async fn see_all(self, heads: BTreeMap<String, u64>) -> Vec<Console> {
        self.goal.send_replace(Some(heads));
        in_time("the consoles to see all", self.looking.join_all()).await
    }
}

async fn until_linked(site: &Site, links: usize) {
    while site.front.links() < links {
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Spreads the links over the servers, since those of one that failed stay where they went.
async fn until_spread(site: &Site, links: usize) {
    while !site.front.is_even() {
        site.front.spread();
        tokio::time::sleep(SPREADS_WITHIN).await;
        until_linked(site, links).await;
    }
}

/// The longest time in one piece in which not all links were up.
async fn longest_away(site: Arc<Site>, links: usize, over: CancellationToken) -> Duration {
    let (mut longest, mut all_up_at) = (Duration::ZERO, Instant::now());
    while !over.is_cancelled() {
        if site.front.links() >= links {
            all_up_at = Instant::now();
        }
        longest = longest.max(all_up_at.elapsed());
        tokio::time::sleep(LOOK_EVERY).await;
    }
    longest
}
