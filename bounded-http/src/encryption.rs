//! TLS before the first request. The handshake counts as part of the first header: it has the same time, and gives way
//! to others as long as it lasts.

use rustls::ServerConfig;
use rustls::pki_types::CertificateDer;
use std::future::poll_fn;
use std::io;
use std::num::NonZero;
use std::pin::pin;
use std::sync::Arc;
use std::task::ready;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy, sink};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_util::sync::PollSemaphore;

/// With what each new connection is encrypted; asked for every one, so that a certificate changes without a restart.
pub type Encryption = Arc<dyn Fn() -> Arc<ServerConfig> + Send + Sync>;

/// That a request came over TLS; in the extensions of every such request.
#[derive(Clone, Debug)]
pub struct Encrypted {
    /// The certificate that the peer showed and proved to have the key of, and those that signed it; believed as the
    /// connection began. Empty when it showed none.
    pub chain: Arc<[CertificateDer<'static>]>,
}

/// The first byte of a TLS handshake.
const HANDSHAKE: u8 = 0x16;

/// Of what somebody says in the clear so much is let pass by, as long as a header may take: the largest request.
const MOST_UNHEARD_BYTES: u64 = 128 * 1024;

const SPEAK_TLS: &[u8] = b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\nThis port speaks TLS: write https:// or wss:// before its address.\n";

/// With what a listener's connections are encrypted, and how many shake hands at one moment.
pub(crate) struct Handshakes {
    encryption: Encryption,
    places: Arc<Semaphore>,
}

impl Handshakes {
    /// A handshake is a millisecond of signatures that nothing interrupts: half of the machine's threads are enough for
    /// ten thousand a minute, and the others go on with those who are in.
    pub(crate) fn new(encryption: Encryption) -> Self {
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        Self { encryption, places: Arc::new(Semaphore::new((threads / 2).max(1))) }
    }

    /// Does something only while there is a place, which is given back at each wait.
    async fn in_turn<T>(&self, shaking: impl Future<Output = T>) -> T {
        let (mut shaking, mut places) = (pin!(shaking), PollSemaphore::new(self.places.clone()));
        poll_fn(|context| {
            let _place = ready!(places.poll_acquire(context));
            shaking.as_mut().poll(context)
        })
        .await
    }
}

/// Shakes hands. Whoever speaks in the clear is told so, in the clear.
pub(crate) async fn encrypted(
    mut socket: TcpStream,
    handshakes: &Handshakes,
) -> io::Result<(TlsStream<TcpStream>, Encrypted)> {
    let mut first = [0; 1];
    if socket.peek(&mut first).await? == 1 && first[0] != HANDSHAKE {
        socket.write_all(SPEAK_TLS).await?;
        let _ = linger(socket).await;
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the peer does not speak TLS"));
    }
    let accept = TlsAcceptor::from((handshakes.encryption)()).accept(socket).into_fallible();
    let stream = match handshakes.in_turn(accept).await {
        Ok(stream) => stream,
        Err((why, socket)) => {
            let _ = linger(socket).await;
            return Err(why);
        }
    };
    let shown = stream.get_ref().1.peer_certificates().unwrap_or_default();
    let chain = shown.iter().map(|certificate| certificate.clone().into_owned()).collect();
    Ok((stream, Encrypted { chain }))
}

/// Waits until the peer has gone. A socket that is closed over what nobody read takes back what it said, and with it the
/// reason that somebody is to read.
async fn linger(mut socket: TcpStream) -> io::Result<u64> {
    socket.shutdown().await?;
    copy(&mut socket.take(MOST_UNHEARD_BYTES), &mut sink()).await
}
