//! Ranked vehicles and possible duplicates, as a dispatcher reads them.

use super::client::fix;
use super::journal_support as commands;
use super::town::Town;
use dispatch_core::model::*;
use dispatch_server::rank::{
    DuplicateRequest, RankError, RankFor, RecommendRequest, duplicates, recommend,
};
use expect_test::expect;
use wire_protocol::agent::{AgentMessage, FixReport};
use wire_protocol::recommendation::{
    CandidateWarning, PositionSource, Recommendation, RejectionReason,
};
use wire_protocol::views::IncidentStage;

/// Near the first station of Xining.
const SCENE: Wgs84 = Wgs84 { lon: 101.80, lat: 36.62 };

fn at_scene() -> RecommendRequest {
    let target =
        RankFor::Place { at: SCENE, kind: IncidentKind::Injury, priority: Priority::Critical };
    RecommendRequest::usual("xining".into(), target)
}

fn told(ranking: &Recommendation) -> String {
    let mut lines = Vec::new();
    for it in &ranking.candidates {
        let (terms, warnings) = (&it.terms, &it.warnings);
        lines.push(format!(
            "{} {} {:?}: {} = {}+{}+{}+{}+{}+{}+{}, {} m, {warnings:?}",
            it.rank,
            it.vehicle,
            it.state,
            terms.total,
            terms.departure_delay,
            terms.travel,
            terms.wait_until_free,
            terms.capability_penalty,
            terms.coverage_lost,
            terms.other_patient,
            terms.position_doubt,
            it.distance_m,
        ));
    }
    for it in &ranking.rejected {
        lines.push(format!("- {} {:?}: {:?}", it.vehicle, it.state, it.reasons));
    }
    lines.join("\n") + "\n"
}

#[tokio::test]
async fn every_vehicle_is_ranked_with_its_terms_or_told_why_not() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-2", "box").await;
    agent.say(&AgentMessage::Fixes { fixes: vec![fix(1, 0, 5)] }).await;
    agent.until_fixes([1]).await;
    let reason = Reasoned::from(PauseReason::Meal);
    town.execute(Command::PauseVehicle { vehicle: "XN-02-1".into(), reason }).await;
    let ranking = recommend(&town.rank_sources(), &at_scene()).unwrap();
    expect![[r#"
        1 XN-01-1 AvailableAtStation: 413 = 90+263+0+0+0+0+60, 1426 m, [PositionOfStation, Offline]
        2 XN-01-2 AvailableAtStation: 683 = 90+293+0+300+0+0+0, 1182 m, [NotFullyEquipped]
        - XN-02-1 Paused: [Paused]
    "#]]
    .assert_eq(&told(&ranking));
}

/// A vehicle seen beside the scene days ago and said to be in its station is in its station, for the ranking
/// and for whoever asks where it is.
#[tokio::test]
async fn a_vehicle_in_its_station_is_not_ranked_where_it_was_seen_long_ago() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    let beside = FixReport { lon: SCENE.lon, lat: SCENE.lat, ..fix(1, 0, 5) };
    agent.say(&AgentMessage::Fixes { fixes: vec![beside] }).await;
    agent.until_fixes([1]).await;
    let first = |town: &Town| {
        let ranking = recommend(&town.rank_sources(), &at_scene()).unwrap();
        let it = ranking.candidates.iter().find(|it| it.vehicle == "XN-01-1").unwrap().clone();
        (it.position_source, it.distance_m)
    };
    assert_eq!(first(&town), (Some(PositionSource::Fix), 0));
    town.clock.step_millis(301_000);
    assert_eq!(first(&town), (Some(PositionSource::Station), 1426));
    let at = town.rank_sources().whereabouts(&"XN-01-1".into()).unwrap();
    assert_eq!(at.source, dispatch_core::recommend::PositionSource::Station);
    let fix_age_seconds = at.fix_age_seconds.map(f64::round);
    assert_eq!(fix_age_seconds, Some(301.0));
}

#[tokio::test]
async fn who_is_not_listed_is_counted_and_can_be_asked_for() {
    let town = Town::open().await;
    let one = RecommendRequest { how_many: 1, ..at_scene() };
    let cut = recommend(&town.rank_sources(), &one).unwrap();
    let listed = cut.candidates.len() + cut.soon_free.len() + cut.rejected.len();
    assert_eq!((cut.candidates.len(), listed + cut.not_listed as usize), (1, 3));
    assert!(cut.not_listed > 0);
    let all = recommend(&town.rank_sources(), &RecommendRequest { all: true, ..one }).unwrap();
    assert_eq!((all.candidates.len() + all.rejected.len(), all.not_listed), (3, 0));
}

#[tokio::test]
async fn an_exercise_gives_way_and_takes_nobody_from_a_patient() {
    let town = Town::open().await;
    let mut call = commands::call("xining", "");
    if let Command::TakeCall(taken) = &mut call.command {
        taken.facts.test = true;
    }
    let exercise = commands::incident_of(&town.desk.execute(call).await.unwrap());
    let patient = commands::open_incident(&town.desk, "xining").await;
    let practised = town.send_to(&exercise, "XN-01-1").await;
    town.send_to(&patient, "XN-01-2").await;
    let ranking = recommend(&town.rank_sources(), &at_scene()).unwrap();
    let taken = ranking.candidates.iter().find(|it| it.vehicle == "XN-01-1").unwrap();
    assert_eq!(taken.taken_from_task.as_deref(), Some(practised.as_str()));
    assert!(taken.warnings.contains(&CandidateWarning::OnExercise), "{taken:?}");

    let for_exercise = RecommendRequest { test: true, ..at_scene() };
    let ranking = recommend(&town.rank_sources(), &for_exercise).unwrap();
    let kept = ranking.rejected.iter().find(|it| it.vehicle == "XN-01-2").unwrap();
    assert_eq!(kept.reasons, [RejectionReason::ServesPatient]);
    let divert = Command::DivertVehicle {
        vehicle: "XN-01-2".into(),
        to_incident: exercise,
        reason: DivertReason::Nearer.into(),
        confirmed: true,
    };
    let answer = town.desk.execute(commands::envelope("xining", "", divert)).await;
    assert_eq!(commands::rejection(answer), "patient_before_exercise");
}

#[tokio::test]
async fn an_incident_that_is_over_is_not_ranked() {
    let town = Town::open().await;
    let incident = commands::open_incident(&town.desk, "xining").await;
    let reason = Reasoned::from(RefuseReason::NotMedical);
    town.execute(Command::RefuseIncident { incident: incident.clone(), reason }).await;
    let target = RankFor::Incident(incident.clone());
    let over = recommend(&town.rank_sources(), &RecommendRequest::usual("xining".into(), target));
    assert_eq!(over, Err(RankError::IncidentOver(incident)));
}

#[tokio::test]
async fn a_question_about_nothing_known_is_refused() {
    let town = Town::open().await;
    let nowhere = RecommendRequest { centre: "lhasa".into(), ..at_scene() };
    assert_eq!(
        recommend(&town.rank_sources(), &nowhere),
        Err(RankError::UnknownCentre("lhasa".into()))
    );
    let target = RankFor::Incident("xining-9".into());
    let unknown = RecommendRequest::usual("xining".into(), target);
    assert_eq!(
        recommend(&town.rank_sources(), &unknown),
        Err(RankError::UnknownIncident("xining-9".into()))
    );
}

#[tokio::test]
async fn a_second_call_from_the_same_number_is_offered_as_the_same_incident() {
    let town = Town::open().await;
    let incident = commands::open_incident(&town.desk, "xining").await;
    let request = DuplicateRequest {
        centre: "xining".into(),
        scene: None,
        error_radius_m: None,
        caller_number: Some("+86 139-0000-0000".into()),
        test: false,
    };
    let found = duplicates(&town.rank_sources(), &request).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].incident.as_str(), found[0].same_caller), (incident.as_str(), true));
    assert_eq!(found[0].address, "解放西街 1 号");
    assert!(found[0].can_link);
}

/// The classic fatal one: a second call minutes after the first was turned away; and one across a border.
#[tokio::test]
async fn a_call_after_a_refusal_or_across_a_border_is_shown_and_not_offered_for_linking() {
    let town = Town::open().await;
    let incident = commands::open_incident(&town.desk, "xining").await;
    let request = |centre: &str| DuplicateRequest {
        centre: centre.into(),
        scene: None,
        error_radius_m: None,
        caller_number: Some("13900000000".into()),
        test: false,
    };
    let across = duplicates(&town.rank_sources(), &request("qinghai")).unwrap();
    let told = (across[0].centre.as_str(), across[0].can_link, across[0].stage);
    assert_eq!(told, ("xining", false, IncidentStage::Waiting));

    let reason = Reasoned::from(RefuseReason::NotMedical);
    town.execute(Command::RefuseIncident { incident, reason }).await;
    town.clock.step_millis(300_000);
    let after = duplicates(&town.rank_sources(), &request("xining")).unwrap();
    let told = (after[0].stage, after[0].reason.as_deref(), after[0].ended_seconds);
    assert_eq!(told, (IncidentStage::Refused, Some("not_medical"), Some(300)));
    assert!(!after[0].can_link);
}
