//! The link between a vehicle's terminal and the server, `/ws/agent`.
//!
//! The vehicle is named by its key in the `Authorization: Bearer` header. The terminal numbers its
//! commands and its fixes in two rows of their own, each 1, 2, 3 ... in one outbox; a replaced terminal
//! has a new outbox. Commands are taken strictly in order and answered by a high-water mark; fixes may
//! come in any order and are answered by ranges once they are durable.
//!
//! When the numbers of the two ends do not fit, the server says `renumber`: the terminal opens a new outbox,
//! moves what waits into it and says in each moved command under which number it was pressed.

use crate::commands::{CrewMember, Place};
pub use crate::crew_command::CrewCommand;
pub use crate::crew_word::OrderChangeView;
use crate::hazard::read_by_terminal;
use crate::message::{MessageView, SosView};
pub use crate::next_order::NextOrder;
pub use crate::order_parts::{EndedHow, EndedOrder, NearHospital, ReachedMilestone};
pub use crate::outbox::{ConfirmedMark, PressedAs, PreviousOutbox, TerminalReport};
use crate::picture::PictureWanted;
use crate::route::RouteView;
use crate::vehicle_log::VehicleLogView;
use crate::vocabulary::*;
pub use crate::vocabulary::{ReceiverState, RenewalReason, StorageState};
use crate::{movement::MovementView, moves::MoveOrder};

wire! {
    /// What a terminal sends.
    #[serde(tag = "type")]
    pub enum AgentMessage {
        /// First message on every link.
        Hello {
            /// `PROTOCOL_VERSION` of the sender.
            protocol: u16,
            /// The outbox whose numbers follow; at most 40 characters.
            outbox: String,
            /// Software name and version, for the vehicle board.
            software: String,
            /// The terminal's clock.
            clock: i64,
            /// How the terminal numbers and stores; absent from releases that could not tell.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            terminal: Option<TerminalReport>,
        },
        /// Position reports, newest first or oldest first as the sender likes.
        Fixes {
            /// At most `MAX_FIXES_PER_FRAME`.
            fixes: Vec<FixReport>,
        },
        /// One press of the crew or one receipt of the device.
        Press {
            /// Its number in the outbox, from 1.
            number: u64,
            /// When it was pressed, by the terminal's clock.
            made_at: i64,
            /// What was pressed.
            command: CrewCommand,
            /// Where it was first numbered, when it was moved into this outbox.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pressed_as: Option<PressedAs>,
            /// When it was pressed by the server's time; absent from releases that could not reckon.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            reckoned: Option<ReckonedTime>,
        },
        /// Asks for an answer, to see that the link lives and to compare clocks.
        Ping {
            /// The terminal's clock.
            clock: i64,
            /// Whether its disk takes what is pressed; absent from releases that could not tell.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            storage: Option<StorageState>,
            /// What the terminal thinks of its satellite receiver; absent from releases that could not
            /// tell, and before it knows.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            receiver: Option<ReceiverState>,
        },
    }

    /// When something was pressed, as the terminal reckons it from its steady clock and the server's time.
    #[derive(Copy)]
    pub struct ReckonedTime {
        /// By the server's time. Absent when nothing tells how the terminal's clock stood: it had no time,
        /// and was switched off before a server told it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub server_time: Option<i64>,
    }

    /// One position report.
    pub struct FixReport {
        /// Its number in the outbox, from 1.
        pub number: u64,
        /// When the receiver measured it (satellite time).
        pub fix_time: i64,
        /// WGS-84 degrees east.
        pub lon: f64,
        /// WGS-84 degrees north.
        pub lat: f64,
        /// Metres a second over ground, when known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub speed_mps: Option<f32>,
        /// Degrees clockwise from true north, when known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub heading_deg: Option<f32>,
        /// Satellites used, when known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub satellites: Option<u8>,
        /// Horizontal dilution of precision, when known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub hdop: Option<f32>,
    }

    /// What the server sends to a terminal.
    #[serde(tag = "type")]
    pub enum ServerMessage {
        /// Answer to `Hello`.
        Welcome {
            /// The vehicle that the key belongs to.
            vehicle: String,
            /// The server's clock.
            server_time: i64,
            /// Commands recorded from this outbox: every number up to this one.
            commands_through: u64,
            /// Seconds between fixes the server would like, by state.
            report_seconds: ReportSeconds,
            /// True where the whole installation is for exercises: the crew's page says so at all times. Absent from
            /// earlier servers.
            #[serde(default, skip_serializing_if = "std::ops::Not::not")]
            exercise: bool,
            /// The agent links of all servers, for when this one is away; empty where the terminal's own setting is all
            /// there is. Absent from earlier servers.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            servers: Vec<String>,
        },
        /// Open a new outbox and number again from 1. Only for terminals that sent a `TerminalReport`.
        Renumber {
            /// How far the server has the commands of the outbox that is to be given up.
            commands_through: u64,
            /// Why.
            reason: RenewalReason,
        },
        /// What is now durable; the terminal may forget it.
        Recorded {
            /// Every command up to this number.
            commands_through: u64,
            /// Ranges of fix numbers, both ends included.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            fixes: Vec<[u64; 2]>,
        },
        /// A command was recorded as refused; the crew must be told.
        CommandRefused {
            /// Its number.
            number: u64,
            /// Stable code.
            code: String,
            /// One English sentence.
            message: String,
        },
        /// The vehicle as the centre has it. Sent on connecting and after every change; a later
        /// version replaces an earlier one.
        Duty(Box<VehicleAssignment>),
        /// The way of the running task, made anew when the vehicle leaves it or its goal changes. A later
        /// one replaces an earlier one; one for a task that is not running is to be forgotten.
        Route(Box<RouteView>),
        /// What the vehicle's camera is to send now, or that nobody looks any more. A later one replaces an earlier one;
        /// nothing is wanted as a link begins. Only for terminals that said they can.
        Camera {
            /// What; absent when it is to stop.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            wanted: Option<PictureWanted>,
        },
        /// Answer to `Ping`.
        Pong {
            /// The clock that was sent.
            clock: i64,
            /// The server's clock.
            server_time: i64,
        },
        /// The link is about to be closed, and why.
        Closing {
            /// Stable code.
            code: String,
            /// One English sentence.
            message: String,
        },
    }

    /// Seconds between fixes by what the vehicle does.
    #[derive(Copy)]
    pub struct ReportSeconds {
        /// On a task.
        pub on_task: u16,
        /// Available and moving.
        pub available: u16,
        /// Standing, off duty or paused.
        pub idle: u16,
    }

    /// A vehicle as its centre has it.
    pub struct VehicleAssignment {
        /// The centre it belongs to now.
        pub centre: String,
        /// The centre's journal version this picture shows.
        pub version: u64,
        /// Minutes by which the region's clocks are ahead of UTC; the crew reads its times by them, whatever the
        /// terminal believes of its own zone. Absent from earlier servers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub time_zone_minutes: Option<i32>,
        /// The vehicle's state.
        pub state: VehicleState,
        /// Why it is paused, if it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub pause: Option<PauseReason>,
        /// Who is on it, as far as anybody said; absent from earlier servers.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub crew: Vec<CrewMember>,
        /// The state to which its pause returns, if it is paused; absent from earlier servers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub pause_returns_to: Option<VehicleState>,
        /// The latest messages, oldest first; absent from earlier servers.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub messages: Vec<MessageView>,
        /// The newest entries of the vehicle's log; absent from earlier servers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub log: Option<VehicleLogView>,
        /// The crew's last call for help; absent when there is none to tell of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sos: Option<SosView>,
        /// The running order; while `contested`, the one whose patient the crew reports.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub order: Option<DispatchOrder>,
        /// True while the centre had ended the order and the crew reports a patient of it: the crew is
        /// believed and goes on, until a dispatcher settles it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub contested: bool,
        /// What comes after the order.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub next: Option<NextOrder>,
        /// The station at which the crew is to wait while it is free; absent from earlier servers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub move_to: Option<MoveOrder>,
        /// What its positions show of its movement and nobody pressed; absent from earlier servers.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub movements: Vec<MovementView>,
        /// The order that just ended, and how, so that the crew is told: set until the next order.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last_ended: Option<EndedOrder>,
    }

    /// An order to a vehicle: one task.
    pub struct DispatchOrder {
        /// The task.
        pub task: String,
        /// The incident.
        pub incident: String,
        /// The incident's number as people say it, for example `ZW-12`; absent from earlier servers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub number: Option<String>,
        /// When the centre gave it.
        pub created_at: i64,
        /// After this moment it must not be shown as new.
        pub expires_at: i64,
        /// Whether the device's receipt is recorded.
        pub device_received: bool,
        /// Milestones recorded so far, with the time each was made.
        pub reached: Vec<ReachedMilestone>,
        /// True for an exercise: nobody is ill, and every screen says so. Absent from earlier servers.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub exercise: bool,
        /// Kind of incident.
        pub kind: IncidentKind,
        /// Priority.
        pub priority: Priority,
        /// Scene.
        pub scene: Place,
        /// Where the caller waits.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub waiting: Option<Place>,
        /// Hospital wanted: id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub destination: Option<String>,
        /// Hospital wanted: its name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub destination_name: Option<String>,
        /// Chief complaint.
        pub complaint: String,
        /// Contact's name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub contact_name: Option<String>,
        /// Phone to ring.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub phone: Option<String>,
        /// How many are hurt or ill.
        pub patient_count: u16,
        /// Whether a stretcher is needed.
        pub stretcher: bool,
        /// Special needs in words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub special_needs: String,
        /// What may harm the crew; absent from earlier servers.
        #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "read_by_terminal")]
        pub hazards: Vec<Hazard>,
        /// The patient's name, when told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub patient_name: Option<String>,
        /// The patient's sex, when told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub patient_sex: Option<Sex>,
        /// The patient's age in years, when told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub patient_age_years: Option<u8>,
        /// When the vehicle is wanted, when not at once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub appointment_at: Option<i64>,
        /// Latest notes, newest last; at most 10.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub notes: Vec<String>,
        /// Other vehicles on the incident.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub with_vehicles: Vec<String>,
        /// Hospitals near the scene to choose from, the nearest first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub hospitals: Vec<NearHospital>,
        /// What changed in it and the crew has not acknowledged; each part at most once.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub changes: Vec<OrderChangeView>,
    }
}
