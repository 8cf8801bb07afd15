//! Views as text: what a console is shown of one busy hour.

use super::journal_support::{self as commands, NOON};
use super::town::Town;
use dispatch_core::model::*;
use expect_test::{Expect, expect};

/// A town in which a vehicle was sent, diverted, and broke down.
pub(crate) async fn busy() -> Town {
    let town = Town::open().await;
    let first = commands::open_incident(&town.desk, "xining").await;
    town.send_to(&first, "XN-01-1").await;
    let second = commands::open_incident(&town.desk, "xining").await;
    let vehicle: VehicleId = "XN-01-1".into();
    let reason = Reasoned { reason: DivertReason::HigherPriority, note: "worse".into() };
    let to_incident = second.clone();
    town.execute(Command::DivertVehicle { vehicle, to_incident, reason, confirmed: false }).await;
    let task = TaskId::from("xining-2.t1");
    town.execute(Command::RecordDeviceReceipt { task: task.clone() }).await;
    let (milestone, details) = (Milestone::OrderReceived, MilestoneDetails::default());
    town.execute(Command::RecordMilestone { task: task.clone(), milestone, details }).await;
    let reason = Reasoned { reason: AbortReason::VehicleBreakdown, note: "tyre".into() };
    town.execute(Command::AbortTask { task, reason, confirmed: false }).await;
    let reason = Reasoned { reason: SuspendReason::AwaitingVehicle, note: String::new() };
    town.execute(Command::SuspendIncident { incident: first, reason }).await;
    town
}

pub(crate) fn check(value: &impl serde::Serialize, expected: Expect) {
    let text = serde_json::to_string_pretty(value).unwrap();
    expected.assert_eq(&text.replace(&NOON.0.to_string(), "NOON"));
}

#[tokio::test]
async fn an_incident_shows_its_calls_tasks_and_deadlines() {
    let town = busy().await;
    let shown = town.desk.read(&"xining".into(), |centre| {
        let incidents = centre.incidents.values();
        incidents.map(|it| town.live.incident_view(centre, it)).collect::<Vec<_>>()
    });
    check(
        &shown.unwrap(),
        expect![[r#"
            [
              {
                "id": "xining-1",
                "centre": "xining",
                "version": 19,
                "stage": "suspended",
                "reason": "awaiting_vehicle",
                "facts": {
                  "kind": "illness",
                  "priority": "severe",
                  "source": "phone",
                  "accident_level": "ordinary",
                  "scene": {
                    "address": "解放西街 1 号",
                    "position": {
                      "lon": 106.27,
                      "lat": 38.47
                    },
                    "source": "map_click"
                  },
                  "complaint": "胸痛",
                  "test": false
                },
                "opened_at": NOON,
                "first_dispatch_at": NOON,
                "patients": {
                  "reported": 1,
                  "accounted": 0
                },
                "calls": [
                  {
                    "id": "xining-1.c1",
                    "details": {
                      "began_at": NOON,
                      "caller_number": "13900000000",
                      "patient_count": 1,
                      "stretcher": false,
                      "special_needs": ""
                    },
                    "outcome": {
                      "outcome": "suspended",
                      "reason": "awaiting_vehicle",
                      "note": ""
                    },
                    "concluded_at": NOON,
                    "order_sent_at": NOON,
                    "taken_by": {
                      "by": "person",
                      "person": "li"
                    }
                  }
                ],
                "tasks": [
                  {
                    "id": "xining-1.t1",
                    "vehicle": "XN-01-1",
                    "stage": "diverted",
                    "end_reason": "higher_priority",
                    "end_note": "worse",
                    "milestones": [
                      {
                        "milestone": "created",
                        "stamp": {
                          "at": NOON,
                          "made_at": NOON,
                          "recorded_at": NOON,
                          "origin": {
                            "by": "person",
                            "person": "li"
                          },
                          "clock_doubtful": false,
                          "corrected": false
                        }
                      }
                    ],
                    "order_expires_at": 1780000120000,
                    "details": {},
                    "crew": []
                  }
                ],
                "notes": [],
                "deadlines": [
                  {
                    "kind": "recheck",
                    "warn_at": 1780000540000,
                    "due_at": 1780000600000
                  }
                ],
                "response": {
                  "from": NOON,
                  "due_at": 1780000720000,
                  "counts": true
                },
                "norms": [
                  {
                    "norm": "order",
                    "from": NOON,
                    "due_at": 1780000060000,
                    "counts": true
                  },
                  {
                    "norm": "departure",
                    "task": "xining-1.t1",
                    "from": NOON,
                    "due_at": 1780000180000,
                    "counts": true
                  },
                  {
                    "norm": "response",
                    "from": NOON,
                    "due_at": 1780000720000,
                    "counts": true
                  }
                ]
              },
              {
                "id": "xining-2",
                "centre": "xining",
                "version": 16,
                "stage": "waiting",
                "facts": {
                  "kind": "illness",
                  "priority": "severe",
                  "source": "phone",
                  "accident_level": "ordinary",
                  "scene": {
                    "address": "解放西街 1 号",
                    "position": {
                      "lon": 106.27,
                      "lat": 38.47
                    },
                    "source": "map_click"
                  },
                  "complaint": "胸痛",
                  "test": false
                },
                "opened_at": NOON,
                "first_dispatch_at": NOON,
                "vehicles_missing": 1,
                "patients": {
                  "reported": 1,
                  "accounted": 0
                },
                "calls": [
                  {
                    "id": "xining-2.c1",
                    "details": {
                      "began_at": NOON,
                      "caller_number": "13900000000",
                      "patient_count": 1,
                      "stretcher": false,
                      "special_needs": ""
                    },
                    "outcome": {
                      "outcome": "dispatched"
                    },
                    "concluded_at": NOON,
                    "order_sent_at": NOON,
                    "taken_by": {
                      "by": "person",
                      "person": "li"
                    }
                  }
                ],
                "tasks": [
                  {
                    "id": "xining-2.t1",
                    "vehicle": "XN-01-1",
                    "stage": "aborted",
                    "end_reason": "vehicle_breakdown",
                    "end_note": "tyre",
                    "milestones": [
                      {
                        "milestone": "created",
                        "stamp": {
                          "at": NOON,
                          "made_at": NOON,
                          "recorded_at": NOON,
                          "origin": {
                            "by": "person",
                            "person": "li"
                          },
                          "clock_doubtful": false,
                          "corrected": false
                        }
                      },
                      {
                        "milestone": "order_received",
                        "stamp": {
                          "at": NOON,
                          "made_at": NOON,
                          "recorded_at": NOON,
                          "origin": {
                            "by": "person",
                            "person": "li"
                          },
                          "clock_doubtful": false,
                          "corrected": false
                        }
                      }
                    ],
                    "device_receipt": {
                      "at": NOON,
                      "made_at": NOON,
                      "recorded_at": NOON,
                      "origin": {
                        "by": "person",
                        "person": "li"
                      },
                      "clock_doubtful": false,
                      "corrected": false
                    },
                    "order_expires_at": 1780000120000,
                    "details": {},
                    "crew": [],
                    "previous_task": "xining-1.t1"
                  }
                ],
                "notes": [],
                "deadlines": [
                  {
                    "kind": "order",
                    "warn_at": 1780000030000,
                    "due_at": 1780000060000
                  },
                  {
                    "kind": "scene",
                    "warn_at": 1780000660000,
                    "due_at": 1780000720000
                  }
                ],
                "response": {
                  "from": NOON,
                  "due_at": 1780000720000,
                  "counts": true
                },
                "norms": [
                  {
                    "norm": "order",
                    "from": NOON,
                    "due_at": 1780000060000,
                    "reached_at": NOON,
                    "counts": true
                  },
                  {
                    "norm": "departure",
                    "task": "xining-2.t1",
                    "from": NOON,
                    "due_at": 1780000180000,
                    "counts": true
                  },
                  {
                    "norm": "response",
                    "from": NOON,
                    "due_at": 1780000720000,
                    "counts": true
                  }
                ]
              }
            ]"#]],
    );
}

#[tokio::test]
async fn a_vehicle_shows_what_its_centre_and_its_link_know() {
    let town = busy().await;
    let shown = town.desk.read(&"xining".into(), |centre| {
        let vehicles = centre.vehicles.values().take(2);
        vehicles.map(|it| town.live.vehicle_view(centre, it)).collect::<Vec<_>>()
    });
    check(
        &shown.unwrap(),
        expect![[r#"
        [
          {
            "id": "XN-01-1",
            "slot": 0,
            "centre": "xining",
            "version": 17,
            "home_centre": "xining",
            "station": "XN-01",
            "plate": "青A·12001",
            "call_sign": "西宁01",
            "kind": "intensive_care",
            "equipment": [
              "defibrillator",
              "ventilator"
            ],
            "state": "paused",
            "state_since": NOON,
            "pause": "repair",
            "crew": [],
            "online": false,
            "deadlines": [
              {
                "kind": "silent_vehicle",
                "warn_at": 1780000005000,
                "due_at": 1780000010000
              },
              {
                "kind": "overdue_in_state",
                "warn_at": 1780002640000,
                "due_at": 1780002700000
              }
            ]
          },
          {
            "id": "XN-01-2",
            "slot": 1,
            "centre": "xining",
            "version": 2,
            "home_centre": "xining",
            "station": "XN-01",
            "plate": "青A·12002",
            "call_sign": "西宁02",
            "kind": "basic",
            "equipment": [
              "defibrillator"
            ],
            "state": "available_at_station",
            "state_since": NOON,
            "crew": [],
            "online": false,
            "deadlines": [
              {
                "kind": "silent_vehicle",
                "warn_at": 1780000005000,
                "due_at": 1780000010000
              }
            ]
          }
        ]"#]],
    );
}
