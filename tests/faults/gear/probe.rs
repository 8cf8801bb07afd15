//! Whether every server by itself takes commands.

use super::desk::{Acknowledged, consultation};
use super::person::{Person, named};
use super::{SERVERS, in_time};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Between two tries.
const TRY_EVERY: Duration = Duration::from_millis(25);

/// Has a call taken by each server, tried until it says so itself.
pub(crate) async fn until_every_server_acknowledges(person: &Person) -> Vec<Acknowledged> {
    let mut probes = JoinSet::new();
    for server in 0..SERVERS {
        probes.spawn(until_acknowledged(person.clone(), server));
    }
    in_time("every server to acknowledge", probes.join_all()).await
}

async fn until_acknowledged(mut person: Person, server: usize) -> Acknowledged {
    let began = Instant::now();
    let command_id = format!("probe-{:032x}", rand::random::<u128>());
    let centre = "yinchuan".to_owned();
    let command = named(command_id.clone(), &centre, consultation());
    loop {
        let tried_at = Instant::now();
        if let Ok(answer) = person.try_execute(server, &command).await {
            let (version, took, incident) = (answer.version, began.elapsed(), answer.incident);
            return Acknowledged { command_id, centre, version, took, tried_at, server, incident };
        }
        tokio::time::sleep(TRY_EVERY).await;
    }
}
