//! The hospitals that an order offers its crew, best first by road. Worked out once for a place: every crew of an
//! incident asks for the same, and so does each that comes back.

use crate::roads::Roads;
use dispatch_core::model::{Timestamp, Wgs84};
use dispatch_desk::simulated::on_own_thread;
use region::{Hospital, Region, Speciality};
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

/// The hospitals of a server's region, and its latest answers.
pub(super) struct NearHospitals {
    region: Arc<Region>,
    roads: Arc<Roads>,
    kept: Mutex<VecDeque<(Question, Vec<NearHospital>)>>,
}

impl NearHospitals {
    pub(super) fn of(region: &Arc<Region>, roads: &Arc<Roads>) -> Self {
        Self { region: region.clone(), roads: roads.clone(), kept: Mutex::default() }
    }

    /// Ranks the hospitals of an order. Where the roads are not ready they stay as they are, by straight line.
    pub(super) async fn rank(&self, order: &mut DispatchOrder, now: Timestamp) {
        let place = order.waiting.as_ref().and_then(|it| it.position).or(order.scene.position);
        let Some(place) = place.filter(|_| !order.hospitals.is_empty()) else { return };
        let question = Question {
            lon_bits: place.lon.to_bits(),
            lat_bits: place.lat.to_bits(),
            wanted: wanted(order.kind),
            roads: self.roads.revision(now),
        };
        if let Some(answer) = self.known(question) {
            order.hospitals = answer;
            return;
        }
        let Some(travel) = self.roads.travel(now) else { return };
        let (region, at) = (self.region.clone(), Wgs84 { lon: place.lon, lat: place.lat });
        let ranking = move || {
            let travel = travel.reaching(at);
            let ranked = travel.ranked_hospitals(&region.hospitals, at, question.wanted);
            ranked
                .into_iter()
                .map(|(seconds, it)| near(seconds, it, question.wanted))
                .collect::<Vec<_>>()
        };
        match on_own_thread(ranking).await {
            Ok(ranked) => {
                self.keep(question, &ranked);
                order.hospitals = ranked;
            }
            Err(_) => tracing::error!("ranking the hospitals of an order died of a bug"),
        }
    }

    fn known(&self, question: Question) -> Option<Vec<NearHospital>> {
        let kept = self.lock();
        kept.iter().find(|(asked, _)| *asked == question).map(|(_, answer)| answer.clone())
    }

    fn keep(&self, question: Question, answer: &[NearHospital]) {
        let mut kept = self.lock();
        if kept.len() == MOST_KEPT {
            kept.pop_front();
        }
        kept.push_back((question, answer.to_vec()));
    }

    /// A panic elsewhere while it was held leaves answers that are still whole.
    fn lock(&self) -> MutexGuard<'_, VecDeque<(Question, Vec<NearHospital>)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn near(seconds: Option<f64>, it: &Hospital, wanted: Option<Speciality>) -> NearHospital {
    NearHospital {
        id: it.id.clone(),
        name: it.name_zh.clone(),
        seconds: seconds.map(|it| it.round() as u32),
        treats: wanted.is_some_and(|wanted| it.specialities.contains(&wanted)),
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
