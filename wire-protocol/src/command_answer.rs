//! What became of a command.

wire! {
    /// The command is durable.
    pub struct CommandAnswer {
        /// True when this command had been recorded before and nothing new was written.
        pub already_recorded: bool,
        /// The centre.
        pub centre: String,
        /// The centre's journal version after the command.
        pub version: u64,
        /// The incident opened by the command, if it opened one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub incident: Option<String>,
        /// The call taken by the command, if it took one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub call: Option<String>,
        /// The tasks created by the command.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub tasks: Vec<String>,
    }
}
