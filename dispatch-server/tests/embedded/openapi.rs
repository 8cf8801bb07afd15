//! The committed description of the API and the committed list of codes are those of the program.

use dispatch_server::api_error::Code;
use dispatch_server::http::openapi_json;
use expect_test::expect_file;
use std::collections::BTreeSet;

/// `UPDATE_EXPECT=1` writes the file anew; the console's types are then to be made anew too.
#[test]
fn openapi_json_is_up_to_date() {
    expect_file!["../../openapi.json"].assert_eq(openapi_json());
}

#[test]
fn every_code_that_can_be_sent_is_in_the_list() {
    let rejections = include_str!("../../../dispatch-core/src/model/rejection_code.rs");
    let arms = rejections.lines().filter_map(|line| {
        line.trim().strip_prefix("Self::")?.split_once("=> \"")?.1.strip_suffix("\",")
    });
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.word()).chain(arms).collect();
    assert!(codes.contains("vehicle_on_task") && codes.contains("not_signed_in"));
    let list: String = codes.iter().map(|code| format!("{code}\n")).collect();
    expect_file!["../../problem-codes.txt"].assert_eq(&list);
}
