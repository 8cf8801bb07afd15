//! Deciding and applying the whole life of an incident: call, dispatch, receipt, seven milestones,
//! closed by itself. One item is one life; a life is ten commands.

use dispatch_core::model::*;
use dispatch_core::{CentreState, Decision, Rules, apply, decide};
use divan::{Bencher, counter::ItemsCount};

/// Ten commands make a life.
const COMMANDS: usize = 10;

fn main() {
    divan::main();
}

struct Desk {
    state: CentreState,
    now: Timestamp,
    journal: Vec<Recorded>,
}

impl Desk {
    fn with(vehicles: u32) -> Self {
        let mut desk = Self {
            state: CentreState::new("yinchuan".into()),
            now: Timestamp(1_780_977_600_000),
            journal: Vec::new(),
        };
        for n in 0..vehicles {
            let record = VehicleRecord {
                home_centre: "yinchuan".into(),
                station: "YC-01".into(),
                plate: format!("A{n}"),
                call_sign: format!("{n}"),
                kind: VehicleKind::Basic,
                equipment: Vec::new(),
            };
            desk.execute(&Command::EnrolVehicle { vehicle: name(n), record });
        }
        desk
    }

    /// One command a second: decided, applied and kept.
    fn execute(&mut self, command: &Command) {
        self.now = self.now.plus_seconds(1);
        let context = CommandContext {
            terminal: None,
            made_at: self.now,
            now: self.now,
            origin: Origin::Person { person: "li".into() },
            vehicle_online: Some(true),
            command_id: None,
            confirmed: Vec::new(),
        };
        let decision = decide(&self.state, &Rules::default(), command, &context);
        match decision.expect("every command of this life is legal") {
            Decision::Events(events) => {
                events.iter().for_each(|event| apply(&mut self.state, event));
                self.journal.extend(events);
            }
            Decision::AlreadyRecorded => {}
        }
    }

    fn whole_life(&mut self, n: u32) {
        self.execute(&call());
        let opened = self.journal.iter().rev().find_map(|recorded| {
            let Event::IncidentOpened { incident, .. } = &recorded.event else { return None };
            Some(incident.clone())
        });
        let incident = opened.expect("the call opened it");
        let vehicles = vec![name(n)];
        self.execute(&Command::DispatchVehicles {
            incident: incident.clone(),
            vehicles,
            offer: None,
        });
        let task = TaskId::new(format!("{incident}.t1"));
        self.execute(&Command::RecordDeviceReceipt { task: task.clone() });
        for milestone in Milestone::ALL.into_iter().skip(1) {
            let details = MilestoneDetails::default();
            self.execute(&Command::RecordMilestone { task: task.clone(), milestone, details });
        }
    }
}

fn name(n: u32) -> VehicleId {
    format!("v{n}").as_str().into()
}

fn call() -> Command {
    let scene = Place {
        error_radius_m: Some(50),
        ..Place::plain(
            "Beijing Road 120",
            Some(Wgs84 { lon: 106.23, lat: 38.49 }),
            PlaceSource::MapClick,
        )
    };
    let facts = IncidentFacts::plain(scene, "chest pain");
    let details = CallDetails {
        seat: Some("3".into()),
        caller_number: Some("13909510000".into()),
        stretcher: true,
        ..CallDetails::plain(Timestamp(1_780_977_600_000))
    };
    Command::TakeCall(Box::new(TakeCall::plain(facts, details)))
}

/// Commands a second of one desk, with the incidents of several days in memory.
#[divan::bench(args = [0, 2_000])]
fn decide_and_apply_a_whole_life(bencher: Bencher, lives_before: u32) {
    const VEHICLES: u32 = 58;
    let mut desk = Desk::with(VEHICLES);
    (0..lives_before).for_each(|n| desk.whole_life(n % VEHICLES));
    let mut n = 0;
    bencher.counter(ItemsCount::new(COMMANDS)).bench_local(|| {
        desk.whole_life(n % VEHICLES);
        n += 1;
    });
}

/// Start after a crash: events folded a second, here 2 000 lives.
#[divan::bench]
fn fold_a_journal_of_2000_lives(bencher: Bencher) {
    const VEHICLES: u32 = 58;
    let mut desk = Desk::with(VEHICLES);
    (0..2_000).for_each(|n| desk.whole_life(n % VEHICLES));
    let journal = desk.journal;
    bencher.counter(ItemsCount::new(journal.len())).bench_local(|| {
        let mut state = CentreState::new("yinchuan".into());
        journal.iter().for_each(|event| apply(&mut state, event));
        state
    });
}
