//! The tables tell what the journal tells, and are brought back from it.

use super::DAY;
use super::days::*;
use crate::journal_support::*;
use crate::postgres_support::{Database, execute};
use dispatch_core::deadlines::{Norm, Norms, measured};
use dispatch_core::model::*;
use dispatch_desk::journal::Journal;
use dispatch_server::reports::Reports;
use dispatch_server::reports::questions::*;
use region::Region;
use sqlx::Row;
use std::collections::BTreeMap;
use std::path::Path;

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
            assert_eq!(row.get::<i32, _>("calls") as usize, incident.calls.len());
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
