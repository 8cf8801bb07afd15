//! Every path that a document names in backticks exists, from the repository's root or as the end of one: `live/lapse`
//! is `dispatch-server/src/live/lapse.rs`. A path may stand for several: `words/{zh,en}/log.ts`, `golden/<event>.json`.

use crate::file_sizes::tracked_files;
use crate::metadata::root;

const DOCUMENTS: &[&str] = &["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "docs/"];
/// What a path to a file of ours ends with.
const ENDINGS: &[&str] =
    &["rs", "ts", "svelte", "js", "mjs", "sql", "md", "toml", "csv", "geojson", "cfg", "service"];
/// A path may leave these out.
const LEFT_OUT: &[&str] = &["", ".rs", ".ts", ".svelte"];
/// Folders and files that a build, a run or a site makes.
const MADE: &[&str] =
    &["target/", "screens/", "demo/", "cluster/", "map-ui/dist", "node_modules", "lost/"];

#[test]
fn every_path_in_a_document_exists() {
    let files = tracked_files();
    let mut looked_at = 0;
    let mut missing = Vec::new();
    for document in files.iter().filter(|file| is_document(file)) {
        let text = std::fs::read_to_string(root().join(document)).expect("a document");
        for path in text.lines().flat_map(in_backticks).filter(|path| is_path(path)) {
            looked_at += 1;
            for one in alternatives(path) {
                if !files.iter().any(|file| leads_to(&one, file)) {
                    missing.push(format!("{document}: {one}"));
                }
            }
        }
    }
    assert!(looked_at > 40, "the documents were not found: {looked_at}");
    assert!(missing.is_empty(), "named and not there: {missing:#?}");
}

#[test]
fn the_map_of_the_code_names_every_crate() {
    let map = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the map");
    let files = tracked_files();
    let crates = files.iter().filter_map(|file| file.strip_suffix("/Cargo.toml"));
    let missing: Vec<_> = crates.filter(|name| !map.contains(&format!("| `{name}` |"))).collect();
    assert!(missing.is_empty(), "not in the code map of ARCHITECTURE.md: {missing:?}");
}

fn is_document(file: &str) -> bool {
    file.ends_with(".md")
        && DOCUMENTS.iter().any(|it| file == *it || it.ends_with('/') && file.starts_with(it))
}

/// The pieces of a line that stand in backticks.
fn in_backticks(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// Whether it names a file or folder of the repository: lower case letters and no address, command or type.
fn is_path(text: &str) -> bool {
    let plain = |it: char| it.is_ascii_alphanumeric() || "_-./{},<>* ".contains(it);
    let ending = text.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending));
    let in_folder = text.contains('/')
        && text.chars().next().is_some_and(|it| it.is_ascii_lowercase() || it == '.');
    let made = MADE.iter().any(|it| text.starts_with(it));
    text.chars().all(plain)
        && !text.contains(' ')
        && !text.starts_with('/')
        && !made
        && (ending || in_folder)
}

/// The paths that one with braces stands for.
fn alternatives(path: &str) -> Vec<String> {
    let Some((before, rest)) = path.split_once('{') else { return vec![path.to_owned()] };
    let Some((choices, after)) = rest.split_once('}') else { return vec![path.to_owned()] };
    choices
        .split(',')
        .flat_map(|it| alternatives(&format!("{before}{}{after}", it.trim())))
        .collect()
}

/// Whether the path is the file, a folder it lies in, or the end of either.
fn leads_to(path: &str, file: &str) -> bool {
    let wanted: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    let found: Vec<&str> = file.split('/').collect();
    found.windows(wanted.len()).enumerate().any(|(at, part)| {
        let is_file = at + wanted.len() == found.len();
        let last = wanted.len() - 1;
        part.iter().zip(&wanted).enumerate().all(|(index, (name, wanted))| {
            let left_out: &[&str] = if is_file && index == last { LEFT_OUT } else { &[""] };
            left_out.iter().any(|ending| fits(name, &format!("{wanted}{ending}")))
        })
    })
}

/// Whether a name is the one wanted, in which `<anything>` or `*` may stand for some of it.
fn fits(name: &str, wanted: &str) -> bool {
    let open = wanted.find(['<', '*']);
    let Some(open) = open else { return name == wanted };
    let close = wanted[open..].find('>').map_or(open, |at| open + at);
    let (before, after) = (&wanted[..open], &wanted[close + 1..]);
    name.len() > before.len() + after.len() && name.starts_with(before) && name.ends_with(after)
}

#[test]
fn paths_are_told_from_other_words() {
    let yes = ["live/lapse", "import_edges.rs", "golden/<event>.json", ".ci/run"];
    assert!(yes.iter().all(|it| is_path(it)), "these are paths");
    let no = [
        "/api/v1/commands",
        "make test",
        "dispatch_core::decide",
        "command_id",
        "Link { online: false }",
        "target/x",
    ];
    assert!(no.iter().all(|it| !is_path(it)), "these are none");
    assert_eq!(alternatives("words/{zh,en}/log.ts"), ["words/zh/log.ts", "words/en/log.ts"]);
    assert!(leads_to("live/lapse", "dispatch-server/src/live/lapse.rs"));
    assert!(leads_to("live", "dispatch-server/src/live/lapse.rs"));
    assert!(!leads_to("live/lap", "dispatch-server/src/live/lapse.rs"));
    assert!(leads_to("golden/<event>.json", "dispatch-core/golden/sos_raised.json"));
}
