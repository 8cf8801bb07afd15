//! Content negotiation: whether an asker takes gzip, by RFC 9110.

use axum::http::{HeaderMap, header};

/// Whether the asker takes gzip: named with a weight above nought, or covered by `*` and not named.
pub(super) fn accepts_gzip(asked: &HeaderMap) -> bool {
    let lines = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    let mut any = None;
    let mut named = None;
    for coding in lines.flat_map(|line| line.split(',')) {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let takes = is_above_nought(weight);
        match name.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => named = Some(takes),
            "*" => any = Some(takes),
            _ => {}
        }
    }
    named.or(any).unwrap_or(false)
}

/// A weight that cannot be read asks for nothing.
fn is_above_nought(parameters: &str) -> bool {
    let weight = parameters
        .split(';')
        .find_map(|it| it.trim().to_ascii_lowercase().strip_prefix("q=").map(str::to_owned));
    weight.is_none_or(|weight| weight.trim().parse::<f32>().is_ok_and(|weight| weight > 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read() {
        let cases = [
            ("gzip", true),
            ("br, GZIP;q=0.5", true),
            ("x-gzip", true),
            ("*", true),
            ("*;q=0.1, br", true),
            ("", false),
            ("br", false),
            ("gzip;q=0", false),
            ("gzip; q=0.000", false),
            ("*, gzip;q=0", false),
            ("identity;q=1, *;q=0", false),
            ("gzip;q=often", false),
        ];
        for (asked, takes) in cases {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, asked.parse().unwrap())]);
            assert_eq!(accepts_gzip(&headers), takes, "{asked}");
        }
        assert!(!accepts_gzip(&HeaderMap::new()));
    }
}
