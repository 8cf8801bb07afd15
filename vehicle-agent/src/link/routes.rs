//! The newest route that the centre gave, and whether it belongs to what is on the screen.

use wire_protocol::route::{ArrivalGoal, RouteView};
use wire_protocol::vocabulary::VehicleState;

use super::overlay::Shown;

#[derive(Debug, Default)]
pub(super) struct Routes {
    latest: Option<RouteView>,
}

impl Routes {
    pub(super) fn remembered(latest: Option<RouteView>) -> Self {
        Self { latest }
    }

    pub(super) fn latest(&self) -> Option<&RouteView> {
        self.latest.as_ref()
    }

    /// Takes a route unless a newer one is known. Says whether it was taken.
    pub(super) fn take(&mut self, route: RouteView) -> bool {
        let is_older = self.latest.as_ref().is_some_and(|known| route.made_at < known.made_at);
        if !is_older {
            self.latest = Some(route);
        }
        !is_older
    }

    /// The route of the order shown. One to the scene is over once the crew is there, and one to the
    /// hospital is not shown before the patient is on board.
    pub(super) fn of(&self, shown: &Shown<'_>) -> Option<&RouteView> {
        let order = shown.order.as_ref()?;
        let goal = match shown.state? {
            VehicleState::TaskAssigned | VehicleState::OrderReceived | VehicleState::ToScene => {
                ArrivalGoal::Scene
            }
            VehicleState::PatientOnBoard => ArrivalGoal::Hospital,
            VehicleState::AtScene
            | VehicleState::AtHospital
            | VehicleState::AvailableOnRoad
            | VehicleState::AvailableAtStation
            | VehicleState::OffDuty
            | VehicleState::Paused => return None,
        };
        let fits = |route: &&RouteView| {
            route.task.as_ref() == Some(&order.task) && route.goal == Some(goal)
        };
        self.latest.as_ref().filter(fits)
    }
}
