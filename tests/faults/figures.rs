//! What a run measured, as text that `docs/reliability.md` can take over.

use crate::faults::{Fault, Kind};
use crate::gear::{Book, Console, Journals, Reported};
use crate::province::RunSettings;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// One round: some faults at a time, and how long until all was as before.
#[derive(Clone, Debug)]
pub(crate) struct Round {
    pub(crate) faults: Vec<Fault>,
    /// From the end of the last fault until every server by itself had acknowledged a command.
    pub(crate) commands: Duration,
    /// From then until every link of vehicles and consoles was up.
    pub(crate) links: Duration,
    /// The longest time without an acknowledgement of any server.
    pub(crate) silence: Duration,
    /// The longest time in one piece in which not all links were up, the faults included.
    pub(crate) links_away: Duration,
}

impl fmt::Display for Round {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let faults: Vec<String> = self.faults.iter().map(ToString::to_string).collect();
        write!(
            f,
            "{}: longest silence {}, then commands {}, links {} after its end; links away {}",
            faults.join(" + "),
            seconds(self.silence),
            seconds(self.commands),
            seconds(self.links),
            seconds(self.links_away)
        )
    }
}

/// All figures of a run.
#[derive(Debug)]
pub(crate) struct Figures {
    settings: RunSettings,
    pub(crate) lasted: Duration,
    pub(crate) rounds: Vec<Round>,
    counts: Vec<(&'static str, u64)>,
    answers: Vec<Duration>,
}

impl Figures {
    pub(crate) fn of(settings: RunSettings) -> Self {
        Self {
            settings,
            lasted: Duration::ZERO,
            rounds: Vec::new(),
            counts: Vec::new(),
            answers: Vec::new(),
        }
    }

    /// Counts what was done.
    pub(crate) fn count(
        &mut self,
        journals: &Journals,
        books: &[Book],
        reported: &[Reported],
        consoles: &[Console],
    ) {
        let of_books = |count: fn(&Book) -> u64| books.iter().map(count).sum::<u64>();
        let of_terminals = |count: fn(&Reported) -> u64| reported.iter().map(count).sum::<u64>();
        let of_consoles = |count: fn(&Console) -> u32| consoles.iter().map(count).sum::<u32>();
        self.counts = vec![
            ("events in the journals", journals.heads().values().sum()),
            ("commands of desks acknowledged", of_books(|book| book.acknowledged.len() as u64)),
            ("commands of desks refused by the rules", of_books(|book| book.refused.len() as u64)),
            ("tries repeated at another server", of_books(|book| book.repeats)),
            ("sign-ins made anew", of_books(|book| book.signed_in_anew.into())),
            ("commands refused for an incident not yet known", of_books(|book| book.stale)),
            ("commands of crews recorded", of_terminals(|terminal| terminal.commands)),
            ("fixes recorded", of_terminals(|terminal| terminal.fixes)),
            ("console links opened", of_consoles(|console| console.links).into()),
            ("whole pictures sent to consoles", of_consoles(|it| it.picture.feed.snapshots).into()),
        ];
        let acknowledged = books.iter().flat_map(|book| &book.acknowledged);
        self.answers = acknowledged.map(|command| command.took).collect();
        self.answers.sort_unstable();
    }

    /// Counts how often the journal went back, and what was lost with it.
    pub(crate) fn count_set_backs(&mut self, times: usize, lost: u64) {
        self.counts.push(("times the journal went back", times as u64));
        self.counts.push(("acknowledged commands lost with it, each named and kept aside", lost));
    }

    fn answer_at(&self, share: f64) -> Duration {
        let last = self.answers.len().saturating_sub(1);
        self.answers.get((last as f64 * share) as usize).copied().unwrap_or_default()
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RunSettings { seed, vehicles, .. } = self.settings;
        let minutes = self.lasted.as_secs_f64() / 60.0;
        writeln!(f, "\nseed {seed}, {vehicles} vehicles, {minutes:.1} minutes of faults")?;
        for (what, count) in &self.counts {
            writeln!(f, "{count:>9} {what}")?;
        }
        let [p50, p99, worst] = [0.5, 0.99, 1.0].map(|share| seconds(self.answer_at(share)));
        writeln!(f, "time to acknowledgement: p50 {p50}, p99 {p99}, longest {worst}")?;
        writeln!(f, "\n{}", table(&self.rounds))
    }
}

/// A row for each kind that came alone, and one for those that came in pairs: medians and worst.
fn table(rounds: &[Round]) -> String {
    let mut groups: BTreeMap<Option<Kind>, Vec<&Round>> = BTreeMap::new();
    for round in rounds {
        let alone = (round.faults.len() == 1).then(|| round.faults[0].kind);
        groups.entry(alone).or_default().push(round);
    }
    let mut text = String::from(
        "| fault | times | longest silence of all servers | commands everywhere after its end | all links after its end | links away in one piece |\n\
         |---|---|---|---|---|---|\n",
    );
    for (kind, rounds) in groups {
        let name = kind.map_or("two at a time".to_owned(), |kind| kind.to_string());
        let of = |value: fn(&Round) -> Duration| {
            let mut values: Vec<Duration> = rounds.iter().map(|round| value(round)).collect();
            values.sort_unstable();
            format!("{} / {}", seconds(values[values.len() / 2]), seconds(values[values.len() - 1]))
        };
        text.push_str(&format!(
            "| {name} | {} | {} | {} | {} | {} |\n",
            rounds.len(),
            of(|round| round.silence),
            of(|round| round.commands),
            of(|round| round.links),
            of(|round| round.links_away)
        ));
    }
    text
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}
