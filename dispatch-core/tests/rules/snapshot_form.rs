//! The form of snapshots. A snapshot of another form, or of a state that the same events no longer lead to, must
//! never be read as if it were of this one: whatever changes here needs a higher SNAPSHOT_FORMAT.
//!
//! Some stored lives are folded; kept in `snapshot-form/form.txt` are a digest of every state on the way of each, and
//! every field that states and stored events were seen to have. Fields of events count too, since states keep parts of
//! events, and a server of the release before would leave out of its snapshot what it does not know.
//!
//! After SNAPSHOT_FORMAT was raised, or when a new kind of event needs a life, run this test once with
//! `UPDATE_EXPECT=1`. It changes nothing of a format that was kept.

use crate::golden;
use crate::properties::lives;
use dispatch_core::model::{CentreId, Recorded};
use dispatch_core::storage::SNAPSHOT_FORMAT;
use dispatch_core::{CentreState, apply};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;

#[test]
fn a_changed_form_of_snapshots_has_a_format_of_its_own() {
    let renews = std::env::var_os("UPDATE_EXPECT").is_some();
    if renews {
        write_lives_of_new_kinds();
    }
    let lives = stored_lives();
    let told: BTreeSet<&str> =
        lives.iter().flat_map(|(_, life)| life).map(|recorded| recorded.event.kind()).collect();
    assert_eq!(told, golden::kinds_of_the_model(), "run with UPDATE_EXPECT=1 to add a life");

    let file = folder().join("form.txt");
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    let form = form(&lives);
    let is_raised = kept.lines().next() != form.lines().next();
    let differences = differences(&kept, &form, is_raised);
    assert!(
        is_raised || differences.is_empty(),
        "snapshots of format {SNAPSHOT_FORMAT} have another form or content now. Raise SNAPSHOT_FORMAT in \
         src/storage.rs, then renew with UPDATE_EXPECT=1:\n{}",
        differences.join("\n")
    );
    if renews {
        std::fs::write(&file, &form).unwrap();
    } else {
        assert!(kept == form, "snapshot-form/form.txt is to be renewed: UPDATE_EXPECT=1");
    }
}

/// A change that a digest alone would show is named, and so is a field that came or went.
#[test]
fn what_changed_is_named() {
    let kept = "format 2\nlife-01 aa\nstate .incidents.* object\n";
    let other = "format 2\nlife-01 ab\nlife-02 cc\nstate .incidents.* object\nstate .x number\n";
    let named = ["- life-01 aa", "+ life-01 ab", "+ state .x number"];
    assert_eq!(differences(kept, other, false), named, "a further life changes nothing");
    assert!(differences(kept, kept, false).is_empty());
}

/// The whole form as text: a line for the format, each life and each field.
fn form(lives: &[(String, Vec<Recorded>)]) -> String {
    let (mut text, mut fields) = (format!("format {SNAPSHOT_FORMAT}\n"), BTreeSet::new());
    for (name, life) in lives {
        let mut digest = FNV_BEGIN;
        let centre = name.rsplit('-').next().unwrap();
        let mut state = CentreState::new(CentreId::from(centre));
        for recorded in life {
            apply(&mut state, recorded);
            let stored = serde_json::to_value(&state).unwrap();
            digest = fnv(digest, stored.to_string().as_bytes());
            note_fields("state ", &stored, &mut fields);
        }
        text.push_str(&format!("{name} {digest:016x}\n"));
    }
    for (_, example) in golden::examples() {
        let stored = serde_json::to_value(&example).unwrap();
        note_fields(&format!("event {} ", example.event.kind()), &stored["event"], &mut fields);
        note_fields("provenance ", &stored["provenance"], &mut fields);
    }
    fields.iter().for_each(|field| text.push_str(&format!("{field}\n")));
    text
}

/// Lines that differ; a further life is no difference. All of them when the format is another.
fn differences(kept: &str, form: &str, is_raised: bool) -> Vec<String> {
    let [kept, form] = [kept, form].map(|text| text.lines().collect::<BTreeSet<&str>>());
    let known: BTreeSet<Option<&str>> = kept.iter().map(|line| line.split(' ').next()).collect();
    let is_further_life =
        |line: &str| line.starts_with("life-") && !known.contains(&line.split(' ').next());
    let gone = kept.difference(&form).map(|line| (*line, format!("- {line}")));
    let come = form.difference(&kept).map(|line| (*line, format!("+ {line}")));
    let mut all: Vec<_> =
        gone.chain(come.filter(|(line, _)| is_raised || !is_further_life(line))).collect();
    all.sort();
    all.into_iter().map(|(_, told)| told).collect()
}

/// Every path to a value and the value's kind; keys that name something of the journal, an incident or a vehicle,
/// count as one.
fn note_fields(path: &str, value: &Value, fields: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            let is_field = key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            let key = if is_field { key.as_str() } else { "*" };
            note_fields(&format!("{path}.{key}"), value, fields);
        }),
        Value::Array(values) => {
            values.iter().for_each(|value| note_fields(&format!("{path}[]"), value, fields));
        }
        Value::Null => drop(fields.insert(format!("{path} null"))),
        Value::Bool(_) => drop(fields.insert(format!("{path} bool"))),
        Value::Number(_) => drop(fields.insert(format!("{path} number"))),
        Value::String(_) => drop(fields.insert(format!("{path} string"))),
    }
}

/// FNV-1a, the same on every machine and with every compiler.
const FNV_BEGIN: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv(digest: u64, bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(digest, |digest, byte| (digest ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The stored lives with their names, which end with the centre's. As journals they are never edited.
fn stored_lives() -> Vec<(String, Vec<Recorded>)> {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|end| end == "jsonl")).collect();
    files.sort();
    files
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            let read = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), read)
        })
        .collect()
}

/// Writes random lives that have kinds of events which no stored one has.
fn write_lives_of_new_kinds() {
    std::fs::create_dir_all(folder()).unwrap();
    let mut lives_told = stored_lives();
    let kinds = |life: &[Recorded]| -> BTreeSet<&'static str> {
        life.iter().map(|recorded| recorded.event.kind()).collect()
    };
    let mut told: BTreeSet<&str> = lives_told.iter().flat_map(|(_, life)| kinds(life)).collect();
    for (centre, life) in lives::short() {
        if told == golden::kinds_of_the_model() {
            return;
        }
        if kinds(&life).is_subset(&told) {
            continue;
        }
        told.extend(kinds(&life));
        let name = format!("life-{:02}-{centre}", lives_told.len() + 1);
        let line = |recorded: &Recorded| format!("{}\n", serde_json::to_string(recorded).unwrap());
        let text: String = life.iter().map(line).collect();
        std::fs::write(folder().join(format!("{name}.jsonl")), text).unwrap();
        lives_told.push((name, life));
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("snapshot-form")
}
