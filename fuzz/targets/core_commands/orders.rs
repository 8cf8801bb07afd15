//! Every order there is, about what the centre has or what it never heard of.

use crate::life::CENTRES;
use crate::region;
use crate::texts::{one_of, place, reasoned, text};
use dispatch_core::CentreState;
use dispatch_core::model::*;
use libfuzzer_sys::arbitrary::{Result, Unstructured};

pub(crate) struct Orders<'a, 'b, 'c> {
    pub(crate) u: &'a mut Unstructured<'b>,
    pub(crate) state: &'c CentreState,
    pub(crate) now: Timestamp,
    pub(crate) transfers: &'c [VehicleTransfer],
    /// Those taken over: a server confirms no other.
    pub(crate) arrived: &'c [VehicleTransfer],
}

impl Orders<'_, '_, '_> {
    /// An order; nothing when it would be about something that servers never ask.
    pub(crate) fn any(&mut self) -> Result<Option<Command>> {
        let kind = self.u.int_in_range(0..=3)?;
        match kind {
            0 => self.about_an_incident().map(Some),
            1 => self.about_a_task().map(Some),
            2 => self.about_a_vehicle().map(Some),
            _ => self.about_the_fleet(),
        }
    }

    fn about_an_incident(&mut self) -> Result<Command> {
        let what = self.u.int_in_range(0..=10)?;
        if what == 0 {
            return self.call();
        }
        let incident = self.incident()?;
        let u = &mut *self.u;
        Ok(match what {
            1 => Command::AmendIncident { incident, changes: Box::new(changes(u)?) },
            2 => Command::SuspendIncident { incident, reason: reasoned(u, SuspendReason::ALL)? },
            3 => Command::ResumeIncident { incident },
            4 => Command::RefuseIncident { incident, reason: reasoned(u, RefuseReason::ALL)? },
            5 => Command::CancelIncident { incident, reason: reasoned(u, CancelReason::ALL)?, confirmed: false },
            6 => Command::CloseIncident { incident },
            7 => Command::ReopenIncident { incident, note: text(u)? },
            8 => Command::AddNote { incident, text: text(u)? },
            9 => {
                let vehicle = self.vehicle()?;
                let reason = reasoned(self.u, DivertReason::ALL)?;
                Command::DivertVehicle { vehicle, to_incident: incident, reason, confirmed: false }
            }
            _ => {
                let how_many = self.u.int_in_range(0..=3)?;
                let vehicles = (0..how_many).map(|_| self.vehicle()).collect::<Result<_>>()?;
                Command::DispatchVehicles { incident, vehicles, offer: self.offer()? }
            }
        })
    }

    fn about_a_task(&mut self) -> Result<Command> {
        let task = self.task()?;
        let u = &mut *self.u;
        let what = u.int_in_range(0..=6)?;
        let milestone = *u.choose(&Milestone::ALL)?;
        Ok(match what {
            0 => Command::RecordDeviceReceipt { task },
            1 => {
                let truly_at = if u.arbitrary()? {
                    Timestamp(u.arbitrary()?)
                } else {
                    self.now.plus_seconds(-i64::from(u.arbitrary::<u8>()?))
                };
                Command::CorrectMilestone { task, milestone, truly_at, note: text(u)? }
            }
            2 => Command::UndoMilestone { task, milestone },
            3 => Command::AbortTask { task, reason: reasoned(u, AbortReason::ALL)?, confirmed: false },
            _ => {
                let distance_km = u.arbitrary::<Option<f64>>()?.filter(|km| km.is_finite());
                let details = MilestoneDetails {
                    hospital: u.arbitrary::<bool>()?.then(|| "H-01".into()),
                    patients_carried: u.arbitrary()?,
                    distance_km,
                    patients: PatientsTold::default(),
                };
                Command::RecordMilestone { task, milestone, details }
            }
        })
    }

    fn about_a_vehicle(&mut self) -> Result<Command> {
        let vehicle = self.vehicle()?;
        let u = &mut *self.u;
        let station = StationId::from(*u.choose(&["YC-01", "YC-05"])?);
        let number = u.int_in_range(0..=3)?;
        Ok(match u.int_in_range(0..=20)? {
            8 => Command::GiveMove { vehicle, station },
            9 => Command::AcknowledgeMove { vehicle, station },
            10 => Command::WithdrawMove { vehicle },
            11 => Command::AcceptMove { vehicle, number },
            12 => {
                let reason = reasoned(u, MoveIgnoreReason::ALL)?;
                Command::IgnoreMove { vehicle, number, reason }
            }
            13 => Command::SetMoveAdvice { advice: *u.choose(&[MoveAdvice::Off, MoveAdvice::Advise])? },
            14 => Command::SuggestMove {
                suggestion: Box::new(MoveSuggestion {
                    number,
                    vehicle,
                    station,
                    reason: MoveWhy::CoversMore,
                    covered_before: u.arbitrary()?,
                    covered_after: u.arbitrary()?,
                    expected_seconds_before: u.arbitrary()?,
                    expected_seconds_after: u.arbitrary()?,
                    drive_seconds: u.arbitrary()?,
                    expires_at: self.now,
                }),
            },
            0 => Command::PauseVehicle { vehicle, reason: reasoned(u, PauseReason::ALL)? },
            1 => Command::ResumeVehicle { vehicle },
            2 => Command::GoOffDuty { vehicle },
            3 => Command::GoOnDuty { vehicle },
            4 => Command::ReturnToStation { vehicle },
            5 => {
                let how_many = u.int_in_range(0..=10)?;
                let mut member = || {
                    let role = *u.choose(&[CrewRole::Driver, CrewRole::Doctor])?;
                    Ok(CrewMember { person: "p1".into(), name: text(u)?, role, shift: None })
                };
                let crew = (0..how_many).map(|_| member()).collect::<Result<_>>()?;
                Command::AssignCrew { vehicle, crew }
            }
            6 => Command::RaiseSos { vehicle },
            19 => {
                let faults = std::iter::once(*u.choose(&VehicleCheck::ALL)?).collect();
                let entry = VehicleLogEntry::Checked {
                    odometer_km: u.arbitrary()?,
                    fuel_percent: u.arbitrary()?,
                    faults,
                    note: text(u)?,
                };
                Command::LogVehicle { vehicle, entry }
            }
            20 => Command::WatchCamera { vehicle, channel: u.arbitrary()? },
            15 => Command::Message { vehicle, act: MessageAct::Send { text: text(u)? } },
            16 => Command::Message { vehicle, act: MessageAct::Read { through: u.arbitrary()? } },
            17 => {
                let need = *u.choose(&[None, Some(CrewNeed::Police)])?;
                Command::Message { vehicle, act: MessageAct::Write { need, text: text(u)? } }
            }
            18 => Command::Message { vehicle, act: MessageAct::Answer { through: u.arbitrary()?, text: text(u)? } },
            _ => Command::ClearSos { vehicle, note: text(u)? },
        })
    }

    fn about_the_fleet(&mut self) -> Result<Option<Command>> {
        let what = self.u.int_in_range(0..=5)?;
        let (centre, arrived) = (self.state.centre.as_str(), self.arrived);
        Ok(match what {
            0 => {
                let to = (*self.u.choose(&CENTRES)?).into();
                Some(Command::LendVehicle { vehicle: self.vehicle()?, to, note: text(self.u)? })
            }
            1 => one_of(self.u, self.transfers.to_vec())?
                .map(|transfer| Command::TakeOverVehicle { transfer: Box::new(transfer) }),
            2 => {
                let open = self.state.transfers_out.values().filter(|it| arrived.contains(it));
                one_of(self.u, open.cloned().collect())?.map(|open| Command::ConfirmHandOver {
                    vehicle: open.vehicle,
                    number: open.number,
                })
            }
            3 => {
                // Only vehicles of the centre's own rows of the region are enrolled at it.
                let n = self.u.int_in_range(0..=4)?;
                let vehicle = VehicleId::new(format!("{centre}-v{n}"));
                let record = self.record()?;
                Some(Command::EnrolVehicle { vehicle, record })
            }
            4 => {
                // The region's data may rename a vehicle; its home stays, also while it is lent.
                let (vehicle, mut record) = (self.vehicle()?, self.record()?);
                if let Some(known) = self.state.vehicles.get(&vehicle) {
                    record.home_centre.clone_from(&known.record.home_centre);
                }
                Some(Command::AmendVehicle { vehicle, record })
            }
            _ => Some(Command::RetireVehicle { vehicle: self.vehicle()? }),
        })
    }

    fn call(&mut self) -> Result<Command> {
        let link_to = if self.u.arbitrary()? { Some(self.incident()?) } else { None };
        let u = &mut *self.u;
        let mut facts = region::facts("解放西街");
        facts.scene = place(u)?;
        facts.complaint = text(u)?;
        facts.hazards = (0..u.int_in_range(0..=2)?).map(|_| u.choose(&Hazard::ALL).copied()).collect::<Result<_, _>>()?;
        let mut details = region::call_details(self.now);
        details.patient_count = u.arbitrary()?;
        details.special_needs = text(u)?;
        details.caller_number = if u.arbitrary()? { Some(text(u)?) } else { None };
        let outcome = match u.int_in_range(0..=8)? {
            0 => CallOutcome::Dispatched,
            1 => CallOutcome::Suspended(reasoned(u, SuspendReason::ALL)?),
            2 => CallOutcome::Refused(reasoned(u, RefuseReason::ALL)?),
            3 => CallOutcome::Cancelled(reasoned(u, CancelReason::ALL)?),
            4 => CallOutcome::Reassigned(reasoned(u, DivertReason::ALL)?),
            5 => CallOutcome::Consultation,
            6 => CallOutcome::Nuisance,
            7 => CallOutcome::Repeat,
            _ => CallOutcome::Open,
        };
        Ok(Command::TakeCall(Box::new(TakeCall { link_to, facts, details, outcome, vehicles_wanted: u.arbitrary()? })))
    }

    fn offer(&mut self) -> Result<Option<OfferRecord>> {
        if !self.u.ratio(1, 4)? {
            return Ok(None);
        }
        let how_many = self.u.int_in_range(0..=9)?;
        let mut line = || {
            let (rank, total_seconds) = (self.u.arbitrary()?, self.u.arbitrary()?);
            Ok(OfferedVehicle { vehicle: self.vehicle()?, rank, total_seconds })
        };
        let offered = (0..how_many).map(|_| line()).collect::<Result<_>>()?;
        Ok(Some(OfferRecord { offered, method: text(self.u)? }))
    }

    fn record(&mut self) -> Result<VehicleRecord> {
        let mut record = region::record(self.state.centre.as_str(), "v");
        record.plate = text(self.u)?;
        Ok(record)
    }

    /// Mostly one of the centre's, now and then one it never heard of.
    fn incident(&mut self) -> Result<IncidentId> {
        let all = self.state.incidents.keys().cloned().collect();
        self.known(all, "yinchuan-0")
    }

    fn task(&mut self) -> Result<TaskId> {
        let incidents = self.state.incidents.values();
        let all = incidents.flat_map(|it| &it.tasks).map(|task| task.id.clone()).collect();
        self.known(all, "yinchuan-1.t0")
    }

    fn vehicle(&mut self) -> Result<VehicleId> {
        let all = self.state.vehicles.keys().cloned().collect();
        self.known(all, "nobody")
    }

    fn known<T: Clone + for<'t> From<&'t str>>(&mut self, of: Vec<T>, stranger: &str) -> Result<T> {
        if self.u.ratio(1, 32)? {
            return Ok(T::from(text(self.u)?.as_str()));
        }
        Ok(one_of(self.u, of)?.unwrap_or_else(|| T::from(stranger)))
    }
}

fn change<'a, T>(
    u: &mut Unstructured<'a>,
    value: impl FnOnce(&mut Unstructured<'a>) -> Result<T>,
) -> Result<Change<T>> {
    Ok(match u.int_in_range(0..=2)? {
        0 => Change::Keep,
        1 => Change::Clear,
        _ => Change::Set(value(u)?),
    })
}

fn changes(u: &mut Unstructured<'_>) -> Result<IncidentChanges> {
    Ok(IncidentChanges {
        scene: if u.arbitrary()? { Some(place(u)?) } else { None },
        waiting: change(u, place)?,
        complaint: if u.arbitrary()? { Some(text(u)?) } else { None },
        appointment_at: change(u, |u| Ok(Timestamp(u.arbitrary()?)))?,
        waiting_address: change(u, text)?,
        priority: u.arbitrary::<bool>()?.then_some(Priority::Critical),
        ..IncidentChanges::default()
    })
}
