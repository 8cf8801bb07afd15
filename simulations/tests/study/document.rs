//! What a study writes: the document and its charts, held to golden files, and the CSV that no spreadsheet computes.

use crate::city::city;
use expect_test::expect_file;
use simulations::study::policy::{Policy, Redispatch};
use simulations::study::report::{Study, write};
use simulations::study::run::{Extent, Results, run};
use simulations::study::system::System;
use simulations::study::travel::Travel;
use std::fs;
use std::path::Path;

const EXTENT: Extent = Extent { seed: 4, replications: 3, days: 1, training: false };

fn results(system: &System, second: &str) -> Results {
    let travel = Travel::new(system);
    let second = Policy {
        name: second.into(),
        about: "From anybody less urgent.".into(),
        redispatch: Redispatch::AllLower,
        ..Policy::nearest()
    };
    run(&travel, vec![Policy::nearest(), second], EXTENT, &|| false, &mut |_, _| {}).expect("runs")
}

fn written(folder: &Path, system: &System, results: &Results) -> Vec<String> {
    let study = Study {
        system,
        extent: EXTENT,
        results,
        command: "simulations study city --out city.md".into(),
        remarks: &["Made for tests | of documents.".into()],
        tuning: "Parameters were not tuned.".into(),
    };
    let paths = write(&study, &folder.join("deep/city.md")).expect("written");
    let names: Vec<_> = paths.iter().filter_map(|path| path.file_name()).collect();
    assert_eq!(names, ["city.md", "city-late.svg", "city-change.svg", "city.csv"]);
    paths.iter().map(|path| fs::read_to_string(path).expect("read")).collect()
}

#[test]
fn document_charts_and_figures_of_a_small_system_are_the_golden_ones() {
    let system = city();
    let folder = tempfile::tempdir().expect("a folder");
    let texts = written(folder.path(), &system, &results(&system, "redispatch"));
    expect_file!["golden/city.md"].assert_eq(&texts[0]);
    expect_file!["golden/city-late.svg"].assert_eq(&texts[1]);
    expect_file!["golden/city-change.svg"].assert_eq(&texts[2]);
    expect_file!["golden/city.csv"].assert_eq(&texts[3]);
}

#[test]
fn a_stopped_study_is_marked_at_the_head_of_its_document() {
    let system = city();
    let folder = tempfile::tempdir().expect("a folder");
    let results = Results { partial: true, ..results(&system, "redispatch") };
    let texts = written(folder.path(), &system, &results);
    let head: Vec<&str> = texts[0].lines().take(3).collect();
    assert!(head[2].starts_with("**Partial"), "{head:?}");
}

#[test]
fn names_of_a_system_neither_break_a_table_nor_compute_in_a_spreadsheet() {
    let mut system = city();
    system.name = "city\n# of <b>wonders</b>".into();
    system.classes[0].name = "high | or\nnot".into();
    let folder = tempfile::tempdir().expect("a folder");
    let mut results = results(&system, "first");
    for name in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "－1"] {
        results.series[1].policy.name = name.into();
        let texts = written(folder.path(), &system, &results);
        assert!(texts[0].starts_with("# Which policy serves patients better: city # of"));
        assert!(texts[0].contains("| policy | high \\| or not | medium | low |"), "{}", texts[0]);
        assert!(texts[1].contains("&lt;b&gt;"), "{}", texts[1]);
        let mut rows = csv::Reader::from_reader(texts[3].as_bytes());
        let names: Vec<String> =
            rows.records().map(|row| row.expect("a row")[0].to_owned()).collect();
        assert_eq!(names[3], format!("'{name}"));
        assert_eq!(names[0], "nearest");
    }
}
