//! The journal of administration: who changed which person, key, road or travel time, when, and what it was before.
//! Entries form one chain, each hash covering the one before, and are written in the transaction of the change
//! itself: a change that is not in the journal did not happen. Holds no password, key or token.

use super::person::{Person, role_word};
use dispatch_core::model::{CentreId, HospitalId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Who changed something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Their id; nothing for whoever works at the server's command line, and for the very first set-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// As shown.
    pub name: String,
}

impl Author {
    /// A person.
    pub fn person(person: &Person) -> Self {
        Self { id: Some(person.id.to_string()), name: person.display_name.clone() }
    }

    /// Whoever works at the server itself.
    pub fn operator() -> Self {
        Self { id: None, name: "operator".to_owned() }
    }
}

/// A change on its way into the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// When, unix milliseconds.
    pub at: i64,
    /// By whom.
    pub by: Author,
    /// What was done, e.g. `person_changed`.
    pub what: String,
    /// To whom or what: an id.
    pub about: String,
    /// Whose centre's; nothing when it concerns the whole region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub centre: Option<String>,
    /// What it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

impl Change {
    /// A change that is made now.
    pub fn now(at: Timestamp, by: &Author, what: &str, about: &str) -> Self {
        Self {
            at: at.0,
            by: by.clone(),
            what: what.to_owned(),
            about: about.to_owned(),
            centre: None,
            before: None,
            after: None,
        }
    }

    /// Of one centre.
    pub fn of(mut self, centre: &CentreId) -> Self {
        self.centre = Some(centre.to_string());
        self
    }

    /// From one thing to another.
    pub fn from_to(mut self, before: Option<Value>, after: Option<Value>) -> Self {
        (self.before, self.after) = (before, after);
        self
    }

    /// As stored.
    pub(crate) fn body(&self) -> String {
        // Nothing in it can fail to be written.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What is told of a person, before and after.
pub(super) fn facts(person: &Person, new_password: bool) -> Value {
    let mut facts = json!({
        "name": person.name,
        "display_name": person.display_name,
        "role": role_word(person.role),
        "centre": person.centre.as_str(),
        "hospital": person.hospital.as_ref().map(HospitalId::as_str),
        "active": person.active,
    });
    if new_password {
        facts["password"] = "new".into();
    }
    facts
}

/// An entry as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredEntry {
    /// Its number, from 1, without gaps.
    pub number: i64,
    /// The change as JSON text, to the letter.
    pub body: String,
    /// Its hash, which covers the one before.
    pub hash: Vec<u8>,
}

/// The hash of an entry after `previous`; [`genesis`] before the first.
pub(crate) fn link(previous: &[u8], number: i64, body: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    hasher.update(number.to_be_bytes());
    hasher.update(body.as_bytes());
    hasher.finalize().into()
}

/// The hash before the first entry.
pub(crate) fn genesis() -> Vec<u8> {
    Sha256::digest(b"helan administration 1").to_vec()
}

/// Writes a change into the journal of administration, in the transaction of the change itself.
macro_rules! record_change {
    ($connection:expr, $shared:expr, $change:expr) => {{
        use sqlx::Row as _;
        if $shared {
            let turn = "LOCK TABLE administration IN SHARE ROW EXCLUSIVE MODE";
            sqlx::query(turn).execute(&mut *$connection).await?;
        }
        let last = "SELECT number, hash FROM administration ORDER BY number DESC LIMIT 1";
        let (number, previous): (i64, Vec<u8>) =
            match sqlx::query(last).fetch_optional(&mut *$connection).await? {
                Some(row) => (row.try_get(0)?, row.try_get(1)?),
                None => (0, $crate::people::change::genesis()),
            };
        let body = $change.body();
        let hash = $crate::people::change::link(&previous, number + 1, &body);
        sqlx::query("INSERT INTO administration (number, body, hash) VALUES ($1, $2, $3)")
            .bind(number + 1)
            .bind(body)
            .bind(hash.to_vec())
            .execute(&mut *$connection)
            .await?;
    }};
}
pub(crate) use record_change;
