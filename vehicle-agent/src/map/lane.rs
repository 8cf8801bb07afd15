//! When the map is asked for: while the link stands and no press is on its way, seldom, and never by all terminals at once.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tracing::debug;

use super::{MapAnswer, MapKeeper};
use crate::link::{LinkPhase, ScreenState};
use crate::machine::random;

type Pictures = watch::Receiver<Arc<ScreenState>>;

/// Questions of many terminals whose centre comes back are spread over this time: ten thousand make a thousand a second,
/// of which all but the first are answered in one packet.
pub const SPREAD: Duration = Duration::from_secs(10);
/// A region changes when its server starts anew, some times a year.
const AFTER_ANSWER: Duration = Duration::from_secs(6 * 3_600);
/// A server without a map has one after its next upgrade.
const AFTER_NOTHING: Duration = Duration::from_secs(24 * 3_600);
/// After a press went first.
const AFTER_GIVING_WAY: Duration = Duration::from_secs(30);
/// After a failure, twice as long after each further one.
const AFTER_FAILURE: Duration = Duration::from_secs(60);
const AFTER_FAILURES: Duration = Duration::from_secs(3_600);

/// Keeps the map up until `stopping` is called or the session ends; each question waits a part of `spread` by chance.
pub async fn keep_up(
    mut keeper: MapKeeper,
    pictures: Pictures,
    spread: Duration,
    stopping: CancellationToken,
) {
    stopping.run_until_cancelled_owned(go(&mut keeper, pictures, spread)).await;
}

async fn go(keeper: &mut MapKeeper, mut pictures: Pictures, spread: Duration) {
    keeper.load().await;
    let mut after_failure = AFTER_FAILURE;
    loop {
        tokio::time::sleep(spread.mul_f64(random::<f64>())).await;
        if pictures.wait_for(|picture| !is_busy(picture)).await.is_err() {
            return;
        }
        let answered = tokio::select! {
            answered = keeper.ask() => Some(answered),
            gone = pictures.wait_for(is_busy) => match gone {
                Ok(_) => None,
                Err(_) => return,
            },
        };
        let wait = match answered {
            Some(Ok(answer)) => {
                let wait = if answer == MapAnswer::Nothing { AFTER_NOTHING } else { AFTER_ANSWER };
                keeper.take(answer).await;
                after_failure = AFTER_FAILURE;
                wait
            }
            Some(Err(error)) => {
                // A link that fails says so itself, and where it does not nobody needs to act.
                debug!("failed to {error}");
                let wait = after_failure;
                after_failure = (2 * after_failure).min(AFTER_FAILURES);
                wait
            }
            None => AFTER_GIVING_WAY,
        };
        tokio::time::sleep(wait).await;
    }
}

/// Whether the line belongs to others: there is none, or a press is on its way.
fn is_busy(picture: &Arc<ScreenState>) -> bool {
    picture.link != LinkPhase::Online || picture.waiting_commands > 0
}
