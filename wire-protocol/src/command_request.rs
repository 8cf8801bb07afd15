//! A command as it is sent: who named it, when it was given, and what was confirmed.

use crate::commands::Command;
use crate::problem::Confirmation;

wire! {
    /// A command to be done at a centre. Sending the same `command_id` again records it once.
    pub struct CommandRequest {
        /// A name chosen by the sender, unique to the command (a UUID); at most 64 characters.
        pub command_id: String,
        /// The centre whose journal takes the command.
        pub centre: String,
        /// When the key was pressed, by the console's clock corrected to the server's.
        pub made_at: i64,
        /// What to do.
        pub command: Command,
        /// The dangers that a refusal of this very command named, confirmed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub confirmed: Vec<Confirmation>,
    }
}
