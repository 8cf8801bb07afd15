//! TLS before the first request: bounded like a header, and told in the clear to whoever speaks in the clear.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use axum::Router;
use axum::extract::Extension;
use axum::routing::get;
use bounded_http::{Bounds, Encrypted, Encryption, serve_encrypted};
use rustls::pki_types::{PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_util::sync::CancellationToken;

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

/// A server with a certificate of its own, and a client that believes it alone.
async fn served(bounds: Bounds) -> (SocketAddr, TlsConnector, CancellationToken) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let server = ServerConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(certificate).unwrap();
    let client = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let server = Arc::new(server);
    let encryption: Encryption = Arc::new(move || server.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let says = |Extension(over_tls): Extension<Encrypted>| async move {
        format!("certificate: {}", !over_tls.chain.is_empty())
    };
    let routes = Router::new().route("/", get(says));
    tokio::spawn(serve_encrypted(listener, routes, bounds, Some(encryption), stop.clone()));
    (address, TlsConnector::from(Arc::new(client)), stop)
}

async fn asked(address: SocketAddr, client: &TlsConnector) -> String {
    let socket = TcpStream::connect(address).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let mut stream = client.connect(name, socket).await.unwrap();
    stream.write_all(REQUEST).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn a_request_over_tls_is_answered_and_one_in_the_clear_is_told_what_to_write() {
    let (address, client, stop) = served(Bounds::default()).await;
    let answer = asked(address, &client).await;
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("certificate: false"),
        "{answer}"
    );
    let mut plain = TcpStream::connect(address).await.unwrap();
    plain.write_all(REQUEST).await.unwrap();
    let mut answer = String::new();
    plain.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("https://"), "{answer}");
    stop.cancel();
}

#[tokio::test]
async fn a_thousand_half_open_handshakes_hold_up_nobody() {
    let (address, client, stop) = served(Bounds { per_peer: 500, ..Bounds::default() }).await;
    let mut half_open = Vec::new();
    for number in 0..1_000 {
        let mut socket = TcpStream::connect(address).await.unwrap();
        // Half of them begin to speak TLS, the others say nothing.
        if number % 2 == 0 {
            let _ = socket.write_all(&[0x16, 0x03, 0x01, 0x02, 0x00, 0x01]).await;
        }
        half_open.push(socket);
    }
    assert!(asked(address, &client).await.starts_with("HTTP/1.1 200"));
    stop.cancel();
}

#[tokio::test]
async fn a_handshake_has_the_time_of_a_header() {
    let header = Duration::from_millis(300);
    let (address, client, stop) = served(Bounds { header, ..Bounds::default() }).await;
    let mut slow = TcpStream::connect(address).await.unwrap();
    slow.write_all(&[0x16, 0x03]).await.unwrap();
    let mut rest = Vec::new();
    let _ = slow.read_to_end(&mut rest).await;
    assert!(rest.is_empty(), "it was closed and not answered");
    assert!(asked(address, &client).await.starts_with("HTTP/1.1 200"));
    // A stop waits for no handshake.
    let _silent = TcpStream::connect(address).await.unwrap();
    stop.cancel();
}
