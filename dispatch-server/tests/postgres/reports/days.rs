//! Small days whose events are copied into PostgreSQL, and what the core tells of them.

use crate::journal_support::*;
use crate::postgres_support::Database;
use dispatch_core::deadlines::{Norms, response};
use dispatch_core::model::*;
use dispatch_core::{CentreState, apply};
use dispatch_desk::database::MAIN_FILE;
use dispatch_desk::journal::postgres::PostgresJournal;
use dispatch_desk::journal::{Append, Head, Journal, read_events};
use sqlx::postgres::PgConnection;

/// A desk's small day, copied into PostgreSQL: a finished task, a running one and one that ended with its
/// incident; an incident amended, one cancelled and reopened.
pub(crate) async fn a_day(database: &Database) -> PostgresJournal {
    let folder = tempfile::tempdir().unwrap();
    let house = House::furnished(&folder.path().join(MAIN_FILE)).await;
    let desk = &house.desk;
    let one = open_incident(desk, "east").await;
    let two = open_incident(desk, "east").await;
    let three = open_incident(desk, "west").await;
    desk.execute(send("east", "", &one, "E-1")).await.unwrap();
    desk.execute(send("east", "", &two, "E-2")).await.unwrap();
    desk.execute(send("west", "", &three, "W-1")).await.unwrap();
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
        let mut press = envelope("east", "", Command::RecordMilestone { task, milestone, details });
        press.made_at = NOON.plus_seconds(seconds - 2_000);
        desk.execute(press).await.unwrap();
    }
    let changes = IncidentChanges { priority: Some(Priority::Critical), ..Default::default() };
    let changes = Box::new(changes);
    desk.execute(envelope("east", "", Command::AmendIncident { incident: two.clone(), changes }))
        .await
        .unwrap();
    let reason = CancelReason::CallerCancelled.into();
    desk.execute(envelope(
        "west",
        "",
        Command::CancelIncident { incident: three.clone(), reason, confirmed: false },
    ))
    .await
    .unwrap();
    let note = "又来电".to_owned();
    desk.execute(envelope("west", "", Command::ReopenIncident { incident: three, note }))
        .await
        .unwrap();

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

pub(crate) async fn folded(journal: &dyn Journal, name: &str) -> CentreState {
    let mut state = CentreState::new(centre(name));
    for event in read_events(journal, &centre(name), 0, 5_000).await.unwrap() {
        apply(&mut state, &event);
    }
    state
}

/// The response times of all incidents by the core's own definition.
pub(crate) async fn responses(journal: &dyn Journal) -> Vec<f64> {
    let mut seconds = Vec::new();
    for name in ["east", "west"] {
        let state = folded(journal, name).await;
        let found = state.incidents.values().filter_map(|it| response(it, &Norms::default()));
        seconds.extend(found.filter(|it| it.counts).filter_map(|it| it.seconds()));
    }
    seconds
}

/// Every incident and task row as text, to compare two states of the tables.
pub(crate) async fn all_rows(hand: &mut PgConnection) -> Vec<String> {
    sqlx::query_scalar(
        "SELECT row_to_json(i)::text FROM report.incident i
         UNION ALL SELECT row_to_json(t)::text FROM report.task t
         UNION ALL SELECT row_to_json(v)::text FROM report.vehicle v ORDER BY 1",
    )
    .fetch_all(hand)
    .await
    .unwrap()
}

/// A served incident with too many patients told, amended and accounted for; one opened again twice, whose order the
/// first vehicle never received; an appointment; an exercise.
pub(crate) async fn a_hard_day(database: &Database) -> PostgresJournal {
    let folder = tempfile::tempdir().unwrap();
    let house = House::furnished(&folder.path().join(MAIN_FILE)).await;
    let desk = &house.desk;
    let give = async |command: Command, seconds: i64| {
        let mut given = envelope("east", "", command);
        given.made_at = NOON.plus_seconds(seconds - 4_000);
        desk.execute(given).await.unwrap()
    };
    let reach = |task: &str, milestone, details| Command::RecordMilestone {
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
    give(amend(&served, IncidentChanges { call: Some(call), ..keep() }), 10).await;
    desk.execute(send("east", "", &served, "E-1")).await.unwrap();
    give(Command::RecordDeviceReceipt { task: first.as_str().into() }, 40).await;
    give(reach(&first, Milestone::Departed, MilestoneDetails::default()), 400).await;
    give(reach(&first, Milestone::AtScene, MilestoneDetails::default()), 800).await;
    give(reach(&first, Milestone::LeftScene, told(1, 1)), 900).await;
    give(reach(&first, Milestone::Finished, MilestoneDetails::default()), 1_000).await;
    give(amend(&served, IncidentChanges { patient_count: Some(4), ..keep() }), 1_100).await;
    let patients = PatientChanges { dead_at_scene: Change::Set(1), ..PatientChanges::default() };
    let (incident, note) = (served.clone(), String::new());
    let carried = Change::Keep;
    give(Command::AccountForPatients { incident, carried, patients, note }, 1_200).await;

    let again = open_incident(desk, "east").await;
    desk.execute(send("east", "", &again, "E-1")).await.unwrap();
    for seconds in [1_300, 1_400] {
        let (incident, reason) = (again.clone(), CancelReason::CallerCancelled.into());
        give(Command::CancelIncident { incident, reason, confirmed: true }, seconds).await;
        let (incident, note) = (again.clone(), "又来电".to_owned());
        give(Command::ReopenIncident { incident, note }, seconds + 10).await;
    }
    desk.execute(send("east", "", &again, "E-1")).await.unwrap();
    let second = format!("{again}.t2");
    give(reach(&second, Milestone::AtScene, MilestoneDetails::default()), 2_000).await;

    let later = open_incident(desk, "east").await;
    let wanted = Change::Set(NOON.plus_seconds(9_000));
    give(amend(&later, IncidentChanges { appointment_at: wanted, ..keep() }), 2_100).await;
    desk.execute(send("east", "", &later, "E-2")).await.unwrap();
    let appointed = format!("{later}.t1");
    give(reach(&appointed, Milestone::Departed, MilestoneDetails::default()), 2_200).await;
    let exercise = open_incident(desk, "east").await;
    give(amend(&exercise, IncidentChanges { test: Some(true), ..keep() }), 2_300).await;

    let journal = database.journal().await;
    let east = centre("east");
    let events = house.journal.read(&east, 0, 5_000).await.unwrap();
    let append = Append { centre: &east, after: Head::empty(&east), events: &events };
    journal.append(&[append]).await.unwrap();
    house.close().await;
    journal
}
