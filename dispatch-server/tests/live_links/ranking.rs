//! Ranked vehicles and possible duplicates, as a dispatcher reads them.

use super::client::fix;
use super::journal_support as acts;
use super::town::Town;
use dispatch_core::model::*;
use dispatch_server::rank::{DuplicateRequest, RankError, RankFor, RecommendRequest};
use expect_test::expect;
use wire_protocol::agent::AgentMessage;
use wire_protocol::recommendation::Recommendation;

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
    town.order(Command::PauseVehicle { vehicle: "XN-02-1".into(), reason }).await;
    let ranking = town.live.recommend(&at_scene()).unwrap();
    expect![[r#"
        1 XN-01-1 AvailableAtStation: 413 = 90+263+0+0+0+0+60, 1426 m, [PositionOfStation, Offline]
        2 XN-01-2 AvailableAtStation: 683 = 90+293+0+300+0+0+0, 1182 m, [NotFullyEquipped]
        - XN-02-1 Paused: [Paused, NoPosition]
    "#]]
    .assert_eq(&told(&ranking));
}

#[tokio::test]
async fn a_question_about_nothing_known_is_refused() {
    let town = Town::open().await;
    let nowhere = RecommendRequest { centre: "lhasa".into(), ..at_scene() };
    assert_eq!(town.live.recommend(&nowhere), Err(RankError::UnknownCentre("lhasa".into())));
    let target = RankFor::Incident("xining-9".into());
    let unknown = RecommendRequest::usual("xining".into(), target);
    assert_eq!(town.live.recommend(&unknown), Err(RankError::UnknownIncident("xining-9".into())));
}

#[tokio::test]
async fn a_second_call_from_the_same_number_is_offered_as_the_same_incident() {
    let town = Town::open().await;
    let incident = acts::open_incident(&town.desk, "xining").await;
    let request = DuplicateRequest {
        centre: "xining".into(),
        scene: None,
        error_radius_m: None,
        caller_number: Some("+86 139-0000-0000".into()),
        test: false,
    };
    let found = town.live.duplicates(&request).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].incident.as_str(), found[0].same_caller), (incident.as_str(), true));
    assert_eq!(found[0].address, "解放西街 1 号");
}
