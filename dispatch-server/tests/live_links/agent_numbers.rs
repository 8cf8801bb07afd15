//! Terminals whose numbers do not fit what the centre has: set back, cloned, ahead, of an earlier release.

use super::client::Agent;
use super::journal_support::NOON;
use super::town::{Town, quick};
use dispatch_core::model::Event;
use dispatch_server::live::LiveSettings;
use wire_protocol::PROTOCOL_VERSION;
use wire_protocol::agent::{
    AgentMessage, CrewCommand, PressedAs, PreviousOutbox, RenewalReason, ServerMessage,
    StorageState, TerminalReport,
};
use wire_protocol::vocabulary::PauseReason;

const VEHICLE: &str = "XN-01-1";

fn pause() -> CrewCommand {
    CrewCommand::Pause { reason: PauseReason::Fuel, note: String::new() }
}

fn report(first_command: u64, last_command: u64) -> TerminalReport {
    let storage = StorageState::Healthy;
    TerminalReport { first_command, last_command, storage, previous: None, pictures: false }
}

async fn hello(town: &Town, outbox: &str, terminal: TerminalReport) -> (Agent, u64) {
    let mut agent = town.socket(VEHICLE).await;
    agent
        .say(&AgentMessage::Hello {
            protocol: PROTOCOL_VERSION,
            outbox: outbox.into(),
            software: "test 2".into(),
            clock: NOON.0,
            terminal: Some(terminal),
        })
        .await;
    let welcome = |message: &ServerMessage| match message {
        ServerMessage::Welcome { commands_through, .. } => Some(*commands_through),
        _ => None,
    };
    let through = agent.until(welcome).await;
    (agent, through)
}

async fn renumbered(agent: &mut Agent) -> (u64, RenewalReason) {
    let renumber = |message: &ServerMessage| match message {
        ServerMessage::Renumber { commands_through, reason } => Some((*commands_through, *reason)),
        _ => None,
    };
    agent.until(renumber).await
}

async fn count(town: &Town, kind: &str) -> usize {
    town.journal("xining").await.iter().filter(|event| event.event.kind() == kind).count()
}

async fn troubles(town: &Town) -> Vec<&'static str> {
    let trouble = |event: &Event| match event {
        Event::TerminalTroubleNoted { trouble, .. } => Some(trouble.kind()),
        _ => None,
    };
    town.journal("xining").await.iter().filter_map(|it| trouble(&it.event)).collect()
}

async fn four_presses(town: &Town) {
    let mut agent = town.agent(VEHICLE, "box").await;
    for (number, command) in (1..).zip([pause(), CrewCommand::Resume, pause(), CrewCommand::Resume])
    {
        agent.press(number, command).await;
    }
    agent.until_commands(4).await;
}

#[tokio::test]
async fn a_terminal_set_back_is_told_at_once_and_nothing_counts_as_recorded_by_its_number() {
    let town = Town::open().await;
    four_presses(&town).await;
    let (mut agent, through) = hello(&town, "box", report(2, 2)).await;
    assert_eq!(through, 1, "only what the terminal itself knows to be confirmed");
    assert_eq!(renumbered(&mut agent).await, (4, RenewalReason::TerminalBehind));
    // The call for help that has a number of the past is recorded even before that.
    agent.press(2, CrewCommand::Sos).await;
    agent.until_commands(2).await;
    assert_eq!(renumbered(&mut agent).await.1, RenewalReason::NumberUsedTwice);
    assert_eq!(count(&town, "sos_raised").await, 1);
    // It comes again, moved into the new outbox: known by name.
    let previous = PreviousOutbox {
        outbox: "box".into(),
        commands_through: 1,
        last_command: 2,
        moved: 1,
        reason: RenewalReason::TerminalBehind,
        confirmed: None,
    };
    let renewed = TerminalReport { previous: Some(previous), ..report(1, 1) };
    let (mut agent, _) = hello(&town, "new-box", renewed).await;
    let moved = AgentMessage::Press {
        number: 1,
        made_at: NOON.0,
        command: CrewCommand::Sos,
        pressed_as: Some(PressedAs { outbox: "box".into(), number: 2 }),
        reckoned: None,
    };
    agent.say(&moved).await;
    agent.until_commands(1).await;
    assert_eq!(count(&town, "sos_raised").await, 1, "once");
    let noted = troubles(&town).await;
    assert!(noted.ends_with(&["outbox_renewed", "press_repeated"]), "{noted:?}");
}

#[tokio::test]
async fn a_terminal_ahead_of_the_journal_is_told_and_its_call_for_help_is_taken() {
    let town = Town::open().await;
    let (mut agent, through) = hello(&town, "box", report(7, 8)).await;
    assert_eq!(through, 6);
    agent.press(7, pause()).await;
    agent.press(8, CrewCommand::Sos).await;
    assert_eq!(renumbered(&mut agent).await, (0, RenewalReason::CentreBehind));
    let is_recorded = |message: &ServerMessage| match message {
        ServerMessage::Duty(_) | ServerMessage::Renumber { .. } => Some(()),
        ServerMessage::Recorded { commands_through, .. } => {
            assert!(*commands_through <= 6, "the pause is not confirmed by the call behind it");
            None
        }
        _ => None,
    };
    while count(&town, "sos_raised").await == 0 {
        agent.until(is_recorded).await;
    }
    assert_eq!(count(&town, "vehicle_paused").await, 0);
    assert_eq!(troubles(&town).await, ["acts_missing"], "the gap is in the journal");
}

#[tokio::test]
async fn a_repeat_is_no_conflict() {
    let town = Town::open().await;
    let (mut agent, _) = hello(&town, "box", report(1, 2)).await;
    agent.press(1, pause()).await;
    agent.press(2, CrewCommand::Resume).await;
    agent.until_commands(2).await;
    // The answers were lost: the terminal sends both again, and has pressed once more.
    let (mut agent, through) = hello(&town, "box", report(1, 3)).await;
    assert_eq!(through, 0);
    agent.press(1, pause()).await;
    agent.press(2, CrewCommand::Resume).await;
    agent.press(3, CrewCommand::OffDuty).await;
    agent.until_commands(3).await;
    assert_eq!(count(&town, "vehicle_paused").await, 1);
    assert!(troubles(&town).await.is_empty(), "{:?}", troubles(&town).await);
}

#[tokio::test]
async fn a_call_for_help_from_an_earlier_release_is_taken_whatever_its_number() {
    let town = Town::open().await;
    four_presses(&town).await;
    for (outbox, number) in [("box", 9), ("another", 3), ("box", 2)] {
        let before = count(&town, "sos_raised").await;
        let mut agent = town.socket(VEHICLE).await;
        agent.hello(outbox).await;
        for _ in 0..2 {
            agent.press(number, CrewCommand::Sos).await;
            agent.until_commands(0).await;
        }
        assert_eq!(count(&town, "sos_raised").await, before + 1, "{outbox} {number}");
    }
}

#[tokio::test]
async fn a_failing_disk_and_its_recovery_are_noted() {
    let town = Town::open().await;
    let failing = TerminalReport { storage: StorageState::Failing, ..report(1, 0) };
    let (mut agent, _) = hello(&town, "box", failing).await;
    // What is told before the first is recorded is told again with the next ping.
    while troubles(&town).await.is_empty() {
        tokio::task::yield_now().await;
    }
    agent
        .say(&AgentMessage::Ping {
            clock: NOON.0,
            storage: Some(StorageState::Healthy),
            receiver: None,
        })
        .await;
    agent.press(1, pause()).await;
    agent.until_commands(1).await;
    assert_eq!(troubles(&town).await, ["storage_failing", "storage_recovered"]);
}

/// A terminal is told where else it may go.
#[tokio::test]
async fn a_welcome_tells_of_the_other_servers() {
    let servers = ["wss://10.20.0.12:8443/ws/agent".to_owned()];
    let settings = LiveSettings { terminal_servers: servers.to_vec().into(), ..quick() };
    let town = Town::with(settings).await;
    let mut agent = town.socket(VEHICLE).await;
    agent.greet("box").await;
    let ServerMessage::Welcome { servers: told, .. } = agent.next().await else {
        panic!("a welcome")
    };
    assert_eq!(told, servers);
}
