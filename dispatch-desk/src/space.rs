//! Room on the disk of the embedded store. Journal and positions share it, and positions are what fills it: they
//! stop while there is still room for years of commands.

use metrics::gauge;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Between two looks. A full link of ten thousand terminals writes some megabytes meanwhile.
const LOOK_EVERY: Duration = Duration::from_secs(5);

const GIB: u64 = 1024 * 1024 * 1024;

/// Least reserve unless set otherwise: commands of some ten years in a province.
const LEAST_RESERVE_BYTES: u64 = GIB;

/// Most reserve unless set otherwise: positions of ten days or commands of ten years. On a large disk a twentieth would
/// stop positions with room for months of them.
const MOST_RESERVE_BYTES: u64 = 4 * GIB;

/// The reserve as a part of the disk, unless set otherwise.
const DISKS_PER_RESERVE: u64 = 20;

/// On a small disk the reserve is at most this part of it.
const MOST_OF_A_SMALL_DISK: u64 = 4;

/// What is left of the reserve when only commands are recorded.
const LOWER_LINE: u64 = 4;

/// A line counts as passed upwards when there is this part more than it asks for, so that nothing stops and
/// starts again every few seconds.
const MARGIN: u64 = 4;

/// How much room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Enough.
    Ample,
    /// Less than the reserve: positions are not written. Terminals keep them and send them again.
    Short,
    /// Nearly none: only what people and crews do is recorded.
    Scarce,
}

/// How much room there is now, for those who write much.
#[derive(Clone, Debug)]
pub struct Space(watch::Receiver<Room>);

impl Space {
    /// Always enough: of a store whose disk is not ours to watch.
    pub fn unwatched() -> Self {
        Self(watch::channel(Room::Ample).1)
    }

    /// How much there is.
    pub fn room(&self) -> Room {
        *self.0.borrow()
    }

    /// Told of changes.
    pub fn changes(&self) -> watch::Receiver<Room> {
        self.0.clone()
    }
}

/// Looks at a folder's disk.
#[derive(Debug)]
pub struct SpaceWatch {
    folder: PathBuf,
    reserve_bytes: Option<u64>,
    tell: watch::Sender<Room>,
}

impl SpaceWatch {
    /// Looks once, and goes on with [`Self::run`]. Without a reserve it takes a twentieth of the disk, one GiB
    /// at least and four at most.
    pub fn begin(folder: PathBuf, reserve_bytes: Option<u64>) -> (Space, Self) {
        let (tell, hear) = watch::channel(Room::Ample);
        let watch = Self { folder, reserve_bytes, tell };
        watch.look();
        (Space(hear), watch)
    }

    /// Looks until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        loop {
            self.look();
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    }

    fn look(&self) {
        let Some((free, total)) = free_and_total(&self.folder) else { return };
        let reserve = self.reserve_bytes.unwrap_or_else(|| usual_reserve(total));
        let before = *self.tell.borrow();
        let room = room(before, free, reserve);
        gauge!("helan_disk_free_bytes").set(free as f64);
        gauge!("helan_disk_reserve_bytes").set(reserve as f64);
        gauge!("helan_disk_positions_stopped").set(f64::from(u8::from(room != Room::Ample)));
        if room == before {
            return;
        }
        let folder = self.folder.display();
        match room {
            Room::Ample => {
                tracing::info!(%folder, free, reserve, "there is room again; positions are recorded")
            }
            Room::Short => tracing::error!(
                %folder, free, reserve,
                "the disk is getting full: positions are not recorded any more, commands are; make room"
            ),
            Room::Scarce => tracing::error!(
                %folder, free, reserve,
                "the disk is nearly full: soon commands cannot be recorded either; make room at once"
            ),
        }
        self.tell.send_replace(room);
    }
}

/// Bytes that this program may still write, and all there are; nothing when the disk does not say.
fn free_and_total(folder: &Path) -> Option<(u64, u64)> {
    match rustix::fs::statvfs(folder) {
        Ok(disk) => Some((
            disk.f_bavail.saturating_mul(disk.f_frsize),
            disk.f_blocks.saturating_mul(disk.f_frsize),
        )),
        Err(error) => {
            tracing::warn!(%error, "the disk does not say how much room it has");
            None
        }
    }
}

fn usual_reserve(total: u64) -> u64 {
    let part = (total / DISKS_PER_RESERVE).clamp(LEAST_RESERVE_BYTES, MOST_RESERVE_BYTES);
    part.min(total / MOST_OF_A_SMALL_DISK)
}

fn room(before: Room, free: u64, reserve: u64) -> Room {
    let lower = reserve / LOWER_LINE;
    let is_above = |line: u64, was_below: bool| {
        free >= if was_below { line.saturating_add(line / MARGIN) } else { line }
    };
    if !is_above(lower, before == Room::Scarce) {
        Room::Scarce
    } else if !is_above(reserve, before != Room::Ample) {
        Room::Short
    } else {
        Room::Ample
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_stop_long_before_commands_and_start_again_with_a_margin() {
        let mut now = Room::Ample;
        let mut seen = Vec::new();
        for free in [1000, 400, 399, 300, 100, 99, 110, 124, 125, 400, 499, 500, 450, 0, 600] {
            now = room(now, free, 400);
            seen.push((free, now));
        }
        use Room::{Ample, Scarce, Short};
        assert_eq!(
            seen,
            [
                (1000, Ample),
                (400, Ample),
                (399, Short),
                (300, Short),
                (100, Short),
                (99, Scarce),
                (110, Scarce),
                (124, Scarce),
                (125, Short),
                (400, Short),
                (499, Short),
                (500, Ample),
                (450, Ample),
                (0, Scarce),
                (600, Ample),
            ]
        );
    }

    #[test]
    fn the_usual_reserve_is_a_twentieth_within_reason() {
        assert_eq!(usual_reserve(60 * GIB), 3 * GIB);
        assert_eq!(usual_reserve(10 * GIB), GIB);
        assert_eq!(usual_reserve(2 * GIB), GIB / 2);
        assert_eq!(usual_reserve(8_192 * GIB), 4 * GIB);
        assert_eq!(usual_reserve(0), 0);
    }

    #[test]
    fn a_reserve_of_nothing_never_stops_anything() {
        assert_eq!(room(Room::Ample, 0, 0), Room::Ample);
        assert_eq!(room(Room::Scarce, 0, 0), Room::Ample);
    }
}
