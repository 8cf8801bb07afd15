//! To which server the next link goes: the one that was given, or one of those that a server told of, which are kept in a
//! file. Whoever fails to welcome the terminal is followed by the next, so that no terminal hangs on one address.

use std::path::{Path, PathBuf};

use tokio::task::spawn_blocking;
use tracing::{info, warn};

use super::settings::ServerUrl;
use crate::whole_file;

/// Most addresses that are kept; a region has three servers.
const MOST_TOLD: usize = 8;
/// Longest address that is kept.
const MOST_CHARS: usize = 256;

/// The servers of one vehicle.
#[derive(Debug)]
pub(super) struct Servers {
    /// The given one first, then those that were told of.
    all: Vec<ServerUrl>,
    at: usize,
    /// Whether the link that was begun last was welcomed; so that the first goes to the given one.
    is_welcomed: bool,
    path: PathBuf,
    /// As they were told, and as they lie in the file.
    told: Vec<String>,
}

impl Servers {
    /// The given one, and those that an earlier run was told of.
    pub(super) async fn read(given: ServerUrl, path: PathBuf) -> Self {
        let file = path.clone();
        let told = spawn_blocking(move || load(&file)).await.unwrap_or_default();
        let mut servers = Self { all: vec![given], at: 0, is_welcomed: true, path, told };
        servers.all.extend(servers.usable());
        servers
    }

    /// To which server the next link goes.
    pub(super) fn next(&mut self) -> &ServerUrl {
        if !std::mem::replace(&mut self.is_welcomed, false) {
            self.at = (self.at + 1) % self.all.len();
        }
        &self.all[self.at]
    }

    /// A server has welcomed this terminal; it is the next one's as well.
    pub(super) fn welcomed(&mut self) {
        self.is_welcomed = true;
    }

    /// Takes the servers that one told of, in place of those known, and keeps them. The link that stands stays.
    pub(super) async fn hear(&mut self, told: Vec<String>) {
        if told == self.told {
            return;
        }
        let current = self.all[self.at].clone();
        self.told = told;
        self.all.truncate(1);
        self.all.extend(self.usable());
        self.at = self.all.iter().position(|it| it.is_same(&current)).unwrap_or(0);
        info!(servers = self.all.len(), "the server told which servers there are");
        let (path, kept) = (self.path.clone(), self.told.clone());
        match spawn_blocking(move || save(&path, &kept)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => warn!(%error, "the list of servers is not stored"),
            // The runtime ends.
            Err(_) => {}
        }
    }

    /// Those that are encrypted as the given one is, and believed by the same certificates. Nothing that is told takes a
    /// key from an encrypted line onto one in the clear.
    fn usable(&self) -> Vec<ServerUrl> {
        let given = &self.all[0];
        let mut usable: Vec<ServerUrl> = Vec::new();
        for text in self.told.iter().filter(|it| it.len() <= MOST_CHARS).take(MOST_TOLD) {
            match given.beside(text) {
                Some(url) if url.is_same(given) || usable.iter().any(|it| it.is_same(&url)) => {}
                Some(url) => usable.push(url),
                None => warn!(
                    server = text,
                    "a server that was told of is not used: no address, or encrypted otherwise"
                ),
            }
        }
        usable
    }
}

/// Where the list of an outbox lies.
pub fn servers_of_outbox(outbox: &Path) -> PathBuf {
    whole_file::beside(outbox, ".servers")
}

/// A list that cannot be read is none; the next welcome brings it again.
fn load(path: &Path) -> Vec<String> {
    let most = MOST_TOLD * (MOST_CHARS + 8);
    let is_small = std::fs::metadata(path).is_ok_and(|it| it.is_file() && it.len() <= most as u64);
    let text = is_small.then(|| std::fs::read_to_string(path).ok()).flatten();
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

fn save(path: &Path, told: &[String]) -> std::io::Result<()> {
    whole_file::replace(path, serde_json::to_string(told)?.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn given(path: &Path) -> Servers {
        let given = "wss://one.example/ws/agent".parse().expect("an address");
        Servers::read(given, servers_of_outbox(path)).await
    }

    fn host(servers: &mut Servers) -> String {
        servers.next().authority().to_owned()
    }

    fn list(urls: &[&str]) -> Vec<String> {
        urls.iter().map(|url| (*url).to_owned()).collect()
    }

    #[tokio::test]
    async fn one_that_does_not_welcome_is_followed_by_the_next_and_the_list_outlives_a_restart() {
        let folder = tempfile::tempdir().expect("a folder");
        let outbox = folder.path().join("outbox.db");
        let mut servers = given(&outbox).await;
        assert_eq!([host(&mut servers), host(&mut servers)], ["one.example", "one.example"]);
        let told = [
            "wss://two.example/ws/agent",
            "wss://one.example/ws/agent",
            "wss://three.example:8443/ws/agent",
        ];
        servers.hear(list(&told)).await;
        servers.welcomed();
        let tried: Vec<String> = (0..4).map(|_| host(&mut servers)).collect();
        assert_eq!(tried, ["one.example", "two.example", "three.example:8443", "one.example"]);
        let mut again = given(&outbox).await;
        assert_eq!(host(&mut again), "one.example", "the given one first");
        assert_eq!(host(&mut again), "two.example");
        again.welcomed();
        assert_eq!(host(&mut again), "two.example", "it stays where it is welcome");
        again.hear(list(&["wss://two.example/ws/agent"])).await;
        again.welcomed();
        assert_eq!(host(&mut again), "two.example");
    }

    #[tokio::test]
    async fn nothing_that_is_told_leads_into_the_clear_or_fills_the_terminal() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut servers = given(&folder.path().join("outbox.db")).await;
        let long = format!("wss://{}.example/ws/agent", "x".repeat(300));
        let odd = ["ws://two.example/ws/agent", "http://three.example", "", "wss://", &long];
        servers.hear(list(&odd)).await;
        assert_eq!(servers.all.len(), 1);
        let many: Vec<String> = (0..100).map(|n| format!("wss://s{n}.example/ws/agent")).collect();
        servers.hear(many).await;
        assert_eq!(servers.all.len(), 1 + MOST_TOLD);
    }

    #[tokio::test]
    async fn a_torn_list_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let outbox = folder.path().join("outbox.db");
        std::fs::write(servers_of_outbox(&outbox), r#"["wss://two.exa"#).expect("a file");
        assert_eq!(given(&outbox).await.all.len(), 1);
    }
}
