//! Roads as people see them: the way of a vehicle with its turns, when it will be there, closed and
//! slow roads, which hospital, how far one gets, and how right the estimates were.

use crate::offer::TravelMethod;
use crate::place::Position;

/// Most points of a way as sent; a longer course is thinned out, its ends and turns stay.
pub const MAX_ROUTE_POINTS: usize = 600;
/// Most steps of a way as sent; further ones are left out before the arrival.
pub const MAX_ROUTE_STEPS: usize = 120;
/// Most corners of the area of a road condition.
pub const MAX_RING_CORNERS: usize = 200;

words! {
    /// What the driver does at the beginning of a step.
    TurnKind {
        /// Sets off.
        Depart,
        /// Sets off after turning round.
        DepartTurningRound,
        /// Goes on; the road has another name.
        Continue,
        /// Bears right.
        SlightRight,
        /// Turns right.
        Right,
        /// Turns sharply right.
        SharpRight,
        /// Turns back.
        TurnBack,
        /// Turns sharply left.
        SharpLeft,
        /// Turns left.
        Left,
        /// Bears left.
        SlightLeft,
        /// Enters a roundabout; `exit` says where to leave it.
        Roundabout,
        /// Drives onto an expressway.
        EnterExpressway,
        /// Leaves an expressway.
        LeaveExpressway,
        /// Is there.
        Arrive,
    }
    /// Where a running task is heading.
    ArrivalGoal {
        /// To the scene.
        Scene,
        /// To the hospital.
        Hospital,
    }
    /// What a centre is held to.
    NormKind {
        /// From the call to the first order sent that its vehicle received.
        Order,
        /// From the order to the vehicle setting out.
        Departure,
        /// From the call to the first vehicle at the scene.
        Response,
    }
    /// What is wrong with a road.
    RoadConditionKind {
        /// Nobody drives there.
        Closed,
        /// Everything takes longer.
        Slow,
    }
}

wire! {
    /// One instruction on a way.
    pub struct RouteStep {
        /// What to do at its beginning.
        pub turn: TurnKind,
        /// At a roundabout: which exit, counted from 1; 0 where the way ends inside.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub exit: Option<u8>,
        /// Name or number of the road then taken; may be empty.
        pub street: String,
        /// Metres until the next step.
        pub metres: u32,
        /// Seconds until the next step.
        pub seconds: u32,
        /// Where, WGS-84.
        pub position: Position,
    }

    /// A way from where a vehicle is to where it is wanted.
    pub struct RouteView {
        /// The running task it is for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub task: Option<String>,
        /// The vehicle.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub vehicle: Option<String>,
        /// Where it leads; absent when not for a task.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub goal: Option<ArrivalGoal>,
        /// Driving time in seconds at blue-light speed.
        pub seconds: u32,
        /// Length in metres.
        pub metres: u32,
        /// How it was found; a straight line has two points and no steps.
        pub method: TravelMethod,
        /// When it was made.
        pub made_at: i64,
        /// Its course, longitude and latitude in WGS-84 degrees; at most `MAX_ROUTE_POINTS`.
        pub points: Vec<[f64; 2]>,
        /// Its turns, the first a departure, the last the arrival; at most `MAX_ROUTE_STEPS`.
        pub steps: Vec<RouteStep>,
    }

    /// When the vehicle of a running task will be there.
    pub struct ArrivalView {
        /// The task.
        pub task: String,
        /// Its vehicle.
        pub vehicle: String,
        /// Its incident.
        pub incident: String,
        /// Where it is heading.
        pub goal: ArrivalGoal,
        /// When it will be there.
        pub arrives_at: i64,
        /// Metres still to drive.
        pub metres_left: u32,
        /// How it was estimated.
        pub method: TravelMethod,
        /// By how many seconds the response norm will be missed, when it will.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub misses_norm_by_seconds: Option<u32>,
        /// Whether the vehicle has left the way it was given; a new one is being made.
        #[serde(default)]
        pub off_route: bool,
    }

    /// How an incident stands against the response norm now: from the call taken, or the moment it was opened again
    /// by hand, to the first vehicle at the scene since, in town or in the country, by the best knowledge of each time.
    pub struct ResponseView {
        /// From when it counts.
        pub from: i64,
        /// By when a vehicle should be at the scene.
        pub due_at: i64,
        /// When the first one was; absent while none was, or while nobody knows when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reached_at: Option<i64>,
        /// False for an exercise among patients, which counts in no figure.
        pub counts: bool,
    }

    /// A norm of the centre as measured on an incident, the way figures count it: an incident opened again counts
    /// once, by the first of its turns in which the norm's end was reached.
    pub struct NormView {
        /// Which norm.
        pub norm: NormKind,
        /// The task whose departure it is; absent for the norms of the incident itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub task: Option<String>,
        /// From when it counts.
        pub from: i64,
        /// By when its end should be reached.
        pub due_at: i64,
        /// When it was; absent while it was not, or while nobody knows when. Later than `due_at` is missed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reached_at: Option<i64>,
        /// False for an exercise among patients, which counts in no figure.
        pub counts: bool,
    }

    /// A closed road or slow area to be drawn.
    pub struct RoadConditionRequest {
        /// What.
        pub kind: RoadConditionKind,
        /// With `slow`: so many times as long, above 1, at most 100. Not read with `closed`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub factor: Option<f64>,
        /// Corners of the area, longitude and latitude in WGS-84 degrees, at least three, at most
        /// `MAX_RING_CORNERS`; every road that touches the inside is meant.
        pub area: Vec<[f64; 2]>,
        /// Why, for others to read; at most 500 characters.
        #[serde(default)]
        pub note: String,
        /// When it ends by itself; absent: when it is taken back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub until: Option<i64>,
    }

    /// A closed road or slow area that holds.
    pub struct RoadConditionView {
        /// Its id.
        pub id: String,
        /// What.
        pub kind: RoadConditionKind,
        /// With `slow`: so many times as long.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub factor: Option<f64>,
        /// Corners of the area, longitude and latitude in WGS-84 degrees.
        pub area: Vec<[f64; 2]>,
        /// Why.
        pub note: String,
        /// When it ends by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub until: Option<i64>,
        /// Who drew it: the person's id.
        pub by: String,
        /// When it was drawn.
        pub made_at: i64,
    }

    /// A hospital to take a patient to.
    pub struct HospitalChoice {
        /// Its place, from 1.
        pub rank: u16,
        /// The hospital.
        pub hospital: String,
        /// Driving time in seconds; absent when no road leads there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub seconds: Option<u32>,
        /// Length of the way in metres; absent when no road leads there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub metres: Option<u32>,
        /// Grade as published; may be empty.
        pub grade: String,
        /// Which of the specialities asked for it has.
        pub specialities_matched: Vec<String>,
        /// How the time was estimated.
        pub method: TravelMethod,
    }

    /// The land within some minutes of a place: a GeoJSON feature collection, one feature for each limit.
    pub struct IsochroneView {
        /// Always `FeatureCollection`.
        #[serde(rename = "type")]
        pub kind: String,
        /// The largest limit first, so that a smaller one is drawn over it.
        pub features: Vec<IsochroneFeature>,
    }

    /// One limit.
    pub struct IsochroneFeature {
        /// Always `Feature`.
        #[serde(rename = "type")]
        pub kind: String,
        /// What it says.
        pub properties: IsochroneProperties,
        /// The land.
        pub geometry: IsochroneGeometry,
    }

    /// What a limit says.
    #[derive(Copy)]
    pub struct IsochroneProperties {
        /// The limit.
        pub minutes: u32,
        /// How it was estimated.
        pub method: TravelMethod,
    }

    /// A GeoJSON multi-polygon.
    pub struct IsochroneGeometry {
        /// Always `MultiPolygon`.
        #[serde(rename = "type")]
        pub kind: String,
        /// Polygons, each an outer ring and its holes, longitude and latitude in WGS-84 degrees.
        #[cfg_attr(feature = "openapi", schema(value_type = Vec<Vec<Vec<Vec<f64>>>>))]
        pub coordinates: Vec<Vec<Vec<[f64; 2]>>>,
    }

    /// How right the predicted times to the scene were.
    pub struct TravelTimesReport {
        /// When it was made.
        pub made_at: i64,
        /// How travel is estimated now.
        pub method: TravelMethod,
        /// The profile in force.
        pub profile: TravelProfileView,
        /// All journeys looked at.
        pub all: TravelTimesGroup,
        /// The same by local hour of departure, road class and area; empty groups are left out.
        pub groups: Vec<TravelTimesGroup>,
        /// The factor for all of the offer; absent with too few journeys.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub offered_factor: Option<f64>,
        /// The profile that would have predicted these journeys best; absent with too few journeys.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub offered: Option<TravelProfileOffer>,
    }

    /// A profile that was learned. It is in force only once a person switches it on.
    pub struct TravelProfileOffer {
        /// What to send to switch it on.
        pub profile: TravelProfileRequest,
        /// All journeys as they would have been predicted by it.
        pub all: TravelTimesGroup,
    }

    /// Journeys with something in common.
    pub struct TravelTimesGroup {
        /// `all`, `hour:8`, `class:primary` or `area:urban`.
        pub name: String,
        /// How many journeys.
        pub journeys: u32,
        /// Median of actual minus predicted seconds; above 0: it took longer.
        pub median_error_seconds: i32,
        /// Nine of ten errors are no larger than this many seconds, either way.
        pub p90_error_seconds: u32,
        /// Median of actual by predicted.
        pub median_ratio: f64,
    }

    /// Roads of one kind take so many times as long.
    pub struct RoadFactor {
        /// Road class, e.g. `primary`.
        pub class: String,
        /// `urban` or `rural`.
        pub area: String,
        /// 0.5 to 2, on top of the factor for all.
        pub factor: f64,
        /// From how many journeys it was learned.
        pub journeys: u32,
    }

    /// All roads take so many times as long in a part of the day.
    pub struct DayPartFactor {
        /// `day`, `night` or `rush`, by the hours of the road profile.
        pub part: String,
        /// 0.5 to 2, on top of the factor for all.
        pub factor: f64,
        /// From how many journeys it was learned.
        pub journeys: u32,
    }

    /// The correction that is laid over all predicted times.
    pub struct TravelProfileView {
        /// Every predicted time is so many times as long; 1 for none.
        pub factor: f64,
        /// What differs by road; what is not named does not.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub roads: Vec<RoadFactor>,
        /// What differs by part of the day.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub parts: Vec<DayPartFactor>,
        /// Who switched it on; absent for the profile that ships.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub by: Option<String>,
        /// When it was switched on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub since: Option<i64>,
    }

    /// A correction to be switched on, `POST /api/v1/travel-profile`. A factor of 1 and nothing else goes back
    /// to the profile that ships.
    pub struct TravelProfileRequest {
        /// 0.5 to 2.
        pub factor: f64,
        /// What differs by road, each kind once.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub roads: Vec<RoadFactor>,
        /// What differs by part of the day, each once.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub parts: Vec<DayPartFactor>,
    }
}
