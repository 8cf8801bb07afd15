use crate::hold;
use wire_protocol::console::*;
use wire_protocol::movement::{Movement, MovementView};
use wire_protocol::views::*;
use wire_protocol::vocabulary::*;

fn entry() -> LogEntry {
    LogEntry {
        centre: "yinchuan".into(),
        version: 41,
        kind: "vehicle_paused".into(),
        stamp: Stamp {
            at: None,
            made_at: 1_795_000_000_000,
            terminal_clock: None,
            recorded_at: 1_795_000_000_040,
            origin: OriginView::CrewTerminal { vehicle: "YC-01-1".into() },
            vehicle_online: Some(true),
            clock_doubtful: false,
            corrected: false,
        },
        incident: None,
        task: None,
        vehicle: Some("YC-01-1".into()),
        details: [("reason".to_owned(), "fuel".to_owned())].into(),
    }
}

fn vehicle() -> VehicleView {
    VehicleView {
        id: "YC-01-1".into(),
        slot: 0,
        centre: "yinchuan".into(),
        version: 41,
        home_centre: "yinchuan".into(),
        station: "YC-01".into(),
        plate: "宁A·12001".into(),
        call_sign: "银川 1".into(),
        kind: VehicleKind::IntensiveCare,
        equipment: vec!["defibrillator".into()],
        state: VehicleState::Paused,
        state_since: 1_795_000_000_000,
        pause: Some(PauseReason::Fuel),
        task: None,
        incident: None,
        crew: vec![],
        sos_since: None,
        report: None,
        refused: None,
        next: None,
        suggested_move: None,
        move_to: None,
        messages: Vec::new(),
        log: None,
        movements: Vec::new(),
        online: true,
        terminal_faults: Vec::new(),
        fix: None,
        deadlines: vec![Deadline {
            kind: DeadlineKind::OverdueInState,
            warn_at: 1_795_001_740_000,
            due_at: 1_795_001_800_000,
        }],
    }
}

fn service() -> ServiceState {
    let (journal, history) = (PartState::Working, PartState::Degraded);
    ServiceState {
        journal,
        history,
        positions_lost_at: None,
        others: None,
        clock: None,
        space: None,
        region: None,
        set_backs: Vec::new(),
        standing_still: Vec::new(),
        without_centre: Vec::new(),
    }
}

/// As earlier releases told it.
fn seen(version: u64) -> SeenVersion {
    SeenVersion { centre: "yinchuan".into(), version, hash: None }
}

fn seen_with_hash(version: u64) -> SeenVersion {
    SeenVersion { hash: Some("0123456789abcdef".into()), ..seen(version) }
}

#[test]
fn what_tells_branches_of_a_journal_apart() {
    hold(
        "console_resume_with_hash",
        &ConsoleMessage::Subscribe {
            protocol: 1,
            epoch: Some("e-1".into()),
            seen: vec![seen_with_hash(40)],
        },
    );
    hold(
        "feed_caught_up_with_hash",
        &FeedMessage::CaughtUp {
            epoch: "e-1".into(),
            server_time: 1_795_000_000_100,
            versions: vec![seen_with_hash(41)],
        },
    );
    hold(
        "feed_changes_with_hash",
        &FeedMessage::Changes(Box::new(Changes {
            centre: "yinchuan".into(),
            first_version: 41,
            last_version: 41,
            last_hash: Some("0123456789abcdef".into()),
            incidents: vec![],
            vehicles: vec![],
            vehicles_gone: vec![],
            log: vec![entry()],
        })),
    );
    let set_back = SetBackView {
        centre: "yinchuan".into(),
        at: 1_795_000_000_000,
        from_version: 70,
        to_version: 64,
        incidents: vec!["yinchuan-4".into()],
    };
    let service = ServiceState {
        set_backs: vec![set_back],
        standing_still: vec!["wuzhong".into()],
        ..service()
    };
    hold("feed_service_of_a_journal_set_back", &FeedMessage::Service(service));
}

#[test]
fn positions_that_were_lost_with_their_file() {
    let service = ServiceState { positions_lost_at: Some(1_795_000_000_000), ..service() };
    hold("feed_service_of_lost_positions", &FeedMessage::Service(service));
}

#[test]
fn vehicles_that_no_centre_has() {
    let service = ServiceState { without_centre: vec!["YC-99-1".into()], ..service() };
    hold("feed_service_of_a_vehicle_without_centre", &FeedMessage::Service(service));
}

#[test]
fn what_a_console_sends() {
    hold(
        "console_subscribe",
        &ConsoleMessage::Subscribe { protocol: 1, epoch: None, seen: vec![] },
    );
    hold(
        "console_resume",
        &ConsoleMessage::Subscribe { protocol: 1, epoch: Some("e-1".into()), seen: vec![seen(40)] },
    );
    hold("console_ping", &ConsoleMessage::Ping { clock: 1 });
}

#[test]
fn what_the_server_sends_to_a_console() {
    let versions = vec![seen(41)];
    hold(
        "feed_snapshot",
        &FeedMessage::Snapshot(Box::new(Snapshot {
            epoch: "e-1".into(),
            server_time: 1_795_000_000_100,
            versions: versions.clone(),
            incidents: vec![],
            vehicles: vec![vehicle()],
            log: vec![entry()],
            service: service(),
        })),
    );
    hold(
        "feed_changes",
        &FeedMessage::Changes(Box::new(Changes {
            centre: "yinchuan".into(),
            first_version: 41,
            last_version: 41,
            last_hash: None,
            incidents: vec![],
            vehicles: vec![vehicle()],
            vehicles_gone: vec![],
            log: vec![entry()],
        })),
    );
    let mut known = entry();
    known.stamp.at = Some(1_795_000_000_000);
    hold(
        "feed_changes_with_best_knowledge_of_time",
        &FeedMessage::Changes(Box::new(Changes {
            centre: "yinchuan".into(),
            first_version: 41,
            last_version: 41,
            last_hash: None,
            incidents: vec![],
            vehicles: vec![],
            vehicles_gone: vec![],
            log: vec![known],
        })),
    );
    let mut corrected = entry();
    corrected.stamp.terminal_clock = Some(600_000);
    let faults = vec![TerminalFault::StorageFailing, TerminalFault::ReceiverDateWrong];
    hold(
        "feed_changes_of_a_terminal_with_faults",
        &FeedMessage::Changes(Box::new(Changes {
            centre: "yinchuan".into(),
            first_version: 41,
            last_version: 41,
            last_hash: None,
            incidents: vec![],
            vehicles: vec![VehicleView { terminal_faults: faults, ..vehicle() }],
            vehicles_gone: vec![],
            log: vec![corrected],
        })),
    );
    let idling = MovementView { movement: Movement::Idling, since: 1_795_000_000_000 };
    hold(
        "feed_changes_of_an_idling_vehicle",
        &FeedMessage::Changes(Box::new(Changes {
            centre: "yinchuan".into(),
            first_version: 42,
            last_version: 42,
            last_hash: None,
            incidents: vec![],
            vehicles: vec![VehicleView { movements: vec![idling], ..vehicle() }],
            vehicles_gone: vec![],
            log: vec![],
        })),
    );
    hold(
        "feed_caught_up",
        &FeedMessage::CaughtUp { epoch: "e-1".into(), server_time: 1_795_000_000_100, versions },
    );
    hold("feed_link", &FeedMessage::Link { vehicle: "YC-01-1".into(), online: false, since: 5 });
    hold("feed_service", &FeedMessage::Service(service()));
    let one_of_several = ServiceState { others: Some(PartState::Down), ..service() };
    hold("feed_service_of_several", &FeedMessage::Service(one_of_several));
    let fast = ServiceState { clock: Some(PartState::Degraded), ..service() };
    hold("feed_service_of_a_fast_clock", &FeedMessage::Service(fast));
    let full = ServiceState { space: Some(PartState::Degraded), ..service() };
    hold("feed_service_of_a_full_disk", &FeedMessage::Service(full));
    let old = ServiceState { region: Some(PartState::Degraded), ..service() };
    hold("feed_service_of_an_old_region", &FeedMessage::Service(old));
    hold("feed_pong", &FeedMessage::Pong { clock: 1, server_time: 2 });
    hold(
        "feed_closing",
        &FeedMessage::Closing {
            code: "signed_out".into(),
            message: "the session has ended".into(),
        },
    );
}
