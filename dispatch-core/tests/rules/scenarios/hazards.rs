//! What may harm a crew travels with its order, whoever told of it, and only a dispatcher takes it away.

use super::check;
use expect_test::expect;

#[test]
fn a_hazard_that_a_further_caller_tells_of_reaches_the_crew() {
    check(
        "
        08:00 region: fleet YC-1
        10:00 li: call 中山北街 hazards=traffic
        10:01 li: send 1 YC-1
        10:01 YC-1: order_received 1.t1
        10:02 li: call 中山北街 about=1 hazards=violence/traffic
        10:03 li: call 中山北街 about=1 hazards=violence
        10:04 li: call 中山北街 about=1 hazards=fire outcome=nuisance
        10:05 YC-1: seen_change 1.t1 12
        10:06 li: amend 1 hazards=violence
        board
        10:07 li: amend 1 hazards=none
        ",
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街 hazards=traffic
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:03:00
                call 1.c1: dispatched
            10:01 YC-1: order_received 1.t1
                1.t1 order_received
            10:02 li: call 中山北街 about=1 hazards=violence/traffic
                call 1.c2 taken
                (call_told_hazard) incident 1 amended: {"hazards":["violence","traffic"]}
                call 1.c2: repeat
            10:03 li: call 中山北街 about=1 hazards=violence
                call 1.c3 taken
                call 1.c3: repeat
            10:04 li: call 中山北街 about=1 hazards=fire outcome=nuisance
                call 1.c4 taken
                call 1.c4: nuisance
            10:05 YC-1: seen_change 1.t1 12
                1.t1 changes up to 12 seen
            10:06 li: amend 1 hazards=violence
                incident 1 amended: {"hazards":["violence"]}
            board
                | 1 open
                |   1.c1 dispatched
                |   1.c2 repeat
                |   1.c3 repeat
                |   1.c4 nuisance
                |   1.t1 YC-1 running: created 10:01:00, order_received 10:01:00, NOT SEEN: special_needs (15)
                | YC-1 [1] order_received on 1.t1 since 10:01:00
            10:07 li: amend 1 hazards=none
                incident 1 amended: {"hazards":[]}
        "#]],
    );
}
