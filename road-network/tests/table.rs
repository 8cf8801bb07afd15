//! The command `table` on the shipped region: every pair once, and each time as the library answers it.

use road_network::{Profile, RoadNetwork, Router, Wgs84, compose};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

const NOON: i64 = 14_400;

fn region(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../regions/ningxia").join(file)
}

struct Desk {
    folder: tempfile::TempDir,
    network: PathBuf,
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().expect("a folder");
        let network = folder.path().join("ningxia.network");
        let ningxia = region::Region::load(&region("")).expect("the shipped region is good");
        compose(&ningxia).expect("composes").0.save(&network).expect("writes");
        Desk { folder, network }
    }

    fn table(&self, ends: &[&str]) -> Output {
        let out = self.folder.path().join("table.csv");
        let mut command = Command::new(env!("CARGO_BIN_EXE_road-network"));
        command.arg("table").arg(&self.network).args(ends).arg("--out").arg(out);
        command.output().expect("the command runs")
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let mut reader =
            csv::Reader::from_path(self.folder.path().join("table.csv")).expect("a table");
        let rows = reader.records().map(|row| row.expect("a row"));
        rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
    }
}

fn summary(output: &Output) -> serde_json::Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn every_station_is_timed_to_every_township_and_every_cell() {
    let desk = Desk::new();
    let (stations, townships) = (region("stations.csv"), region("townships.csv"));
    let [stations, townships] = [&stations, &townships].map(|it| it.to_str().expect("a path"));
    let told = summary(&desk.table(&["--from", stations, "--to", townships]));
    assert_eq!((&told["stations"], &told["places"]), (&34.into(), &259.into()));
    assert_eq!((&told["unreached"], &told["without_road"]), (&0.into(), &serde_json::json!([])));
    let rows = desk.rows();
    assert_eq!(rows.len(), 34 * 259);
    let within = |minutes| {
        let all = told["within"].as_array().expect("a list");
        all.iter().find(|it| it["minutes"] == minutes).expect("a norm")["places"].as_u64()
    };
    let nearest = |place: &String| {
        let times = rows.iter().filter(|row| row[1] == *place).map(|row| seconds(row));
        times.fold(f64::MAX, f64::min)
    };
    let reached = rows[..259].iter().filter(|row| nearest(&row[1]) <= 720.0).count();
    assert_eq!(within(12), Some(reached as u64));
    assert!(within(30) >= within(12));

    let told = summary(&desk.table(&["--from", stations, "--cells", "5000"]));
    let cells = told["places"].as_u64().expect("a number") as usize;
    assert!(cells > 300, "{cells} cells have roads");
    let rows = desk.rows();
    assert_eq!(rows.len(), 34 * cells);
    let router = Router::new(
        Arc::new(RoadNetwork::load(&desk.network).expect("loads")),
        Profile::blue_light(),
    );
    let weights = router.weights(&[], NOON);
    let on_road = |lon: f64, lat: f64| {
        weights.snap(Wgs84 { lon, lat }, 5000.0, None).expect("a road is near")
    };
    // The first station stands where stations.csv says.
    let mut file =
        csv::ReaderBuilder::new().comment(Some(b'#')).from_path(stations).expect("a file");
    let first = file.records().next().expect("a station").expect("a row");
    let degrees = |at: usize| first[at].parse::<f64>().expect("degrees");
    let columns = file.headers().expect("names").clone();
    let column = |name| columns.iter().position(|it| it == name).expect("a column");
    let station = on_road(degrees(column("lon")), degrees(column("lat")));
    for row in rows[..cells].iter().step_by(37) {
        let at = on_road(row[2].parse().expect("degrees"), row[3].parse().expect("degrees"));
        let alone = router.from_one(&weights, &station, &[at])[0].expect("a route");
        assert!((f64::from(alone) / 1000.0 - seconds(row)).abs() < 0.2, "{row:?}: {alone} ms");
    }
}

fn seconds(row: &[String]) -> f64 {
    row[4].parse().expect("everything is reached")
}

#[test]
fn what_cannot_be_read_or_placed_is_said() {
    let desk = Desk::new();
    let stations = region("stations.csv");
    let stations = stations.to_str().expect("a path");
    let write = |name: &str, text: &str| {
        let file = desk.folder.path().join(name);
        std::fs::write(&file, text).expect("writes");
        file.to_str().expect("a path").to_owned()
    };
    let refusal = |ends: &[&str]| {
        let output = desk.table(ends);
        assert!(!output.status.success());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let far = write("far.csv", "id,lon,lat\nsea,120.0,30.0\n");
    assert!(refusal(&["--from", &far, "--to", stations]).contains("station sea"));
    let nameless = write("nameless.csv", "lon,lat\n106.2,38.4\n");
    assert!(refusal(&["--from", stations, "--to", &nameless]).contains("id"));
    let empty = write("empty.csv", "id,lon,lat\n");
    assert!(refusal(&["--from", stations, "--to", &empty]).contains("no line"));
    assert!(refusal(&["--from", stations, "--cells", "5"]).contains("100..=100000"));
    assert!(refusal(&["--from", stations]).contains("--to"));
    let told = summary(&desk.table(&["--from", stations, "--to", &far]));
    assert_eq!(told["without_road"], serde_json::json!(["sea"]));
    assert_eq!((&told["places"], &told["median_seconds"]), (&0.into(), &serde_json::Value::Null));
}
