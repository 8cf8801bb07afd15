//! Whole runs from the first ring to the last milestone.

use super::check;
use expect_test::expect;

#[test]
fn a_call_becomes_a_vehicle_on_scene_and_closes_itself() {
    check(
        "
        08:00:00 region: enrol YC-1
        08:00:00 li: crew YC-1 王医生 马师傅
        10:00:00 li: call 解放西街1号
        10:00:40 li: send 1 YC-1
        10:00:42 YC-1: receipt 1.t1
        10:00:50 YC-1: order_received 1.t1
        10:02:10 YC-1: departed 1.t1
        10:11:00 YC-1: at_scene 1.t1
        10:25:00 YC-1: left_scene 1.t1 hospital=NX-H1
        10:40:00 YC-1: at_hospital 1.t1
        board
        10:55:00 YC-1: finished 1.t1 patients=1 km=17.5
        11:10:00 YC-1: back_at_station 1.t1
        board
        ",
        expect![[r#"
            08:00:00 region: enrol YC-1
                YC-1 enrolled
            08:00:00 li: crew YC-1 王医生 马师傅
                YC-1 crew: 王医生, 马师傅
            10:00:00 li: call 解放西街1号
                incident 1 opened: 解放西街1号
                call 1.c1 taken
            10:00:40 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:02:40
                call 1.c1: dispatched
            10:00:42 YC-1: receipt 1.t1
                1.t1 order on the screen
            10:00:50 YC-1: order_received 1.t1
                1.t1 order_received
            10:02:10 YC-1: departed 1.t1
                1.t1 departed
            10:11:00 YC-1: at_scene 1.t1
                1.t1 at_scene
            10:25:00 YC-1: left_scene 1.t1 hospital=NX-H1
                1.t1 left_scene {"hospital":"NX-H1"}
            10:40:00 YC-1: at_hospital 1.t1
                1.t1 at_hospital
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:00:40, order_received 10:00:50, departed 10:02:10, at_scene 10:11:00, left_scene 10:25:00, at_hospital 10:40:00
                | YC-1 [5] at_hospital on 1.t1 since 10:40:00
            10:55:00 YC-1: finished 1.t1 patients=1 km=17.5
                1.t1 finished {"patients_carried":1,"distance_km":17.5}
                (last_task_ended) incident 1 closed
            11:10:00 YC-1: back_at_station 1.t1
                1.t1 back_at_station
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:00:40, order_received 10:00:50, departed 10:02:10, at_scene 10:11:00, left_scene 10:25:00, at_hospital 10:40:00, finished 10:55:00, back_at_station 11:10:00
                | YC-1 [7] at station since 11:10:00
        "#]],
    );
}

/// One state change touches only its own task.
#[test]
fn several_vehicles_go_and_the_incident_closes_with_the_last() {
    check(
        "
        08:00:00 region: enrol YC-1
        08:00:00 region: enrol YC-2
        10:00:00 li: call 正源北街路口
        10:00:30 li: send 1 YC-1 YC-2
        10:10:00 YC-1: at_scene 1.t1
        board
        10:20:00 YC-1: finished 1.t1 patients=1
        board
        10:30:00 YC-2: at_scene 1.t2
        10:31:00 YC-2: finished 1.t2 patients=1
        board
        ",
        expect![[r#"
            08:00:00 region: enrol YC-1
                YC-1 enrolled
            08:00:00 region: enrol YC-2
                YC-2 enrolled
            10:00:00 li: call 正源北街路口
                incident 1 opened: 正源北街路口
                call 1.c1 taken
            10:00:30 li: send 1 YC-1 YC-2
                (vehicles_sent) incident 1 wants 2 vehicle(s)
                task 1.t1: YC-1 from station, order stands until 10:02:30
                task 1.t2: YC-2 from station, order stands until 10:02:30
                call 1.c1: dispatched
            10:10:00 YC-1: at_scene 1.t1
                1.t1 at_scene
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:00:30, at_scene 10:10:00
                |   1.t2 YC-2 running: created 10:00:30
                | YC-1 [3] at_scene on 1.t1 since 10:10:00
                | YC-2 [0] assigned on 1.t2 since 10:00:30
            10:20:00 YC-1: finished 1.t1 patients=1
                1.t1 finished {"patients_carried":1}
            board
                | 1 open, order not received
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:00:30, at_scene 10:10:00, finished 10:20:00
                |   1.t2 YC-2 running: created 10:00:30
                | YC-1 [6] on the road home from 1.t1 since 10:20:00
                | YC-2 [0] assigned on 1.t2 since 10:00:30
            10:30:00 YC-2: at_scene 1.t2
                1.t2 at_scene
            10:31:00 YC-2: finished 1.t2 patients=1
                1.t2 finished {"patients_carried":1}
                (last_task_ended) incident 1 closed
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.t1 YC-1 finished: created 10:00:30, at_scene 10:10:00, finished 10:20:00
                |   1.t2 YC-2 finished: created 10:00:30, at_scene 10:30:00, finished 10:31:00
                | YC-1 [6] on the road home from 1.t1 since 10:20:00
                | YC-2 [6] on the road home from 1.t2 since 10:31:00
        "#]],
    );
}

/// The commands of an hour without network arrive at once, in order, with the times they were pressed.
#[test]
fn an_hour_without_network() {
    check(
        "
        08:00:00 region: enrol YC-1
        10:00:00 li: call 月牙湖乡
        10:00:30 li: send 1 YC-1
        10:00:40 YC-1: order_received 1.t1
        11:05:00@10:02:00 YC-1: departed 1.t1
        11:05:00@10:30:00 YC-1: at_scene 1.t1
        11:05:00@10:50:00 YC-1: left_scene 1.t1
        board
        ",
        expect![[r#"
            08:00:00 region: enrol YC-1
                YC-1 enrolled
            10:00:00 li: call 月牙湖乡
                incident 1 opened: 月牙湖乡
                call 1.c1 taken
            10:00:30 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:02:30
                call 1.c1: dispatched
            10:00:40 YC-1: order_received 1.t1
                1.t1 order_received
            11:05:00@10:02:00 YC-1: departed 1.t1
                1.t1 departed
            11:05:00@10:30:00 YC-1: at_scene 1.t1
                1.t1 at_scene
            11:05:00@10:50:00 YC-1: left_scene 1.t1
                1.t1 left_scene
            board
                | 1 open
                |   1.c1 dispatched
                |   1.t1 YC-1 running: created 10:00:30, order_received 10:00:40, departed 10:02:00, at_scene 10:30:00, left_scene 10:50:00
                | YC-1 [4] patient_on_board on 1.t1 since 10:50:00
        "#]],
    );
}
