//! The ranking itself: outwards until nobody further away can be among the best; or everybody.

use super::assess::{Draft, Question, Ready, rejected};
use super::candidate::{
    Candidate, CandidateSource, NotOffered, Recommendation, Rejected, SoonFree, Warning,
};
use super::fleet_view::FleetView;
use super::other_patient::count_other_patient;
use super::request::Request;
use super::settings::RankingSettings;
use super::situation::VehicleSituation;
use super::travel::{Journey, TravelEstimate, TravelTimes};
use crate::model::{Priority, Timestamp};
use std::cmp::Ordering;

/// Sums of floating-point seconds may differ from the bound in the last digit; the stop rule gives way
/// by this part, so that a tie is never cut off.
const ROUNDING: f64 = 1e-9;

/// Who would go to the other patient is asked for so many diverts when everybody is ranked, the
/// most promising first. A region of 123 vehicles drives to about ten patients at once; each question is
/// a ranking of its own.
const MOST_REDIRECTS_COUNTED: usize = 24;

/// The best `request.how_many` vehicles and everybody looked at on the way who cannot go, or only soon.
///
/// Walks outwards and stops when the straight line at top speed can no longer beat the last of the
/// best: the candidates equal those of [`rank_all`], cut off after as many (as long as that one counts every
/// divert). The settings' seconds must not be negative.
pub fn recommend(
    request: &Request,
    fleet: &dyn FleetView,
    travel: &dyn TravelTimes,
    settings: &RankingSettings,
    now: Timestamp,
) -> Recommendation {
    let question = Question { request, settings, now };
    let wanted = request.how_many.max(1);
    let mut journeys_to = travel.journeys_to(request.place);
    let mut answer = empty(travel);
    for met in fleet.outwards(request.place) {
        let least_seconds = met.at_least_m / travel.top_speed_mps() * (1.0 - ROUNDING);
        let worst = to_beat(&answer, wanted);
        if worst.is_some_and(|worst| least_seconds > worst) {
            answer.all_looked_at = false;
            break;
        }
        let mut draft = match question.assess(&met.situation) {
            Ok(draft) => draft,
            Err(rejection) => {
                answer.rejected.push(rejection);
                continue;
            }
        };
        if worst.is_some() && !draft.whereabouts.is_believed() {
            answer.all_looked_at = false;
            continue;
        }
        count_cover(&mut draft, &met.situation, question, fleet);
        let most_seconds = worst.map_or(f64::INFINITY, |worst| {
            (worst - draft.terms.total_seconds()).max(0.0) * (1.0 + ROUNDING) + ROUNDING
        });
        // Roads need not be asked about a vehicle that loses even by the straight line.
        if least_seconds > most_seconds {
            answer.all_looked_at = false;
            continue;
        }
        let journey = match journeys_to.journey_within(&draft.at, most_seconds) {
            Journey::Takes(journey) => journey,
            Journey::TooLong => {
                answer.all_looked_at = false;
                continue;
            }
            Journey::NoRoute => {
                answer.rejected.push(rejected(&met.situation, vec![NotOffered::NoRoute]));
                continue;
            }
        };
        draft.terms.travel_seconds = journey.seconds;
        // Asking who would go to the other patient is dear; a vehicle too far behind is not worth it.
        if worst.is_some_and(|worst| draft.terms.total_seconds() > worst) {
            answer.all_looked_at = false;
            continue;
        }
        count_other_patient(
            &mut draft,
            &met.situation.vehicle.id,
            question,
            fleet,
            travel,
            |request, fleet| recommend(request, fleet, travel, settings, now),
        );
        list(&mut answer, draft, journey, &met.situation);
        answer.candidates.sort_by(order);
        answer.all_looked_at &= answer.candidates.len() <= wanted;
        answer.candidates.truncate(wanted);
    }
    sorted(answer)
}

/// The seconds of the last of the best; nothing while there are too few, or while nobody knows where the last
/// one is and so anybody is better.
fn to_beat(answer: &Recommendation, wanted: usize) -> Option<f64> {
    let last = answer.candidates.get(wanted - 1)?;
    last.at.is_believed().then_some(last.total_seconds)
}

/// Every vehicle of the fleet, ranked or with the reason why not. Of a great many possible diverts
/// only the most promising have their cost to the other patient counted; the others say so.
pub fn rank_all(
    request: &Request,
    fleet: &dyn FleetView,
    travel: &dyn TravelTimes,
    settings: &RankingSettings,
    now: Timestamp,
) -> Recommendation {
    let question = Question { request, settings, now };
    let mut answer = empty(travel);
    let mut drafts = Vec::new();
    for situation in fleet.everybody() {
        match question.assess(&situation) {
            Ok(draft) => drafts.push((draft, situation)),
            Err(rejection) => answer.rejected.push(rejection),
        }
    }
    let places: Vec<_> = drafts.iter().map(|(draft, _)| draft.at).collect();
    let journeys = travel.journeys_to(request.place).journeys_of(&places);
    let mut diverts = Vec::new();
    for ((mut draft, situation), journey) in drafts.into_iter().zip(journeys) {
        let Some(journey) = journey else {
            answer.rejected.push(rejected(&situation, vec![NotOffered::NoRoute]));
            continue;
        };
        draft.terms.travel_seconds = journey.seconds;
        count_cover(&mut draft, &situation, question, fleet);
        if matches!(draft.ready, Ready::Now(CandidateSource::Divert(_))) {
            diverts.push((draft, journey, situation));
        } else {
            list(&mut answer, draft, journey, &situation);
        }
    }
    diverts.sort_unstable_by(|(a, _, one), (b, _, other)| {
        let seconds = a.terms.total_seconds().total_cmp(&b.terms.total_seconds());
        seconds.then_with(|| one.vehicle.id.cmp(&other.vehicle.id))
    });
    for (place, (mut draft, journey, situation)) in diverts.into_iter().enumerate() {
        if place < MOST_REDIRECTS_COUNTED {
            count_other_patient(
                &mut draft,
                &situation.vehicle.id,
                question,
                fleet,
                travel,
                |request, fleet| recommend(request, fleet, travel, settings, now),
            );
        } else {
            draft.terms.other_patient_seconds = settings.nobody_instead_seconds;
            draft.warnings.push(Warning::DivertedPatientNotCounted);
        }
        list(&mut answer, draft, journey, &situation);
    }
    sorted(answer)
}

fn empty(travel: &dyn TravelTimes) -> Recommendation {
    Recommendation {
        candidates: Vec::new(),
        soon_free: Vec::new(),
        rejected: Vec::new(),
        all_looked_at: true,
        method: travel.method(),
    }
}

/// What its going costs those who call next; that depends on no road.
fn count_cover(
    draft: &mut Draft,
    situation: &VehicleSituation<'_>,
    question: Question<'_>,
    fleet: &dyn FleetView,
) {
    let (is_free, leaves_station) = match draft.ready {
        Ready::Now(CandidateSource::AtStation) => (true, true),
        Ready::Now(CandidateSource::OnRoad) => (true, false),
        // Whoever is on a task covers nothing now.
        Ready::Now(CandidateSource::Divert(_) | CandidateSource::FromExercise { .. })
        | Ready::Soon(_) => (false, false),
    };
    let is_last = leaves_station && fleet.available_at(&situation.vehicle.record.station) <= 1;
    if is_last {
        draft.warnings.push(Warning::LastOfStation);
    }
    if is_free && question.request.priority != Priority::Critical {
        draft.terms.coverage_seconds = coverage_seconds(situation, is_last, question.settings);
    }
}

/// What the next patient loses: reckoned where coverage is known, else a plain sum for the last of a station.
fn coverage_seconds(
    situation: &VehicleSituation<'_>,
    is_last: bool,
    settings: &RankingSettings,
) -> f64 {
    match situation.coverage_lost_seconds {
        Some(lost) => {
            (lost.max(0.0) * settings.coverage_weight).min(settings.most_coverage_seconds)
        }
        None if is_last => settings.last_vehicle_of_station_seconds,
        None => 0.0,
    }
}

fn sorted(mut answer: Recommendation) -> Recommendation {
    answer.candidates.sort_unstable_by(order);
    answer.soon_free.sort_unstable_by(soon_order);
    answer.rejected.sort_unstable_by(by_name);
    answer
}

/// Puts a vehicle at the end of the list it belongs to.
fn list(
    answer: &mut Recommendation,
    draft: Draft,
    journey: TravelEstimate,
    situation: &VehicleSituation<'_>,
) {
    let Draft { whereabouts: at, ready, terms, warnings, .. } = draft;
    let (vehicle, distance_m) = (situation.vehicle.id.clone(), journey.distance_m);
    let total_seconds = terms.total_seconds();
    match ready {
        Ready::Now(standing) => {
            answer.candidates.push(Candidate {
                vehicle,
                standing,
                total_seconds,
                terms,
                distance_m,
                at,
                warnings,
            });
        }
        Ready::Soon(task) => {
            answer.soon_free.push(SoonFree {
                vehicle,
                task,
                total_seconds,
                terms,
                distance_m,
                at,
                warnings,
            });
        }
    }
}

/// Those whose place is believed first, then the best, then by name, so that the same question always gets
/// the same answer.
fn order(a: &Candidate, b: &Candidate) -> Ordering {
    (b.at.is_believed().cmp(&a.at.is_believed()))
        .then(a.total_seconds.total_cmp(&b.total_seconds))
        .then_with(|| a.vehicle.cmp(&b.vehicle))
}

fn soon_order(a: &SoonFree, b: &SoonFree) -> Ordering {
    (b.at.is_believed().cmp(&a.at.is_believed()))
        .then(a.total_seconds.total_cmp(&b.total_seconds))
        .then_with(|| a.vehicle.cmp(&b.vehicle))
}

fn by_name(a: &Rejected, b: &Rejected) -> Ordering {
    a.vehicle.cmp(&b.vehicle)
}
