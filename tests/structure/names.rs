//! One term, one meaning: names that the glossary of CONTRIBUTING.md has replaced do not come back.

use crate::file_sizes::tracked_files;
use crate::metadata::root;

/// A name that was given up, what is said instead, and where (the beginning of a path; empty for everywhere).
const REPLACED: &[(&str, &str, &str)] = &[
    ("AgentOrder", "ServerMessage", ""),
    ("may_order", "may_issue", ""),
    ("OrderType", "CommandType", ""),
    ("CheckedAct", "CheckedCommand", ""),
    ("ActRequest", "CommandRequest", ""),
    ("ActAnswer", "CommandAnswer", ""),
    ("ActError", "CommandError", ""),
    ("ActContext", "CommandContext", ""),
    ("ActId", "CommandId", ""),
    ("CrewAct", "CrewCommand", ""),
    ("StoredAct", "StoredCommand", ""),
    ("acts_through", "commands_through", ""),
    ("act_id", "command_id", "dispatch-server/"),
    ("act_id", "command_id", "dispatch-desk/"),
    ("act_id", "command_id", "wire-protocol/"),
    ("act_id", "command_id", "simulations/"),
    ("act_id", "command_id", "map-ui/"),
    ("act_id", "command_id", "tests/"),
    ("act_gap", "command_gap", ""),
    ("REMEMBERED_ACTS", "REMEMBERED_COMMANDS", ""),
    ("MOST_WAITING_ACTS", "MOST_WAITING_COMMANDS", ""),
    ("MAX_STORED_ACTS", "MAX_STORED_COMMANDS", ""),
    ("ACT_ATTEMPTS", "COMMAND_ATTEMPTS", ""),
    ("dispatcher_acts", "dispatcher_commands", ""),
    ("of_one_act", "of_one_command", ""),
    ("act_unless", "execute_unless", ""),
    ("first_act", "first_command", "dispatch-server/"),
    ("last_act_number", "last_command_number", ""),
    ("waiting_acts", "waiting_commands", ""),
    ("unstored_acts", "unstored_commands", ""),
    ("acts_recorded", "commands_recorded", ""),
    ("acts_sent", "commands_sent", ""),
    ("vehicleOrder", "vehicleCommand", ""),
    ("refusedAct", "refusedPress", ""),
    ("Acceptance", "Call", ""),
    ("AcceptanceId", "CallId", ""),
    ("AcceptanceView", "CallView", ""),
    ("AcceptanceDetails", "CallDetails", ""),
    ("AcceptanceOutcome", "CallOutcome", ""),
    ("HandOver", "VehicleTransfer, or the name of the other thing", "dispatch-core/"),
    ("RedirectVehicle", "DivertVehicle", ""),
    ("RedirectReason", "DivertReason", ""),
    ("redirect_vehicle", "divert_vehicle", ""),
    ("TakesFromOther", "PreemptsOtherTask", ""),
    ("ReachMilestone", "RecordMilestone", ""),
    ("reach_milestone", "record_milestone", ""),
    ("ReachQuery", "IsochroneQuery", ""),
    ("NoWay", "NoRoute", ""),
    ("Touched", "AffectedArcs, or what is meant", "road-network/"),
    ("Towards", "ManyToOne in the road network, JourneysTo in the core", ""),
    ("Refusal", "ApiError", "dispatch-server/"),
    ("Ending", "CloseReason", "dispatch-server/"),
    ("FixWord", "FixMessage", ""),
    ("LinkWord", "LinkMessage", ""),
    ("read_server_word", "read_peer_message", ""),
    ("DoorSettings", "HttpSettings", ""),
    ("open_all", "all_endpoints", ""),
    ("Ear", "WakeupListener", ""),
    ("Crier", "WakeupNotifier", ""),
    ("Bulletin", "Wakeups", ""),
    ("keep_once", "run_housekeeping", ""),
    ("FixRow", "StoredFix", ""),
    ("Judgement", "FixAssessment", ""),
    ("off_the_tasks", "run_blocking", ""),
    ("give_turn_back", "release_write_lock", ""),
    ("DutyPicture", "VehicleAssignment", ""),
    ("Picture", "ScreenState", "vehicle-agent/"),
    ("Standing", "CandidateSource", "dispatch-core/src/recommend/"),
];

/// An order is what a crew is sent for one task: how a message or a command is not called.
const NO_ORDER: &[&str] = &[
    "fn order(&mut self, command",
    "order: &ServerMessage",
    "order: ServerMessage",
    "order: &Command",
    "order: Command)",
];

#[test]
fn an_order_is_no_message_and_no_command() {
    let mut found = Vec::new();
    for file in tracked_files().into_iter().filter(|file| is_source(file)) {
        let Ok(text) = std::fs::read_to_string(root().join(&file)) else { continue };
        for (index, line) in text.lines().enumerate() {
            if NO_ORDER.iter().any(|it| line.contains(it)) {
                found.push(format!("{file}:{}: {}", index + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "say message or command:\n{}", found.join("\n"));
}

/// What is read: sources, not stored or recorded files, and not this list.
fn is_source(file: &str) -> bool {
    let ending = [".rs", ".ts", ".svelte", ".js", ".mjs"].iter().any(|it| file.ends_with(it));
    ending && file != "tests/structure/names.rs"
}

#[test]
fn names_that_were_replaced_do_not_come_back() {
    let mut found = Vec::new();
    for file in tracked_files().into_iter().filter(|file| is_source(file)) {
        let Ok(text) = std::fs::read_to_string(root().join(&file)) else { continue };
        for (index, line) in text.lines().enumerate() {
            let words = line.split(|it: char| !it.is_ascii_alphanumeric() && it != '_');
            for word in words {
                let replaced = REPLACED
                    .iter()
                    .find(|(name, _, within)| *name == word && file.starts_with(within));
                if let Some((name, say, _)) = replaced {
                    found.push(format!("{file}:{}: {name}: say {say}", index + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "see the glossary in CONTRIBUTING.md:\n{}", found.join("\n"));
}
