//! Whether one vehicle can go at all, and every term that needs no road.

use super::candidate::{NotOffered, OtherPatient, Rejected, Standing, Terms, Warning};
use super::capability::capability;
use super::request::Request;
use super::settings::RankingSettings;
use super::situation::{OtherTask, VehicleSituation};
use super::travel::VehicleAt;
use crate::model::{Priority, SetOutFrom, Timestamp, VehicleKind, Wgs84};
use crate::state::{Duty, TaskStage};

/// A vehicle that can go, its journey not yet counted.
pub(super) struct Draft {
    pub(super) at: VehicleAt,
    pub(super) standing: Standing,
    pub(super) terms: Terms,
    pub(super) warnings: Vec<Warning>,
    /// Where the patient waits from whom it would be taken.
    pub(super) other_place: Option<Wgs84>,
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
        let standing = self.standing(situation);
        let mut reasons = self.reasons_of_belonging(situation);
        let position = situation.position();
        if position.is_none() {
            reasons.push(NotOffered::NoPosition);
        }
        match (standing, position) {
            (Ok(standing), Some(position)) if reasons.is_empty() => {
                Ok(self.draft(situation, standing, position))
            }
            (Ok(_), _) => Err(rejected(situation, reasons)),
            (Err(reason), _) => {
                reasons.insert(0, reason);
                Err(rejected(situation, reasons))
            }
        }
    }

    fn standing(&self, situation: &VehicleSituation<'_>) -> Result<Standing, NotOffered> {
        // What the crew says goes before what the centre did.
        if let Some(report) = situation.vehicle.standing_report() {
            return Err(NotOffered::PatientOnBoard { task: report.task.clone() });
        }
        match &situation.vehicle.duty {
            Duty::AvailableAtStation => Ok(Standing::AtStation),
            Duty::AvailableOnRoad { .. } => Ok(Standing::OnRoad),
            Duty::OffDuty => Err(NotOffered::OffDuty),
            Duty::Paused { reason, .. } => Err(NotOffered::Paused { reason: reason.reason }),
            Duty::OnTask { task, stage } => match (stage, &situation.other_task) {
                (_, Some(other)) if Some(other.incident) == self.request.incident.as_ref() => {
                    Err(NotOffered::AlreadyOnThisIncident)
                }
                (TaskStage::AtHospital, _) => {
                    Ok(Standing::FinishingAtHospital { task: task.clone() })
                }
                (TaskStage::PatientOnBoard, _) => {
                    Err(NotOffered::PatientOnBoard { task: task.clone() })
                }
                (TaskStage::AtScene, _) => Err(NotOffered::AtOtherScene { task: task.clone() }),
                (
                    TaskStage::Assigned | TaskStage::OrderReceived | TaskStage::ToScene,
                    Some(other),
                ) => self.redirect(other),
                // Without its incident nobody can say what it would be taken from.
                (TaskStage::Assigned | TaskStage::OrderReceived | TaskStage::ToScene, None) => {
                    Err(NotOffered::OnTask { task: task.clone(), priority: Priority::Critical })
                }
            },
        }
    }

    fn redirect(&self, other: &OtherTask<'_>) -> Result<Standing, NotOffered> {
        // `Priority` is ordered from the most urgent.
        if self.request.redirect && other.priority > self.request.priority {
            return Ok(Standing::Redirect(OtherPatient {
                task: other.task.clone(),
                incident: other.incident.clone(),
                priority: other.priority,
                instead: None,
                delay_seconds: None,
            }));
        }
        Err(NotOffered::OnTask { task: other.task.clone(), priority: other.priority })
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
        standing: Standing,
        position: Wgs84,
    ) -> Draft {
        let settings = self.settings;
        let (capability_seconds, mut warnings) = capability(
            &self.request.wanted,
            &situation.vehicle.record,
            self.request.priority,
            &settings.capability,
        );
        let stale_seconds = self.stale_seconds(situation, &mut warnings);
        if *situation.centre != self.request.centre {
            warnings.push(Warning::OfOtherCentre { centre: situation.centre.clone() });
        }
        let from = match &standing {
            Standing::AtStation => SetOutFrom::Station,
            Standing::OnRoad | Standing::FinishingAtHospital { .. } => SetOutFrom::Road,
            Standing::Redirect(_) => {
                situation.other_task.as_ref().map_or(SetOutFrom::Road, |other| other.stands_at)
            }
        };
        let terms = Terms {
            departure_seconds: match from {
                SetOutFrom::Station => settings.departure_from_station_seconds,
                SetOutFrom::Road => settings.departure_from_road_seconds,
            },
            wait_seconds: self.wait_seconds(situation, &standing),
            capability_seconds,
            stale_seconds,
            ..Terms::default()
        };
        let heading_deg = situation.located.and_then(|located| located.heading_deg);
        let other_place = situation.other_task.as_ref().and_then(|other| other.place);
        Draft { at: VehicleAt { position, heading_deg }, standing, terms, warnings, other_place }
    }

    fn wait_seconds(&self, situation: &VehicleSituation<'_>, standing: &Standing) -> f64 {
        match standing {
            Standing::FinishingAtHospital { .. } => {
                let there_for = self.now.seconds_since(situation.vehicle.since);
                let left = self.settings.hospital_turnaround_seconds - there_for;
                left.clamp(
                    self.settings.least_wait_at_hospital_seconds,
                    self.settings
                        .hospital_turnaround_seconds
                        .max(self.settings.least_wait_at_hospital_seconds),
                )
            }
            Standing::AtStation | Standing::OnRoad | Standing::Redirect(_) => 0.0,
        }
    }

    fn stale_seconds(&self, situation: &VehicleSituation<'_>, warnings: &mut Vec<Warning>) -> f64 {
        let Some(located) = situation.located else {
            warnings.push(Warning::StationAssumed);
            return self.settings.station_assumed_seconds;
        };
        let settings = self.settings;
        let (stale_after, most) = match situation.vehicle.duty {
            Duty::AvailableAtStation => {
                (settings.stale_after_at_station_seconds, settings.station_assumed_seconds)
            }
            Duty::AvailableOnRoad { .. }
            | Duty::OnTask { .. }
            | Duty::OffDuty
            | Duty::Paused { .. } => (settings.stale_after_seconds, settings.most_stale_seconds),
        };
        let age = self.now.seconds_since(located.fix_time);
        if age <= stale_after {
            return 0.0;
        }
        warnings.push(Warning::PositionStale { age_seconds: age.round() as i64 });
        (age * settings.stale_seconds_per_second).min(most)
    }
}

pub(super) fn rejected(situation: &VehicleSituation<'_>, reasons: Vec<NotOffered>) -> Rejected {
    Rejected { vehicle: situation.vehicle.id.clone(), reasons }
}
