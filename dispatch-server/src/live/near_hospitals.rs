//! The hospitals that an order offers its crew, best first by road. Worked out once for a place: every crew of an
//! incident asks for the same, and so does each that comes back.

use super::shared::Shared;
use dispatch_core::model::Wgs84;
use dispatch_desk::simulated::on_own_thread;
use region::Speciality;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use wire_protocol::agent::{DispatchOrder, NearHospital};
use wire_protocol::vocabulary::IncidentKind;

/// Answers kept: more than incidents are open at once.
const MOST_KEPT: usize = 256;

/// What was asked: where, for what, and with which state of the roads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Question {
    lon_bits: u64,
    lat_bits: u64,
    wanted: Option<Speciality>,
    roads: u64,
}

/// The answers of a server.
#[derive(Debug, Default)]
pub(super) struct NearHospitals(Mutex<VecDeque<(Question, Vec<NearHospital>)>>);

impl NearHospitals {
    fn known(&self, question: Question) -> Option<Vec<NearHospital>> {
        let kept = self.lock();
        kept.iter().find(|(asked, _)| *asked == question).map(|(_, answer)| answer.clone())
    }

    fn keep(&self, question: Question, answer: Vec<NearHospital>) {
        let mut kept = self.lock();
        if kept.len() == MOST_KEPT {
            kept.pop_front();
        }
        kept.push_back((question, answer));
    }

    /// A panic elsewhere while it was held leaves answers that are still whole.
    fn lock(&self) -> MutexGuard<'_, VecDeque<(Question, Vec<NearHospital>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ranks the hospitals of an order. Where the roads are not ready they stay as they are, by straight line.
pub(super) async fn rank(shared: &Arc<Shared>, order: &mut DispatchOrder) {
    let place = order.waiting.as_ref().and_then(|it| it.position).or(order.scene.position);
    let Some(place) = place.filter(|_| !order.hospitals.is_empty()) else { return };
    let now = shared.clock.now();
    let question = Question {
        lon_bits: place.lon.to_bits(),
        lat_bits: place.lat.to_bits(),
        wanted: wanted(order.kind),
        roads: shared.roads.revision(now),
    };
    if let Some(answer) = shared.near_hospitals.known(question) {
        order.hospitals = answer;
        return;
    }
    let Some(travel) = shared.roads.travel(now) else { return };
    let (region, at) = (shared.region.clone(), Wgs84 { lon: place.lon, lat: place.lat });
    let ranking = move || {
        let ranked = travel.reaching(at).ranked_hospitals(&region.hospitals, at, question.wanted);
        let near = |(seconds, it): (Option<f64>, &region::Hospital)| NearHospital {
            id: it.id.clone(),
            name: it.name_zh.clone(),
            seconds: seconds.map(|it| it.round() as u32),
            treats: question.wanted.is_some_and(|wanted| it.specialities.contains(&wanted)),
        };
        ranked.into_iter().map(near).collect::<Vec<_>>()
    };
    match on_own_thread(ranking).await {
        Ok(ranked) => {
            shared.near_hospitals.keep(question, ranked.clone());
            order.hospitals = ranked;
        }
        Err(_) => tracing::error!("ranking the hospitals of an order died of a bug"),
    }
}

/// What a hospital should treat, where the kind of incident tells it; an illness may be any.
const fn wanted(kind: IncidentKind) -> Option<Speciality> {
    match kind {
        IncidentKind::Injury | IncidentKind::TrafficAccident | IncidentKind::MassCasualty => {
            Some(Speciality::Trauma)
        }
        IncidentKind::Maternity => Some(Speciality::Maternity),
        IncidentKind::Illness
        | IncidentKind::Poisoning
        | IncidentKind::Transfer
        | IncidentKind::Standby
        | IncidentKind::Other => None,
    }
}
