//! The index by which a timeline finds the events of its incident.
//!
//! It is made beside the work, never by a migration: an index on a journal of years takes minutes, writing must go on
//! meanwhile, and where the servers' role does not own the journal an administrator makes it
//! (`deploy/postgres-roles.sql`). Without it timelines are slow and right.

use super::super::columns::{EventColumns, event};
use super::super::contract::{JournalFailure, ROWS_PER_READ};
use super::super::stored::StoredEvent;
use crate::database::in_time;
use dispatch_core::model::{CentreId, IncidentId};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgPool};

/// The incident an event speaks of, out of its body: what it names, or what stands before `.t` and the number of the
/// task it names. No text can look like it: quotation marks within a text have a backslash before them. The index in
/// `deploy/postgres-roles.sql` says the same; a test holds the two together.
macro_rules! incident_of_body {
    () => {
        r#"coalesce(substring(body FROM '"incident":"([^"]*)"'), substring(body FROM '"task":"([^"]*)[.]t[0-9]+"'))"#
    };
}

/// What reads the events of an incident: $1 centre, $2 incident, $3 after and $4 rows.
pub const READ_INCIDENT: &str = concat!(
    "SELECT version, recorded_at, made_at, kind, schema, body, hash FROM event WHERE centre = $1 AND ",
    incident_of_body!(),
    " = $2 AND version > $3 ORDER BY version LIMIT $4"
);

const MAKE: &str = concat!(
    "CREATE INDEX CONCURRENTLY event_of_incident ON event (centre, (",
    incident_of_body!(),
    "), version)"
);

/// Who makes the index; another one than those for migrations and turns.
const MAKER_LOCK: i64 = 0x68_656c_616e_0003;

pub(super) async fn read(
    readers: &PgPool,
    centre: &CentreId,
    incident: &IncidentId,
    after: u64,
    limit: u32,
) -> Result<Vec<StoredEvent>, JournalFailure> {
    let rows = in_time(
        sqlx::query_as::<_, EventColumns<i32>>(READ_INCIDENT)
            .bind(centre.as_str())
            .bind(incident.as_str())
            .bind(i64::try_from(after).unwrap_or(i64::MAX))
            .bind(i64::from(limit.min(ROWS_PER_READ)))
            .fetch_all(readers),
    )
    .await?;
    rows.into_iter().map(event).collect()
}

/// Makes the index unless it is there or somebody else makes it.
pub(super) async fn make_index(options: &PgConnectOptions) -> Result<(), sqlx::Error> {
    // It may take as long as it takes.
    let patient = options.clone().options([("statement_timeout", "0")]);
    let mut connection = in_time(patient.connect()).await?;
    let mine = sqlx::query_scalar::<_, bool>("SELECT pg_try_advisory_lock($1)").bind(MAKER_LOCK);
    if mine.fetch_one(&mut connection).await? {
        make_alone(&mut connection).await?;
    }
    connection.close().await
}

async fn make_alone(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let found = sqlx::query_scalar::<_, bool>(
        "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('event_of_incident')",
    );
    match found.fetch_optional(&mut *connection).await? {
        Some(true) => return Ok(()),
        // Whoever made it was interrupted.
        Some(false) => {
            let drop = "DROP INDEX CONCURRENTLY event_of_incident";
            sqlx::raw_sql(drop).execute(&mut *connection).await?;
        }
        None => {}
    }
    sqlx::raw_sql(AssertSqlSafe(MAKE.to_owned())).execute(connection).await?;
    tracing::info!("the journal has its index by incident");
    Ok(())
}
