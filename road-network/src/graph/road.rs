//! What is known of a road: class, surface, access, names. Plain data, the same for an
//! imported and a composed network; how fast it is driven is the profile's matter.

pub use region::RoadClass;

use serde::{Deserialize, Serialize};

/// An enum that network files keep as a byte.
pub(crate) trait Stored: Sized {
    /// Its byte, which never changes.
    fn byte(self) -> u8;
    /// The variant of a byte; `None` if no version wrote such a byte.
    fn from_byte(byte: u8) -> Option<Self>;
}

/// Gives each variant of a stored enum its byte and back.
macro_rules! stored {
    ($name:ident { $($variant:ident = $byte:literal),+ $(,)? }) => {
        impl Stored for $name {
            #[inline]
            fn byte(self) -> u8 {
                match self { $($name::$variant => $byte),+ }
            }

            #[inline]
            fn from_byte(byte: u8) -> Option<$name> {
                match byte { $($byte => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

stored!(RoadClass {
    Motorway = 0,
    Trunk = 1,
    Primary = 2,
    Secondary = 3,
    Tertiary = 4,
    Unclassified = 5,
    Residential = 6,
    LivingStreet = 7,
    Service = 8,
    Track = 9,
});

/// What the wheels run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// Not said; taken as paved except on tracks.
    Unknown,
    /// Asphalt, concrete, setts.
    Paved,
    /// Gravel, compacted earth.
    Unpaved,
    /// Sand, mud, rock: what only a strong vehicle manages.
    Rough,
}

stored!(Surface { Unknown = 0, Paved = 1, Unpaved = 2, Rough = 3 });

/// Who may drive here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Anybody.
    Open,
    /// Private, delivery, customers, destination only.
    Private,
    /// Closed to traffic but wide enough: bus lanes, pedestrian streets, emergency access.
    Reserved,
}

stored!(Access { Open = 0, Private = 1, Reserved = 2 });

/// Whether a road lies in a town; derived from how close together the junctions are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// Town.
    Urban,
    /// Country.
    Rural,
}

stored!(Area { Urban = 0, Rural = 1 });

/// How far the course may be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Surveyed or published.
    Fact,
    /// The road is real, its course drawn by hand.
    Approximate,
    /// Made up so that the system can be tried.
    Generated,
}

stored!(Basis { Fact = 0, Approximate = 1, Generated = 2 });

/// Whether a road may be driven in one of its directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Passage {
    /// Allowed.
    Open,
    /// Against a one-way sign: possible, and the profile decides.
    AgainstOneWay,
    /// Never: an expressway's or a roundabout's wrong direction.
    Never,
}

stored!(Passage { Open = 0, AgainstOneWay = 1, Never = 2 });

/// Everything known of a road except its course. Texts are numbers in the network's text table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Road {
    /// Class.
    pub class: RoadClass,
    /// A slip road or connection of that class.
    pub link: bool,
    /// Surface.
    pub surface: Surface,
    /// Access.
    pub access: Access,
    /// Town or country.
    pub area: Area,
    /// Trust.
    pub basis: Basis,
    /// On a bridge.
    pub bridge: bool,
    /// In a tunnel.
    pub tunnel: bool,
    /// Part of a roundabout.
    pub roundabout: bool,
    /// Level above (positive) or below the ground.
    pub layer: i8,
    /// Signed speed limit in km/h; 0 where none is known.
    pub max_speed_kmh: u8,
    /// Name as on the sign.
    pub name: u32,
    /// Name in English.
    pub name_en: u32,
    /// Number, for example `G109`.
    pub reference: u32,
}

impl Road {
    /// A road of a class about which nothing else is known.
    pub fn plain(class: RoadClass, basis: Basis) -> Road {
        Road {
            class,
            link: false,
            surface: Surface::Unknown,
            access: Access::Open,
            area: Area::Rural,
            basis,
            bridge: false,
            tunnel: false,
            roundabout: false,
            layer: 0,
            max_speed_kmh: 0,
            name: 0,
            name_en: 0,
            reference: 0,
        }
    }
}
