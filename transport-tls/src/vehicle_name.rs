//! How a certificate names its vehicle: as a URI among its alternative names, `urn:helan:vehicle:YC-01-1`. A URI, since
//! ids may hold what no host name may; written as RFC 3986 wants it.

use std::fmt::Write as _;

const PREFIX: &str = "urn:helan:vehicle:";

/// The URI of a vehicle's id.
pub fn vehicle_uri(vehicle: &str) -> String {
    let mut uri = String::from(PREFIX);
    for byte in vehicle.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            uri.push(char::from(byte));
        } else {
            // A String takes everything.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// The name of a vehicle's files, without `.pem` or `.key`: as in its URI, since ids may hold what no file name may; a dot in
/// front would hide it.
pub fn vehicle_file_name(vehicle: &str) -> String {
    let uri = vehicle_uri(vehicle);
    let name = uri.strip_prefix(PREFIX).unwrap_or_default();
    name.strip_prefix('.').map_or_else(|| name.to_owned(), |rest| format!("%2E{rest}"))
}

/// The vehicle's id of such a URI; nothing when it is another one.
pub fn vehicle_of(uri: &str) -> Option<String> {
    let mut rest = uri.strip_prefix(PREFIX)?.bytes();
    let mut id = Vec::new();
    while let Some(byte) = rest.next() {
        let plain = match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                let digits = std::str::from_utf8(&digits).ok()?;
                let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
                u8::from_str_radix(digits, 16).ok().filter(|_| is_hex)?
            }
            other => other,
        };
        id.push(plain);
    }
    String::from_utf8(id).ok().filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_comes_back_and_nothing_else_is_one() {
        for id in ["YC-01-1", "银川-1", "a b%c:d/é", "%41"] {
            assert_eq!(vehicle_of(&vehicle_uri(id)).as_deref(), Some(id));
        }
        assert_eq!(vehicle_uri("YC-01-1"), "urn:helan:vehicle:YC-01-1");
        let names = ["YC-01-1", "../银", ".a"].map(vehicle_file_name);
        assert_eq!(names, ["YC-01-1", "%2E.%2F%E9%93%B6", "%2Ea"]);
        for other in [
            "",
            "urn:helan:vehicle:",
            "urn:helan:server:a",
            "urn:helan:vehicle:%4",
            "urn:helan:vehicle:%+1",
            "urn:helan:vehicle:%ff",
        ] {
            assert_eq!(vehicle_of(other), None, "{other}");
        }
    }
}
