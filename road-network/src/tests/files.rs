//! A network survives its file; a damaged file is refused in plain words.

use super::world::{network, plans};
use crate::{FileError, RoadNetwork};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

fn saved() -> (tempfile::TempDir, std::path::PathBuf, RoadNetwork) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("town.network");
    let (network, _) = super::ground::lattice(6);
    network.save(&path).expect("writes");
    (folder, path, network)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_was_written_is_read(plan in plans()) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("world.network");
        let network = network(plan);
        network.save(&path).expect("writes");
        let again = RoadNetwork::load(&path).expect("reads");
        prop_assert_eq!(&again.parts, &network.parts);
        prop_assert_eq!(std::fs::read_dir(folder.path()).expect("lists").count(), 1);
    }
}

#[test]
fn every_flipped_byte_and_every_cut_is_noticed() {
    let (_folder, path, _) = saved();
    let whole = std::fs::read(&path).expect("reads");
    for place in (0..whole.len()).step_by(37) {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x40;
        std::fs::write(&path, &damaged).expect("writes");
        assert!(RoadNetwork::load(&path).is_err(), "byte {place}");
        std::fs::write(&path, &whole[..place]).expect("writes");
        assert!(RoadNetwork::load(&path).is_err(), "cut at {place}");
    }
}

#[test]
fn the_words_say_what_is_wrong() {
    let (_folder, path, _) = saved();
    let whole = std::fs::read(&path).expect("reads");
    let error = |bytes: &[u8]| {
        std::fs::write(&path, bytes).expect("writes");
        RoadNetwork::load(&path).unwrap_err()
    };
    assert!(matches!(error(b"GIF89a"), FileError::NotANetwork { .. }));
    let mut newer = whole.clone();
    newer[8] = 9;
    assert!(
        error(&newer).to_string().ends_with("it has format 9, this program reads 1; make it again")
    );
    assert!(matches!(error(&whole[..whole.len() - 3]), FileError::Checksum { .. }));
    std::fs::remove_file(&path).expect("removes");
    assert!(matches!(RoadNetwork::load(&path).unwrap_err(), FileError::Disk { .. }));
}

#[test]
fn a_file_made_to_fool_the_checksum_still_cannot_crash_the_reader() {
    let (_folder, path, _) = saved();
    let whole = std::fs::read(&path).expect("reads");
    let body = whole.len() - 32;
    let mut refused = 0;
    for place in (12..body).step_by(13) {
        let mut forged = whole[..body].to_vec();
        forged[place] = forged[place].wrapping_add(0x81);
        let checksum = Sha256::digest(&forged);
        forged.extend(checksum);
        std::fs::write(&path, &forged).expect("writes");
        match RoadNetwork::load(&path) {
            Err(FileError::Content { .. }) => refused += 1,
            Err(other) => panic!("byte {place}: {other}"),
            Ok(network) => assert!(network.edges() > 0),
        }
    }
    assert!(refused > 50, "only {refused} refused");
}
