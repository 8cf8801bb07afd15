//! Words between a crew and its centre.

use super::super::moves::Words;
use super::Picker;
use dispatch_core::model::*;

impl Picker<'_> {
    /// Words written or read.
    pub(super) fn writing(&self, words: Words, through: u64) -> Option<Command> {
        let act = match words {
            Words::Send => MessageAct::Send { text: "注意安全".to_owned() },
            Words::Read => MessageAct::Read { through },
            Words::Write(need) => MessageAct::Write { need, text: "堵车".to_owned() },
            Words::Answer => MessageAct::Answer { through, text: String::new() },
        };
        Some(Command::Message { vehicle: self.vehicle()?, act })
    }
}
