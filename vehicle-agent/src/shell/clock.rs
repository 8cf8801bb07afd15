//! The clocks of this machine.

use rustix::time::{ClockId, clock_gettime};
use tokio::time::{Duration, Instant};

use crate::link::Now;
use crate::machine::{random, since_1970, timer_now};

/// Longest sleep; the link is asked again after it at the latest.
const LONGEST_SLEEP: Duration = Duration::from_secs(3_600);

/// The clock that nobody sets; on Linux the one that runs on while a tablet sleeps, and counts from its
/// start.
#[cfg(target_os = "linux")]
const STEADY: ClockId = ClockId::Boottime;
#[cfg(not(target_os = "linux"))]
const STEADY: ClockId = ClockId::Monotonic;

/// Names the start of the machine from which the steady clock counts.
const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

/// Reads both clocks.
#[derive(Clone, Debug)]
pub struct Clock {
    boot: String,
}

impl Clock {
    /// The clocks, and the boot that the steady one belongs to. Where the system does not name it, each
    /// start of the program counts as one.
    pub fn start() -> Self {
        let named = std::fs::read_to_string(BOOT_ID).ok();
        let boot = named.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        Self { boot: boot.unwrap_or_else(|| format!("{:032x}", random::<u128>())) }
    }

    /// Names the boot that the steady clock belongs to.
    pub fn boot(&self) -> &str {
        &self.boot
    }

    /// This moment.
    pub fn now(&self) -> Now {
        let wall = since_1970();
        Now { wall_ms: millis(wall).cast_signed(), steady_ms: steady_ms() }
    }

    /// The instant at which the steady clock shows `steady_ms`, or an hour ahead if that is sooner.
    pub(super) fn instant(&self, steady_ms: Option<u64>) -> Instant {
        let left = steady_ms.map(|ms| Duration::from_millis(ms).saturating_sub(steady()));
        timer_now() + left.unwrap_or(LONGEST_SLEEP).min(LONGEST_SLEEP)
    }
}

/// Milliseconds of the steady clock.
pub(crate) fn steady_ms() -> u64 {
    millis(steady())
}

fn steady() -> Duration {
    let read = clock_gettime(STEADY);
    let seconds = Duration::from_secs(u64::try_from(read.tv_sec).unwrap_or(0));
    seconds + Duration::from_nanos(u64::try_from(read.tv_nsec).unwrap_or(0))
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
