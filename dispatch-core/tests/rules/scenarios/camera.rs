//! Whoever looks through a vehicle's camera is written down, with the task it was on.

use super::check;
use expect_test::expect;

#[test]
fn a_look_through_a_camera_is_written_down() {
    check(
        r#"
        08:00 region: fleet YC-1
        08:01 li: watch YC-1 1
        08:02 li: call 正源街200号
        08:03 li: send 1 YC-1
        08:04 li: watch YC-1 32
        08:05 li: watch YC-1 0
        08:06 li: watch YC-1 33
        08:07 li: watch YC-9 1
        "#,
        expect![[r#"
            08:00 region: fleet YC-1
            08:01 li: watch YC-1 1
                YC-1 camera 1 looked through
            08:02 li: call 正源街200号
                incident 1 opened: 正源街200号
                call 1.c1 taken
            08:03 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 08:05:00
                call 1.c1: dispatched
            08:04 li: watch YC-1 32
                YC-1 camera 32 looked through on 1.t1
            08:05 li: watch YC-1 0
                ! bad_field: channel is no camera: they are numbered from 1
            08:06 li: watch YC-1 33
                ! bad_field: channel is no camera: they are numbered from 1
            08:07 li: watch YC-9 1
                ! unknown_vehicle: vehicle YC-9 does not belong to this centre; ask its centre to lend it
        "#]],
    );
}
