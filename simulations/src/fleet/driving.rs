//! How a simulated vehicle moves: it drives along a route or stands, in time that may run faster than it passes.

use crate::world::drive::{Drive, Pose};
use crate::world::road_map::Route;
use geometry::Wgs84;

/// Where a vehicle is, and the drive it is on.
pub(super) struct Driving {
    pose: Pose,
    drive: Option<Drive>,
}

impl Driving {
    /// Parked.
    pub(super) fn parked(at: Wgs84, heading_deg: f64) -> Self {
        Self { pose: Pose { at, speed_mps: 0.0, heading_deg }, drive: None }
    }

    /// Where it is and how it moves, as a receiver on it measures.
    pub(super) fn pose(&self) -> &Pose {
        &self.pose
    }

    /// Drives on for so many simulated seconds, of which `speed` pass in a real one; whether it has arrived just now.
    pub(super) fn on(&mut self, seconds: f64, speed: f64) -> bool {
        let Some(drive) = &mut self.drive else { return false };
        drive.advance(seconds);
        self.pose = drive.pose();
        // In compressed time the receiver sees the faster vehicle that it sits on.
        self.pose.speed_mps *= speed;
        let arrived = drive.arrived();
        if arrived {
            self.drive = None;
        }
        arrived
    }

    /// Sets out at this share of the roads' speeds.
    pub(super) fn set_out(&mut self, route: Route, pace: f64) {
        self.drive = Some(Drive::new(route, pace));
    }

    /// Stands where it is.
    pub(super) fn stop(&mut self) {
        self.drive = None;
        self.pose.speed_mps = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_arrives_once_and_is_measured_as_fast_as_its_time_runs() {
        let start = Wgs84 { lon: 106.0, lat: 38.0 };
        let end = start.moved_by(0.0, 400.0);
        let mut driving = Driving::parked(start, 90.0);
        assert!(!driving.on(1.0, 10.0), "who stands arrives nowhere");
        driving.set_out(Route { points: vec![start, end], speeds_mps: vec![20.0; 2] }, 1.0);
        assert!(!driving.on(5.0, 10.0));
        assert_eq!(driving.pose().speed_mps, 100.0, "ten metres a second, ten times as fast");
        assert!(driving.on(600.0, 10.0));
        assert_eq!((driving.pose().at, driving.pose().speed_mps), (end, 0.0));
        assert!(!driving.on(1.0, 10.0), "it has arrived already");
    }

    #[test]
    fn it_stands_where_it_was_stopped() {
        let start = Wgs84 { lon: 106.0, lat: 38.0 };
        let route =
            Route { points: vec![start, start.moved_by(0.0, 400.0)], speeds_mps: vec![20.0; 2] };
        let mut driving = Driving::parked(start, 0.0);
        driving.set_out(route, 1.0);
        driving.on(5.0, 1.0);
        let there = driving.pose().at;
        driving.stop();
        assert!(!driving.on(5.0, 1.0));
        assert_eq!((driving.pose().at, driving.pose().speed_mps), (there, 0.0));
    }
}
