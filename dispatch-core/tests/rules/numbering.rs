//! Every press is recorded once, whatever became of the numbers at either end: set-back journals and
//! terminals, clones, forgotten outboxes.

use crate::region;
use dispatch_core::model::*;
use dispatch_core::state::{REMEMBERED_OUTBOXES, REMEMBERED_PRESSES};
use dispatch_core::{CentreState, Decision, Rules, apply, decide, refusal_event};
use proptest::prelude::*;

const VEHICLE: &str = "YC-1";
const NOON: Timestamp = Timestamp(1_767_240_000_000);

/// One centre with one vehicle, and what it has recorded.
struct Centre {
    state: CentreState,
    journal: Vec<Recorded>,
}

impl Centre {
    fn new() -> Self {
        let mut centre = Self { state: CentreState::new("yinchuan".into()), journal: Vec::new() };
        centre.enrol();
        centre
    }

    fn enrol(&mut self) {
        let record = region::record("yinchuan", VEHICLE);
        self.automatic(Command::EnrolVehicle { vehicle: VEHICLE.into(), record }).unwrap();
    }

    fn automatic(&mut self, command: Command) -> Result<Decision, Rejection> {
        let origin = Origin::Automatic { rule: "test".to_owned() };
        self.act(&command, origin, None)
    }

    fn act(
        &mut self,
        command: &Command,
        origin: Origin,
        name: Option<&str>,
    ) -> Result<Decision, Rejection> {
        let context = ActContext {
            made_at: NOON,
            now: NOON,
            origin,
            vehicle_online: None,
            act_id: name.map(ActId::from),
            confirmed: Vec::new(),
        };
        let rules = Rules::default();
        let decision = decide(&self.state, &rules, command, &context);
        let events = match &decision {
            Ok(Decision::Events(events)) => events.clone(),
            Ok(Decision::AlreadyRecorded) => Vec::new(),
            Err(why) => {
                refusal_event(&self.state, &rules, command, &context, why).into_iter().collect()
            }
        };
        for event in events {
            apply(&mut self.state, &event);
            self.journal.push(event);
        }
        decision
    }

    fn press(&mut self, outbox: &str, number: u64, name: &str, sos: bool) -> &'static str {
        let vehicle = VehicleId::from(VEHICLE);
        let command = if sos {
            Command::RaiseSos { vehicle: vehicle.clone() }
        } else {
            Command::AssignCrew { vehicle: vehicle.clone(), crew: Vec::new() }
        };
        let origin = Origin::CrewTerminal { vehicle, outbox: outbox.into(), number };
        match self.act(&command, origin, Some(name)) {
            Ok(Decision::Events(events)) => events[0].event.kind(),
            Ok(Decision::AlreadyRecorded) => "known",
            Err(rejection) => rejection.code(),
        }
    }

    fn through(&self, outbox: &str) -> u64 {
        self.state.vehicles[VEHICLE].acts_recorded(&outbox.into())
    }

    fn times_recorded(&self, name: &str) -> usize {
        let is_it = |event: &&Recorded| {
            event.provenance.act_id.as_ref().is_some_and(|id| id.as_str() == name)
                && !matches!(event.event, Event::TerminalTroubleNoted { .. })
        };
        self.journal.iter().filter(is_it).count()
    }
}

#[test]
fn the_same_number_with_another_press_is_recorded_and_a_repeat_is_not() {
    let mut centre = Centre::new();
    for (number, name) in [(1, "a"), (2, "b"), (3, "c"), (4, "d")] {
        assert_eq!(centre.press("box", number, name, false), "crew_assigned");
    }
    assert_eq!(centre.press("box", 2, "b", false), "known");
    assert_eq!(centre.press("box", 2, "set back", true), "sos_raised");
    assert_eq!(centre.press("box", 2, "set back", true), "known");
    assert_eq!(centre.press("box", 3, "set back too", false), "crew_assigned");
    assert_eq!(centre.through("box"), 4, "the mark stands where the row ends");
}

#[test]
fn a_call_for_help_is_taken_behind_a_gap_and_once() {
    let mut centre = Centre::new();
    assert_eq!(centre.press("box", 7, "pause", false), "act_gap");
    assert_eq!(centre.press("box", 8, "help", true), "sos_raised");
    assert_eq!(centre.press("box", 8, "help", true), "known");
    assert_eq!(centre.through("box"), 0, "it stands for itself alone");
    // The terminal opens a new outbox and moves both into it.
    assert_eq!(centre.press("new", 1, "pause", false), "crew_assigned");
    assert_eq!(centre.press("new", 2, "help", true), "terminal_trouble_noted");
    assert_eq!((centre.through("new"), centre.times_recorded("help")), (2, 1));
}

#[test]
fn a_vehicle_enrolled_again_goes_on_counting() {
    let mut centre = Centre::new();
    for number in 1..=5 {
        centre.press("box", number, &format!("n{number}"), false);
    }
    centre.automatic(Command::RetireVehicle { vehicle: VEHICLE.into() }).unwrap();
    centre.enrol();
    assert_eq!(centre.through("box"), 5);
    assert_eq!(centre.press("box", 5, "n5", false), "known");
    assert_eq!(centre.press("box", 6, "n6", false), "crew_assigned");
}

#[test]
fn a_terminal_that_cannot_renew_goes_on_behind_what_is_missing() {
    let mut centre = Centre::new();
    let missing = |through| Command::NoteTerminalTrouble {
        vehicle: VEHICLE.into(),
        trouble: TerminalTrouble::ActsMissing {
            outbox: "box".into(),
            from: 1,
            through,
            passed_over: true,
        },
    };
    centre.automatic(missing(6)).unwrap();
    assert_eq!(centre.press("box", 7, "g", false), "crew_assigned");
    assert_eq!(centre.automatic(missing(6)), Ok(Decision::AlreadyRecorded), "no longer so");
    assert_eq!(centre.automatic(missing(u64::MAX)).unwrap_err().code(), "bad_field");
}

#[test]
fn what_is_remembered_is_bounded() {
    let mut centre = Centre::new();
    for n in 0..2 * REMEMBERED_PRESSES {
        centre.press(&format!("box-{}", n % 50), 1 + n as u64 / 50, &format!("n{n}"), true);
    }
    let marks = &centre.state.vehicles[VEHICLE].outboxes;
    assert_eq!(marks.len(), REMEMBERED_OUTBOXES);
    assert!(marks.iter().map(|mark| mark.presses.len()).sum::<usize>() <= REMEMBERED_PRESSES);
}

/// A terminal as its tablet keeps it: what a backup of it, or a clone, brings back.
#[derive(Clone, Debug)]
struct Tablet {
    outbox: String,
    last: u64,
    pending: Vec<(u64, String, bool)>,
}

#[derive(Clone, Debug)]
enum Step {
    Press {
        tablet: usize,
        sos: bool,
    },
    /// Sends so many of what waits; the answers to the last of them may be lost.
    Link {
        tablet: usize,
        sends: usize,
        answers: usize,
    },
    Image {
        tablet: usize,
    },
    /// The tablet becomes what some image held: set back, or a clone of the other.
    Restore {
        tablet: usize,
        image: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let tablet = || 0..2_usize;
    prop_oneof![
        4 => (tablet(), any::<bool>()).prop_map(|(tablet, sos)| Step::Press { tablet, sos }),
        4 => (tablet(), 0..6_usize, 0..6_usize)
            .prop_map(|(tablet, sends, answers)| Step::Link { tablet, sends, answers }),
        1 => tablet().prop_map(|tablet| Step::Image { tablet }),
        1 => (tablet(), 0..8_usize).prop_map(|(tablet, image)| Step::Restore { tablet, image }),
    ]
}

/// Two tablets of one vehicle, and every press that was made on a screen.
struct Fleet {
    centre: Centre,
    tablets: Vec<Tablet>,
    images: Vec<Tablet>,
    made: Vec<String>,
    renewed: u64,
}

impl Fleet {
    fn press(&mut self, tablet: usize, sos: bool) {
        let name = format!("press {}", self.made.len());
        let tablet = &mut self.tablets[tablet];
        tablet.last += 1;
        tablet.pending.push((tablet.last, name.clone(), sos));
        self.made.push(name);
    }

    /// As the real ends do it: each press goes by its name; who is told that numbers do not fit renews.
    fn link(&mut self, tablet: usize, sends: usize, answers: usize) {
        let mut renew =
            self.tablets[tablet].last < self.centre.through(&self.tablets[tablet].outbox);
        let sent: Vec<_> = self.tablets[tablet].pending.iter().take(sends).cloned().collect();
        for (at, (number, name, sos)) in sent.into_iter().enumerate() {
            let outbox = self.tablets[tablet].outbox.clone();
            let was_taken = number <= self.centre.through(&outbox);
            let told = self.centre.press(&outbox, number, &name, sos);
            renew |= told == "act_gap" || (was_taken && told != "known");
            if told != "act_gap" && at < answers {
                self.tablets[tablet].pending.retain(|(it, ..)| *it != number);
            }
        }
        if renew {
            self.renewed += 1;
            let tablet = &mut self.tablets[tablet];
            tablet.outbox = format!("renewed-{}", self.renewed);
            tablet.last = tablet.pending.len() as u64;
            for (number, (it, ..)) in (1..).zip(&mut tablet.pending) {
                *it = number;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn set_back_and_cloned_tablets_have_every_press_recorded_once(
        steps in prop::collection::vec(step(), 1..60)
    ) {
        let tablet = Tablet { outbox: "box".to_owned(), last: 0, pending: Vec::new() };
        let mut fleet = Fleet {
            centre: Centre::new(),
            images: vec![tablet.clone()],
            tablets: vec![tablet.clone(), Tablet { outbox: "spare".to_owned(), ..tablet }],
            made: Vec::new(),
            renewed: 0,
        };
        // A press that only a tablet held and an image has overwritten is gone with the tablet.
        let mut gone: Vec<String> = Vec::new();
        for step in steps {
            match step {
                Step::Press { tablet, sos } => fleet.press(tablet, sos),
                Step::Link { tablet, sends, answers } => fleet.link(tablet, sends, answers),
                Step::Image { tablet } => fleet.images.push(fleet.tablets[tablet].clone()),
                Step::Restore { tablet, image } => {
                    let lost = fleet.tablets[tablet].pending.clone();
                    gone.extend(lost.into_iter().map(|(_, name, _)| name));
                    fleet.tablets[tablet] = fleet.images[image % fleet.images.len()].clone();
                }
            }
        }
        for round in 0..8 {
            for tablet in 0..2 {
                fleet.link(tablet, usize::MAX, usize::MAX);
                prop_assert!(round < 4 || fleet.tablets[tablet].pending.is_empty(), "a dead end");
            }
        }
        for name in &fleet.made {
            let times = fleet.centre.times_recorded(name);
            prop_assert!(times == 1 || (times == 0 && gone.contains(name)), "{name}: {times}");
        }
    }
}
