//! The name of a press: the same however often, over whichever link and under whichever number it comes.

use dispatch_core::model::{CommandId, Timestamp};
use sha2::{Digest, Sha256};
use wire_protocol::agent::{CrewCommand, PressedAs};

/// Bytes of the digest kept: enough to tell the presses of one vehicle apart.
const NAME_BYTES: usize = 8;

/// The name of a press: where it was first numbered, when it was made, and what was pressed. The same
/// number with other content is another press.
pub fn press_name(pressed_as: &PressedAs, made_at: Timestamp, command: &CrewCommand) -> CommandId {
    digest(pressed_as, Some(made_at), command)
}

/// The name of a press from a terminal of an earlier release, which cannot open a new outbox: a number
/// that comes again with the same content is a repeat, whenever it is said to have been made. Of a call
/// for help each counts.
pub(super) fn bare_press_name(
    pressed_as: &PressedAs,
    made_at: Timestamp,
    command: &CrewCommand,
) -> CommandId {
    digest(pressed_as, matches!(command, CrewCommand::Sos).then_some(made_at), command)
}

fn digest(pressed_as: &PressedAs, made_at: Option<Timestamp>, command: &CrewCommand) -> CommandId {
    let PressedAs { outbox, number } = pressed_as;
    let made_at = made_at.map(|at| at.0.to_string()).unwrap_or_default();
    // A command that came as JSON can be written as JSON.
    let command = serde_json::to_string(command).unwrap_or_default();
    let digest = Sha256::digest(format!("{outbox}\n{number}\n{made_at}\n{command}"));
    let hex: String = digest.iter().take(NAME_BYTES).map(|byte| format!("{byte:02x}")).collect();
    CommandId::new(format!("press-{hex}"))
}
