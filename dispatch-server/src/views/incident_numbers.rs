//! The numbers of incidents as people say them: the code of the centre before the count, `ZW-12` for `zhongwei-12`.

use dispatch_core::model::{CentreId, IncidentId};
use std::collections::HashMap;

/// The code of each centre of the region.
#[derive(Clone, Debug, Default)]
pub struct IncidentNumbers(HashMap<String, String>);

impl IncidentNumbers {
    /// The number of an incident; `None` where the region does not name its centre.
    pub fn number(&self, incident: &IncidentId) -> Option<String> {
        let (centre, count) = incident.as_str().rsplit_once('-')?;
        Some(format!("{}-{count}", self.0.get(centre)?))
    }
}

impl FromIterator<(CentreId, String)> for IncidentNumbers {
    fn from_iter<I: IntoIterator<Item = (CentreId, String)>>(codes: I) -> Self {
        Self(codes.into_iter().map(|(centre, code)| (centre.to_string(), code)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_begins_with_the_code_of_the_centre() {
        let codes = [("zhongwei", "ZW"), ("zhong-ning", "ZN")];
        let codes = codes.map(|(centre, code)| (CentreId::from(centre), code.to_owned()));
        let numbers: IncidentNumbers = codes.into_iter().collect();
        let said = |id: &str| numbers.number(&IncidentId::from(id));
        assert_eq!(said("zhongwei-12").as_deref(), Some("ZW-12"));
        assert_eq!(said("zhong-ning-3").as_deref(), Some("ZN-3"));
        assert_eq!(said("wuzhong-3"), None);
        assert_eq!(said("12"), None);
    }
}
