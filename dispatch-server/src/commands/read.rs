//! A command read and checked without being carried out. Asks no desk and no link, so that fuzzing reaches
//! the same checks as a request.

use super::check::{Checks, id, moment};
use super::command::ReadCommand;
use super::confirm::confirmations;
use crate::api_error::{ApiError, Code};
use dispatch_core::Limits;
use dispatch_core::model::{CommandId, Confirmation, Timestamp};
use region::Region;
use wire_protocol::command_request::CommandRequest;
use wire_protocol::commands::Command;

/// A command whose every field has passed its check.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedCommand {
    /// The sender's name for the command.
    pub command_id: CommandId,
    /// When it was made, by the sender's clock.
    pub made_at: Timestamp,
    /// The dangers that the sender confirms.
    pub confirmed: Vec<Confirmation>,
    /// What the desk is asked.
    pub command: ReadCommand,
}

/// Whether a command would bring a real call among exercises. A patient's call taken there would be a patient nobody looks
/// for, so nobody can confirm it away.
fn is_real(command: &Command) -> bool {
    if let Command::TakeCall { facts, .. } = command {
        !facts.test
    } else if let Command::AmendIncident { changes, .. } = command {
        changes.test == Some(false)
    } else {
        false
    }
}

/// Reads a command.
///
/// # Errors
/// The first field that is wrong.
pub fn read_command(region: &Region, request: CommandRequest) -> Result<CheckedCommand, ApiError> {
    let checks = Checks { region, limits: Limits::default() };
    let command_id = id("command_id", &request.command_id)?;
    let made_at = moment("made_at", request.made_at)?;
    let confirmed = confirmations(request.confirmed)?;
    if region.settings.exercise && is_real(&request.command) {
        return Err(ApiError::from(Code::ExerciseOnly));
    }
    let command = checks.command(request.command)?;
    Ok(CheckedCommand { command_id, made_at, confirmed, command })
}
