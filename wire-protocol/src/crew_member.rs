//! Who is on a vehicle.

words! {
    /// What a member of a crew does.
    CrewRole {
        /// 司机.
        Driver,
        /// 医生.
        Doctor,
        /// 护士.
        Nurse,
        /// 担架员.
        StretcherBearer,
    }
    /// The part of the day for which somebody has signed on.
    Shift {
        /// 白班.
        Day,
        /// 中班.
        Evening,
        /// 夜班.
        Night,
        /// 24小时班.
        FullDay,
    }
}

wire! {
    /// A member of a crew.
    pub struct CrewMember {
        /// Who, by card or staff number.
        pub person: String,
        /// Name as shown.
        pub name: String,
        /// What they do.
        pub role: CrewRole,
        /// For which shift; absent where nobody said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub shift: Option<Shift>,
    }
}
