//! The region as consoles get it, made once at start and sent as ready bytes.

use axum::body::Bytes;
use dispatch_core::model::Wgs84;
use flate2::Compression;
use flate2::write::GzEncoder;
use region::{Bounds, CentreKind, FoundPlace, Region, UnknownKilometre};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;
use wire_protocol::commands::Position;
use wire_protocol::region::{
    CentreView, HospitalView, KilometreUnknown, PlaceFound, RegionView, StationView,
};

/// The documents that never change while the server runs.
pub struct RegionDocuments {
    /// `RegionView` as JSON.
    pub region: Ready,
    /// The map as GeoJSON.
    pub map: Ready,
    /// What of it terminals in vehicles draw.
    pub tablet_map: Ready,
}

/// A document ready to be sent, plain and compressed.
pub struct Ready {
    /// As it is.
    pub plain: Bytes,
    /// Compressed with gzip; absent where that failed.
    pub gzip: Option<Bytes>,
    /// Names what it says, however it is sent, as RFC 9110 has it.
    pub etag: String,
}

/// Bytes of the digest that an entity tag shows; nobody makes up two maps that share them.
const TAG_BYTES: usize = 16;

impl Ready {
    fn of(plain: Vec<u8>) -> Self {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        let gzip = encoder.write_all(&plain).and_then(|()| encoder.finish());
        let digest = Sha256::digest(&plain);
        let hex: String = digest.iter().take(TAG_BYTES).map(|byte| format!("{byte:02x}")).collect();
        let etag = format!("W/\"{hex}\"");
        Self { plain: plain.into(), gzip: gzip.ok().map(Bytes::from), etag }
    }
}

impl RegionDocuments {
    pub(super) fn of(region: &Region) -> Self {
        let view = serde_json::to_vec(&region_view(region)).unwrap_or_default();
        let map = region.map_geojson().to_string().into_bytes();
        let tablet_map = region.tablet_map_geojson().to_string().into_bytes();
        Self { region: Ready::of(view), map: Ready::of(map), tablet_map: Ready::of(tablet_map) }
    }
}

fn region_view(region: &Region) -> RegionView {
    let settings = &region.settings;
    let Bounds { west, south, east, north } = settings.map.bounds;
    let mut centres: Vec<CentreView> = region
        .centres
        .iter()
        .map(|centre| CentreView {
            id: centre.id.clone(),
            code: centre.code.clone(),
            name_zh: centre.name_zh.clone(),
            name_en: centre.name_en.clone(),
            regional: centre.kind == CentreKind::Regional,
            position: position(centre.position),
        })
        .collect();
    centres.sort_by_key(|centre| !centre.regional);
    RegionView {
        exercise: settings.exercise,
        id: settings.id.clone(),
        name_zh: settings.name.zh.clone(),
        name_en: settings.name.en.clone(),
        bounds: [west, south, east, north],
        time_zone_minutes: settings.time_zone_offset_minutes,
        centres,
        stations: stations(region),
        hospitals: hospitals(region),
        norms_seconds: norms(region),
        credits: settings
            .credits
            .iter()
            .map(|credit| format!("{} ({})", credit.name, credit.licence))
            .collect(),
    }
}

fn stations(region: &Region) -> Vec<StationView> {
    let view = |station: &region::Station| StationView {
        id: station.id.clone(),
        centre: station.centre.clone(),
        name_zh: station.name_zh.clone(),
        name_en: station.name_en.clone(),
        position: position(station.position),
    };
    region.stations.iter().map(view).collect()
}

fn hospitals(region: &Region) -> Vec<HospitalView> {
    let view = |hospital: &region::Hospital| HospitalView {
        id: hospital.id.clone(),
        centre: hospital.centre.clone(),
        name_zh: hospital.name_zh.clone(),
        name_en: hospital.name_en.clone(),
        grade: hospital.grade.clone(),
        specialities: hospital.specialities.iter().map(crate::views::word).collect(),
        position: position(hospital.position),
    };
    region.hospitals.iter().map(view).collect()
}

fn norms(region: &Region) -> BTreeMap<String, u32> {
    let norms = &region.settings.norms;
    let positions = crate::fleet::position_norms(region);
    let by_name = [
        ("answer", norms.answer_seconds),
        ("order", norms.order_seconds),
        ("departure", norms.departure_seconds),
        ("response_urban", norms.response_urban_seconds),
        ("response_rural", norms.response_rural_seconds),
        ("device_receipt", norms.device_receipt_seconds),
        ("crew_acknowledgement", norms.crew_acknowledgement_seconds),
        ("silent_vehicle", norms.silent_vehicle_seconds),
        ("order_expiry", norms.order_expiry_seconds),
        ("position_fresh_at_station", positions.fresh_at_station_seconds as u32),
        ("position_unknown_after", positions.unknown_after_seconds as u32),
    ];
    by_name.into_iter().map(|(name, seconds)| (name.to_owned(), seconds)).collect()
}

pub(super) fn place_found(found: FoundPlace) -> PlaceFound {
    PlaceFound {
        name_zh: found.name_zh,
        name_en: found.name_en,
        kind: found.kind.to_owned(),
        county_zh: found.county_zh,
        county_en: found.county_en,
        position: position(found.position),
        centre: found.centre,
        error_radius_m: found.error_radius_m,
    }
}

pub(super) fn kilometre_unknown(unknown: UnknownKilometre) -> KilometreUnknown {
    let UnknownKilometre { number, name_zh, name_en, known_km } = unknown;
    let (known_from_km, known_to_km) = known_km.unzip();
    KilometreUnknown { road: number, name_zh, name_en, known_from_km, known_to_km }
}

fn position(place: Wgs84) -> Position {
    Position { lon: place.lon, lat: place.lat }
}
