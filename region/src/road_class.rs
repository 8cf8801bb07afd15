//! Classes of roads: the one list for `roads.csv`, OpenStreetMap imports, speed profiles and network files.

use serde::{Deserialize, Serialize};

/// How important a road is, most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RoadClass {
    /// Expressway (高速公路), carriageways divided.
    Motorway,
    /// First national roads.
    Trunk,
    /// Other national and provincial roads.
    Primary,
    /// County roads and arterial streets.
    Secondary,
    /// Township roads and larger streets.
    Tertiary,
    /// Other public roads.
    Unclassified,
    /// Streets that give access to homes.
    Residential,
    /// Streets shared with people on foot.
    LivingStreet,
    /// Drives, yards, hospital grounds.
    Service,
    /// Field and forest tracks.
    Track,
}

impl RoadClass {
    /// Every class, most important first.
    pub const ALL: &'static [RoadClass] = &[
        RoadClass::Motorway,
        RoadClass::Trunk,
        RoadClass::Primary,
        RoadClass::Secondary,
        RoadClass::Tertiary,
        RoadClass::Unclassified,
        RoadClass::Residential,
        RoadClass::LivingStreet,
        RoadClass::Service,
        RoadClass::Track,
    ];

    /// The word for it in data files and speed profiles.
    pub fn word(self) -> &'static str {
        match self {
            RoadClass::Motorway => "motorway",
            RoadClass::Trunk => "trunk",
            RoadClass::Primary => "primary",
            RoadClass::Secondary => "secondary",
            RoadClass::Tertiary => "tertiary",
            RoadClass::Unclassified => "unclassified",
            RoadClass::Residential => "residential",
            RoadClass::LivingStreet => "living_street",
            RoadClass::Service => "service",
            RoadClass::Track => "track",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_what_files_write() {
        let read = |class: &RoadClass| serde_json::to_value(class).unwrap();
        assert!(RoadClass::ALL.iter().all(|class| read(class) == class.word()));
        assert!(RoadClass::ALL.is_sorted());
    }
}
