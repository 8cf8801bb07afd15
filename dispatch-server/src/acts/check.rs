//! The checks every field from outside passes: length, range, control characters, known names. What comes
//! out is a core type or clean text; what does not pass is refused by its wire name.

use crate::http::Refusal;
use crate::region::Region;
use dispatch_core::Limits;
use dispatch_core::model::*;
use wire_protocol::acts::{Place, PlacePoint, Position};

/// Moments outside 1970 to 2100 are no clock's.
const MOMENTS: std::ops::RangeInclusive<i64> = 0..=4_102_444_800_000;

type Checked<T> = Result<T, Refusal>;

/// What the checks are made against.
pub(super) struct Checks<'a> {
    pub(super) region: &'a Region,
    pub(super) limits: Limits,
}

impl Checks<'_> {
    /// A name, number, plate or code: one line.
    pub(super) fn name(&self, field: &'static str, text: String) -> Checked<String> {
        line(field, text, self.limits.name_chars)
    }

    pub(super) fn optional_name(
        &self,
        field: &'static str,
        text: Option<String>,
    ) -> Checked<Option<String>> {
        text.map(|text| self.name(field, text)).transpose()
    }

    /// A note, complaint or special need: may have several lines.
    pub(super) fn text(&self, field: &'static str, text: String) -> Checked<String> {
        let plain = text.chars().all(in_text);
        bounded(field, text, self.limits.text_chars, plain)
    }

    pub(super) fn reasoned<R>(&self, reason: R, note: String) -> Checked<Reasoned<R>> {
        Ok(Reasoned { reason, note: self.text("note", note)? })
    }

    pub(super) fn place(
        &self,
        field: &'static str,
        place: Place,
    ) -> Checked<dispatch_core::model::Place> {
        use super::from_wire::FromWire;
        Ok(dispatch_core::model::Place {
            address: self.address(field, place.address)?,
            position: place.position.map(|at| position(field, at)).transpose()?,
            source: place.source.to_core(),
            error_radius_m: place.error_radius_m,
            measured_at: place.measured_at.map(|at| moment("measured_at", at)).transpose()?,
        })
    }

    /// A place's words: one line.
    pub(super) fn address(&self, field: &'static str, text: String) -> Checked<String> {
        line(field, text, self.limits.address_chars)
    }

    /// The position of a place without its words.
    pub(super) fn point(
        &self,
        field: &'static str,
        point: PlacePoint,
    ) -> Checked<dispatch_core::model::PlacePoint> {
        use super::from_wire::FromWire;
        Ok(dispatch_core::model::PlacePoint {
            position: position(field, point.position)?,
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
            None => Err(Refusal::bad_field(field, "is not a hospital of the region")),
        }
    }

    /// A centre of the region.
    pub(super) fn centre(&self, field: &'static str, id: &str) -> Checked<CentreId> {
        match self.region.centre(id) {
            Some(centre) => Ok(CentreId::from(centre.id.as_str())),
            None => Err(Refusal::bad_field(field, "is not a centre of the region")),
        }
    }
}

/// The id of something that need not exist; the core says whether it does.
pub(super) fn id<T: for<'a> From<&'a str>>(field: &'static str, text: &str) -> Checked<T> {
    let plain = !text.chars().any(|c| c.is_control() || c.is_whitespace());
    if text.is_empty() || text.chars().count() > Limits::ID_CHARS || !plain {
        return Err(Refusal::bad_field(field, "must be 1 to 64 characters without blanks"));
    }
    Ok(T::from(text))
}

/// A moment between 1970 and 2100.
pub(super) fn moment(field: &'static str, millis: i64) -> Checked<Timestamp> {
    if MOMENTS.contains(&millis) {
        Ok(Timestamp(millis))
    } else {
        Err(Refusal::bad_field(field, "must be milliseconds since 1970 and before 2100"))
    }
}

pub(super) fn optional_moment(
    field: &'static str,
    millis: Option<i64>,
) -> Checked<Option<Timestamp>> {
    millis.map(|millis| moment(field, millis)).transpose()
}

fn position(field: &'static str, at: Position) -> Checked<Wgs84> {
    let problem = "must lie on the globe: lon -180 to 180, lat -90 to 90";
    Wgs84::checked(at.lon, at.lat).ok_or_else(|| Refusal::bad_field(field, problem))
}

fn line(field: &'static str, text: String, most: usize) -> Checked<String> {
    let plain = text.chars().all(in_line);
    bounded(field, text, most, plain)
}

/// What may stand in one line. Control characters stop a database (NUL), a table or a terminal; marks that turn
/// the direction of writing, or break a line unseen, let a text look like another one.
pub(crate) fn in_line(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What may stand in a text of several lines.
pub(crate) fn in_text(c: char) -> bool {
    matches!(c, '\n' | '\t') || in_line(c)
}

/// A text as the journal keeps it from one who cannot be asked again, such as a crew: what may not stand in it
/// replaced, and cut to `most` characters. Nobody's press is refused for what its note looks like.
pub(crate) fn kept(text: &str, most: usize, may_stand: impl Fn(char) -> bool) -> String {
    let replaced = |c| if may_stand(c) { c } else { char::REPLACEMENT_CHARACTER };
    text.chars().take(most).map(replaced).collect()
}

/// The nearest moment that a clock may show.
pub(crate) fn kept_moment(millis: i64) -> Timestamp {
    Timestamp(millis.clamp(*MOMENTS.start(), *MOMENTS.end()))
}

fn bounded(field: &'static str, text: String, most: usize, plain: bool) -> Checked<String> {
    if text.chars().count() > most {
        return Err(Refusal::bad_field(field, "is too long").with("most", most));
    }
    if !plain {
        return Err(Refusal::bad_field(field, "must not hold control characters"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_crew_wrote_is_kept_without_what_stops_a_database_or_deceives_a_reader() {
        let told = "东大街\0\r\n\u{202e}gnp.exe\u{7f}";
        assert_eq!(
            kept(told, 100, in_line),
            "东大街\u{fffd}\u{fffd}\u{fffd}\u{fffd}gnp.exe\u{fffd}"
        );
        assert_eq!(kept("两\n行", 100, in_text), "两\n行");
        assert_eq!(kept("很长很长", 2, in_text), "很长");
        let moments =
            [i64::MIN, -1, 5, 9_000_000_000_000_000, i64::MAX].map(|at| kept_moment(at).0);
        assert_eq!(moments, [0, 0, 5, 4_102_444_800_000, 4_102_444_800_000]);
    }
}
