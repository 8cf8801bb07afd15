//! A point of the plane in one machine word, so that it can be read while it is being written.

/// Where no vehicle is: a word that no point packs to.
pub(super) const NOWHERE: u64 = 0x8000_0000_8000_0000;

/// A point in whole centimetres, x in the high half; nothing beyond 21 000 km or not a number.
pub(super) fn pack(metres: [f64; 2]) -> Option<u64> {
    let [x, y] = metres.map(|m| (m * 100.0).round());
    let fits = |cm: f64| cm.abs() < f64::from(i32::MAX);
    if !(fits(x) && fits(y)) {
        return None;
    }
    let [x, y] = [x as i32 as u32, y as i32 as u32];
    Some(u64::from(x) << 32 | u64::from(y))
}

/// The point in metres; nothing for [`NOWHERE`].
pub(super) fn unpack(word: u64) -> Option<[f64; 2]> {
    let halves = [(word >> 32) as u32 as i32, word as u32 as i32];
    (word != NOWHERE).then(|| halves.map(|cm| f64::from(cm) / 100.0))
}

/// Metres between two points.
pub(super) fn metres_between(a: [f64; 2], b: [f64; 2]) -> f64 {
    ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)).sqrt()
}
