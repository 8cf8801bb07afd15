//! With which centre a vehicle was, and when.

use super::days::*;
use crate::journal_support::*;
use crate::postgres_support::{Database, execute};
use dispatch_core::model::*;
use dispatch_desk::database::MAIN_FILE;
use dispatch_desk::journal::{Append, Head, Journal};
use dispatch_server::reports::Reports;
use dispatch_server::reports::questions::*;

/// The core's stays and the tables' are the same, and a fix is shown to the centre it was measured for.
#[tokio::test]
async fn a_fix_belongs_to_the_centre_its_vehicle_was_with() {
    let database = Database::fresh().await;
    let folder = tempfile::tempdir().unwrap();
    let house = House::furnished(&folder.path().join(MAIN_FILE)).await;
    for (from, to) in [("east", "west"), ("west", "east"), ("east", "west")] {
        let vehicle = "E-1".into();
        let transfer = Command::LendVehicle { vehicle, to: centre(to), note: String::new() };
        let done = house.desk.execute(envelope(from, "", transfer)).await.unwrap();
        let Event::VehicleHandedOver { transfer } = &done.events[0].event else { panic!() };
        let take = Command::TakeOverVehicle { transfer: Box::new(transfer.clone()) };
        house.desk.execute(envelope(to, "", take)).await.unwrap();
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
