//! People, sessions and keys as those at the door notice them: each clause is held by every store.

use crate::postgres_support::Database;
use dispatch_core::model::Timestamp;
use dispatch_desk::clock::Clock;
use dispatch_server::people::{People, PeopleError, PersonChange, PersonToAdd, SessionLifetime};
use dispatch_server::stores::{AnyJournal, Storage, open_people};
use std::net::{IpAddr, Ipv4Addr};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use wire_protocol::vocabulary::Role;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const PASSWORD: &str = "correct horse battery";

/// A store and what keeps it in being.
struct Store {
    storage: Storage,
    clock: Clock,
    _kept: (Option<TempDir>, Option<Database>),
}

impl Store {
    async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::Embedded(folder.path().to_owned());
        Self::migrated(storage, (Some(folder), None)).await
    }

    async fn postgres() -> Self {
        Self::in_database(Database::fresh().await).await
    }

    async fn in_database(database: Database) -> Self {
        let storage = Storage::Shared(database.options.clone().into());
        Self::migrated(storage, (None, Some(database))).await
    }

    async fn migrated(storage: Storage, kept: (Option<TempDir>, Option<Database>)) -> Self {
        AnyJournal::open(&storage).await.unwrap().close().await;
        Self { storage, clock: Clock::by_hand(Timestamp(1_780_000_000_000)), _kept: kept }
    }

    /// The people as a server finds them at its start.
    async fn people(&self) -> People {
        let database = open_people(&self.storage).await.unwrap();
        People::open(database, SessionLifetime::default(), self.clock.clone()).await.unwrap()
    }
}

fn dispatcher(name: &str) -> PersonToAdd<'_> {
    PersonToAdd {
        name,
        display_name: "李 调度",
        password: PASSWORD,
        role: Role::Dispatcher,
        centre: "yinchuan".into(),
        hospital: None,
    }
}

async fn a_session_outlives_a_restart_and_ends_at_once_when_it_is_ended(store: Store) {
    let people = store.people().await;
    let li = people.add(dispatcher("li")).await.unwrap();
    let (_, token) = people.sign_in("li", PASSWORD.to_owned(), HERE).await.unwrap();
    store.clock.advance_millis(60_000);
    people.session(&token).await.unwrap().unwrap().touch(store.clock.now());
    let stop = CancellationToken::new();
    stop.cancel();
    people.keep(stop).await;

    let people = store.people().await;
    let session = people.session(&token).await.unwrap().unwrap();
    assert_eq!(*session.person, li);
    people.end_sessions_of(&li.id).await.unwrap();
    assert!(session.ended.is_cancelled());
    assert!(store.people().await.session(&token).await.unwrap().is_none());
}

/// Its end lies years ahead, and no idle time would come to pass before.
async fn a_session_of_a_clock_years_ahead_opens_nothing_once_the_clock_is_right(store: Store) {
    const FOUR_YEARS: i64 = 4 * 365 * 86_400_000;
    store.people().await.add(dispatcher("li")).await.unwrap();
    store.clock.advance_millis(FOUR_YEARS);
    let people = store.people().await;
    let (_, token) = people.sign_in("li", PASSWORD.to_owned(), HERE).await.unwrap();
    assert!(people.session(&token).await.unwrap().is_some(), "nobody knows better yet");
    store.clock.advance_millis(-FOUR_YEARS);
    assert!(people.session(&token).await.unwrap().is_none(), "at the server where it began");
    assert!(store.people().await.session(&token).await.unwrap().is_none(), "after a new start");
    let (_, token) = people.sign_in("li", PASSWORD.to_owned(), HERE).await.unwrap();
    assert!(people.session(&token).await.unwrap().is_some(), "and the right time opens one");
}

async fn a_name_is_given_once_and_people_come_back_as_they_went_in(store: Store) {
    let people = store.people().await;
    assert!(people.setup_code().is_some());
    let li = people.add(dispatcher("li")).await.unwrap();
    assert!(matches!(people.add(dispatcher("Li")).await, Err(PeopleError::NameTaken)));
    let mut doctor = dispatcher("wang");
    (doctor.role, doctor.hospital) = (Role::Hospital, Some("H-YC-01".into()));
    let wang = people.add(doctor).await.unwrap();
    let people = store.people().await;
    assert_eq!(people.list().await.unwrap(), [li.clone(), wang]);
    assert_eq!(people.find(&li.id).await.unwrap(), Some(li));
    assert_eq!(people.find(&"p-nobody".into()).await.unwrap(), None);
    assert!(people.setup_code().is_none());
}

async fn a_barred_person_is_out_and_a_changed_password_counts(store: Store) {
    let people = store.people().await;
    let li = people.add(dispatcher("li")).await.unwrap();
    let (session, token) = people.sign_in("li", PASSWORD.to_owned(), HERE).await.unwrap();
    let change = PersonChange { password: Some("another long one"), ..PersonChange::default() };
    people.change(&li.id, change).await.unwrap();
    assert!(session.ended.is_cancelled() && people.session(&token).await.unwrap().is_none());
    assert!(people.sign_in("li", PASSWORD.to_owned(), HERE).await.is_err());
    people.sign_in("li", "another long one".to_owned(), HERE).await.unwrap();
    let bar = PersonChange { active: Some(false), ..PersonChange::default() };
    assert!(!people.change(&li.id, bar).await.unwrap().active);
    let people = store.people().await;
    assert!(people.sign_in("li", "another long one".to_owned(), HERE).await.is_err());
}

async fn a_key_opens_until_it_is_replaced_or_removed(store: Store) {
    let people = store.people().await;
    let made = people.make_keys(&["YC-01-1".into(), "YC-01-2".into()]).await.unwrap();
    let known = people.vehicle_of_key(&made[1].1).await.unwrap().unwrap();
    assert_eq!(known.vehicle, "YC-01-2".into());
    let new = people.make_keys(&["YC-01-2".into()]).await.unwrap();
    assert!(known.key_changed.is_cancelled());

    let people = store.people().await;
    assert!(people.vehicle_of_key(&made[1].1).await.unwrap().is_none());
    assert!(people.vehicle_of_key(&new[0].1).await.unwrap().is_some());
    assert!(people.remove_key(&"YC-01-1".into()).await.unwrap());
    assert!(!people.remove_key(&"YC-01-1".into()).await.unwrap());
    assert!(people.vehicle_of_key(&made[0].1).await.unwrap().is_none());
    let stop = CancellationToken::new();
    stop.cancel();
    people.clone().keep(stop).await;
    let keys = people.keys().await.unwrap();
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].last_used_at, Some(store.clock.now()));
}

macro_rules! hold {
    ($($clause:ident),* $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test]
                async fn $clause() {
                    super::$clause(super::Store::sqlite().await).await;
                }
            )*
        }

        mod postgres {
            $(
                #[tokio::test]
                async fn $clause() {
                    super::$clause(super::Store::postgres().await).await;
                }
            )*
        }

        mod postgres_of_the_next_release {
            $(
                #[tokio::test]
                async fn $clause() {
                    let database = super::Database::of_the_next_release().await;
                    super::$clause(super::Store::in_database(database).await).await;
                }
            )*
        }
    };
}

hold!(
    a_session_outlives_a_restart_and_ends_at_once_when_it_is_ended,
    a_session_of_a_clock_years_ahead_opens_nothing_once_the_clock_is_right,
    a_name_is_given_once_and_people_come_back_as_they_went_in,
    a_barred_person_is_out_and_a_changed_password_counts,
    a_key_opens_until_it_is_replaced_or_removed,
);
