//! One server: the real desk, live links, feed and clock over stores in memory, as `serve` puts them together, without
//! ports, people and report tables.

use crate::network::{LinkId, NotDone, Outgoing, ServerEnd, Wire, answered};
use dispatch_core::Rules;
use dispatch_core::model::{CentreId, PersonId, Timestamp, VehicleId};
use dispatch_core::recommend::StraightLineSettings;
use dispatch_desk::clock::{Clock, DatabaseTime, SimulatedMachine, check_start, steady_now};
use dispatch_desk::desk::{CommandError, Desk, Done, Lending};
use dispatch_desk::journal::memory::MemoryJournal;
use dispatch_desk::journal::{JournalKey, Notebook, RegionStanding, Witness};
use dispatch_server::commands::{ForDesk, read_command};
use dispatch_server::history::{History, MemoryFixes, hear_last_run};
use dispatch_server::live::{Live, LiveSettings, Viewer};
use dispatch_server::roads::Roads;
use dispatch_server::service_entry::take_region;
use dispatch_server::stores::AnyJournal;
use region::Region;
use std::sync::Arc;
use tokio::task::{AbortHandle, JoinHandle};
use tokio_util::sync::CancellationToken;
use wire_protocol::command_request::CommandRequest;

/// Slots of a simulated server's fleet index: more vehicles than any simulated region has.
const MOST_VEHICLES: u32 = 512;

/// What a server starts with.
#[derive(Clone, Debug)]
pub(crate) struct Beginning {
    /// Its number.
    pub(crate) number: usize,
    /// Its connection to the journal.
    pub(crate) journal: MemoryJournal,
    /// Its positions.
    pub(crate) fixes: MemoryFixes,
    /// The region folder that it starts with.
    pub(crate) region: Arc<Region>,
    /// Its machine's clock.
    pub(crate) machine: SimulatedMachine,
    /// The database's clock, where servers share one.
    pub(crate) database: Option<SimulatedMachine>,
    /// The key of the installation.
    pub(crate) key: JournalKey,
    /// What its machine remembers of the journals.
    pub(crate) notebook: Notebook,
    /// Whether a person said that the clock is right whatever the journal says.
    pub(crate) accept_clock: bool,
}

/// A server that runs.
#[derive(Clone)]
pub(crate) struct Started {
    /// The state, and what changes it.
    pub(crate) desk: Desk,
    /// Links and feed.
    pub(crate) live: Live,
    journal: MemoryJournal,
    clock: Clock,
    region: Arc<Region>,
    stop: CancellationToken,
    stores_stop: CancellationToken,
    writers: Arc<[JoinHandle<()>; 2]>,
}

impl std::fmt::Debug for Started {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Started")
    }
}

impl Started {
    /// Whether it goes by a time from which no clock brings a running server back.
    pub(crate) fn is_too_far_off(&self, right: Timestamp) -> bool {
        self.clock.now().seconds_since(right).abs() > 24.0 * 3_600.0
    }
}

/// Starts a server; the wire hears of it.
pub(crate) fn start(beginning: Beginning, wire: Arc<Wire<Started>>) -> AbortHandle {
    let starting = async move {
        let number = beginning.number;
        let started = begin(beginning).await;
        wire.put(Outgoing::Started(number, Box::new(started)));
    };
    tokio::spawn(starting).abort_handle()
}

async fn begin(beginning: Beginning) -> Result<Started, String> {
    let Beginning { journal, fixes, region, machine, database, key, notebook, .. } = beginning;
    let clock = Clock::simulated(machine);
    let centres: Vec<CentreId> = region.centres.iter().map(|it| it.id.as_str().into()).collect();
    let rules = Rules {
        order_expiry_seconds: region.settings.norms.order_expiry_seconds.into(),
        ..Rules::default()
    };
    let opened = Desk::open_with(
        Arc::new(journal.clone()),
        Witness::with_notebook(key, notebook),
        rules,
        centres,
        clock.clone(),
    );
    let (desk, desk_task) = opened.await.map_err(|error| error.to_string())?;
    set_clock(&clock, &desk, database.as_ref(), beginning.accept_clock)?;
    let (history, history_task) = History::in_memory(&fixes, clock.clone());
    hear_last_run(&clock, (!beginning.accept_clock).then(|| desk.newest()), &history).await;
    let (stop, stores_stop) = (CancellationToken::new(), CancellationToken::new());
    tokio::spawn(desk.clone().keep_time(stores_stop.clone()));
    let writers = Arc::new([
        tokio::spawn(desk_task.run(stores_stop.clone())),
        tokio::spawn(history_task.run(stores_stop.clone())),
    ]);
    let any = AnyJournal::Memory(Arc::new(journal.clone()));
    let standing = take_region(&any, &desk, &region, clock.now()).await;
    let settings = LiveSettings {
        most_vehicles: MOST_VEHICLES,
        region_is_old: standing.map_err(|error| error.to_string())? == RegionStanding::NotNewer,
        journal_name: database.is_some().then(|| "simulated".to_owned()),
        ..LiveSettings::default()
    };
    let roads = Arc::new(Roads::new(None, StraightLineSettings::default()));
    let live = Live::start(
        desk.clone(),
        history,
        region.clone(),
        roads,
        settings,
        clock.clone(),
        stop.clone(),
    );
    live.restore_positions().await;
    Ok(Started { desk, live, journal, clock, region, stop, stores_stop, writers })
}

fn set_clock(
    clock: &Clock,
    desk: &Desk,
    database: Option<&SimulatedMachine>,
    accept_clock: bool,
) -> Result<(), String> {
    let newest = desk.newest();
    clock.began_beside(newest);
    let told = database.map(|machine| DatabaseTime { time: machine.time(), at: steady_now() });
    match check_start(clock.now(), newest, told.map(|it| it.time)) {
        Ok(()) => clock.not_before(newest),
        Err(_) if accept_clock => {}
        Err(refused) => return Err(refused.to_string()),
    }
    if let Some(told) = told {
        clock.hear_database(told);
    }
    clock.assess();
    Ok(())
}

impl Started {
    /// Runs a terminal's link.
    pub(crate) fn carry_terminal(
        &self,
        vehicle: VehicleId,
        socket: ServerEnd<Started>,
    ) -> AbortHandle {
        let live = self.live.clone();
        tokio::spawn(async move { live.agent_link(vehicle, socket).await }).abort_handle()
    }

    /// Runs a console's link.
    pub(crate) fn carry_console(&self, person: &str, socket: ServerEnd<Started>) -> AbortHandle {
        let live = self.live.clone();
        let sees = self.region.centres.iter().map(|it| it.id.as_str().into()).collect();
        let session_ended = CancellationToken::new();
        let viewer = Viewer { person: PersonId::from(person), sees, session_ended };
        tokio::spawn(async move { live.console_link(viewer, socket).await }).abort_handle()
    }

    /// Carries out a request, as the route of commands does; the wire hears of it.
    pub(crate) fn request(
        &self,
        number: usize,
        link: LinkId,
        person: &str,
        request: CommandRequest,
        wire: Arc<Wire<Started>>,
    ) -> AbortHandle {
        let (started, person) = (self.clone(), PersonId::from(person));
        let doing = async move {
            let done = started.execute(person, request).await;
            wire.put(Outgoing::Answer(number, link, done));
        };
        tokio::spawn(doing).abort_handle()
    }

    async fn execute(&self, person: PersonId, request: CommandRequest) -> Result<Done, NotDone> {
        let centre = CentreId::from(request.centre.as_str());
        let checked = read_command(&self.region, request);
        let checked = checked.map_err(|error| NotDone::told(format!("refused: {error:?}")))?;
        let is_online = |vehicle: &VehicleId| self.live.is_online(vehicle);
        answered(match checked.for_desk(&self.desk, centre, person, is_online) {
            ForDesk::Lend(lending) => self.lend(lending).await,
            ForDesk::AtCentre(envelope) => self.desk.execute(*envelope).await,
        })
    }

    async fn lend(&self, lending: Lending) -> Result<Done, CommandError> {
        let every: Vec<CentreId> =
            self.region.centres.iter().map(|it| it.id.as_str().into()).collect();
        self.desk.lend_from(lending, &every).await
    }

    /// Writes sessions, as servers do every ten seconds; what cannot be written now is written the next time.
    pub(crate) fn write_sessions(&self) {
        let journal = self.journal.clone();
        tokio::spawn(async move { journal.write_beside().await.ok() });
    }

    /// Hears the database's clock, as servers do every two seconds.
    pub(crate) fn hear_database(&self, time: Timestamp) {
        self.clock.hear_database(DatabaseTime { time, at: steady_now() });
    }

    /// Ends as a killed process does: nothing is finished and nobody told; what was committed stays.
    pub(crate) fn crash(&self) {
        self.journal.crash();
        for writer in self.writers.iter() {
            writer.abort();
        }
        self.stop.cancel();
        self.stores_stop.cancel();
    }

    /// Stops in good order; the wire hears when it has.
    pub(crate) fn stop(&self, number: usize, wire: Arc<Wire<Started>>) -> AbortHandle {
        let started = self.clone();
        started.stop.cancel();
        let stopping = async move {
            started.live.ended().await;
            started.stores_stop.cancel();
            started.desk.ended().await;
            wire.put(Outgoing::Stopped(number));
        };
        tokio::spawn(stopping).abort_handle()
    }
}
