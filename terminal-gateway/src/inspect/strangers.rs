//! Terminals that no entry of the file is about: listed, so that one can be entered, and otherwise ignored.

use crate::jt808::body::Said;
use crate::jt808::frame::Frame;
use serde::Serialize;
use std::collections::BTreeMap;

/// Strangers listed; a flood of invented numbers replaces those heard longest ago.
const MOST: usize = 256;

/// A terminal that is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stranger {
    /// The number in its frames.
    pub number: String,
    /// From where it called last.
    pub from: String,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub first_ms: i64,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub last_ms: i64,
    /// Frames that came.
    pub frames: u64,
    /// Maker, model, own number and plate as it registered.
    pub registered_as: Option<String>,
}

/// All strangers of late.
#[derive(Debug, Default)]
pub struct Strangers(BTreeMap<String, Stranger>);

impl Strangers {
    /// A frame came of a number that is not known.
    pub fn heard(&mut self, frame: &Frame, from: &str, now_ms: i64) {
        let number = frame.header.number.to_string();
        if !self.0.contains_key(&number) && self.0.len() == MOST {
            let oldest = self.0.values().min_by_key(|it| it.last_ms).map(|it| it.number.clone());
            oldest.and_then(|number| self.0.remove(&number));
        }
        let stranger = self.0.entry(number.clone()).or_insert_with(|| Stranger {
            number,
            from: String::new(),
            first_ms: now_ms,
            last_ms: now_ms,
            frames: 0,
            registered_as: None,
        });
        from.clone_into(&mut stranger.from);
        stranger.last_ms = now_ms;
        stranger.frames += 1;
        let read = Said::read(frame.header.message, frame.header.edition, &frame.body);
        if let Some(Said::Registration(it)) = read {
            let said = format!("{} {} {} {}", it.maker, it.model, it.terminal, it.plate);
            stranger.registered_as = Some(said);
        }
    }

    /// Those heard last first.
    pub fn listed(&self) -> Vec<Stranger> {
        let mut all: Vec<Stranger> = self.0.values().cloned().collect();
        all.sort_by_key(|it| std::cmp::Reverse(it.last_ms));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jt808::frame::{Edition, Encoder, TerminalNumber};

    #[test]
    fn a_flood_of_numbers_leaves_the_latest() {
        let mut strangers = Strangers::default();
        for number in 1..=1_000 {
            let digits = TerminalNumber::new(&number.to_string()).expect("digits");
            let frame = Encoder::new(Edition::Y2013, digits).message(2, &[]).1.remove(0);
            let frame = Frame::decode(&frame[1..frame.len() - 1]).expect("a frame");
            strangers.heard(&frame, "10.0.0.1:4000", number);
        }
        let listed = strangers.listed();
        assert_eq!(listed.len(), MOST);
        assert_eq!((listed[0].number.as_str(), listed[0].frames), ("1000", 1));
    }
}
