//! Lists of numbers as bytes: a count, then the numbers, little-endian.

use crate::graph::fixed::Fixed;
use crate::graph::parts::Parts;
use crate::graph::road::{Access, Area, Basis, Road, RoadClass, Stored, Surface};

const CUT: &str = "a section ends too early";
const ROAD_BYTES: usize = 24;
const BRIDGE: u8 = 1;
const TUNNEL: u8 = 2;
const ROUNDABOUT: u8 = 4;
const LINK: u8 = 8;

pub(super) struct Writer<'a>(pub(super) &'a mut Vec<u8>);

impl Writer<'_> {
    pub(super) fn parts(&mut self, parts: &Parts) {
        self.count(parts.nodes.len());
        for node in &parts.nodes {
            self.0.extend(node.lon.to_le_bytes());
            self.0.extend(node.lat.to_le_bytes());
        }
        for words in [
            &parts.edge_from,
            &parts.edge_to,
            &parts.edge_length_cm,
            &parts.edge_road,
            &parts.geometry_first,
            &parts.copy_arc,
            &parts.turn_first,
            &parts.turn_to,
        ] {
            self.count(words.len());
            words.iter().for_each(|word| self.0.extend(word.to_le_bytes()));
        }
        for bytes in [&parts.edge_passage, &parts.geometry, &parts.turn_code] {
            self.bytes(bytes);
        }
        self.count(parts.roads.len());
        parts.roads.iter().for_each(|road| self.0.extend(road_bytes(road)));
        self.count(parts.texts.len());
        parts.texts.iter().for_each(|text| self.bytes(text.as_bytes()));
    }

    fn count(&mut self, count: usize) {
        self.0.extend((count as u64).to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.0.extend(bytes);
    }
}

fn road_bytes(road: &Road) -> [u8; ROAD_BYTES] {
    let flag = |set: bool, bit: u8| if set { bit } else { 0 };
    let mut bytes = [0; ROAD_BYTES];
    bytes[0] = road.class.byte();
    bytes[1] = road.surface.byte();
    bytes[2] = road.access.byte();
    bytes[3] = road.area.byte();
    bytes[4] = road.basis.byte();
    bytes[5] = flag(road.bridge, BRIDGE)
        | flag(road.tunnel, TUNNEL)
        | flag(road.roundabout, ROUNDABOUT)
        | flag(road.link, LINK);
    bytes[6] = road.layer.to_le_bytes()[0];
    bytes[7] = road.max_speed_kmh;
    bytes[8..12].copy_from_slice(&road.name.to_le_bytes());
    bytes[12..16].copy_from_slice(&road.name_en.to_le_bytes());
    bytes[16..20].copy_from_slice(&road.reference.to_le_bytes());
    bytes
}

pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn parts(mut self) -> Result<Parts, &'static str> {
        let mut parts = Parts::default();
        let count = self.count()?;
        parts.nodes = self
            .chunks::<8>(count)?
            .map(|it| Fixed {
                lon: i32::from_le_bytes([it[0], it[1], it[2], it[3]]),
                lat: i32::from_le_bytes([it[4], it[5], it[6], it[7]]),
            })
            .collect();
        parts.edge_from = self.words()?;
        parts.edge_to = self.words()?;
        parts.edge_length_cm = self.words()?;
        parts.edge_road = self.words()?;
        parts.geometry_first = self.words()?;
        parts.copy_arc = self.words()?;
        parts.turn_first = self.words()?;
        parts.turn_to = self.words()?;
        parts.edge_passage = self.bytes()?.to_vec();
        parts.geometry = self.bytes()?.to_vec();
        parts.turn_code = self.bytes()?.to_vec();
        let count = self.count()?;
        parts.roads = self
            .chunks::<ROAD_BYTES>(count)?
            .map(|it| road(it).ok_or("a road has an unknown kind"))
            .collect::<Result<_, _>>()?;
        let texts = self.count()?;
        for _ in 0..texts {
            let text = std::str::from_utf8(self.bytes()?).map_err(|_| "a name is not UTF-8")?;
            parts.texts.push(text.to_owned());
        }
        if self.0.is_empty() { Ok(parts) } else { Err("there is something after the last section") }
    }

    fn count(&mut self) -> Result<usize, &'static str> {
        let (count, rest) = self.0.split_first_chunk::<8>().ok_or(CUT)?;
        self.0 = rest;
        usize::try_from(u64::from_le_bytes(*count)).map_err(|_| CUT)
    }

    fn chunks<const N: usize>(
        &mut self,
        count: usize,
    ) -> Result<impl Iterator<Item = &'a [u8; N]> + use<'a, N>, &'static str> {
        let length = count.checked_mul(N).ok_or(CUT)?;
        let (these, rest) = self.0.split_at_checked(length).ok_or(CUT)?;
        self.0 = rest;
        Ok(these.as_chunks::<N>().0.iter())
    }

    fn words(&mut self) -> Result<Vec<u32>, &'static str> {
        let count = self.count()?;
        Ok(self.chunks::<4>(count)?.map(|it| u32::from_le_bytes(*it)).collect())
    }

    fn bytes(&mut self) -> Result<&'a [u8], &'static str> {
        let count = self.count()?;
        let (these, rest) = self.0.split_at_checked(count).ok_or(CUT)?;
        self.0 = rest;
        Ok(these)
    }
}

fn road(bytes: &[u8; ROAD_BYTES]) -> Option<Road> {
    let word =
        |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    Some(Road {
        class: RoadClass::from_byte(bytes[0])?,
        surface: Surface::from_byte(bytes[1])?,
        access: Access::from_byte(bytes[2])?,
        area: Area::from_byte(bytes[3])?,
        basis: Basis::from_byte(bytes[4])?,
        bridge: bytes[5] & BRIDGE != 0,
        tunnel: bytes[5] & TUNNEL != 0,
        roundabout: bytes[5] & ROUNDABOUT != 0,
        link: bytes[5] & LINK != 0,
        layer: i8::from_le_bytes([bytes[6]]),
        max_speed_kmh: bytes[7],
        name: word(8),
        name_en: word(12),
        reference: word(16),
    })
}
