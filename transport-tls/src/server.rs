//! The end that links are opened to: its certificate, whose certificates it believes, and both anew when the files change.

use crate::Facts;
use crate::files::{ServerFiles, TlsProblem};
use crate::parts::{Believes, Shown, config};
use crate::times::ClockOf;
use rustls::ServerConfig;
use rustls::pki_types::CertificateDer;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What is in use.
#[derive(Clone)]
struct InUse {
    config: Arc<ServerConfig>,
    shown: Arc<Shown>,
    believes: Arc<Believes>,
    editions: Editions,
    problems: Vec<String>,
}

impl InUse {
    /// Shows what was read, if it is new; gives why it cannot.
    fn show(&mut self, read: Result<Shown, TlsProblem>) -> Option<TlsProblem> {
        match read {
            Ok(shown) if shown.is_as(&self.shown) => None,
            Ok(shown) => {
                self.shown = Arc::new(shown);
                self.editions.shown += 1;
                None
            }
            Err(problem) => Some(problem),
        }
    }

    /// Believes what was read, if it is new; gives why it cannot.
    fn believe(&mut self, read: Result<Believes, TlsProblem>) -> Option<TlsProblem> {
        match read {
            Ok(believes) if believes.is_as(&self.believes) => None,
            Ok(believes) => {
                self.believes = Arc::new(believes);
                self.editions.believed += 1;
                None
            }
            Err(problem) => Some(problem),
        }
    }
}

/// How often each half was loaded; each rises by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Editions {
    /// The server's own certificate.
    pub shown: u64,
    /// The vehicles' authority and its list.
    pub believed: u64,
}

/// How the certificate stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What the certificate in use says.
    pub own: Facts,
    /// Whether others on this machine may read the key in use.
    pub key_is_open: bool,
    /// Why what the files hold now is not in use, where it is not: a sentence for each half.
    pub problems: Vec<String>,
    /// How often something was loaded.
    pub editions: Editions,
}

/// What a look at the files found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookedAgain {
    /// The same as before.
    Unchanged,
    /// Something else, which is in use now.
    Loaded,
}

/// A server's TLS, which outlives its certificates.
pub struct ServerTls {
    files: ServerFiles,
    clock: ClockOf,
    in_use: Mutex<InUse>,
}

impl std::fmt::Debug for ServerTls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServerTls").field("files", &self.files).finish_non_exhaustive()
    }
}

impl ServerTls {
    /// Reads the files.
    ///
    /// # Errors
    /// Which file cannot be used, why, and what is expected. A certificate that has ended or not begun is taken all the
    /// same: a server that does not start helps nobody, and its standing tells.
    pub fn open(files: ServerFiles, clock: ClockOf) -> Result<Self, TlsProblem> {
        let (shown, believes) = (Shown::load(&files)?, Believes::load(&files)?);
        let in_use = InUse {
            config: Arc::new(config(&files, &shown, &believes, &clock)?),
            shown: Arc::new(shown),
            believes: Arc::new(believes),
            editions: Editions { shown: 1, believed: 1 },
            problems: Vec::new(),
        };
        Ok(Self { files, clock, in_use: Mutex::new(in_use) })
    }

    /// The configuration for a new connection.
    pub fn config(&self) -> Arc<ServerConfig> {
        self.lock().config.clone()
    }

    /// How the certificate stands.
    pub fn standing(&self) -> Standing {
        let in_use = self.lock();
        Standing {
            own: in_use.shown.facts.clone(),
            key_is_open: in_use.shown.key_is_open,
            problems: in_use.problems.clone(),
            editions: in_use.editions,
        }
    }

    /// Seconds since 1970, UTC, by the clock that certificates are judged by.
    pub fn now(&self) -> u64 {
        self.clock.now().0
    }

    /// Whether a vehicle's certificate, first of its chain, is believed now: signed by the authority that counts now, within
    /// its time, not revoked.
    pub fn believes(&self, chain: &[CertificateDer<'static>]) -> bool {
        let believes = self.lock().believes.clone();
        believes.chain(chain, self.now())
    }

    /// Looks at the files again and takes what changed. What cannot be used, and a certificate out of its time where the
    /// one in use is within it, changes nothing: the server goes on with what it has. A half that cannot be used holds up
    /// no news of the other: a broken certificate keeps nobody from being revoked.
    ///
    /// # Errors
    /// Why a half is not taken; told by [`Self::standing`] too until it is good.
    pub fn look_again(&self) -> Result<LookedAgain, TlsProblem> {
        let before = self.lock().clone();
        let now = self.now();
        let shown = Shown::load(&self.files).and_then(|shown| {
            if before.shown.facts.is_valid_at(now) && !shown.facts.is_valid_at(now) {
                let what = "it is not valid at this time".to_owned();
                let file = self.files.certificate.clone();
                return Err(TlsProblem::Unfit(file, what, "a certificate within its time"));
            }
            Ok(shown)
        });
        let believes = Believes::load(&self.files);
        let mut next = before.clone();
        let problems: Vec<TlsProblem> =
            [next.show(shown), next.believe(believes)].into_iter().flatten().collect();
        let is_new = next.editions != before.editions;
        if is_new {
            next.config = Arc::new(config(&self.files, &next.shown, &next.believes, &self.clock)?);
        }
        next.problems = problems.iter().map(ToString::to_string).collect();
        *self.lock() = next;
        match problems.into_iter().next() {
            Some(problem) => Err(problem),
            None if is_new => Ok(LookedAgain::Loaded),
            None => Ok(LookedAgain::Unchanged),
        }
    }

    fn lock(&self) -> MutexGuard<'_, InUse> {
        self.in_use.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
