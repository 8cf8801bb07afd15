//! Whether one vehicle can go at all, and every term that needs no road.

use super::candidate::{CandidateSource, DivertedPatient, NotOffered, Rejected, Terms, Warning};
use super::capability::capability;
use super::request::Request;
use super::settings::RankingSettings;
use super::situation::{OtherTask, VehicleSituation};
use super::travel::VehicleAt;
use crate::model::{Away, Priority, SetOutFrom, TaskId, Timestamp, VehicleKind, Wgs84};
use crate::state::{Duty, TaskStage};
use crate::whereabouts::{PositionSource, Whereabouts};

/// A vehicle that can go, its journey not yet counted.
pub(super) struct Draft {
    pub(super) at: VehicleAt,
    pub(super) whereabouts: Whereabouts,
    pub(super) ready: Ready,
    pub(super) terms: Terms,
    pub(super) warnings: Vec<Warning>,
    /// Where the patient waits from whom it would be taken.
    pub(super) other_place: Option<Wgs84>,
}

/// Whether it can be sent now.
pub(super) enum Ready {
    Now(CandidateSource),
    /// As it has finished this task at a hospital.
    Soon(TaskId),
}

/// What the ranking goes by, in one hand.
#[derive(Clone, Copy)]
pub(super) struct Question<'a> {
    pub(super) request: &'a Request,
    pub(super) settings: &'a RankingSettings,
    pub(super) now: Timestamp,
}

impl Question<'_> {
    /// Whether the vehicle can go; if so all but its journey, its station's cover and the other patient.
    pub(super) fn assess(&self, situation: &VehicleSituation<'_>) -> Result<Draft, Rejected> {
        let ready = self.ready(situation);
        let mut reasons = self.reasons_of_belonging(situation);
        let whereabouts = situation.whereabouts(self.now, &self.settings.position);
        if whereabouts.position.is_none() {
            reasons.push(NotOffered::NoPosition);
        }
        match (ready, whereabouts.position) {
            (Ok(ready), Some(position)) if reasons.is_empty() => {
                let at = VehicleAt { position, heading_deg: whereabouts.heading_deg };
                Ok(self.draft(situation, ready, at, whereabouts))
            }
            (Ok(_), _) => Err(rejected(situation, reasons)),
            (Err(reason), _) => {
                reasons.insert(0, reason);
                Err(rejected(situation, reasons))
            }
        }
    }

    fn ready(&self, situation: &VehicleSituation<'_>) -> Result<Ready, NotOffered> {
        // What the crew says goes before what the centre did.
        if let Some(report) = situation.vehicle.standing_report() {
            return Err(NotOffered::PatientOnBoard { task: report.task.clone() });
        }
        match situation.vehicle.away.as_ref().map(|gone| &gone.away) {
            Some(Away::OffDuty) => return Err(NotOffered::OffDuty),
            Some(Away::Paused { reason }) => {
                return Err(NotOffered::Paused { reason: reason.reason });
            }
            None => {}
        }
        match &situation.vehicle.duty {
            Duty::AvailableAtStation => Ok(Ready::Now(CandidateSource::AtStation)),
            Duty::AvailableOnRoad { .. } => Ok(Ready::Now(CandidateSource::OnRoad)),
            Duty::OffDuty => Err(NotOffered::OffDuty),
            Duty::Paused { reason, .. } => Err(NotOffered::Paused { reason: reason.reason }),
            Duty::OnTask { task, stage } => match &situation.other_task {
                Some(other) => self.ready_on_task(task, *stage, other),
                // Without its incident nobody can say what it would be taken from.
                None => Err(on_task(task, *stage, Priority::Critical)),
            },
        }
    }

    /// An exercise gives way to every patient and never the other way round; a task at a hospital ends soon;
    /// a less urgent patient nobody has reached yet may have to wait.
    fn ready_on_task(
        &self,
        task: &TaskId,
        stage: TaskStage,
        other: &OtherTask<'_>,
    ) -> Result<Ready, NotOffered> {
        if Some(other.incident) == self.request.incident.as_ref() {
            return Err(NotOffered::AlreadyOnThisIncident);
        }
        if other.test && !self.request.test {
            let incident = other.incident.clone();
            return Ok(Ready::Now(CandidateSource::FromExercise { task: task.clone(), incident }));
        }
        let serves_patient = self.request.test && !other.test;
        match stage {
            TaskStage::PatientOnBoard | TaskStage::AtScene => {
                Err(on_task(task, stage, other.priority))
            }
            TaskStage::AtHospital
            | TaskStage::Assigned
            | TaskStage::OrderReceived
            | TaskStage::ToScene
                if serves_patient =>
            {
                Err(NotOffered::ServesPatient { task: task.clone() })
            }
            TaskStage::AtHospital => Ok(Ready::Soon(task.clone())),
            TaskStage::Assigned | TaskStage::OrderReceived | TaskStage::ToScene => {
                self.divert(stage, other).map(Ready::Now)
            }
        }
    }

    fn divert(
        &self,
        stage: TaskStage,
        other: &OtherTask<'_>,
    ) -> Result<CandidateSource, NotOffered> {
        // `Priority` is ordered from the most urgent.
        if self.request.divert && other.priority > self.request.priority {
            return Ok(CandidateSource::Divert(DivertedPatient {
                task: other.task.clone(),
                incident: other.incident.clone(),
                priority: other.priority,
                instead: None,
                delay_seconds: None,
            }));
        }
        Err(on_task(other.task, stage, other.priority))
    }

    fn reasons_of_belonging(&self, situation: &VehicleSituation<'_>) -> Vec<NotOffered> {
        let mut reasons = Vec::new();
        let is_command = situation.vehicle.record.kind == VehicleKind::Command;
        if is_command && self.request.wanted.kind != Some(VehicleKind::Command) {
            reasons.push(NotOffered::CarriesNoPatient);
        }
        if !is_command && self.request.wanted.kind == Some(VehicleKind::Command) {
            reasons.push(NotOffered::IsNoCommandVehicle);
        }
        if !self.request.mutual_aid && *situation.centre != self.request.centre {
            reasons.push(NotOffered::OfOtherCentre { centre: situation.centre.clone() });
        }
        reasons
    }

    fn draft(
        &self,
        situation: &VehicleSituation<'_>,
        ready: Ready,
        at: VehicleAt,
        whereabouts: Whereabouts,
    ) -> Draft {
        let settings = self.settings;
        let (capability_seconds, mut warnings) = capability(
            &self.request.wanted,
            situation.vehicle,
            self.request.priority,
            &settings.capability,
        );
        let stale_seconds = self.stale_seconds(&whereabouts, &mut warnings);
        if *situation.centre != self.request.centre {
            warnings.push(Warning::OfOtherCentre { centre: situation.centre.clone() });
        }
        let terms = Terms {
            departure_seconds: match sets_out_from(&ready, situation) {
                SetOutFrom::Station => settings.departure_from_station_seconds,
                SetOutFrom::Road => settings.departure_from_road_seconds,
            },
            wait_seconds: self.wait_seconds(situation, &ready),
            capability_seconds,
            stale_seconds,
            ..Terms::default()
        };
        let other_place = situation.other_task.as_ref().and_then(|other| other.place);
        Draft { at, whereabouts, ready, terms, warnings, other_place }
    }

    fn wait_seconds(&self, situation: &VehicleSituation<'_>, ready: &Ready) -> f64 {
        match ready {
            Ready::Soon(_) => {
                let there_for = self.now.seconds_since(situation.vehicle.since);
                let left = self.settings.hospital_turnaround_seconds - there_for;
                left.clamp(
                    self.settings.least_wait_at_hospital_seconds,
                    self.settings
                        .hospital_turnaround_seconds
                        .max(self.settings.least_wait_at_hospital_seconds),
                )
            }
            Ready::Now(_) => 0.0,
        }
    }

    /// What the doubt about its place counts; the warning says which doubt it is.
    fn stale_seconds(&self, whereabouts: &Whereabouts, warnings: &mut Vec<Warning>) -> f64 {
        let norms = &self.settings.position;
        let age_seconds = whereabouts.fix_age_seconds.unwrap_or(0.0).round() as i64;
        match whereabouts.source {
            PositionSource::Station => {
                warnings.push(Warning::StationAssumed);
                self.settings.station_assumed_seconds
            }
            PositionSource::Fix if whereabouts.uncertainty_m > 0.0 => {
                warnings.push(Warning::PositionStale { age_seconds });
                whereabouts.uncertainty_m / norms.driving_mps * self.settings.uncertainty_weight
            }
            PositionSource::Fix => 0.0,
            PositionSource::LastKnown | PositionSource::Unknown => {
                warnings.push(Warning::PositionUnknown { age_seconds });
                norms.unknown_after_seconds * self.settings.uncertainty_weight
            }
        }
    }
}

/// Where it stands as it is sent.
fn sets_out_from(ready: &Ready, situation: &VehicleSituation<'_>) -> SetOutFrom {
    match ready {
        Ready::Now(CandidateSource::AtStation) => SetOutFrom::Station,
        // Whoever waits at another station gets under way as from its own.
        Ready::Now(CandidateSource::OnRoad) if situation.vehicle.is_standing_by() => {
            SetOutFrom::Station
        }
        Ready::Now(CandidateSource::OnRoad) | Ready::Soon(_) => SetOutFrom::Road,
        Ready::Now(CandidateSource::Divert(_) | CandidateSource::FromExercise { .. }) => {
            situation.other_task.as_ref().map_or(SetOutFrom::Road, |other| other.stands_at)
        }
    }
}

/// Why a vehicle stays on its task.
fn on_task(task: &TaskId, stage: TaskStage, priority: Priority) -> NotOffered {
    let task = task.clone();
    match stage {
        TaskStage::PatientOnBoard => NotOffered::PatientOnBoard { task },
        TaskStage::AtScene => NotOffered::AtOtherScene { task },
        TaskStage::Assigned
        | TaskStage::OrderReceived
        | TaskStage::ToScene
        | TaskStage::AtHospital => NotOffered::OnTask { task, priority },
    }
}

pub(super) fn rejected(situation: &VehicleSituation<'_>, reasons: Vec<NotOffered>) -> Rejected {
    Rejected { vehicle: situation.vehicle.id.clone(), reasons }
}
