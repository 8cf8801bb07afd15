//! The fields of gateways and terminals.

use crate::people::PeopleError;
use dispatch_core::text;
use wire_protocol::terminals::TerminalToBind;

/// Longest name of a gateway.
const NAME_MOST: usize = 40;
/// Longest plate or maker's own number.
const FIELD_MOST: usize = 40;
/// Half bytes of the number by the edition of 2019.
const DIGITS_MOST: usize = 20;

/// A gateway's name stands in addresses and files.
pub(super) fn checked_name(name: &str) -> Result<(), PeopleError> {
    let letter = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    if (1..=NAME_MOST).contains(&name.len()) && name.chars().all(letter) {
        Ok(())
    } else {
        let problem = "must be 1 to 40 small letters, digits and hyphens";
        Err(PeopleError::BadField { field: "gateway", problem })
    }
}

/// The number without leading zeros, as gateways know terminals: digits, or the letters `a` to `f` that some makers write
/// among them.
pub(super) fn checked_number(number: &str) -> Result<String, PeopleError> {
    let number = number.trim();
    let is_one = (1..=DIGITS_MOST).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_one {
        let problem = "must be 1 to 20 digits, or letters a to f where the gateway lists them";
        return Err(PeopleError::BadField { field: "number", problem });
    }
    let number = number.to_ascii_lowercase();
    let stripped = number.trim_start_matches('0');
    Ok(if stripped.is_empty() { "0" } else { stripped }.to_owned())
}

/// The binding with its free fields trimmed; an empty one holds the terminal to nothing.
pub(super) fn checked(asked: &TerminalToBind) -> Result<TerminalToBind, PeopleError> {
    checked_name(&asked.gateway)?;
    Ok(TerminalToBind {
        plate: optional("plate", asked.plate.as_deref())?,
        terminal_id: optional("terminal_id", asked.terminal_id.as_deref())?,
        ..asked.clone()
    })
}

fn optional(field: &'static str, value: Option<&str>) -> Result<Option<String>, PeopleError> {
    let Some(value) = value else { return Ok(None) };
    let bad = |problem| PeopleError::BadField { field, problem };
    let kept = text::line(value).map_err(|_| bad("must be one line without control characters"))?;
    let kept = kept.trim();
    if kept.chars().count() > FIELD_MOST {
        return Err(bad("must be at most 40 characters"));
    }
    Ok((!kept.is_empty()).then(|| kept.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_digits_without_leading_zeros_and_names_plain() {
        let cases = [
            ("013912344329", "13912344329"),
            (" 7 ", "7"),
            ("000", "0"),
            ("00C0ffee12", "c0ffee12"),
        ];
        for (number, is) in cases {
            assert_eq!(checked_number(number).ok().as_deref(), Some(is));
        }
        for number in ["", "12g", "１２", "123456789012345678901", "1 2"] {
            assert!(checked_number(number).is_err(), "{number}");
        }
        for name in ["", "North", "../x", "a b", "门", &"a".repeat(41)] {
            assert!(checked_name(name).is_err(), "{name}");
        }
        assert!(checked_name("north-1").is_ok());
    }

    #[test]
    fn free_fields_hold_nothing_that_hides_or_turns() {
        let kept = |value| optional("plate", Some(value));
        assert_eq!(kept(" 宁A\u{202e}12345\u{200b} ").unwrap().as_deref(), Some("宁A12345"));
        assert_eq!(kept("\u{200b}").unwrap(), None);
        assert!(kept("宁A\n12345").is_err());
        assert!(kept(&"宁".repeat(41)).is_err());
    }
}
