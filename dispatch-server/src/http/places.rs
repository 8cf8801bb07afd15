//! Places for requests in work, apart for each class, so that none can take those of another: whoever floods
//! the sign-in holds up no command, and a person's slow reports hold up only their own.

use crate::api_error::ApiError;
use crate::api_error::Code;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Requests of strangers in work: signing in, setting up. Passwords have a queue of their own behind it.
const OPEN_AT_ONCE: usize = 128;
/// Files of the console in work, and maps of terminals; they come from the disk's cache and from memory.
const FILES_AT_ONCE: usize = 256;
/// Commands in work; the desk takes a thousand at a time, and each person gives one.
const COMMANDS_AT_ONCE: usize = 512;
/// Questions in work.
const QUESTIONS_AT_ONCE: usize = 256;
/// Of these, from one person. A console asks for three or four things at one time; a person may have several.
const OF_ONE_PERSON: usize = 32;

/// What a request is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A stranger's.
    Open(IpAddr),
    /// A file of the console, the map of a terminal, or nothing that there is.
    File,
    /// A command of a person.
    Command(String),
    /// Anything else a person asks.
    Question(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Whose {
    Caller(IpAddr),
    Commands(String),
    Questions(String),
}

/// All places.
#[derive(Debug)]
pub(super) struct Places {
    open: Arc<Semaphore>,
    files: Arc<Semaphore>,
    commands: Arc<Semaphore>,
    questions: Arc<Semaphore>,
    shares: Arc<Mutex<HashMap<Whose, usize>>>,
}

/// A place taken, free again when dropped.
#[derive(Debug)]
pub(super) struct Place {
    _permit: OwnedSemaphorePermit,
    _share: Option<Share>,
}

#[derive(Debug)]
struct Share {
    shares: Arc<Mutex<HashMap<Whose, usize>>>,
    whose: Whose,
}

impl Default for Places {
    fn default() -> Self {
        let places = |most| Arc::new(Semaphore::new(most));
        Self {
            open: places(OPEN_AT_ONCE),
            files: places(FILES_AT_ONCE),
            commands: places(COMMANDS_AT_ONCE),
            questions: places(QUESTIONS_AT_ONCE),
            shares: Arc::default(),
        }
    }
}

impl Places {
    /// Takes a place for a request that has come whole.
    ///
    /// # Errors
    /// `busy`, when those of its class, or of one person or caller in it, are taken.
    pub(super) fn take(&self, class: Class) -> Result<Place, ApiError> {
        let (places, whose) = match class {
            Class::Open(caller) => (&self.open, Some((Whose::Caller(caller), OPEN_AT_ONCE / 2))),
            Class::File => (&self.files, None),
            Class::Command(person) => {
                (&self.commands, Some((Whose::Commands(person), OF_ONE_PERSON)))
            }
            Class::Question(person) => {
                (&self.questions, Some((Whose::Questions(person), OF_ONE_PERSON)))
            }
        };
        let share = whose.map(|(whose, most)| self.share(whose, most)).transpose()?;
        let permit = places.clone().try_acquire_owned().map_err(|_| Code::Busy)?;
        Ok(Place { _permit: permit, _share: share })
    }

    fn share(&self, whose: Whose, most: usize) -> Result<Share, ApiError> {
        let mut shares = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = shares.entry(whose.clone()).or_default();
        if *taken >= most {
            return Err(Code::Busy.into());
        }
        *taken += 1;
        Ok(Share { shares: self.shares.clone(), whose })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut shares = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = shares.get_mut(&self.whose) {
            *taken -= 1;
            if *taken == 0 {
                shares.remove(&self.whose);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_takes_no_more_than_their_share_and_no_class_takes_anothers() {
        let places = Places::default();
        let li = || Class::Question("li".into());
        let mut taken: Vec<_> = (0..OF_ONE_PERSON).map(|_| places.take(li()).unwrap()).collect();
        assert_eq!(places.take(li()).unwrap_err().code(), "busy");
        taken.push(places.take(Class::Command("li".into())).unwrap());
        taken.extend(
            (OF_ONE_PERSON..QUESTIONS_AT_ONCE)
                .map(|n| places.take(Class::Question(n.to_string())).unwrap()),
        );
        assert_eq!(places.take(Class::Question("wang".into())).unwrap_err().code(), "busy");
        taken.push(places.take(Class::Command("wang".into())).unwrap());
        taken.push(places.take(Class::File).unwrap());
        taken.push(places.take(Class::Open([10, 0, 0, 1].into())).unwrap());
        drop(taken);
        assert!(places.shares.lock().unwrap().is_empty());
        assert!(places.take(li()).is_ok());
    }
}
