//! Keys that a crew presses on a terminal, which become the agent's presses: events 0x0301, answers 0x0302, menu 0x0303.

use super::super::Octets;

/// An entry of the menu that was chosen, or given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MenuChoice {
    /// Number of the entry, as 0x8303 set it.
    pub entry: u8,
    /// Chosen; otherwise cancelled.
    pub chosen: bool,
}

/// An answer to a question that 0x8302 asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuestionAnswer {
    /// Serial number of the question's frame.
    pub question_serial: u16,
    /// Number of the answer.
    pub answer: u8,
}

impl MenuChoice {
    pub(super) fn read(octets: &mut Octets<'_>) -> Option<MenuChoice> {
        Some(MenuChoice { entry: octets.u8()?, chosen: octets.u8()? == 1 })
    }
}

impl QuestionAnswer {
    pub(super) fn read(octets: &mut Octets<'_>) -> Option<QuestionAnswer> {
        Some(QuestionAnswer { question_serial: octets.u16()?, answer: octets.u8()? })
    }
}
