//! The checks every field from outside passes: length, range, characters, known names. What comes
//! out is a core type or clean text; what does not pass is refused by its wire name.

use super::ground::on_the_ground;
use crate::api_error::ApiError;
use dispatch_core::Limits;
use dispatch_core::model::*;
use dispatch_core::text::{self, code_point, is_hidden};
use region::Region;
use wire_protocol::commands::{Place, PlacePoint, Position};

/// Moments outside 1970 to 2100 are no clock's.
const MOMENTS: std::ops::RangeInclusive<i64> = 0..=4_102_444_800_000;

type Checked<T> = Result<T, ApiError>;

/// What the checks are made against.
pub(super) struct Checks<'a> {
    pub(super) region: &'a Region,
    pub(super) limits: Limits,
}

impl Checks<'_> {
    /// A name, number, plate or code: one line.
    pub(super) fn name(&self, field: &'static str, text: String) -> Checked<String> {
        line(field, &text, self.limits.name_chars)
    }

    /// A name that may be absent; one that looks empty is.
    pub(super) fn optional_name(
        &self,
        field: &'static str,
        text: Option<String>,
    ) -> Checked<Option<String>> {
        let name = text.map(|text| self.name(field, text)).transpose()?;
        Ok(name.filter(|name| !name.is_empty()))
    }

    /// A note, complaint or special need: may have several lines.
    pub(super) fn text(&self, field: &'static str, text: String) -> Checked<String> {
        bounded(field, text::lines(&text), self.limits.text_chars)
    }

    pub(super) fn message(&self, text: String) -> Checked<String> {
        bounded("text", text::lines(&text), self.limits.message_chars)
    }

    pub(super) fn reasoned<R>(&self, reason: R, note: String) -> Checked<Reasoned<R>> {
        Ok(Reasoned { reason, note: self.text("note", note)? })
    }

    pub(super) fn place(
        &self,
        field: &'static str,
        place: Place,
    ) -> Checked<dispatch_core::model::Place> {
        use crate::views::FromWire;
        Ok(dispatch_core::model::Place {
            address: self.address(field, place.address)?,
            position: place.position.map(|at| self.position(field, at)).transpose()?,
            source: place.source.to_core(),
            error_radius_m: place.error_radius_m,
            measured_at: place.measured_at.map(|at| moment("measured_at", at)).transpose()?,
        })
    }

    /// A place's words: one line.
    pub(super) fn address(&self, field: &'static str, text: String) -> Checked<String> {
        line(field, &text, self.limits.address_chars)
    }

    fn position(&self, field: &'static str, at: Position) -> Checked<Wgs84> {
        on_the_ground(self.region, field, at.lon, at.lat)
    }

    /// The position of a place without its words.
    pub(super) fn point(
        &self,
        field: &'static str,
        point: PlacePoint,
    ) -> Checked<dispatch_core::model::PlacePoint> {
        use crate::views::FromWire;
        Ok(dispatch_core::model::PlacePoint {
            position: self.position(field, point.position)?,
            source: point.source.to_core(),
            error_radius_m: point.error_radius_m,
            measured_at: optional_moment("measured_at", point.measured_at)?,
        })
    }

    /// A hospital of the region, if one is named.
    pub(super) fn hospital(
        &self,
        field: &'static str,
        id: Option<String>,
    ) -> Checked<Option<HospitalId>> {
        id.map(|id| self.known_hospital(field, &id)).transpose()
    }

    /// A hospital of the region.
    pub(super) fn known_hospital(&self, field: &'static str, id: &str) -> Checked<HospitalId> {
        match self.region.hospital(id) {
            Some(hospital) => Ok(HospitalId::from(hospital.id.as_str())),
            None => Err(ApiError::bad_field(field, "is not a hospital of the region")),
        }
    }

    /// A station of the region. A vehicle may help out at that of a neighbouring centre.
    pub(super) fn station(&self, field: &'static str, id: &str) -> Checked<StationId> {
        match self.region.station(id) {
            Some(station) => Ok(StationId::from(station.id.as_str())),
            None => Err(ApiError::bad_field(field, "is not a station of the region")),
        }
    }

    /// A centre of the region.
    pub(super) fn centre(&self, field: &'static str, id: &str) -> Checked<CentreId> {
        match self.region.centre(id) {
            Some(centre) => Ok(CentreId::from(centre.id.as_str())),
            None => Err(ApiError::bad_field(field, "is not a centre of the region")),
        }
    }
}

/// The id of something that need not exist; the core says whether it does.
pub(super) fn id<T: for<'a> From<&'a str>>(field: &'static str, text: &str) -> Checked<T> {
    let plain = !text.chars().any(|c| c.is_control() || c.is_whitespace() || is_hidden(c));
    if text.is_empty() || text.chars().count() > Limits::ID_CHARS || !plain {
        return Err(ApiError::bad_field(field, "must be 1 to 64 characters without blanks"));
    }
    Ok(T::from(text))
}

/// A moment between 1970 and 2100.
pub(crate) fn moment(field: &'static str, millis: i64) -> Checked<Timestamp> {
    if MOMENTS.contains(&millis) {
        Ok(Timestamp(millis))
    } else {
        Err(ApiError::bad_field(field, "must be milliseconds since 1970 and before 2100"))
    }
}

pub(crate) fn optional_moment(
    field: &'static str,
    millis: Option<i64>,
) -> Checked<Option<Timestamp>> {
    millis.map(|millis| moment(field, millis)).transpose()
}

fn line(field: &'static str, text: &str, most: usize) -> Checked<String> {
    bounded(field, text::line(text), most)
}

/// The nearest moment that a clock may show.
pub(crate) fn kept_moment(millis: i64) -> Timestamp {
    Timestamp(millis.clamp(*MOMENTS.start(), *MOMENTS.end()))
}

/// A text that has been looked through, or the character that has no place in it.
fn bounded(field: &str, read: Result<String, char>, most: usize) -> Result<String, ApiError> {
    let text = read.map_err(|found| {
        let code = code_point(found);
        ApiError::bad_field(field, &format!("must not hold the control character {code}"))
            .with("character", code)
    })?;
    if text.chars().count() > most {
        return Err(ApiError::bad_field(field, "is too long").with("most", most));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_clock_shows_a_moment_outside_1970_to_2100() {
        let moments =
            [i64::MIN, -1, 5, 9_000_000_000_000_000, i64::MAX].map(|at| kept_moment(at).0);
        assert_eq!(moments, [0, 0, 5, 4_102_444_800_000, 4_102_444_800_000]);
    }
}
