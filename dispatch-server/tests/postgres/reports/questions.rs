//! The questions of a made year go through their indexes.

use super::{DAY, YEAR};
use crate::journal_support::centre;
use crate::postgres_support::{Database, execute};
use dispatch_core::model::*;
use dispatch_server::reports::Reports;
use dispatch_server::reports::questions::*;
use region::{Aed, Basis, Region};
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnection;
use std::path::Path;

/// A made year over the shipped region: 20 000 incidents with a task each, 60 000 fixes on three days, a
/// thousand AEDs. Scattered by a fixed pattern over the region's middle.
async fn a_year(database: &Database) -> Reports {
    let reports = Reports::open(database.options.clone()).await.unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../regions/ningxia");
    reports.take_over_region(&Region::load(&folder).unwrap()).await.unwrap();
    let aeds: Vec<Aed> = (0..1_000)
        .map(|n| Aed {
            id: format!("AED-{n}"),
            name: format!("自动体外除颤器 {n}"),
            position: Wgs84 {
                lon: 105.0 + 0.002 * f64::from(n),
                lat: 38.0 + 0.001 * f64::from(n % 37),
            },
            basis: Basis::Invented,
        })
        .collect();
    reports.take_over_aeds(&aeds).await.unwrap();
    let mut hand = database.hand().await;
    execute(
        &mut hand,
        "CREATE FUNCTION pg_temp.chance(n integer) RETURNS float8 LANGUAGE sql IMMUTABLE AS
             $$ SELECT (hashint4(n)::bigint & 1048575) / 1048576.0 $$;
         INSERT INTO report.incident SELECT 'y-' || n, 'y', 'illness', 'urgent', 'phone', 'ordinary',
             ST_SetSRID(ST_MakePoint(105.5 + pg_temp.chance(n), 37.5 + pg_temp.chance(-n)), 4326),
             n % 100 = 0, 1, 1, 'closed', NULL, report.moment(n * 1500000::bigint), NULL, NULL, n
         FROM generate_series(1, 20000) AS n;
         INSERT INTO report.task (id, incident, centre, vehicle, station, set_out_from, created_at,
             departed_at, at_scene_at, ended, version)
         SELECT id || '.t1', id, centre, 'V-1', 'S-' || version % 34, 'station', opened_at,
             opened_at + make_interval(secs => CASE WHEN version % 10 = 3 THEN 240 ELSE 120 END),
             opened_at + make_interval(secs => 300 + version % 10 * 60), 'finished', version
         FROM report.incident;
         INSERT INTO report.vehicle SELECT 'V-' || n, CASE WHEN n < 90 THEN 'y' ELSE 'other' END, 'y', 'S-1',
             'basic', 'p', 'c', true FROM generate_series(0, 99) AS n;
         INSERT INTO outbox (vehicle, name) SELECT 'V-' || n, 'o' FROM generate_series(0, 99) AS n;
         CREATE TABLE fix_day_100 PARTITION OF fix FOR VALUES FROM (8640000000) TO (8726400000);
         CREATE TABLE fix_day_101 PARTITION OF fix FOR VALUES FROM (8726400000) TO (8812800000);
         CREATE TABLE fix_day_102 PARTITION OF fix FOR VALUES FROM (8812800000) TO (8899200000);
         INSERT INTO fix SELECT 1 + n % 100, 1 + n / 100, 8640000000 + n * 4320::bigint,
             8640000000 + n * 4320::bigint,
             ST_SetSRID(ST_MakePoint(106.0 + pg_temp.chance(n) / 5, 38.4 + pg_temp.chance(-n) / 5), 4326),
             NULL, NULL, NULL, NULL, 0
         FROM generate_series(0, 59999) AS n;
         ANALYZE",
    )
    .await;
    reports
}

/// The plan of a question whose parameters stand in order as `values`.
async fn plan(hand: &mut PgConnection, question: &str, values: &[&str]) -> String {
    let mut sql = question.to_owned();
    for (index, value) in values.iter().enumerate().rev() {
        sql = sql.replace(&format!("${}", index + 1), value);
    }
    let sql = AssertSqlSafe(format!("EXPLAIN {sql}"));
    sqlx::query_scalar::<_, String>(sql).fetch_all(hand).await.unwrap().join("\n")
}

/// Somewhere in the province, half a day, a small area around it, and the centre that asks.
const PLACE: Wgs84 = Wgs84 { lon: 106.1, lat: 38.5 };
const SPAN: Span = Span { from: Timestamp(101 * DAY), to: Timestamp(101 * DAY + DAY / 2) };
const AREA: GeoBox = GeoBox {
    south_west: Wgs84 { lon: 106.10, lat: 38.50 },
    north_east: Wgs84 { lon: 106.11, lat: 38.51 },
};

const MAP: HeatMap = HeatMap {
    area: GeoBox {
        south_west: Wgs84 { lon: 106.0, lat: 38.0 },
        north_east: Wgs84 { lon: 106.1, lat: 38.1 },
    },
    span: YEAR,
    cell_deg: 0.05,
};

#[tokio::test]
async fn the_questions_of_a_year_are_answered_through_their_indexes() {
    let database = Database::fresh().await;
    let reports = a_year(&database).await;
    let mut hand = database.hand().await;
    where_vehicles_were(&reports, &mut hand).await;
    where_incidents_were(&reports, &mut hand).await;
    what_is_nearest(&reports, &mut hand).await;
    nothing_of_another_centre(&reports).await;
    how_the_norms_were_kept(&reports, &mut hand).await;
    where_everything_is_an_exercise(reports).await;
}

async fn where_vehicles_were(reports: &Reports, hand: &mut PgConnection) {
    let (from, to) = (SPAN.from.0.to_string(), SPAN.to.0.to_string());
    let noon = (from.as_str(), to.as_str());
    // Who was near: as a look at every fix says, by the index of one day's partition.
    let near = reports.who_was_near(PLACE, 800.0, SPAN, &[centre("y")]).await.unwrap();
    let by_hand: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT vehicle FROM report.fix WHERE fixed_at >= report.moment($1)
         AND fixed_at < report.moment($2) AND vehicle !~ '^V-9.$' AND ST_DistanceSpheroid(position,
             ST_SetSRID(ST_MakePoint(106.1, 38.5), 4326)) <= 800 ORDER BY 1",
    )
    .bind(SPAN.from.0)
    .bind(SPAN.to.0)
    .fetch_all(&mut *hand)
    .await
    .unwrap();
    let mut vehicles: Vec<String> = near.iter().map(|passer| passer.vehicle.to_string()).collect();
    vehicles.sort();
    assert_eq!(vehicles, by_hand);
    assert!(near.len() > 3 && near.iter().all(|passer| passer.nearest_m <= 800.0), "{near:?}");
    let values = ["106.1", "38.5", "800", noon.0, noon.1, "100", "'{y}'"];
    let shown = plan(hand, WHO_WAS_NEAR, &values).await;
    assert!(shown.contains("fix_day_101_position_idx"), "{shown}");
    assert!(!shown.contains("fix_day_100") && !shown.contains("fix_day_102"), "{shown}");

    // Tracks in a box.
    let tracks = reports.tracks_in(AREA, SPAN, &[centre("y")]).await.unwrap();
    assert!(tracks.len() > 10, "{}", tracks.len());
    assert!(tracks.iter().all(|p| (106.10..=106.11).contains(&p.position.lon)));
    assert!(tracks.iter().all(|p| p.at >= SPAN.from && p.at < SPAN.to));
    let values = ["106.10", "38.50", "106.11", "38.51", noon.0, noon.1, "100", "'{y}'"];
    let shown = plan(hand, TRACKS_IN_BOX, &values).await;
    assert!(shown.contains("fix_day_101_position_idx"), "{shown}");
}

async fn where_incidents_were(reports: &Reports, hand: &mut PgConnection) {
    // Incidents by area: none twice, exercises not counted.
    let by_area = reports.incidents_by_area("prefecture", YEAR, &[centre("y")]).await.unwrap();
    let counted: i64 = by_area.iter().map(|area| area.incidents).sum();
    assert!((10_000..=19_800).contains(&counted), "{by_area:?}");
    let one = format!("'{}'", by_area[0].code);
    let values = ["'prefecture'", "0", "34560000000", one.as_str(), "'{y}'", "false"];
    let shown = plan(hand, INCIDENTS_BY_AREA, &values).await;
    assert!(shown.contains("incident_scene"), "{shown}");

    // Heat map.
    let cells = reports.heat_cells(MAP, &[centre("y")]).await.unwrap();
    assert!((4..=9).contains(&cells.len()), "{cells:?}");
    assert!(cells.windows(2).all(|pair| pair[0].incidents >= pair[1].incidents));
    let values =
        ["106.0", "38.0", "106.1", "38.1", "0", "34560000000", "0.05", "100", "'{y}'", "false"];
    let shown = plan(hand, HEAT_CELLS, &values).await;
    assert!(shown.contains("incident_scene"), "{shown}");
}

async fn what_is_nearest(reports: &Reports, hand: &mut PgConnection) {
    // Nearest: in metres, not in degrees.
    let aeds = reports.nearest_aeds(PLACE, 3).await.unwrap();
    assert_eq!(aeds.len(), 3);
    assert!(aeds.windows(2).all(|pair| pair[0].distance_m <= pair[1].distance_m), "{aeds:?}");
    let shown = plan(hand, NEAREST_AEDS, &["106.1", "38.5", "3"]).await;
    assert!(shown.contains("aed_position"), "{shown}");
    let hospitals = reports.nearest_hospitals(PLACE, 2).await.unwrap();
    assert!(hospitals[0].distance_m < 30_000.0, "{hospitals:?}");
    // A list of seventy hospitals is read faster than its index; that the index serves is shown without.
    execute(hand, "SET enable_seqscan = off").await;
    let shown = plan(hand, NEAREST_HOSPITALS, &["106.1", "38.5", "3"]).await;
    execute(hand, "RESET enable_seqscan").await;
    assert!(shown.contains("hospital_position"), "{shown}");
}

async fn nothing_of_another_centre(reports: &Reports) {
    // Another centre's people see nothing of it.
    let elsewhere = [centre("z")];
    assert_eq!(reports.who_was_near(PLACE, 800.0, SPAN, &elsewhere).await.unwrap(), []);
    assert_eq!(reports.tracks_in(AREA, SPAN, &elsewhere).await.unwrap(), []);
    assert_eq!(reports.heat_cells(MAP, &elsewhere).await.unwrap(), []);
    assert_eq!(reports.rates_by_station(YEAR, &elsewhere).await.unwrap(), []);
}

async fn how_the_norms_were_kept(reports: &Reports, hand: &mut PgConnection) {
    // The norms: one task in ten departed late, whatever the station.
    let rates = reports.rates_by_station(YEAR, &[centre("y")]).await.unwrap();
    let tasks: i64 = rates.iter().map(|rate| rate.tasks).sum();
    assert_eq!((rates.len(), tasks), (34, 19_800));
    let kept: f64 =
        rates.iter().map(|rate| rate.within_three_minutes.unwrap() * rate.departed as f64).sum();
    // Of ten endings the one with 3 is late; exercises all end in 0.
    assert!((kept - 17_800.0).abs() < 0.5, "{kept}");
    let by_area = reports.rates_by_area("prefecture", YEAR, &[centre("y")]).await.unwrap();
    assert_eq!(by_area.iter().map(|rate| rate.tasks).sum::<i64>(), 19_800);
    assert!(by_area.iter().all(|rate| (300.0..=840.0).contains(&rate.response_median_s.unwrap())));
    let shown = plan(hand, RATES_BY_STATION, &["8640000000", "8726400000", "'{y}'", "false"]).await;
    assert!(shown.contains("task_created_at"), "{shown}");
    let values = ["8640000000", "8726400000", "'prefecture'", "'{y}'", "false"];
    let shown = plan(hand, RATES_BY_AREA, &values).await;
    assert!(shown.contains("task_created_at"), "{shown}");
}

async fn where_everything_is_an_exercise(reports: Reports) {
    let ours = [centre("y")];
    let all = HeatMap {
        area: GeoBox {
            south_west: Wgs84 { lon: 105.5, lat: 37.5 },
            north_east: Wgs84 { lon: 106.5, lat: 38.5 },
        },
        cell_deg: 1.0,
        ..MAP
    };
    let incidents = |areas: Vec<AreaCount>| areas.iter().map(|area| area.incidents).sum::<i64>();
    let cases = |cells: Vec<HeatCell>| cells.iter().map(|cell| cell.incidents).sum::<i64>();
    let patients = incidents(reports.incidents_by_area("prefecture", YEAR, &ours).await.unwrap());
    assert_eq!(cases(reports.heat_cells(all, &ours).await.unwrap()), 19_800);
    let reports = reports.counting_exercises(true);
    let rates = reports.rates_by_station(YEAR, &ours).await.unwrap();
    assert_eq!(rates.iter().map(|rate| rate.tasks).sum::<i64>(), 20_000);
    let by_area = reports.rates_by_area("prefecture", YEAR, &ours).await.unwrap();
    assert_eq!(by_area.iter().map(|rate| rate.tasks).sum::<i64>(), 20_000);
    let counted = reports.incidents_by_area("prefecture", YEAR, &ours).await.unwrap();
    assert!(incidents(counted) > patients);
    assert_eq!(cases(reports.heat_cells(all, &ours).await.unwrap()), 20_000);
}
