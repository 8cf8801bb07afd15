//! Old positions are forgotten beside the work: a disk that fails just then keeps no new position out, loses
//! none, and the forgetting goes on by itself once it can.

use crate::faulty::{Fault, on_a_faulty_disk};
use crate::stores::{NOON, fix};
use dispatch_core::model::Timestamp;
use dispatch_desk::clock::Clock;
use dispatch_desk::database::options;
use dispatch_desk::health::Health;
use dispatch_server::history::{HISTORY_FILE, History, HistoryTask, StoredFix};
use dispatch_server::stores::{Storage, open_history};
use sqlx::ConnectOptions;
use std::path::Path;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

const KEEP_DAYS: u32 = 30;
const DAY_MILLIS: i64 = 86_400_000;
const LATER: Timestamp = Timestamp(NOON.0 + 40 * DAY_MILLIS);
const OLD: u64 = 20;

/// Which write of the forgetting meets the fault.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// It notes how far it goes.
    Begin,
    /// It deletes.
    Delete,
}

#[test]
fn old_positions_are_forgotten_once_the_disk_lets_it() {
    on_a_faulty_disk("retention::old_positions_are_forgotten_once_the_disk_lets_it", |disk| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            for fault in Fault::ALL {
                for step in [Step::Begin, Step::Delete] {
                    let folder = tempfile::tempdir().unwrap();
                    lay_down_old_positions(folder.path(), step).await;
                    let (history, task) = open(folder.path(), LATER).await;
                    disk.fails(fault, folder.path().to_str().unwrap());
                    let running = Running::start(task);
                    if !fault.stores() {
                        let mut health = history.health();
                        health.wait_for(|health| *health != Health::Working).await.unwrap();
                    }
                    disk.heals();

                    let new = StoredFix { fix_time: LATER, received_at: LATER, ..fix(OLD + 1) };
                    let stored = history.submit(vec![new]).unwrap().await.unwrap();
                    assert_eq!(stored, Ok(()), "{step:?} met a disk that is {fault:?}");
                    while count(&history).await > 1 {
                        tokio::task::yield_now().await;
                    }
                    running.stop().await;
                    let (again, _) = open(folder.path(), LATER).await;
                    assert_eq!(count(&again).await, 1, "{step:?}, {fault:?}");
                }
            }
        });
    });
}

async fn lay_down_old_positions(folder: &Path, step: Step) {
    let (history, task) = open(folder, NOON).await;
    let running = Running::start(task);
    history.submit((1..=OLD).map(fix).collect()).unwrap().await.unwrap().unwrap();
    running.stop().await;
    let mut file = options(&folder.join(HISTORY_FILE)).connect().await.unwrap();
    sqlx::query("DELETE FROM retention").execute(&mut file).await.unwrap();
    if let Step::Delete = step {
        // A round that began a moment ago goes on where it was.
        sqlx::query("INSERT INTO retention (id, first_kept, advanced_at) VALUES (1, ?, ?)")
            .bind(NOON.0 / DAY_MILLIS + 2)
            .bind(LATER.0)
            .execute(&mut file)
            .await
            .unwrap();
    }
}

async fn open(folder: &Path, now: Timestamp) -> (History, HistoryTask) {
    let storage = Storage::Embedded(folder.to_owned());
    open_history(&storage, KEEP_DAYS, Clock::by_hand(now)).await.unwrap()
}

async fn count(history: &History) -> usize {
    let (from, to) = (Timestamp(0), Timestamp(LATER.0 + 1));
    history.query(&"YC-01-1".into(), from, to, 1_000).await.unwrap().len()
}

struct Running {
    task: JoinHandle<()>,
    stop: CancellationToken,
}

impl Running {
    fn start(task: HistoryTask) -> Self {
        let stop = CancellationToken::new();
        Self { task: tokio::spawn(task.run(stop.clone())), stop }
    }

    async fn stop(self) {
        self.stop.cancel();
        self.task.await.unwrap();
    }
}
