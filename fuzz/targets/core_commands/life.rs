//! Two centres, who acts on them and when.

use crate::orders::Orders;
use crate::world::{Outcome, World};
use crate::{invariants, region};
use dispatch_core::model::*;
use dispatch_core::{CentreState, apply};
use libfuzzer_sys::arbitrary::{Result, Unstructured};

pub(crate) const CENTRES: [&str; 2] = ["yinchuan", "guyuan"];
const START: Timestamp = Timestamp(1_795_000_000_000);

pub(crate) struct Life {
    world: World,
    now: Timestamp,
    transfers: Vec<VehicleTransfer>,
    arrived: Vec<VehicleTransfer>,
}

impl Life {
    pub(crate) fn begin() -> Self {
        let mut life = Self {
            world: World::new(&CENTRES),
            now: START,
            transfers: Vec::new(),
            arrived: Vec::new(),
        };
        for centre in CENTRES {
            for n in 1..=3 {
                let vehicle = VehicleId::new(format!("{centre}-v{n}"));
                let record = region::record(centre, vehicle.as_str());
                life.execute(centre, &Command::EnrolVehicle { vehicle, record }, person(), START, None);
            }
        }
        life
    }

    /// The next command; an error when the bytes ran out.
    pub(crate) fn next(&mut self, u: &mut Unstructured<'_>) -> Result<()> {
        // Mostly seconds; now and then days, after which incidents are forgotten.
        let pause = if u.ratio(1, 16)? {
            u.int_in_range(0..=900_000)?
        } else {
            i64::from(u.arbitrary::<u8>()?)
        };
        self.now = self.now.plus_seconds(pause);
        let centre = *u.choose(&CENTRES)?;
        let command = {
            let state = self.world.state(centre);
            Orders { u, state, now: self.now, transfers: &self.transfers, arrived: &self.arrived }
                .any()?
        };
        let Some(command) = command else { return Ok(()) };
        let (origin, made_at) = match self.origin(u, centre)? {
            // A console's clock was checked at the edge; a terminal's may show anything.
            Some(crew) if u.ratio(1, 8)? => (crew, Timestamp(u.arbitrary()?)),
            Some(crew) => (crew, self.now.plus_seconds(i64::from(u.arbitrary::<i8>()?))),
            None => (person(), Timestamp(u.int_in_range(0..=4_102_444_800_000)?)),
        };
        let command_id =
            if u.arbitrary()? { Some(CommandId::new(u.arbitrary::<u8>()?.to_string())) } else { None };
        self.execute(centre, &command, origin, made_at, command_id);
        Ok(())
    }

    fn origin(&self, u: &mut Unstructured<'_>, centre: &str) -> Result<Option<Origin>> {
        if u.arbitrary()? {
            return Ok(None);
        }
        let vehicles: Vec<_> = self.world.state(centre).vehicles.values().collect();
        let Ok(vehicle) = u.choose(&vehicles) else { return Ok(None) };
        let outbox = OutboxId::from(*u.choose(&["built-in", "tablet", "spare"])?);
        let next = vehicle.commands_recorded(&outbox) + 1;
        let number = if u.ratio(1, 8)? { u.arbitrary()? } else { next };
        Ok(Some(Origin::CrewTerminal { vehicle: vehicle.id.clone(), outbox, number }))
    }

    fn execute(
        &mut self,
        centre: &str,
        command: &Command,
        origin: Origin,
        made_at: Timestamp,
        command_id: Option<CommandId>,
    ) {
        let context = CommandContext { made_at, terminal: None, now: self.now, origin, vehicle_online: None, command_id, confirmed: Vec::new() };
        if let Outcome::Happened(events) = self.world.execute(centre, command, &context) {
            for recorded in &events {
                if let Event::VehicleHandedOver { transfer } = &recorded.event {
                    self.transfers.push(transfer.clone());
                } else if let Event::VehicleTakenOver { transfer } = &recorded.event {
                    self.arrived.push(transfer.clone());
                }
            }
        }
        invariants::hold(&self.world);
    }

    /// From the stored form of the journal the state of now comes again, and so it does through a
    /// snapshot.
    pub(crate) fn folds_to_the_same(&self) {
        for (name, centre) in &self.world.centres {
            let mut state = CentreState::new(name.clone());
            for event in &centre.journal {
                let json =
                    serde_json::to_string(event).expect("an event is always writable as JSON");
                let read: Recorded = serde_json::from_str(&json).expect("an event reads back");
                assert_eq!(&read, event);
                apply(&mut state, &read);
            }
            assert_eq!(state, centre.state);
            let json = serde_json::to_string(&state).expect("a state is always writable as JSON");
            let read: CentreState = serde_json::from_str(&json).expect("a state reads back");
            assert_eq!(read, state);
        }
    }
}

fn person() -> Origin {
    Origin::Person { person: "li.na".into() }
}
