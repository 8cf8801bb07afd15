//! A centre made for tests: it records commands strictly in order and fixes by number, and answers like
//! the real one. It also knows how to write NMEA.

pub(crate) mod socket;
pub(crate) mod terminal;

use std::collections::BTreeMap;

use vehicle_agent::link::{LinkSettings, Now, ReceiptPolicy};
use wire_protocol::agent::*;
use wire_protocol::commands::{Place, Position};
use wire_protocol::recommendation::TravelMethod;
use wire_protocol::route::*;
use wire_protocol::vocabulary::*;

/// What the centre has recorded of one outbox.
#[derive(Debug, Default)]
pub(crate) struct ModelCentre {
    pub(crate) commands: Vec<CrewCommand>,
    pub(crate) fixes: BTreeMap<u64, FixReport>,
    pub(crate) repeated: u64,
    /// What it tells terminals of other servers.
    pub(crate) servers: Vec<String>,
}

impl ModelCentre {
    /// Records a message and gives the answer.
    pub(crate) fn take(&mut self, message: &AgentMessage, now_ms: i64) -> Option<ServerMessage> {
        match message {
            AgentMessage::Hello { .. } => Some(ServerMessage::Welcome {
                vehicle: "YC-007".to_owned(),
                server_time: now_ms,
                commands_through: self.commands.len() as u64,
                report_seconds: ReportSeconds { on_task: 2, available: 2, idle: 2 },
                exercise: false,
                servers: self.servers.clone(),
            }),
            AgentMessage::Press { number, command, .. } => {
                let through = self.commands.len() as u64;
                assert!(
                    *number <= through + 1,
                    "command {number} came before command {}",
                    through + 1
                );
                if *number == through + 1 {
                    self.commands.push(command.clone());
                } else {
                    self.repeated += 1;
                    assert_eq!(
                        &self.commands[*number as usize - 1],
                        command,
                        "number {number} used twice"
                    );
                }
                Some(self.recorded(vec![]))
            }
            AgentMessage::Fixes { fixes } => {
                assert!(fixes.len() <= wire_protocol::MAX_FIXES_PER_FRAME);
                let mut ranges = Vec::new();
                for fix in fixes {
                    if let Some(known) = self.fixes.insert(fix.number, fix.clone()) {
                        self.repeated += 1;
                        assert_eq!(&known, fix, "number {} used twice", fix.number);
                    }
                    ranges.push([fix.number, fix.number]);
                }
                Some(self.recorded(ranges))
            }
            AgentMessage::Ping { clock, .. } => {
                Some(ServerMessage::Pong { clock: *clock, server_time: now_ms })
            }
        }
    }

    fn recorded(&self, fixes: Vec<[u64; 2]>) -> ServerMessage {
        ServerMessage::Recorded { commands_through: self.commands.len() as u64, fixes }
    }
}

pub(crate) fn settings(seed: u64) -> LinkSettings {
    LinkSettings {
        software: "test".to_owned(),
        receipts: ReceiptPolicy::AtOnce,
        seed,
        pictures: false,
    }
}

/// 2026-01-01T00:00:00Z.
pub(crate) const NEW_YEAR_MS: i64 = 1_767_225_600_000;

pub(crate) fn at(steady_ms: u64) -> Now {
    Now { wall_ms: NEW_YEAR_MS + steady_ms as i64, steady_ms }
}

pub(crate) fn order(task: &str, created_at: i64) -> DispatchOrder {
    DispatchOrder {
        task: task.to_owned(),
        incident: "I-1".to_owned(),
        number: None,
        created_at,
        expires_at: created_at + 120_000,
        device_received: false,
        reached: vec![ReachedMilestone { milestone: Milestone::Created, at: created_at }],
        exercise: false,
        kind: IncidentKind::Illness,
        priority: Priority::Severe,
        scene: Place {
            address: "兴庆区解放西街 12 号院 3 号楼 2 单元 501".to_owned(),
            position: Some(Position { lon: 106.27, lat: 38.47 }),
            source: PlaceSource::MapClick,
            error_radius_m: None,
            measured_at: None,
        },
        waiting: None,
        destination: None,
        destination_name: None,
        complaint: "胸痛 40 分钟".to_owned(),
        contact_name: None,
        phone: Some("13900000000".to_owned()),
        patient_count: 1,
        stretcher: true,
        special_needs: String::new(),
        hazards: vec![],
        patient_name: None,
        patient_sex: None,
        patient_age_years: None,
        appointment_at: None,
        notes: vec![],
        with_vehicles: vec![],
        hospitals: vec![],
        changes: vec![],
    }
}

pub(crate) fn duty(
    version: u64,
    state: VehicleState,
    order: Option<DispatchOrder>,
) -> ServerMessage {
    ServerMessage::Duty(Box::new(VehicleAssignment {
        centre: "yinchuan".to_owned(),
        version,
        time_zone_minutes: Some(480),
        state,
        pause: None,
        crew: Vec::new(),
        pause_returns_to: None,
        order,
        contested: false,
        next: None,
        move_to: None,
        messages: Vec::new(),
        log: None,
        sos: None,
        movements: Vec::new(),
        last_ended: None,
    }))
}

/// A route of two turns.
pub(crate) fn route(task: &str, goal: ArrivalGoal, made_at: i64) -> RouteView {
    let step = |turn, street: &str, metres| RouteStep {
        turn,
        exit: None,
        street: street.to_owned(),
        metres,
        seconds: metres / 10,
        position: Position { lon: 106.27, lat: 38.47 },
    };
    RouteView {
        task: Some(task.to_owned()),
        vehicle: Some("YC-007".to_owned()),
        goal: Some(goal),
        seconds: 250,
        metres: 2_500,
        method: TravelMethod::Road,
        made_at,
        points: vec![[106.25, 38.47], [106.27, 38.47]],
        steps: vec![step(TurnKind::Depart, "解放西街", 2_500), step(TurnKind::Arrive, "", 0)],
    }
}

/// A sentence with its checksum and line end.
pub(crate) fn nmea(body: &str) -> String {
    let sum = body.bytes().fold(0, |sum, byte| sum ^ byte);
    format!("${body}*{sum:02X}\r\n")
}
