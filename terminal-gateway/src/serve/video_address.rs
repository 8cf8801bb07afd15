//! Where terminals are told to send pictures of their cameras.

use std::str::FromStr;

/// A host and a port as terminals reach them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VideoAddress {
    /// A name or an address; one of IPv6 without brackets.
    pub host: String,
    /// TCP port.
    pub port: u16,
}

/// A text that is no such address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no address that a terminal can be told; write host:port, as 10.1.2.3:8810 or video.example.org:8810"
)]
pub struct VideoAddressError(String);

impl FromStr for VideoAddress {
    type Err = VideoAddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || VideoAddressError(text.to_owned());
        let (host, port) = text.rsplit_once(':').ok_or_else(wrong)?;
        let host = host.strip_prefix('[').and_then(|it| it.strip_suffix(']')).unwrap_or(host);
        let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-:".contains(&byte);
        // A terminal is told its length in one byte.
        let fits = (1..=usize::from(u8::MAX)).contains(&host.len()) && host.bytes().all(is_host);
        match port.parse() {
            Ok(port) if fits && port > 0 => Ok(VideoAddress { host: host.to_owned(), port }),
            Ok(_) | Err(_) => Err(wrong()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_and_a_port_are_an_address_and_nothing_else() {
        let of = |text: &str| text.parse::<VideoAddress>().map(|it| (it.host, it.port));
        assert_eq!(of("10.1.2.3:8810"), Ok(("10.1.2.3".to_owned(), 8_810)));
        assert_eq!(of("[fd00::1]:1"), Ok(("fd00::1".to_owned(), 1)));
        assert_eq!(of("video.example.org:65535"), Ok(("video.example.org".to_owned(), 65_535)));
        let long = format!("{}:1", "a".repeat(256));
        for wrong in ["", "10.1.2.3", ":8810", "a:0", "a:65536", "a b:1", "http://a:1", &long] {
            let said = of(wrong).expect_err(wrong).to_string();
            assert!(said.contains("write host:port"), "{said}");
        }
    }
}
