//! Choosing a password of one's own, which nobody else knows.

use super::person::checked_password;
use super::sign_in::Begun;
use super::{Author, Change, People, PeopleError, Session, lock};
use std::net::IpAddr;

impl People {
    /// Changes the password of whoever has this session. All their sessions end, and a new one begins.
    ///
    /// # Errors
    /// [`PeopleError::WrongPassword`], [`PeopleError::Wait`] after too many of them, [`PeopleError::BadField`] for
    /// the new one, and those of [`People::sign_in`].
    pub async fn choose_password(
        &self,
        session: &Session,
        current: String,
        new: &str,
        from: IpAddr,
    ) -> Result<Begun, PeopleError> {
        let person = &session.person;
        let attempt = self.begin_attempt(&person.name, from)?;
        let looked_up = self.inner.store.person_and_hash(&person.name).await;
        let (before, stored) =
            attempt.unless_it_failed(looked_up)?.ok_or(PeopleError::WrongPassword)?;
        let is_same = current == new;
        let compared = self.inner.passwords.matches(current, Some(stored)).await;
        if !attempt.unless_it_failed(compared)? {
            return Err(PeopleError::WrongPassword);
        }
        attempt.was_right();
        drop(attempt);
        if is_same {
            return Err(PeopleError::BadField {
                field: "new_password",
                problem: "must differ from the current one",
            });
        }
        let checked = checked_password(new, &before.name, &before.display_name);
        let checked = checked.map_err(|(_, problem)| ("new_password", problem))?;
        let hash = self.inner.passwords.hash(checked).await?;
        {
            let _one_at_a_time = self.inner.changes.lock().await;
            let mut after = before.clone();
            after.password_due = false;
            let noted = Change::now(
                self.now(),
                &Author::person(&before),
                "own_password_chosen",
                before.id.as_str(),
            );
            let noted = noted.of(&before.centre);
            let store = &self.inner.store;
            let changed = store.change_person(&before, &after, Some(&hash), true, &noted).await?;
            if !changed {
                // Barred or moved in this very moment; whoever may still sign in tries again.
                return Err(PeopleError::Busy);
            }
            lock(&self.inner.sessions).end_all_of(&before.id);
        }
        self.sign_in(&before.name, new.to_owned(), from).await
    }
}
