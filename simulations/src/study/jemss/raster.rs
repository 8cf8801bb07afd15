//! Rasters of demand: GeoTIFF files in WGS-84 degrees, gathered into cells of about 200 metres.

use super::files::Text;
use crate::study::problem::Problem;
use dispatch_core::model::Wgs84;
use geometry::METRES_PER_DEGREE;
use std::collections::BTreeMap;
use std::io::Cursor;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;

/// Pixels are gathered until a cell is about so wide, in metres: finer than any road network of a study leads.
const CELL_M: f64 = 200.0;
/// And further until there are no more cells than this, of which each has a row in the tables of travel times.
const MOST_CELLS: usize = 30_000;
/// A raster unpacks to no more bytes than this: a metropolis in pixels of 20 metres.
const MOST_BYTES: usize = 1 << 30;
/// Keys of the GeoTIFF standard: the kind of coordinates, and what a pixel's coordinates mean.
const MODEL_TYPE_KEY: u16 = 1024;
const RASTER_TYPE_KEY: u16 = 1025;
const GEOGRAPHIC: u16 = 2;
const PIXEL_IS_POINT: u16 = 2;

/// Cells with their weights, which need not sum to 1.
pub(super) type Cells = Vec<(Wgs84, f64)>;

/// Where pixels lie, in degrees.
struct Grid {
    west: f64,
    north: f64,
    step: [f64; 2],
}

impl Grid {
    /// The middle of a pixel.
    fn middle(&self, column: usize, row: usize) -> [f64; 2] {
        let [lon, lat] = self.step;
        [self.west + (column as f64 + 0.5) * lon, self.north - (row as f64 + 0.5) * lat]
    }
}

/// The cells of a raster's first band.
///
/// # Errors
/// What is no GeoTIFF, is too large, turned, not in degrees, negative somewhere, or empty.
pub(super) fn read(file: &Text) -> Result<Cells, Problem> {
    let bad = |what: String| Problem::of_file(&file.name, what);
    let unreadable = |error: tiff::TiffError| {
        bad(format!(
            "is no TIFF that can be read (uncompressed, PackBits, LZW and Deflate can): {error}"
        ))
    };
    let mut limits = Limits::default();
    limits.decoding_buffer_size = MOST_BYTES;
    limits.intermediate_buffer_size = MOST_BYTES;
    let decoder = Decoder::new(Cursor::new(file.bytes.as_slice())).map_err(unreadable)?;
    let mut decoder = decoder.with_limits(limits);
    let (width, height) = decoder.dimensions().map_err(unreadable)?;
    let (width, height) = (width as usize, height as usize);
    let grid = grid(&mut decoder).map_err(bad)?;
    let corners = [grid.middle(0, 0), grid.middle(width.max(1) - 1, height.max(1) - 1)];
    if corners.iter().any(|[lon, lat]| Wgs84::checked(*lon, *lat).is_none()) {
        return Err(bad(format!(
            "must be in WGS-84 longitude and latitude; its corners are {corners:?} (gdalwarp -t_srs EPSG:4326 brings it there)"
        )));
    }
    let missing = decoder.find_tag(Tag::GdalNodata).map_err(unreadable)?;
    let missing = missing.and_then(|it| it.into_string().ok());
    let missing: Option<f64> = missing.and_then(|text| text.trim_matches(['\0', ' ']).parse().ok());
    let values = numbers(decoder.read_image().map_err(unreadable)?);
    let bands = (values.len() / (width * height).max(1)).max(1);
    let first_band: Vec<f64> = values.into_iter().step_by(bands).collect();
    if first_band.len() != width * height {
        return Err(bad(format!("must hold {width} times {height} pixels")));
    }
    let mut pixels = Vec::new();
    for (at, &value) in first_band.iter().enumerate() {
        let (column, row) = (at % width, at / width);
        if value.is_nan() || Some(value) == missing || value == 0.0 {
            continue;
        }
        if value < 0.0 || value.is_infinite() {
            return Err(bad(format!(
                "must hold shares of calls, none negative: column {column}, row {row} is {value}"
            )));
        }
        pixels.push((column, row, value));
    }
    if pixels.is_empty() {
        return Err(bad("must have at least one pixel above 0".to_owned()));
    }
    Ok(gathered(&grid, &pixels))
}

/// Where the pixels lie by the file's tags; words that fit "file ..." when they do not say.
fn grid(decoder: &mut Decoder<Cursor<&[u8]>>) -> Result<Grid, String> {
    let mut tag = |tag: Tag| decoder.find_tag(tag).ok().flatten();
    let keys = tag(Tag::GeoKeyDirectoryTag).and_then(|it| it.into_u16_vec().ok());
    let keys = keys.unwrap_or_default();
    let key = |wanted: u16| {
        let entries = keys.get(4..).unwrap_or(&[]).chunks_exact(4);
        entries.into_iter().find(|entry| entry[0] == wanted).map(|entry| entry[3])
    };
    if key(MODEL_TYPE_KEY).is_some_and(|kind| kind != GEOGRAPHIC) {
        return Err("must be in WGS-84 longitude and latitude, not projected (gdalwarp -t_srs EPSG:4326 brings it there)".to_owned());
    }
    let mut numbers = |wanted: Tag| tag(wanted).and_then(|it| it.into_f64_vec().ok());
    let scale = numbers(Tag::ModelPixelScaleTag);
    let tie = numbers(Tag::ModelTiepointTag);
    let turned = numbers(Tag::ModelTransformationTag);
    let half = if key(RASTER_TYPE_KEY) == Some(PIXEL_IS_POINT) { 0.5 } else { 0.0 };
    let found = match (scale.as_deref(), tie.as_deref(), turned.as_deref()) {
        (Some([lon, lat, ..]), Some([column, row, _, x, y, ..]), _) => Grid {
            west: x - (column + half) * lon,
            north: y + (row + half) * lat,
            step: [*lon, *lat],
        },
        (_, _, Some([lon, tilt, _, x, tilt_too, lat, _, y, ..])) => {
            if *tilt != 0.0 || *tilt_too != 0.0 {
                return Err("must not be turned: its columns must run north to south".to_owned());
            }
            Grid { west: x - half * lon, north: y - half * lat, step: [*lon, -lat] }
        }
        _ => return Err("is no GeoTIFF: it does not say where its pixels lie".to_owned()),
    };
    let [lon, lat] = found.step;
    if lon > 0.0 && lat != 0.0 && lon.is_finite() && lat.is_finite() {
        Ok(found)
    } else {
        Err(format!("must have pixels of some size, not {lon} by {lat}"))
    }
}

fn numbers(image: DecodingResult) -> Vec<f64> {
    match image {
        DecodingResult::U8(values) => values.into_iter().map(f64::from).collect(),
        DecodingResult::U16(values) => values.into_iter().map(f64::from).collect(),
        DecodingResult::U32(values) => values.into_iter().map(f64::from).collect(),
        DecodingResult::U64(values) => values.into_iter().map(|it| it as f64).collect(),
        DecodingResult::F16(values) => values.into_iter().map(f64::from).collect(),
        DecodingResult::F32(values) => values.into_iter().map(f64::from).collect(),
        DecodingResult::F64(values) => values,
        DecodingResult::I8(values) => values.into_iter().map(f64::from).collect(),
        DecodingResult::I16(values) => values.into_iter().map(f64::from).collect(),
        DecodingResult::I32(values) => values.into_iter().map(f64::from).collect(),
        DecodingResult::I64(values) => values.into_iter().map(|it| it as f64).collect(),
    }
}

/// Blocks of pixels as cells, each at the middle of its weight.
fn gathered(grid: &Grid, pixels: &[(usize, usize, f64)]) -> Cells {
    let side_m = grid.step[1].abs() * METRES_PER_DEGREE;
    let mut side = ((CELL_M / side_m).round() as usize).max(1);
    loop {
        let mut blocks: BTreeMap<(usize, usize), [f64; 3]> = BTreeMap::new();
        for &(column, row, value) in pixels {
            let [lon, lat] = grid.middle(column, row);
            let block = blocks.entry((row / side, column / side)).or_default();
            let parts = [value, value * lon, value * lat];
            block.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
        }
        if blocks.len() <= MOST_CELLS {
            let cell = |[weight, lon, lat]: [f64; 3]| {
                (Wgs84 { lon: lon / weight, lat: lat / weight }, weight)
            };
            return blocks.into_values().map(cell).collect();
        }
        side += 1;
    }
}
