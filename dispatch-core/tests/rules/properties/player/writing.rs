//! Words between a crew and its centre.

use super::super::moves::What;
use super::Picker;
use dispatch_core::model::*;

impl Picker<'_> {
    /// Words written or read; nothing for any other move.
    pub(super) fn writing(&self, through: u64) -> Option<Command> {
        let act = match self.one.what {
            What::SendMessage => MessageAct::Send { text: "注意安全".to_owned() },
            What::ReadMessages => MessageAct::Read { through },
            What::WriteToCentre(need) => MessageAct::Write { need, text: "堵车".to_owned() },
            What::AnswerCrew => MessageAct::Answer { through, text: String::new() },
            _ => return None,
        };
        Some(Command::Message { vehicle: self.vehicle()?, act })
    }
}
