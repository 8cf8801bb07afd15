//! The same piece of SQL for whichever database holds people and roads: both understand `$1` and
//! `ON CONFLICT`. Each macro gives the work a connection and bounds its time, since a database that froze
//! must not hold up those who wait for an answer; what becomes of the connection afterwards is decided here
//! and nowhere else. `unhurried` is for the command line, where somebody waits for the whole of an installation.

use sqlx::{Postgres, Transaction};

/// Work that only reads.
#[macro_export]
macro_rules! reading {
    ($database:expr, $connection:ident => $work:block) => {
        $crate::reading!(by $crate::database::in_time, $database, $connection => $work)
    };
    (unhurried $database:expr, $connection:ident => $work:block) => {
        $crate::reading!(by ::std::convert::identity, $database, $connection => $work)
    };
    (by $within:path, $database:expr, $connection:ident => $work:block) => {
        match $database {
            $crate::database::MainDatabase::Sqlite(file) => {
                $within(async {
                    let mut reading = file.reading().await?;
                    let $connection = reading.connection();
                    let done = async { $work }.await;
                    reading.end(done)
                })
                .await
            }
            $crate::database::MainDatabase::Postgres(pool) => {
                $within(async {
                    let mut taken = pool.acquire().await?;
                    let $connection = &mut *taken;
                    $work
                })
                .await
            }
        }
    };
}

/// Work of which each statement stands for itself.
#[macro_export]
macro_rules! writing {
    ($database:expr, $connection:ident => $work:block) => {
        match $database {
            $crate::database::MainDatabase::Sqlite(file) => {
                $crate::database::in_time(async {
                    let mut turn = file.turn().await?;
                    let $connection = turn.connection();
                    let done = async { $work }.await;
                    turn.end(done).await
                })
                .await
            }
            $crate::database::MainDatabase::Postgres(pool) => {
                $crate::database::in_time(async {
                    let mut taken = pool.acquire().await?;
                    let $connection = &mut *taken;
                    $work
                })
                .await
            }
        }
    };
}

/// Work that happens whole or not at all: committed when it succeeds, taken back when it does not.
#[macro_export]
macro_rules! transaction {
    ($database:expr, $connection:ident => $work:block) => {
        $crate::transaction!(by $crate::database::in_time, $database, $connection => $work)
    };
    (unhurried $database:expr, $connection:ident => $work:block) => {
        $crate::transaction!(by ::std::convert::identity, $database, $connection => $work)
    };
    (by $within:path, $database:expr, $connection:ident => $work:block) => {
        match $database {
            $crate::database::MainDatabase::Sqlite(file) => {
                $within(async {
                    let mut turn = file.turn().await?;
                    turn.begin().await?;
                    let $connection = turn.connection();
                    let done = async { $work }.await;
                    turn.end(done).await
                })
                .await
            }
            $crate::database::MainDatabase::Postgres(pool) => {
                $within(async {
                    let mut transaction = pool.begin().await?;
                    let $connection = &mut *transaction;
                    let done = async { $work }.await;
                    $crate::database::end(transaction, done).await
                })
                .await
            }
        }
    };
}

/// Ends a transaction with the outcome of the work in it.
///
/// # Errors
/// The work's own, or that it could not be committed.
pub async fn end<T, E: From<sqlx::Error>>(
    transaction: Transaction<'_, Postgres>,
    work: Result<T, E>,
) -> Result<T, E> {
    let done = work?;
    transaction.commit().await?;
    Ok(done)
}
