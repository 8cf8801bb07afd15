//! What may harm a crew at a scene, or those who meet its patient.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A hazard at a scene (现场危险), as a crew is warned of it before it arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hazard {
    /// An infectious patient, or one who may be (传染病风险).
    Infection,
    /// Violence or weapons (暴力、持械).
    Violence,
    /// Fire or explosion (火灾、爆炸).
    Fire,
    /// Hazardous substances or gas (危险化学品、有毒气体).
    HazardousSubstance,
    /// Live wires (触电).
    Electricity,
    /// Moving traffic at the scene (车流).
    Traffic,
    /// Collapse, falling objects, heights (坍塌、坠落).
    Collapse,
    /// Deep or fast water, ice (水域、冰面).
    Water,
    /// Another one, told in words (其他危险).
    Other,
}

impl Hazard {
    /// All of them, the most urgent to know first.
    pub const ALL: [Self; 9] = [
        Self::Infection,
        Self::Violence,
        Self::Fire,
        Self::HazardousSubstance,
        Self::Electricity,
        Self::Traffic,
        Self::Collapse,
        Self::Water,
        Self::Other,
    ];
}

/// The hazards of an incident, each once.
pub type Hazards = BTreeSet<Hazard>;
