//! A terminal's number: its SIM card's telephone number, or what the maker put in its place.

use std::fmt;

/// Most digits: the ten bytes of the edition of 2019.
const MOST_DIGITS: usize = 20;

/// Digits without leading zeros, so that a terminal keeps its name when it writes twelve digits today and twenty
/// tomorrow. In place and not on the heap: each frame has one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TerminalNumber {
    /// Letters and digits of ASCII, then zeros.
    digits: [u8; MOST_DIGITS],
    len: u8,
}

impl TerminalNumber {
    /// Twenty digits at most, as the edition of 2019 has, or the letters `a` to `f` that a maker wrote among them; `None`
    /// for anything else.
    pub fn new(digits: &str) -> Option<TerminalNumber> {
        let is_half_a_byte = |it: u8| it.is_ascii_hexdigit();
        let fits = (1..=MOST_DIGITS).contains(&digits.len()) && digits.bytes().all(is_half_a_byte);
        fits.then(|| TerminalNumber::stripped(digits.bytes().map(|it| it.to_ascii_lowercase())))
    }

    /// The digits, without leading zeros.
    pub fn as_str(&self) -> &str {
        // ASCII is text always.
        std::str::from_utf8(&self.digits[..usize::from(self.len)]).unwrap_or_default()
    }

    /// Reads BCD, of ten bytes at most. Half a byte that is no digit, as makers write them in test devices, stays a letter
    /// `a` to `f`.
    pub(crate) fn from_bcd(bytes: &[u8]) -> TerminalNumber {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let halves = bytes.iter().flat_map(|it| [it >> 4, it & 0x0f]);
        TerminalNumber::stripped(halves.map(|half| DIGITS[usize::from(half)]))
    }

    /// BCD of so many bytes, filled up with zeros on the left; the last digits where it is longer.
    pub(super) fn to_bcd(self, bytes: usize) -> impl Iterator<Item = u8> {
        let half = move |from_the_end: usize| {
            let at = usize::from(self.len).checked_sub(from_the_end + 1);
            match at.map_or(b'0', |at| self.digits[at]) {
                digit @ b'0'..=b'9' => digit - b'0',
                letter => letter - b'a' + 10,
            }
        };
        (0..bytes).rev().map(move |pair| half(2 * pair + 1) << 4 | half(2 * pair))
    }

    fn stripped(halves: impl Iterator<Item = u8>) -> TerminalNumber {
        let mut number = TerminalNumber { digits: [0; MOST_DIGITS], len: 0 };
        for digit in halves.skip_while(|it| *it == b'0').take(MOST_DIGITS) {
            number.digits[usize::from(number.len)] = digit;
            number.len += 1;
        }
        if number.len == 0 {
            (number.digits[0], number.len) = (b'0', 1);
        }
        number
    }
}

impl fmt::Display for TerminalNumber {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.as_str())
    }
}

/// As text, for the technician who reads a frame in words.
impl fmt::Debug for TerminalNumber {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "TerminalNumber({:?})", self.as_str())
    }
}
