//! The files of the generated folder, in the forms that `regions/ningxia/README.md` describes.

use super::Ground;
use super::lattice::streets;
use crate::incidents::sffd::{Calls, Unit};
use geometry::Wgs84;

const CITY: &str = "san-francisco";

/// Public knowledge of where the city's emergency departments stand, good to a street; written down by hand.
const HOSPITALS: [(&str, f64, f64); 9] = [
    ("Zuckerberg San Francisco General", -122.4047, 37.7557),
    ("UCSF Parnassus", -122.4579, 37.7631),
    ("CPMC Van Ness", -122.4214, 37.7860),
    ("CPMC Davies", -122.4352, 37.7688),
    ("CPMC Mission Bernal", -122.4210, 37.7476),
    ("Kaiser Geary", -122.4430, 37.7826),
    ("Saint Francis Memorial", -122.4169, 37.7896),
    ("St. Mary's", -122.4545, 37.7738),
    ("VA Medical Center", -122.5046, 37.7820),
];

const README: &str = "# San Francisco, generated\n
Made by `simulations region-from-sffd` from a file of past calls, so that they can be replayed. Nothing here is
operational data. Stations stand in the middle of the calls of their station area; a vehicle is at home where it went
most often; every unit that the file names is taken to be on duty all the time, which in truth it was not; streets are
a lattice; hospitals stand about where they stand. Calls: San Francisco Fire Department, DataSF open data.\n";

/// Names and texts of all files.
pub(super) fn files(calls: &Calls, ground: &Ground) -> Vec<(&'static str, String)> {
    vec![
        ("README.md", README.to_owned()),
        ("region.toml", head(ground)),
        ("centres.csv", centres(ground)),
        ("stations.csv", stations(ground)),
        ("vehicles.csv", vehicles(calls, ground)),
        ("hospitals.csv", hospitals(ground)),
        ("places.csv", places(ground)),
        ("townships.csv", table("code,county_code,name_zh,name_en,lon,lat,basis", [])),
        ("areas.geojson", areas(ground)),
        ("roads.csv", roads(ground)),
    ]
}

fn head(ground: &Ground) -> String {
    let [west, south, east, north] = ground.bounds;
    let (lon, lat) = ((west + east) / 2.0, (south + north) / 2.0);
    format!(
        "# Generated from a file of past calls; see README.md.\nformat = 1\nid = \"sffd\"\nregional_centre = \"sffd\"\n\
         time_zone_offset_minutes = -480\n\n[name]\nzh = \"旧金山（生成）\"\nen = \"San Francisco (generated)\"\n\n[map]\n\
         bounds = {{ west = {west}, south = {south}, east = {east}, north = {north} }}\n\
         origin = {{ lon = {lon}, lat = {lat} }}\n\n{NORMS}"
    )
}

/// The norms and speeds of the shipped region: the calls are replayed under them.
const NORMS: &str = "[norms]
answer_seconds = 10
order_seconds = 60
departure_seconds = 180
response_urban_seconds = 720
response_rural_seconds = 1800
device_receipt_seconds = 5
crew_acknowledgement_seconds = 60
silent_vehicle_seconds = 10
order_expiry_seconds = 120

[norms.overdue_seconds]
task_assigned = 60
order_received = 180
to_scene = 1800
at_scene = 1800
patient_on_board = 3600
at_hospital = 1800
available_on_road = 3600
paused = 2700

[speeds]
urban_kmh = 38.0
rural_kmh = 62.0
detour_factor = 1.35
top_kmh = 120.0

[[credits]]
name = \"San Francisco Fire Department\"
licence = \"DataSF open data\"
url = \"https://data.sfgov.org\"
what = \"Calls from which this folder was generated\"
";

fn centres(ground: &Ground) -> String {
    let at = middle(ground);
    let row = |id: &str, code: &str, kind: &str| {
        [id, code, kind, "060750", id, id, &at.lon.to_string(), &at.lat.to_string(), "invented"]
            .map(str::to_owned)
            .to_vec()
    };
    let rows = [row("sffd", "SF", "regional"), row(CITY, "SC", "city")];
    table("id,code,kind,prefecture_code,name_zh,name_en,lon,lat,basis", rows)
}

fn stations(ground: &Ground) -> String {
    let rows = ground.stations.iter().map(|(area, at)| {
        let hospital = nearest(*at, hospitals_inside(ground)).unwrap_or_default();
        let name = format!("Station {area}");
        let (lon, lat) = (at.lon.to_string(), at.lat.to_string());
        vec![
            station_id(area),
            CITY.into(),
            name.clone(),
            name,
            hospital,
            "060750".into(),
            lon,
            lat,
            "invented".into(),
        ]
    });
    table("id,centre,name_zh,name_en,hospital_id,county_code,lon,lat,basis", rows)
}

fn vehicles(calls: &Calls, ground: &Ground) -> String {
    let rows = calls.units.iter().filter_map(|unit| {
        let kind = if unit.private { "basic" } else { "intensive_care" };
        let home = station_id(&home(unit, ground)?);
        let plate = format!("SF {}", unit.id);
        Some(vec![
            unit.id.clone(),
            CITY.into(),
            home,
            plate,
            unit.id.clone(),
            kind.into(),
            String::new(),
            "invented".into(),
        ])
    });
    table("id,centre,station,plate,call_sign,type,equipment,basis", rows)
}

/// The station area that a unit went to most often; of equals the first, so that the same file makes the same folder.
fn home(unit: &Unit, ground: &Ground) -> Option<String> {
    let known = ground.stations.iter().map(|(area, _)| area);
    let went = |area: &&String| unit.areas.get(*area).copied().unwrap_or(0);
    known.rev().max_by_key(went).cloned()
}

fn hospitals(ground: &Ground) -> String {
    let rows = hospitals_inside(ground).map(|(id, name, at)| {
        let (lon, lat) = (at.lon.to_string(), at.lat.to_string());
        let basis = |word: &str| word.to_owned();
        vec![
            id,
            name.into(),
            name.into(),
            CITY.into(),
            "060750".into(),
            String::new(),
            String::new(),
            lon,
            lat,
            basis("approximate"),
            basis("approximate"),
            basis("invented"),
        ]
    });
    table(
        "id,name_zh,name_en,centre,county_code,grade,specialities,lon,lat,name_basis,position_basis,specialities_basis",
        rows,
    )
}

/// The hospitals within the bounds; one in the middle where none is, so that every patient gets somewhere.
fn hospitals_inside(ground: &Ground) -> impl Iterator<Item = (String, &'static str, Wgs84)> {
    let [west, south, east, north] = ground.bounds;
    let inside = HOSPITALS.iter().enumerate().filter(move |(_, (_, lon, lat))| {
        (west..=east).contains(lon) && (south..=north).contains(lat)
    });
    let mut found: Vec<_> = inside
        .map(|(index, (name, lon, lat))| {
            (format!("H-SF-{:02}", index + 1), *name, Wgs84 { lon: *lon, lat: *lat })
        })
        .collect();
    if found.is_empty() {
        found.push(("H-SF-00".into(), "Hospital (invented)", middle(ground)));
    }
    found.into_iter()
}

fn places(ground: &Ground) -> String {
    let named = ground.neighbourhoods.iter().map(|(name, at)| (name.clone(), *at));
    let stations = ground.stations.iter().map(|(area, at)| (format!("Station area {area}"), *at));
    let rows = named.chain(stations).enumerate().map(|(index, (name, at))| {
        let (lon, lat) = (at.lon.to_string(), at.lat.to_string());
        let id = format!("p-{}", index + 1);
        let words =
            ["neighbourhood".to_owned(), name.clone(), name, String::new(), "060750".to_owned()];
        let mut row = vec![id];
        row.extend(words);
        row.extend([lon, lat, "approximate".to_owned()]);
        row
    });
    table("id,kind,name_zh,name_en,other_names,county_code,lon,lat,basis", rows)
}

fn areas(ground: &Ground) -> String {
    let [west, south, east, north] = ground.bounds;
    let ring = format!(
        "[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]"
    );
    let feature = |kind: &str, more: &str| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"kind\":\"{kind}\",{more}\"code\":\"060750\",\"name_zh\":\"San Francisco\",\
             \"name_en\":\"San Francisco\",\"basis\":\"invented\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{ring}}}}}"
        )
    };
    let owner = format!("\"centre\":\"{CITY}\",");
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[\n{},\n{},\n{}\n]}}\n",
        feature("outline", ""),
        feature("prefecture", &owner),
        feature("county", "")
    )
}

fn roads(ground: &Ground) -> String {
    let mut rows = Vec::new();
    for street in streets(ground.bounds, &ground.places) {
        let class = if street.is_wide { "secondary" } else { "tertiary" };
        for (part, vertices) in street.parts.iter().enumerate() {
            for (seq, at) in vertices.iter().enumerate() {
                let name = format!("Street {}", street.name);
                let numbers = [(part + 1).to_string(), (seq + 1).to_string()];
                let mut row =
                    vec![street.name.clone(), String::new(), name.clone(), name, class.into()];
                row.extend(numbers);
                row.extend([
                    at.lon.to_string(),
                    at.lat.to_string(),
                    String::new(),
                    "invented".into(),
                ]);
                rows.push(row);
            }
        }
    }
    table("road,ref,name_zh,name_en,class,part,seq,lon,lat,place,basis", rows)
}

fn station_id(area: &str) -> String {
    format!("SF-{area}")
}

fn middle(ground: &Ground) -> Wgs84 {
    let [west, south, east, north] = ground.bounds;
    Wgs84 { lon: (west + east) / 2.0, lat: (south + north) / 2.0 }
}

fn nearest(at: Wgs84, of: impl Iterator<Item = (String, &'static str, Wgs84)>) -> Option<String> {
    of.min_by(|a, b| a.2.metres_to(at).total_cmp(&b.2.metres_to(at))).map(|(id, _, _)| id)
}

fn table(header: &str, rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = writer.write_record(header.split(','));
    for row in rows {
        let _ = writer.write_record(row);
    }
    let text = writer.into_inner().unwrap_or_default();
    format!(
        "# Generated from a file of past calls; see README.md.\n{}",
        String::from_utf8_lossy(&text)
    )
}
