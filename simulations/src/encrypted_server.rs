//! The way of a simulated dispatcher to a server that encrypts: the HTTP client here speaks in the clear to a port of this
//! machine, and what comes there goes on encrypted. Terminals encrypt by themselves.

use std::io;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use transport_tls::{Believed, ClientTls, ClockOf, Roots, TlsProblem};

use crate::clock::unix_millis;

/// Why an encrypted server cannot be reached.
#[derive(Debug, thiserror::Error)]
pub enum EncryptedServerError {
    /// The authorities that this machine trusts.
    #[error(transparent)]
    Tls(#[from] TlsProblem),
    /// No port of one's own.
    #[error("no port on this machine for what goes on encrypted: {0}")]
    Port(io::Error),
}

/// The address at which `server` is reached in the clear: its own, or for one with `https://` a port of this machine,
/// served for as long as the program runs. Whose certificate is believed the machine decides, or the file that
/// `SSL_CERT_FILE` names.
///
/// # Errors
/// When the machine trusts nobody, or has no port.
pub(crate) async fn in_the_clear(server: &str) -> Result<String, EncryptedServerError> {
    let Some(rest) = server.strip_prefix("https://") else { return Ok(server.to_owned()) };
    let authority = rest.split('/').next().unwrap_or_default().to_owned();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host.to_owned(),
        Some(_) | None => authority.clone(),
    };
    let target = if host == authority { format!("{authority}:443") } else { authority };
    let clock = ClockOf::new(|| (u64::try_from(unix_millis() / 1000).unwrap_or(0), Believed::Told));
    let tls = ClientTls::open(&Roots::System, None, clock)?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(EncryptedServerError::Port)?;
    let address = listener.local_addr().map_err(EncryptedServerError::Port)?;
    tokio::spawn(async move {
        // As many lines as the HTTP client of this program opens; it bounds them itself.
        while let Ok((near, _)) = listener.accept().await {
            let (tls, host, target) = (tls.clone(), host.clone(), target.clone());
            tokio::spawn(async move {
                if let Err(error) = go_on(near, &tls, &host, &target).await {
                    tracing::warn!(%error, server = target, "no encrypted line to the server");
                }
            });
        }
    });
    Ok(format!("http://{address}"))
}

async fn go_on(mut near: TcpStream, tls: &ClientTls, host: &str, target: &str) -> io::Result<()> {
    let far = TcpStream::connect(target).await?;
    far.set_nodelay(true)?;
    near.set_nodelay(true)?;
    let mut far = tls.connect(host, far).await?;
    // Either end may simply go, as browsers do.
    let _ = copy_bidirectional(&mut near, &mut far).await;
    Ok(())
}
