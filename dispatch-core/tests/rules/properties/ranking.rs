//! Random lives, ranked at each end: whoever stands in the numbered list can be sent as it says, an exercise
//! takes nobody from a patient, and no vehicle is left out.

use super::moves;
use super::player::{Player, now_of};
use crate::region;
use dispatch_core::model::*;
use dispatch_core::recommend::*;
use dispatch_core::state::{Incident, TaskStage};
use dispatch_core::{CentreState, Decision, decide};
use proptest::collection::vec;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: super::lives_played(96), ..ProptestConfig::default() })]

    #[test]
    fn every_candidate_of_the_numbered_list_can_be_sent(
        moves in vec(moves::any_move(), 1..120), ages in vec(0i64..4000, 6),
    ) {
        let mut player = Player::new();
        for (n, one) in moves.iter().enumerate() {
            player.play(one);
            if n % 8 == 7 || n + 1 == moves.len() {
                rank_and_send(&player, &ages)?;
            }
        }
    }
}

fn rank_and_send(player: &Player, ages: &[i64]) -> Result<(), TestCaseError> {
    for centre in player.world.centres.values() {
        for incident in centre.state.open_incidents() {
            let Some(answer) = ranked(player, &centre.state, incident, ages) else { continue };
            let listed = answer.candidates.len() + answer.soon_free.len() + answer.rejected.len();
            let fleet: usize =
                player.world.centres.values().map(|one| one.state.vehicles.len()).sum();
            prop_assert_eq!(listed, fleet);
            for candidate in &answer.candidates {
                let mut centres = player.world.centres.values();
                let vehicle = centres.find_map(|it| it.state.vehicles.get(&candidate.vehicle));
                let exercise = matches!(candidate.standing, CandidateSource::FromExercise { .. });
                let loaded = vehicle.expect("of some centre").has_patient();
                prop_assert!(exercise || !loaded, "{} has a patient", candidate.vehicle);
                can_be_sent(player, &centre.state, incident, candidate)?;
            }
        }
    }
    Ok(())
}

/// Nothing for an incident that nobody has placed.
fn ranked(
    player: &Player,
    state: &CentreState,
    incident: &Incident,
    ages: &[i64],
) -> Option<Recommendation> {
    let now = now_of(player);
    let request = Request::for_incident(&incident.id, &incident.facts, &state.centre)?;
    let place = region::place("").position;
    let vehicles = player.world.centres.values().flat_map(|centre| {
        centre.state.vehicles.values().zip(ages).map(|(vehicle, age)| {
            let located = place.map(|position| Located {
                position,
                fix_time: now.plus_seconds(-age),
                heading_deg: None,
            });
            VehicleSituation::of(&centre.state, vehicle, located, place)
        })
    });
    let fleet = ListedFleet::new(vehicles.collect());
    let travel = StraightLine::at(StraightLineSettings::default(), now).expect("good settings");
    Some(rank_all(&request, &fleet, &travel, &RankingSettings::default(), now))
}

/// As a console sends it: a free vehicle is dispatched, one on a task is diverted.
fn can_be_sent(
    player: &Player,
    state: &CentreState,
    incident: &Incident,
    candidate: &Candidate,
) -> Result<(), TestCaseError> {
    let vehicle = candidate.vehicle.clone();
    let taken_from = match &candidate.standing {
        CandidateSource::AtStation | CandidateSource::OnRoad => None,
        CandidateSource::Divert(other) => Some(&other.task),
        CandidateSource::FromExercise { task, .. } => Some(task),
    };
    if let Some(task) = taken_from {
        let (left, task) = state.task(task).expect("a running task");
        let has_patient = task.stage().is_some_and(TaskStage::has_patient);
        prop_assert!(left.facts.test || !incident.facts.test, "from a patient for an exercise");
        prop_assert!(left.facts.test || !has_patient, "from a patient on board");
    }
    let command = match taken_from {
        None => Command::DispatchVehicles {
            incident: incident.id.clone(),
            vehicles: vec![vehicle],
            offer: None,
        },
        Some(_) => Command::DivertVehicle {
            vehicle,
            to_incident: incident.id.clone(),
            reason: DivertReason::HigherPriority.into(),
            confirmed: true,
        },
    };
    let mut context = CommandContext {
        terminal: None,
        made_at: now_of(player),
        now: now_of(player),
        origin: Origin::Person { person: "li".into() },
        vehicle_online: None,
        command_id: None,
        confirmed: Vec::new(),
    };
    let mut decision = decide(state, &player.world.rules, &command, &context);
    // A crew at a scene is asked about first; who means it, sends it.
    if let Err(warning) = &decision
        && !warning.dangers().is_empty()
    {
        context.confirmed = warning.confirmations();
        decision = decide(state, &player.world.rules, &command, &context);
    }
    prop_assert!(matches!(decision, Ok(Decision::Events(_))), "{decision:?} of {command:?}");
    Ok(())
}
