//! Connections over which terminals bring pictures of their cameras: JT/T 1078 over TCP. Nobody says there who he is but
//! by a number and a channel, so that only what is wanted at this moment is taken, and everybody else is let go soon.

use super::accept::accept;
use super::camera::{Media, Taken};
use super::gateway::Gateway;
use crate::jt808::frame::TerminalNumber;
use crate::jt1078::{Assembled, FrameAssembler, Packet, PacketSplitter};
use crate::picture::Rate;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::debug;
use vehicle_agent::machine::timer_now;
use wire_protocol::picture::PictureEnd;

/// Connections at one time: those of all pictures, and others that have not shown yet what they bring.
const MOST_CONNECTIONS: usize = 128;
/// A connection that brings nothing that is wanted ends after so long, and after so many bytes.
const STRANGER_FOR: Duration = Duration::from_secs(10);
const STRANGER_BYTES: usize = 8 * 1_024;
/// Bytes read at one time; packets are under a thousand.
const READ_BYTES: usize = 8 * 1_024;

/// Takes connections until the gateway stops.
pub(super) async fn listen(gateway: Arc<Gateway>, listener: TcpListener) {
    accept(gateway, listener, MOST_CONNECTIONS, "pictures", run).await;
}

async fn run(gateway: Arc<Gateway>, stream: TcpStream, from: SocketAddr) {
    let why = serve(&gateway, stream).await;
    debug!(%from, why, "a connection for media ends");
}

/// What a connection brings, once that is known.
struct Wanted {
    number: TerminalNumber,
    channel: u8,
    taken: Taken,
    /// The terminal is bound no more, or in another way.
    unbound: CancellationToken,
}

struct Connection<'a> {
    gateway: &'a Gateway,
    splitter: PacketSplitter,
    assembler: FrameAssembler,
    wanted: Option<Wanted>,
    rate: Rate,
    began: Instant,
    /// Bytes before it showed what it brings.
    stranger_bytes: usize,
}

/// Serves a connection; gives why it ends.
async fn serve(gateway: &Gateway, mut stream: TcpStream) -> &'static str {
    let began = timer_now();
    let mut connection = Connection {
        gateway,
        splitter: PacketSplitter::default(),
        assembler: FrameAssembler::default(),
        wanted: None,
        rate: Rate::default(),
        began,
        stranger_bytes: 0,
    };
    let mut bytes = vec![0; READ_BYTES];
    loop {
        let is_stranger = connection.wanted.is_none();
        let read = tokio::select! {
            biased;
            () = gateway.stop.cancelled() => return "the gateway stops",
            why = over(connection.wanted.as_ref()) => return why,
            () = tokio::time::sleep_until(began + STRANGER_FOR), if is_stranger => {
                return "it brings nothing that is wanted";
            }
            read = stream.read(&mut bytes) => read,
        };
        let Some(count) = read.ok().filter(|count| *count > 0) else {
            connection.tell(Media::Closed).await;
            return "the terminal closed it";
        };
        match connection.came(&bytes[..count]) {
            Came::Well => {}
            Came::Unwanted => return "it brings nothing that is wanted",
            Came::Ended(reason) => {
                connection.tell(Media::Ended(reason)).await;
                return "what it brings cannot be shown";
            }
        }
    }
}

/// How bytes were taken.
enum Came {
    Well,
    Unwanted,
    Ended(PictureEnd),
}

impl Connection<'_> {
    fn came(&mut self, bytes: &[u8]) -> Came {
        let now_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let is_within = self.rate.take(bytes.len(), now_ms);
        let (gateway, assembler, wanted) = (self.gateway, &mut self.assembler, &mut self.wanted);
        let (mut came, mut assembled) = (Came::Well, Vec::new());
        let is_known = |number: &TerminalNumber| gateway.terminal(number).is_some();
        self.splitter.push(bytes, &is_known, &mut |packet| {
            if wanted.is_none() {
                *wanted = wanted_now(gateway, packet);
            }
            match wanted {
                Some(it) if (it.number, it.channel) == (packet.number, packet.channel) => {
                    assembled.push(assembler.take(packet));
                }
                // Another camera on the same connection.
                Some(_) => {}
                None => came = Came::Unwanted,
            }
        });
        if self.wanted.is_none() {
            self.stranger_bytes += bytes.len();
            let is_too_much = self.stranger_bytes > STRANGER_BYTES;
            return if is_too_much { Came::Unwanted } else { came };
        }
        if !is_within {
            return Came::Ended(PictureEnd::TooLarge);
        }
        for it in assembled {
            match it {
                Assembled::Waits => {}
                Assembled::Frame(frame) => {
                    if let Some(wanted) = &mut self.wanted {
                        wanted.taken.pass_on(frame);
                    }
                }
                Assembled::OtherCodec => return Came::Ended(PictureEnd::OtherCodec),
                Assembled::TooLarge => return Came::Ended(PictureEnd::TooLarge),
            }
        }
        Came::Well
    }

    async fn tell(&self, media: Media) {
        if let Some(wanted) = &self.wanted {
            wanted.taken.tell(media).await;
        }
    }
}

/// Whether a packet is of a picture that is wanted at this moment.
fn wanted_now(gateway: &Gateway, packet: &Packet<'_>) -> Option<Wanted> {
    let (number, channel) = (packet.number, packet.channel);
    let terminal = gateway.terminal(&number)?;
    let taken = terminal.vehicle.camera.as_ref()?.take(channel)?;
    Some(Wanted { number, channel, taken, unbound: terminal.over.clone() })
}

/// Waits until what a connection brings is wanted no more; gives why.
async fn over(wanted: Option<&Wanted>) -> &'static str {
    let Some(wanted) = wanted else { return std::future::pending().await };
    tokio::select! {
        () = wanted.taken.over() => "it is wanted no more, or comes on another connection",
        () = wanted.unbound.cancelled() => "its terminal is bound in another way",
    }
}
