//! Coordinates by the system they are in. Only WGS-84 leaves this crate; the two of Chinese maps exist here alone.

use geometry::Wgs84;
use serde::Deserialize;

/// The system in which a terminal sends its places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Datum {
    /// As satellites have it. CGCS2000 agrees to decimetres.
    #[default]
    Wgs84,
    /// Maps of AMap and Tencent.
    Gcj02,
    /// Maps of Baidu.
    Bd09,
}

/// Degrees in GCJ-02: hundreds of metres from WGS-84 within China, the same outside.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gcj02 {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

/// Degrees in BD-09: GCJ-02 moved once more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bd09 {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

impl From<Gcj02> for Wgs84 {
    fn from(at: Gcj02) -> Wgs84 {
        let (lon, lat) = coordtransform::gcj02_to_wgs84(at.lon, at.lat);
        Wgs84 { lat, lon }
    }
}

impl From<Wgs84> for Gcj02 {
    fn from(at: Wgs84) -> Gcj02 {
        let (lon, lat) = coordtransform::wgs84_to_gcj02(at.lon, at.lat);
        Gcj02 { lat, lon }
    }
}

impl From<Gcj02> for Bd09 {
    fn from(at: Gcj02) -> Bd09 {
        let (lon, lat) = coordtransform::gcj02_to_bd09(at.lon, at.lat);
        Bd09 { lat, lon }
    }
}

impl From<Bd09> for Wgs84 {
    fn from(at: Bd09) -> Wgs84 {
        let (lon, lat) = coordtransform::bd09_to_wgs84(at.lon, at.lat);
        Wgs84 { lat, lon }
    }
}

impl Datum {
    /// What degrees `(north, east)` in this system are in WGS-84.
    pub fn to_wgs84(self, (lat, lon): (f64, f64)) -> Wgs84 {
        match self {
            Datum::Wgs84 => Wgs84 { lat, lon },
            Datum::Gcj02 => Gcj02 { lat, lon }.into(),
            Datum::Bd09 => Bd09 { lat, lon }.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A metre is about 9e-6 of a degree.
    const MILLIMETRE: f64 = 1e-8;

    fn is_near(one: (f64, f64), other: (f64, f64)) -> bool {
        (one.0 - other.0).abs() < MILLIMETRE * 10.0 && (one.1 - other.1).abs() < MILLIMETRE * 10.0
    }

    #[test]
    fn the_published_pairs_of_a_square_in_beijing_agree() {
        let gcj = Gcj02::from(Wgs84 { lon: 116.404, lat: 39.915 });
        assert!(is_near((gcj.lon, gcj.lat), (116.410_244_499_169_38, 39.916_404_281_501_64)));
        let bd = Bd09::from(Gcj02 { lon: 116.404, lat: 39.915 });
        assert!(is_near((bd.lon, bd.lat), (116.410_369_493_710_29, 39.921_336_993_510_21)));
    }

    #[test]
    fn all_of_ningxia_comes_back_to_the_millimetre_from_both_systems() {
        for step in 0..400 {
            let (lat, lon) =
                (35.2 + f64::from(step / 20) * 0.2, 104.2 + f64::from(step % 20) * 0.17);
            let gcj = Gcj02::from(Wgs84 { lat, lon });
            let bd = Bd09::from(gcj);
            let back = Datum::Gcj02.to_wgs84((gcj.lat, gcj.lon));
            assert!(is_near((back.lat, back.lon), (lat, lon)), "{lat} {lon}: {back:?}");
            let back = Datum::Bd09.to_wgs84((bd.lat, bd.lon));
            assert!(is_near((back.lat, back.lon), (lat, lon)), "{lat} {lon}: {back:?}");
            assert_eq!(Datum::Wgs84.to_wgs84((lat, lon)), Wgs84 { lat, lon });
        }
    }

    #[test]
    fn a_place_sent_in_the_system_of_a_map_would_be_hundreds_of_metres_off() {
        let yinchuan = Wgs84 { lat: 38.4669, lon: 106.2781 };
        let gcj = Gcj02::from(yinchuan);
        let gcj = Wgs84 { lat: gcj.lat, lon: gcj.lon };
        let metres = yinchuan.metres_to(gcj);
        assert!((300.0..500.0).contains(&metres), "{metres}");
    }
}
