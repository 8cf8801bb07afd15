//! A drive along a route: where the vehicle is after so many seconds.

use super::road_map::Route;
use geometry::Wgs84;

/// Metres a second gained or lost in a second; an ambulance with a patient brakes gently.
const CHANGE_MPS2: f64 = 2.0;

/// Where a vehicle is and how it moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pose {
    /// Where.
    pub at: Wgs84,
    /// Metres a second.
    pub speed_mps: f64,
    /// Degrees clockwise from north.
    pub heading_deg: f64,
}

/// A drive under way.
#[derive(Clone, Debug)]
pub struct Drive {
    route: Route,
    /// Index of the point being driven to.
    next: usize,
    pose: Pose,
    /// Share of the road's speed at which this drive is driven, e.g. 0.8 without blue lights.
    pace: f64,
}

impl Drive {
    /// Sets out along a route, standing at its start.
    pub fn new(route: Route, pace: f64) -> Self {
        let at = route.points[0];
        let heading_deg = route.points.get(1).map_or(0.0, |next| at.bearing_to(*next));
        Self { route, next: 1, pose: Pose { at, speed_mps: 0.0, heading_deg }, pace }
    }

    /// Where the vehicle is now.
    pub fn pose(&self) -> Pose {
        self.pose
    }

    /// Whether the end of the route is reached.
    pub fn arrived(&self) -> bool {
        self.next >= self.route.points.len()
    }

    /// Drives on for so many seconds.
    pub fn advance(&mut self, seconds: f64) {
        let mut left = seconds;
        while left > 0.0 && !self.arrived() {
            let step = left.min(1.0);
            self.one_step(step);
            left -= step;
        }
        if self.arrived() {
            self.pose.speed_mps = 0.0;
        }
    }

    fn one_step(&mut self, seconds: f64) {
        let wanted = self.route.speeds_mps[self.next] * self.pace;
        let braking = (2.0 * CHANGE_MPS2 * self.metres_left()).sqrt().max(1.0);
        let target = wanted.min(braking);
        let change = CHANGE_MPS2 * seconds;
        self.pose.speed_mps += (target - self.pose.speed_mps).clamp(-change, change);
        let mut metres = self.pose.speed_mps * seconds;
        while metres > 0.0 && !self.arrived() {
            let next = self.route.points[self.next];
            let leg = self.pose.at.metres_to(next);
            if leg > 0.5 {
                self.pose.heading_deg = self.pose.at.bearing_to(next);
            }
            if leg <= metres {
                self.pose.at = next;
                self.next += 1;
                metres -= leg;
            } else {
                self.pose.at = self.pose.at.towards(next, metres / leg);
                metres = 0.0;
            }
        }
    }

    /// Metres to the end, counted only as far as braking could matter.
    fn metres_left(&self) -> f64 {
        const BRAKING_MATTERS_M: f64 = 500.0;
        let mut from = self.pose.at;
        let mut metres = 0.0;
        for point in &self.route.points[self.next..] {
            metres += from.metres_to(*point);
            from = *point;
            if metres > BRAKING_MATTERS_M {
                break;
            }
        }
        metres
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_kilometres() -> Route {
        let start = Wgs84 { lon: 106.0, lat: 38.0 };
        Route {
            points: vec![start, start.moved_by(0.0, 1000.0), start.moved_by(1000.0, 1000.0)],
            speeds_mps: vec![20.0; 3],
        }
    }

    #[test]
    fn it_arrives_at_the_end_and_stands() {
        let route = two_kilometres();
        let end = route.points[2];
        let mut drive = Drive::new(route, 1.0);
        let mut seconds = 0;
        while !drive.arrived() {
            drive.advance(1.0);
            seconds += 1;
            assert!(drive.pose().speed_mps <= 20.0);
            assert!(seconds < 600, "it never arrives");
        }
        assert!((100..140).contains(&seconds), "2 km at 20 m/s took {seconds} s");
        assert_eq!(drive.pose().at, end);
        assert_eq!(drive.pose().speed_mps, 0.0);
    }

    #[test]
    fn it_turns_where_the_road_turns() {
        let mut drive = Drive::new(two_kilometres(), 1.0);
        drive.advance(20.0);
        assert!(drive.pose().heading_deg < 1.0);
        drive.advance(50.0);
        assert!((drive.pose().heading_deg - 90.0).abs() < 1.0);
    }
}
