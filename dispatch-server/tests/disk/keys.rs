//! New keys for the whole fleet on a disk that fails just then: no key counts that nobody has.

use crate::faulty::{Fault, on_a_faulty_disk};
use dispatch_server::admin::make_vehicle_keys;
use dispatch_server::people::{Credential, take_credentials};
use dispatch_server::settings::{MakeVehicleKeys, StoreArguments};
use dispatch_server::stores::{Storage, open_people};
use std::path::{Path, PathBuf};

const REGION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/regions/tiny");
/// Vehicles of that region.
const VEHICLES: usize = 3;

fn asked(data: &Path, out: &Path) -> MakeVehicleKeys {
    MakeVehicleKeys {
        region: PathBuf::from(REGION),
        store: StoreArguments { data: Some(data.to_owned()), database: None },
        out: out.to_owned(),
    }
}

async fn stored(data: &Path) -> Vec<Credential> {
    let people = open_people(&Storage::Embedded(data.to_owned())).await.unwrap();
    take_credentials(&people).await.unwrap()
}

#[test]
fn keys_that_cannot_be_written_down_change_nothing() {
    on_a_faulty_disk("keys::keys_that_cannot_be_written_down_change_nothing", |disk| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            for fault in Fault::ALL.into_iter().filter(|fault| !fault.stores()) {
                let above = tempfile::tempdir().unwrap();
                let (data, papers) = (above.path().join("data"), above.path().join("papers"));
                std::fs::create_dir(&data).unwrap();
                std::fs::create_dir(&papers).unwrap();
                let out = papers.join("keys.txt");
                make_vehicle_keys(&asked(&data, &out)).await.unwrap();
                let (keys, written) = (stored(&data).await, std::fs::read(&out).unwrap());

                for failing in [&papers, &data] {
                    disk.fails(fault, failing.to_str().unwrap());
                    let made = make_vehicle_keys(&asked(&data, &out)).await;
                    disk.heals();
                    assert!(made.is_err(), "{fault:?} under {}", failing.display());
                    assert_eq!(std::fs::read(&out).unwrap(), written, "{fault:?}: the old file");
                    // A commit that failed may be on the disk all the same; then the new keys are on paper.
                    let new = std::fs::read_to_string(papers.join("keys.txt.unfinished"));
                    let are_new_written = new.is_ok_and(|it| it.lines().count() == VEHICLES);
                    let is_unchanged = stored(&data).await == keys;
                    assert!(is_unchanged || are_new_written, "{fault:?}: keys that nobody has");
                    assert!(is_unchanged || failing == &data, "{fault:?}: a key changed");
                }

                make_vehicle_keys(&asked(&data, &out)).await.unwrap();
                assert_ne!(stored(&data).await, keys);
                assert_ne!(std::fs::read(&out).unwrap(), written);
                assert_eq!(std::fs::read_dir(&papers).unwrap().count(), 1, "nothing is left over");
            }
        });
    });
}
