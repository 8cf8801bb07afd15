//! From which address a request comes: the peer's, or, where the peer is a proxy of ours, the one that the
//! proxy names. Nobody else is believed, or everybody could take any address.

use super::app::App;
use crate::api_error::ApiError;
use crate::api_error::Code;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use bounded_http::Encrypted;
use std::net::{IpAddr, SocketAddr};

/// What proxies add themselves to.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// How a request came to the proxy.
const FORWARDED_PROTO: &str = "x-forwarded-proto";

/// Most addresses read of it, from the nearest backwards: nobody has more proxies in a row.
const PROXIES_MOST: usize = 10;

/// The address a request comes from.
pub(super) struct Caller(pub(in crate::http) IpAddr);

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let address = address_of(&parts.extensions, &parts.headers, app);
        Ok(Self(address.ok_or(Code::Internal)?))
    }
}

/// The address a request comes from; nothing when its connection is not known.
pub(super) fn address_of(
    extensions: &Extensions,
    headers: &HeaderMap,
    app: &App,
) -> Option<IpAddr> {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>()?;
    Some(caller(peer.0.ip(), headers, &app.settings.trusted_proxies))
}

/// Whether a request came over TLS: to this server itself, or as a trusted proxy tells.
pub(super) struct OverTls(pub(in crate::http) bool);

impl FromRequestParts<App> for OverTls {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let trusted = &app.settings.trusted_proxies;
        let is_believed = peer.is_some_and(|peer| trusted.contains(&peer.0.ip().to_canonical()));
        let told = parts.headers.get(FORWARDED_PROTO).and_then(|told| told.to_str().ok());
        let own = parts.extensions.get::<Encrypted>().is_some();
        Ok(Self(own || is_believed && told.is_some_and(|told| told.eq_ignore_ascii_case("https"))))
    }
}

fn caller(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let told = headers.get_all(FORWARDED_FOR);
    let told = told.iter().filter_map(|line| line.to_str().ok()).collect::<Vec<_>>().join(",");
    let mut caller = peer.to_canonical();
    for before in told.rsplit(',').take(PROXIES_MOST) {
        if !trusted.contains(&caller) {
            break;
        }
        let Ok(before) = before.trim().parse::<IpAddr>() else { break };
        caller = before.to_canonical();
    }
    caller
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(peer: &str, told: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in told {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        let trusted = ["10.0.0.1", "10.0.0.2"].map(|proxy| proxy.parse().unwrap());
        caller(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn a_proxy_of_ours_is_believed_and_nobody_else() {
        assert_eq!(from("10.0.0.1", &["203.0.113.7"]), "203.0.113.7");
        assert_eq!(from("203.0.113.9", &["203.0.113.7"]), "203.0.113.9");
        assert_eq!(from("10.0.0.1", &["1.1.1.1, 203.0.113.7"]), "203.0.113.7");
        assert_eq!(from("10.0.0.1", &["1.1.1.1", "203.0.113.7, 10.0.0.2"]), "203.0.113.7");
        assert_eq!(from("::ffff:10.0.0.1", &["203.0.113.7"]), "203.0.113.7");
        assert_eq!(from("10.0.0.1", &["nonsense"]), "10.0.0.1");
        assert_eq!(from("10.0.0.1", &[]), "10.0.0.1");
    }
}
