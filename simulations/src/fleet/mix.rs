//! Which vehicles of a fleet report through terminals of other makers, and under which numbers.

use clap::Args;
use serde::Deserialize;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use thiserror::Error;

/// Terminals of a fleet.
#[derive(Args, Clone, Debug, Default)]
pub struct MixSettings {
    /// Terminals by kind, as `jt808=80,agent=43`; without it all are agents.
    #[arg(long, requires = "bindings")]
    pub terminals: Option<TerminalMix>,
    /// The gateway's file of terminals: the vehicles that may have one, with the numbers.
    #[arg(long)]
    pub bindings: Option<PathBuf>,
    /// Where the gateway takes terminals.
    #[arg(long, default_value = "127.0.0.1:8808")]
    pub gateway: String,
}

impl MixSettings {
    /// Which of these vehicles have terminals of other makers, with the numbers.
    ///
    /// # Errors
    /// When the gateway's file cannot be read or has too few of them.
    pub(super) fn numbers(
        &self,
        keys: &[(String, String)],
    ) -> Result<HashMap<String, String>, MixError> {
        let (Some(mix), Some(file)) = (self.terminals, &self.bindings) else {
            return Ok(HashMap::new());
        };
        let has_key = |vehicle: &str| keys.iter().any(|(keyed, _)| keyed == vehicle);
        let bound = read(file)?.into_iter().filter(|(vehicle, _)| has_key(vehicle));
        let numbers: HashMap<String, String> = bound.take(mix.jt808).collect();
        if numbers.len() < mix.jt808 {
            let (wanted, have, file) = (mix.jt808, numbers.len(), file.clone());
            return Err(MixError::TooFew { wanted, have, file });
        }
        Ok(numbers)
    }
}

/// How many of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalMix {
    /// Of other makers.
    pub jt808: usize,
    /// Our own.
    pub agent: usize,
}

/// Why the terminals cannot be used.
#[derive(Debug, Error)]
pub enum MixError {
    /// The file cannot be read.
    #[error("{0}: {1}")]
    Read(PathBuf, io::Error),
    /// It is not of the form.
    #[error("{0}: {1}")]
    Form(PathBuf, toml::de::Error),
    /// It has fewer than were asked for.
    #[error(
        "{wanted} JT/T 808 terminals were asked for, but {have} vehicles with a key are in {file}"
    )]
    TooFew {
        /// How many were asked for.
        wanted: usize,
        /// How many there are.
        have: usize,
        /// The gateway's file.
        file: PathBuf,
    },
}

impl FromStr for TerminalMix {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut mix = Self { jt808: 0, agent: 0 };
        for part in text.split(',') {
            let wrong = || format!("{part:?} is no kind with its number; write jt808=80,agent=43");
            let (kind, number) = part.split_once('=').ok_or_else(wrong)?;
            let number = number.trim().parse().map_err(|_| wrong())?;
            match kind.trim() {
                "jt808" => mix.jt808 = number,
                "agent" => mix.agent = number,
                _ => return Err(wrong()),
            }
        }
        Ok(mix)
    }
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    terminal: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    number: String,
    vehicle: String,
}

/// Vehicles with the numbers of their terminals, as the gateway's file has them.
fn read(path: &Path) -> Result<Vec<(String, String)>, MixError> {
    let text =
        std::fs::read_to_string(path).map_err(|error| MixError::Read(path.to_owned(), error))?;
    let file: File =
        toml::from_str(&text).map_err(|error| MixError::Form(path.to_owned(), error))?;
    Ok(file.terminal.into_iter().map(|it| (it.vehicle, it.number)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mix_is_read_and_what_is_none_is_told_in_words() {
        assert_eq!("jt808=80,agent=43".parse(), Ok(TerminalMix { jt808: 80, agent: 43 }));
        assert_eq!("jt808=2".parse(), Ok(TerminalMix { jt808: 2, agent: 0 }));
        for wrong in ["", "jt808", "jt808=x", "radio=3"] {
            let refused = wrong.parse::<TerminalMix>().expect_err(wrong);
            assert!(refused.ends_with("write jt808=80,agent=43"), "{refused}");
        }
    }
}
