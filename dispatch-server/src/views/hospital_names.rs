//! The hospitals of the region as crews know them.

use dispatch_core::model::{HospitalId, Wgs84};
use std::collections::HashMap;
use wire_protocol::agent::NearHospital;

/// Hospitals an order offers: those within reach of any scene, few enough for a crew to read.
const NEAR_AT_MOST: usize = 12;

/// The name of each hospital of the region, in Chinese, and where it is.
#[derive(Clone, Debug, Default)]
pub struct HospitalNames(HashMap<HospitalId, (String, Wgs84)>);

impl HospitalNames {
    /// The name of a hospital; nothing for one the region does not have.
    pub fn name(&self, hospital: &HospitalId) -> Option<String> {
        self.0.get(hospital).map(|(name, _)| name.clone())
    }

    /// The hospitals nearest to a place, the nearest first. Straight lines, until they are ranked by road.
    pub fn near(&self, place: Wgs84) -> Vec<NearHospital> {
        let metres = |at: &Wgs84| place.metres_to(*at);
        let mut all: Vec<_> = self
            .0
            .iter()
            .map(|(id, (name, at))| {
                let (id, name) = (id.to_string(), name.clone());
                (metres(at), NearHospital { id, name, seconds: None, treats: false })
            })
            .collect();
        all.sort_by(|(one, a), (other, b)| one.total_cmp(other).then_with(|| a.id.cmp(&b.id)));
        all.truncate(NEAR_AT_MOST);
        all.into_iter().map(|(_, hospital)| hospital).collect()
    }
}

impl FromIterator<(HospitalId, String, Wgs84)> for HospitalNames {
    fn from_iter<I: IntoIterator<Item = (HospitalId, String, Wgs84)>>(hospitals: I) -> Self {
        Self(hospitals.into_iter().map(|(id, name, at)| (id, (name, at))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_come_first() {
        let at = |lon| Wgs84 { lon, lat: 38.5 };
        let names: HospitalNames = (0..20)
            .map(|n| {
                (
                    HospitalId::new(format!("H-{n:02}")),
                    format!("{n}"),
                    at(106.0 + f64::from(n) / 10.0),
                )
            })
            .collect();
        let near = names.near(at(106.51));
        assert_eq!(near.len(), NEAR_AT_MOST);
        let first: Vec<&str> = near.iter().take(3).map(|it| it.id.as_str()).collect();
        assert_eq!(first, ["H-05", "H-06", "H-04"]);
    }
}
