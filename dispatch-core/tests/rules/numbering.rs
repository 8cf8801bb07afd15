//! Every press is recorded once, whatever became of the numbers at either end: set-back journals and
//! terminals, clones, forgotten outboxes.

use crate::region;
use dispatch_core::model::*;
use dispatch_core::{CentreState, Decision, Rules, apply, decide, refusal_event};
use proptest::prelude::*;

pub(crate) const VEHICLE: &str = "YC-1";
const NOON: Timestamp = Timestamp(1_767_240_000_000);

/// One centre with one vehicle, and what it has recorded.
#[derive(Clone)]
pub(crate) struct Centre {
    pub(crate) state: CentreState,
    journal: Vec<Recorded>,
}

impl Centre {
    pub(crate) fn new() -> Self {
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
        self.execute(&command, origin, None)
    }

    fn execute(
        &mut self,
        command: &Command,
        origin: Origin,
        name: Option<&str>,
    ) -> Result<Decision, Rejection> {
        let context = CommandContext {
            terminal: None,
            made_at: NOON,
            now: NOON,
            origin,
            vehicle_online: None,
            command_id: name.map(CommandId::from),
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

    pub(crate) fn press(
        &mut self,
        outbox: &str,
        number: u64,
        name: &str,
        sos: bool,
    ) -> &'static str {
        let vehicle = VehicleId::from(VEHICLE);
        let command = if sos {
            Command::RaiseSos { vehicle: vehicle.clone() }
        } else {
            Command::AssignCrew { vehicle: vehicle.clone(), crew: Vec::new() }
        };
        let origin = Origin::CrewTerminal { vehicle, outbox: outbox.into(), number };
        match self.execute(&command, origin, Some(name)) {
            Ok(Decision::Events(events)) => events[0].event.kind(),
            Ok(Decision::AlreadyRecorded) => "known",
            Err(rejection) => rejection.code(),
        }
    }

    pub(crate) fn through(&self, outbox: &str) -> u64 {
        self.state.vehicles[VEHICLE].commands_recorded(&outbox.into())
    }

    pub(crate) fn times_recorded(&self, name: &str) -> usize {
        let is_it = |event: &&Recorded| {
            event.provenance.command_id.as_ref().is_some_and(|id| id.as_str() == name)
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
    // A press recorded elsewhere takes its number here as well: a clone's press of that number is another one.
    centre.press("renewed", 1, "e", false);
    assert_eq!(centre.press("box", 5, "e", false), "terminal_trouble_noted");
    assert_eq!(centre.press("box", 5, "of the clone", false), "crew_assigned");
}

#[test]
fn a_call_for_help_is_taken_behind_a_gap_and_once() {
    let mut centre = Centre::new();
    assert_eq!(centre.press("box", 7, "pause", false), "command_gap");
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

/// A terminal as its tablet keeps it: what a backup of it, or a clone, brings back.
#[derive(Clone, Debug)]
struct Tablet {
    outbox: String,
    last: u64,
    pending: Vec<(u64, String, bool)>,
    /// Confirmed presses, kept for a centre that loses them; those of an earlier outbox are numbered 0.
    confirmed: Vec<(u64, String, bool)>,
    /// The newest earlier outbox of which something was confirmed, and how far.
    mark: Option<(String, u64)>,
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
    /// A copy of the centre's journal is taken.
    Copy,
    /// An older copy takes the journal's place.
    SetBack {
        copy: usize,
    },
}

/// What happens to tablets and a centre whose journal may go back.
fn step_of_centre() -> impl Strategy<Value = Step> {
    prop_oneof![
        10 => press_or_link(),
        1 => Just(Step::Copy),
        1 => (0..8_usize).prop_map(|copy| Step::SetBack { copy }),
    ]
}

fn press_or_link() -> impl Strategy<Value = Step> {
    let tablet = || 0..2_usize;
    prop_oneof![
        (tablet(), any::<bool>()).prop_map(|(tablet, sos)| Step::Press { tablet, sos }),
        (tablet(), 0..6_usize, 0..6_usize).prop_map(|(tablet, sends, answers)| Step::Link {
            tablet,
            sends,
            answers
        }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let tablet = || 0..2_usize;
    prop_oneof![
        8 => press_or_link(),
        1 => tablet().prop_map(|tablet| Step::Image { tablet }),
        1 => (tablet(), 0..8_usize).prop_map(|(tablet, image)| Step::Restore { tablet, image }),
    ]
}

/// Two tablets of one vehicle, and every press that was made on a screen.
struct Fleet {
    centre: Centre,
    tablets: Vec<Tablet>,
    images: Vec<Tablet>,
    copies: Vec<Centre>,
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
        let through = self.centre.through(&self.tablets[tablet].outbox);
        let first = self.tablets[tablet].pending.first().map(|(number, ..)| *number);
        let mark = self.tablets[tablet].mark.as_ref();
        let is_set_back = mark.is_some_and(|(outbox, mark)| self.centre.through(outbox) < *mark);
        if is_set_back || first.unwrap_or(self.tablets[tablet].last + 1) > through + 1 {
            self.renew(tablet, Some(through));
        }
        let mut renew = self.tablets[tablet].last < through;
        let sent: Vec<_> = self.tablets[tablet].pending.iter().take(sends).cloned().collect();
        for (at, (number, name, sos)) in sent.into_iter().enumerate() {
            let outbox = self.tablets[tablet].outbox.clone();
            let was_taken = number <= self.centre.through(&outbox);
            let told = self.centre.press(&outbox, number, &name, sos);
            renew |= told == "command_gap" || (was_taken && told != "known");
            if told != "command_gap" && at < answers {
                self.tablets[tablet].pending.retain(|(it, ..)| *it != number);
                self.tablets[tablet].confirmed.push((number, name, sos));
            }
        }
        if renew {
            self.renew(tablet, None);
        }
    }

    /// A new outbox; with what a centre lost that has the old one only `through` a number.
    fn renew(&mut self, tablet: usize, through: Option<u64>) {
        self.renewed += 1;
        let tablet = &mut self.tablets[tablet];
        let old = std::mem::replace(&mut tablet.outbox, format!("renewed-{}", self.renewed));
        let first = tablet.pending.first().map(|(number, ..)| *number);
        let confirmed = first.unwrap_or(tablet.last + 1) - 1;
        tablet.mark = match (confirmed.min(through.unwrap_or(confirmed)), through) {
            (0, None) => tablet.mark.take(),
            (0, Some(_)) => None,
            (mark, _) => Some((old, mark)),
        };
        if let Some(through) = through {
            let is_lost = |press: &(u64, String, bool)| press.0 == 0 || press.0 > through;
            let (mut lost, kept): (Vec<_>, Vec<_>) =
                std::mem::take(&mut tablet.confirmed).into_iter().partition(is_lost);
            lost.append(&mut tablet.pending);
            (tablet.pending, tablet.confirmed) = (lost, kept);
        }
        tablet.confirmed.iter_mut().for_each(|(number, ..)| *number = 0);
        tablet.last = tablet.pending.len() as u64;
        for (number, (it, ..)) in (1..).zip(&mut tablet.pending) {
            *it = number;
        }
    }

    fn set_out() -> Self {
        let tablet = Tablet {
            outbox: "box".to_owned(),
            last: 0,
            pending: Vec::new(),
            confirmed: Vec::new(),
            mark: None,
        };
        Self {
            centre: Centre::new(),
            images: vec![tablet.clone()],
            copies: vec![Centre::new()],
            tablets: vec![tablet.clone(), Tablet { outbox: "spare".to_owned(), ..tablet }],
            made: Vec::new(),
            renewed: 0,
        }
    }

    /// Takes a step; gives the names of presses that go with a tablet's memory.
    fn take(&mut self, step: &Step) -> Vec<String> {
        match *step {
            Step::Press { tablet, sos } => self.press(tablet, sos),
            Step::Link { tablet, sends, answers } => self.link(tablet, sends, answers),
            Step::Image { tablet } => self.images.push(self.tablets[tablet].clone()),
            Step::Restore { tablet, image } => {
                let image = self.images[image % self.images.len()].clone();
                let lost = std::mem::replace(&mut self.tablets[tablet], image).pending;
                return lost.into_iter().map(|(_, name, _)| name).collect();
            }
            Step::Copy => self.copies.push(self.centre.clone()),
            Step::SetBack { copy } => self.centre = self.copies[copy % self.copies.len()].clone(),
        }
        Vec::new()
    }

    /// All links hold now: nothing waits for ever.
    fn come_to_an_end(&mut self) {
        for round in 0..8 {
            for tablet in 0..2 {
                self.link(tablet, usize::MAX, usize::MAX);
                assert!(round < 4 || self.tablets[tablet].pending.is_empty(), "a dead end");
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
        let mut fleet = Fleet::set_out();
        // A press that only a tablet held and an image has overwritten is gone with the tablet.
        let gone: Vec<String> = steps.iter().flat_map(|step| fleet.take(step)).collect();
        fleet.come_to_an_end();
        for name in &fleet.made {
            let times = fleet.centre.times_recorded(name);
            prop_assert!(times == 1 || (times == 0 && gone.contains(name)), "{name}: {times}");
        }
    }

    #[test]
    fn a_journal_that_goes_back_again_and_again_has_every_press_in_the_end(
        steps in prop::collection::vec(step_of_centre(), 1..80)
    ) {
        let mut fleet = Fleet::set_out();
        steps.iter().for_each(|step| drop(fleet.take(step)));
        fleet.come_to_an_end();
        for name in &fleet.made {
            prop_assert_eq!(fleet.centre.times_recorded(name), 1, "{}", name);
        }
    }
}
