//! The one-time code that lets the first administrator be made: printed at start while there are no
//! people, held only in memory, gone once used.

use dispatch_desk::chance::random;
use std::fmt;

/// Letters that are not mistaken for one another when read from a screen.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Letters in a code: 16 of 32 make 80 bits.
const CODE_LETTERS: usize = 16;

/// A set-up code.
pub(super) struct SetupCode(String);

impl SetupCode {
    /// A fresh code.
    pub(super) fn new() -> Self {
        let picks = random::<[u8; CODE_LETTERS]>();
        Self(picks.iter().map(|pick| char::from(LETTERS[usize::from(pick % 32)])).collect())
    }

    /// Whether this is the code, typed with or without dashes, in large or small letters. Compares all
    /// letters whatever the first ones are.
    pub(super) fn is(&self, typed: &str) -> bool {
        let mut letters = typed.chars().filter(|c| *c != '-' && *c != ' ');
        let mut differences = 0_u32;
        for expected in self.0.chars() {
            let same = letters.next().is_some_and(|c| c.to_ascii_uppercase() == expected);
            differences += u32::from(!same);
        }
        differences == 0 && letters.next().is_none()
    }
}

impl Default for SetupCode {
    fn default() -> Self {
        Self::new()
    }
}

/// For the start-up line only: `ABCD-EFGH-JKLM-NPQR`.
impl fmt::Display for SetupCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, letter) in self.0.chars().enumerate() {
            if n > 0 && n % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_as_people_type_it() {
        let code = SetupCode("ABCDEFGHJKLMNPQR".to_owned());
        assert_eq!(code.to_string(), "ABCD-EFGH-JKLM-NPQR");
        assert!(code.is("ABCD-EFGH-JKLM-NPQR"));
        assert!(code.is("abcd efgh jklm npqr"));
        assert!(!code.is("ABCD-EFGH-JKLM-NPQS"));
        assert!(!code.is("ABCD-EFGH-JKLM-NPQRA"));
        assert!(!code.is(""));
    }
}
