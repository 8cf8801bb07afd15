//! The newest encoded messages of one centre, shared by all consoles; bounded by count and bytes.
//!
//! A console's place in the feed is a position in the rings, so a slow console costs nothing: it falls
//! off the old end and is given a snapshot.

use axum::extract::ws::Utf8Bytes;
use dispatch_desk::journal::Mark;
use std::collections::VecDeque;

/// One encoded message.
#[derive(Clone, Debug)]
struct Entry {
    /// Its place among the messages of all centres.
    sequence: u64,
    /// What of the journal it tells; nothing for messages outside the journal.
    told: Option<Told>,
    text: Utf8Bytes,
}

/// Consecutive events of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::live) struct Told {
    /// The version the console has after it.
    pub(in crate::live) version: u64,
    /// The mark of each event; the last is that of `version`.
    pub(in crate::live) marks: Box<[Mark]>,
}

impl Told {
    fn mark_at(&self, version: u64) -> Option<Mark> {
        let before_last = usize::try_from(self.version.checked_sub(version)?).ok()?;
        self.marks.iter().rev().nth(before_last).copied()
    }
}

/// The ring of one centre. Positions count up for ever; those before `first` are gone.
#[derive(Debug)]
pub(in crate::live) struct Ring {
    first: u64,
    entries: VecDeque<Entry>,
    bytes: usize,
    most_entries: usize,
    most_bytes: usize,
    /// The version before position 0 and its mark, until that is gone.
    base: Option<(u64, Mark)>,
}

/// What lies at a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::live) enum At {
    /// A message, and its place among the messages of all centres.
    Entry(u64, Utf8Bytes),
    /// Nothing yet.
    End,
    /// It is gone.
    Gone,
}

impl Ring {
    /// An empty ring of a centre that stands at this version, with this mark.
    pub(in crate::live) fn new(base: (u64, Mark), most_entries: usize, most_bytes: usize) -> Self {
        let entries = VecDeque::new();
        Self { first: 0, entries, bytes: 0, most_entries, most_bytes, base: Some(base) }
    }

    /// The position of the next message.
    pub(in crate::live) fn end(&self) -> u64 {
        self.first + self.entries.len() as u64
    }

    /// Adds a message and lets the oldest go where there is no room. The newest stays, however large.
    pub(in crate::live) fn push(&mut self, sequence: u64, told: Option<Told>, text: Utf8Bytes) {
        self.bytes += text.len();
        self.entries.push_back(Entry { sequence, told, text });
        while self.entries.len() > 1
            && (self.entries.len() > self.most_entries || self.bytes > self.most_bytes)
        {
            self.drop_oldest();
        }
    }

    /// Forgets everything, so that every console needs a snapshot.
    pub(in crate::live) fn reset(&mut self) {
        self.first = self.end() + 1;
        self.entries.clear();
        self.bytes = 0;
        self.base = None;
    }

    /// What lies at a position.
    pub(in crate::live) fn at(&self, position: u64) -> At {
        let Some(index) = position.checked_sub(self.first) else { return At::Gone };
        match self.entries.get(index as usize) {
            Some(entry) => At::Entry(entry.sequence, entry.text.clone()),
            None => At::End,
        }
    }

    /// The position after the message that brought a console to this version, if it is still known.
    pub(in crate::live) fn position_after(&self, version: u64) -> Option<u64> {
        let brought = |entry: &Entry| entry.told.as_ref().is_some_and(|it| it.version == version);
        let found = self.entries.iter().rposition(brought);
        let after = found.map(|index| self.first + index as u64 + 1);
        after.or_else(|| self.base.is_some_and(|(base, _)| base == version).then_some(0))
    }

    /// The mark of a version, if it is still known.
    pub(in crate::live) fn mark_at(&self, version: u64) -> Option<Mark> {
        let told = self.entries.iter().rev().filter_map(|entry| entry.told.as_ref());
        let mut found = told.filter_map(|told| told.mark_at(version));
        let base = self.base.filter(|(base, _)| *base == version);
        found.next().or(base.map(|(_, mark)| mark))
    }

    /// The position of the first message that tells of more than this version. It may tell of this one too,
    /// since another server may have told in other pieces. Nothing when what lies between is no longer known.
    pub(in crate::live) fn position_beyond(&self, version: u64) -> Option<u64> {
        let told = |entry: &Entry| entry.told.as_ref().is_some_and(|it| it.version <= version);
        match self.entries.iter().rposition(told) {
            Some(index) => Some(self.first + index as u64 + 1),
            None => self.base.is_some_and(|(base, _)| base <= version).then_some(self.first),
        }
    }

    fn drop_oldest(&mut self) {
        if let Some(oldest) = self.entries.pop_front() {
            self.first += 1;
            self.bytes -= oldest.text.len();
            self.base = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(versions: std::ops::RangeInclusive<u64>) -> Ring {
        let mut ring = Ring::new((10, [10; 8]), 3, 100);
        for version in versions {
            ring.push(version, told(version, 1), Utf8Bytes::from(version.to_string()));
        }
        ring
    }

    fn told(version: u64, events: u64) -> Option<Told> {
        let marks = (version + 1 - events..=version).map(|version| [version as u8; 8]).collect();
        Some(Told { version, marks })
    }

    #[test]
    fn every_version_that_is_still_known_has_its_mark() {
        let mut ring = Ring::new((10, [10; 8]), 3, 100);
        ring.push(1, told(13, 3), "13".into());
        ring.push(2, None, "link".into());
        ring.push(3, told(14, 1), "14".into());
        let marks = |ring: &Ring| {
            (9..=15).map(|it| ring.mark_at(it).map(|mark| mark[0])).collect::<Vec<_>>()
        };
        assert_eq!(marks(&ring), [None, Some(10), Some(11), Some(12), Some(13), Some(14), None]);
        ring.push(4, told(15, 1), "15".into());
        assert_eq!(marks(&ring), [None, None, None, None, None, Some(14), Some(15)]);
    }

    #[test]
    fn a_console_goes_on_where_it_was() {
        let ring = ring(11..=12);
        assert_eq!(ring.position_after(10), Some(0));
        assert_eq!(ring.position_after(11), Some(1));
        assert_eq!(ring.at(1), At::Entry(12, "12".into()));
        assert_eq!(ring.at(ring.end()), At::End);
    }

    #[test]
    fn a_console_from_another_server_goes_on_between_two_messages() {
        let mut ring = Ring::new((10, [10; 8]), 3, 100);
        for (version, events) in [(12, 2), (15, 3)] {
            ring.push(version, told(version, events), Utf8Bytes::from(version.to_string()));
        }
        let positions = [9, 10, 11, 12, 13].map(|version| ring.position_beyond(version));
        assert_eq!(positions, [None, Some(0), Some(0), Some(1), Some(1)]);
        ring.push(16, told(16, 1), "16".into());
        ring.push(17, told(17, 1), "17".into());
        assert_eq!(ring.position_beyond(11), None, "the message that told of 12 is gone");
    }

    #[test]
    fn what_is_gone_is_said_to_be_gone() {
        let ring = ring(11..=15);
        assert_eq!([10, 11, 12, 99].map(|version| ring.position_after(version)), [None; 4]);
        assert_eq!(ring.position_after(13), Some(3));
        assert_eq!(ring.at(1), At::Gone);
    }

    #[test]
    fn bytes_are_bounded_too_but_the_newest_stays() {
        let mut ring = ring(11..=13);
        ring.push(99, None, Utf8Bytes::from("x".repeat(500)));
        assert_eq!(ring.at(3), At::Entry(99, "x".repeat(500).into()));
        assert_eq!(ring.at(2), At::Gone);
    }

    #[test]
    fn after_a_reset_every_position_is_gone() {
        let mut ring = ring(11..=12);
        let waiting_at = ring.end();
        ring.reset();
        assert_eq!(ring.at(waiting_at), At::Gone);
        assert_eq!(ring.position_after(12), None);
    }
}
