//! Which terminal is on which vehicle: a file in TOML, refused with line and column where something is wrong.

use crate::datum::Datum;
use crate::jt808::frame::TerminalNumber;
use crate::keys::{Deed, KeySource};
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use serde::de::Error as _;
use sha2::Sha256;
use std::collections::BTreeMap;
use thiserror::Error;
use toml::Spanned;

/// Which keys are set on a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keys {
    /// All by the editions of 2011 and 2013, none by that of 2019, which has no such messages.
    #[default]
    Auto,
    /// A menu, events and questions.
    All,
    /// A menu alone, 0x8303.
    Menu,
    /// Events alone, 0x8301.
    Events,
    /// Questions alone, 0x8302.
    Questions,
    /// Nothing.
    None,
}

/// A terminal and its vehicle.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Binding {
    /// The number in the terminal's frames.
    #[serde(deserialize_with = "number")]
    pub number: TerminalNumber,
    /// The vehicle's id.
    pub vehicle: String,
    /// In which system it sends its places.
    #[serde(default)]
    pub datum: Datum,
    /// A terminal that never authenticates is taken by its number alone, which anybody can write.
    #[serde(default)]
    pub without_authentication: bool,
    /// Which keys are set on it.
    #[serde(default)]
    pub keys: Keys,
    /// The maker's own number that it must register with, if it is to be held to one.
    #[serde(default)]
    pub terminal_id: Option<String>,
    /// The plate that it must register with, if it is to be held to one.
    #[serde(default)]
    pub plate: Option<String>,
    /// Counted up to take the terminal's code away: it has to register anew.
    #[serde(default)]
    pub rotation: u32,
    /// Keys of its own, by what they send.
    #[serde(default, rename = "key")]
    pub own_keys: Vec<OwnKey>,
}

/// A key with a meaning of its own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnKey {
    /// What it sends.
    #[serde(deserialize_with = "key")]
    pub when: KeySource,
    /// What that means.
    pub press: Deed,
}

/// Why a file of terminals cannot be used.
#[derive(Debug, Error)]
pub enum BindingsError {
    /// It is no TOML of this form; the text names line and column.
    #[error("{0}")]
    Form(#[from] toml::de::Error),
    /// Two entries are about the same terminal or vehicle.
    #[error(
        "line {line}: {what} stands in an earlier entry too; give each terminal and each vehicle one entry"
    )]
    Twice {
        /// Where the second begins.
        line: usize,
        /// Which.
        what: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    terminal: Vec<Spanned<Binding>>,
}

impl Binding {
    /// The entries of a file, by number.
    ///
    /// # Errors
    /// What is wrong in it, with the line.
    pub fn read_all(text: &str) -> Result<BTreeMap<TerminalNumber, Binding>, BindingsError> {
        let file: File = toml::from_str(text)?;
        let mut bindings: BTreeMap<TerminalNumber, Binding> = BTreeMap::new();
        for entry in file.terminal {
            let line = text[..entry.span().start].matches('\n').count() + 1;
            let binding = entry.into_inner();
            let twice = |what: String| BindingsError::Twice { line, what };
            if bindings.values().any(|it| it.vehicle == binding.vehicle) {
                return Err(twice(format!("vehicle {}", binding.vehicle)));
            }
            let number = binding.number;
            if bindings.insert(number, binding).is_some() {
                return Err(twice(format!("terminal {number}")));
            }
        }
        Ok(bindings)
    }

    /// The code by which the terminal authenticates: nobody without the secret can make it, and the same after a restart.
    pub fn code(&self, secret: &[u8]) -> Option<String> {
        const HEX_DIGITS: usize = 16;
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
        mac.update(format!("{} {}", self.number, self.rotation).as_bytes());
        let hex: String =
            mac.finalize().into_bytes().iter().map(|it| format!("{it:02x}")).collect();
        Some(hex[..HEX_DIGITS].to_owned())
    }

    /// What a key means, where it has a meaning of its own.
    pub fn deed(&self, source: &KeySource) -> Option<Deed> {
        self.own_keys.iter().find(|key| key.when == *source).map(|key| key.press)
    }

    /// Whether it has own keys of the same kind, which replace all of the standard.
    pub fn has_own(&self, source: &KeySource) -> bool {
        let kind = std::mem::discriminant(source);
        self.own_keys.iter().any(|key| std::mem::discriminant(&key.when) == kind)
    }

    /// What a message of a device behind the terminal means.
    pub fn passthrough(&self, of_kind: u8, data: &[u8]) -> Option<Deed> {
        let is_it = |when: &KeySource| match when {
            KeySource::Passthrough { kind, begins } => *kind == of_kind && data.starts_with(begins),
            KeySource::Event(_) | KeySource::Menu(_) | KeySource::CardIn | KeySource::CardOut => {
                false
            }
        };
        self.own_keys.iter().find(|key| is_it(&key.when)).map(|key| key.press)
    }
}

fn number<'de, D: serde::Deserializer<'de>>(from: D) -> Result<TerminalNumber, D::Error> {
    let digits = String::deserialize(from)?;
    let wrong = || {
        D::Error::custom(format!(
            "{digits:?} is no terminal number; write 1 to 20 digits, or a to f as the inspector lists it"
        ))
    };
    TerminalNumber::new(&digits).ok_or_else(wrong)
}

fn key<'de, D: serde::Deserializer<'de>>(from: D) -> Result<KeySource, D::Error> {
    String::deserialize(from)?.parse().map_err(D::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = r#"
[[terminal]]
number = "013912344329"
vehicle = "YC-01-1"

[[terminal]]
number = "13912344330"
vehicle = "YC-01-2"
datum = "gcj02"
keys = "events"
plate = "宁A12345"
[[terminal.key]]
when = "passthrough f1 0a"
press = "departed"
[[terminal.key]]
when = "card in"
press = "on_duty"
"#;

    #[test]
    fn a_file_is_read_by_number_and_own_keys_mean_what_it_says() {
        let bindings = Binding::read_all(TWO).expect("read");
        let number = TerminalNumber::new("13912344330").expect("digits");
        let second = &bindings[&number];
        assert_eq!((second.datum, second.keys), (Datum::Gcj02, Keys::Events));
        assert_eq!(second.passthrough(0xf1, &[0x0a, 1, 2]), Some(Deed::Departed));
        assert_eq!(second.passthrough(0xf1, &[0x0b]), None);
        assert_eq!(second.deed(&KeySource::CardIn), Some(Deed::OnDuty));
        assert!(!second.has_own(&KeySource::Event(1)) && second.has_own(&KeySource::CardIn));
        let first = TerminalNumber::new("13912344329").expect("digits");
        assert_eq!(bindings[&first].vehicle, "YC-01-1");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let cases = [
            ("[[terminal]]\nnumber = \"12g\"\nvehicle = \"A\"", "line 2", "1 to 20 digits"),
            ("[[terminal]]\nnumber = \"1\"", "line 1", "missing field `vehicle`"),
            ("[[terminal]]\nnumber = \"1\"\nvehicle = \"A\"\ndatum = \"mars\"", "line 4", "wgs84"),
            (
                "[[terminal]]\nnumber = \"1\"\nvehicle = \"A\"\ncolour = 1",
                "line 4",
                "unknown field",
            ),
            (
                "[[terminal]]\nnumber = \"1\"\nvehicle = \"A\"\n[[terminal.key]]\nwhen = \"knob\"\npress = \"sos\"",
                "line 5",
                "is no key",
            ),
        ];
        for (text, line, why) in cases {
            let error = Binding::read_all(text).expect_err(text).to_string();
            assert!(error.contains(line) && error.contains(why), "{text}: {error}");
        }
        let twice = TWO.replace("13912344330", "13912344329");
        let error = Binding::read_all(&twice).expect_err("twice").to_string();
        assert!(error.starts_with("line 6: terminal 13912344329 stands"), "{error}");
        let twice = TWO.replace("YC-01-2", "YC-01-1");
        let error = Binding::read_all(&twice).expect_err("twice").to_string();
        assert!(error.starts_with("line 6: vehicle YC-01-1 stands"), "{error}");
    }

    #[test]
    fn a_code_is_of_one_terminal_one_secret_and_one_rotation() {
        let bindings = Binding::read_all(TWO).expect("read");
        let mut all: Vec<_> = bindings.values().map(|it| it.code(b"secret")).collect();
        let mut rotated = bindings.values().next().expect("two").clone();
        rotated.rotation = 1;
        all.extend([rotated.code(b"secret"), rotated.code(b"other")]);
        assert!(all.iter().flatten().all(|code| code.len() == 16));
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
