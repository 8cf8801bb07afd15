//! Functions fit a screen: past 70 lines of code there is a second step inside that wants a name.
//!
//! Read off the text as `cargo fmt` leaves it: a function ends where a brace stands alone under its first line.
//! Lines of string literals (scripts of scenarios, expected answers, SQL) are data and do not count.

use crate::file_sizes::tracked_files;
use crate::metadata::root;

const MOST_LINES: usize = 70;

/// Tables with one arm for each command, event, refusal or message: as long as what they list, and read by looking up
/// a line, not from top to bottom.
const TABLES: &[&str] = &[
    "dispatch-core/src/apply/mod.rs::change",
    "dispatch-core/src/decide/mod.rs::consequences",
    "dispatch-core/tests/rules/codes.rs::ways_to_be_refused",
    "dispatch-core/tests/rules/properties/player.rs::command",
    "dispatch-core/tests/rules/scenarios/orders.rs::parse",
    "dispatch-core/tests/rules/scenarios/tell.rs::what",
    "dispatch-server/src/commands/answer.rs::with_details",
    "dispatch-server/src/commands/command.rs::command",
    "dispatch-server/src/reports/project.rs::take_over",
    "dispatch-server/src/views/log_entry.rs::tell",
    "wire-protocol/tests/examples/commands.rs::commands",
    "wire-protocol/tests/examples/agent.rs::what_a_terminal_sends",
    "wire-protocol/tests/examples/agent.rs::what_the_server_sends_to_a_terminal",
    "wire-protocol/tests/examples/console.rs::what_the_server_sends_to_a_console",
];

#[test]
fn no_function_is_too_long() {
    let mut long = Vec::new();
    let mut tables: Vec<&str> = TABLES.to_vec();
    for file in tracked_files().iter().filter(|file| file.ends_with(".rs")) {
        let Ok(source) = std::fs::read_to_string(root().join(file)) else { continue };
        for (name, lines) in functions(&source).filter(|(_, lines)| *lines > MOST_LINES) {
            let place = format!("{file}::{name}");
            if TABLES.contains(&place.as_str()) {
                tables.retain(|table| *table != place);
            } else {
                long.push(format!("{place}: {lines} lines"));
            }
        }
    }
    assert!(long.is_empty(), "give the steps of these names: {long:#?}");
    assert!(tables.is_empty(), "no longer long, or moved; take them off the list: {tables:#?}");
}

/// Each function of a formatted file with its lines of code.
fn functions(source: &str) -> impl Iterator<Item = (&str, usize)> {
    let lines: Vec<(&str, bool)> = marked(source);
    let starts = lines.clone().into_iter().enumerate().filter(|(_, (_, code))| *code);
    let found: Vec<_> = starts
        .filter_map(|(at, (line, _))| {
            let end = format!("{}}}", indent(line));
            let name = name_of(line)?;
            let length = lines[at..].iter().position(|(line, code)| *code && *line == end)?;
            let counted = lines[at..=at + length].iter().filter(|(_, code)| *code).count();
            Some((name, counted))
        })
        .collect();
    found.into_iter()
}

/// Lines, and whether each begins outside string literals that span lines.
fn marked(source: &str) -> Vec<(&str, bool)> {
    let mut inside: Option<&str> = None;
    let mark = |line| {
        let code = inside.is_none();
        inside = after(line, inside);
        (line, code)
    };
    source.lines().map(mark).collect()
}

/// The end that a literal still waits for after a line.
fn after<'a>(line: &str, mut inside: Option<&'a str>) -> Option<&'a str> {
    let mut rest = line;
    loop {
        if let Some(end) = inside {
            let Some(at) = rest.find(end) else { return inside };
            rest = &rest[at + end.len()..];
            inside = None;
            continue;
        }
        let raw = [("r##\"", "\"##"), ("r#\"", "\"#")];
        let comment = rest.find("//").unwrap_or(rest.len());
        let opened = raw.iter().find_map(|(open, end)| Some((rest.find(open)? + open.len(), *end)));
        let quote = plain_quote(rest).map(|at| (at + 1, "\""));
        let first = [opened, quote].into_iter().flatten().min_by_key(|(at, end)| (*at, end.len()));
        let (at, end) = first.filter(|(at, _)| *at <= comment)?;
        let end = opened.filter(|(start, _)| *start == at).map_or(end, |(_, end)| end);
        (rest, inside) = (&rest[at..], Some(end));
        if end == "\"" {
            match plain_end(rest) {
                Some(at) => (rest, inside) = (&rest[at + 1..], None),
                None => return inside,
            }
        }
    }
}

/// Where a plain literal begins: a quote that is no character of its own.
fn plain_quote(text: &str) -> Option<usize> {
    text.match_indices('"').map(|(at, _)| at).find(|at| !text[..*at].ends_with('\''))
}

/// Where a plain literal ends: a quote with no backslash before it.
fn plain_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, letter)| {
        let ends = letter == '"' && !escaped;
        escaped = letter == '\\' && !escaped;
        ends.then_some(at)
    })
}

fn indent(line: &str) -> &str {
    &line[..line.len() - line.trim_start().len()]
}

/// The name of the function that a line begins; none where it begins none.
fn name_of(line: &str) -> Option<&str> {
    let (before, rest) = line.split_once("fn ")?;
    let known = ["pub", "const", "async", "pub(crate)", "pub(super)"];
    let is_head = before.split_whitespace().all(|word| known.contains(&word));
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    (is_head && end > 0 && !line.trim_end().ends_with(';')).then(|| &rest[..end])
}

#[test]
fn lines_of_code_are_counted_and_data_is_not() {
    let source = "pub(crate) async fn one(\n    a: u8,\n) {\n    let text = \"two\n  fn no() {\n\";\n    let c = '\"';\n}\n\
        fn raw() {\n    say(r#\"\n    \"quoted\" {\n    }\n\"#);\n}\nfn short() {}\n";
    assert_eq!(functions(source).collect::<Vec<_>>(), [("one", 6), ("raw", 3)]);
}
