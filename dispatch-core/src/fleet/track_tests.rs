//! Fix quality as a table: one line a fix, what became of it, and where the marker stands after it.

use super::{Fix, FixNorms, VehicleTrack};
use crate::model::{Timestamp, Wgs84};
use expect_test::{Expect, expect};
use std::fmt::Write;

/// Fixes written `<measured at s> <received at s> <metres east> [speed m/s]`, one a line. Metres
/// are taken from 106.23 E 38.49 N; `null` is 0, 0.
fn check(fixes: &str, expected: Expect) {
    let mut track = VehicleTrack::default();
    let mut told = String::new();
    for line in fixes.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let seconds = |word: &str| Timestamp((word.parse::<f64>().unwrap() * 1000.0) as i64);
        let fix = Fix {
            position: position(words[2]),
            fix_time: seconds(words[0]),
            speed_mps: words.get(3).map(|speed| speed.parse().unwrap()),
            heading_deg: None,
        };
        let judged = track.assess(fix, seconds(words[1]), &FixNorms::default());
        let why = judged.doubt.map(|doubt| format!(" ({doubt:?})")).unwrap_or_default();
        let marker = track.live().map_or("nowhere".into(), |live| {
            let east = (live.fix.position.lon - 106.23) * METRES_PER_DEGREE;
            format!("{east:.0} m as of {} s", live.fix.fix_time.0 / 1000)
        });
        writeln!(told, "{line} -> {:?}{why}; marker {marker}", judged.quality).unwrap();
    }
    expected.assert_eq(&told);
}

const METRES_PER_DEGREE: f64 = 87_000.0;

fn position(word: &str) -> Wgs84 {
    if word == "null" {
        return Wgs84 { lon: 0.0, lat: 0.0 };
    }
    Wgs84 { lon: 106.23 + word.parse::<f64>().unwrap() / METRES_PER_DEGREE, lat: 38.49 }
}

#[test]
fn a_driving_vehicle_is_fresh() {
    check(
        "
        0 1 0 15
        5 6 75 15
        10 11 150 15
        ",
        expect![[r#"
            0 1 0 15 -> Fresh; marker 0 m as of 0 s
            5 6 75 15 -> Fresh; marker 75 m as of 5 s
            10 11 150 15 -> Fresh; marker 150 m as of 10 s
        "#]],
    );
}

#[test]
fn late_fixes_never_move_the_marker_back_and_a_repeat_is_known() {
    check(
        "
        100 101 0 15
        105 106 75 15
        60 107 -500 15
        60 108 -500 15
        105 109 75 15
        110 110 150 15
        ",
        expect![[r#"
            100 101 0 15 -> Fresh; marker 0 m as of 100 s
            105 106 75 15 -> Fresh; marker 75 m as of 105 s
            60 107 -500 15 -> Late (OlderThanMarker); marker 75 m as of 105 s
            60 108 -500 15 -> Late (Repeated); marker 75 m as of 105 s
            105 109 75 15 -> Late (Repeated); marker 75 m as of 105 s
            110 110 150 15 -> Fresh; marker 150 m as of 110 s
        "#]],
    );
}

#[test]
fn after_a_cut_old_fixes_in_order_move_the_marker_forward_but_count_as_late() {
    check(
        "
        0 1 0 15
        10 600 150 15
        20 600 300 15
        600 601 5000 15
        ",
        expect![[r#"
            0 1 0 15 -> Fresh; marker 0 m as of 0 s
            10 600 150 15 -> Late (LongUnderWay); marker 150 m as of 10 s
            20 600 300 15 -> Late (LongUnderWay); marker 300 m as of 20 s
            600 601 5000 15 -> Fresh; marker 5000 m as of 600 s
        "#]],
    );
}

#[test]
fn one_jump_is_suspect_and_forgotten() {
    check(
        "
        0 0 0 15
        5 5 75 15
        10 10 90000 15
        15 15 225 15
        ",
        expect![[r#"
            0 0 0 15 -> Fresh; marker 0 m as of 0 s
            5 5 75 15 -> Fresh; marker 75 m as of 5 s
            10 10 90000 15 -> Suspect (ImpossibleSpeed); marker 75 m as of 5 s
            15 15 225 15 -> Fresh; marker 225 m as of 15 s
        "#]],
    );
}

#[test]
fn three_jumps_that_agree_are_believed() {
    check(
        "
        0 0 0 15
        5 5 75 15
        10 10 90000 15
        15 15 90070 15
        20 20 90150 15
        25 25 90200 15
        ",
        expect![[r#"
            0 0 0 15 -> Fresh; marker 0 m as of 0 s
            5 5 75 15 -> Fresh; marker 75 m as of 5 s
            10 10 90000 15 -> Suspect (ImpossibleSpeed); marker 75 m as of 5 s
            15 15 90070 15 -> Suspect (ImpossibleSpeed); marker 75 m as of 5 s
            20 20 90150 15 -> Fresh; marker 90150 m as of 20 s
            25 25 90200 15 -> Fresh; marker 90200 m as of 25 s
        "#]],
    );
}

#[test]
fn jumps_that_disagree_are_never_believed() {
    check(
        "
        0 0 0 15
        5 5 90000 15
        10 10 -90000 15
        15 15 50000 15
        20 20 -50000 15
        25 25 100 15
        ",
        expect![[r#"
            0 0 0 15 -> Fresh; marker 0 m as of 0 s
            5 5 90000 15 -> Suspect (ImpossibleSpeed); marker 0 m as of 0 s
            10 10 -90000 15 -> Suspect (ImpossibleSpeed); marker 0 m as of 0 s
            15 15 50000 15 -> Suspect (ImpossibleSpeed); marker 0 m as of 0 s
            20 20 -50000 15 -> Suspect (ImpossibleSpeed); marker 0 m as of 0 s
            25 25 100 15 -> Fresh; marker 100 m as of 25 s
        "#]],
    );
}

#[test]
fn two_terminals_with_one_name_do_not_pull_the_marker_to_and_fro() {
    check(
        "
        0 0 0 0
        1 1 90000 0
        5 5 10 0
        6 6 90000 0
        10 10 0 0
        11 11 90010 0
        15 15 5 0
        16 16 90001 0
        ",
        expect![[r#"
            0 0 0 0 -> Fresh; marker 0 m as of 0 s
            1 1 90000 0 -> Suspect (ImpossibleSpeed); marker 0 m as of 0 s
            5 5 10 0 -> Fresh; marker 10 m as of 5 s
            6 6 90000 0 -> Suspect (ImpossibleSpeed); marker 10 m as of 5 s
            10 10 0 0 -> Fresh; marker 0 m as of 10 s
            11 11 90010 0 -> Suspect (ImpossibleSpeed); marker 0 m as of 10 s
            15 15 5 0 -> Fresh; marker 5 m as of 15 s
            16 16 90001 0 -> Suspect (ImpossibleSpeed); marker 5 m as of 15 s
        "#]],
    );
}

#[test]
fn a_clock_ahead_is_suspect_and_does_not_make_true_fixes_late() {
    check(
        "
        0 0 0 15
        3605 5 75 15
        8 5 80 15
        10 10 150 15
        ",
        expect![[r#"
            0 0 0 15 -> Fresh; marker 0 m as of 0 s
            3605 5 75 15 -> Suspect (AheadOfClock); marker 0 m as of 0 s
            8 5 80 15 -> Fresh; marker 80 m as of 8 s
            10 10 150 15 -> Fresh; marker 150 m as of 10 s
        "#]],
    );
}

#[test]
fn frozen_while_a_speed_is_told() {
    check(
        "
        0 0 0 15
        5 5 75 15
        10 10 75 15
        15 15 75 15
        20 20 300 15
        ",
        expect![[r#"
            0 0 0 15 -> Fresh; marker 0 m as of 0 s
            5 5 75 15 -> Fresh; marker 75 m as of 5 s
            10 10 75 15 -> Frozen (Unchanging); marker 75 m as of 5 s
            15 15 75 15 -> Frozen (Unchanging); marker 75 m as of 5 s
            20 20 300 15 -> Fresh; marker 300 m as of 20 s
        "#]],
    );
}

#[test]
fn standing_at_a_red_light_is_not_frozen() {
    check(
        "
        0 0 0 15
        5 5 75 15
        10 10 75 0
        15 15 75 0
        20 20 75 0
        25 25 75 0
        30 30 75 0
        35 35 75 0
        ",
        expect![[r#"
            0 0 0 15 -> Fresh; marker 0 m as of 0 s
            5 5 75 15 -> Fresh; marker 75 m as of 5 s
            10 10 75 0 -> Fresh; marker 75 m as of 10 s
            15 15 75 0 -> Fresh; marker 75 m as of 15 s
            20 20 75 0 -> Fresh; marker 75 m as of 20 s
            25 25 75 0 -> Fresh; marker 75 m as of 25 s
            30 30 75 0 -> Fresh; marker 75 m as of 30 s
            35 35 75 0 -> Fresh; marker 75 m as of 35 s
        "#]],
    );
}

#[test]
fn frozen_without_a_speed_right_after_driving() {
    check(
        "
        0 0 0
        5 5 75
        10 10 75
        15 15 75
        20 20 75
        25 25 75
        30 30 75
        35 35 75
        40 40 600
        ",
        expect![[r#"
            0 0 0 -> Fresh; marker 0 m as of 0 s
            5 5 75 -> Fresh; marker 75 m as of 5 s
            10 10 75 -> Fresh; marker 75 m as of 10 s
            15 15 75 -> Fresh; marker 75 m as of 15 s
            20 20 75 -> Fresh; marker 75 m as of 20 s
            25 25 75 -> Fresh; marker 75 m as of 25 s
            30 30 75 -> Frozen (Unchanging); marker 75 m as of 25 s
            35 35 75 -> Frozen (Unchanging); marker 75 m as of 25 s
            40 40 600 -> Fresh; marker 600 m as of 40 s
        "#]],
    );
}

#[test]
fn a_receiver_without_a_position_is_suspect() {
    check(
        "
        0 0 null 0
        5 5 75 0
        10 10 null 0
        ",
        expect![[r#"
            0 0 null 0 -> Suspect (NoRealPosition); marker nowhere
            5 5 75 0 -> Fresh; marker 75 m as of 5 s
            10 10 null 0 -> Suspect (NoRealPosition); marker 75 m as of 5 s
        "#]],
    );
}
