//! How far a task was: told with its end when the whole way was seen, and not told otherwise.

use crate::support::*;
use vehicle_agent::link::{Input, Link, Output};
use vehicle_agent::nmea::{DatedBy, Fix};
use vehicle_agent::outbox::{Change, OutboxContent};
use wire_protocol::agent::CrewCommand;
use wire_protocol::commands::MilestoneDetails;
use wire_protocol::vocabulary::{Milestone, VehicleState};

/// Degrees of latitude in 100 m.
const HUNDRED_M: f64 = 100.0 / geometry::METRES_PER_DEGREE;

/// A terminal with an order, and how far north its vehicle has come, in hundreds of metres.
struct Drive {
    link: Link,
    now_ms: u64,
    north: f64,
    ended: Option<MilestoneDetails>,
}

impl Drive {
    fn new() -> Self {
        let link = Link::new(settings(1), OutboxContent::empty("o".to_owned()), at(0));
        let mut drive = Self { link, now_ms: 0, north: 0.0, ended: None };
        let order = order("T-1", at(0).wall_ms);
        let told = serde_json::to_string(&duty(10, VehicleState::TaskAssigned, Some(order)));
        drive.give(Input::Connected);
        drive.give(Input::Frame(told.expect("can be written")));
        drive.press(Milestone::OrderReceived);
        drive.press(Milestone::Departed);
        drive
    }

    fn give(&mut self, input: Input) {
        self.link.handle_input(input, at(self.now_ms));
        while let Some(output) = self.link.next_output() {
            let Output::Store(changes) = output else { continue };
            for change in changes.iter() {
                if let Change::AddCommand(stored) = change
                    && let CrewCommand::Milestone {
                        milestone: Milestone::Finished, details, ..
                    } = &stored.command
                {
                    self.ended = Some(details.clone());
                }
            }
            self.link.handle_input(Input::Stored, at(self.now_ms));
        }
    }

    fn press(&mut self, milestone: Milestone) {
        self.press_with(milestone, MilestoneDetails::default());
    }

    fn press_with(&mut self, milestone: Milestone, details: MilestoneDetails) {
        let command = CrewCommand::Milestone { task: "T-1".to_owned(), milestone, details };
        self.link.press(command, at(self.now_ms)).expect("the step is taken");
        self.give(Input::Tick);
    }

    /// So many seconds pass, and the vehicle comes so many hundreds of metres north.
    fn pass(&mut self, seconds: u64, hundreds: f64) {
        self.now_ms += seconds * 1000;
        self.north += hundreds;
        self.give(Input::NewFix(Fix {
            dated_by: DatedBy::Receiver,
            fix_time_ms: at(self.now_ms).wall_ms,
            lat: 38.0 + self.north * HUNDRED_M,
            lon: 106.0,
            speed_mps: Some((hundreds.abs() * 100.0 / seconds as f64) as f32),
            heading_deg: None,
            satellites: None,
            hdop: None,
        }));
    }

    /// Presses on to the end, and gives the kilometres told with it.
    fn end(mut self) -> Option<f64> {
        self.press(Milestone::AtScene);
        self.press(Milestone::LeftScene);
        self.press(Milestone::AtHospital);
        self.press(Milestone::Finished);
        self.ended.expect("the end was stored").distance_km
    }
}

#[test]
fn the_way_there_and_back_is_told_to_a_tenth_without_the_drift_of_standing() {
    let mut drive = Drive::new();
    drive.pass(1, 0.0);
    (0..20).for_each(|_| drive.pass(10, 1.0));
    (0..300).for_each(|second| drive.pass(1, if second % 2 == 0 { 0.005 } else { -0.005 }));
    (0..13).for_each(|_| drive.pass(10, -1.0));
    assert_eq!(drive.end(), Some(3.3));
}

#[test]
fn what_was_missed_makes_it_unknown() {
    let mut no_fix_at_all = Drive::new();
    no_fix_at_all.now_ms += 600_000;
    assert_eq!(no_fix_at_all.end(), None);

    let mut a_tunnel = Drive::new();
    a_tunnel.pass(1, 0.0);
    a_tunnel.pass(31, 5.0);
    assert_eq!(a_tunnel.end(), None);

    let mut a_jump = Drive::new();
    a_jump.pass(1, 0.0);
    a_jump.pass(1, 10.0);
    a_jump.pass(1, -10.0);
    assert_eq!(a_jump.end(), None);

    let mut lost_before_the_hospital = Drive::new();
    lost_before_the_hospital.pass(1, 0.0);
    lost_before_the_hospital.pass(10, 1.0);
    lost_before_the_hospital.now_ms += 60_000;
    assert_eq!(lost_before_the_hospital.end(), None);
}

#[test]
fn standing_under_a_roof_misses_nothing() {
    let mut drive = Drive::new();
    drive.pass(1, 0.0);
    (0..10).for_each(|_| drive.pass(10, 1.0));
    drive.pass(900, 0.2);
    drive.press(Milestone::AtScene);
    drive.press(Milestone::LeftScene);
    drive.press(Milestone::AtHospital);
    drive.now_ms += 900_000;
    drive.press(Milestone::Finished);
    assert_eq!(drive.ended.expect("the end was stored").distance_km, Some(1.0));
}

#[test]
fn an_end_taken_back_and_pressed_again_tells_the_way_again() {
    let mut drive = Drive::new();
    drive.pass(1, 0.0);
    drive.pass(10, 1.0);
    for milestone in
        [Milestone::AtScene, Milestone::LeftScene, Milestone::AtHospital, Milestone::Finished]
    {
        drive.press(milestone);
    }
    let undo = CrewCommand::Undo { task: "T-1".to_owned(), milestone: Milestone::Finished };
    drive.link.press(undo, at(drive.now_ms)).expect("it may be taken back");
    drive.pass(10, 2.0);
    drive.press(Milestone::Finished);
    assert_eq!(drive.ended.expect("the end was stored").distance_km, Some(0.3));
}

#[test]
fn what_the_crew_tells_itself_stands() {
    let mut drive = Drive::new();
    drive.pass(1, 0.0);
    drive.pass(10, 1.0);
    for milestone in [Milestone::AtScene, Milestone::LeftScene, Milestone::AtHospital] {
        drive.press(milestone);
    }
    let told = MilestoneDetails { distance_km: Some(12.5), ..MilestoneDetails::default() };
    drive.press_with(Milestone::Finished, told);
    assert_eq!(drive.ended.expect("the end was stored").distance_km, Some(12.5));
}
