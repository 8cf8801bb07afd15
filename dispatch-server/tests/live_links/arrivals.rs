//! When a vehicle will be there, by which way, and what the server learns from it.

use super::client::{Agent, Console};
use super::journal_support as commands;
use super::town::{Town, quick};
use dispatch_core::model::{Command, IncidentId, Place, TaskId, Wgs84};
use dispatch_server::live::LiveSettings;
use std::time::Duration;
use wire_protocol::agent::{AgentMessage, CrewCommand, FixReport, ServerMessage};
use wire_protocol::console::FeedMessage;
use wire_protocol::recommendation::TravelMethod;
use wire_protocol::route::{
    ArrivalGoal, ArrivalView, RoadConditionKind, RoadConditionRequest, RouteView, TurnKind,
};
use wire_protocol::views::{DeadlineKind, IncidentStage};
use wire_protocol::vocabulary::Milestone;

/// On the only main road of the tiny region, some 15 km from the first station.
const SCENE: [f64; 2] = [101.64, 36.538];
const STATION: [f64; 2] = [101.79, 36.61];
/// Far beside that road.
const ASTRAY: [f64; 2] = [101.70, 36.62];

async fn town() -> Town {
    Town::with(LiveSettings { arrivals_tick: Duration::from_millis(30), ..quick() }).await
}

async fn incident_at_scene(town: &Town) -> IncidentId {
    let mut call = commands::call("xining", "");
    if let Command::TakeCall(taken) = &mut call.command {
        taken.facts.scene.position = Wgs84::checked(SCENE[0], SCENE[1]);
    }
    commands::incident_of(&town.desk.execute(call).await.unwrap())
}

fn fix(town: &Town, number: u64, [lon, lat]: [f64; 2]) -> AgentMessage {
    let fix_time = town.clock.now().0;
    let (speed_mps, heading_deg, satellites, hdop) = (None, None, None, None);
    let fix = FixReport { number, fix_time, lon, lat, speed_mps, heading_deg, satellites, hdop };
    AgentMessage::Fixes { fixes: vec![fix] }
}

fn route(message: &ServerMessage) -> Option<RouteView> {
    match message {
        ServerMessage::Route(route) => Some((**route).clone()),
        _ => None,
    }
}

fn first(message: &FeedMessage) -> Option<ArrivalView> {
    match message {
        FeedMessage::Arrivals { arrivals, .. } => arrivals.first().cloned(),
        _ => None,
    }
}

/// Waits for a list that was made after everything so far.
async fn looked_again(town: &Town, console: &mut Console) {
    town.clock.step_millis(1_000);
    let now = town.clock.now().0;
    let is_newer = |message: &FeedMessage| match message {
        FeedMessage::Arrivals { made_at, .. } => (*made_at >= now).then_some(()),
        _ => None,
    };
    console.until(is_newer).await;
}

/// The terminal shows the order; until then nobody is told when its vehicle arrives.
async fn receive(town: &Town, agent: &mut Agent, task: &TaskId) {
    let (made_at, task) = (town.clock.now().0, task.to_string());
    let command = CrewCommand::DeviceReceipt { task };
    agent
        .say(&AgentMessage::Press { number: 1, made_at, command, pressed_as: None, reckoned: None })
        .await;
    agent.until_commands(1).await;
}

#[tokio::test]
async fn a_late_arrival_is_known_before_it_happens_and_a_lost_vehicle_gets_a_new_way() {
    let town = town().await;
    let mut console = town.console("xining").await;
    console.subscribe(None, vec![]).await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.say(&fix(&town, 1, STATION)).await;
    agent.until_fixes([1]).await;
    let task = town.send_to(&incident_at_scene(&town).await, "XN-01-1").await;
    receive(&town, &mut agent, &task).await;

    let way = agent.until(route).await;
    assert_eq!((way.task.as_deref(), way.method), (Some(task.as_str()), TravelMethod::Road));
    assert_eq!(way.steps.last().unwrap().turn, TurnKind::Arrive);
    let arrival = console.until(first).await;
    assert_eq!((arrival.task.as_str(), arrival.goal), (task.as_str(), ArrivalGoal::Scene));
    assert!(arrival.arrives_at > town.clock.now().0 && arrival.metres_left > 10_000);

    town.clock.step_millis(1_700_000);
    let late = console.until(|it| first(it).filter(|it| it.misses_norm_by_seconds.is_some())).await;
    assert!(late.arrives_at > town.clock.now().0, "known before it happens");

    town.clock.step_millis(600_000);
    agent.say(&fix(&town, 2, ASTRAY)).await;
    agent.until_fixes([2]).await;
    looked_again(&town, &mut console).await;
    town.clock.step_millis(10_000);
    agent.say(&fix(&town, 3, [ASTRAY[0] - 0.001, ASTRAY[1]])).await;
    let again = agent.until(route).await;
    assert!(again.made_at > way.made_at && again.points[0] != way.points[0]);
}

/// Route, arrival and ranking lead to one place: where somebody waits, also when nobody knows the scene.
#[tokio::test]
async fn a_crew_is_led_to_the_waiting_place() {
    let town = town().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.say(&fix(&town, 1, STATION)).await;
    agent.until_fixes([1]).await;
    let mut call = commands::call("xining", "");
    if let Command::TakeCall(taken) = &mut call.command {
        let waiting = Wgs84::checked(SCENE[0], SCENE[1]);
        let scene = &mut taken.facts.scene;
        taken.facts.waiting = Some(Place { position: waiting, ..scene.clone() });
        scene.position = None;
    }
    let incident = commands::incident_of(&town.desk.execute(call).await.unwrap());
    let task = town.send_to(&incident, "XN-01-1").await;
    receive(&town, &mut agent, &task).await;
    let way = agent.until(route).await;
    let [lon, lat] = *way.points.last().unwrap();
    let metres = Wgs84 { lon, lat }.metres_to(Wgs84 { lon: SCENE[0], lat: SCENE[1] });
    assert!(metres < 500.0, "{metres} m from where somebody waits");
    assert_eq!(town.live.task_route(&task).unwrap().points.last(), way.points.last());
}

/// The norm on the incident, its deadline and the arrival are one.
#[tokio::test]
async fn every_screen_goes_by_one_response_norm() {
    let town = town().await;
    let mut console = town.console("xining").await;
    console.subscribe(None, vec![]).await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.say(&fix(&town, 1, STATION)).await;
    agent.until_fixes([1]).await;
    let incident = incident_at_scene(&town).await;
    // The order goes out minutes after the call: the norm has been running since the call.
    town.clock.step_millis(400_000);
    let task = town.send_to(&incident, "XN-01-1").await;
    receive(&town, &mut agent, &task).await;
    town.clock.step_millis(1_700_000);
    let late = console.until(|it| first(it).filter(|it| it.misses_norm_by_seconds.is_some())).await;
    let view = town.desk.read(&"xining".into(), |state| {
        town.live.incident_view(state, &state.incidents[&incident])
    });
    let view = view.unwrap();
    let norm = view.response.unwrap();
    let scene = view.deadlines.iter().find(|it| it.kind == DeadlineKind::Scene).unwrap();
    assert_eq!((norm.from, norm.due_at), (view.opened_at, scene.due_at));
    let missed_by = (late.arrives_at - norm.due_at).div_euclid(1000);
    assert_eq!(late.misses_norm_by_seconds.map(i64::from), Some(missed_by));
}

/// A time reckoned from a place left long ago is no time.
#[tokio::test]
async fn a_vehicle_nobody_has_seen_for_long_has_no_arrival_time() {
    let town = town().await;
    let mut console = town.console("xining").await;
    console.subscribe(None, vec![]).await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.say(&fix(&town, 1, STATION)).await;
    agent.until_fixes([1]).await;
    let task = town.send_to(&incident_at_scene(&town).await, "XN-01-1").await;
    for (number, milestone) in (1..).zip([Milestone::OrderReceived, Milestone::Departed]) {
        let (made_at, details) = (town.clock.now().0, Default::default());
        let command = CrewCommand::Milestone { task: task.as_str().into(), milestone, details };
        agent
            .say(&AgentMessage::Press {
                number,
                made_at,
                command,
                pressed_as: None,
                reckoned: None,
            })
            .await;
        agent.until_commands(number).await;
    }
    console.until(first).await;
    town.clock.step_millis(1_801_000);
    let is_empty = |message: &FeedMessage| match message {
        FeedMessage::Arrivals { arrivals, .. } => arrivals.is_empty().then_some(()),
        _ => None,
    };
    console.until(is_empty).await;
    assert_eq!(town.live.task_route(&task), None);
}

#[tokio::test]
async fn a_crew_gets_a_new_way_when_a_slow_road_ends_by_its_time() {
    let town = town().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.say(&fix(&town, 1, STATION)).await;
    agent.until_fixes([1]).await;
    let now = town.clock.now();
    let snow = RoadConditionRequest {
        kind: RoadConditionKind::Slow,
        factor: Some(3.0),
        area: vec![[101.0, 36.0], [102.5, 36.0], [102.5, 37.2], [101.0, 37.2]],
        note: "大雪".to_owned(),
        until: Some(now.0 + 600_000),
    };
    town.roads.add_condition(snow, "wang", now).await.unwrap();
    let task = town.send_to(&incident_at_scene(&town).await, "XN-01-1").await;
    receive(&town, &mut agent, &task).await;
    let slow = agent.until(route).await;
    // Nobody commands and nothing moves.
    town.clock.step_millis(600_000);
    let free = agent.until(route).await;
    assert!(free.seconds * 2 < slow.seconds, "{} s, {} s", free.seconds, slow.seconds);
}

#[tokio::test]
async fn a_journey_to_the_scene_teaches_how_long_it_took() {
    let town = town().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.say(&fix(&town, 1, STATION)).await;
    agent.until_fixes([1]).await;
    let task = town.send_to(&incident_at_scene(&town).await, "XN-01-1").await;
    receive(&town, &mut agent, &task).await;
    agent.until(route).await;
    let mut console = town.console("xining").await;
    console.subscribe(None, vec![]).await;
    let milestones = [Milestone::OrderReceived, Milestone::Departed, Milestone::AtScene];
    for (number, milestone) in (2..).zip(milestones) {
        let (made_at, details) = (town.clock.now().0, Default::default());
        let command = CrewCommand::Milestone { task: task.as_str().into(), milestone, details };
        agent
            .say(&AgentMessage::Press {
                number,
                made_at,
                command,
                pressed_as: None,
                reckoned: None,
            })
            .await;
        agent.until_commands(number).await;
        if milestone == Milestone::Departed {
            looked_again(&town, &mut console).await;
            town.clock.step_millis(900_000);
        }
    }
    while town.roads.report(town.clock.now()).all.journeys == 0 {
        tokio::task::yield_now().await;
    }
    let report = town.roads.report(town.clock.now());
    assert!(report.all.p90_error_seconds < 900, "{report:?}");
    assert!(report.groups.iter().any(|group| group.name == "class:primary"), "{report:?}");
}

#[tokio::test]
async fn an_order_that_nobody_received_moves_nobody_and_its_incident_waits_again() {
    let town = town().await;
    let mut console = town.console("xining").await;
    console.subscribe(None, vec![]).await;
    let received = incident_at_scene(&town).await;
    let unheard = incident_at_scene(&town).await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.say(&fix(&town, 1, STATION)).await;
    agent.until_fixes([1]).await;
    // Both are sent; one terminal was never switched on.
    let lost = town.send_to(&unheard, "XN-01-2").await;
    let task = town.send_to(&received, "XN-01-1").await;
    receive(&town, &mut agent, &task).await;
    let told = |message: &FeedMessage| match message {
        FeedMessage::Arrivals { arrivals, .. } if !arrivals.is_empty() => Some(arrivals.clone()),
        _ => None,
    };
    let told = console.until(told).await;
    assert!(told.iter().all(|it| it.task != lost.as_str()), "{told:?}");

    town.clock.step_millis(121_000);
    let waits = |message: &FeedMessage| match message {
        FeedMessage::Changes(changes) => changes
            .incidents
            .iter()
            .find(|it| it.id == unheard.as_str() && it.stage == IncidentStage::Waiting)
            .cloned(),
        _ => None,
    };
    let waiting = console.until(waits).await;
    assert!(waiting.tasks[0].lapsed_at.is_some() && waiting.vehicles_missing == Some(1));
    let due = waiting.deadlines.iter().map(|it| it.due_at).min().unwrap();
    assert!(due <= town.clock.now().0, "the alarm is due at once");
}
