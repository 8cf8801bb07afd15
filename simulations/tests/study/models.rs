//! The importer of models in the form of JEMSS.jl, on a model written here: tables in one file, columns in other orders, other
//! units, and what is wrong with it.

use dispatch_core::model::Priority;
use simulations::study::distribution::Distribution;
use simulations::study::jemss::{Imported, Options, import};
use std::fs;
use std::path::Path;

const NODES: &str = "nodes,,,\nindex,x,y,offRoadAccess,\n1.0,174.70,-36.80,1.0,\n2.0,174.71,-36.80,0.0,\n3.0,174.72,-36.80,1.0,\n";
const ARCS: &str = "miscData,,,\narcForm,numModes\ndirected,2\n,\narcs,,,\nindex,fromNode,toNode,distance,mode_1,mode_2,\n1,1,2,0.89,0.0006,0.0009\n2,2,3,0.89,0.0006,0.0009\n3,3,2,0.89,0.0006,0.0009\n4,2,1,0.89,0.0006,0.0009\n";
const CONFIG: &str = "<?xml version=\"1.0\"?>\n<genConfig><sim><callDistributions>
<interarrivalTime seed=\"1\">Exponential(1/120)</interarrivalTime>
<priority seed=\"1\">Categorical([0.5, 0.3, 0.2])</priority>
<dispatchDelay seed=\"1\">truncated(Normal(2/60/24, 1/60/24), 20/60/60/24, 5/60/24)</dispatchDelay>
<onSceneDuration seed=\"1\">Exponential(10/60/24)</onSceneDuration>
<transfer seed=\"1\">Bernoulli(0.7)</transfer>
<transferDuration seed=\"1\">Exponential(15/60/24)</transferDuration>
</callDistributions></sim></genConfig>\n";

pub(crate) fn model() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("makes");
        fs::write(path, text).expect("writes");
    };
    put(
        "stations/stations_1.csv",
        "stations,,,\nindex,x,y,capacity,,NAME\n1,174.70,-36.80,5,,\"West, Old\"\n2,174.72,-36.80,5,,East\n",
    );
    put(
        "ambulances/ambulances_1.csv",
        "ambulances,,,note\nclass,stationIndex,index,\n1,2,1,\n1,1,2,\n",
    );
    put("hospitals/hospitals_1.csv", "hospitals,,,\nindex,y,x,name\n1,-36.80,174.71,General\n");
    put("travel/roads/nodes.csv", NODES);
    put("travel/roads/arcs.csv", ARCS);
    put(
        "travel/travel/travel_1.csv",
        "travelModes,,\ntravelModeIndex,offRoadSpeed,note\n1,1128,\n2,792,\n,,\ntravelSets,,\ntravelSetIndex,priority,travelModeIndex\n1,highPriority,1\n1,medPriority,1\n1,lowPriority,2\n",
    );
    put(
        "misc/call priorities/priorities_1.csv",
        "priorities,,,\npriority,name,targetResponseTime,note\n1,highPriority,0.005555556,\n2,medPriority,0.0069444,\n3,lowPriority,0.013888889,\n",
    );
    put(
        "misc/redispatch/redispatch_1.csv",
        "miscData,,\nallowRedispatch,,\n1,,\n,,\nredispatchConditions,,\nfromCallPriority,toCallPriority,allowRedispatch\nlowPriority,highPriority,1\n",
    );
    put("calls/gen_config.xml", CONFIG);
    put(
        "demand/demand_1.csv",
        "share,lat,lon\n0.25,-36.80,174.70\n0.75,-36.801,174.72\n0,-36.80,174.71\n",
    );
    folder
}

pub(crate) fn imported(folder: &Path) -> Imported {
    import(folder, &Options::default()).unwrap_or_else(|problem| panic!("{problem}"))
}

#[test]
fn a_model_folder_is_read_whole() {
    let Imported { system, notes } = imported(model().path());
    assert_eq!(system.stations[0].name, "West, Old");
    let homes: Vec<usize> = system.ambulances.iter().map(|it| it.station).collect();
    assert_eq!(homes, [1, 0]);
    assert_eq!(system.cells.len(), 2, "cells without calls are left out");
    assert!((system.calls.per_day - 120.0).abs() < 1e-9);
    let told: Vec<_> = system.classes.iter().map(|it| (it.priority, it.share, it.mode)).collect();
    let expected =
        [(Priority::Critical, 0.5, 0), (Priority::Severe, 0.3, 0), (Priority::NonUrgent, 0.2, 1)];
    assert_eq!(told, expected);
    let targets: Vec<f64> = system.classes.iter().map(|it| it.target_seconds.round()).collect();
    assert_eq!(targets, [480.0, 600.0, 1200.0]);
    assert_eq!(system.redispatch, [(2, 0)]);
    assert_eq!(system.behaviour.handover, Distribution::exponential(900.0));
    assert!((system.behaviour.transport_share - 0.7).abs() < 1e-9);
    assert_eq!(system.modes[0].off_road_kmh.round(), 47.0);
    let Distribution::Normal { mean_seconds, least_seconds, most_seconds, .. } =
        system.behaviour.dispatch_delay
    else {
        panic!("a normal delay")
    };
    let bounds = [Some(mean_seconds), least_seconds, most_seconds].map(|it| it.map(f64::round));
    assert_eq!(bounds, [Some(120.0), Some(20.0), Some(300.0)]);
    let arc = system.roads.raw().next().expect("an arc");
    assert_eq!((arc.metres.round(), arc.ms), (890.0, vec![51_840, 77_760]));
    assert!(notes.iter().any(|note| note.contains("read as days")), "{notes:?}");
}

#[test]
fn lines_may_end_as_on_any_system() {
    let folder = model();
    let expected = imported(folder.path()).system;
    for end in ["\r\n", "\r"] {
        for (file, text) in [("travel/roads/nodes.csv", NODES), ("travel/roads/arcs.csv", ARCS)] {
            fs::write(folder.path().join(file), text.replace('\n', end)).expect("writes");
        }
        assert_eq!(imported(folder.path()).system.roads, expected.roads);
    }
}

#[test]
fn units_are_found_out_from_what_roads_can_be() {
    let folder = model();
    let arcs = folder.path().join("travel/roads/arcs.csv");
    let in_seconds = ARCS.replace("0.89,0.0006,0.0009", "890,51.84,77.76");
    fs::write(&arcs, in_seconds).expect("writes");
    let other = imported(folder.path()).system.roads;
    assert_eq!(other, imported(model().path()).system.roads);
    let undirected = "miscData,\narcForm,numModes\nundirected,2\n\narcs,\nmode_2,mode_1,toNode,fromNode\n0.0216,0.0144,2,1\n0.0216,0.0144,3,2\n";
    fs::write(&arcs, undirected).expect("writes");
    let system = imported(folder.path()).system;
    assert_eq!(system.roads.raw().count(), 4, "an undirected arc is two");
    assert_eq!(system.roads.raw().next().expect("an arc").ms, [51_840, 77_760], "hours");
}

#[test]
fn plain_tables_do_without_the_rest_of_a_model() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("writes");
    put("stations.csv", "station,lon,lat\n1,174.70,-36.80\n");
    put("ambulances.csv", "ambulance,station\n1,1\n");
    put("hospitals.csv", "hospital,lon,lat,name\n1,174.72,-36.80,General\n");
    put("demand.csv", "lon,lat,share\n174.72,-36.80,1\n");
    let file = fs::File::create(folder.path().join("roads.zip")).expect("creates");
    let mut archive = zip::ZipWriter::new(file);
    for (name, text) in [("nodes.csv", NODES), ("arcs.csv", ARCS)] {
        let plain: zip::write::SimpleFileOptions = Default::default();
        archive.start_file(name, plain).expect("starts");
        std::io::Write::write_all(&mut archive, text.as_bytes()).expect("writes");
    }
    archive.finish().expect("finishes");
    let options = Options {
        calls_per_day: Some(50.0),
        priority_shares: Some(vec![0.6, 0.4]),
        targets_minutes: Some(vec![8.0, 20.0]),
        ..Options::default()
    };
    let system = import(folder.path(), &options).unwrap_or_else(|it| panic!("{it}")).system;
    let told: Vec<_> = system.classes.iter().map(|it| (it.priority, it.urgent)).collect();
    assert_eq!(told, [(Priority::Critical, true), (Priority::NonUrgent, false)]);
    assert!((system.calls.per_day - 50.0).abs() < 1e-9);
}

#[test]
fn what_is_wrong_is_named_by_file_line_and_column() {
    let cases = [
        (
            "travel/roads/arcs.csv",
            "2,2,3,0.89",
            "2,2,7,0.89",
            "travel/roads/arcs.csv, line 8, column toNode: names node 7",
        ),
        (
            "travel/roads/nodes.csv",
            "2.0,174.71",
            "2.5,174.71",
            "travel/roads/nodes.csv, line 4, column index: must be a whole number",
        ),
        (
            "travel/roads/nodes.csv",
            "174.71,-36.80",
            "1747100,5920000",
            "travel/roads/nodes.csv, line 4, column x: must lie between -180 and 180",
        ),
        (
            "ambulances/ambulances_1.csv",
            "1,2,1,",
            "1,9,1,",
            "ambulances/ambulances_1.csv, line 3, column stationIndex: names station 9",
        ),
        (
            "calls/gen_config.xml",
            "Exponential(1/120)",
            "Exponential(1/",
            "calls/gen_config.xml, line 3, column interarrivalTime: must be a distribution",
        ),
        (
            "demand/demand_1.csv",
            "share,lat,lon",
            "raster,lat,lon",
            "demand/demand_1.csv: must list cells",
        ),
        (
            "misc/redispatch/redispatch_1.csv",
            "lowPriority,highPriority",
            "highPriority,lowPriority",
            "misc/redispatch/redispatch_1.csv, line 7, column toCallPriority: must be more urgent",
        ),
    ];
    for (file, from, to, expected) in cases {
        let folder = model();
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).expect("reads");
        assert!(text.contains(from), "{file} has {from}");
        fs::write(&path, text.replacen(from, to, 1)).expect("writes");
        let told = import(folder.path(), &Options::default()).expect_err("wrong").to_string();
        assert!(told.starts_with(expected), "{told}\nexpected {expected}");
    }
}

#[test]
fn a_missing_file_is_named_with_what_is_expected() {
    let folder = model();
    fs::remove_file(folder.path().join("travel/roads/nodes.csv")).expect("removes");
    let told = import(folder.path(), &Options::default()).expect_err("missing").to_string();
    assert!(told.starts_with("nodes.csv: is missing"), "{told}");
}
