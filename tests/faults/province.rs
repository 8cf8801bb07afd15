//! The fault run: three servers under the simulated province, everything that can break broken by a seed's
//! schedule, and after each round the demand that all comes back by itself.

use crate::clock_jumps;
use crate::faults::{Kind, Schedule};
use crate::figures::Figures;
use crate::gear::{Journals, SMALL_SEGMENTS, Site, SiteSettings, fixes, now_ms, verify};
use crate::set_backs::{SetBacks, numbers_are_given_once};
use crate::truth;
use crate::work::Work;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Calm before each round, in which work goes on.
const CALM: Duration = Duration::from_secs(1);

/// How a run is made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RunSettings {
    pub(crate) seed: u64,
    pub(crate) vehicles: usize,
    /// For so long rounds begin; without it the run is short and brings every kind once.
    pub(crate) lasts: Option<Duration>,
}

/// Runs, checks, and gives the figures.
pub(crate) async fn run(settings: RunSettings) -> Figures {
    println!("seed {}, {} vehicles", settings.seed, settings.vehicles);
    let began_at = now_ms();
    let site = Arc::new(
        Site::open(SiteSettings {
            initdb: SMALL_SEGMENTS,
            clocks_may_jump: true,
            ..SiteSettings::default()
        })
        .await,
    );
    let mut work = Work::begin(site.clone(), settings.seed, settings.vehicles).await;
    let mut figures = Figures::of(settings);
    let (began, mut faults_so_far) = (Instant::now(), 0);
    for faults in Schedule::new(settings.seed, settings.lasts.is_none()) {
        let is_over = match settings.lasts {
            Some(lasts) => began.elapsed() >= lasts,
            None => faults_so_far >= Kind::ALL.len(),
        };
        if is_over {
            break;
        }
        faults_so_far += faults.len();
        tokio::time::sleep(CALM).await;
        let round = work.suffer(faults).await;
        println!("{:>6.1} s  {round}", began.elapsed().as_secs_f64());
        figures.rounds.push(round);
    }
    figures.lasted = began.elapsed();

    // Everybody stops in good order; only the consoles look on, until they have seen the last of it.
    let done = work.finish().await;
    let verdict = tokio::task::block_in_place(|| verify(&site.database()));
    assert!(verdict.ends_with("The journal is whole.\n"), "{verdict}");
    let heads = Journals::read(&site.database()).await.heads();
    let consoles = done.consoles.see_all(heads).await;
    // Read once more: orders that nobody received run out by themselves for two minutes yet.
    let journals = Journals::read(&site.database()).await;
    let mut set_backs = SetBacks::seen(&journals, &done.set_backs, site.kept_aside());
    set_backs.are_written_down();
    numbers_are_given_once(&done.books);
    truth::commands(&journals, &done.books, |command| set_backs.account_for(command));
    truth::tasks(&journals);
    clock_jumps::nothing_was_recorded_by_a_wrong_clock(&journals, began_at);
    let all_fixes = done.set_backs.is_empty();
    truth::reports(&journals, &fixes(&site.database()).await, &done.reported, all_fixes);
    for console in &consoles {
        for centre in journals.0.keys() {
            let seen = console.picture.feed.versions.get(centre.as_str()).copied().unwrap_or(0);
            console.picture.assert_shows(&journals.folded_to(centre, seen));
        }
    }
    let lost = set_backs.lost;
    figures.count(&journals, &done.books, &done.reported, &consoles);
    figures.count_set_backs(done.set_backs.len(), lost);
    figures
}
