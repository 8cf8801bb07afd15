//! One event of each kind with every field filled, and the sparse forms of those that can be sparse.

use crate::region;
use dispatch_core::model::*;

/// Each example with the name of its golden file: its kind, and what is special after a dash.
pub(crate) fn all() -> Vec<(String, Recorded)> {
    let origins = [by_person(), by_crew(), by_rule()];
    let full = incidents().into_iter().chain(tasks()).chain(vehicles());
    let mut examples: Vec<_> = full
        .zip(origins.into_iter().cycle())
        .map(|(event, provenance)| (event.kind().to_owned(), recorded(provenance, event)))
        .collect();
    let sparse = sparse().into_iter().map(|event| {
        (format!("{}-sparse", event.kind()), recorded(by_person_without_name(), event))
    });
    examples.extend(sparse);
    let of_crews = super::promises::all().into_iter().chain(super::patients::also());
    examples.extend(of_crews.map(|(name, event)| (name, recorded(by_crew(), event))));
    let clock = Event::ClockCorrected { newest: at(126_227_036) };
    examples.push((clock.kind().to_owned(), recorded(by_rule(), clock)));
    let of_scenes = super::scenes::needs().into_iter().chain(super::scenes::hazards());
    examples.extend(of_scenes.map(no_name));
    examples.extend(
        super::linked::all(&details()).map(|(name, event)| (name, recorded(by_person(), event))),
    );
    let origins = [by_person(), by_crew(), by_rule(), by_person()];
    let of_help = super::patients::all().into_iter().zip(origins);
    examples.extend(of_help.map(|(event, by)| (event.kind().to_owned(), recorded(by, event))));
    let (name, confirmed) = super::patients::confirmed();
    examples.push((name, recorded(by_person_who_confirmed(), confirmed)));
    examples.push(super::amended::out_of_touch(by_person()));
    examples
        .extend(super::amended::all().map(|(name, event)| (name, recorded(by_person(), event))));
    examples.extend(super::clocks::all().into_iter().chain(super::movement::all()));
    let moves = super::moves::all().into_iter();
    examples.extend(moves.map(|(name, event)| (name, recorded(by_person(), event))));
    examples
}

fn no_name((name, event): (String, Event)) -> (String, Recorded) {
    (name, recorded(by_person_without_name(), event))
}

pub(super) fn recorded(provenance: Provenance, event: Event) -> Recorded {
    Recorded { version: 42, provenance, event }
}

fn by_person() -> Provenance {
    Provenance {
        terminal_clock: None,
        made_at: Timestamp(1_777_630_800_250),
        recorded_at: Timestamp(1_777_630_800_301),
        origin: Origin::Person { person: "li.na".into() },
        vehicle_online: Some(true),
        clock_doubtful: false,
        command_id: Some("0b9d6c2e".into()),
        confirmed: Vec::new(),
    }
}

fn by_person_without_name() -> Provenance {
    Provenance { vehicle_online: None, command_id: None, ..by_person() }
}

fn by_person_who_confirmed() -> Provenance {
    let confirmed = vec![
        Confirmation::CrewAtScene { vehicles: vec![vehicle()] },
        Confirmation::PatientOnBoard { vehicle: vehicle() },
        Confirmation::PatientsUnaccounted { patients: 2 },
    ];
    Provenance { confirmed, ..by_person() }
}

fn by_crew() -> Provenance {
    Provenance {
        terminal_clock: None,
        made_at: Timestamp(1_777_690_000_000),
        recorded_at: Timestamp(1_777_630_900_000),
        origin: Origin::CrewTerminal { vehicle: vehicle(), outbox: "tablet-7".into(), number: 12 },
        vehicle_online: Some(false),
        clock_doubtful: true,
        command_id: None,
        confirmed: Vec::new(),
    }
}

pub(super) fn by_rule() -> Provenance {
    Provenance {
        origin: Origin::Automatic { rule: Origin::LAST_TASK_ENDED.to_owned() },
        command_id: None,
        ..by_person()
    }
}

pub(super) fn incident() -> IncidentId {
    "yinchuan-7".into()
}

fn call_id() -> CallId {
    "yinchuan-7.c1".into()
}

fn task() -> TaskId {
    "yinchuan-7.t1".into()
}

fn vehicle() -> VehicleId {
    "YC-01-1".into()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp(1_777_630_800_000).plus_seconds(seconds)
}

fn because<R>(reason: R) -> Reasoned<R> {
    Reasoned { reason, note: "现场无人".to_owned() }
}

fn place(address: &str) -> Place {
    Place {
        error_radius_m: Some(35),
        measured_at: Some(at(-20)),
        source: PlaceSource::PhoneLocation,
        ..region::place(address)
    }
}

fn facts() -> IncidentFacts {
    IncidentFacts {
        kind: IncidentKind::TrafficAccident,
        priority: Priority::Critical,
        source: IncidentSource::TrafficPolice,
        accident_level: AccidentLevel::General,
        waiting: Some(place("小区东门")),
        destination: Some("NX-H1".into()),
        appointment_at: Some(at(3600)),
        test: true,
        needs: VehicleNeeds::default(),
        hazards: Hazards::new(),
        scene: place("正源北街与贺兰山路口"),
        complaint: "车祸，腿部出血".to_owned(),
    }
}

fn details() -> CallDetails {
    CallDetails {
        contact_name: Some("张伟".to_owned()),
        contact_phone: Some("13995010002".to_owned()),
        patient: PatientDescription {
            name: Some("王芳".to_owned()),
            sex: Some(Sex::Female),
            age_years: Some(67),
        },
        patient_count: 2,
        stretcher: true,
        special_needs: "电梯停用".to_owned(),
        ..region::call_details(at(-10))
    }
}

fn incidents() -> Vec<Event> {
    let incident = incident();
    let changes = IncidentChanges {
        kind: Some(IncidentKind::Injury),
        priority: Some(Priority::Severe),
        accident_level: Some(AccidentLevel::Larger),
        scene: Some(place("正源北街")),
        waiting: Change::Set(place("小区西门")),
        destination: Change::Set("NX-H2".into()),
        complaint: Some("昏迷".to_owned()),
        appointment_at: Change::Set(at(7200)),
        ..IncidentChanges::default()
    };
    vec![
        Event::IncidentOpened { incident: incident.clone(), facts: Box::new(facts()) },
        Event::CallTaken {
            incident: incident.clone(),
            call_id: call_id(),
            details: Box::new(details()),
            said: None,
        },
        Event::CallConcluded {
            incident: incident.clone(),
            call_id: call_id(),
            outcome: CallOutcome::Reassigned(because(DivertReason::HigherPriority)),
        },
        Event::IncidentAmended { incident: incident.clone(), changes: Box::new(changes) },
        Event::IncidentSuspended {
            incident: incident.clone(),
            reason: because(SuspendReason::AwaitingVehicle),
        },
        Event::IncidentResumed { incident: incident.clone() },
        Event::IncidentRefused {
            incident: incident.clone(),
            reason: because(RefuseReason::ConditionsNotAccepted),
        },
        Event::IncidentCancelled {
            incident: incident.clone(),
            reason: because(CancelReason::WentByThemselves),
        },
        Event::IncidentClosed { incident: incident.clone() },
        Event::IncidentReopened { incident: incident.clone(), note: "家属又来电".to_owned() },
        Event::NoteAdded { incident, text: "邻居在路口等".to_owned() },
    ]
}

fn tasks() -> Vec<Event> {
    let task = task();
    vec![
        Event::TaskCreated {
            task: task.clone(),
            incident: incident(),
            vehicle: vehicle(),
            from: SetOutFrom::Road,
            crew: crew(),
            order_expires_at: at(120),
            previous_task: Some("yinchuan-5.t2".into()),
            offer: Some(OfferRecord {
                offered: vec![OfferedVehicle { vehicle: vehicle(), rank: 1, total_seconds: 431 }],
                method: "straight_line".to_owned(),
            }),
        },
        Event::DeviceReceiptRecorded { task: task.clone() },
        Event::MilestoneReached {
            task: task.clone(),
            milestone: Milestone::LeftScene,
            details: MilestoneDetails {
                hospital: Some("NX-H1".into()),
                patients_carried: Some(1),
                patients: PatientsTold::default(),
                distance_km: Some(17.3),
            },
        },
        Event::MilestoneCorrected {
            task: task.clone(),
            milestone: Milestone::AtScene,
            was_at: Some(at(700)),
            truly_at: at(640),
            note: "忘按".to_owned(),
        },
        Event::MilestoneUndone { task: task.clone(), milestone: Milestone::Finished },
        Event::TaskAborted { task: task.clone(), reason: because(AbortReason::GoneOnArrival) },
        Event::TaskRedirected {
            task,
            to_incident: "yinchuan-8".into(),
            reason: because(DivertReason::Nearer),
        },
    ]
}

fn vehicles() -> Vec<Event> {
    let vehicle = vehicle();
    let record = region::record("yinchuan", "YC-01-1");
    vec![
        Event::VehiclePaused { vehicle: vehicle.clone(), reason: because(PauseReason::Fuel) },
        Event::VehicleResumed { vehicle: vehicle.clone() },
        Event::VehicleWentOffDuty { vehicle: vehicle.clone() },
        Event::VehicleCameOnDuty { vehicle: vehicle.clone() },
        Event::VehicleReturnedToStation { vehicle: vehicle.clone() },
        Event::CrewAssigned { vehicle: vehicle.clone(), crew: crew() },
        Event::VehicleHandedOver { transfer: transfer() },
        Event::VehicleTakenOver { transfer: transfer() },
        Event::HandOverConfirmed { vehicle: vehicle.clone(), number: 3 },
        Event::SosRaised { vehicle: vehicle.clone() },
        Event::SosCleared { vehicle: vehicle.clone(), note: "警察已到场".to_owned() },
        Event::CrewActRefused {
            vehicle: vehicle.clone(),
            command: "at_scene".to_owned(),
            task: Some(task()),
            code: "task_over".to_owned(),
            to_see: false,
        },
        Event::VehicleEnrolled { vehicle: vehicle.clone(), record: record.clone() },
        Event::VehicleAmended { vehicle: vehicle.clone(), record },
        Event::VehicleRetired { vehicle: vehicle.clone() },
        Event::TerminalTroubleNoted {
            vehicle,
            trouble: TerminalTrouble::OutboxRenewed {
                outbox: "tablet-8".into(),
                previous: Some("tablet-7".into()),
                terminal_through: 6,
                centre_through: 2,
                moved: 2,
                cause: RenewalCause::CentreBehind,
            },
        },
        Event::JournalSetBack {
            set_back: SetBack {
                incarnation: 1,
                from_version: 70,
                to_version: 64,
                incidents: vec!["yinchuan-4".into(), "yinchuan-5".into()],
            },
        },
    ]
}

/// Events with everything left out that may be left out.
fn sparse() -> Vec<Event> {
    let changes =
        IncidentChanges { priority: Some(Priority::NonUrgent), ..IncidentChanges::default() };
    vec![
        Event::IncidentOpened {
            incident: incident(),
            facts: Box::new(IncidentFacts {
                scene: Place { position: None, ..region::place("只说在鼓楼附近") },
                ..region::facts("")
            }),
        },
        Event::CallConcluded {
            incident: incident(),
            call_id: call_id(),
            outcome: CallOutcome::Dispatched,
        },
        Event::IncidentAmended { incident: incident(), changes: Box::new(changes) },
        Event::TaskCreated {
            task: task(),
            incident: incident(),
            vehicle: vehicle(),
            from: SetOutFrom::Station,
            crew: Vec::new(),
            order_expires_at: at(120),
            previous_task: None,
            offer: None,
        },
        Event::MilestoneReached {
            task: task(),
            milestone: Milestone::OrderReceived,
            details: MilestoneDetails::default(),
        },
        Event::PatientsAccounted {
            incident: incident(),
            carried: Change::Keep,
            patients: PatientChanges {
                refused_transport: Change::Set(1),
                ..PatientChanges::default()
            },
            note: String::new(),
        },
        Event::MilestoneCorrected {
            task: task(),
            milestone: Milestone::Departed,
            was_at: None,
            truly_at: at(100),
            note: String::new(),
        },
        Event::VehicleHandedOver {
            transfer: VehicleTransfer {
                state: VehicleState::AvailableAtStation,
                pause: None,
                sos: None,
                outboxes: Vec::new(),
                crew: Vec::new(),
                ..transfer()
            },
        },
    ]
}

fn crew() -> Vec<CrewMember> {
    [
        ("p1", "马强", CrewRole::Driver),
        ("p2", "王静", CrewRole::Doctor),
        ("p3", "李娜", CrewRole::Nurse),
        ("p4", "杨军", CrewRole::StretcherBearer),
    ]
    .map(|(id, name, role)| CrewMember { person: id.into(), name: name.into(), role, shift: None })
    .to_vec()
}

pub(super) fn transfer() -> VehicleTransfer {
    VehicleTransfer {
        vehicle: vehicle(),
        number: 3,
        from: "yinchuan".into(),
        to: "guyuan".into(),
        record: region::record("yinchuan", "YC-01-1"),
        crew: crew(),
        state: VehicleState::Paused,
        pause: Some(because(PauseReason::Disinfection)),
        sos: Some(at(-60)),
        note: String::new(),
        messages: Messages::default(),
        log: VehicleLog::default(),
        outboxes: vec![OutboxMark { outbox: "tablet-7".into(), number: 12, presses: Vec::new() }],
    }
}
