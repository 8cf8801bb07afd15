//! Who is on a vehicle.

use crate::vocabulary::CrewRole;

wire! {
    /// A member of a crew.
    pub struct CrewMember {
        /// Who.
        pub person: String,
        /// Name as shown.
        pub name: String,
        /// What they do.
        pub role: CrewRole,
    }
}
