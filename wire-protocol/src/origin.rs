//! Who did something, and when by which clock.

wire! {
    /// Who did it.
    #[serde(tag = "by")]
    pub enum OriginView {
        /// A person.
        Person {
            /// Their id.
            person: String,
        },
        /// A crew on its terminal.
        CrewTerminal {
            /// The vehicle.
            vehicle: String,
        },
        /// A rule of the system.
        Automatic {
            /// Which.
            rule: String,
        },
    }

    /// Two clocks and an origin.
    pub struct Stamp {
        /// The best knowledge of when it happened; every duration counts from and to this. Absent from a server of
        /// an earlier release.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub at: Option<i64>,
        /// When it was made, by the clock of whoever pressed; for a crew's press corrected to the server's time.
        pub made_at: i64,
        /// What the terminal's own clock said, when that was a second or more off.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub terminal_clock: Option<i64>,
        /// When it was recorded.
        pub recorded_at: i64,
        /// Who did it.
        pub origin: OriginView,
        /// Whether the vehicle was online.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub vehicle_online: Option<bool>,
        /// The time made cannot be right.
        #[serde(default)]
        pub clock_doubtful: bool,
        /// The time was corrected by a second entry.
        #[serde(default)]
        pub corrected: bool,
    }
}
