//! The stores of a server and what is loaded from them, opened before any port is bound; nothing runs yet.

use super::ServeError;
use crate::history::{History, HistoryTask, hear_last_run};
use crate::people::People;
use crate::rank::speeds;
use crate::reports::Reports;
use crate::roads::{self, RoadStore, Roads};
use crate::settings::ServeSettings;
use crate::settings::{BadSetting, journal_key, witness};
use crate::stores::{AnyJournal, Storage, open_history, open_reports};
use dispatch_core::Rules;
use dispatch_desk::clock::check_start;
use dispatch_desk::desk::{Desk, DeskError, DeskTask};
use dispatch_desk::journal::{JournalKey, LoadError};
use dispatch_desk::space::{Space, SpaceWatch};
use region::Region;
use std::sync::Arc;

/// Everything that is kept, and the tasks that will write it.
pub(super) struct Stores {
    pub(super) journal: AnyJournal,
    pub(super) key: JournalKey,
    pub(super) desk: Desk,
    pub(super) desk_task: DeskTask,
    pub(super) people: People,
    pub(super) roads: Arc<Roads>,
    pub(super) history: History,
    pub(super) history_task: HistoryTask,
    pub(super) reports: Option<Reports>,
    pub(super) space: Option<Space>,
    pub(super) space_watch: Option<SpaceWatch>,
}

/// Opens them all, and judges the clock by what they say.
///
/// # Errors
/// When a setting cannot be worked with, a store cannot be opened, or the clock is not believed.
pub(super) async fn open(settings: &ServeSettings, region: &Region) -> Result<Stores, ServeError> {
    let network = load_roads(settings, region)?;
    let clock = settings.clock.clone();
    let storage = settings.storage();
    let journal = match &settings.journal_in_memory {
        Some(journal) => AnyJournal::Memory(Arc::new(journal.clone())),
        None => AnyJournal::open(&storage).await?,
    };
    let database = journal.open_people(&storage).await?;
    let roads = Roads::new(network, speeds(region));
    let roads = Arc::new(roads.with_store(RoadStore::new(database.clone(), clock.clone())).await?);
    roads.prepare_later();
    let people = People::open(database, settings.sessions, clock.clone()).await?;
    let (history, history_task) =
        open_history(&storage, settings.keep_positions_days, clock.clone()).await?;
    let (space, space_watch) = watch_space(settings);
    let history_task = history_task.within(space.clone().unwrap_or_else(Space::unwatched));
    let reports = open_reports(&storage, region).await?;
    let centres = region.centres.iter().map(|centre| centre.id.as_str().into()).collect();
    let key = journal_key(settings.journal_key.as_deref(), &settings.data)?;
    let witness = witness(&settings.data, key.clone())?;
    let (desk, desk_task) =
        Desk::open_with(journal.journal(), witness, rules(region), centres, clock).await?;
    let desk_task = desk_task.within(space.clone().unwrap_or_else(Space::unwatched));
    set_clock(settings, &journal, &desk).await?;
    let recorded = (!settings.accept_clock).then(|| desk.newest());
    hear_last_run(&settings.clock, recorded, &history).await;
    Ok(Stores {
        journal,
        key,
        desk,
        desk_task,
        people,
        roads,
        history,
        history_task,
        reports,
        space,
        space_watch,
    })
}

/// The embedded store's disk; that of the shared database is watched where it is.
fn watch_space(settings: &ServeSettings) -> (Option<Space>, Option<SpaceWatch>) {
    match settings.storage() {
        Storage::Embedded(folder) => {
            let (space, watch) = SpaceWatch::begin(folder, settings.disk_reserve_bytes);
            (Some(space), Some(watch))
        }
        Storage::Shared(_) => (None, None),
    }
}

/// Judges the clock by what is there at a start, and refuses one that nobody should record by.
async fn set_clock(
    settings: &ServeSettings,
    journal: &AnyJournal,
    desk: &Desk,
) -> Result<(), ServeError> {
    let clock = &settings.clock;
    let database =
        journal.database_time().await.map_err(LoadError::from).map_err(DeskError::from)?;
    let newest = desk.newest();
    clock.began_beside(newest);
    match check_start(clock.now(), newest, database.map(|it| it.time)) {
        Ok(()) => clock.not_before(newest),
        Err(why) if settings.accept_clock => {
            tracing::warn!(%why, "the clock is accepted all the same")
        }
        Err(why) => return Err(why.into()),
    }
    if let Some(database) = database {
        clock.hear_database(database);
    }
    clock.assess();
    Ok(())
}

/// The road network, before anything is opened.
fn load_roads(
    settings: &ServeSettings,
    region: &Region,
) -> Result<Option<road_network::RoadNetwork>, BadSetting> {
    roads::network(settings.roads.as_deref(), &settings.region, region)
        .map_err(|why| BadSetting::new("--roads", "HELAN_ROADS", why.to_string()))
}

fn rules(region: &Region) -> Rules {
    let expiry = region.settings.norms.order_expiry_seconds;
    Rules { order_expiry_seconds: expiry.into(), ..Rules::default() }
}
