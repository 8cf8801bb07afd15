//! Every route with what it demands. A route that is not in this list does not exist.

mod administration;
mod colleagues;
mod commands;
mod conditions;
mod coverage;
mod describe;
mod health;
mod incidents;
mod journal;
mod keys;
mod links;
mod people;
mod pictures;
pub(super) mod rank;
mod region;
mod reports;
mod roads;
mod session;
mod setup;
mod terminals;
pub(super) mod vehicles;

use super::endpoints::{Demand, Endpoints};
use crate::permissions::Permission;
use utoipa_axum::routes;

/// Opens every door.
pub(super) fn all_endpoints() -> Endpoints {
    use Demand::{GatewayKey, Health, Nothing, Permission as May, VehicleKey, VehicleLink};
    use Permission as P;
    Endpoints::described_by(describe::head())
        .open(Health, routes!(health::live))
        .open(Health, routes!(health::ready))
        .open(Nothing, routes!(describe::openapi))
        .open(Nothing, routes!(setup::state, setup::set_up))
        .open(Nothing, routes!(session::sign_in))
        .open(May(P::OwnSession), routes!(session::who, session::sign_out))
        .open(May(P::OwnSession), routes!(session::choose_password))
        .open(May(P::SeeRegion), routes!(region::region))
        .open(May(P::SeeRegion), routes!(region::map))
        .open(May(P::SeeRegion), routes!(region::places))
        .open(May(P::SeeRegion), routes!(region::owner_centre))
        .open(May(P::Command), routes!(commands::command))
        .open(May(P::SeeIncidents), routes!(incidents::list))
        .open(May(P::SeeIncidents), routes!(incidents::one))
        .open(May(P::SeeIncidents), routes!(incidents::timeline))
        .open(May(P::SeeIncidents), routes!(colleagues::list))
        .open(May(P::SeeVehicles), routes!(vehicles::list))
        .open(May(P::SeeVehicles), routes!(vehicles::one))
        .open(May(P::SeeVehicles), routes!(vehicles::positions))
        .open(May(P::SeeVehicles), routes!(vehicles::terminal))
        .open(May(P::Rank), routes!(rank::recommendations))
        .open(May(P::Rank), routes!(rank::duplicates))
        .open(May(P::Rank), routes!(coverage::coverage))
        .open(May(P::Rank), routes!(roads::isochrones))
        .open(May(P::Rank), routes!(roads::hospital_choices))
        .open(May(P::SeeVehicles), routes!(roads::route))
        .open(May(P::SeeVehicles), routes!(conditions::list))
        .open(May(P::ChangeRoads), routes!(conditions::add))
        .open(May(P::ChangeRoads), routes!(conditions::remove))
        .open(May(P::ChangeRoads), routes!(conditions::correct))
        .open(May(P::ReadJournal), routes!(conditions::report))
        .open(May(P::SeeRegion), routes!(reports::nearest_aeds))
        .open(May(P::SeeRegion), routes!(reports::nearest_hospitals))
        .open(May(P::SeeReports), routes!(reports::passers))
        .open(May(P::SeeReports), routes!(reports::tracks))
        .open(May(P::SeeReports), routes!(reports::incidents_by_area))
        .open(May(P::SeeReports), routes!(reports::heat_map))
        .open(May(P::SeeReports), routes!(reports::rates_by_station))
        .open(May(P::SeeReports), routes!(reports::rates_by_area))
        .open(May(P::ReadJournal), routes!(journal::read))
        .open(May(P::ReadJournal), routes!(administration::read))
        .open(May(P::ManagePeople), routes!(people::list, people::add))
        .open(May(P::ManagePeople), routes!(people::change))
        .open(May(P::ManagePeople), routes!(people::end_sessions))
        .open(May(P::ManageKeys), routes!(keys::list))
        .open(May(P::ManageKeys), routes!(keys::make, keys::remove))
        .open(May(P::ManageKeys), routes!(terminals::list))
        .open(May(P::ManageKeys), routes!(terminals::bind, terminals::unbind))
        .open(May(P::ManageKeys), routes!(terminals::rotate))
        .open(May(P::ManageKeys), routes!(terminals::make_gateway_key, terminals::remove_gateway))
        .open(GatewayKey, routes!(terminals::report))
        .open(May(P::FollowFeed), routes!(links::console))
        .open(May(P::WatchCameras), routes!(pictures::look))
        .open(VehicleKey, routes!(region::tablet_map))
        .open(VehicleLink, routes!(links::agent))
        .open(VehicleLink, routes!(pictures::source))
}
