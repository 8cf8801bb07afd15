//! The walk against ranking everybody, on random fleets with ties, over the list and over the index.

use super::test_map::{NOW, urgent, vehicle};
use super::*;
use crate::fleet::{FleetIndex, LocalPlane};
use crate::model::*;
use crate::state::{Duty, Standby, TaskStage, Vehicle};
use proptest::prelude::*;

const SOUTH_WEST: Wgs84 = Wgs84 { lon: 105.0, lat: 36.0 };
const NORTH_EAST: Wgs84 = Wgs84 { lon: 107.0, lat: 39.0 };

/// One vehicle drawn at random.
#[derive(Clone, Debug)]
struct Any {
    vehicle: Vehicle,
    centre: CentreId,
    located: Option<Located>,
    station: Option<Wgs84>,
    task: (TaskId, IncidentId, Priority, Option<Wgs84>),
    on_exercise: bool,
    coverage_lost_seconds: Option<f64>,
}

fn position() -> impl Strategy<Value = Wgs84> {
    prop_oneof![
        // A coarse grid makes ties; the rest lies anywhere, some of it off the plane.
        3 => (0..6, 0..6).prop_map(|(x, y)| Wgs84 {
            lon: 106.0 + f64::from(x) * 0.05,
            lat: 38.0 + f64::from(y) * 0.05,
        }),
        3 => (105.0..107.0, 36.0..39.0).prop_map(|(lon, lat)| Wgs84 { lon, lat }),
        1 => (100.0..115.0, 30.0..44.0).prop_map(|(lon, lat)| Wgs84 { lon, lat }),
    ]
}

fn priority() -> impl Strategy<Value = Priority> {
    prop::sample::select(vec![
        Priority::Critical,
        Priority::Severe,
        Priority::Urgent,
        Priority::NonUrgent,
    ])
}

fn duty() -> impl Strategy<Value = Duty> {
    let on_task = |stage| Duty::OnTask { task: "x-1.t1".into(), stage };
    prop::sample::select(vec![
        Duty::AvailableAtStation,
        Duty::AvailableAtStation,
        Duty::AvailableOnRoad { last_task: None },
        Duty::OffDuty,
        Duty::Paused { reason: PauseReason::Fuel.into(), standby: Standby::AtStation },
        on_task(TaskStage::Assigned),
        on_task(TaskStage::ToScene),
        on_task(TaskStage::AtScene),
        on_task(TaskStage::PatientOnBoard),
        on_task(TaskStage::AtHospital),
    ])
}

fn kind() -> impl Strategy<Value = VehicleKind> {
    prop::sample::select(vec![
        VehicleKind::Basic,
        VehicleKind::Basic,
        VehicleKind::IntensiveCare,
        VehicleKind::NegativePressure,
        VehicleKind::Command,
    ])
}

prop_compose! {
    fn any_vehicle()(
        duty in duty(), kind in kind(), station in 0..5, of_other in prop::bool::weighted(0.2),
        at in prop::option::weighted(0.9, position()),
        age in prop_oneof![6 => 0i64..120, 2 => 120i64..1800, 1 => 1800i64..600_000],
        on_exercise in prop::bool::weighted(0.2), since in 0i64..2000,
        station_at in prop::option::weighted(0.8, position()),
        other in (priority(), prop::option::weighted(0.9, position())),
        coverage_lost_seconds in prop::option::weighted(0.7, 0.0f64..900.0),
    ) -> Any {
        let mut vehicle = vehicle("", duty);
        vehicle.record.kind = kind;
        vehicle.record.station = format!("s{station}").as_str().into();
        vehicle.since = NOW.plus_seconds(-since);
        Any {
            vehicle,
            centre: if of_other { "wuzhong" } else { "yinchuan" }.into(),
            located: at.map(|position| Located {
                position, fix_time: NOW.plus_seconds(-age), heading_deg: None,
            }),
            station: station_at,
            task: ("x-1.t1".into(), "x-1".into(), other.0, other.1),
            on_exercise,
            coverage_lost_seconds,
        }
    }
}

prop_compose! {
    fn any_fleet()(mut fleet in prop::collection::vec(any_vehicle(), 0..40)) -> Vec<Any> {
        for (n, one) in fleet.iter_mut().enumerate() {
            one.vehicle.id = format!("v{n:02}").as_str().into();
        }
        fleet
    }
}

prop_compose! {
    fn any_request()(
        place in position(), priority in priority(), mutual_aid in any::<bool>(),
        divert in any::<bool>(), how_many in 1usize..10,
        test in prop::bool::weighted(0.2),
        kind in prop::option::weighted(0.3, kind()),
    ) -> Request {
        let wanted = Wanted { kind, equipment: Vec::new() };
        Request { priority, mutual_aid, divert, how_many, wanted, test, ..urgent(place) }
    }
}

fn situation(one: &Any) -> VehicleSituation<'_> {
    let on_task = matches!(one.vehicle.duty, Duty::OnTask { .. });
    let (task, incident, priority, place) = &one.task;
    VehicleSituation {
        vehicle: &one.vehicle,
        centre: &one.centre,
        other_task: on_task.then_some(OtherTask {
            task,
            incident,
            priority: *priority,
            place: *place,
            stands_at: SetOutFrom::Road,
            test: one.on_exercise,
        }),
        located: one.located,
        station: one.station,
        coverage_lost_seconds: one.coverage_lost_seconds,
    }
}

fn travel() -> StraightLine {
    StraightLine::at(StraightLineSettings::default(), NOW).unwrap()
}

/// Travel that refuses every journey it may refuse, as a road network does.
struct Impatient(StraightLine);

struct ImpatientTo<'a>(Box<dyn JourneysTo + 'a>);

impl TravelTimes for Impatient {
    fn journeys_to<'a>(&'a self, place: Wgs84) -> Box<dyn JourneysTo + 'a> {
        Box::new(ImpatientTo(self.0.journeys_to(place)))
    }

    fn top_speed_mps(&self) -> f64 {
        self.0.top_speed_mps()
    }

    fn method(&self) -> Method {
        self.0.method()
    }
}

impl JourneysTo for ImpatientTo<'_> {
    fn journey_of(&mut self, from: &VehicleAt) -> Option<TravelEstimate> {
        self.0.journey_of(from)
    }

    fn journey_within(&mut self, from: &VehicleAt, most_seconds: f64) -> Journey {
        let journey = self.0.journey_of(from).filter(|it| it.seconds <= most_seconds);
        journey.map_or(Journey::TooLong, Journey::Takes)
    }
}

/// Asserts that the walk over `fleet` answers as ranking all of `listed` would.
fn check(
    request: &Request,
    listed: &ListedFleet<'_>,
    fleet: &dyn FleetView,
) -> Result<(), TestCaseError> {
    let settings = RankingSettings::default();
    let mut all = rank_all(request, listed, &travel(), &settings, NOW);
    let walked = recommend(request, fleet, &travel(), &settings, NOW);
    all.candidates.truncate(request.how_many);
    prop_assert_eq!(&walked.candidates, &all.candidates);
    let impatient = recommend(request, fleet, &Impatient(travel()), &settings, NOW);
    prop_assert_eq!(&impatient.candidates, &all.candidates);
    accounts_for_everybody(&all_of(request, listed), listed)?;
    for soon in &walked.soon_free {
        prop_assert!(all.soon_free.contains(soon), "{soon:?}");
    }
    for rejected in &walked.rejected {
        prop_assert!(all.rejected.contains(rejected), "{rejected:?}");
    }
    if walked.all_looked_at {
        prop_assert_eq!(&walked.rejected, &all.rejected);
    }
    Ok(())
}

fn all_of(request: &Request, listed: &ListedFleet<'_>) -> Recommendation {
    rank_all(request, listed, &travel(), &RankingSettings::default(), NOW)
}

/// Every vehicle is in one of the lists and in one only, and who is believed stands before who is not.
fn accounts_for_everybody(
    answer: &Recommendation,
    listed: &ListedFleet<'_>,
) -> Result<(), TestCaseError> {
    let candidates = answer.candidates.iter().map(|one| &one.vehicle);
    let soon = answer.soon_free.iter().map(|one| &one.vehicle);
    let rejected = answer.rejected.iter().map(|one| &one.vehicle);
    let mut told: Vec<_> = candidates.chain(soon).chain(rejected).collect();
    told.sort();
    let mut fleet: Vec<_> = listed.everybody().map(|one| one.vehicle.id.clone()).collect();
    fleet.sort();
    prop_assert_eq!(told, fleet.iter().collect::<Vec<_>>());
    prop_assert!(answer.rejected.iter().all(|one| !one.reasons.is_empty()));
    prop_assert!(answer.candidates.is_sorted_by_key(|one| !one.at.is_believed()));
    prop_assert!(answer.soon_free.is_sorted_by_key(|one| !one.at.is_believed()));
    Ok(())
}

proptest! {
    #[test]
    fn the_walk_over_a_list_ranks_as_everybody_ranked(fleet in any_fleet(), request in any_request()) {
        let listed = ListedFleet::new(fleet.iter().map(situation).collect());
        check(&request, &listed, &listed)?;
    }

    #[test]
    fn the_walk_through_the_index_ranks_as_everybody_ranked(
        fleet in any_fleet(), before in prop::collection::vec(position(), 40), request in any_request(),
    ) {
        let listed = ListedFleet::new(fleet.iter().map(situation).collect());
        let plane = LocalPlane::covering(SOUTH_WEST, NORTH_EAST);
        let index = FleetIndex::with_capacity(40);
        // The tree is built over where they were before; then each moves to where it is.
        let old = (0u32..).zip(&before).filter_map(|(n, at)| Some((n, plane.to_metres(*at)?)));
        index.load(old).unwrap();
        let mut not_indexed = Vec::new();
        for n in 0..40u32 {
            index.remove(n);
            let Some(one) = fleet.get(n as usize) else { continue };
            let norms = RankingSettings::default().position;
            let is_seen = situation(one).whereabouts(NOW, &norms).source != PositionSource::Station;
            let seen = one.located.filter(|_| is_seen);
            match seen.and_then(|located| plane.to_metres(located.position)) {
                Some(metres) => index.place(n, metres).unwrap(),
                None => not_indexed.push(situation(one)),
            }
        }
        let indexed = IndexedFleet {
            look: index.look(),
            plane: &plane,
            lookup: |slot: u32| fleet.get(slot as usize).map(situation),
            not_indexed,
            available: |station: &StationId| listed.available_at(station),
        };
        check(&request, &listed, &indexed)?;
    }
}
