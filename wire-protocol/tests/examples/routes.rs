use crate::hold;
use wire_protocol::agent::ServerMessage;
use wire_protocol::commands::Position;
use wire_protocol::console::FeedMessage;
use wire_protocol::recommendation::TravelMethod;
use wire_protocol::route::*;

fn step(turn: TurnKind, street: &str, metres: u32, seconds: u32) -> RouteStep {
    let position = Position { lon: 106.25, lat: 38.5 };
    RouteStep { turn, exit: None, street: street.into(), metres, seconds, position }
}

fn route() -> RouteView {
    RouteView {
        task: Some("yinchuan-12.t1".into()),
        vehicle: Some("YC-01-1".into()),
        goal: Some(ArrivalGoal::Scene),
        seconds: 312,
        metres: 4210,
        method: TravelMethod::Road,
        made_at: 1_795_000_000_000,
        points: vec![[106.25, 38.5], [106.27, 38.5]],
        steps: vec![
            step(TurnKind::Depart, "解放西街", 3000, 200),
            RouteStep { exit: Some(2), ..step(TurnKind::Roundabout, "G109", 1210, 112) },
            step(TurnKind::Arrive, "", 0, 0),
        ],
    }
}

fn arrival() -> ArrivalView {
    ArrivalView {
        task: "yinchuan-12.t1".into(),
        vehicle: "YC-01-1".into(),
        incident: "yinchuan-12".into(),
        goal: ArrivalGoal::Scene,
        arrives_at: 1_795_000_312_000,
        metres_left: 4210,
        method: TravelMethod::Road,
        misses_norm_by_seconds: Some(75),
        off_route: false,
    }
}

#[test]
fn routes_and_arrivals() {
    hold("order_route", &ServerMessage::Route(Box::new(route())));
    let on_time = ArrivalView {
        goal: ArrivalGoal::Hospital,
        misses_norm_by_seconds: None,
        method: TravelMethod::StraightLine,
        off_route: true,
        ..arrival()
    };
    let arrivals = vec![arrival(), on_time];
    hold("feed_arrivals", &FeedMessage::Arrivals { made_at: 1_795_000_000_000, arrivals });
    let bare = RouteView {
        task: None,
        vehicle: None,
        goal: None,
        method: TravelMethod::StraightLine,
        steps: vec![],
        ..route()
    };
    hold("route_bare", &bare);
}

#[test]
fn roads_as_a_supervisor_draws_them() {
    let area = vec![[106.0, 38.0], [106.5, 38.0], [106.5, 38.5]];
    hold(
        "road_condition_request",
        &RoadConditionRequest {
            kind: RoadConditionKind::Slow,
            factor: Some(2.5),
            area: area.clone(),
            note: "大雪".into(),
            until: Some(1_795_003_600_000),
        },
    );
    hold(
        "road_condition",
        &RoadConditionView {
            id: "c-1".into(),
            kind: RoadConditionKind::Closed,
            factor: None,
            area,
            note: "黄河大桥封闭".into(),
            until: None,
            by: "p-1".into(),
            made_at: 1_795_000_000_000,
        },
    );
}

#[test]
fn hospitals_and_reach() {
    hold(
        "hospital_choice",
        &HospitalChoice {
            rank: 1,
            hospital: "H-01".into(),
            seconds: Some(420),
            metres: Some(6200),
            grade: "三级甲等".into(),
            specialities_matched: vec!["chest_pain".into()],
            method: TravelMethod::Road,
        },
    );
    let corners = [[106.0, 38.0], [106.5, 38.0], [106.5, 38.5], [106.0, 38.0]];
    hold(
        "isochrone",
        &IsochroneView {
            kind: "FeatureCollection".into(),
            features: vec![IsochroneFeature {
                kind: "Feature".into(),
                properties: IsochroneProperties { minutes: 10, method: TravelMethod::Road },
                geometry: IsochroneGeometry {
                    kind: "MultiPolygon".into(),
                    coordinates: vec![vec![corners.to_vec()]],
                },
            }],
        },
    );
}

#[test]
fn travel_times_and_profiles() {
    let group = |name: &str| TravelTimesGroup {
        name: name.into(),
        journeys: 40,
        median_error_seconds: 31,
        p90_error_seconds: 190,
        median_ratio: 1.08,
    };
    let report = TravelTimesReport {
        made_at: 1_795_000_000_000,
        method: TravelMethod::Road,
        profile: TravelProfileView {
            factor: 1.0,
            roads: Vec::new(),
            parts: Vec::new(),
            by: None,
            since: None,
        },
        all: group("all"),
        groups: vec![group("hour:8"), group("class:primary"), group("area:urban")],
        offered_factor: Some(1.08),
        offered: None,
    };
    hold("travel_times_report", &report);
    let plain = TravelProfileRequest { factor: 1.08, roads: Vec::new(), parts: Vec::new() };
    hold("travel_profile_request", &plain);
    let offered = TravelProfileRequest {
        factor: 1.08,
        roads: vec![RoadFactor {
            class: "primary".into(),
            area: "urban".into(),
            factor: 1.12,
            journeys: 45,
        }],
        parts: vec![DayPartFactor { part: "night".into(), factor: 0.95, journeys: 60 }],
    };
    hold("travel_profile_request_by_road", &offered);
    let profile = TravelProfileView {
        factor: offered.factor,
        roads: offered.roads.clone(),
        parts: offered.parts.clone(),
        by: Some("li".into()),
        since: Some(1_794_000_000_000),
    };
    let offered = Some(TravelProfileOffer { profile: offered, all: group("all") });
    hold("travel_times_report_offered", &TravelTimesReport { profile, offered, ..report });
    hold_norms();
}

/// One norm of the incident itself, and one of a task whose end nobody has reached.
fn hold_norms() {
    let order = NormView {
        norm: NormKind::Order,
        task: None,
        from: 1_795_000_000_000,
        due_at: 1_795_000_060_000,
        reached_at: Some(1_795_000_042_000),
        counts: true,
    };
    let departure = NormView {
        norm: NormKind::Departure,
        task: Some("yinchuan-1.t1".into()),
        reached_at: None,
        ..order.clone()
    };
    hold("norms_measured", &vec![order, departure]);
}
