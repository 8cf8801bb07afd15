//! Where somebody may act and what they see. People of a city centre: their own centre. People of the
//! regional centre, and the regional duty officer: every centre.

use super::{Permission, allows};
use crate::people::Person;
use dispatch_core::model::CentreId;
use wire_protocol::vocabulary::Role;

/// A person's centres.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The centres whose picture the person sees, the regional one first.
    pub sees: Vec<CentreId>,
    /// The centres for which the person may send commands.
    pub acts_for: Vec<CentreId>,
    /// The centres whose people and keys the person may manage.
    pub manages: Vec<CentreId>,
}

impl Scope {
    /// The scope of a person among the region's centres; `regional` is one of `centres`. Somebody whose
    /// centre the region no longer has sees nothing.
    pub fn of(person: &Person, centres: &[CentreId], regional: &CentreId) -> Self {
        let everywhere = person.centre == *regional || person.role == Role::RegionalDutyOfficer;
        let within: Vec<CentreId> =
            centres.iter().filter(|c| everywhere || **c == person.centre).cloned().collect();
        let when = |permission| {
            if allows(person.role, permission) { within.clone() } else { Vec::new() }
        };
        Self {
            sees: when(Permission::SeeIncidents),
            acts_for: when(Permission::Command),
            manages: when(Permission::ManagePeople),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(role: Role, centre: &str) -> String {
        let centres: Vec<CentreId> = ["region", "north", "south"].map(CentreId::from).into();
        let person = Person {
            id: "p".into(),
            name: "p".into(),
            display_name: "P".into(),
            role,
            centre: centre.into(),
            hospital: None,
            active: true,
            password_due: false,
        };
        let scope = Scope::of(&person, &centres, &"region".into());
        format!("sees {:?}, acts for {:?}, manages {:?}", scope.sees, scope.acts_for, scope.manages)
    }

    #[test]
    fn the_regional_centre_is_everywhere_and_a_city_only_at_home() {
        let everywhere = "sees [region, north, south], acts for [region, north, south], manages []";
        assert_eq!(scope(Role::Dispatcher, "north"), "sees [north], acts for [north], manages []");
        assert_eq!(scope(Role::Dispatcher, "region"), everywhere);
        assert_eq!(scope(Role::RegionalDutyOfficer, "north"), everywhere);
        assert_eq!(
            scope(Role::Administrator, "north"),
            "sees [north], acts for [], manages [north]"
        );
        assert_eq!(scope(Role::Dispatcher, "gone"), "sees [], acts for [], manages []");
    }
}
