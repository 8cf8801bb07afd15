//! Replays a record of past incidents against a running server: real sockets, real agents, the record's spacing, and a
//! comparison of what happened then with what happens now.
//!
//! The server keeps its own clock. At a higher speed crews drive, and callers call, so many times faster, and what the
//! server measured is told in seconds of the record; an answer that takes 20 ms then costs 20 ms times the speed.

mod comparison;
mod day;
mod handling;
mod html;
mod journal_of_play;
mod pace;
mod patients;
mod settings;
mod table;
pub mod truth;

pub use comparison::{Compared, Comparison, Group, Row};
pub use day::{Day, cut};
pub use html::html;
pub use journal_of_play::{Played, Sent};
pub use pace::bearable_speed;
pub use settings::{Dispatcher, ReplaySettings};
pub use table::{csv, text};

use crate::clock::unix_millis;
use crate::fleet::{Fleet, FleetError, OnTheRoad, set_out};
use crate::incidents::format::{ReadError, read_file};
use crate::incidents::moment::{self, Zone};
use crate::incidents::{FileProblem, Problems, check_places};
use crate::province::Province;
use handling::{Handling, Play};
use journal_of_play::Book;
use pace::Pace;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Incidents under way at once; the peak of a province is far below. A call beyond waits in line.
const MOST_AT_ONCE: usize = 500;
/// Real time for vehicles to come online before the first call.
const COME_ONLINE: Duration = Duration::from_secs(2);
/// Between two progress lines.
const PROGRESS_EVERY: Duration = Duration::from_secs(10);

/// Why nothing was replayed.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The record.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Incidents that the region cannot play.
    #[error("{0}: {1} incidents cannot be played in this region; --skip-bad leaves them out:\n{2}")]
    NotHere(PathBuf, usize, Problems),
    /// What was asked for.
    #[error("{0}")]
    Asked(String),
    /// The vehicles.
    #[error(transparent)]
    Fleet(#[from] FleetError),
    /// The result.
    #[error("the result cannot be written to {0}: {1}")]
    Write(PathBuf, std::io::Error),
}

/// Replays, and writes the comparison; what there is of it when `stop` is called before the end.
///
/// # Errors
/// When the record, the region or the keys cannot be used, or the result cannot be written.
pub async fn run(
    settings: ReplaySettings,
    stop: CancellationToken,
) -> Result<Comparison, ReplayError> {
    let province = Province::load(&settings.access.region).map_err(FleetError::from)?;
    let day = read_day(&settings, &province)?;
    let fleet_stop = CancellationToken::new();
    let road = set_out(settings.fleet(), province, fleet_stop.clone()).await?;
    tokio::select! {
        () = stop.cancelled() => {}
        () = tokio::time::sleep(COME_ONLINE) => {}
    }
    let (book, pace) = (Arc::new(Book::default()), Arc::new(Pace::default()));
    let wanted = day.incidents.len();
    play(&settings, &road, day, (&book, &pace), &stop).await;
    let mut played = book.all();
    // Those that ended were read as they did: a thousand more questions would hold up whoever pressed Ctrl-C.
    for one in played.iter_mut().filter(|one| !one.ended) {
        look_up(&road, one).await;
    }
    fleet_stop.cancel();
    road.farewell().await;
    let comparison = Comparison::new(&played, wanted, settings.speed);
    let comparison = comparison.at_lag(pace.lag_seconds());
    println!("{}", text(&comparison));
    write(&settings, &comparison)?;
    Ok(comparison)
}

fn read_day(settings: &ReplaySettings, province: &Province) -> Result<Day, ReplayError> {
    let offset_minutes = province.region.settings.time_zone_offset_minutes;
    let zone = match &settings.zone {
        Some(text) => Zone::parse(text).map_err(ReplayError::Asked)?,
        None => Zone::Fixed(offset_minutes),
    };
    let mut reading = read_file(&settings.incidents, settings.format, zone)?;
    for note in &reading.notes {
        println!("{note}");
    }
    let (inside, outside) = check_places(std::mem::take(&mut reading.incidents), &province.region);
    if !outside.is_empty() && !settings.skip_bad {
        return Err(not_here(&settings.incidents, outside));
    }
    if !outside.is_empty() {
        println!("left out: {} incidents outside the region", outside.len());
    }
    reading.incidents = inside;
    let day = cut(
        reading,
        settings.from.as_deref(),
        zone,
        offset_minutes,
        settings.most.map(NonZeroUsize::get),
    )
    .map_err(ReplayError::Asked)?;
    println!(
        "{} incidents from {} on, {} before; {} seconds of the record in one",
        day.incidents.len(),
        moment::format(day.from, offset_minutes),
        day.before,
        settings.speed
    );
    Ok(day)
}

fn not_here(file: &std::path::Path, outside: Vec<FileProblem>) -> ReplayError {
    let mut problems = Problems::default();
    let count = outside.len();
    outside.into_iter().for_each(|problem| problems.add(problem));
    ReplayError::NotHere(file.to_owned(), count, problems)
}

async fn play(
    settings: &ReplaySettings,
    road: &OnTheRoad,
    day: Day,
    (book, pace): (&Arc<Book>, &Arc<Pace>),
    stop: &CancellationToken,
) {
    let fleet = &road.fleet;
    let play = Play {
        api: road.api.clone(),
        clock: fleet.clock,
        starts: fleet.clock.seconds(),
        from: day.from,
        truths: fleet.truths.clone(),
        tally: fleet.tally.clone(),
        book: book.clone(),
        pace: pace.clone(),
        dispatcher: settings.dispatcher,
        stop: stop.clone(),
        run_name: format!("r{}", unix_millis()),
    };
    let tasks = TaskTracker::new();
    let handings_over = hand_over(&play, fleet, day, &tasks);
    let all = async {
        let wanted = handings_over.await;
        tasks.close();
        tasks.wait().await;
        wanted
    };
    tokio::select! {
        _ = all => {}
        () = stop.cancelled() => println!("stopped; what was played so far is compared"),
        () = report_progress(&play, fleet) => {}
    }
    tasks.close();
    tasks.wait().await;
}

/// Puts each incident into a dispatcher's hands shortly before its call.
async fn hand_over(play: &Play, fleet: &Arc<Fleet>, day: Day, tasks: &TaskTracker) -> usize {
    let seats = Arc::new(Semaphore::new(MOST_AT_ONCE));
    let wanted = day.incidents.len();
    for (index, past) in day.incidents.into_iter().enumerate() {
        let Some((centre, nearby)) = fleet.province.owner_and_address(past.place) else { continue };
        let address = if past.address.is_empty() { nearby } else { past.address.clone() };
        let due = play.starts + (past.received - play.from) as f64 / 1000.0;
        play.clock.wait_until(due).await;
        let Ok(seat) = seats.clone().acquire_owned().await else { break };
        let handling =
            Handling { play: play.clone(), index, past: Arc::new(past), centre, address };
        tasks.spawn(async move {
            handling.handle().await;
            drop(seat);
        });
    }
    wanted
}

async fn report_progress(play: &Play, fleet: &Fleet) {
    let offset = fleet.province.region.settings.time_zone_offset_minutes;
    loop {
        tokio::time::sleep(PROGRESS_EVERY).await;
        let passed = ((play.clock.seconds() - play.starts) * 1000.0) as i64;
        let (begun, ended) = play.book.counts();
        let moment = moment::format((play.from + passed) / 1000 * 1000, offset);
        println!("{moment}: {begun} begun, {ended} ended; {}", play.tally);
    }
}

/// Reads how far an incident came that has not ended.
async fn look_up(road: &OnTheRoad, played: &mut Played) {
    let Some(incident) = &played.incident else { return };
    match road.api.in_a_hurry().incident(incident).await {
        Ok(view) => played.fill_in(&view),
        Err(_) => played.notes.push("the server did not tell how it ended".to_owned()),
    }
}

fn write(settings: &ReplaySettings, comparison: &Comparison) -> Result<(), ReplayError> {
    let failed = |error| ReplayError::Write(settings.out.clone(), error);
    std::fs::create_dir_all(&settings.out).map_err(failed)?;
    let (table, page) = (settings.out.join("comparison.csv"), settings.out.join("comparison.html"));
    std::fs::write(&table, csv(comparison)).map_err(failed)?;
    std::fs::write(&page, html(comparison)).map_err(failed)?;
    println!("written: {} and {}", table.display(), page.display());
    Ok(())
}
