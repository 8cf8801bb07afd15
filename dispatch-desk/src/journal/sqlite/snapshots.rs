//! Keeping and finding snapshots.
//!
//! A file has one writer, and what it commits at once keeps every command waiting that comes meanwhile. So the body of
//! a snapshot is laid down and taken away in pieces, each a turn of its own that lets whoever waits go before the
//! next. The row of `snapshot` comes last and goes first: pieces without it are of no snapshot, and one whose pieces
//! are not all there does not fit its hash.

use super::super::columns::hash;
use super::super::contract::JournalFailure;
use super::super::snapshot::KEPT_SNAPSHOTS;
use super::super::stored::StoredSnapshot;
use crate::sqlite::SqliteFile;
use dispatch_core::model::CentreId;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// Most bytes of a body that are committed at once: a few milliseconds' work for a slow disk.
const PIECE_BYTES: usize = 64 * 1024;

/// Pieces taken away at once: their pages are only given free, which is less than writing them.
const PIECES_PER_SWEEP: u32 = 8;

pub(super) async fn save(
    file: &SqliteFile,
    centre: &CentreId,
    snapshot: &StoredSnapshot,
) -> Result<(), JournalFailure> {
    // One of the same version, of another branch or another release, makes room first.
    discard(file, centre, snapshot.version).await?;
    let mut rest = snapshot.body.as_str();
    for number in 1_i64.. {
        if rest.len() <= PIECE_BYTES {
            break;
        }
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE_BYTES));
        add_piece(file, centre, snapshot.version, number, piece).await?;
        rest = after;
    }
    complete(file, centre, snapshot, rest).await?;
    sweep(file).await
}

/// A single statement is a transaction of its own.
async fn add_piece(
    file: &SqliteFile,
    centre: &CentreId,
    version: u64,
    number: i64,
    piece: &str,
) -> Result<(), JournalFailure> {
    let mut turn = file.turn().await?;
    let insert = "INSERT INTO snapshot_piece (centre, version, number, body) VALUES (?, ?, ?, ?)";
    let added = sqlx::query(insert)
        .bind(centre.as_str())
        .bind(version.cast_signed())
        .bind(number)
        .bind(piece)
        .execute(turn.connection())
        .await;
    turn.end(added).await?;
    Ok(())
}

/// Makes the pieces a snapshot, and the oldest of the centre none any more.
async fn complete(
    file: &SqliteFile,
    centre: &CentreId,
    snapshot: &StoredSnapshot,
    rest: &str,
) -> Result<(), JournalFailure> {
    let mut turn = file.turn().await?;
    turn.begin().await?;
    sqlx::query(
        "INSERT INTO snapshot (centre, version, format, hash, body_hash, body, seal)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(centre.as_str())
    .bind(snapshot.version.cast_signed())
    .bind(i64::from(snapshot.format))
    .bind(snapshot.hash.as_slice())
    .bind(snapshot.body_hash.as_slice())
    .bind(rest)
    .bind(snapshot.seal.as_ref().map(|seal| seal.as_slice()))
    .execute(turn.connection())
    .await?;
    sqlx::query(
        "DELETE FROM snapshot WHERE centre = ?1 AND version NOT IN
         (SELECT version FROM snapshot WHERE centre = ?1 ORDER BY version DESC LIMIT ?2)",
    )
    .bind(centre.as_str())
    .bind(i64::from(KEPT_SNAPSHOTS))
    .execute(turn.connection())
    .await?;
    turn.commit().await?;
    turn.done();
    Ok(())
}

pub(super) async fn discard(
    file: &SqliteFile,
    centre: &CentreId,
    version: u64,
) -> Result<(), JournalFailure> {
    let mut turn = file.turn().await?;
    let discarded = sqlx::query("DELETE FROM snapshot WHERE centre = ? AND version = ?")
        .bind(centre.as_str())
        .bind(version.cast_signed())
        .execute(turn.connection())
        .await;
    turn.end(discarded).await?;
    sweep(file).await
}

/// Takes away the pieces that are of no snapshot, some at a time; ends with the last of them, since nobody else
/// lays any down meanwhile: a server keeps one snapshot at a time.
async fn sweep(file: &SqliteFile) -> Result<(), JournalFailure> {
    loop {
        let mut turn = file.turn().await?;
        let swept = sqlx::query(
            "DELETE FROM snapshot_piece WHERE rowid IN (
                SELECT piece.rowid FROM snapshot_piece piece WHERE NOT EXISTS (
                    SELECT 1 FROM snapshot WHERE snapshot.centre = piece.centre
                        AND snapshot.version = piece.version)
                LIMIT ?)",
        )
        .bind(i64::from(PIECES_PER_SWEEP))
        .execute(turn.connection())
        .await;
        if turn.end(swept).await?.rows_affected() == 0 {
            return Ok(());
        }
    }
}

/// In one statement, so that what is read belongs together while a server keeps the next.
pub(super) async fn load(
    file: &SqliteFile,
    centre: &CentreId,
) -> Result<Vec<StoredSnapshot>, JournalFailure> {
    let mut reading = file.reading().await?;
    let rows = sqlx::query(
        "SELECT version, format, hash, body_hash, seal, coalesce((
             SELECT group_concat(piece.body, '' ORDER BY piece.number) FROM snapshot_piece piece
             WHERE piece.centre = snapshot.centre AND piece.version = snapshot.version
         ), '') || body AS body
         FROM snapshot WHERE centre = ? ORDER BY version DESC",
    )
    .bind(centre.as_str())
    .fetch_all(reading.connection())
    .await;
    reading.end(rows)?.iter().map(stored).collect()
}

fn stored(row: &SqliteRow) -> Result<StoredSnapshot, JournalFailure> {
    let format: i64 = row.try_get("format")?;
    // Bytes that are no text fit no hash, and that is said where hashes are looked at.
    let body: Vec<u8> = row.try_get_unchecked("body")?;
    Ok(StoredSnapshot {
        version: row.try_get::<i64, _>("version")?.cast_unsigned(),
        // A number that fits no format is passed over like any other foreign one.
        format: u32::try_from(format).unwrap_or(u32::MAX),
        hash: hash(row.try_get("hash")?)?,
        body_hash: hash(row.try_get("body_hash")?)?,
        body: String::from_utf8_lossy(&body).into_owned(),
        // One of another length is none.
        seal: row.try_get::<Option<&[u8]>, _>("seal")?.and_then(|seal| seal.try_into().ok()),
    })
}
