//! What stands before the servers in operation: a balancer that asks each whether it lives, leads newcomers to
//! those that do, and breaks off the links to one that does not.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::time::{MissedTickBehavior, interval, timeout};

/// Between two questions to a server, as a packaged balancer asks by default.
const ASK_EVERY: Duration = Duration::from_millis(500);
/// Longest wait for its answer, and for it to take a connection.
const ANSWER_WAIT: Duration = Duration::from_secs(1);
/// A connection that lives so long leads to a server; none speaks before its guest.
const BREAKS_OFF_WITHIN: Duration = Duration::from_millis(30);
/// Questions without an answer after which it is taken out.
const OUT_AFTER: u32 = 2;

/// A balancer.
#[derive(Debug)]
pub(crate) struct Front {
    pub(crate) address: SocketAddr,
    places: Arc<Places>,
}

#[derive(Debug)]
struct Places {
    servers: Vec<Place>,
}

#[derive(Debug)]
struct Place {
    address: SocketAddr,
    lives: watch::Sender<bool>,
    /// Connections led there, links among them.
    open: AtomicUsize,
    /// Links that carried an answer of the server.
    links: AtomicUsize,
    /// Each word makes one link leave.
    leave: Notify,
}

impl Front {
    /// A balancer before these doors.
    pub(crate) async fn before(servers: &[SocketAddr]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let place = |address: &SocketAddr| Place {
            address: *address,
            lives: watch::Sender::new(true),
            open: AtomicUsize::new(0),
            links: AtomicUsize::new(0),
            leave: Notify::new(),
        };
        let servers: Vec<Place> = servers.iter().map(place).collect();
        let places = Arc::new(Places { servers });
        for index in 0..places.servers.len() {
            tokio::spawn(watch_over(places.clone(), index));
        }
        let inside = places.clone();
        tokio::spawn(async move {
            while let Ok((guest, _)) = listener.accept().await {
                tokio::spawn(lead(guest, inside.clone()));
            }
        });
        Self { address, places }
    }

    /// Links through which a server has answered, all servers together.
    pub(crate) fn links(&self) -> usize {
        self.places.servers.iter().map(|place| place.links.load(Ordering::SeqCst)).sum()
    }

    /// Whether every server has links, none far more than its share.
    pub(crate) fn is_even(&self) -> bool {
        let share = self.share();
        let mut links = self.places.servers.iter().map(|place| place.links.load(Ordering::SeqCst));
        links.all(|links| links <= share + share / 2 && links > 0)
    }

    /// Breaks off what a server has beyond its share of the links, so that they come back where there are fewer: one
    /// that nobody is linked to would be broken in vain.
    pub(crate) fn spread(&self) {
        let share = self.share();
        for place in &self.places.servers {
            for _ in share..place.links.load(Ordering::SeqCst) {
                place.leave.notify_one();
            }
        }
    }

    fn share(&self) -> usize {
        self.links().div_ceil(self.places.servers.len())
    }
}

async fn watch_over(places: Arc<Places>, index: usize) {
    let place = &places.servers[index];
    let mut ticks = interval(ASK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut unanswered = 0;
    loop {
        ticks.tick().await;
        let answers = matches!(timeout(ANSWER_WAIT, ask(place.address)).await, Ok(Ok(true)));
        unanswered = if answers { 0 } else { unanswered + 1 };
        let lives = unanswered < OUT_AFTER;
        place.lives.send_if_modified(|was| std::mem::replace(was, lives) != lives);
    }
}

async fn ask(server: SocketAddr) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect(server).await?;
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: helan\r\nConnection: close\r\n\r\n").await?;
    let mut first = [0; 12];
    stream.read_exact(&mut first).await?;
    Ok(&first == b"HTTP/1.1 200")
}

async fn lead(mut guest: TcpStream, places: Arc<Places>) {
    let mut order: Vec<&Place> = places.servers.iter().collect();
    order.sort_by_key(|place| place.open.load(Ordering::SeqCst));
    // Each server once, the least busy first; a guest that none takes is sent away.
    for place in order.into_iter().filter(|place| *place.lives.borrow()) {
        let _open = Counted::one(&place.open);
        if let Ok(Some(host)) = timeout(ANSWER_WAIT, connect(place.address)).await {
            let mut lives = place.lives.subscribe();
            tokio::select! {
                () = carry(&mut guest, host, place) => {}
                _ = lives.wait_for(|lives| !*lives) => {}
            }
            return;
        }
    }
}

/// Connects; nothing when the server is not there. A door cannot refuse a connection as a dead server's machine
/// does, but breaks it off at once.
async fn connect(server: SocketAddr) -> Option<TcpStream> {
    let stream = TcpStream::connect(server).await.ok()?;
    let ended = timeout(BREAKS_OFF_WITHIN, stream.peek(&mut [0])).await;
    ended.is_err().then_some(stream)
}

async fn carry(guest: &mut TcpStream, mut host: TcpStream, place: &Place) {
    let _ = (guest.set_nodelay(true), host.set_nodelay(true));
    let mut chunk = [0; 4096];
    // The guest speaks first; with the first answer it counts as linked.
    loop {
        tokio::select! {
            read = guest.read(&mut chunk) => match read {
                Ok(bytes) if bytes > 0 && host.write_all(&chunk[..bytes]).await.is_ok() => {}
                Ok(_) | Err(_) => return,
            },
            readable = host.readable() => {
                if readable.is_ok() {
                    break;
                }
                return;
            }
        }
    }
    if !matches!(host.peek(&mut chunk).await, Ok(bytes) if chunk[..bytes].starts_with(b"HTTP/1.1 101"))
    {
        let _ = copy_bidirectional(guest, &mut host).await;
        return;
    }
    let _linked = Counted::one(&place.links);
    tokio::select! {
        _ = copy_bidirectional(guest, &mut host) => {}
        () = place.leave.notified() => {}
    }
}

/// Counts a connection for as long as it lives.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn one(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
