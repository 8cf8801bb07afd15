//! Roads as this server knows them: the network, the profile of an ambulance, what supervisors have drawn
//! on the map, and the correction that was switched on. Answers travel times, routes, isochrones and hospitals.
//!
//! Without a network every answer is by straight line and says so. Decides nothing about dispatching.

mod conditions;
mod follow;
mod gauges;
mod hospitals;
mod isochrone;
mod journey;
mod journeys;
mod learn;
mod load;
mod prepare;
mod profile;
mod record;
mod report;
mod route;
mod row;
mod snapped;
mod store;
mod travel;

pub use conditions::{BadCondition, MOST_CONDITIONS};
pub(crate) use gauges::TravelGauges;
pub use hospitals::MOST_HOSPITALS;
pub use journey::Journey;
pub use load::{RoadsError, network};
pub use profile::BadProfile;
pub use record::{
    ConditionRecord, JourneyRecord, ProfileRecord, RoadRecord, put_road_records, road_records,
};
pub use route::VehicleRoute;
pub use store::{RoadStore, RoadStoreError};
pub use travel::Travel;

use dispatch_core::deadlines::Surroundings;
use dispatch_core::model::{Timestamp, Wgs84};
use dispatch_core::recommend::{Method, StraightLine, StraightLineSettings};
use road_network::{Area, Condition, RoadNetwork, Router};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use wire_protocol::recommendation::TravelMethod;
use wire_protocol::route::{RoadConditionView, TravelProfileView};

/// How far from a road a place may lie, in metres. The way there counts at walking pace, so a far road is
/// never better than a near one; beyond it there is no route by road.
pub(crate) const SNAP_LIMIT_M: f64 = 20_000.0;

/// Roads, shared by all.
pub struct Roads {
    /// The network under the plain profile.
    router: Option<Arc<Router>>,
    straight: StraightLineSettings,
    store: Option<RoadStore>,
    laid: Mutex<Laid>,
    /// Whether hierarchies are made here, and the time for it has come.
    prepares: AtomicBool,
}

/// What lies over the network now.
struct Laid {
    conditions: Vec<RoadConditionView>,
    profile: TravelProfileView,
    /// The network under a profile with factors of its own; nothing while the plain one holds.
    corrected: Option<Arc<Router>>,
    journeys: Vec<Journey>,
    /// Counts changes of the conditions and the profile.
    revision: u64,
    /// Counts journeys learned here.
    learned: u64,
    in_force: Option<(WeightsKey, travel::OnNetwork)>,
}

/// For what kept weights hold.
#[derive(Clone, Copy, PartialEq)]
struct WeightsKey {
    hour: i64,
    revision: u64,
    /// How many conditions hold: one that has ended makes new weights.
    holding: usize,
}

impl Roads {
    /// Roads with this network, or by straight line without one. Nothing drawn outlives the process until a
    /// store is given.
    pub fn new(network: Option<RoadNetwork>, straight: StraightLineSettings) -> Self {
        let utc_offset_minutes = straight.utc_offset_minutes as i32;
        let profile =
            road_network::Profile { utc_offset_minutes, ..road_network::Profile::blue_light() };
        Self {
            router: network.map(|network| Arc::new(Router::new(Arc::new(network), profile))),
            straight,
            store: None,
            laid: Mutex::new(Laid {
                conditions: Vec::new(),
                profile: plain_profile(),
                corrected: None,
                journeys: Vec::new(),
                revision: 0,
                learned: 0,
                in_force: None,
            }),
            prepares: AtomicBool::new(false),
        }
    }

    /// The same with a store: what it holds is taken over.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn with_store(mut self, store: RoadStore) -> Result<Self, RoadStoreError> {
        let (conditions, profile) = (store.conditions().await?, store.profile().await?);
        let journeys = store.journeys().await?;
        {
            let mut laid = self.laid();
            laid.conditions = conditions;
            laid.journeys = journeys;
            self.put_in_force(&mut laid, profile.unwrap_or_else(plain_profile));
        }
        self.store = Some(store);
        Ok(self)
    }

    /// How travel is estimated.
    pub fn method(&self) -> TravelMethod {
        if self.router.is_some() { TravelMethod::Road } else { TravelMethod::StraightLine }
    }

    /// What lies around a place: that of the nearest road, closed or not. In town where no road is near, or
    /// without a network: the stricter norm.
    pub fn surroundings(&self, place: Wgs84) -> Surroundings {
        let network = self.router.as_ref().map(|router| router.network());
        let area = network.and_then(|network| {
            let on_road = network.snap(place, SNAP_LIMIT_M, None).ok()?;
            Some(network.road(on_road.edge).area)
        });
        match area {
            Some(Area::Rural) => Surroundings::Rural,
            Some(Area::Urban) | None => Surroundings::Urban,
        }
    }

    /// Counts changes of what lies over the network, so that routes made before one can be made anew: what was
    /// drawn, lifted and switched on, and what has ended by itself.
    pub fn revision(&self, now: Timestamp) -> u64 {
        let laid = self.laid();
        let ended = laid.conditions.iter().filter(|it| !conditions::holds(it, now)).count();
        laid.revision + ended as u64
    }

    /// Travel as it is at a moment, or nothing when the region's speeds make no estimate possible.
    pub fn travel(&self, now: Timestamp) -> Option<Travel> {
        let straight = StraightLine::at(self.straight.clone(), now).ok()?;
        let factor = self.laid().profile.factor;
        let roads = self.in_force(now);
        Some(Travel::new(roads, factor, straight))
    }

    /// The network as it is driven at a moment; the same comes back until something changes.
    fn in_force(&self, now: Timestamp) -> Option<travel::OnNetwork> {
        let mut laid = self.laid();
        let router = laid.corrected.as_ref().or(self.router.as_ref())?.clone();
        let seconds = now.0.div_euclid(1000);
        let holding: Vec<Condition> = laid
            .conditions
            .iter()
            .map(conditions::for_network)
            .filter(|it| it.holds_at(seconds))
            .collect();
        let key = WeightsKey {
            hour: seconds.div_euclid(3600),
            revision: laid.revision,
            holding: holding.len(),
        };
        if let Some((kept, roads)) = &laid.in_force
            && *kept == key
        {
            return Some(roads.clone());
        }
        let roads = travel::OnNetwork {
            weights: router.weights(&holding, seconds),
            snapped: Arc::default(),
            router,
        };
        laid.in_force = Some((key, roads.clone()));
        Some(roads)
    }

    /// A panic elsewhere leaves what is laid whole: the lock is taken all the same.
    fn laid(&self) -> MutexGuard<'_, Laid> {
        self.laid.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Times as the network has them: nobody has switched a correction on.
const fn plain_profile() -> TravelProfileView {
    TravelProfileView { factor: 1.0, roads: Vec::new(), parts: Vec::new(), by: None, since: None }
}

/// A method as the wire spells it.
pub(crate) const fn wire_method(method: Method) -> TravelMethod {
    match method {
        Method::StraightLine => TravelMethod::StraightLine,
        Method::Road => TravelMethod::Road,
    }
}
