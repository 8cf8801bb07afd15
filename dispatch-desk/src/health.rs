//! How a part of the server is, for those who show it: consoles, `/readyz`, metrics.

use tokio::sync::watch;

/// Failures in a row after which a part counts as down rather than degraded: one may be chance, three
/// are not.
const DOWN_AFTER: u32 = 3;

/// How a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// Works.
    Working,
    /// Failed just now; being tried again.
    Degraded,
    /// Does not work.
    Down,
}

/// Counts a part's failures in a row and tells its health.
#[derive(Debug)]
pub struct HealthMonitor {
    failures: u32,
    tell: watch::Sender<Health>,
}

impl HealthMonitor {
    /// A part that works, and where others see whether it still does.
    pub fn new() -> (Self, watch::Receiver<Health>) {
        let (tell, hear) = watch::channel(Health::Working);
        (Self { failures: 0, tell }, hear)
    }

    /// Whether the last attempt went well.
    pub fn is_working(&self) -> bool {
        self.failures == 0
    }

    /// An attempt went well.
    pub fn worked(&mut self) {
        self.failures = 0;
        self.show(Health::Working);
    }

    /// An attempt failed.
    pub fn failed(&mut self) {
        self.failures = self.failures.saturating_add(1);
        self.show(if self.failures < DOWN_AFTER { Health::Degraded } else { Health::Down });
    }

    fn show(&self, health: Health) {
        self.tell.send_if_modified(|shown| std::mem::replace(shown, health) != health);
    }
}
