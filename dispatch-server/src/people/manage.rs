//! Adding people and changing them. A change of what somebody may do ends their sessions at once.

use super::change::facts;
use super::look_alike::look_alike;
use super::person::{Person, checked_display_name, checked_new_name, checked_password};
use super::token::new_person_id;
use super::{Author, Change, People, PeopleError, lock};
use dispatch_core::model::{CentreId, HospitalId, PersonId};
use std::net::IpAddr;
use std::sync::Arc;
use wire_protocol::vocabulary::Role;

/// Most people: a province has some hundred; the list is sent whole.
pub const PEOPLE_MOST: u32 = 5_000;

/// How often a change is tried because another server changed the same person just then. Administrators
/// are few and slow; a second in a row is chance, a fourth is not.
const CHANGE_ATTEMPTS: usize = 4;

/// A person to be added. Role, centre and hospital are already checked against the region.
pub struct PersonToAdd<'a> {
    /// Sign-in name, not yet checked.
    pub name: &'a str,
    /// Name as shown, not yet checked.
    pub display_name: &'a str,
    /// Password, not yet checked.
    pub password: &'a str,
    /// What they may do.
    pub role: Role,
    /// Where.
    pub centre: CentreId,
    /// Their hospital, for the hospital role.
    pub hospital: Option<HospitalId>,
}

/// What changes about a person. What is absent stays.
#[derive(Default)]
pub struct PersonChange<'a> {
    /// Name as shown, not yet checked.
    pub display_name: Option<&'a str>,
    /// Password, not yet checked.
    pub password: Option<&'a str>,
    /// What they may do.
    pub role: Option<Role>,
    /// Where.
    pub centre: Option<CentreId>,
    /// Whether they may sign in.
    pub active: Option<bool>,
}

impl People {
    /// Adds a person whose password is their own already.
    ///
    /// # Errors
    /// [`PeopleError::BadField`], [`PeopleError::NameTaken`], [`PeopleError::TooMany`],
    /// [`PeopleError::Busy`], [`PeopleError::Store`].
    pub async fn add(&self, new: PersonToAdd<'_>) -> Result<Person, PeopleError> {
        self.add_with(new, false, &Author::operator()).await
    }

    /// Adds a person who must choose a password of their own at the first sign-in: whoever adds them knows this
    /// one.
    ///
    /// # Errors
    /// As [`Self::add`].
    pub async fn add_for_another(
        &self,
        new: PersonToAdd<'_>,
        by: &Author,
    ) -> Result<Person, PeopleError> {
        self.add_with(new, true, by).await
    }

    async fn add_with(
        &self,
        new: PersonToAdd<'_>,
        password_due: bool,
        by: &Author,
    ) -> Result<Person, PeopleError> {
        let (mut person, hash) = self.checked(new).await?;
        person.password_due = password_due;
        let _one_at_a_time = self.inner.changes.lock().await;
        if self.inner.store.count_people().await? >= i64::from(PEOPLE_MOST) {
            return Err(PeopleError::TooMany);
        }
        self.check_is_told_apart(&person.name).await?;
        if !self
            .inner
            .store
            .add_person(&person, &hash, self.now(), &self.added(&person, by))
            .await?
        {
            return Err(PeopleError::NameTaken);
        }
        *lock(&self.inner.setup) = None;
        Ok(person)
    }

    /// Two servers that add two such names in the same second are not found out: both have the right to add people.
    async fn check_is_told_apart(&self, name: &str) -> Result<(), PeopleError> {
        let people = self.inner.store.people(PEOPLE_MOST).await?;
        if people.iter().any(|other| other.name != name && look_alike(&other.name, name)) {
            let problem = "looks like the sign-in name of somebody else";
            return Err(PeopleError::BadField { field: "name", problem });
        }
        Ok(())
    }

    fn added(&self, person: &Person, by: &Author) -> Change {
        Change::now(self.now(), by, "person_added", person.id.as_str())
            .of(&person.centre)
            .from_to(None, Some(facts(person, true)))
    }

    async fn checked(&self, new: PersonToAdd<'_>) -> Result<(Person, String), PeopleError> {
        let person = Person {
            id: PersonId::new(new_person_id()),
            name: checked_new_name(new.name)?,
            display_name: checked_display_name(new.display_name)?,
            role: new.role,
            centre: new.centre,
            hospital: new.hospital,
            active: true,
            password_due: false,
        };
        let password = checked_password(new.password, &person.name, &person.display_name)?;
        let hash = self.inner.passwords.hash(password).await?;
        Ok((person, hash))
    }

    /// Whether set-up is still to be done. A server that printed a code asks the store too: people may have
    /// been added at another server, or from the command line.
    ///
    /// # Errors
    /// [`PeopleError::Store`].
    pub async fn is_setup_open(&self) -> Result<bool, PeopleError> {
        Ok(self.setup_code().is_some() && self.inner.store.count_people().await? == 0)
    }

    /// Makes the first administrator, with the code printed at start. Each of several servers prints its
    /// own; whichever is used first, the store lets only one person be the first.
    ///
    /// # Errors
    /// [`PeopleError::SetupOver`], [`PeopleError::WrongSetupCode`], [`PeopleError::Wait`], and those of
    /// [`Self::add`].
    pub async fn set_up(
        &self,
        code: &str,
        first: PersonToAdd<'_>,
        from: IpAddr,
    ) -> Result<Person, PeopleError> {
        // No sign-in name holds a blank, so this one is nobody's.
        let attempt = self.begin_attempt("set up", from)?;
        let taken = {
            let mut setup = lock(&self.inner.setup);
            let Some(expected) = setup.take() else { return Err(PeopleError::SetupOver) };
            if !expected.is(code) {
                *setup = Some(expected);
                return Err(PeopleError::WrongSetupCode);
            }
            expected
        };
        // The code is taken while the person is added, so that two requests cannot both use it.
        let added = self.add_first(first).await;
        match &added {
            Ok(_) | Err(PeopleError::SetupOver) => {}
            Err(_) => *lock(&self.inner.setup) = Some(taken),
        }
        // The code was right, whatever became of the person.
        attempt.was_right();
        added
    }

    async fn add_first(&self, first: PersonToAdd<'_>) -> Result<Person, PeopleError> {
        let (person, hash) = self.checked(first).await?;
        let _one_at_a_time = self.inner.changes.lock().await;
        let change = self.added(&person, &Author::operator());
        let is_first =
            self.inner.store.add_first_person(&person, &hash, self.now(), &change).await?;
        if is_first { Ok(person) } else { Err(PeopleError::SetupOver) }
    }

    /// Everybody, by name; at most [`PEOPLE_MOST`].
    ///
    /// # Errors
    /// [`PeopleError::Store`].
    pub async fn list(&self) -> Result<Vec<Person>, PeopleError> {
        Ok(self.inner.store.people(PEOPLE_MOST).await?)
    }

    /// One person; nothing when there is none of that id.
    ///
    /// # Errors
    /// [`PeopleError::Store`].
    pub async fn find(&self, id: &PersonId) -> Result<Option<Person>, PeopleError> {
        Ok(self.inner.store.person(id).await?)
    }

    /// Changes a person. A changed password, role, centre or bar ends every session they have; whoever changed the
    /// password knows it, so its owner must choose another one at the next sign-in.
    ///
    /// # Errors
    /// [`PeopleError::UnknownPerson`], [`PeopleError::BadField`], [`PeopleError::Busy`],
    /// [`PeopleError::Store`].
    pub async fn change(
        &self,
        id: &PersonId,
        change: PersonChange<'_>,
    ) -> Result<Person, PeopleError> {
        let may = |_: &Person, _: &Person| Ok::<(), PeopleError>(());
        self.change_by(id, change, &Author::operator(), may).await
    }

    /// As [`Self::change`], for a person. `may` is asked about them as they are when the change is made, and about what
    /// they become by it: they may have been changed since whoever asks has looked.
    ///
    /// # Errors
    /// As [`Self::change`]; and those of `may`.
    pub async fn change_by<E: From<PeopleError>>(
        &self,
        id: &PersonId,
        change: PersonChange<'_>,
        by: &Author,
        may: impl Fn(&Person, &Person) -> Result<(), E>,
    ) -> Result<Person, E> {
        let hash = self.hash_of_new(id, &change).await?;
        let _one_at_a_time = self.inner.changes.lock().await;
        for _ in 0..CHANGE_ATTEMPTS {
            let (before, after) = self.planned(id, &change, hash.is_some()).await?;
            may(&before, &after)?;
            if self.try_change(&before, &after, hash.as_deref(), by).await? {
                return Ok(after);
            }
        }
        Err(PeopleError::Busy.into())
    }

    /// The hash of the password that a change gives; nothing when it gives none.
    async fn hash_of_new(
        &self,
        id: &PersonId,
        change: &PersonChange<'_>,
    ) -> Result<Option<String>, PeopleError> {
        let Some(password) = change.password else { return Ok(None) };
        let person = self.find(id).await?.ok_or(PeopleError::UnknownPerson)?;
        let shown = change.display_name.unwrap_or(&person.display_name);
        let password = checked_password(password, &person.name, shown)?;
        Ok(Some(self.inner.passwords.hash(password).await?))
    }

    /// A person as they are now, and as a change makes them.
    async fn planned(
        &self,
        id: &PersonId,
        change: &PersonChange<'_>,
        is_new_password: bool,
    ) -> Result<(Person, Person), PeopleError> {
        let before = self.inner.store.person(id).await?.ok_or(PeopleError::UnknownPerson)?;
        let mut after = before.clone();
        if let Some(name) = change.display_name {
            after.display_name = checked_display_name(name)?;
        }
        after.role = change.role.unwrap_or(after.role);
        after.centre = change.centre.clone().unwrap_or(after.centre);
        after.active = change.active.unwrap_or(after.active);
        after.password_due |= is_new_password;
        if after.role != Role::Hospital {
            after.hospital = None;
        }
        Ok((before, after))
    }

    /// Changes a person; false when another server changed them meanwhile.
    async fn try_change(
        &self,
        before: &Person,
        after: &Person,
        hash: Option<&str>,
        by: &Author,
    ) -> Result<bool, PeopleError> {
        let id = &before.id;
        let end_sessions = hash.is_some()
            || (after.role, &after.centre, after.active)
                != (before.role, &before.centre, before.active);
        let noted = Change::now(self.now(), by, "person_changed", id.as_str())
            .of(&after.centre)
            .from_to(Some(facts(before, false)), Some(facts(after, hash.is_some())));
        if !self.inner.store.change_person(before, after, hash, end_sessions, &noted).await? {
            return Ok(false);
        }
        let mut sessions = lock(&self.inner.sessions);
        if end_sessions {
            sessions.end_all_of(id);
        } else {
            sessions.rename(&Arc::new(after.clone()));
        }
        Ok(true)
    }

    /// Ends every session of a person at once.
    ///
    /// # Errors
    /// [`PeopleError::Store`].
    pub async fn end_sessions_of(&self, id: &PersonId) -> Result<(), PeopleError> {
        let _one_at_a_time = self.inner.changes.lock().await;
        self.inner.store.end_sessions_of(id).await?;
        lock(&self.inner.sessions).end_all_of(id);
        Ok(())
    }
}
