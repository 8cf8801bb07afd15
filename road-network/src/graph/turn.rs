//! One byte says what kind of turn leads from one road into the next. What a turn costs is
//! decided by the profile through a table of 256 entries, so that the search never computes.

use crate::graph::road::RoadClass;

/// Which way a turn goes, by the angle between the roads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bend {
    Straight,
    SlightRight,
    Right,
    SharpRight,
    Back,
    SharpLeft,
    Left,
    SlightLeft,
}

impl Bend {
    const ALL: [Bend; 8] = [
        Bend::Straight,
        Bend::SlightRight,
        Bend::Right,
        Bend::SharpRight,
        Bend::Back,
        Bend::SharpLeft,
        Bend::Left,
        Bend::SlightLeft,
    ];

    /// From the change of direction in degrees, clockwise positive.
    pub(crate) fn of_degrees(change: f64) -> Bend {
        let change = (change + 180.0).rem_euclid(360.0) - 180.0;
        let size = change.abs();
        let right = change > 0.0;
        match (size, right) {
            (..25.0, _) => Bend::Straight,
            (..60.0, true) => Bend::SlightRight,
            (..60.0, false) => Bend::SlightLeft,
            (..125.0, true) => Bend::Right,
            (..125.0, false) => Bend::Left,
            (_, true) => Bend::SharpRight,
            (_, false) => Bend::SharpLeft,
        }
    }

    fn bits(self) -> u8 {
        match self {
            Bend::Straight => 0,
            Bend::SlightRight => 1,
            Bend::Right => 2,
            Bend::SharpRight => 3,
            Bend::Back => 4,
            Bend::SharpLeft => 5,
            Bend::Left => 6,
            Bend::SlightLeft => 7,
        }
    }
}

/// Whether a sign forbids the turn, and on how important a road it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signed {
    Allowed,
    ForbiddenOnMinor,
    ForbiddenOnMajor,
}

impl Signed {
    /// Signs on these classes usually stand for a divided carriageway.
    pub(crate) fn forbidden(from: RoadClass, to: RoadClass) -> Signed {
        match from.min(to) {
            RoadClass::Motorway | RoadClass::Trunk | RoadClass::Primary | RoadClass::Secondary => {
                Signed::ForbiddenOnMajor
            }
            RoadClass::Tertiary
            | RoadClass::Unclassified
            | RoadClass::Residential
            | RoadClass::LivingStreet
            | RoadClass::Service
            | RoadClass::Track => Signed::ForbiddenOnMinor,
        }
    }
}

/// What kind of turn, unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TurnKind {
    pub(crate) bend: Bend,
    /// Into or across a more important road.
    pub(crate) gives_way: bool,
    /// Through traffic lights.
    pub(crate) lights: bool,
    pub(crate) signed: Signed,
    /// The road merely goes on: nothing to decide, nothing to pay.
    pub(crate) goes_on: bool,
}

const GIVES_WAY: u8 = 1 << 3;
const LIGHTS: u8 = 1 << 4;
const MINOR_SIGN: u8 = 1 << 5;
const MAJOR_SIGN: u8 = 1 << 6;
const GOES_ON: u8 = 1 << 7;

impl TurnKind {
    pub(crate) fn code(self) -> u8 {
        let flag = |set: bool, bit: u8| if set { bit } else { 0 };
        let sign = match self.signed {
            Signed::Allowed => 0,
            Signed::ForbiddenOnMinor => MINOR_SIGN,
            Signed::ForbiddenOnMajor => MAJOR_SIGN,
        };
        self.bend.bits()
            | flag(self.gives_way, GIVES_WAY)
            | flag(self.lights, LIGHTS)
            | flag(self.goes_on, GOES_ON)
            | sign
    }

    /// Both sign bits at once are read as the stricter sign.
    pub(crate) fn of_code(code: u8) -> TurnKind {
        let signed = if code & MAJOR_SIGN != 0 {
            Signed::ForbiddenOnMajor
        } else if code & MINOR_SIGN != 0 {
            Signed::ForbiddenOnMinor
        } else {
            Signed::Allowed
        };
        TurnKind {
            bend: Bend::ALL[usize::from(code & 7)],
            gives_way: code & GIVES_WAY != 0,
            lights: code & LIGHTS != 0,
            signed,
            goes_on: code & GOES_ON != 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_survives_its_byte() {
        for code in 0..=u8::MAX {
            let kind = TurnKind::of_code(code);
            assert_eq!(TurnKind::of_code(kind.code()), kind);
        }
    }

    #[test]
    fn bends_are_named_as_a_driver_would() {
        assert_eq!(Bend::of_degrees(0.0), Bend::Straight);
        assert_eq!(Bend::of_degrees(90.0), Bend::Right);
        assert_eq!(Bend::of_degrees(270.0), Bend::Left);
        assert_eq!(Bend::of_degrees(-40.0), Bend::SlightLeft);
        assert_eq!(Bend::of_degrees(150.0), Bend::SharpRight);
    }
}
