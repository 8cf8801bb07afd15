//! What live positions show of a vehicle's movement reaches its crew and its centre, and a press goes before it.

use super::client::Agent;
use super::journal_support::{self as commands};
use super::town::{Town, quick};
use dispatch_core::model::{Command, Event, TaskId, Wgs84};
use dispatch_server::live::LiveSettings;
use std::time::Duration;
use wire_protocol::agent::{
    AgentMessage, CrewCommand, FixReport, ServerMessage, VehicleAssignment,
};
use wire_protocol::movement::Movement;
use wire_protocol::views::DeadlineKind;
use wire_protocol::vocabulary::Milestone;

const SCENE: [f64; 2] = [101.64, 36.538];

async fn press(town: &Town, agent: &mut Agent, number: u64, task: &TaskId, milestone: Milestone) {
    let (made_at, details) = (town.clock.now().0, Default::default());
    let command = CrewCommand::Milestone { task: task.as_str().into(), milestone, details };
    let (pressed_as, reckoned) = (None, None);
    agent.say(&AgentMessage::Press { number, made_at, command, pressed_as, reckoned }).await;
    agent.until_commands(number).await;
}

/// A terminal whose crew is under way to a placed scene.
async fn under_way(town: &Town) -> (Agent, TaskId) {
    let mut agent = town.agent("XN-01-1", "box").await;
    let mut call = commands::call("xining", "");
    if let Command::TakeCall(taken) = &mut call.command {
        taken.facts.scene.position = Wgs84::checked(SCENE[0], SCENE[1]);
    }
    let incident = commands::incident_of(&town.desk.execute(call).await.unwrap());
    let task = town.send_to(&incident, "XN-01-1").await;
    press(town, &mut agent, 1, &task, Milestone::OrderReceived).await;
    press(town, &mut agent, 2, &task, Milestone::Departed).await;
    (agent, task)
}

/// The vehicle stands at the scene and reports every three seconds, until its crew is shown something.
async fn until_shown(
    town: &Town,
    agent: &mut Agent,
    is_so: impl Fn(&VehicleAssignment) -> bool,
) -> VehicleAssignment {
    for number in 1.. {
        town.clock.step_millis(3_000);
        let fix_time = town.clock.now().0;
        // Receivers wander by a metre.
        let lon = SCENE[0] + 1e-5 * (number % 2) as f64;
        let (speed_mps, heading_deg, satellites, hdop) = (Some(0.3), None, None, None);
        let fix = FixReport {
            number,
            fix_time,
            lon,
            lat: SCENE[1],
            speed_mps,
            heading_deg,
            satellites,
            hdop,
        };
        agent.say(&AgentMessage::Fixes { fixes: vec![fix] }).await;
        loop {
            match agent.next().await {
                ServerMessage::Recorded { fixes, .. } if !fixes.is_empty() => break,
                ServerMessage::Duty(duty) if is_so(&duty) => return *duty,
                _ => {}
            }
        }
    }
    unreachable!("it reports until it is shown something")
}

#[tokio::test]
async fn an_arrival_that_nobody_pressed_is_shown_to_the_crew_and_due_at_the_centre() {
    let settings = LiveSettings { movement_tick: Duration::from_millis(20), ..quick() };
    let town = Town::with(settings).await;
    let (mut agent, task) = under_way(&town).await;
    let shown = until_shown(&town, &mut agent, |duty| !duty.movements.is_empty()).await;
    assert_eq!(shown.movements[0].movement, Movement::AtScene);
    assert_eq!(shown.order.as_ref().unwrap().reached.len(), 3, "nothing is pressed by itself");
    let view = |town: &Town| {
        let of = town.desk.read(&"xining".into(), |state| {
            town.live.vehicle_view(state, &state.vehicles["XN-01-1"])
        });
        of.unwrap()
    };
    let seen = view(&town);
    let due = seen.deadlines.iter().find(|it| it.kind == DeadlineKind::ArrivalPress).unwrap();
    assert_eq!(due.due_at, seen.movements[0].since + 120_000);

    press(&town, &mut agent, 3, &task, Milestone::AtScene).await;
    let pressed = view(&town);
    assert!(pressed.movements.is_empty());
    assert!(!pressed.deadlines.iter().any(|it| it.kind == DeadlineKind::ArrivalPress));
    let noted = town
        .journal("xining")
        .await
        .into_iter()
        .filter(|recorded| matches!(recorded.event, Event::MovementNoted { over: false, .. }));
    assert_eq!(noted.count(), 1, "however often it is looked");
}
