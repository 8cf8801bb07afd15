//! Every number that a query takes, at its extremes: found in the description of the API, so that a new one is
//! tried without a change here.

use super::Caller;
use dispatch_server::http::openapi_json;
use serde_json::Value;

/// Numbers that some sender sends one day: the ends of the types, no number, moments outside every calendar.
const EXTREMES: [&str; 15] = [
    "-9223372036854775808",
    "9223372036854775807",
    "18446744073709551615",
    "-1",
    "0",
    "253402300800000",
    "4102444800001",
    "-62135596800001",
    "99999999999999999999999999",
    "1e308",
    "-1e308",
    "NaN",
    "inf",
    "-0.0",
    "",
];
/// Of these, the whole numbers that no clock shows.
const NO_MOMENT: [&str; 6] = [
    "-9223372036854775808",
    "9223372036854775807",
    "-1",
    "253402300800000",
    "4102444800001",
    "-62135596800001",
];

/// A question that is answered, to be spoilt in one place.
fn usual(name: &str) -> &'static str {
    match name {
        "lon" => "101.78",
        "lat" => "36.62",
        "west" => "101.7",
        "south" => "36.6",
        "east" => "101.8",
        "north" => "36.7",
        "from" => "1700000000000",
        "to" => "1700000001000",
        "minutes" => "5",
        "metres" | "error_radius_m" => "100",
        "cell_deg" => "0.1",
        "kind" => "county",
        "centre" => "xining",
        "q" => "a",
        _ => "1",
    }
}

/// The parameters of a question in their order, numbers and required ones only.
fn asked(operation: &Value) -> Vec<(String, bool)> {
    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    let in_query = parameters.into_iter().filter(|it| it["in"] == "query");
    let read = in_query.filter_map(|it| {
        let kinds = it["schema"]["type"].to_string();
        let is_number = kinds.contains("integer") || kinds.contains("number");
        let is_needed = it["required"] == true;
        (is_number || is_needed).then(|| (it["name"].as_str().unwrap().to_owned(), is_number))
    });
    read.collect()
}

/// Asks every question with each of its numbers at each extreme: none may be told as a fault of the server, and a
/// moment that no clock shows is refused by name. Gives how many were asked.
pub(crate) async fn every_number_at_its_extremes(caller: &Caller) -> usize {
    let description: Value = serde_json::from_str(openapi_json()).unwrap();
    let mut count = 0;
    for (path, item) in description["paths"].as_object().unwrap() {
        let asked = asked(&item["get"]);
        let path = path.replace("{id}", "XN-01-1").replace("{centre}", "xining");
        for (spoilt, _) in asked.iter().filter(|(_, is_number)| *is_number) {
            for extreme in EXTREMES {
                let value = |name: &str| if name == spoilt { extreme } else { usual(name) };
                let query: Vec<String> =
                    asked.iter().map(|(name, _)| format!("{name}={}", value(name))).collect();
                let address = format!("{path}?{}", query.join("&"));
                let answer = caller.get(&address).await;
                assert!(
                    answer.status < 500 || answer.code() == "needs_postgres",
                    "{address}: {}",
                    answer.text
                );
                if matches!(spoilt.as_str(), "from" | "to") && NO_MOMENT.contains(&extreme) {
                    assert_eq!(answer.short(), "422 bad_field", "{address}");
                    assert_eq!(answer.body["details"]["field"], spoilt.as_str(), "{address}");
                }
                count += 1;
            }
        }
    }
    count
}
