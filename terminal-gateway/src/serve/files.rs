//! The files that a gateway reads before it opens anything, each refused with what is wrong in it and where.

use super::error::ServeError;
use crate::binding::Binding;
use crate::jt808::frame::TerminalNumber;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use vehicle_agent::shell::VehicleKey;

/// The terminals of a file.
///
/// # Errors
/// What is wrong in it, with the line.
pub fn read_bindings(path: &Path) -> Result<BTreeMap<TerminalNumber, Binding>, ServeError> {
    Binding::read_all(&read(path)?).map_err(|it| ServeError::Bindings(path.to_owned(), it))
}

/// The vehicles' keys, one `vehicle key` a line.
pub(super) fn read_keys(path: &Path) -> Result<HashMap<String, VehicleKey>, ServeError> {
    let text = read(path)?;
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(line, text)| match text.split_whitespace().collect::<Vec<_>>()[..] {
            [vehicle, key] => {
                let key = key.parse().map_err(|it| ServeError::Key(path.to_owned(), line, it))?;
                Ok((vehicle.to_owned(), key))
            }
            _ => Err(ServeError::KeyLine(path.to_owned(), line)),
        })
        .collect()
}

/// The gateway's own key, alone in its file.
pub(super) fn read_own_key(path: &Path) -> Result<String, ServeError> {
    let key = read(path)?.trim().to_owned();
    // A key of a vehicle has the same form.
    key.parse::<VehicleKey>().map_err(|it| ServeError::Key(path.to_owned(), 1, it))?;
    Ok(key)
}

fn read(path: &Path) -> Result<String, ServeError> {
    std::fs::read_to_string(path).map_err(|it| ServeError::File(path.to_owned(), it))
}
