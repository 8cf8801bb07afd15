//! The plan of a network before it is built: points, lines and turn restrictions. The
//! importer and the composer both end here; the builder starts here.

use crate::graph::road::{Passage, Road};
use geometry::Wgs84;
use std::collections::HashMap;

/// The number of the empty text.
pub const NO_TEXT: u32 = 0;

/// Names and numbers, each kept once.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    known: HashMap<String, u32>,
    list: Vec<String>,
}

impl Texts {
    /// A table that holds only the empty text.
    pub fn new() -> Texts {
        let mut texts = Texts::default();
        texts.number("");
        texts
    }

    /// The number of a text, which is added when it is new.
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.known.get(text) {
            return number;
        }
        let number = self.list.len() as u32;
        self.known.insert(text.to_owned(), number);
        self.list.push(text.to_owned());
        number
    }

    pub(crate) fn into_list(self) -> Vec<String> {
        self.list
    }
}

/// Whether a point has traffic lights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signals {
    /// No.
    None,
    /// Yes.
    Lights,
}

/// A road's course as a chain of points. Lines that share a point meet there.
#[derive(Clone, Debug)]
pub struct PlannedLine {
    /// Numbers of its points in driving order, at least two.
    pub points: Vec<u32>,
    /// What is known of it.
    pub road: Road,
    /// From the first point to the last.
    pub forward: Passage,
    /// From the last point to the first.
    pub backward: Passage,
}

/// Over what a restricted turn leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RestrictionVia {
    /// Over one point.
    Point(u32),
    /// Over lines, by number, in order.
    Lines(Vec<u32>),
}

/// The turn that a sign names. Where a road runs on through the junction without being cut
/// there, it tells which of its two sides is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedTurn {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// Straight over.
    Straight,
    /// Back.
    Back,
}

impl NamedTurn {
    /// Whether a change of direction is this turn beyond doubt: degrees, -180 to 180, clockwise positive. A right
    /// angle is neither straight on nor back, and what leads straight on or back is neither left nor right.
    pub(crate) fn fits(self, change_degrees: f64) -> bool {
        const ASIDE: std::ops::RangeInclusive<f64> = 10.0..=170.0;
        const STRAIGHT_MOST: f64 = 60.0;
        const BACK_LEAST: f64 = 120.0;
        match self {
            NamedTurn::Left => ASIDE.contains(&-change_degrees),
            NamedTurn::Right => ASIDE.contains(&change_degrees),
            NamedTurn::Straight => change_degrees.abs() <= STRAIGHT_MOST,
            NamedTurn::Back => change_degrees.abs() >= BACK_LEAST,
        }
    }
}

/// A signed turn restriction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRestriction {
    /// `true`: only this turn is allowed; `false`: this turn is forbidden.
    pub only: bool,
    /// Which turn the sign names, where it names one.
    pub named: Option<NamedTurn>,
    /// The line the vehicle comes from.
    pub from: u32,
    /// Over what.
    pub via: RestrictionVia,
    /// The line it turns into.
    pub to: u32,
}

/// Everything a network is built from.
#[derive(Clone, Debug)]
pub struct RoadPlan {
    /// Where the points are.
    pub points: Vec<Wgs84>,
    /// Points with traffic lights.
    pub signals: Vec<Signals>,
    /// The roads.
    pub lines: Vec<PlannedLine>,
    /// Signed turns.
    pub restrictions: Vec<PlannedRestriction>,
    /// Names and numbers.
    pub texts: Texts,
}

impl Default for RoadPlan {
    fn default() -> RoadPlan {
        RoadPlan {
            points: Vec::new(),
            signals: Vec::new(),
            lines: Vec::new(),
            restrictions: Vec::new(),
            texts: Texts::new(),
        }
    }
}

impl RoadPlan {
    /// Adds a point without lights and returns its number.
    pub fn point(&mut self, position: Wgs84) -> u32 {
        let number = self.points.len() as u32;
        self.points.push(position);
        self.signals.push(Signals::None);
        number
    }

    /// Adds a line and returns its number.
    pub fn line(&mut self, line: PlannedLine) -> u32 {
        let number = self.lines.len() as u32;
        self.lines.push(line);
        number
    }

    /// Adds a line open in both directions and returns its number.
    pub fn two_way(&mut self, points: Vec<u32>, road: Road) -> u32 {
        let (forward, backward) = (Passage::Open, Passage::Open);
        self.line(PlannedLine { points, road, forward, backward })
    }
}
