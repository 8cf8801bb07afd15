//! People, keys and terminals as a backup holds them: with their hashes, without their sessions. Whoever was signed in
//! signs in again after a restore.

use super::change::{StoredEntry, facts};
use super::person::{Person, role_of_word, role_word};
use super::store::PeopleStore;
use super::token::TokenHash;
use super::{Author, Change, ENTRIES_MOST, KEYS_MOST, PEOPLE_MOST};
use dispatch_core::model::Timestamp;
use dispatch_desk::database::MainDatabase;
use serde::{Deserialize, Serialize};
use wire_protocol::terminals::BoundTerminal;

/// A person or a key. Neither a password nor a key can be read back from it, but it is nobody's business.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Credential {
    /// Somebody who may sign in.
    Person(ArchivedPerson),
    /// A vehicle's key.
    Key(ArchivedKey),
    /// A gateway and its key.
    Gateway(ArchivedGateway),
    /// A terminal and its vehicle.
    Terminal(BoundTerminal),
    /// An entry of the journal of administration.
    Change(StoredEntry),
}

/// A person as a backup holds them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedPerson {
    id: String,
    name: String,
    display_name: String,
    role: String,
    centre: String,
    hospital: Option<String>,
    active: bool,
    /// Absent in older archives.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    password_due: bool,
    password_hash: String,
}

/// A key as a backup holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedKey {
    vehicle: String,
    key_hash: Vec<u8>,
}

/// A gateway as a backup holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedGateway {
    name: String,
    key_hash: Vec<u8>,
}

/// Everybody, every key and every terminal.
///
/// # Errors
/// When the database fails.
pub async fn take_credentials(database: &MainDatabase) -> sqlx::Result<Vec<Credential>> {
    let store = PeopleStore::new(database.clone());
    let mut all = Vec::new();
    for person in store.people(PEOPLE_MOST).await? {
        let Some((person, password_hash)) = store.person_and_hash(&person.name).await? else {
            continue;
        };
        all.push(Credential::Person(ArchivedPerson {
            id: person.id.to_string(),
            name: person.name,
            display_name: person.display_name,
            role: role_word(person.role).to_owned(),
            centre: person.centre.to_string(),
            hospital: person.hospital.map(|hospital| hospital.to_string()),
            active: person.active,
            password_due: person.password_due,
            password_hash,
        }));
    }
    let keys = store.key_hashes(KEYS_MOST).await?;
    all.extend(keys.into_iter().map(|(vehicle, hash)| {
        let key_hash = hash.as_bytes().to_vec();
        Credential::Key(ArchivedKey { vehicle: vehicle.to_string(), key_hash })
    }));
    all.extend(store.gateway_hashes().await?.into_iter().map(|(name, hash)| {
        Credential::Gateway(ArchivedGateway { name, key_hash: hash.as_bytes().to_vec() })
    }));
    all.extend(store.terminals(KEYS_MOST).await?.into_iter().map(Credential::Terminal));
    let mut after = 0;
    loop {
        let entries = store.administration_after(after, ENTRIES_MOST).await?;
        let Some(last) = entries.last() else { return Ok(all) };
        after = last.number;
        all.extend(entries.into_iter().map(Credential::Change));
    }
}

/// Puts people and keys into a database. A name that is there stays as it is there; a key is replaced.
///
/// # Errors
/// When the database fails, or a role or a hash is none.
pub async fn put_credentials(
    database: &MainDatabase,
    all: &[Credential],
    now: Timestamp,
) -> sqlx::Result<()> {
    let store = PeopleStore::new(database.clone());
    let mut keys = Vec::new();
    // The entries first, so that they keep their numbers; those of people taken over follow them.
    for credential in all {
        if let Credential::Change(entry) = credential {
            store.put_entry(entry).await?;
        }
    }
    for credential in all {
        match credential {
            Credential::Person(archived) => {
                let role = role_of_word(&archived.role).ok_or_else(|| {
                    sqlx::Error::Decode(format!("`{}` is no role", archived.role).into())
                })?;
                let person = Person {
                    id: archived.id.as_str().into(),
                    name: archived.name.clone(),
                    display_name: archived.display_name.clone(),
                    role,
                    centre: archived.centre.as_str().into(),
                    hospital: archived.hospital.as_deref().map(Into::into),
                    active: archived.active,
                    password_due: archived.password_due,
                };
                let taken = Change::now(now, &Author::operator(), "person_restored", &archived.id)
                    .of(&person.centre)
                    .from_to(None, Some(facts(&person, true)));
                store.add_person(&person, &archived.password_hash, now, &taken).await?;
            }
            Credential::Change(_) => {}
            Credential::Key(key) => {
                keys.push((key.vehicle.as_str().into(), stored_hash(&key.key_hash)?));
            }
            Credential::Gateway(gateway) => {
                let change =
                    Change::now(now, &Author::operator(), "gateway_restored", &gateway.name);
                let hash = stored_hash(&gateway.key_hash)?;
                store.set_gateway(&gateway.name, &hash, now, &change).await?;
            }
            Credential::Terminal(terminal) => store.restore_terminal(terminal).await?,
        }
    }
    if keys.is_empty() { Ok(()) } else { store.set_keys(&keys, now, None).await }
}

fn stored_hash(bytes: &[u8]) -> sqlx::Result<TokenHash> {
    TokenHash::from_stored(bytes)
        .ok_or_else(|| sqlx::Error::Decode("a key's hash has not 32 bytes".into()))
}
