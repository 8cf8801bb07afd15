//! Releases of the programs that speak to the server.

/// This server's release.
const OWN: &str = env!("CARGO_PKG_VERSION");

/// Whether a program, told as its name and version, is of an earlier release than this server. What tells no version
/// cannot be judged, and is not.
pub(crate) fn is_outdated(software: &str) -> bool {
    let told = software.split_whitespace().find_map(version);
    told.zip(version(OWN)).is_some_and(|(told, own)| told < own)
}

fn version(word: &str) -> Option<[u64; 3]> {
    let parts: Result<Vec<u64>, _> = word.split('.').map(str::parse).collect();
    parts.ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_release_is_outdated_and_what_tells_none_is_not() {
        assert!(is_outdated("vehicle-agent 0.0.9"));
        assert!(!is_outdated(&format!("vehicle-agent {OWN}")));
        assert!(!is_outdated("vehicle-agent 999.0.0"));
        assert!(!is_outdated("another maker's"));
        assert!(!is_outdated(""));
    }
}
