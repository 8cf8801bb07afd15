//! How a terminal says who it is: registration 0x0100, authentication 0x0102, attributes 0x0107. The three editions have
//! fields of other lengths. Terminals put the body of one edition behind the header of another; the length tells which it is.

use super::super::frame::Edition;
use super::super::{Octets, from_gbk};

/// A terminal that is new here asks to be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Province by GB/T 2260, the first two digits; 64 is Ningxia.
    pub province: u16,
    /// City and county by GB/T 2260, the last four digits.
    pub city: u16,
    /// Maker's code.
    pub maker: String,
    /// Model, by its maker.
    pub model: String,
    /// The terminal's own number, by its maker.
    pub terminal: String,
    /// Colour of the plate by JT/T 415; 0 without a plate.
    pub plate_colour: u8,
    /// Plate; or the vehicle's number where it has none.
    pub plate: String,
}

impl Registration {
    /// Reads a body; `None` when the fixed part is not all there.
    pub fn read(octets: &mut Octets<'_>) -> Option<Registration> {
        /// No plate and no number of a chassis is so long that a body of 2013 came to this.
        const LEAST_2019: usize = 76;
        const LEAST_2013: usize = 37;
        let (maker, model, terminal) = match octets.len() {
            LEAST_2019.. => (11, 30, 30),
            LEAST_2013.. => (5, 20, 7),
            // The edition of 2011 has models of eight bytes.
            _ => (5, 8, 7),
        };
        Some(Registration {
            province: octets.u16()?,
            city: octets.u16()?,
            maker: from_gbk(octets.take(maker)?),
            model: from_gbk(octets.take(model)?),
            terminal: from_gbk(octets.take(terminal)?),
            plate_colour: octets.u8()?,
            plate: from_gbk(octets.rest()),
        })
    }
}

/// A terminal that is known here begins a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authentication {
    /// The code that it was given when it registered.
    pub code: String,
    /// IMEI, by the edition of 2019.
    pub imei: Option<String>,
    /// Version of its software, by the edition of 2019.
    pub software: Option<String>,
}

impl Authentication {
    /// Reads a body: the code alone, or length, code, IMEI of 15 bytes and software of 20, whatever the header says. What
    /// follows the code may be cut short or longer than it should be.
    pub fn read(octets: &mut Octets<'_>) -> Authentication {
        let whole = octets.rest();
        Authentication::by_2019(whole).unwrap_or_else(|| Authentication {
            code: from_gbk(whole),
            imei: None,
            software: None,
        })
    }

    /// `None` where the first byte can be no length: codes are letters and digits, whose numbers are greater than any
    /// code's length.
    fn by_2019(body: &[u8]) -> Option<Authentication> {
        let mut octets = Octets::of(body);
        let length = octets.u8().filter(|it| !(b' '..=b'~').contains(it))?;
        let code = from_gbk(octets.take(usize::from(length))?);
        let imei = octets.take(15).map(from_gbk);
        let software = octets.take(octets.len().min(20)).map(from_gbk).filter(|it| !it.is_empty());
        Some(Authentication { code, imei, software })
    }
}

/// What kind of terminal it is, asked with 0x8107.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attributes {
    /// Maker's code.
    pub maker: String,
    /// Model, by its maker.
    pub model: String,
    /// The terminal's own number, by its maker.
    pub terminal: String,
    /// Number of the SIM card.
    pub iccid: String,
    /// Version of the hardware.
    pub hardware: String,
    /// Version of the firmware.
    pub firmware: String,
    /// Systems of satellites it hears: bit 0 GPS, 1 BeiDou, 2 GLONASS, 3 Galileo.
    pub satellites: u8,
}

impl Attributes {
    /// Reads a body; `None` when it is that of neither edition.
    pub fn read(octets: &mut Octets<'_>, edition: Edition) -> Option<Attributes> {
        let widths = match edition {
            Edition::Y2013 => [(20, 7), (30, 30)],
            Edition::Y2019 => [(30, 30), (20, 7)],
        };
        let body = octets.rest();
        widths.into_iter().find_map(|(model, terminal)| Attributes::of(body, model, terminal))
    }

    fn of(body: &[u8], model: usize, terminal: usize) -> Option<Attributes> {
        let mut octets = Octets::of(body);
        let _kind_of_vehicle = octets.u16()?;
        let maker = from_gbk(octets.take(5)?);
        let model = from_gbk(octets.take(model)?);
        let terminal = from_gbk(octets.take(terminal)?);
        let iccid = octets.take(10)?.iter().map(|it| format!("{it:02x}")).collect();
        let hardware = counted(&mut octets)?;
        let firmware = counted(&mut octets)?;
        let (satellites, _radio) = (octets.u8()?, octets.u8()?);
        let whole = Attributes { maker, model, terminal, iccid, hardware, firmware, satellites };
        octets.is_empty().then_some(whole)
    }
}

/// A text behind its length, which must not run over the end: that is how the editions are told apart here.
fn counted(octets: &mut Octets<'_>) -> Option<String> {
    let length = usize::from(octets.u8()?);
    octets.take(length).map(from_gbk)
}
