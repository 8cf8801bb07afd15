//! One example of each message as it goes over the wire. A changed message adds an example; the
//! old one must still be read.
//!
//! `HELAN_WRITE_GOLDEN=1` writes the files that are missing; it never changes one.

mod examples;

use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;
use std::path::PathBuf;

/// Holds a message to its file: reading the file gives the message, writing it gives the file.
pub(crate) fn hold<M: Serialize + DeserializeOwned + PartialEq + Debug>(name: &str, message: &M) {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden").join(format!("{name}.json"));
    let written = serde_json::to_string_pretty(message).expect("messages serialize") + "\n";
    if !path.exists() && std::env::var_os("HELAN_WRITE_GOLDEN").is_some() {
        std::fs::write(&path, &written).expect("the golden folder is writable");
    }
    let stored = std::fs::read_to_string(&path)
        .unwrap_or_else(|_| panic!("{name}: no golden file; write it with HELAN_WRITE_GOLDEN=1"));
    let read: M = serde_json::from_str(&stored).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(&read, message, "{name}: the file reads as something else");
    assert_eq!(stored, written, "{name}: the message is now written differently");
}
