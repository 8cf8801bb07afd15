use crate::hold;
use std::collections::BTreeMap;
use wire_protocol::command_request::CommandRequest;
use wire_protocol::commands::*;
use wire_protocol::problem::{Danger, Problem};
use wire_protocol::recommendation::*;
use wire_protocol::vocabulary::*;

/// One of each command, named by its type on the wire.
fn commands() -> Vec<Command> {
    let incident = || "yinchuan-12".to_owned();
    let task = || "yinchuan-12.t1".to_owned();
    let vehicle = || "YC-01-1".to_owned();
    let note = || "电话确认".to_owned();
    vec![
        Command::TakeCall {
            link_to: None,
            facts: Box::new(facts()),
            details: Box::new(details()),
            outcome: None,
            vehicles_wanted: None,
        },
        Command::SeparateCall { incident: incident(), call: "yinchuan-12.c2".to_owned() },
        Command::ChangeOutcome {
            incident: incident(),
            call: "yinchuan-12.c2".to_owned(),
            outcome: CallOutcome::Nuisance,
        },
        Command::CorrectDetails {
            task: task(),
            changes: Box::new(DetailChanges {
                hospital: Change::Clear,
                patients_carried: Change::Set(1),
                distance_km: Change::Clear,
                ..DetailChanges::default()
            }),
            note: note(),
        },
        Command::AmendIncident {
            incident: incident(),
            changes: Box::new(IncidentChanges {
                priority: Some(Priority::Critical),
                ..IncidentChanges::default()
            }),
        },
        Command::SuspendIncident {
            incident: incident(),
            reason: SuspendReason::AwaitingCaller,
            note: note(),
        },
        Command::ResumeIncident { incident: incident() },
        Command::WantVehicles { incident: incident(), vehicles: 3 },
        Command::AccountForPatients {
            incident: incident(),
            carried: Change::Set(1),
            patients: patients(),
            note: note(),
        },
        Command::ResendOrder { task: task() },
        Command::RefuseIncident {
            incident: incident(),
            reason: RefuseReason::NotMedical,
            note: note(),
        },
        Command::CancelIncident {
            incident: incident(),
            reason: CancelReason::CallerCancelled,
            note: note(),
            confirmed: false,
        },
        Command::CloseIncident { incident: incident() },
        Command::ReopenIncident { incident: incident(), note: note() },
        Command::AddNote { incident: incident(), text: note() },
        Command::DispatchVehicles {
            incident: incident(),
            vehicles: vec![vehicle()],
            offer: Some(OfferRecord {
                offered: vec![OfferedVehicle { vehicle: vehicle(), rank: 1, total_seconds: 472 }],
                method: TravelMethod::StraightLine,
            }),
        },
        Command::DivertVehicle {
            vehicle: vehicle(),
            to_incident: "yinchuan-13".into(),
            reason: DivertReason::HigherPriority,
            note: note(),
            confirmed: false,
        },
        Command::RecordMilestone {
            task: task(),
            milestone: Milestone::Departed,
            details: MilestoneDetails::default(),
        },
        Command::CorrectMilestone {
            task: task(),
            milestone: Milestone::AtScene,
            truly_at: 1_795_000_600_000,
            note: note(),
        },
        Command::UndoMilestone { task: task(), milestone: Milestone::AtScene },
        Command::AbortTask {
            task: task(),
            reason: AbortReason::RoadBlocked,
            note: note(),
            confirmed: false,
        },
        Command::PauseVehicle { vehicle: vehicle(), reason: PauseReason::Meal, note: note() },
        Command::ResumeVehicle { vehicle: vehicle() },
        Command::GoOffDuty { vehicle: vehicle() },
        Command::GoOnDuty { vehicle: vehicle() },
        Command::ReturnToStation { vehicle: vehicle() },
        Command::AssignCrew {
            vehicle: vehicle(),
            crew: vec![CrewMember {
                person: "p-7".into(),
                name: "马师傅".into(),
                role: CrewRole::Driver,
                shift: None,
            }],
        },
        Command::LendVehicle { vehicle: vehicle(), to: "wuzhong".into(), note: String::new() },
        Command::SettleCrewReport { vehicle: vehicle(), keep: true, note: note() },
        Command::SeeRefusedPresses { vehicle: vehicle() },
        Command::GiveFollowOn { vehicle: vehicle(), incident: incident() },
        Command::AcknowledgeOrderChange { task: task(), through: 47 },
        Command::WithdrawFollowOn { vehicle: vehicle() },
        Command::AcceptMove { vehicle: vehicle(), number: 7 },
        Command::IgnoreMove {
            vehicle: vehicle(),
            number: 7,
            reason: MoveIgnoreReason::CrewNeedsRest,
            note: note(),
        },
        Command::GiveMove { vehicle: vehicle(), station: "YC-05".to_owned() },
        Command::AcknowledgeMove { vehicle: vehicle(), station: "YC-05".to_owned() },
        Command::WithdrawMove { vehicle: vehicle() },
        Command::SetMoveAdvice { advice: MoveAdvice::Advise },
        Command::SendMessage { vehicle: vehicle(), text: note() },
        Command::AnswerCrew { vehicle: vehicle(), through: 5, text: note() },
        Command::ClearSos { vehicle: vehicle(), note: note() },
    ]
}

fn facts() -> IncidentFacts {
    IncidentFacts {
        kind: IncidentKind::Illness,
        priority: Priority::Severe,
        source: IncidentSource::Phone,
        accident_level: AccidentLevel::Ordinary,
        scene: Place {
            address: "兴庆区解放西街 1 号".into(),
            position: Some(Position { lon: 106.2781, lat: 38.4669 }),
            source: PlaceSource::MapClick,
            error_radius_m: None,
            measured_at: None,
        },
        waiting: None,
        destination: None,
        complaint: "胸痛".into(),
        appointment_at: None,
        test: false,
        needs: None,
        hazards: vec![],
    }
}

fn details() -> CallDetails {
    CallDetails {
        rang_at: Some(1_794_999_990_000),
        began_at: 1_794_999_995_000,
        seat: Some("3".into()),
        caller_number: Some("13900000000".into()),
        contact_name: None,
        contact_phone: None,
        patient_name: None,
        patient_sex: Some(Sex::Female),
        patient_age_years: Some(67),
        patient_count: 1,
        stretcher: true,
        special_needs: String::new(),
    }
}

fn patients() -> PatientChanges {
    PatientChanges {
        counted_at_scene: Change::Set(7),
        treated_at_scene: Change::Set(1),
        refused_transport: Change::Set(2),
        dead_at_scene: Change::Set(1),
        not_found: Change::Set(1),
        carried_by_others: Change::Set(1),
    }
}

#[test]
fn every_command() {
    for command in commands() {
        let value = serde_json::to_value(&command).expect("commands serialize");
        let name = value["type"].as_str().expect("commands are tagged").to_owned();
        hold(&format!("command_{name}"), &request(command, Vec::new()));
    }
}

#[test]
fn what_was_told_of_patients_is_taken_back() {
    let cleared = Command::AccountForPatients {
        incident: "yinchuan-12".into(),
        carried: Change::Clear,
        patients: PatientChanges {
            counted_at_scene: Change::Clear,
            refused_transport: Change::Set(0),
            ..PatientChanges::default()
        },
        note: String::new(),
    };
    hold("command_account_for_patients_cleared", &request(cleared, Vec::new()));
    let counted = Command::CorrectDetails {
        task: "yinchuan-12.t1".into(),
        changes: Box::new(DetailChanges {
            counted_at_scene: Change::Set(4),
            ..DetailChanges::default()
        }),
        note: String::new(),
    };
    hold("command_correct_details_counted", &request(counted, Vec::new()));
}

fn request(command: Command, confirmed: Vec<Confirmation>) -> CommandRequest {
    CommandRequest {
        command_id: "7f6d8a52-1c1e-4a43-9a7e-0a3f2f8c6f11".into(),
        centre: "yinchuan".into(),
        made_at: 1_795_000_000_000,
        command,
        confirmed,
    }
}

#[test]
fn a_confirmed_command() {
    let confirmed = vec![
        Confirmation::CrewAtScene { vehicles: vec!["YC-01-1".into(), "YC-01-2".into()] },
        Confirmation::PatientOnBoard { vehicle: "YC-01-1".into() },
        Confirmation::PatientsUnaccounted { patients: 2 },
    ];
    let close = Command::CloseIncident { incident: "yinchuan-7".into() };
    hold("command_confirmed", &request(close, confirmed));
}

#[test]
fn answers() {
    hold(
        "command_answer",
        &CommandAnswer {
            already_recorded: false,
            centre: "yinchuan".into(),
            version: 41,
            incident: Some("yinchuan-12".into()),
            call: None,
            tasks: vec!["yinchuan-12.t1".into()],
        },
    );
    hold(
        "problem",
        &Problem {
            code: "vehicle_on_task".into(),
            message: "vehicle YC-01-1 is on task yinchuan-9.t1; redirect it or choose another"
                .into(),
            details: BTreeMap::from([("vehicle".to_owned(), "YC-01-1".to_owned())]),
            retry: false,
            confirm: None,
            dangers: Vec::new(),
        },
    );
    hold(
        "problem_confirm",
        &Problem {
            code: "crew_at_scene".into(),
            message: "the crew of YC-01-1 is at the scene".into(),
            details: BTreeMap::from([("vehicles".to_owned(), "YC-01-1".to_owned())]),
            retry: false,
            confirm: Some(Confirmation::CrewAtScene { vehicles: vec!["YC-01-1".into()] }),
            dangers: Vec::new(),
        },
    );
    let danger = |code: &str, confirm| Danger {
        code: code.into(),
        message: format!("{code} of YC-01-1"),
        details: BTreeMap::from([("vehicles".to_owned(), "YC-01-1".to_owned())]),
        confirm,
    };
    let at_scene = Confirmation::CrewAtScene { vehicles: vec!["YC-01-1".into()] };
    let out_of_touch = Confirmation::CrewOutOfTouch { vehicles: vec!["YC-01-1".into()] };
    hold(
        "problem_of_several_dangers",
        &Problem {
            code: "several_dangers".into(),
            message: "two things stand against it".into(),
            details: BTreeMap::new(),
            retry: false,
            confirm: Some(at_scene.clone()),
            dangers: vec![
                danger("crew_at_scene", at_scene),
                danger("crew_out_of_touch", out_of_touch),
            ],
        },
    );
}

#[test]
fn an_unknown_command_or_word_is_not_guessed() {
    for text in [
        r#"{"type":"dispatch_everything"}"#,
        r#"{"type":"resume_incident"}"#,
        r#"{"type":"pause_vehicle","vehicle":"YC-01-1","reason":"tired"}"#,
    ] {
        assert!(serde_json::from_str::<Command>(text).is_err(), "{text} was read");
    }
}

/// Left out keeps, `null` clears, a value sets.
#[test]
fn changes_keep_set_and_clear() {
    let point = PlacePoint {
        position: Position { lon: 106.25, lat: 38.5 },
        source: PlaceSource::MapClick,
        error_radius_m: None,
        measured_at: None,
    };
    let changes = IncidentChanges {
        scene_address: Some("中山北街".into()),
        scene_point: Change::Set(point),
        waiting: Change::Clear,
        destination: Change::Set("H-01".into()),
        appointment_at: Change::Clear,
        ..IncidentChanges::default()
    };
    hold("changes_keep_set_clear", &changes);
    let of_a_call = IncidentChanges {
        source: Some(IncidentSource::Police),
        test: Some(false),
        vehicles_wanted: Some(2),
        patient_count: Some(3),
        call_id: Some("yinchuan-12.c2".into()),
        caller_number: Change::Set("13995010003".into()),
        contact_name: Change::Clear,
        contact_phone: Change::Clear,
        patient_name: Change::Set("王芳".into()),
        patient_sex: Change::Set(Sex::Female),
        patient_age_years: Change::Clear,
        stretcher: Some(true),
        special_needs: Some("电梯停用".into()),
        ..IncidentChanges::default()
    };
    hold("changes_of_a_call", &of_a_call);
    let hazards = Some(vec![Hazard::Violence, Hazard::HazardousSubstance]);
    hold("changes_of_hazards", &IncidentChanges { hazards, ..IncidentChanges::default() });
    let hazards = Some(vec![]);
    hold("changes_without_hazards", &IncidentChanges { hazards, ..IncidentChanges::default() });
}
