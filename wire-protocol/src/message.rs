//! Words between a centre and the crew of a vehicle.

words! {
    /// Help of others that a crew asks for.
    CrewNeed {
        /// 增援车辆.
        AnotherVehicle,
        /// 监护型增援.
        IntensiveCare,
        /// 公安 110.
        Police,
        /// 消防 119.
        FireBrigade,
    }
    /// Who wrote a message.
    MessageFrom {
        /// A dispatcher.
        Centre,
        /// The crew.
        Crew,
    }
}

wire! {
    /// One message.
    pub struct MessageView {
        /// Its number on this vehicle, from 1; 0 on a terminal until the centre has it.
        pub number: u64,
        /// Who wrote it.
        pub from: MessageFrom,
        /// The centre it was written at, or to.
        pub centre: String,
        /// When it was written.
        pub at: i64,
        /// What the crew asks for, where it asks for something.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub need: Option<CrewNeed>,
        /// The words; empty only where something is asked for.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub text: String,
        /// Since when the other side has seen it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub seen_at: Option<i64>,
    }

    /// The crew's last call for help, and what came of it.
    pub struct SosView {
        /// Since when it stands; absent once it was answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub since: Option<i64>,
        /// When the centre answered it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub answered_at: Option<i64>,
        /// What was done, in words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub note: String,
    }
}
