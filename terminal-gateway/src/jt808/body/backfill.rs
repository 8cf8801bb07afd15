//! Back-fill, 0x0704: locations of the time without a link. History, never where the vehicle is now.

use super::super::Octets;
use super::Location;

/// Many locations in one message.
#[derive(Clone, Debug, PartialEq)]
pub struct Backfill {
    /// Kept while there was no link; otherwise a plain batch of fresh ones.
    pub blind_spot: bool,
    /// In the order sent.
    pub locations: Vec<Location>,
    /// Items that could not be read, and those that were announced and did not come.
    pub malformed: u16,
}

impl Backfill {
    /// Reads a body; `None` without count and kind. An item that cannot be read is left out, and one that runs over
    /// the end is read as far as it goes.
    pub fn read(octets: &mut Octets<'_>) -> Option<Backfill> {
        let (count, kind) = (octets.u16()?, octets.u8()?);
        let (mut locations, mut malformed) = (Vec::new(), 0);
        for _ in 0..count {
            let Some(length) = octets.u16() else {
                malformed += 1;
                break;
            };
            let length = usize::from(length).min(octets.len());
            let location = octets.take(length).and_then(|it| Location::read(&mut Octets::of(it)));
            match location {
                Some(location) => locations.push(location),
                None => malformed += 1,
            }
        }
        Some(Backfill { blind_spot: kind == 1, locations, malformed })
    }
}
