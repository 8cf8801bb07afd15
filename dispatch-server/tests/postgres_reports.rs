//! The report tables: kept from the journal, rebuilt from it, asked over a made year.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod journal_support;
#[path = "support/postgres/mod.rs"]
mod postgres_support;

use dispatch_core::deadlines::{Norm, Norms, measured, response};
use dispatch_core::model::*;
use dispatch_core::{CentreState, apply};
use dispatch_server::journal::postgres::PostgresJournal;
use dispatch_server::journal::sqlite::MAIN_FILE;
use dispatch_server::journal::{Append, Head, Journal, read_events};
use dispatch_server::region::{Aed, Basis, Region};
use dispatch_server::reports::Reports;
use dispatch_server::reports::questions::*;
use journal_support::*;
use postgres_support::{Database, execute};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Row};
use std::collections::BTreeMap;
use std::path::Path;

const DAY: i64 = 86_400_000;
const YEAR: Span = Span { from: Timestamp(0), to: Timestamp(400 * DAY) };

/// A desk's small day, copied into PostgreSQL: a finished task, a running one and one that ended with its
/// incident; an incident amended, one cancelled and reopened.
async fn a_day(database: &Database) -> PostgresJournal {
    let folder = tempfile::tempdir().unwrap();
    let house = House::furnished(&folder.path().join(MAIN_FILE)).await;
    let desk = &house.desk;
    let one = open_incident(desk, "east").await;
    let two = open_incident(desk, "east").await;
    let three = open_incident(desk, "west").await;
    desk.act(send("east", "", &one, "E-1")).await.unwrap();
    desk.act(send("east", "", &two, "E-2")).await.unwrap();
    desk.act(send("west", "", &three, "W-1")).await.unwrap();
    let first = TaskId::new(format!("{one}.t1"));
    for (seconds, milestone) in [
        (30, Milestone::OrderReceived),
        (90, Milestone::Departed),
        (600, Milestone::AtScene),
        (1_500, Milestone::LeftScene),
        (1_900, Milestone::AtHospital),
        (2_000, Milestone::Finished),
    ] {
        let (task, details) = (first.clone(), MilestoneDetails::default());
        let mut press = act("east", "", Command::ReachMilestone { task, milestone, details });
        press.made_at = NOON.plus_seconds(seconds - 2_000);
        desk.act(press).await.unwrap();
    }
    let changes = IncidentChanges { priority: Some(Priority::Critical), ..Default::default() };
    let changes = Box::new(changes);
    desk.act(act("east", "", Command::AmendIncident { incident: two.clone(), changes }))
        .await
        .unwrap();
    let reason = CancelReason::CallerCancelled.into();
    desk.act(act(
        "west",
        "",
        Command::CancelIncident { incident: three.clone(), reason, confirmed: false },
    ))
    .await
    .unwrap();
    let note = "又来电".to_owned();
    desk.act(act("west", "", Command::ReopenIncident { incident: three, note })).await.unwrap();

    let journal = database.journal().await;
    for name in ["east", "west"] {
        let centre = centre(name);
        let events = house.journal.read(&centre, 0, 5_000).await.unwrap();
        let append = Append { centre: &centre, after: Head::empty(&centre), events: &events };
        journal.append(&[append]).await.unwrap();
    }
    house.close().await;
    journal
}

async fn folded(journal: &dyn Journal, name: &str) -> CentreState {
    let mut state = CentreState::new(centre(name));
    for event in read_events(journal, &centre(name), 0, 5_000).await.unwrap() {
        apply(&mut state, &event);
    }
    state
}

/// The response times of all incidents by the core's own definition.
async fn responses(journal: &dyn Journal) -> Vec<f64> {
    let mut seconds = Vec::new();
    for name in ["east", "west"] {
        let state = folded(journal, name).await;
        let found = state.incidents.values().filter_map(|it| response(it, &Norms::default()));
        seconds.extend(found.filter(|it| it.counts).filter_map(|it| it.seconds()));
    }
    seconds
}

/// Every incident and task row as text, to compare two states of the tables.
async fn all_rows(hand: &mut PgConnection) -> Vec<String> {
    sqlx::query_scalar(
        "SELECT row_to_json(i)::text FROM report.incident i
         UNION ALL SELECT row_to_json(t)::text FROM report.task t
         UNION ALL SELECT row_to_json(v)::text FROM report.vehicle v ORDER BY 1",
    )
    .fetch_all(hand)
    .await
    .unwrap()
}

#[tokio::test]
async fn the_tables_tell_what_the_fold_of_the_journal_tells() {
    let database = Database::fresh().await;
    let journal = a_day(&database).await;
    let reports = Reports::open(database.options.clone()).await.unwrap();
    let taken = reports.catch_up(&journal).await.unwrap();
    assert_eq!(
        taken,
        journal.heads().await.unwrap().values().map(|head| head.version).sum::<u64>()
    );
    assert_eq!(reports.catch_up(&journal).await.unwrap(), 0, "nothing is taken over twice");

    let mut hand = database.hand().await;
    let mut tasks = 0;
    for name in ["east", "west"] {
        for incident in folded(&journal, name).await.incidents.values() {
            let row = sqlx::query(
                "SELECT priority, stage, calls, tasks, report.millis(first_dispatch_at) AS first,
                     report.millis(over_at) AS over_at FROM report.incident WHERE id = $1",
            )
            .bind(incident.id.as_str())
            .fetch_one(&mut hand)
            .await
            .unwrap();
            let stage = serde_json::to_value(&incident.stage).unwrap();
            assert_eq!(row.get::<String, _>("stage"), stage["stage"].as_str().unwrap());
            let priority = serde_json::to_value(incident.facts.priority).unwrap();
            assert_eq!(row.get::<String, _>("priority"), priority.as_str().unwrap());
            assert_eq!(row.get::<i32, _>("calls") as usize, incident.acceptances.len());
            assert_eq!(row.get::<i32, _>("tasks") as usize, incident.tasks.len());
            assert_eq!(row.get::<Option<i64>, _>("first"), incident.first_dispatch_at.map(|t| t.0));
            assert_eq!(row.get::<Option<i64>, _>("over_at"), incident.closed_at().map(|t| t.0));
            for task in &incident.tasks {
                tasks += 1;
                let row = sqlx::query(
                    "SELECT station, ended, ARRAY[created_at, order_received_at, departed_at, at_scene_at,
                         left_scene_at, at_hospital_at, finished_at, back_at_station_at] AS moments,
                         (SELECT array_agg(report.millis(m)) FROM unnest(ARRAY[created_at,
                         order_received_at, departed_at, at_scene_at, left_scene_at, at_hospital_at,
                         finished_at, back_at_station_at]) AS m) AS reached
                     FROM report.task WHERE id = $1",
                )
                .bind(task.id.as_str())
                .fetch_one(&mut hand)
                .await
                .unwrap();
                let times =
                    Milestone::ALL.map(|m| task.milestones.get(m).map(|stamp| stamp.at().0));
                assert_eq!(row.get::<Vec<Option<i64>>, _>("reached"), times);
                let end = serde_json::to_value(&task.end).unwrap();
                assert_eq!(row.get::<String, _>("ended"), end["end"].as_str().unwrap());
                assert_eq!(row.get::<Option<String>, _>("station").as_deref(), Some("S-1"));
            }
        }
    }
    assert_eq!(tasks, 3);
    let ours = [centre("east"), centre("west")];
    let span = Span { from: Timestamp(0), to: Timestamp(NOON.0 + 400 * DAY) };
    let rates = reports.rates_by_station(span, &ours).await.unwrap();
    let medians: Vec<f64> = rates.iter().filter_map(|rate| rate.response_median_s).collect();
    assert_eq!(medians, responses(&journal).await, "the response as every screen shows it");
    let stages: Vec<String> =
        sqlx::query_scalar("SELECT DISTINCT stage FROM report.incident ORDER BY 1")
            .fetch_all(&mut hand)
            .await
            .unwrap();
    assert_eq!(stages, ["closed", "open"]);
}

/// A served incident with too many patients told, amended and accounted for; one opened again twice, whose order the
/// first vehicle never received; an appointment; an exercise.
async fn a_hard_day(database: &Database) -> PostgresJournal {
    let folder = tempfile::tempdir().unwrap();
    let house = House::furnished(&folder.path().join(MAIN_FILE)).await;
    let desk = &house.desk;
    let order = async |command: Command, seconds: i64| {
        let mut given = act("east", "", command);
        given.made_at = NOON.plus_seconds(seconds - 4_000);
        desk.act(given).await.unwrap()
    };
    let reach = |task: &str, milestone, details| Command::ReachMilestone {
        task: task.into(),
        milestone,
        details,
    };
    let told = |carried, refused| MilestoneDetails {
        patients_carried: Some(carried),
        patients: PatientsTold { refused_transport: Some(refused), ..PatientsTold::default() },
        ..MilestoneDetails::default()
    };
    let amend = |incident: &IncidentId, changes| {
        let (incident, changes) = (incident.clone(), Box::new(changes));
        Command::AmendIncident { incident, changes }
    };
    let keep = IncidentChanges::default;

    let served = open_incident(desk, "east").await;
    let first = format!("{served}.t1");
    let call = CallChanges { patient_count: Some(5), ..CallChanges::default() };
    order(amend(&served, IncidentChanges { call: Some(call), ..keep() }), 10).await;
    desk.act(send("east", "", &served, "E-1")).await.unwrap();
    order(Command::RecordDeviceReceipt { task: first.as_str().into() }, 40).await;
    order(reach(&first, Milestone::Departed, MilestoneDetails::default()), 400).await;
    order(reach(&first, Milestone::AtScene, MilestoneDetails::default()), 800).await;
    order(reach(&first, Milestone::LeftScene, told(1, 1)), 900).await;
    order(reach(&first, Milestone::Finished, MilestoneDetails::default()), 1_000).await;
    order(amend(&served, IncidentChanges { patient_count: Some(4), ..keep() }), 1_100).await;
    let patients = PatientsTold { dead_at_scene: Some(1), ..PatientsTold::default() };
    let (incident, note) = (served.clone(), String::new());
    order(Command::AccountForPatients { incident, carried: None, patients, note }, 1_200).await;

    let again = open_incident(desk, "east").await;
    desk.act(send("east", "", &again, "E-1")).await.unwrap();
    for seconds in [1_300, 1_400] {
        let (incident, reason) = (again.clone(), CancelReason::CallerCancelled.into());
        order(Command::CancelIncident { incident, reason, confirmed: true }, seconds).await;
        let (incident, note) = (again.clone(), "又来电".to_owned());
        order(Command::ReopenIncident { incident, note }, seconds + 10).await;
    }
    desk.act(send("east", "", &again, "E-1")).await.unwrap();
    let second = format!("{again}.t2");
    order(reach(&second, Milestone::AtScene, MilestoneDetails::default()), 2_000).await;

    let later = open_incident(desk, "east").await;
    let wanted = Change::Set(NOON.plus_seconds(9_000));
    order(amend(&later, IncidentChanges { appointment_at: wanted, ..keep() }), 2_100).await;
    desk.act(send("east", "", &later, "E-2")).await.unwrap();
    let appointed = format!("{later}.t1");
    order(reach(&appointed, Milestone::Departed, MilestoneDetails::default()), 2_200).await;
    let exercise = open_incident(desk, "east").await;
    order(amend(&exercise, IncidentChanges { test: Some(true), ..keep() }), 2_300).await;

    let journal = database.journal().await;
    let east = centre("east");
    let events = house.journal.read(&east, 0, 5_000).await.unwrap();
    let append = Append { centre: &east, after: Head::empty(&east), events: &events };
    journal.append(&[append]).await.unwrap();
    house.close().await;
    journal
}

#[tokio::test]
async fn norms_and_patients_are_counted_as_the_core_counts_them() {
    let database = Database::fresh().await;
    let journal = a_hard_day(&database).await;
    let reports = Reports::open(database.options.clone()).await.unwrap();
    reports.catch_up(&journal).await.unwrap();
    let state = folded(&journal, "east").await;
    let mut hand = database.hand().await;
    let mut unaccounted = Vec::new();
    for incident in state.incidents.values() {
        let row = sqlx::query(
            "SELECT reported::bigint, accounted::bigint, unaccounted::bigint FROM report.patients
             WHERE incident = $1",
        )
        .bind(incident.id.as_str())
        .fetch_one(&mut hand)
        .await
        .unwrap();
        let ours = [
            incident.patients_reported(),
            incident.patients_accounted(),
            incident.patients_unaccounted(),
        ];
        let theirs = ["reported", "accounted", "unaccounted"].map(|it| row.get::<i64, _>(it));
        assert_eq!(theirs, ours.map(i64::from), "{}", incident.id);
        unaccounted.push(ours[2]);
    }
    assert_eq!(unaccounted, [1, 1, 1, 1], "4 told, 3 dealt with; nobody told of the others");

    let mut seconds = BTreeMap::<&str, Vec<f64>>::new();
    let mut in_time = (0, 0);
    for incident in state.incidents.values() {
        for it in measured(incident, &Norms::default()) {
            let Some(took) = it.measure.seconds().filter(|_| it.measure.counts) else { continue };
            match it.norm {
                Norm::Order => {
                    in_time.0 += i32::from(it.measure.is_met() == Some(true));
                    seconds.entry("order").or_default().push(took);
                }
                Norm::Departure => {
                    in_time.1 += i32::from(it.measure.is_met() == Some(true));
                    seconds.entry("departure").or_default().push(took);
                }
                Norm::Response => seconds.entry("response").or_default().push(took),
            }
        }
    }
    assert_eq!([seconds["order"].len(), seconds["departure"].len()], [2, 2], "{seconds:?}");
    let span = Span { from: Timestamp(0), to: Timestamp(NOON.0 + 400 * DAY) };
    let rates = reports.rates_by_station(span, &[centre("east")]).await.unwrap();
    let [rate] = &rates[..] else { panic!("one station: {rates:?}") };
    assert_eq!(rate.ordered, 2);
    let share = |of: usize, met: i32| f64::from(met) / of as f64;
    assert_eq!(rate.within_one_minute, Some(share(2, in_time.0)));
    assert_eq!(rate.within_three_minutes, Some(share(2, in_time.1)));
    let responses = &mut seconds.get_mut("response").unwrap();
    responses.sort_by(f64::total_cmp);
    let median = match responses[..] {
        [one] => one,
        [one, two] => (one + two) / 2.0,
        _ => panic!("{responses:?}"),
    };
    assert_eq!(rate.response_median_s, Some(median));
}

#[tokio::test]
async fn one_command_brings_emptied_and_spoilt_tables_back() {
    let database = Database::fresh().await;
    let journal = a_day(&database).await;
    let reports = Reports::open(database.options.clone()).await.unwrap();
    reports.catch_up(&journal).await.unwrap();
    let mut hand = database.hand().await;
    let before = all_rows(&mut hand).await;
    assert_eq!(before.len(), 3 + 3 + 3);
    execute(&mut hand, "DELETE FROM report.task; UPDATE report.incident SET stage = 'x'").await;
    reports.rebuild(&journal).await.unwrap();
    assert_eq!(all_rows(&mut hand).await, before);
}

#[tokio::test]
async fn two_servers_that_keep_the_tables_count_every_event_once() {
    let database = Database::fresh().await;
    let journal = a_day(&database).await;
    let one = Reports::open(database.options.clone()).await.unwrap();
    let two = Reports::open(database.options.clone()).await.unwrap();
    let (a, b) = tokio::join!(one.catch_up(&journal), two.catch_up(&journal));
    let all: u64 = journal.heads().await.unwrap().values().map(|head| head.version).sum();
    assert_eq!(a.unwrap() + b.unwrap(), all);
    let mut hand = database.hand().await;
    let before = all_rows(&mut hand).await;
    one.rebuild(&journal).await.unwrap();
    assert_eq!(all_rows(&mut hand).await, before);
}

#[tokio::test]
async fn servers_that_start_together_take_the_region_over_one_after_the_other() {
    let database = Database::fresh().await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../regions/ningxia");
    let region = Region::load(&folder).unwrap();
    let [a, b, c] = [0; 3].map(|_| Reports::open(database.options.clone()));
    let [a, b, c] = [a.await.unwrap(), b.await.unwrap(), c.await.unwrap()];
    for _ in 0..3 {
        let (first, second, third) = tokio::join!(
            a.take_over_region(&region),
            b.take_over_region(&region),
            c.take_over_region(&region)
        );
        assert!(first.is_ok() && second.is_ok() && third.is_ok(), "{first:?} {second:?} {third:?}");
    }
    let mut hand = database.hand().await;
    let stations: i64 = sqlx::query_scalar("SELECT count(*) FROM report.station")
        .fetch_one(&mut hand)
        .await
        .unwrap();
    assert_eq!(stations, 34);
}

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

#[tokio::test]
async fn the_questions_of_a_year_are_answered_through_their_indexes() {
    let database = Database::fresh().await;
    let reports = a_year(&database).await;
    let mut hand = database.hand().await;
    let place = Wgs84 { lon: 106.1, lat: 38.5 };
    let span = Span { from: Timestamp(101 * DAY), to: Timestamp(101 * DAY + DAY / 2) };
    let area = GeoBox {
        south_west: Wgs84 { lon: 106.10, lat: 38.50 },
        north_east: Wgs84 { lon: 106.11, lat: 38.51 },
    };
    let (from, to) = (span.from.0.to_string(), span.to.0.to_string());
    let noon = (from.as_str(), to.as_str());
    let ours = [centre("y")];

    // Who was near: as a look at every fix says, by the index of one day's partition.
    let near = reports.who_was_near(place, 800.0, span, &ours).await.unwrap();
    let by_hand: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT vehicle FROM report.fix WHERE fixed_at >= report.moment($1)
         AND fixed_at < report.moment($2) AND vehicle !~ '^V-9.$' AND ST_DistanceSpheroid(position,
             ST_SetSRID(ST_MakePoint(106.1, 38.5), 4326)) <= 800 ORDER BY 1",
    )
    .bind(span.from.0)
    .bind(span.to.0)
    .fetch_all(&mut hand)
    .await
    .unwrap();
    let mut vehicles: Vec<String> = near.iter().map(|passer| passer.vehicle.to_string()).collect();
    vehicles.sort();
    assert_eq!(vehicles, by_hand);
    assert!(near.len() > 3 && near.iter().all(|passer| passer.nearest_m <= 800.0), "{near:?}");
    let values = ["106.1", "38.5", "800", noon.0, noon.1, "100", "'{y}'"];
    let shown = plan(&mut hand, WHO_WAS_NEAR, &values).await;
    assert!(shown.contains("fix_day_101_position_idx"), "{shown}");
    assert!(!shown.contains("fix_day_100") && !shown.contains("fix_day_102"), "{shown}");

    // Tracks in a box.
    let tracks = reports.tracks_in(area, span, &ours).await.unwrap();
    assert!(tracks.len() > 10, "{}", tracks.len());
    assert!(tracks.iter().all(|p| (106.10..=106.11).contains(&p.position.lon)));
    assert!(tracks.iter().all(|p| p.at >= span.from && p.at < span.to));
    let values = ["106.10", "38.50", "106.11", "38.51", noon.0, noon.1, "100", "'{y}'"];
    let shown = plan(&mut hand, TRACKS_IN_BOX, &values).await;
    assert!(shown.contains("fix_day_101_position_idx"), "{shown}");

    // Incidents by area: none twice, exercises not counted.
    let by_area = reports.incidents_by_area("prefecture", YEAR, &ours).await.unwrap();
    let counted: i64 = by_area.iter().map(|area| area.incidents).sum();
    assert!((10_000..=19_800).contains(&counted), "{by_area:?}");
    let one = format!("'{}'", by_area[0].code);
    let values = ["'prefecture'", "0", "34560000000", one.as_str(), "'{y}'"];
    let shown = plan(&mut hand, INCIDENTS_BY_AREA, &values).await;
    assert!(shown.contains("incident_scene"), "{shown}");

    // Heat map.
    let map = HeatMap {
        area: GeoBox {
            south_west: Wgs84 { lon: 106.0, lat: 38.0 },
            north_east: Wgs84 { lon: 106.1, lat: 38.1 },
        },
        span: YEAR,
        cell_deg: 0.05,
    };
    let cells = reports.heat_cells(map, &ours).await.unwrap();
    assert!((4..=9).contains(&cells.len()), "{cells:?}");
    assert!(cells.windows(2).all(|pair| pair[0].incidents >= pair[1].incidents));
    let values = ["106.0", "38.0", "106.1", "38.1", "0", "34560000000", "0.05", "100", "'{y}'"];
    let shown = plan(&mut hand, HEAT_CELLS, &values).await;
    assert!(shown.contains("incident_scene"), "{shown}");

    // Nearest: in metres, not in degrees.
    let aeds = reports.nearest_aeds(place, 3).await.unwrap();
    assert_eq!(aeds.len(), 3);
    assert!(aeds.windows(2).all(|pair| pair[0].distance_m <= pair[1].distance_m), "{aeds:?}");
    let shown = plan(&mut hand, NEAREST_AEDS, &["106.1", "38.5", "3"]).await;
    assert!(shown.contains("aed_position"), "{shown}");
    let hospitals = reports.nearest_hospitals(place, 2).await.unwrap();
    assert!(hospitals[0].distance_m < 30_000.0, "{hospitals:?}");
    // A list of seventy hospitals is read faster than its index; that the index serves is shown without.
    execute(&mut hand, "SET enable_seqscan = off").await;
    let shown = plan(&mut hand, NEAREST_HOSPITALS, &["106.1", "38.5", "3"]).await;
    execute(&mut hand, "RESET enable_seqscan").await;
    assert!(shown.contains("hospital_position"), "{shown}");

    // Another centre's people see nothing of it.
    let elsewhere = [centre("z")];
    assert_eq!(reports.who_was_near(place, 800.0, span, &elsewhere).await.unwrap(), []);
    assert_eq!(reports.tracks_in(area, span, &elsewhere).await.unwrap(), []);
    assert_eq!(reports.heat_cells(map, &elsewhere).await.unwrap(), []);
    assert_eq!(reports.rates_by_station(YEAR, &elsewhere).await.unwrap(), []);

    // The norms: one task in ten departed late, whatever the station.
    let rates = reports.rates_by_station(YEAR, &ours).await.unwrap();
    let tasks: i64 = rates.iter().map(|rate| rate.tasks).sum();
    assert_eq!((rates.len(), tasks), (34, 19_800));
    let kept: f64 =
        rates.iter().map(|rate| rate.within_three_minutes.unwrap() * rate.departed as f64).sum();
    // Of ten endings the one with 3 is late; exercises all end in 0.
    assert!((kept - 17_800.0).abs() < 0.5, "{kept}");
    let by_area = reports.rates_by_area("prefecture", YEAR, &ours).await.unwrap();
    assert_eq!(by_area.iter().map(|rate| rate.tasks).sum::<i64>(), 19_800);
    assert!(by_area.iter().all(|rate| (300.0..=840.0).contains(&rate.response_median_s.unwrap())));
    let shown = plan(&mut hand, RATES_BY_STATION, &["8640000000", "8726400000", "'{y}'"]).await;
    assert!(shown.contains("task_created_at"), "{shown}");
    let values = ["8640000000", "8726400000", "'prefecture'", "'{y}'"];
    let shown = plan(&mut hand, RATES_BY_AREA, &values).await;
    assert!(shown.contains("task_created_at"), "{shown}");
}

/// The core's stays and the tables' are the same, and a fix is shown to the centre it was measured for.
#[tokio::test]
async fn a_fix_belongs_to_the_centre_its_vehicle_was_with() {
    let database = Database::fresh().await;
    let folder = tempfile::tempdir().unwrap();
    let house = House::furnished(&folder.path().join(MAIN_FILE)).await;
    for (from, to) in [("east", "west"), ("west", "east"), ("east", "west")] {
        let vehicle = "E-1".into();
        let hand_over = Command::HandOverVehicle { vehicle, to: centre(to) };
        let done = house.desk.act(act(from, "", hand_over)).await.unwrap();
        let Event::VehicleHandedOver { hand_over } = &done.events[0].event else { panic!() };
        let take = Command::TakeOverVehicle { hand_over: hand_over.clone() };
        house.desk.act(act(to, "", take)).await.unwrap();
    }
    let journal = database.journal().await;
    for name in ["east", "west"] {
        let centre = centre(name);
        let events = house.journal.read(&centre, 0, 5_000).await.unwrap();
        let append = Append { centre: &centre, after: Head::empty(&centre), events: &events };
        journal.append(&[append]).await.unwrap();
    }
    house.close().await;
    let reports = Reports::open(database.options.clone()).await.unwrap();
    reports.catch_up(&journal).await.unwrap();
    let mut hand = database.hand().await;
    let vehicle = VehicleId::from("E-1");
    for name in ["east", "west"] {
        let state = folded(&journal, name).await;
        let ours: Vec<_> =
            state.stays(&vehicle).map(|stay| (stay.from.0, stay.to.map(|to| to.0))).collect();
        let theirs: Vec<(i64, Option<i64>)> = sqlx::query_as(
            "SELECT began_at, ended_at FROM report.stay WHERE centre = $1 AND vehicle = 'E-1'
             ORDER BY began_at",
        )
        .bind(name)
        .fetch_all(&mut hand)
        .await
        .unwrap();
        assert_eq!(theirs.last(), ours.last(), "{name}");
    }
    // Each centre for a second, then the other; one fix in the middle of each.
    execute(
        &mut hand,
        "DELETE FROM report.stay WHERE vehicle = 'E-1';
         INSERT INTO report.stay VALUES ('east', 'E-1', 0, 1000), ('west', 'E-1', 1000, NULL);
         INSERT INTO outbox (vehicle, name) VALUES ('E-1', 'o');
         INSERT INTO fix SELECT id, n, n * 1000 - 500, n * 1000 - 500,
             ST_SetSRID(ST_MakePoint(106.1, 38.5), 4326), NULL, NULL, NULL, NULL, 0
         FROM outbox, generate_series(1, 2) AS n",
    )
    .await;
    let area = GeoBox {
        south_west: Wgs84 { lon: 106.0, lat: 38.0 },
        north_east: Wgs84 { lon: 106.2, lat: 39.0 },
    };
    let span = Span { from: Timestamp(0), to: Timestamp(10_000) };
    for (name, at) in [("east", 500), ("west", 1_500)] {
        let seen = reports.tracks_in(area, span, &[centre(name)]).await.unwrap();
        assert_eq!(seen.iter().map(|fix| fix.at.0).collect::<Vec<_>>(), [at], "{name}");
        let place = Wgs84 { lon: 106.1, lat: 38.5 };
        let near = reports.who_was_near(place, 50.0, span, &[centre(name)]).await.unwrap();
        assert_eq!(near.iter().map(|it| it.first_at.0).collect::<Vec<_>>(), [at], "{name}");
    }
}
