//! What an outbox holds and how it changes. Plain data.

use wire_protocol::agent::{CrewAct, DutyPicture, FixReport};
use wire_protocol::route::RouteView;

/// An act with its number, as it will be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredAct {
    /// From 1, in the order of pressing.
    pub number: u64,
    /// When it was pressed, by the terminal's clock; milliseconds since 1970-01-01T00:00:00Z.
    pub made_at_ms: i64,
    /// What was pressed.
    pub act: CrewAct,
}

/// All that an outbox holds.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboxContent {
    /// Its random name, made with it: the server keeps the numbers of each outbox apart.
    pub id: String,
    /// Acts not confirmed, in order.
    pub acts: Vec<StoredAct>,
    /// Fixes not confirmed, in order.
    pub fixes: Vec<FixReport>,
    /// Highest number ever given to an act.
    pub last_act_number: u64,
    /// Highest number ever given to a fix.
    pub last_fix_number: u64,
    /// What the centre last told, so that a restart without network still shows the order.
    pub duty: Option<DutyPicture>,
    /// The newest way the centre gave, so that its turns can be read without network.
    pub route: Option<RouteView>,
}

impl OutboxContent {
    /// An outbox that has seen nothing.
    pub fn empty(id: String) -> Self {
        Self {
            id,
            acts: Vec::new(),
            fixes: Vec::new(),
            last_act_number: 0,
            last_fix_number: 0,
            duty: None,
            route: None,
        }
    }
}

/// One change of an outbox.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// An act was pressed.
    AddAct(StoredAct),
    /// A fix is to be reported.
    AddFix(FixReport),
    /// The server has every act up to this number.
    ForgetActs {
        /// The number.
        through: u64,
    },
    /// The server has these fixes, or they were dropped for space: ranges, both ends included.
    ForgetFixes(Vec<[u64; 2]>),
    /// The centre told a new picture.
    RememberDuty(Box<DutyPicture>),
    /// The centre gave a new way.
    RememberRoute(Box<RouteView>),
}
