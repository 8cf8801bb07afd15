//! Which hospital to take a patient to: by road time, by grade, by what it treats; everything in seconds.

use super::{SNAP_LIMIT_M, Travel, wire_method};
use dispatch_core::model::Wgs84;
use dispatch_core::recommend::{TravelTimes, VehicleAt};
use region::{Hospital, Speciality};
use wire_protocol::route::HospitalChoice;

/// Hospitals in one answer; nobody reads more.
pub const MOST_HOSPITALS: usize = 12;

/// A hospital that does not treat what is asked for ranks as if it were half an hour further.
const NOT_TREATED_SECONDS: f64 = 1800.0;
/// A second-grade hospital ranks as if it were four minutes further than a third-grade one.
const SECOND_GRADE_SECONDS: f64 = 240.0;
/// Any other ranks as if it were eight minutes further.
const OTHER_GRADE_SECONDS: f64 = 480.0;

impl Travel {
    /// The hospitals for a patient at a place, best first. Those without a route come last, without a time.
    pub fn hospitals(
        &self,
        hospitals: &[Hospital],
        at: Wgs84,
        wanted: Option<Speciality>,
    ) -> Vec<HospitalChoice> {
        let here = standing(at);
        let choice = |(rank, (seconds, hospital)): (u16, (Option<f64>, &Hospital))| {
            let route = seconds.and_then(|_| self.route(&here, hospital.position));
            HospitalChoice {
                rank,
                hospital: hospital.id.clone(),
                seconds: seconds.map(|it| it.round() as u32),
                metres: route.map(|it| it.metres.round() as u32),
                grade: hospital.grade.clone(),
                specialities_matched: wanted
                    .filter(|it| hospital.specialities.contains(it))
                    .map(|it| word(it).to_owned())
                    .into_iter()
                    .collect(),
                method: wire_method(self.method()),
            }
        };
        (1_u16..).zip(self.ranked_hospitals(hospitals, at, wanted)).map(choice).collect()
    }

    /// The same with their driving seconds alone, which is one search: what an order offers its crew.
    pub fn ranked_hospitals<'a>(
        &self,
        hospitals: &'a [Hospital],
        at: Wgs84,
        wanted: Option<Speciality>,
    ) -> Vec<(Option<f64>, &'a Hospital)> {
        let times = self.times_to(hospitals, &standing(at));
        let mut ranked: Vec<(f64, Option<f64>, &Hospital)> = hospitals
            .iter()
            .zip(times)
            .map(|(hospital, seconds)| {
                let score = seconds.map_or(f64::INFINITY, |it| it + penalty(hospital, wanted));
                (score, seconds, hospital)
            })
            .collect();
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.2.id.cmp(&b.2.id)));
        ranked.truncate(MOST_HOSPITALS);
        ranked.into_iter().map(|(_, seconds, hospital)| (seconds, hospital)).collect()
    }

    /// One search onwards from the place answers for all.
    fn times_to(&self, hospitals: &[Hospital], here: &VehicleAt) -> Vec<Option<f64>> {
        let Some(roads) = self.roads() else {
            let estimate = |it: &Hospital| self.journey(here, it.position).map(|it| it.seconds);
            return hospitals.iter().map(estimate).collect();
        };
        let snap = |place| roads.weights.snap(place, SNAP_LIMIT_M, None).ok();
        let Some(start) = snap(here.position) else { return vec![None; hospitals.len()] };
        let goals: Vec<_> = hospitals.iter().map(|it| snap(it.position)).collect();
        let known: Vec<_> = goals.iter().flatten().copied().collect();
        let mut times = roads.router.from_one(&roads.weights, &start, &known).into_iter();
        let seconds = |ms: u32| f64::from(ms) / 1000.0 * self.factor();
        goals.iter().map(|goal| goal.and_then(|_| times.next().flatten()).map(seconds)).collect()
    }
}

const fn standing(position: Wgs84) -> VehicleAt {
    VehicleAt { position, heading_deg: None }
}

fn penalty(hospital: &Hospital, wanted: Option<Speciality>) -> f64 {
    let treats = wanted.is_none_or(|it| hospital.specialities.contains(&it));
    let grade = match hospital.grade.chars().next() {
        Some('三') => 0.0,
        Some('二') => SECOND_GRADE_SECONDS,
        Some(_) | None => OTHER_GRADE_SECONDS,
    };
    grade + if treats { 0.0 } else { NOT_TREATED_SECONDS }
}

/// A speciality as the wire spells it.
const fn word(speciality: Speciality) -> &'static str {
    match speciality {
        Speciality::ChestPain => "chest_pain",
        Speciality::Stroke => "stroke",
        Speciality::Trauma => "trauma",
        Speciality::Maternity => "maternity",
        Speciality::Neonatal => "neonatal",
        Speciality::Paediatrics => "paediatrics",
        Speciality::Psychiatry => "psychiatry",
        Speciality::Infectious => "infectious",
    }
}
