//! The address of the Redis that servers share.

use std::fmt;
use std::str::FromStr;

/// The address of a Redis, such as `redis://:secret@cache:6379`, or `rediss://` over TLS. Never shows its password.
#[derive(Clone)]
pub struct RedisAddress {
    client: redis::Client,
}

/// An address that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is no address of a Redis, such as redis://127.0.0.1:6379 ({0})")]
pub struct BadRedisAddress(String);

impl RedisAddress {
    /// The same, believing only what one of these authorities signed.
    ///
    /// # Errors
    /// For an address that is not encrypted.
    pub fn believing(&self, authorities_pem: Vec<u8>) -> Result<Self, BadRedisAddress> {
        let told = |why: redis::RedisError| BadRedisAddress(why.to_string());
        let info = self.client.get_connection_info().clone();
        if !matches!(info.addr(), redis::ConnectionAddr::TcpTls { .. }) {
            let what = "it is not encrypted, so an authority means nothing; write rediss://";
            return Err(BadRedisAddress(what.to_owned()));
        }
        let certificates =
            redis::TlsCertificates { client_tls: None, root_cert: Some(authorities_pem) };
        let client = redis::Client::build_with_tls(info, certificates).map_err(told)?;
        Ok(Self { client })
    }

    pub(super) fn client(&self) -> &redis::Client {
        &self.client
    }
}

impl FromStr for RedisAddress {
    type Err = BadRedisAddress;

    fn from_str(address: &str) -> Result<Self, BadRedisAddress> {
        let client =
            redis::Client::open(address).map_err(|why| BadRedisAddress(why.to_string()))?;
        Ok(Self { client })
    }
}

impl fmt::Debug for RedisAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.client.get_connection_info().addr())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_checked_and_keeps_its_password_to_itself() {
        let address: RedisAddress = "redis://:secret@10.0.0.7:6380/2".parse().unwrap();
        assert_eq!(format!("{address:?}"), "10.0.0.7:6380");
        let encrypted: RedisAddress = "rediss://:secret@cache.example:6380".parse().unwrap();
        assert_eq!(format!("{encrypted:?}"), "cache.example:6380");
        for wrong in ["", "cache:6379", "http://cache"] {
            let refused = wrong.parse::<RedisAddress>().unwrap_err();
            assert!(refused.to_string().starts_with("it is no address of a Redis"), "{refused}");
        }
    }
}
