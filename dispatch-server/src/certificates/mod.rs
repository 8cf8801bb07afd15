//! Certificates at the doors: the server's own, which is loaded anew when its files change, and those that vehicles show.
//! Who comes in by one is decided by the doors; here stands what a certificate names and when what it opened ends.

mod shown;
mod sign_in;

pub use shown::ShownCertificate;
pub use sign_in::VehicleSignIn;

use shown::ShownTable;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use transport_tls::{CertificateDer, Facts, LookedAgain, ServerTls, facts};

/// Between two looks at the files: a revoked certificate opens nothing after so long.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Before its end a certificate is told of for so long, in seconds: thirty days, in which somebody will be at work.
const WARN_BEFORE_SECONDS: i64 = 30 * 86_400;

/// Most vehicles named in one warning.
const MOST_NAMED: usize = 5;

/// The certificates of one server.
#[derive(Debug)]
pub struct Certificates {
    tls: Arc<ServerTls>,
    shown: Mutex<ShownTable>,
}

impl Certificates {
    /// Over what was loaded from the files.
    pub fn new(tls: ServerTls) -> Self {
        Self { tls: Arc::new(tls), shown: Mutex::default() }
    }

    /// What connections are encrypted with.
    pub fn tls(&self) -> &Arc<ServerTls> {
        &self.tls
    }

    /// What a certificate names that is the first of its chain; nothing when it names no vehicle, or is not believed now:
    /// ended, not begun, revoked since the connection began, or of an authority that counts no more.
    pub fn shown(&self, chain: &Arc<[CertificateDer<'static>]>) -> Option<ShownCertificate> {
        let vehicle = facts(chain.first()?)?.vehicle?;
        // Remembered first and judged then: a list that comes between the two is held against it by one of them.
        let shown = self.lock().hold(vehicle, chain);
        self.tls.believes(chain).then_some(shown)
    }

    /// Looks at the files again and again until `stop`; ends what a certificate opened that was revoked or has ended.
    pub async fn keep(self: Arc<Self>, stop: CancellationToken) {
        let mut looks = interval(LOOK_EVERY);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut told, mut believed) = (String::new(), 0);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = looks.tick() => {}
            }
            let certificates = self.clone();
            // Files and thousands of signatures hold up no other task.
            let looked = tokio::task::spawn_blocking(move || certificates.look(believed)).await;
            believed = looked.unwrap_or(believed);
            let warnings = self.warnings().join("; ");
            if warnings != told {
                if !warnings.is_empty() {
                    tracing::warn!(what = warnings, "certificates");
                }
                told = warnings;
            }
        }
    }

    /// Looks at the files, and ends what was opened by certificates that are over. All are judged anew when whom to believe
    /// has changed since the edition that was held against them last; gives the edition now.
    fn look(&self, judged_by: u64) -> u64 {
        match self.tls.look_again() {
            Ok(LookedAgain::Loaded) => tracing::info!("new certificates are in use"),
            // What is wrong with the files is among the warnings.
            Ok(LookedAgain::Unchanged) | Err(_) => {}
        }
        let believed = self.tls.standing().editions.believed;
        let now = i64::try_from(self.tls.now()).unwrap_or(i64::MAX);
        let all = self.lock().all();
        let over = all.into_iter().filter(|(chain, ends)| {
            *ends < now || believed != judged_by && !self.tls.believes(chain)
        });
        let over: Vec<_> = over.map(|(chain, _)| chain).collect();
        for vehicle in self.lock().end(&over) {
            tracing::warn!(
                vehicle,
                "the vehicle's certificate is over: revoked, ended or of an authority of before"
            );
        }
        believed
    }

    /// Seconds until the server's own certificate ends; below zero when it has.
    pub fn own_seconds_left(&self) -> i64 {
        seconds_left(&self.tls.standing().own, self.tls.now())
    }

    /// What somebody should do something about, a sentence each.
    pub fn warnings(&self) -> Vec<String> {
        let (standing, now) = (self.tls.standing(), self.tls.now());
        let mut warnings = Vec::new();
        let left = seconds_left(&standing.own, now);
        let days = left / 86_400;
        if left < 0 {
            warnings.push("the server's certificate has ended: nobody can link any more".into());
        } else if !standing.own.is_valid_at(now) {
            warnings.push("the server's certificate has not begun yet".to_owned());
        } else if left < WARN_BEFORE_SECONDS {
            warnings.push(format!("the server's certificate ends in {days} days"));
        }
        for problem in standing.problems {
            warnings.push(format!("what the files hold is not in use: {problem}"));
        }
        if standing.key_is_open {
            let what = "others on this machine may read the server's private key; chmod 600 keeps it to its owner";
            warnings.push(what.to_owned());
        }
        let before = i64::try_from(now).unwrap_or(i64::MAX).saturating_add(WARN_BEFORE_SECONDS);
        let ending = self.lock().ending(before);
        if !ending.is_empty() {
            let named = ending.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
            let more = ending.len().saturating_sub(MOST_NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            warnings.push(format!("vehicles' certificates end within 30 days: {named}{more}"));
        }
        warnings
    }

    fn lock(&self) -> MutexGuard<'_, ShownTable> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn seconds_left(own: &Facts, now: u64) -> i64 {
    own.not_after.saturating_sub(i64::try_from(now).unwrap_or(i64::MAX))
}
