use crate::hold;
use wire_protocol::agent::*;
use wire_protocol::commands::{CrewMember, MilestoneDetails, PatientsTold, Place, Position};
use wire_protocol::message::CrewNeed;
use wire_protocol::movement::{Movement, MovementView};
use wire_protocol::vocabulary::*;

fn scene() -> Place {
    Place {
        address: "兴庆区解放西街 1 号".into(),
        position: Some(Position { lon: 106.2781, lat: 38.4669 }),
        source: PlaceSource::AddressSearch,
        error_radius_m: Some(50),
        measured_at: None,
    }
}

#[test]
fn what_a_terminal_sends() {
    hold(
        "agent_hello",
        &AgentMessage::Hello {
            protocol: 1,
            outbox: "6f1c2f6e".into(),
            software: "vehicle-agent 0.1.0".into(),
            clock: 1_795_000_000_000,
            terminal: None,
        },
    );
    hold(
        "agent_hello_of_a_new_outbox",
        &AgentMessage::Hello {
            protocol: 1,
            outbox: "9b20c1aa".into(),
            software: "vehicle-agent 0.2.0".into(),
            clock: 1_795_000_000_000,
            terminal: Some(TerminalReport {
                first_command: 1,
                last_command: 2,
                storage: StorageState::Healthy,
                previous: Some(PreviousOutbox {
                    outbox: "6f1c2f6e".into(),
                    commands_through: 6,
                    last_command: 8,
                    moved: 2,
                    reason: RenewalReason::CentreBehind,
                    confirmed: None,
                }),
                pictures: false,
            }),
        },
    );
    hold(
        "agent_hello_after_two_renewals",
        &AgentMessage::Hello {
            protocol: 1,
            outbox: "0a4e51c7".into(),
            software: "vehicle-agent 0.2.0".into(),
            clock: 1_795_000_000_000,
            terminal: Some(TerminalReport {
                first_command: 1,
                last_command: 2,
                storage: StorageState::Healthy,
                previous: Some(PreviousOutbox {
                    outbox: "91b30d52".into(),
                    commands_through: 0,
                    last_command: 2,
                    moved: 2,
                    reason: RenewalReason::NumberUsedTwice,
                    confirmed: Some(ConfirmedMark { outbox: "6f1c2f6e".into(), through: 6 }),
                }),
                pictures: false,
            }),
        },
    );
    let fix = FixReport {
        number: 7,
        fix_time: 1_795_000_000_000,
        lon: 106.2781,
        lat: 38.4669,
        speed_mps: Some(12.5),
        heading_deg: Some(90.0),
        satellites: Some(11),
        hdop: Some(0.75),
    };
    let bare = FixReport {
        number: 8,
        speed_mps: None,
        heading_deg: None,
        satellites: None,
        hdop: None,
        ..fix.clone()
    };
    hold("agent_fixes", &AgentMessage::Fixes { fixes: vec![fix, bare] });
    for (name, command) in commands() {
        hold(
            &format!("agent_press_{name}"),
            &AgentMessage::Press {
                number: 3,
                made_at: 1_795_000_000_000,
                command,
                pressed_as: None,
                reckoned: None,
            },
        );
    }
    let moved = AgentMessage::Press {
        number: 1,
        made_at: 1_795_000_000_000,
        command: CrewCommand::Sos,
        pressed_as: Some(PressedAs { outbox: "6f1c2f6e".into(), number: 7 }),
        reckoned: None,
    };
    hold("agent_press_moved", &moved);
    let reckoned = |server_time| AgentMessage::Press {
        number: 1,
        made_at: 600_000,
        command: CrewCommand::Sos,
        pressed_as: None,
        reckoned: Some(ReckonedTime { server_time }),
    };
    hold("agent_press_reckoned", &reckoned(Some(1_795_000_000_000)));
    hold("agent_press_of_an_unknown_time", &reckoned(None));
    hold(
        "agent_ping",
        &AgentMessage::Ping { clock: 1_795_000_000_000, storage: None, receiver: None },
    );
    let failing = Some(StorageState::Failing);
    hold(
        "agent_ping_of_a_failing_disk",
        &AgentMessage::Ping { clock: 1_795_000_000_000, storage: failing, receiver: None },
    );
    hold(
        "agent_ping_of_a_receiver_with_a_wrong_date",
        &AgentMessage::Ping {
            clock: 1_795_000_000_000,
            storage: Some(StorageState::Healthy),
            receiver: Some(ReceiverState::DateWrong),
        },
    );
}

fn commands() -> Vec<(&'static str, CrewCommand)> {
    let task = || "yinchuan-12.t1".to_owned();
    vec![
        ("device_receipt", CrewCommand::DeviceReceipt { task: task() }),
        (
            "milestone",
            CrewCommand::Milestone {
                task: task(),
                milestone: Milestone::AtHospital,
                details: MilestoneDetails {
                    hospital: Some("H-01".into()),
                    patients_carried: Some(1),
                    distance_km: Some(8.5),
                    patients: PatientsTold::default(),
                },
            },
        ),
        (
            "milestone_patients",
            CrewCommand::Milestone {
                task: task(),
                milestone: Milestone::Finished,
                details: MilestoneDetails {
                    patients_carried: Some(1),
                    patients: PatientsTold {
                        counted_at_scene: Some(2),
                        refused_transport: Some(1),
                        ..PatientsTold::default()
                    },
                    ..MilestoneDetails::default()
                },
            },
        ),
        ("undo", CrewCommand::Undo { task: task(), milestone: Milestone::AtScene }),
        (
            "abort",
            CrewCommand::Abort {
                task: task(),
                reason: AbortReason::VehicleBreakdown,
                note: "爆胎".into(),
            },
        ),
        ("pause", CrewCommand::Pause { reason: PauseReason::Fuel, note: String::new() }),
        ("resume", CrewCommand::Resume),
        ("off_duty", CrewCommand::OffDuty),
        ("on_duty", CrewCommand::OnDuty),
        ("returned_to_station", CrewCommand::ReturnedToStation),
        ("acknowledge_next", CrewCommand::AcknowledgeNext { incident: "yinchuan-13".into() }),
        ("acknowledge_move", CrewCommand::AcknowledgeMove { station: "YC-05".into() }),
        ("acknowledge_change", CrewCommand::AcknowledgeChange { task: task(), through: 47 }),
        ("sign_on", CrewCommand::SignOn { crew: vec![driver()] }),
        ("read_messages", CrewCommand::ReadMessages { through: 4 }),
        ("write_to_centre", CrewCommand::WriteToCentre { need: None, text: "堵车".into() }),
        (
            "ask_for_help",
            CrewCommand::WriteToCentre { need: Some(CrewNeed::Police), text: String::new() },
        ),
        ("sos", CrewCommand::Sos),
    ]
}

fn driver() -> CrewMember {
    let (role, shift) = (CrewRole::Driver, Some(Shift::Night));
    CrewMember { person: "8021".into(), name: "马强".into(), role, shift }
}

#[test]
fn what_the_server_sends_to_a_terminal() {
    hold(
        "order_welcome",
        &ServerMessage::Welcome {
            vehicle: "YC-01-1".into(),
            server_time: 1_795_000_000_000,
            commands_through: 2,
            report_seconds: ReportSeconds { on_task: 1, available: 5, idle: 30 },
            exercise: false,
            servers: Vec::new(),
        },
    );
    let reason = RenewalReason::CentreBehind;
    hold("order_renumber", &ServerMessage::Renumber { commands_through: 2, reason });
    let fixes = vec![[1, 6], [8, 8]];
    hold("order_recorded", &ServerMessage::Recorded { commands_through: 3, fixes });
    hold(
        "order_command_refused",
        &ServerMessage::CommandRefused {
            number: 3,
            code: "task_over".into(),
            message: "task yinchuan-12.t1 has ended; its order no longer stands".into(),
        },
    );
    let order = order();
    let changed = DispatchOrder {
        special_needs: "电梯停运".into(),
        patient_name: Some("马秀英".into()),
        patient_sex: Some(Sex::Female),
        patient_age_years: Some(71),
        appointment_at: Some(1_795_003_600_000),
        hospitals: vec![NearHospital {
            id: "H-01".into(),
            name: "银川市第一人民医院".into(),
            seconds: None,
            treats: false,
        }],
        changes: vec![OrderChangeView {
            part: OrderPart::SpecialNeeds,
            since: 1_795_000_060_000,
            version: 47,
        }],
        ..order.clone()
    };
    let exercise = DispatchOrder { exercise: true, ..order.clone() };
    let numbered = DispatchOrder { number: Some("YC-12".into()), ..order.clone() };
    let how = EndedHow::Diverted;
    let ended = EndedOrder { task: "yinchuan-9.t1".into(), how, at: 1_794_999_000_000 };
    hold(
        "order_duty",
        &ServerMessage::Duty(Box::new(VehicleAssignment {
            version: 40,
            state: VehicleState::TaskAssigned,
            order: Some(order),
            last_ended: Some(ended),
            ..quiet()
        })),
    );
    hold(
        "order_duty_exercise",
        &ServerMessage::Duty(Box::new(VehicleAssignment {
            version: 41,
            state: VehicleState::TaskAssigned,
            order: Some(exercise),
            ..quiet()
        })),
    );
    hold(
        "order_duty_numbered",
        &ServerMessage::Duty(Box::new(VehicleAssignment {
            version: 42,
            state: VehicleState::TaskAssigned,
            order: Some(numbered),
            ..quiet()
        })),
    );
    hold(
        "order_duty_changed",
        &ServerMessage::Duty(Box::new(VehicleAssignment {
            version: 47,
            state: VehicleState::AtHospital,
            order: Some(changed),
            next: Some(NextOrder {
                incident: "yinchuan-13".into(),
                number: None,
                given_at: 1_795_000_000_000,
                expires_at: Some(1_795_001_200_000),
                acknowledged: false,
                changed_at: Some(1_795_000_060_000),
                exercise: false,
                kind: IncidentKind::Illness,
                priority: Priority::Severe,
                scene: scene(),
                waiting: None,
                complaint: "胸痛".into(),
            }),
            ..quiet()
        })),
    );
    hold(
        "order_duty_seen_at_scene",
        &ServerMessage::Duty(Box::new(VehicleAssignment {
            version: 48,
            state: VehicleState::ToScene,
            crew: vec![driver()],
            movements: vec![MovementView { movement: Movement::AtScene, since: 1_795_000_090_000 }],
            ..quiet()
        })),
    );
    hold(
        "order_duty_zone",
        &ServerMessage::Duty(Box::new(VehicleAssignment {
            version: 49,
            time_zone_minutes: Some(480),
            state: VehicleState::AvailableAtStation,
            ..quiet()
        })),
    );
    hold("order_pong", &ServerMessage::Pong { clock: 1, server_time: 2 });
    hold(
        "order_closing",
        &ServerMessage::Closing {
            code: "replaced".into(),
            message: "a newer link of this vehicle took over".into(),
        },
    );
}

/// An order as most are.
pub(crate) fn order() -> DispatchOrder {
    DispatchOrder {
        task: "yinchuan-12.t1".into(),
        incident: "yinchuan-12".into(),
        number: None,
        created_at: 1_795_000_000_000,
        expires_at: 1_795_000_120_000,
        device_received: true,
        reached: vec![ReachedMilestone { milestone: Milestone::Created, at: 1_795_000_000_000 }],
        exercise: false,
        kind: IncidentKind::Illness,
        priority: Priority::Severe,
        scene: scene(),
        waiting: None,
        destination: Some("H-01".into()),
        destination_name: Some("银川市第一人民医院".into()),
        complaint: "胸痛".into(),
        contact_name: None,
        phone: Some("13900000000".into()),
        patient_count: 1,
        stretcher: true,
        special_needs: String::new(),
        hazards: vec![],
        patient_name: None,
        patient_sex: None,
        patient_age_years: None,
        appointment_at: None,
        notes: vec!["三楼，无电梯".into()],
        with_vehicles: vec![],
        hospitals: vec![],
        changes: vec![],
    }
}

/// A vehicle of which nothing is to be told.
pub(crate) fn quiet() -> VehicleAssignment {
    VehicleAssignment {
        centre: "yinchuan".into(),
        version: 0,
        time_zone_minutes: None,
        state: VehicleState::AvailableAtStation,
        pause: None,
        crew: Vec::new(),
        pause_returns_to: None,
        order: None,
        contested: false,
        next: None,
        move_to: None,
        messages: Vec::new(),
        log: None,
        sos: None,
        movements: Vec::new(),
        last_ended: None,
    }
}
