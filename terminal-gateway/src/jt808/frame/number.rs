//! A terminal's number: its SIM card's telephone number, or what the maker put in its place.

use std::fmt;

/// Digits without leading zeros, so that a terminal keeps its name when it writes twelve digits today and twenty
/// tomorrow.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TerminalNumber(String);

impl TerminalNumber {
    /// Twenty digits at most, as the edition of 2019 has, or the letters `a` to `f` that a maker wrote among them; `None`
    /// for anything else.
    pub fn new(digits: &str) -> Option<TerminalNumber> {
        let is_half_a_byte = |it: u8| it.is_ascii_hexdigit();
        let fits = (1..=20).contains(&digits.len()) && digits.bytes().all(is_half_a_byte);
        fits.then(|| TerminalNumber::stripped(&digits.to_ascii_lowercase()))
    }

    /// The digits, without leading zeros.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads BCD. Half a byte that is no digit, as makers write them in test devices, stays a letter `a` to `f`.
    pub(super) fn from_bcd(bytes: &[u8]) -> TerminalNumber {
        let digits: String = bytes.iter().map(|it| format!("{it:02x}")).collect();
        TerminalNumber::stripped(&digits)
    }

    /// BCD of so many bytes, filled up with zeros on the left; the last digits where it is longer.
    pub(super) fn to_bcd(&self, bytes: usize) -> Vec<u8> {
        let halves: Vec<u8> =
            self.0.chars().filter_map(|it| it.to_digit(16)).map(|it| it as u8).collect();
        let surplus = halves.len().saturating_sub(bytes * 2);
        let zeros = (bytes * 2).saturating_sub(halves.len());
        let filled: Vec<u8> =
            std::iter::repeat_n(0, zeros).chain(halves.into_iter().skip(surplus)).collect();
        filled.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
    }

    fn stripped(digits: &str) -> TerminalNumber {
        let stripped = digits.trim_start_matches('0');
        TerminalNumber(if stripped.is_empty() { "0".to_owned() } else { stripped.to_owned() })
    }
}

impl fmt::Display for TerminalNumber {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}
