//! Looks at the live positions of vehicles whose links are here and has recorded what they show of their movement:
//! arrivals, idling under way, the region's border, speed. Never stands for a press.

use super::shared::Shared;
use dispatch_core::CentreState;
use dispatch_core::fleet::LiveFix;
use dispatch_core::model::{
    CentreId, Command, HospitalId, Origin, StationId, Timestamp, VehicleId, Wgs84,
};
use dispatch_core::movement::{Found, Looked, MovementNorms, Places, Watch, goals};
use dispatch_desk::desk::{CommandEnvelope, CommandError};
use dispatch_desk::simulated::on_own_thread;
use region::Region;
use std::collections::HashMap;
use std::sync::Arc;

/// Movements recorded in one look. After an outage of a centre's journal the rest come with the next.
const MOST_AT_ONCE: usize = 256;

/// One watch for each vehicle that is linked here.
type Watches = HashMap<VehicleId, Watch>;

/// Looks until the server stops.
pub(super) async fn run(shared: Arc<Shared>) {
    let mut watches = Watches::new();
    loop {
        let next = shared.clock.steady() + shared.settings.movement_tick;
        let looking = shared.clone();
        let kept = std::mem::take(&mut watches);
        match on_own_thread(move || look(&looking, kept)).await {
            Ok((kept, found)) => {
                watches = kept;
                record(&shared, found).await;
            }
            Err(failure) => tracing::error!(%failure, "a look at movements died of a bug"),
        }
        tokio::select! {
            biased;
            () = shared.clock.sleep_until(next) => {}
            () = shared.stop.cancelled() => return,
        }
    }
}

/// Looks at every vehicle that is linked here and has moved its marker. Whoever is linked elsewhere is watched there.
fn look(shared: &Shared, mut watches: Watches) -> (Watches, Vec<(CentreId, Command)>) {
    let now = shared.clock.now();
    let mut markers: HashMap<VehicleId, LiveFix> = HashMap::new();
    shared.fleet.for_each(|cell| {
        if cell.link().is_some()
            && let Some(live) = cell.live_fix()
        {
            markers.insert(cell.id.clone(), live);
        }
    });
    watches.retain(|vehicle, _| markers.contains_key(vehicle));
    let (places, norms) = (
        OfRegion(&shared.region),
        MovementNorms::for_top_speed(shared.settings.fix_norms.top_speed_mps),
    );
    let mut found = Vec::new();
    shared.desk.read_all(|centres| {
        for (vehicle, live) in markers {
            let watch = watches.entry(vehicle.clone()).or_default();
            let of = centres.values().find(|centre| centre.vehicles.contains_key(&vehicle));
            let Some(centre) = of.filter(|_| watch.is_older_than(live.fix.fix_time)) else {
                continue;
            };
            let seen = look_at(watch, centre, &vehicle, (live, now), &places, &norms);
            found.extend(
                seen.into_iter().map(|found| (centre.centre.clone(), note(&vehicle, found))),
            );
        }
    });
    found.truncate(MOST_AT_ONCE);
    (watches, found)
}

fn look_at(
    watch: &mut Watch,
    centre: &CentreState,
    vehicle: &VehicleId,
    (live, now): (LiveFix, Timestamp),
    places: &OfRegion,
    norms: &MovementNorms,
) -> Vec<Found> {
    let Some(vehicle) = centre.vehicles.get(vehicle) else { return Vec::new() };
    let goal = goals(centre, vehicle, places, norms);
    let is_in_region = places.is_in_region(live.fix.position);
    let looked = Looked { live, now, vehicle, goal: goal.as_ref(), is_in_region };
    watch.look(&looked, norms)
}

fn note(vehicle: &VehicleId, found: Found) -> Command {
    let Found { movement, since, over } = found;
    Command::NoteMovement { vehicle: vehicle.clone(), movement, since, over }
}

/// What cannot be recorded now is found again at the next look; another server may have been first.
async fn record(shared: &Shared, found: Vec<(CentreId, Command)>) {
    for (centre, command) in found {
        let now = shared.clock.now();
        let envelope = CommandEnvelope::automatic(centre.clone(), command, Origin::MOVEMENT, now);
        match shared.desk.execute(envelope).await {
            Ok(done) if !done.already_recorded => {
                metrics::counter!("helan_movements_noted_total").increment(1);
            }
            Ok(_) => {}
            // Only this one cannot be, for example of a vehicle that was lent meanwhile: the next may.
            Err(error @ CommandError::Rejected(_)) => {
                tracing::warn!(%centre, %error, "the rules refuse what positions show");
            }
            Err(error) => {
                tracing::warn!(%centre, %error, "what positions show could not be recorded yet");
                return;
            }
        }
    }
}

/// Hospitals, stations and the border, as the region's folder has them.
struct OfRegion<'a>(&'a Region);

impl Places for OfRegion<'_> {
    fn hospital(&self, hospital: &HospitalId) -> Option<Wgs84> {
        self.0.hospital(hospital.as_str()).map(|it| it.position)
    }

    fn station(&self, station: &StationId) -> Option<Wgs84> {
        self.0.station(station.as_str()).map(|it| it.position)
    }

    /// A region without areas has no border to cross.
    fn is_in_region(&self, position: Wgs84) -> bool {
        self.0.areas.prefectures.is_empty()
            || self.0.centre_of(position.lon, position.lat).is_some()
    }
}
