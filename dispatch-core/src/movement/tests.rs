//! A vehicle drives along one line, in metres east of the scene; what its positions show is written down as it is noted.

use super::*;
use crate::deadlines::test_centre::{TestCentre, at, facts};
use crate::fleet::{Fix, FixNorms, VehicleTrack};
use crate::model::*;
use expect_test::{Expect, expect};
use std::fmt::Write;

const SCENE: Wgs84 = Wgs84 { lon: 106.0, lat: 38.5 };
/// Of one degree of longitude at the scene's latitude.
const METRES_A_DEGREE: f64 = 87_000.0;
/// Where the hospital, the station and the border lie, in metres east of the scene.
const HOSPITAL_M: f64 = 3_000.0;
const STATION_M: f64 = -3_000.0;
const BORDER_M: f64 = 20_000.0;

struct Line;

fn place(metres: f64) -> Wgs84 {
    Wgs84 { lon: SCENE.lon + metres / METRES_A_DEGREE, ..SCENE }
}

impl Places for Line {
    fn hospital(&self, _: &HospitalId) -> Option<Wgs84> {
        Some(place(HOSPITAL_M))
    }

    fn station(&self, _: &StationId) -> Option<Wgs84> {
        Some(place(STATION_M))
    }

    fn is_in_region(&self, position: Wgs84) -> bool {
        position.lon < place(BORDER_M).lon
    }
}

struct Drive {
    centre: TestCentre,
    task: TaskId,
    track: VehicleTrack,
    watch: Watch,
    story: String,
}

impl Drive {
    fn to(scene: Option<Wgs84>) -> Self {
        let mut centre = TestCentre::with(&["a"]);
        let incident =
            centre.call(IncidentFacts { destination: Some("H-1".into()), ..facts(scene) }, None);
        let task = centre.send(&incident, "a");
        Self {
            centre,
            task,
            track: VehicleTrack::default(),
            watch: Watch::default(),
            story: String::new(),
        }
    }

    fn reach(mut self, milestone: Milestone) -> Self {
        self.centre.reach(&self.task, milestone);
        writeln!(self.story, "{} pressed {}", self.centre.now.0 / 1000, milestone.name()).unwrap();
        self
    }

    /// From one place to another in so many seconds, with a fix each second.
    fn go(self, seconds: i64, from_m: f64, to_m: f64) -> Self {
        let mps = (to_m - from_m).abs() / seconds as f64;
        (1..=seconds).fold(self, |drive, second| {
            let metres = from_m + (to_m - from_m) * second as f64 / seconds as f64;
            drive.fix(metres, Some(mps as f32), 0)
        })
    }

    /// One more second, and a fix that is so many seconds old.
    fn fix(mut self, metres: f64, speed_mps: Option<f32>, age_seconds: i64) -> Self {
        let now = self.centre.now.plus_seconds(1);
        self.centre.now = now;
        let fix_time = now.plus_seconds(-age_seconds);
        let fix = Fix { position: place(metres), fix_time, speed_mps, heading_deg: None };
        self.track.assess(fix, now, &FixNorms::default());
        self.look()
    }

    fn look(mut self) -> Self {
        let (norms, now) = (MovementNorms::default(), self.centre.now);
        let Some(live) = self.track.live().copied() else { return self };
        let id = VehicleId::from("a");
        let vehicle = &self.centre.state.vehicles[&id];
        let goal = goals(&self.centre.state, vehicle, &Line, &norms);
        let is_in_region = Line.is_in_region(live.fix.position);
        let looked = Looked { live, now, vehicle, goal: goal.as_ref(), is_in_region };
        for Found { movement, since, over } in self.watch.look(&looked, &norms) {
            let version = self.centre.state.version;
            let name = movement.name();
            let vehicle = id.clone();
            self.centre.execute(Command::NoteMovement { vehicle, movement, since, over });
            if self.centre.state.version > version {
                let end = if over { " over" } else { "" };
                let (now, since) = (now.0 / 1000, since.0 / 1000);
                writeln!(self.story, "{now} {name}{end} since {since}").unwrap();
            }
        }
        self
    }

    fn stands(&self) -> Vec<&'static str> {
        self.centre.state.vehicles["a"].seen_movements().map(|seen| seen.movement.name()).collect()
    }

    fn told(&self, expected: Expect) {
        expected.assert_eq(&format!("{}stands: {}\n", self.story, self.stands().join(", ")));
    }
}

fn driving() -> Drive {
    Drive::to(Some(SCENE)).reach(Milestone::OrderReceived).reach(Milestone::Departed)
}

#[test]
fn each_arrival_of_a_task_is_seen_once_and_a_press_ends_it() {
    let drive = driving().go(120, -2_000.0, 0.0).go(60, 0.0, 2.0).reach(Milestone::AtScene);
    let drive = drive.go(60, 2.0, 0.0).reach(Milestone::LeftScene);
    let drive = drive.go(200, 0.0, HOSPITAL_M).go(30, HOSPITAL_M, HOSPITAL_M + 2.0);
    let drive = drive.reach(Milestone::AtHospital).reach(Milestone::Finished);
    let drive = drive.go(400, HOSPITAL_M, STATION_M).go(30, STATION_M, STATION_M + 2.0);
    drive.told(expect![[r#"
        0 pressed order_received
        0 pressed departed
        131 at_scene since 121
        180 pressed at_scene
        240 pressed left_scene
        451 at_hospital since 441
        470 pressed at_hospital
        470 pressed finished
        881 at_station since 871
        stands: at_station
    "#]]);
}

#[test]
fn a_press_before_the_positions_show_it_leaves_nothing_to_see() {
    driving().go(110, -2_000.0, -100.0).reach(Milestone::AtScene).go(60, 0.0, 2.0).told(expect![[
        r#"
            0 pressed order_received
            0 pressed departed
            110 pressed at_scene
            stands: 
        "#
    ]]);
}

#[test]
fn a_red_light_beside_the_scene_is_no_arrival_and_driving_on_ends_one() {
    let drive = driving().go(120, -2_000.0, -100.0).go(8, -100.0, -99.0);
    drive.go(100, -99.0, 2_000.0).told(expect![[r#"
        0 pressed order_received
        0 pressed departed
        stands: 
    "#]]);
    let drive = driving().go(120, -2_000.0, -100.0).go(20, -100.0, -99.0);
    drive.go(100, -99.0, 2_000.0).told(expect![[r#"
        0 pressed order_received
        0 pressed departed
        131 at_scene since 121
        156 at_scene over since 156
        stands: 
    "#]]);
}

#[test]
fn a_receiver_that_scatters_at_the_edge_tells_of_one_arrival() {
    let drive = driving().go(120, -2_000.0, -149.0);
    let at_edge = |drive: Drive, second: i64| {
        drive.fix(if second % 2 == 0 { -149.0 } else { -165.0 }, Some(0.4), 0)
    };
    (0..240).fold(drive, at_edge).told(expect![[r#"
        0 pressed order_received
        0 pressed departed
        131 at_scene since 121
        stands: at_scene
    "#]]);
}

#[test]
fn late_frozen_jumping_and_future_fixes_show_nothing() {
    let drive = driving().go(60, -4_000.0, -3_000.0);
    // Back-filled: it came by the scene half a minute ago.
    let drive = (0..30).fold(drive, |drive, _| drive.fix(0.0, Some(0.0), 40));
    let drive = drive.go(30, -3_000.0, -2_800.0);
    // One jump to the scene and back, twenty times.
    let jumping = |drive: Drive, n: i64| {
        drive.fix(0.0, Some(0.0), 0).fix(-2_800.0 + 10.0 * n as f64, Some(10.0), 0)
    };
    let drive = (0..20).fold(drive, jumping);
    let drive = (0..30).fold(drive, |drive, _| drive.fix(0.0, Some(0.0), -60));
    drive.told(expect![[r#"
        0 pressed order_received
        0 pressed departed
        stands: 
    "#]]);
    // A receiver that repeats one position although the vehicle drives.
    let drive = driving().go(600, -9_000.0, -400.0);
    (0..400).fold(drive, |drive, _| drive.fix(-400.0, Some(14.0), 0)).told(expect![[r#"
        0 pressed order_received
        0 pressed departed
        stands: 
    "#]]);
}

#[test]
fn an_old_marker_is_not_looked_at() {
    let mut drive = driving().go(120, -2_000.0, -100.0).go(6, -100.0, -99.0);
    for _ in 0..200 {
        drive.centre.now = drive.centre.now.plus_seconds(1);
        drive = drive.look();
    }
    // After the gap everything is counted anew.
    drive.go(6, -99.0, -98.0).told(expect![[r#"
        0 pressed order_received
        0 pressed departed
        stands: 
    "#]]);
}

#[test]
fn who_stands_under_way_is_asked_about_and_at_the_scene_is_not() {
    let drive = driving().go(60, -4_000.0, -3_000.0).go(310, -3_000.0, -2_990.0);
    drive.go(60, -2_990.0, -1_500.0).told(expect![[r#"
        0 pressed order_received
        0 pressed departed
        356 idling since 56
        371 idling over since 371
        stands: 
    "#]]);
    driving().go(120, -2_000.0, 0.0).go(400, 0.0, 10.0).told(expect![[r#"
        0 pressed order_received
        0 pressed departed
        131 at_scene since 121
        stands: at_scene
    "#]]);
    let waiting = driving().go(120, -2_000.0, 0.0).reach(Milestone::AtScene);
    waiting.go(900, 0.0, 10.0).told(expect![[r#"
        0 pressed order_received
        0 pressed departed
        120 pressed at_scene
        stands: 
    "#]]);
}

#[test]
fn leaving_the_region_is_told_once_and_so_is_coming_back() {
    let drive = driving().go(600, 10_000.0, 21_000.0).go(300, 21_000.0, 25_000.0);
    let drive = drive.go(600, 25_000.0, 19_000.0).go(61, 19_000.0, 18_000.0);
    drive.told(expect![[r#"
        0 pressed order_received
        0 pressed departed
        606 outside_region since 546
        1461 outside_region over since 1401
        stands: 
    "#]]);
}

#[test]
fn too_fast_is_told_once_in_ten_minutes_and_only_where_places_and_receiver_say_so() {
    driving().go(400, -18_500.0, 0.0).told(expect![[r#"
        0 pressed order_received
        0 pressed departed
        12 speeding since 2
        stands: speeding
    "#]]);
    // The receiver alone claims it.
    let claims =
        |drive: Drive, second: i64| drive.fix(-9_000.0 + 10.0 * second as f64, Some(50.0), 0);
    (0..100).fold(driving(), claims).told(expect![[r#"
        0 pressed order_received
        0 pressed departed
        stands: 
    "#]]);
}

#[test]
fn a_scene_nobody_has_placed_is_not_arrived_at() {
    let drive = Drive::to(None).reach(Milestone::OrderReceived).reach(Milestone::Departed);
    drive.go(30, 0.0, 5.0).told(expect![[r#"
        0 pressed order_received
        0 pressed departed
        stands: 
    "#]]);
}

#[test]
fn what_contradicts_the_journal_is_no_news() {
    let mut drive = driving();
    let scene = |task: &TaskId| Movement::AtScene { task: task.clone() };
    let task = drive.task.clone();
    let note = |drive: &mut Drive, movement, since, over| {
        let before = drive.centre.state.version;
        drive.centre.execute(Command::NoteMovement { vehicle: "a".into(), movement, since, over });
        drive.centre.state.version > before
    };
    assert!(!note(&mut drive, scene(&task), at(-5), false), "before it departed");
    assert!(!note(&mut drive, scene(&"yinchuan-9.t1".into()), at(5), false), "another task");
    assert!(!note(&mut drive, scene(&task), at(5), true), "never begun");
    assert!(note(&mut drive, scene(&task), at(5), false));
    assert!(
        !note(&mut drive, scene(&task), at(7), false),
        "stands already: another server was first"
    );
    let drive = drive.reach(Milestone::AtScene);
    assert!(drive.stands().is_empty(), "pressed");
}
