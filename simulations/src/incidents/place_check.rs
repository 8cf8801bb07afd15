//! Whether a region can replay what was read: whether each place lies in somebody's area.

use super::{FileProblem, PastIncident};
use region::Region;

/// The incidents that lie in the area of a centre, and a problem for each that does not.
pub fn check_places(
    incidents: Vec<PastIncident>,
    region: &Region,
) -> (Vec<PastIncident>, Vec<FileProblem>) {
    let (inside, outside): (Vec<_>, Vec<_>) = incidents
        .into_iter()
        .partition(|incident| region.centre_of(incident.place.lon, incident.place.lat).is_some());
    let told = outside.into_iter().map(|incident| {
        let what = format!(
            "incident {:?} lies at {} {}, outside every area of region {}; expected WGS-84 degrees, longitude in lon and latitude in lat",
            incident.id, incident.place.lon, incident.place.lat, region.settings.id
        );
        FileProblem { line: incident.line, column: None, what }
    });
    (inside, told.collect())
}
