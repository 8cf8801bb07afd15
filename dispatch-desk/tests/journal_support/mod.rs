//! What the journal's tests share: two small centres, a desk over a file, and commands in few words.

use dispatch_core::Rules;
use dispatch_core::model::*;
use dispatch_desk::clock::Clock;
use dispatch_desk::database::options;
use dispatch_desk::desk::{CommandEnvelope, CommandError, Desk, Done};
use dispatch_desk::journal::sqlite::SqliteJournal;
use dispatch_desk::journal::{Append, Head, StoredEvent, verify};
use std::path::Path;
use std::sync::Arc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub(crate) const NOON: Timestamp = Timestamp(1_780_000_000_000);

pub(crate) fn centre(name: &str) -> CentreId {
    CentreId::from(name)
}

/// An event of no consequence to other tests: a vehicle enters service.
pub(crate) fn enrolled(version: u64, vehicle: &str) -> Recorded {
    let provenance = Provenance {
        terminal_clock: None,
        made_at: NOON,
        recorded_at: NOON,
        origin: Origin::Automatic { rule: "region_data".into() },
        vehicle_online: None,
        clock_doubtful: false,
        command_id: None,
        confirmed: Vec::new(),
    };
    let record = record("east");
    Recorded {
        version,
        provenance,
        event: Event::VehicleEnrolled { vehicle: vehicle.into(), record },
    }
}

pub(crate) fn record(home: &str) -> VehicleRecord {
    VehicleRecord {
        home_centre: home.into(),
        station: "S-1".into(),
        plate: "宁A·120".into(),
        call_sign: "一号".into(),
        kind: VehicleKind::Basic,
        equipment: vec!["defibrillator".into()],
    }
}

/// The stored form of the next `count` events after a head, which moves on.
pub(crate) fn stored(head: &mut Head, centre: &CentreId, count: u64) -> Vec<StoredEvent> {
    (0..count)
        .map(|_| {
            let version = head.version + 1;
            head.extend(centre, &enrolled(version, &format!("V-{version}")))
        })
        .collect()
}

pub(crate) fn append<'a>(
    centre: &'a CentreId,
    after: Head,
    events: &'a [StoredEvent],
) -> Append<'a> {
    Append { centre, after, events }
}

/// The head at some of these events.
pub(crate) fn head_at(event: &StoredEvent) -> Head {
    Head { version: event.version, hash: event.hash }
}

/// A desk that runs, over one file.
pub(crate) struct House {
    pub(crate) desk: Desk,
    pub(crate) journal: Arc<SqliteJournal>,
    pub(crate) clock: Clock,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl House {
    pub(crate) async fn open(file: &Path) -> Self {
        Self::over(SqliteJournal::open_with(options(file)).await.unwrap()).await
    }

    pub(crate) async fn over(journal: SqliteJournal) -> Self {
        let journal = Arc::new(journal);
        let centres = vec![centre("east"), centre("west")];
        let clock = Clock::by_hand(NOON);
        let (desk, task) =
            Desk::open(journal.clone(), Rules::default(), centres, clock.clone()).await.unwrap();
        let stop = CancellationToken::new();
        let task = tokio::spawn(task.run(stop.clone()));
        Self { desk, journal, clock, stop, task }
    }

    /// A desk with vehicles E-1 and E-2 at `east` and W-1 at `west`, all at their stations.
    pub(crate) async fn furnished(file: &Path) -> Self {
        let house = Self::open(file).await;
        house.desk.enrol(fleet()).await.unwrap();
        house
    }

    pub(crate) async fn close(self) {
        self.stop.cancel();
        self.task.await.unwrap();
        self.journal.close().await;
    }

    /// What a person would call whole: no gap, no break, every event follows.
    pub(crate) async fn assert_whole(&self) {
        let report = verify(&*self.journal).await.unwrap();
        assert!(report.is_clean(), "{report}");
    }
}

pub(crate) fn fleet() -> Vec<(VehicleId, VehicleRecord)> {
    [("E-1", "east"), ("E-2", "east"), ("W-1", "west")]
        .into_iter()
        .map(|(vehicle, home)| (vehicle.into(), record(home)))
        .collect()
}

/// A command of a dispatcher, named `command_id` unless empty.
pub(crate) fn envelope(centre: &str, command_id: &str, command: Command) -> CommandEnvelope {
    CommandEnvelope {
        centre: centre.into(),
        command,
        made_at: NOON,
        terminal: None,
        origin: Origin::Person { person: "li".into() },
        vehicle_online: None,
        command_id: (!command_id.is_empty()).then(|| command_id.into()),
        confirmed: Vec::new(),
    }
}

pub(crate) fn note(
    centre: &str,
    command_id: &str,
    incident: &IncidentId,
    text: &str,
) -> CommandEnvelope {
    envelope(centre, command_id, Command::AddNote { incident: incident.clone(), text: text.into() })
}

pub(crate) fn send(
    centre: &str,
    command_id: &str,
    incident: &IncidentId,
    vehicle: &str,
) -> CommandEnvelope {
    let vehicles = vec![vehicle.into()];
    let incident = incident.clone();
    envelope(centre, command_id, Command::DispatchVehicles { incident, vehicles, offer: None })
}

pub(crate) fn call(centre: &str, command_id: &str) -> CommandEnvelope {
    envelope(centre, command_id, Command::TakeCall(Box::new(TakeCall::plain(facts(), details()))))
}

/// Takes a call and gives the number of the incident it opened.
pub(crate) async fn open_incident(desk: &Desk, centre: &str) -> IncidentId {
    incident_of(&desk.execute(call(centre, "")).await.unwrap())
}

pub(crate) fn incident_of(done: &Done) -> IncidentId {
    let opened = done.events.iter().find_map(|recorded| {
        if let Event::IncidentOpened { incident, .. } = &recorded.event {
            Some(incident)
        } else {
            None
        }
    });
    opened.expect("the call opened an incident").clone()
}

pub(crate) fn rejection(answer: Result<Done, CommandError>) -> &'static str {
    match answer {
        Err(CommandError::Rejected(rejection)) => rejection.code(),
        other => panic!("not a rejection: {other:?}"),
    }
}

fn facts() -> IncidentFacts {
    let scene = Place::plain("解放西街 1 号", Wgs84::checked(106.27, 38.47), PlaceSource::MapClick);
    IncidentFacts { priority: Priority::Severe, ..IncidentFacts::plain(scene, "胸痛") }
}

fn details() -> CallDetails {
    CallDetails { caller_number: Some("13900000000".into()), ..CallDetails::plain(NOON) }
}
