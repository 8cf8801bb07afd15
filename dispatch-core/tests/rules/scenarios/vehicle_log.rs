//! What a crew writes down of its vehicle goes along with it, and what it found broken is not offered.

use super::check;
use expect_test::expect;

#[test]
fn a_vehicle_is_taken_over_and_refuelled() {
    check(
        r#"
        08:00 region: fleet YC-1
        08:01 YC-1: log YC-1 {"type":"checked","odometer_km":45120,"fuel_percent":70,"faults":["oxygen","tyres","oxygen"]}
        09:00 YC-1: log YC-1 {"type":"refuelled","litres":41.5,"odometer_km":45230}
        09:01 li: log YC-1 {"type":"checked","odometer_km":45000}
        09:02 YC-1: log YC-1 {"type":"checked","odometer_km":2000001}
        09:03 YC-1: log YC-1 {"type":"checked","odometer_km":1,"fuel_percent":101}
        09:04 YC-1: log YC-1 {"type":"refuelled","litres":0,"odometer_km":1}
        09:05 YC-1: log YC-1 {"type":"refuelled","litres":501,"odometer_km":1}
        "#,
        expect![[r#"
            08:00 region: fleet YC-1
            08:01 YC-1: log YC-1 {"type":"checked","odometer_km":45120,"fuel_percent":70,"faults":["oxygen","tyres","oxygen"]}
                YC-1 log: {"type":"checked","odometer_km":45120,"fuel_percent":70,"faults":["tyres","oxygen"]}
            09:00 YC-1: log YC-1 {"type":"refuelled","litres":41.5,"odometer_km":45230}
                YC-1 log: {"type":"refuelled","litres":41.5,"odometer_km":45230}
            09:01 li: log YC-1 {"type":"checked","odometer_km":45000}
                YC-1 log: {"type":"checked","odometer_km":45000}
            09:02 YC-1: log YC-1 {"type":"checked","odometer_km":2000001}
                ! bad_field: odometer_km is more than an odometer shows
                kept: YC-1 pressed log_vehicle, refused as bad_field, TO SEE
            09:03 YC-1: log YC-1 {"type":"checked","odometer_km":1,"fuel_percent":101}
                ! bad_field: fuel_percent must be at most 100
                kept: YC-1 pressed log_vehicle, refused as bad_field, TO SEE
            09:04 YC-1: log YC-1 {"type":"refuelled","litres":0,"odometer_km":1}
                ! bad_field: litres is not what one tank takes
                kept: YC-1 pressed log_vehicle, refused as bad_field, TO SEE
            09:05 YC-1: log YC-1 {"type":"refuelled","litres":501,"odometer_km":1}
                ! bad_field: litres is not what one tank takes
                kept: YC-1 pressed log_vehicle, refused as bad_field, TO SEE
        "#]],
    );
}
