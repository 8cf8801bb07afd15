//! Which region folders were taken into service, so that a start with an older one is recognised.

use dispatch_core::model::{Timestamp, VehicleId, VehicleRecord};
use sha2::{Digest, Sha256};

/// One region folder, as far as its vehicles go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionVersion {
    /// Over the version and every vehicle with its data.
    pub digest: String,
    /// As `region.toml` tells it; nothing when it tells none.
    pub version: Option<u64>,
}

/// What a folder is to those that were taken before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegionStanding {
    /// It was taken last.
    Current,
    /// It was never taken, and is not known to be older.
    Newer,
    /// It was taken before the current one, or its version is not above those that were.
    NotNewer,
}

impl RegionVersion {
    /// The version of a folder with these vehicles, in whatever order.
    pub fn of(version: Option<u64>, vehicles: &[(VehicleId, VehicleRecord)]) -> Self {
        let mut sorted: Vec<_> = vehicles.iter().collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        let mut hash = Sha256::new();
        hash.update(format!("{version:?}"));
        for (vehicle, record) in sorted {
            let VehicleRecord { home_centre, station, plate, call_sign, kind, equipment } = record;
            // A quoted form, so that no two lists are written alike.
            hash.update(format!(
                "\n{:?} {:?} {:?} {plate:?} {call_sign:?} {kind:?} {equipment:?}",
                vehicle.as_str(),
                home_centre.as_str(),
                station.as_str(),
            ));
        }
        let digest = hash.finalize()[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        Self { digest, version }
    }

    /// What this folder is to those taken before, oldest first.
    pub fn standing(&self, taken: &[Self]) -> RegionStanding {
        if taken.last() == Some(self) {
            return RegionStanding::Current;
        }
        let highest = taken.iter().filter_map(|it| it.version).max();
        let is_known = taken.contains(self);
        let is_above = match (self.version, highest) {
            (_, None) => true,
            (Some(version), Some(highest)) => version > highest,
            (None, Some(_)) => false,
        };
        if is_above && !is_known { RegionStanding::Newer } else { RegionStanding::NotNewer }
    }
}

/// A folder that was taken, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenRegion {
    /// The folder.
    pub region: RegionVersion,
    /// When.
    pub taken_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(version: Option<u64>, vehicles: &[&str]) -> RegionVersion {
        let record = VehicleRecord {
            home_centre: "xining".into(),
            station: "XN-01".into(),
            plate: "A 120".into(),
            call_sign: String::new(),
            kind: dispatch_core::model::VehicleKind::Basic,
            equipment: Vec::new(),
        };
        let vehicles: Vec<_> = vehicles.iter().map(|id| ((*id).into(), record.clone())).collect();
        RegionVersion::of(version, &vehicles)
    }

    #[test]
    fn a_folder_that_was_replaced_is_not_taken_again() {
        let (old, new) = (folder(None, &["A", "B"]), folder(None, &["A", "C"]));
        assert_eq!(old, folder(None, &["B", "A"]), "the order of rows is no change");
        assert_eq!(old.standing(&[]), RegionStanding::Newer);
        let taken = [old.clone(), new.clone()];
        assert_eq!(new.standing(&taken[..1]), RegionStanding::Newer);
        assert_eq!(new.standing(&taken), RegionStanding::Current);
        assert_eq!(old.standing(&taken), RegionStanding::NotNewer);
    }

    #[test]
    fn once_folders_are_numbered_only_a_higher_number_is_newer() {
        let taken = [folder(None, &["A"]), folder(Some(7), &["A", "B"])];
        assert_eq!(folder(Some(7), &["A", "C"]).standing(&taken), RegionStanding::NotNewer);
        assert_eq!(folder(Some(6), &["A"]).standing(&taken), RegionStanding::NotNewer);
        assert_eq!(folder(None, &["A", "D"]).standing(&taken), RegionStanding::NotNewer);
        assert_eq!(
            folder(Some(8), &["A"]).standing(&taken),
            RegionStanding::Newer,
            "back on purpose"
        );
    }
}
