//! Closed word lists used by several messages. The dispatch core has twins of most of them.

pub use crate::crew_member::{CrewRole, Shift};
pub use crate::hazard::Hazard;
pub use crate::message::{CrewNeed, MessageFrom};
pub use crate::vehicle_log::VehicleCheck;

words! {
    /// The ten vehicle states, in the order of their numbers 0 to 9.
    VehicleState {
        /// 0 任务已派.
        TaskAssigned,
        /// 1 接收命令.
        OrderReceived,
        /// 2 驶向现场.
        ToScene,
        /// 3 到达现场.
        AtScene,
        /// 4 病人上车.
        PatientOnBoard,
        /// 5 到达医院.
        AtHospital,
        /// 6 途中待命.
        AvailableOnRoad,
        /// 7 站内待命.
        AvailableAtStation,
        /// 8 不能调用.
        OffDuty,
        /// 9 暂停调用.
        Paused,
    }
    /// The eight milestones of a task, in order.
    Milestone {
        /// 生成任务.
        Created,
        /// 接收命令.
        OrderReceived,
        /// 出车.
        Departed,
        /// 到达现场.
        AtScene,
        /// 离开现场.
        LeftScene,
        /// 到达医院.
        AtHospital,
        /// 完成.
        Finished,
        /// 返回站中.
        BackAtStation,
    }
    /// A part of an order, as a crew is told which of them changed.
    OrderPart {
        /// Kind of incident.
        Kind,
        /// Priority.
        Priority,
        /// Scene: its words or its position.
        Scene,
        /// Where the caller waits.
        Waiting,
        /// Hospital wanted.
        Destination,
        /// Chief complaint.
        Complaint,
        /// When the vehicle is wanted.
        Appointment,
        /// Contact's name and the number to ring.
        Contact,
        /// The patient's name, sex and age.
        Patient,
        /// How many are hurt or ill.
        PatientCount,
        /// Whether a stretcher is needed.
        Stretcher,
        /// Special needs, or what may harm the crew.
        SpecialNeeds,
        /// A note was written.
        Notes,
        /// Which other vehicles come.
        WithVehicles,
    }
    /// What a vehicle is built for.
    VehicleKind {
        /// 普通型.
        Basic,
        /// 监护型.
        IntensiveCare,
        /// 负压型.
        NegativePressure,
        /// 新生儿.
        Neonatal,
        /// 指挥车.
        Command,
    }
    /// How soon a vehicle is needed.
    Priority {
        /// I 濒危.
        Critical,
        /// II 危重.
        Severe,
        /// III 急症.
        Urgent,
        /// IV 非急症.
        NonUrgent,
    }
    /// What kind of incident it is.
    IncidentKind {
        /// 急病.
        Illness,
        /// 外伤.
        Injury,
        /// 交通事故.
        TrafficAccident,
        /// 孕产.
        Maternity,
        /// 中毒.
        Poisoning,
        /// 转院.
        Transfer,
        /// 保障.
        Standby,
        /// 突发事件.
        MassCasualty,
        /// 其他.
        Other,
    }
    /// How the incident reached the centre.
    IncidentSource {
        /// 120 电话.
        Phone,
        /// 手机应用.
        App,
        /// 110.
        Police,
        /// 119.
        Fire,
        /// 122.
        TrafficPolice,
        /// 医院.
        Hospital,
    }
    /// Level as a public emergency.
    AccidentLevel {
        /// Not a public emergency.
        Ordinary,
        /// IV 一般.
        General,
        /// III 较大.
        Larger,
        /// II 重大.
        Major,
        /// I 特别重大.
        ExtraMajor,
    }
    /// Where a position came from.
    PlaceSource {
        /// Chosen from the address list.
        AddressSearch,
        /// Clicked on the map.
        MapClick,
        /// Sent by the caller's phone.
        PhoneLocation,
        /// Told by the caller only.
        CallerWords,
        /// Handed over by another service.
        OtherService,
    }
    /// Sex of a patient.
    Sex {
        /// Male.
        Male,
        /// Female.
        Female,
        /// Not known.
        Unknown,
    }
    /// Why an incident waits.
    SuspendReason {
        /// No suitable vehicle is free.
        AwaitingVehicle,
        /// The caller is to ring back or be rung back.
        AwaitingCaller,
        /// Another service must act first.
        AwaitingOtherService,
        /// Anything else.
        Other,
    }
    /// Why a call is refused.
    RefuseReason {
        /// Outside the area served.
        OutOfArea,
        /// Not a medical matter.
        NotMedical,
        /// The caller does not accept the conditions.
        ConditionsNotAccepted,
        /// Anything else.
        Other,
    }
    /// Why an incident is cancelled.
    CancelReason {
        /// The caller cancelled.
        CallerCancelled,
        /// The patient went by other means.
        WentByThemselves,
        /// Nobody was there on arrival.
        GoneOnArrival,
        /// A nuisance call.
        Nuisance,
        /// Already open under another number.
        Duplicate,
        /// Another service dealt with it.
        DealtWithByOthers,
        /// Anything else.
        Other,
    }
    /// Why a task ended before its normal end.
    AbortReason {
        /// The incident was cancelled.
        IncidentCancelled,
        /// The vehicle broke down.
        VehicleBreakdown,
        /// The vehicle had a road accident.
        RoadAccident,
        /// The road could not be passed.
        RoadBlocked,
        /// Nobody was there on arrival.
        GoneOnArrival,
        /// The patient refused to be carried.
        PatientRefused,
        /// The crew could not go.
        CrewUnable,
        /// Sent by mistake.
        SentByMistake,
        /// Anything else.
        Other,
    }
    /// Why a vehicle is taken from one incident to another.
    DivertReason {
        /// The other patient is in greater danger.
        HigherPriority,
        /// It is nearer than any other.
        Nearer,
        /// It has what the other patient needs.
        BetterEquipped,
        /// Anything else.
        Other,
    }
    /// Why a vehicle is paused.
    PauseReason {
        /// Refuelling.
        Fuel,
        /// A meal.
        Meal,
        /// Repair.
        Repair,
        /// Disinfection.
        Disinfection,
        /// Restocking.
        Restock,
        /// Anything else.
        Other,
    }
    /// Whether a centre is advised of moves.
    MoveAdvice {
        /// It is not.
        Off,
        /// Moves are suggested; a dispatcher accepts or ignores each.
        Advise,
    }
    /// Why a suggested move is not made.
    MoveIgnoreReason {
        /// The crew needs its rest.
        CrewNeedsRest,
        /// Another vehicle will be free there soon.
        OthersSoonFree,
        /// Few calls are to be expected there now.
        FewCallsExpected,
        /// Weather or road speak against the way.
        RoadOrWeather,
        /// Anything else.
        Other,
    }
    /// Why a move is suggested.
    MoveWhy {
        /// No free vehicle has reached most of the station's ground within target for a while.
        StationUncovered,
        /// It covers so much more that it pays by itself.
        CoversMore,
    }
    /// What is thought of a fix.
    FixQuality {
        /// Newest and plausible.
        Fresh,
        /// Older than the newest known; kept for history only.
        Late,
        /// Impossible speed or time; kept for history only.
        Suspect,
        /// The receiver repeats itself.
        Frozen,
    }
    /// What a person may do, within their centre; the regional duty officer in any.
    Role {
        /// Takes calls (受理员).
        CallTaker,
        /// Sends vehicles (调度员).
        Dispatcher,
        /// Leads a shift (班长).
        Supervisor,
        /// Regional duty officer (区级值班员): acts for any centre.
        RegionalDutyOfficer,
        /// Hospital desk: sees what comes to it.
        Hospital,
        /// Runs people, keys and settings; does not dispatch.
        Administrator,
    }
    /// Where an incident stands.
    IncidentStage {
        /// Wanted later (预约).
        Appointment,
        /// Open, no vehicle on it.
        Waiting,
        /// Open, vehicles on it.
        Running,
        /// Open, orders are out, not all were received.
        NotReceived,
        /// Open, no vehicle on it any more: close it, or who else goes?
        ToDecide,
        /// Suspended (挂起).
        Suspended,
        /// Refused.
        Refused,
        /// Cancelled.
        Cancelled,
        /// Closed.
        Closed,
    }
}

words! {
    /// Why a terminal opens a new outbox.
    RenewalReason {
        /// The server lacks commands that were confirmed: a restored backup, a lost tail.
        CentreBehind,
        /// The server has commands that the terminal does not know: a tablet set back to an image, or cloned.
        TerminalBehind,
        /// One number stands for two different presses.
        NumberUsedTwice,
        /// The outbox's file could not be used and was set aside.
        OutboxDamaged,
    }

    /// Whether a terminal's disk takes what is pressed.
    StorageState {
        /// It does.
        Healthy,
        /// It does not; what is sent is not stored on the terminal.
        Failing,
    }

    /// What a terminal thinks of its satellite receiver.
    ReceiverState {
        /// Its date agrees with the server's time.
        Good,
        /// Its date is half a day or more off, and not by whole GPS week roll-overs, which are corrected.
        DateWrong,
    }

    /// What stands wrong with a vehicle's terminal.
    TerminalFault {
        /// Its disk does not take what is pressed.
        StorageFailing,
        /// Its satellite receiver has a wrong date: its positions count as old.
        ReceiverDateWrong,
    }
}

impl Milestone {
    /// The state that a vehicle shows once this is the furthest milestone of its task. A test holds it to
    /// the rules of the centre (`dispatch-server/src/views/vehicle_assignment.rs`).
    pub const fn vehicle_state(self) -> VehicleState {
        match self {
            Self::Created => VehicleState::TaskAssigned,
            Self::OrderReceived => VehicleState::OrderReceived,
            Self::Departed => VehicleState::ToScene,
            Self::AtScene => VehicleState::AtScene,
            Self::LeftScene => VehicleState::PatientOnBoard,
            Self::AtHospital => VehicleState::AtHospital,
            Self::Finished => VehicleState::AvailableOnRoad,
            Self::BackAtStation => VehicleState::AvailableAtStation,
        }
    }
}
