//! What a crew presses on its terminal.

use crate::commands::{CrewMember, MilestoneDetails};
use crate::message::CrewNeed;
use crate::vehicle_log::VehicleLogEntry;
use crate::vocabulary::*;

wire! {
    /// What a crew can press, and what the device reports by itself.
    #[serde(tag = "type")]
    pub enum CrewCommand {
        /// The device has the order on its screen.
        DeviceReceipt {
            /// The task.
            task: String,
        },
        /// A milestone; `order_received` is the crew's acknowledgement.
        Milestone {
            /// The task.
            task: String,
            /// Which milestone.
            milestone: Milestone,
            /// What is told with it.
            #[serde(default)]
            details: MilestoneDetails,
        },
        /// The latest milestone was pressed by mistake.
        Undo {
            /// The task.
            task: String,
            /// Which milestone.
            milestone: Milestone,
        },
        /// The crew cannot go on with the task.
        Abort {
            /// The task.
            task: String,
            /// Why.
            reason: AbortReason,
            /// In words.
            #[serde(default)]
            note: String,
        },
        /// Not to be sent for a while.
        Pause {
            /// Why.
            reason: PauseReason,
            /// In words.
            #[serde(default)]
            note: String,
        },
        /// The pause is over.
        Resume,
        /// Off duty.
        OffDuty,
        /// On duty, at the station.
        OnDuty,
        /// Back at the station after an earlier task.
        ReturnedToStation,
        /// The crew has seen its next order.
        AcknowledgeNext {
            /// For which incident.
            incident: String,
        },
        /// The crew has seen where it is to wait, and sets out.
        AcknowledgeMove {
            /// At which station.
            station: String,
        },
        /// The crew has seen what changed in its order.
        AcknowledgeChange {
            /// The task.
            task: String,
            /// Every change up to this journal version.
            through: u64,
        },
        /// Who is on the vehicle from now on, in place of whoever was.
        SignOn {
            /// All of them; empty when they leave.
            crew: Vec<CrewMember>,
        },
        /// The crew has read what the centre wrote.
        ReadMessages {
            /// Every message up to this number.
            through: u64,
        },
        /// The crew tells the centre something, or asks for help of others.
        WriteToCentre {
            /// What it asks for; absent when it only tells.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            need: Option<CrewNeed>,
            /// The words; may be empty where something is asked for.
            #[serde(default, skip_serializing_if = "String::is_empty")]
            text: String,
        },
        /// An entry in the vehicle's log.
        LogVehicle {
            /// What is written.
            entry: VehicleLogEntry,
        },
        /// Help!
        Sos,
    }
}
