//! Where one console is in the feed.

use super::snapshot::versions;
use crate::live::feed::{At, Audience, Known, Picture, Ring, encode};
use crate::live::limits::ENTRIES_AT_ONCE;
use crate::live::shared::Shared;
use axum::extract::ws::Utf8Bytes;
use dispatch_desk::journal::to_hex;
use wire_protocol::console::{FeedMessage, SeenVersion};

/// One console's positions in the rings of its audience's centres.
pub(super) struct Cursor {
    positions: Box<[u64]>,
}

/// What comes next for a console.
pub(super) enum Next {
    /// These messages; there may be more.
    Messages(Vec<Utf8Bytes>),
    /// Nothing now.
    Nothing,
    /// It fell off a ring: it needs a snapshot.
    Behind,
}

impl Cursor {
    /// From these positions on.
    pub(super) fn at(positions: &[u64]) -> Self {
        Self { positions: positions.into() }
    }

    /// From the versions a console saw on an earlier link, here or at another server of the same journal;
    /// nothing when its numbers mean nothing here or a centre's version is no longer in the ring. Nor when it is
    /// ahead of this server, or saw another event at its version: then the journal may have been set back, and a
    /// console that goes on from its numbers would show what is lost for ever.
    pub(super) fn resume(
        shared: &Shared,
        audience: &Audience,
        known: Known,
        seen: &[SeenVersion],
    ) -> Option<Self> {
        let after = match known {
            Known::OfThisRun => Ring::position_after,
            Known::OfAnotherServer => Ring::position_beyond,
            Known::Foreign => return None,
        };
        shared.feed.with_pictures(|pictures| {
            let position = |number: &u16| {
                let picture = &pictures[usize::from(*number)];
                let seen = seen.iter().find(|s| s.centre == picture.state.centre.as_str())?;
                let hash = picture.mark_at(seen.version).map(|mark| to_hex(&mark));
                let is_another = seen.hash.is_some() && seen.hash != hash;
                if seen.version > picture.state.version || is_another {
                    return None;
                }
                after(&picture.ring, seen.version)
            };
            let positions: Option<Box<[u64]>> = audience.centres.iter().map(position).collect();
            positions.map(|positions| Self { positions })
        })
    }

    /// Everything that is there now, and the word that it is all: what completes a resume or follows
    /// a snapshot. Nothing when the cursor fell off a ring.
    pub(super) fn catch_up(
        &mut self,
        shared: &Shared,
        audience: &Audience,
    ) -> Option<Vec<Utf8Bytes>> {
        shared.feed.with_pictures(|pictures| {
            let mut messages = Vec::new();
            loop {
                match self.step(audience, pictures) {
                    At::Entry(_, text) => messages.push(text),
                    At::End => break,
                    At::Gone => return None,
                }
            }
            let caught_up = FeedMessage::CaughtUp {
                epoch: shared.feed.epoch(),
                server_time: shared.clock.now().0,
                versions: versions(audience.centres.iter().map(|n| &pictures[usize::from(*n)])),
            };
            messages.push(encode(&caught_up));
            Some(messages)
        })
    }

    /// The next messages.
    pub(super) fn next(&mut self, shared: &Shared, audience: &Audience) -> Next {
        shared.feed.with_pictures(|pictures| {
            let mut messages = Vec::new();
            while messages.len() < ENTRIES_AT_ONCE {
                match self.step(audience, pictures) {
                    At::Entry(_, text) => messages.push(text),
                    At::End => break,
                    At::Gone => return Next::Behind,
                }
            }
            if messages.is_empty() { Next::Nothing } else { Next::Messages(messages) }
        })
    }

    /// The oldest message not yet told, over all centres in the order in which they were made: a
    /// vehicle that went to and fro between two centres must end up where it is.
    fn step(&mut self, audience: &Audience, pictures: &[Picture]) -> At {
        let mut oldest: Option<(u64, usize, Utf8Bytes)> = None;
        for (place, (number, position)) in audience.centres.iter().zip(&self.positions).enumerate()
        {
            match pictures[usize::from(*number)].ring.at(*position) {
                At::Entry(sequence, text) => {
                    if oldest.as_ref().is_none_or(|(least, ..)| sequence < *least) {
                        oldest = Some((sequence, place, text));
                    }
                }
                At::End => {}
                At::Gone => return At::Gone,
            }
        }
        match oldest {
            Some((sequence, place, text)) => {
                self.positions[place] += 1;
                At::Entry(sequence, text)
            }
            None => At::End,
        }
    }
}
