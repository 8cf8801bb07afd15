//! A crew's presses: in order, each once, whatever happens to the link.

use super::client::Agent;
use super::town::{Town, quick};
use dispatch_core::model::{Event, Origin};
use dispatch_desk::database::options;
use dispatch_desk::journal::sqlite::SqliteJournal;
use std::sync::Arc;
use tempfile::TempDir;
use wire_protocol::agent::{AgentMessage, CrewCommand, ServerMessage};
use wire_protocol::commands::{CrewMember, MilestoneDetails};
use wire_protocol::vocabulary::{CrewRole, Milestone, PauseReason, Shift, VehicleState};

fn milestone(task: &str, milestone: Milestone) -> CrewCommand {
    CrewCommand::Milestone { task: task.into(), milestone, details: MilestoneDetails::default() }
}

fn pause() -> CrewCommand {
    CrewCommand::Pause { reason: PauseReason::Fuel, note: String::new() }
}

/// The crew's presses in the journal, by number.
async fn presses(town: &Town) -> Vec<u64> {
    let journal = town.journal("xining").await;
    let mut numbers: Vec<u64> = journal
        .iter()
        .filter_map(|recorded| match &recorded.provenance.origin {
            Origin::CrewTerminal { number, .. } => Some(*number),
            Origin::Person { .. } | Origin::Automatic { .. } => None,
        })
        .collect();
    numbers.dedup();
    numbers
}

#[tokio::test]
async fn a_press_is_acknowledged_once_it_is_in_the_journal() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.press(1, pause()).await;
    agent.until_commands(1).await;
    assert_eq!(presses(&town).await, [1]);
}

#[tokio::test]
async fn a_press_lost_on_the_way_is_taken_up_again_and_counts_once() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.press(1, pause()).await;
    agent.until_commands(1).await;
    // The second press is sent and the link is cut before its answer; perhaps it arrived.
    agent.press(2, CrewCommand::Resume).await;
    drop(agent);
    let mut agent = town.socket("XN-01-1").await;
    let through = agent.hello("box").await;
    assert!((1..=2).contains(&through), "{through}");
    agent.press(1, pause()).await;
    agent.press(2, CrewCommand::Resume).await;
    agent.press(3, CrewCommand::OffDuty).await;
    agent.until_commands(3).await;
    assert_eq!(presses(&town).await, [1, 2, 3]);
}

#[tokio::test]
async fn a_burst_of_presses_is_recorded_in_order() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    for number in 1..=40 {
        agent.press(number, if number % 2 == 1 { pause() } else { CrewCommand::Resume }).await;
    }
    agent.until_commands(40).await;
    assert_eq!(presses(&town).await, (1..=40).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_press_out_of_order_is_not_taken_and_the_terminal_is_told_how_far_we_are() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.press(7, pause()).await;
    let through = agent
        .until(|order| match order {
            ServerMessage::Recorded { commands_through, .. } => Some(*commands_through),
            _ => None,
        })
        .await;
    assert_eq!(through, 0);
    agent.press(1, pause()).await;
    agent.until_commands(1).await;
    assert_eq!(presses(&town).await, [1]);
}

#[tokio::test]
async fn a_terminal_that_comes_from_another_server_goes_on_although_this_one_lags() {
    let data = TempDir::new().unwrap();
    let journal = SqliteJournal::open_with(options(&data.path().join("j"))).await.unwrap();
    let journal = Arc::new(journal);
    let there = Town::over(journal.clone(), TempDir::new().unwrap(), quick()).await;
    let here = Town::over(journal, data, quick()).await;
    let mut agent = here.agent("XN-01-1", "box").await;
    agent.press(1, pause()).await;
    agent.press(2, CrewCommand::Resume).await;
    agent.until_commands(2).await;
    drop(agent);
    // Nothing has told the other server of the two presses, and the terminal keeps them no longer.
    let mut agent = there.socket("XN-01-1").await;
    assert_eq!(agent.hello("box").await, 0);
    agent.press(3, pause()).await;
    agent.until_commands(3).await;
    assert_eq!(presses(&there).await, [1, 2, 3]);
}

#[tokio::test]
async fn a_press_that_the_rules_refuse_is_recorded_as_refused_and_the_crew_is_told() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.press(1, milestone("xining-99.t1", Milestone::AtScene)).await;
    assert_eq!(refused(&mut agent).await, (1, "unknown_task".into()));
    agent.until_commands(1).await;
    let journal = town.journal("xining").await;
    let kept = journal.iter().any(
        |it| matches!(&it.event, Event::CrewActRefused { code, .. } if code == "unknown_task"),
    );
    assert!(kept, "what was pressed is in the journal");
}

#[tokio::test]
async fn an_order_that_expired_on_the_way_cannot_be_acknowledged() {
    let town = Town::open().await;
    let task = town.send("XN-01-1").await;
    town.clock.step_millis(600_000);
    let mut agent = town.agent("XN-01-1", "box").await;
    let duty = agent.until_duty(|duty| duty.order.is_some()).await;
    assert!(duty.order.unwrap().expires_at < town.clock.now().0, "the terminal can see it");
    let command = milestone(task.as_str(), Milestone::OrderReceived);
    let made_at = town.clock.now().0;
    agent
        .say(&AgentMessage::Press { number: 1, made_at, command, pressed_as: None, reckoned: None })
        .await;
    let (_, code) = refused(&mut agent).await;
    assert_eq!(code, "order_expired");
}

#[tokio::test]
async fn a_whole_run_pressed_on_the_terminal_brings_the_vehicle_home() {
    let town = Town::open().await;
    let task = town.send("XN-01-1").await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.press(1, CrewCommand::DeviceReceipt { task: task.as_str().into() }).await;
    for (number, reached) in (2..).zip(&Milestone::ALL[1..]) {
        agent.press(number, milestone(task.as_str(), *reached)).await;
    }
    let duty = agent.until_duty(|duty| duty.state == VehicleState::AvailableAtStation).await;
    assert_eq!(duty.order, None);
    assert_eq!(duty.last_ended.unwrap().task, task.as_str());
}

#[tokio::test]
async fn a_crew_signs_on_at_its_terminal_and_the_next_one_takes_its_place() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    let sign_on = |person: &str, name: &str| {
        let (role, shift) = (CrewRole::Driver, Some(Shift::Night));
        let member = CrewMember { person: person.into(), name: name.into(), role, shift };
        CrewCommand::SignOn { crew: vec![member] }
    };
    agent.press(1, sign_on("8021", "马强")).await;
    agent.until_duty(|duty| duty.crew.first().is_some_and(|it| it.name == "马强")).await;
    agent.press(2, sign_on("", "王静")).await;
    let duty = agent.until_duty(|duty| duty.crew.first().is_some_and(|it| it.name == "王静")).await;
    assert_eq!((duty.crew.len(), &*duty.crew[0].person), (1, "王静"), "who has no card has a name");
    let shift = dispatch_core::model::Shift::Night;
    let kept = town.journal("xining").await.into_iter().any(
        |it| matches!(it.event, Event::CrewAssigned { crew, .. } if crew[0].shift == Some(shift)),
    );
    assert!(kept, "with the shift");
    agent.press(3, sign_on("1", "")).await;
    assert_eq!(refused(&mut agent).await, (3, "bad_field".into()), "nobody is no crew");
}

async fn refused(agent: &mut Agent) -> (u64, String) {
    agent
        .until(|order| match order {
            ServerMessage::CommandRefused { number, code, .. } => Some((*number, code.clone())),
            _ => None,
        })
        .await
}
