//! Random lives of two centres: whatever is ordered and pressed, in whatever order, what must hold
//! holds, and the journal tells the whole state.

pub(crate) mod lives;
mod moves;
mod order_effects;
mod patients;
mod picks;
mod player;
mod ranking;

use crate::invariants;
use crate::world::{Outcome, World};
use dispatch_core::model::*;
use dispatch_core::state::{Incident, Task};
use dispatch_core::{CentreState, apply};
use moves::Move;
use player::{Played, Player};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;

proptest! {
    #![proptest_config(ProptestConfig { cases: lives_played(192), ..ProptestConfig::default() })]

    #[test]
    fn a_life_of_two_centres(moves in vec(moves::any_move(), 1..160)) {
        let mut player = Player::new();
        for one in &moves {
            play_and_check(&mut player, one);
        }
        for (name, centre) in &player.world.centres {
            let replayed = replay(name, &centre.journal);
            prop_assert_eq!(&replayed, &centre.state);
            prop_assert_eq!(&snapshot_and_back(&centre.state), &centre.state);
        }
    }
}

/// How many random lives are played: the usual number, or what `HELAN_LIVES` says for a long run by hand.
fn lives_played(usual: u32) -> u32 {
    std::env::var("HELAN_LIVES").map_or(usual, |text| text.parse().expect("HELAN_LIVES: a number"))
}

/// The generator is worth its name only if its lives get somewhere.
#[test]
fn random_lives_reach_every_kind_of_event() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let lives = vec(moves::any_move(), 400);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..120 {
        let mut player = Player::new();
        for one in &lives.new_tree(&mut runner).expect("a life").current() {
            player.play(one);
        }
        let journals = player.world.centres.values().flat_map(|centre| &centre.journal);
        seen.extend(journals.map(|recorded| recorded.event.kind()));
    }
    let kinds = crate::golden::kinds_of_the_model();
    assert_eq!(kinds.difference(&seen).collect::<Vec<_>>(), Vec::<&&str>::new(), "never reached");
}

fn play_and_check(player: &mut Player, one: &Move) {
    let before = player.world.centres.iter().map(|(id, c)| (id.clone(), c.state.clone())).collect();
    let Some(played) = player.play(one) else {
        return;
    };
    invariants::hold(&player.world);
    nobody_with_a_patient_was_sent(&before, &played);
    if let Outcome::Happened(events) = &played.outcome {
        patients::nobody_was_forgotten(&player.world.centres[played.centre.as_str()], events);
    }
    // What was recorded under a name or a number is never recorded again.
    let named = played.context.command_id.is_some()
        || matches!(played.context.origin, Origin::CrewTerminal { .. });
    let recorded = match &played.outcome {
        Outcome::Happened(_) => true,
        Outcome::AlreadyRecorded => false,
        Outcome::Refused { kept, .. } => kept.is_some(),
    };
    let stays = |world: &World| match &played.context.origin {
        Origin::CrewTerminal { vehicle, .. } => {
            world.state(&played.centre).vehicles.contains_key(vehicle)
        }
        Origin::Person { .. } | Origin::Automatic { .. } => true,
    };
    if named && recorded && stays(&player.world) {
        let again = player.world.execute(&played.centre, &played.command, &played.context);
        assert!(matches!(again, Outcome::AlreadyRecorded), "{again:?} of {:?}", played.command);
    }
}

/// Whatever a person orders, a vehicle that has a patient by its task or by its crew's word is neither
/// sent nor taken away.
fn nobody_with_a_patient_was_sent(before: &BTreeMap<CentreId, CentreState>, played: &Played) {
    let Outcome::Happened(events) = &played.outcome else { return };
    let by_person = matches!(played.context.origin, Origin::Person { .. });
    let state = &before[played.centre.as_str()];
    for recorded in events {
        let ordered = !recorded.provenance.origin.is_automatic() && by_person;
        if let Event::TaskCreated { vehicle, .. } = &recorded.event
            && ordered
        {
            let at_exercise = |(incident, _): (&Incident, &Task)| incident.facts.test;
            let may = state.running_task_of(vehicle).is_some_and(at_exercise);
            let loaded = state.vehicles[vehicle].has_patient();
            assert!(may || !loaded, "{vehicle} was sent with a patient");
        } else if let Event::TaskRedirected { task, .. } = &recorded.event {
            let (incident, task) = state.task(task).expect("a task");
            let vehicle = &task.vehicle;
            // An exercise has no patient.
            assert!(
                incident.facts.test || !state.vehicles[vehicle].has_patient(),
                "{vehicle} was taken from a patient"
            );
        }
    }
}

/// A journal as it lies on disk, read and folded.
fn replay(centre: &CentreId, journal: &[Recorded]) -> CentreState {
    let mut state = CentreState::new(centre.clone());
    for recorded in journal {
        let stored = serde_json::to_string(recorded).expect("an event is written");
        apply(&mut state, &serde_json::from_str(&stored).expect("an event is read"));
    }
    state
}

fn snapshot_and_back(state: &CentreState) -> CentreState {
    let stored = serde_json::to_string(state).expect("a snapshot is written");
    serde_json::from_str(&stored).expect("a snapshot is read")
}
