//! Every way in which the embedded store writes, on a disk that fails in every way.

use crate::faulty::{Fault, on_a_faulty_disk};
use crate::forgetting::Prepared;
use crate::snapshots::enlarged;
use dispatch_core::fleet::FixQuality;
use dispatch_core::model::*;
use dispatch_desk::clock::Clock;
use dispatch_desk::journal::{
    Append, AppendError, JournalKey, RegionVersion, load, take_snapshot, verify,
};
use dispatch_server::history::{History, StoredFix};
use dispatch_server::people::{People, PersonChange, PersonToAdd, SessionLifetime};
use dispatch_server::roads::{Journey, RoadStore, Roads};
use dispatch_server::stores::{AnyJournal, Storage, open_history};
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use wire_protocol::route::{RoadConditionKind, RoadConditionRequest, TravelProfileRequest};
use wire_protocol::vocabulary::Role;

pub(crate) const NOON: Timestamp = Timestamp(1_780_000_000_000);
pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// Tries while the disk fails: the second meets what the first left behind, and the third the second's.
const TRIES: usize = 3;
/// After so long a writer is dropped in the middle of its work.
const DROPPED_AFTER: Duration = Duration::from_micros(300);

pub(crate) type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// The ways in which something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Write {
    Append,
    Snapshot,
    Probe,
    AddPerson,
    ChangePerson,
    SignIn,
    MakeKey,
    LastUsed,
    RoadCondition,
    Profile,
    Journey,
    Positions,
    DiscardSnapshot,
    NoteRegion,
    RemoveKey,
    SignOut,
    EndSessions,
    EndOldSessions,
    PutCredentials,
}

impl Write {
    const ALL: [Self; 19] = [
        Self::Append,
        Self::Snapshot,
        Self::Probe,
        Self::AddPerson,
        Self::ChangePerson,
        Self::SignIn,
        Self::MakeKey,
        Self::LastUsed,
        Self::RoadCondition,
        Self::Profile,
        Self::Journey,
        Self::Positions,
        Self::DiscardSnapshot,
        Self::NoteRegion,
        Self::RemoveKey,
        Self::SignOut,
        Self::EndSessions,
        Self::EndOldSessions,
        Self::PutCredentials,
    ];

    /// Whether whoever asks for it is told when it fails; else it is done again later.
    fn tells(self) -> bool {
        !matches!(self, Self::LastUsed | Self::EndOldSessions)
    }
}

#[test]
fn every_store_writes_again_as_soon_as_its_disk_does() {
    on_a_faulty_disk("stores::every_store_writes_again_as_soon_as_its_disk_does", |disk| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            for fault in Fault::ALL {
                let folder = tempfile::tempdir().unwrap();
                let stores = Stores::open(folder.path()).await;
                let tries = if fault.stores() { 1 } else { TRIES };
                for write in Write::ALL {
                    stores.prepare(write).await;
                    disk.fails(fault, folder.path().to_str().unwrap());
                    for _ in 0..tries {
                        let written = stores.write(write).await;
                        let is_well = written.is_ok() == (fault.stores() || !write.tells());
                        assert!(is_well, "{write:?} on a disk that is {fault:?}: {written:?}");
                    }
                    let _ = tokio::time::timeout(DROPPED_AFTER, stores.write(write)).await;
                    disk.heals();
                    for after in [write, Write::Append, Write::SignIn] {
                        let written = stores.write(after).await;
                        written.unwrap_or_else(|why| {
                            panic!("{after:?} after {write:?} met a disk {fault:?}: {why}")
                        });
                    }
                }
                for write in Write::ALL {
                    stores.write(write).await.unwrap();
                }
                stores.check().await;
            }
        });
    });
}

/// The stores as a server opens them, and what was acknowledged.
pub(crate) struct Stores {
    pub(crate) journal: AnyJournal,
    pub(crate) people: People,
    roads: Roads,
    history: History,
    pub(crate) clock: Clock,
    running: JoinHandle<()>,
    stop: CancellationToken,
    /// Makes every name new.
    next: AtomicU64,
    acknowledged: std::sync::Mutex<BTreeSet<VehicleId>>,
    /// What some writes take away or put back.
    pub(crate) prepared: Prepared,
}

impl Stores {
    async fn open(folder: &Path) -> Self {
        let storage = Storage::Embedded(folder.to_owned());
        let clock = Clock::by_hand(NOON);
        let journal = AnyJournal::open(&storage).await.unwrap();
        let database = journal.open_people(&storage).await.unwrap();
        let prepared = Prepared::of(database.clone());
        let roads = Roads::new(None, dispatch_core::recommend::StraightLineSettings::default());
        let roads = roads.with_store(RoadStore::new(database.clone(), clock.clone()));
        let people = People::open(database, SessionLifetime::default(), clock.clone());
        let (roads, people) = (roads.await.unwrap(), people.await.unwrap());
        people.add(person("li")).await.unwrap();
        let (history, task) = open_history(&storage, 30, clock.clone()).await.unwrap();
        let stop = CancellationToken::new();
        let running = tokio::spawn(task.run(stop.clone()));
        let (next, acknowledged) = (AtomicU64::new(1), std::sync::Mutex::default());
        Self { journal, people, roads, history, clock, running, stop, next, acknowledged, prepared }
    }

    pub(crate) async fn write(&self, what: Write) -> Result<(), Trouble> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let name = format!("n-{number}");
        match what {
            Write::Append => self.append(name.as_str().into()).await?,
            Write::Snapshot => {
                let (journal, centre) = (self.journal.journal(), CentreId::from("yinchuan"));
                let loaded = load(&*journal, &centre).await?;
                let snapshot = take_snapshot(&loaded.state, &loaded.head, &JournalKey::random())?;
                let snapshot = enlarged(snapshot);
                journal.save_snapshot(&centre, &snapshot).await?;
            }
            Write::Probe => self.journal.journal().probe().await?,
            Write::AddPerson => drop(self.people.add(person(&name)).await?),
            Write::ChangePerson => {
                let li = self.people.list().await?.into_iter().find(|it| it.name == "li").unwrap();
                let display_name = Some(name.as_str());
                let change = PersonChange { display_name, ..PersonChange::default() };
                self.people.change(&li.id, change).await?;
            }
            Write::SignIn => drop(self.people.sign_in("li", PASSWORD.to_owned(), HERE).await?),
            Write::MakeKey => drop(self.people.make_keys(&[name.as_str().into()]).await?),
            Write::LastUsed => {
                self.clock.advance_millis(60_000);
                let (session, _) = match self.people.sign_in("li", PASSWORD.to_owned(), HERE).await
                {
                    Ok(signed_in) => signed_in,
                    // Nobody is there whose use could be noted; whoever signed in before is.
                    Err(_) => return self.keep().await,
                };
                session.touch(self.clock.now());
                self.keep().await?;
            }
            Write::RoadCondition => {
                let asked = RoadConditionRequest {
                    kind: RoadConditionKind::Closed,
                    factor: None,
                    area: vec![[106.2, 38.4], [106.3, 38.4], [106.3, 38.5]],
                    note: name,
                    until: None,
                };
                let now = self.clock.now();
                let laid = self.roads.add_condition(asked, "li", now).await?;
                self.roads.remove_condition(&laid.id, "li", now).await?;
            }
            Write::Profile => {
                let asked =
                    TravelProfileRequest { factor: 1.1, roads: Vec::new(), parts: Vec::new() };
                self.roads.correct(asked, "li", self.clock.now()).await?;
            }
            Write::Journey => self.roads.learn(journey(&name)).await?,
            Write::Positions => self.history.submit(vec![fix(number)])?.await??,
            Write::NoteRegion => {
                let region = RegionVersion { digest: name, version: Some(number) };
                self.journal.note_region(&region, self.clock.now()).await?;
            }
            Write::EndOldSessions => self.keep().await?,
            Write::DiscardSnapshot
            | Write::RemoveKey
            | Write::SignOut
            | Write::EndSessions
            | Write::PutCredentials => self.take_away(what).await?,
        }
        Ok(())
    }

    async fn append(&self, vehicle: VehicleId) -> Result<(), Trouble> {
        let (journal, centre) = (self.journal.journal(), CentreId::from("yinchuan"));
        loop {
            // After an error a writer cannot know, and reads first.
            let mut head = load(&*journal, &centre).await?.head;
            let after = head;
            let events = [head.extend(&centre, &enrolled(after.version + 1, vehicle.clone()))];
            match journal.append(&[Append { centre: &centre, after, events: &events }]).await {
                Ok(()) => break,
                // One that was dropped in the middle came through all the same, after the reading.
                Err(AppendError::Conflict { actual, .. }) if actual.version > after.version => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.acknowledged.lock().unwrap().insert(vehicle);
        Ok(())
    }

    async fn keep(&self) -> Result<(), Trouble> {
        let stop = CancellationToken::new();
        stop.cancel();
        self.people.clone().keep(stop).await;
        Ok(())
    }

    /// Everything acknowledged is in the journal, which is whole.
    async fn check(self) {
        let journal = self.journal.journal();
        let report = verify(&*journal).await.unwrap();
        assert!(report.is_clean(), "{report}");
        let state = load(&*journal, &"yinchuan".into()).await.unwrap().state;
        for vehicle in self.acknowledged.lock().unwrap().iter() {
            assert!(state.vehicles.contains_key(vehicle), "{vehicle} was lost");
        }
        self.stop.cancel();
        self.running.await.unwrap();
        self.journal.close().await;
    }
}

fn person(name: &str) -> PersonToAdd<'_> {
    PersonToAdd {
        name,
        display_name: "李 调度",
        password: PASSWORD,
        role: Role::Dispatcher,
        centre: "yinchuan".into(),
        hospital: None,
    }
}

pub(crate) fn enrolled(version: u64, vehicle: VehicleId) -> Recorded {
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
    let record = VehicleRecord {
        home_centre: "yinchuan".into(),
        station: "S-1".into(),
        plate: "宁A·120".into(),
        call_sign: "一号".into(),
        kind: VehicleKind::Basic,
        equipment: Vec::new(),
    };
    Recorded { version, provenance, event: Event::VehicleEnrolled { vehicle, record } }
}

fn journey(task: &str) -> Journey {
    Journey {
        task: task.into(),
        departed_at: NOON,
        predicted_seconds: 300.0,
        actual_seconds: 330.0,
        hour: 12,
        class: "primary".to_owned(),
        area: "urban".to_owned(),
    }
}

pub(crate) fn fix(number: u64) -> StoredFix {
    StoredFix {
        vehicle: "YC-01-1".into(),
        outbox: format!("outbox-{}", number % 7).as_str().into(),
        number,
        fix_time: NOON,
        received_at: NOON,
        position: Wgs84 { lon: 106.23 + number as f64 / 1e6, lat: 38.48 },
        speed_mps: None,
        heading_deg: None,
        satellites: None,
        hdop: None,
        quality: FixQuality::Fresh,
    }
}
