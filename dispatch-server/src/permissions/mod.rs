//! Who may do what, and where: one table from role to permission, one from role to order, and the scope
//! by centre. What is not allowed here is refused. Pure; knows no HTTP.

mod orders;
mod scope;

pub use orders::{bar_of, may_issue};
pub use scope::Scope;

use wire_protocol::vocabulary::Role;

/// Something a signed-in person may be allowed to do. A route names the one it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// See the own session and end it.
    OwnSession,
    /// See the region's data: map, places, centres, stations, hospitals.
    SeeRegion,
    /// See incidents; a hospital sees only those headed for it.
    SeeIncidents,
    /// See vehicles, their positions and tracks.
    SeeVehicles,
    /// Follow the live feed.
    FollowFeed,
    /// Ask for ranked vehicles and for possible duplicates.
    Rank,
    /// Send commands; which ones, [`may_issue`] says.
    Command,
    /// Look through vehicles' cameras.
    WatchCameras,
    /// Read a centre's journal.
    ReadJournal,
    /// See reports: counts, rates, and where vehicles were.
    SeeReports,
    /// Close roads, slow them down, and switch a correction of travel times on.
    ChangeRoads,
    /// Add, change and bar people.
    ManagePeople,
    /// Make and remove vehicle keys.
    ManageKeys,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 13] = [
        Self::OwnSession,
        Self::SeeRegion,
        Self::SeeIncidents,
        Self::SeeVehicles,
        Self::FollowFeed,
        Self::Rank,
        Self::Command,
        Self::WatchCameras,
        Self::ReadJournal,
        Self::SeeReports,
        Self::ChangeRoads,
        Self::ManagePeople,
        Self::ManageKeys,
    ];
}

/// The table: whether a role carries a permission. An administrator sees the picture, since whoever
/// makes accounts could see it anyway, but gives no orders; a hospital sees what comes to it.
pub const fn allows(role: Role, permission: Permission) -> bool {
    use Permission as P;
    match role {
        Role::CallTaker => is_of_the_desk(permission),
        Role::Dispatcher => is_of_the_desk(permission) || matches!(permission, P::WatchCameras),
        Role::Supervisor | Role::RegionalDutyOfficer => {
            is_of_the_desk(permission)
                || matches!(
                    permission,
                    P::WatchCameras | P::ReadJournal | P::SeeReports | P::ChangeRoads
                )
        }
        Role::Hospital => {
            matches!(permission, P::OwnSession | P::SeeRegion | P::SeeIncidents)
        }
        Role::Administrator => {
            is_to_look(permission)
                || matches!(
                    permission,
                    P::ReadJournal | P::SeeReports | P::ManagePeople | P::ManageKeys
                )
        }
    }
}

/// What everybody at a desk needs, from whoever answers the telephone to the duty officer.
const fn is_of_the_desk(permission: Permission) -> bool {
    is_to_look(permission) || matches!(permission, Permission::Rank | Permission::Command)
}

/// The live picture, without a hand in it.
const fn is_to_look(permission: Permission) -> bool {
    use Permission as P;
    matches!(
        permission,
        P::OwnSession | P::SeeRegion | P::SeeIncidents | P::SeeVehicles | P::FollowFeed
    )
}
