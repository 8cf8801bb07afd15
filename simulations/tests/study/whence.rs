//! Where the calls of a model come from when no table lists it: a raster, or the calls of a calls file.

use crate::models::{imported, model};
use simulations::study::distribution::Distribution;
use simulations::study::jemss::{Options, import};
use std::fs;
use std::path::Path;
use tiff::encoder::TiffEncoder;
use tiff::encoder::colortype::Gray32Float;
use tiff::tags::Tag;

/// Columns and rows of the raster; a pixel is about 100 m high.
const SIDE: u32 = 6;
const STEP: f64 = 0.0009;
const WEST: f64 = 174.70;
const NORTH: f64 = -36.79;

/// What of a raster is written otherwise than it should be.
#[derive(Default)]
struct Odd {
    projected: bool,
    unplaced: bool,
    west: Option<f64>,
    pixel: Option<f32>,
}

fn raster(path: &Path, odd: &Odd) {
    let mut encoder = TiffEncoder::new(fs::File::create(path).expect("creates")).expect("begins");
    let mut image = encoder.new_image::<Gray32Float>(SIDE, SIDE).expect("an image");
    let tags = image.encoder();
    if !odd.unplaced {
        let tie = [0.0, 0.0, 0.0, odd.west.unwrap_or(WEST), NORTH, 0.0];
        tags.write_tag(Tag::ModelPixelScaleTag, &[STEP, STEP, 0.0][..]).expect("a scale");
        tags.write_tag(Tag::ModelTiepointTag, &tie[..]).expect("a tie");
    }
    let kind: u16 = if odd.projected { 1 } else { 2 };
    let keys: [u16; 8] = [1, 1, 0, 1, 1024, 0, 1, kind];
    tags.write_tag(Tag::GeoKeyDirectoryTag, &keys[..]).expect("keys");
    tags.write_tag(Tag::GdalNodata, "-9999").expect("a mark");
    let mut pixels = vec![0.0_f32; (SIDE * SIDE) as usize];
    // Two neighbours of the same cell, one pixel far from them, one that is missing.
    (pixels[0], pixels[1], pixels[35], pixels[20]) = (1.0, 3.0, 4.0, -9999.0);
    pixels[9] = odd.pixel.unwrap_or(0.0);
    image.write_data(&pixels).expect("pixels");
}

const NAMED: &str = "demandRasters,,,,\nrasterIndex,rasterFilename,note,,\n1,$jemssDir/data/deep/folder/density.tif,,,\n,,,,\ndemandModes,,,,\nmodeIndex,rasterIndex,priority,arrivalRate,note\n1,1,highPriority,60,\n2,1,medPriority,40,\n";

fn put(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("writes");
}

#[test]
fn a_raster_that_a_demand_file_names_is_gathered_into_cells() {
    let folder = model();
    put(folder.path(), "demand/demand_1.csv", NAMED);
    raster(&folder.path().join("demand/density.tif"), &Odd::default());
    let found = imported(folder.path());
    let cells = &found.system.cells;
    assert_eq!(cells.len(), 2, "two blocks of two by two pixels have calls");
    // Three quarters of the first block's weight lie in its second pixel.
    let lon = WEST + STEP * (0.5 * 0.25 + 1.5 * 0.75);
    assert!((cells[0].position.lon - lon).abs() < 1e-9, "{:?}", cells[0]);
    assert!((cells[0].position.lat - (NORTH - STEP * 0.5)).abs() < 1e-9);
    assert!((cells[0].weight - cells[1].weight).abs() < 1e-9, "four and four");
    assert!(found.notes.iter().any(|note| note.contains("density.tif")), "{:?}", found.notes);
    assert!(found.system.sources.iter().any(|it| it.contains("density.tif")), "and it is told");
}

#[test]
fn a_raster_that_only_a_configuration_names_serves_too() {
    let folder = model();
    fs::remove_file(folder.path().join("demand/demand_1.csv")).expect("removes");
    let config = folder.path().join("calls/gen_config.xml");
    let text = fs::read_to_string(&config).expect("reads");
    let named = "<callDensityRaster cellSeed=\"1\"><filename>$jemssDir/density.tif</filename></callDensityRaster></sim>";
    fs::write(&config, text.replace("</sim>", named)).expect("writes");
    let missing = import(folder.path(), &Options::default()).expect_err("not there").to_string();
    assert!(missing.contains("put the file density.tif anywhere"), "{missing}");
    raster(&folder.path().join("density.tif"), &Odd::default());
    assert_eq!(imported(folder.path()).system.cells.len(), 2);
}

#[test]
fn what_is_wrong_with_a_raster_is_told_with_what_is_expected() {
    let cases = [
        (Odd { projected: true, ..Odd::default() }, "not projected"),
        (Odd { unplaced: true, ..Odd::default() }, "is no GeoTIFF"),
        (Odd { west: Some(1_750_000.0), ..Odd::default() }, "must be in WGS-84"),
        (Odd { pixel: Some(-1.0), ..Odd::default() }, "column 3, row 1 is -1"),
        (Odd { pixel: Some(f32::INFINITY), ..Odd::default() }, "column 3, row 1 is inf"),
    ];
    for (odd, expected) in cases {
        let folder = model();
        put(folder.path(), "demand/demand_1.csv", NAMED);
        raster(&folder.path().join("density.tif"), &odd);
        let told = import(folder.path(), &Options::default()).expect_err("wrong").to_string();
        assert!(told.starts_with("density.tif: ") && told.contains(expected), "{told}");
    }
    let folder = model();
    put(folder.path(), "demand/demand_1.csv", NAMED);
    let told = import(folder.path(), &Options::default()).expect_err("missing").to_string();
    assert!(
        told.starts_with("demand/demand_1.csv, line 3, column rasterFilename: names the raster"),
        "{told}"
    );
    put(folder.path(), "density.tif", "II*\u{0}nothing more");
    let told = import(folder.path(), &Options::default()).expect_err("torn").to_string();
    assert!(told.starts_with("density.tif: is no TIFF that can be read"), "{told}");
}

/// Six calls within two days: four of the first priority in one place, two of the third elsewhere.
fn calls() -> String {
    let mut text = "miscData,,,\nstartTime,,,\n0,,,\n,,,\ncalls,,,\nindex,priority,x,y,arrivalTime,dispatchDelay,onSceneDuration,transport,hospitalIndex,handoverDuration\n".to_owned();
    for n in 1..=6 {
        let (priority, lon) = if n > 4 { (3, 174.72) } else { (1, 174.7001) };
        let (scene, transport) = (if n % 2 == 0 { 0.02 } else { 0.01 }, u8::from(n < 4));
        text += &format!(
            "{n},{priority},{lon},-36.80,{},0.0005,{scene},{transport},-1,0.01\n",
            f64::from(n) / 3.0
        );
    }
    text
}

#[test]
fn without_any_demand_calls_come_like_those_of_the_calls_file() {
    let folder = model();
    fs::remove_file(folder.path().join("demand/demand_1.csv")).expect("removes");
    fs::remove_file(folder.path().join("calls/gen_config.xml")).expect("removes");
    put(folder.path(), "calls/calls_1.csv", &calls());
    let system = imported(folder.path()).system;
    let weights: Vec<f64> = system.cells.iter().map(|cell| cell.weight).collect();
    assert_eq!(weights, [4.0, 2.0]);
    assert!((system.calls.per_day - 3.0).abs() < 1e-9, "six in two days");
    let shares: Vec<f64> = system.classes.iter().map(|class| class.share).collect();
    assert_eq!(shares, [4.0, 0.0, 2.0], "a priority without calls is there all the same");
    let Distribution::Constant { seconds } = system.behaviour.dispatch_delay else {
        panic!("always the same delay")
    };
    assert!((seconds - 43.2).abs() < 1e-6, "{seconds}");
    assert!((system.behaviour.transport_share - 0.5).abs() < 1e-9);
    let mean = system.behaviour.on_scene.mean_seconds();
    assert!((mean - 0.015 * 86_400.0).abs() < 1.0, "{mean}");
}

#[test]
fn a_single_call_beside_a_configuration_is_no_record() {
    let folder = model();
    let one: Vec<String> = calls().lines().take(7).map(str::to_owned).collect();
    put(folder.path(), "calls/call.csv", &one.join("\n"));
    let expected = imported(model().path()).system;
    assert_eq!(imported(folder.path()).system.calls, expected.calls);
}

#[test]
fn what_is_wrong_with_a_calls_file_is_named_by_line_and_column() {
    let cases = [
        (",0.02,1,-1", ",-0.02,1,-1", "line 8, column onSceneDuration: must lie between 0"),
        ("3,1,174.7001", "3,9,174.7001", "line 9, column priority: must lie between 1"),
        ("4,1,174.7001", "4,1,1747", "line 10, column x: must lie between -180"),
        (",0.0005,0.01,1,", ",0.0005,0.01,yes,", "line 7, column transport: must be 1 or 0"),
    ];
    for (from, to, expected) in cases {
        let folder = model();
        let text = calls();
        assert!(text.contains(from), "{from} in {text}");
        put(folder.path(), "calls/calls_1.csv", &text.replacen(from, to, 1));
        let told = import(folder.path(), &Options::default()).expect_err("wrong").to_string();
        assert!(told.starts_with(&format!("calls/calls_1.csv, {expected}")), "{told}");
    }
    let folder = model();
    let backwards = calls().replacen(",1.6666666666666667,", ",0.1,", 1);
    put(folder.path(), "calls/calls_1.csv", &backwards);
    let told = import(folder.path(), &Options::default()).expect_err("wrong").to_string();
    assert!(told.contains("line 11, column arrivalTime: must not be before"), "{told}");
}
