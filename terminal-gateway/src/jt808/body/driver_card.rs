//! Driver's card put in or taken out, 0x0702.

use super::super::{Octets, TerminalTime, from_gbk};

/// A card in the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriverCard {
    /// Put in; otherwise taken out.
    pub inserted: bool,
    /// By the terminal's clock.
    pub time: Option<TerminalTime>,
    /// Who the card says it is; `None` when it was taken out or could not be read.
    pub driver: Option<Driver>,
}

/// What stands on a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Driver {
    /// Name.
    pub name: String,
    /// Number of the certificate of qualification.
    pub certificate: String,
    /// Who issued it.
    pub issuer: String,
}

impl DriverCard {
    /// Reads a body of 2013 or 2019; `None` without its status. What follows a card that could not be read is left.
    pub fn read(octets: &mut Octets<'_>) -> Option<DriverCard> {
        let inserted = octets.u8()? == 1;
        let time = octets.take(6).and_then(TerminalTime::from_bcd);
        let is_read = inserted && octets.u8() == Some(0);
        let driver = if is_read { driver(octets) } else { None };
        Some(DriverCard { inserted, time, driver })
    }
}

fn driver(octets: &mut Octets<'_>) -> Option<Driver> {
    let name = from_gbk(octets.counted()?);
    let certificate = from_gbk(octets.take(20)?);
    let issuer = octets.counted().map(from_gbk).unwrap_or_default();
    Some(Driver { name, certificate, issuer })
}
