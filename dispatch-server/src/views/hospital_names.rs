//! The names of hospitals as crews know them.

use dispatch_core::model::HospitalId;
use std::collections::HashMap;

/// The name of each hospital of the region, in Chinese.
#[derive(Clone, Debug, Default)]
pub struct HospitalNames(HashMap<HospitalId, String>);

impl HospitalNames {
    /// The name of a hospital; nothing for one the region does not have.
    pub fn name(&self, hospital: &HospitalId) -> Option<String> {
        self.0.get(hospital).cloned()
    }
}

impl FromIterator<(HospitalId, String)> for HospitalNames {
    fn from_iter<I: IntoIterator<Item = (HospitalId, String)>>(names: I) -> Self {
        Self(names.into_iter().collect())
    }
}
