//! Who stands before a route: looks at the cookie or the key and lets through only whom the route's
//! demand names. Runs before any body is read.

use super::app::App;
use super::caller::address_of;
use super::limits::admit;
use super::places::Class;
use super::vehicle_door::{bearer, vehicle_at_door};
use crate::api_error::ApiError;
use crate::api_error::Code;
use crate::people::{Author, PeopleError, Session};
use crate::permissions::{Permission, Scope, allows};
use axum::extract::{FromRequestParts, Request};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use dispatch_core::model::CentreId;
use std::sync::Arc;

/// The name of the session cookie.
pub const SESSION_COOKIE: &str = "helan_session";

/// What a route demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Nothing, and outside of every bound on requests: whether the server lives is answered always.
    Health,
    /// Nothing: open to everybody.
    Nothing,
    /// A signed-in person with this permission.
    Permission(Permission),
    /// A vehicle, by its key or certificate, or by the key of a gateway that speaks for it.
    VehicleKey,
    /// The same, for a link, which has places of its own.
    VehicleLink,
    /// A gateway's key.
    GatewayKey,
}

/// A person who was let through.
#[derive(Clone)]
pub(super) struct Signed {
    /// Their session.
    pub session: Arc<Session>,
    /// Where they may act and what they see.
    pub scope: Arc<Scope>,
}

impl Signed {
    /// As the journal of administration names them.
    pub(super) fn author(&self) -> Author {
        Author::person(&self.session.person)
    }

    /// Refuses unless the person sees a centre.
    ///
    /// # Errors
    /// `wrong_centre`.
    pub(super) fn must_see(&self, centre: &CentreId) -> Result<(), ApiError> {
        within(&self.scope.sees, centre)
    }

    /// Refuses unless the person may act for a centre.
    ///
    /// # Errors
    /// `wrong_centre`.
    pub(super) fn must_act_for(&self, centre: &CentreId) -> Result<(), ApiError> {
        within(&self.scope.acts_for, centre)
    }

    /// Refuses unless the person manages the people and keys of a centre.
    ///
    /// # Errors
    /// `wrong_centre`.
    pub(super) fn must_manage(&self, centre: &CentreId) -> Result<(), ApiError> {
        within(&self.scope.manages, centre)
    }
}

fn within(scope: &[CentreId], centre: &CentreId) -> Result<(), ApiError> {
    if scope.contains(centre) {
        Ok(())
    } else {
        Err(ApiError::from(Code::WrongCentre).with("centre", centre))
    }
}

/// A gateway that was let through, by its name.
#[derive(Clone)]
pub(super) struct SignedGateway(pub(super) String);

pub(super) async fn guard(
    demand: Demand,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let Some(app) = request.extensions().get::<App>().cloned() else {
        return Err(Code::Internal.into());
    };
    match demand {
        Demand::Health => Ok(next.run(request).await),
        Demand::Nothing => {
            let caller = address_of(request.extensions(), request.headers(), &app);
            let caller = caller.ok_or(Code::Internal)?;
            admit(&app, Class::Open(caller), request, next).await
        }
        Demand::Permission(permission) => {
            let signed = signed(&app, request.headers()).await?;
            if !allows(signed.session.person.role, permission) {
                return Err(Code::NotAllowed.into());
            }
            if signed.session.person.password_due && permission != Permission::OwnSession {
                return Err(Code::PasswordDue.into());
            }
            let person = signed.session.person.id.to_string();
            request.extensions_mut().insert(signed);
            match permission {
                // Links; they have places of their own.
                Permission::FollowFeed | Permission::WatchCameras => Ok(next.run(request).await),
                Permission::Command => admit(&app, Class::Command(person), request, next).await,
                Permission::OwnSession
                | Permission::SeeRegion
                | Permission::SeeIncidents
                | Permission::SeeVehicles
                | Permission::Rank
                | Permission::ReadJournal
                | Permission::SeeReports
                | Permission::ChangeRoads
                | Permission::ManagePeople
                | Permission::ManageKeys => {
                    admit(&app, Class::Question(person), request, next).await
                }
            }
        }
        Demand::VehicleKey => {
            let request = with_vehicle(&app, request).await?;
            // What vehicles ask for lies ready in memory, as files do; nobody's questions wait behind them.
            admit(&app, Class::File, request, next).await
        }
        Demand::VehicleLink => Ok(next.run(with_vehicle(&app, request).await?).await),
        Demand::GatewayKey => {
            let key = bearer(request.headers()).ok_or(Code::UnknownKey)?;
            let name = app.people.gateway_of_key(key).ok_or(Code::UnknownKey)?;
            let class = Class::Question(format!("gateway {name}"));
            request.extensions_mut().insert(SignedGateway(name));
            admit(&app, class, request, next).await
        }
    }
}

async fn with_vehicle(app: &App, mut request: Request) -> Result<Request, ApiError> {
    let (headers, extensions) = (request.headers(), request.extensions());
    let known = vehicle_at_door(app, request.uri(), headers, extensions).await?;
    request.extensions_mut().insert(known);
    Ok(request)
}

async fn signed(app: &App, headers: &HeaderMap) -> Result<Signed, ApiError> {
    let jar = CookieJar::from_headers(headers);
    let token = jar.get(SESSION_COOKIE).ok_or(Code::NotSignedIn)?;
    let session = app.people.session(token.value()).await?.ok_or(Code::NotSignedIn)?;
    let scope = Arc::new(app.scope_of(&session.person));
    Ok(Signed { session, scope })
}

impl<S: Send + Sync> FromRequestParts<S> for Signed {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Code::NotSignedIn.into())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SignedGateway {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Code::UnknownKey.into())
    }
}

impl From<PeopleError> for ApiError {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::WrongNameOrPassword => Code::WrongNameOrPassword.into(),
            PeopleError::WrongPassword => Code::WrongPassword.into(),
            PeopleError::Wait { seconds } => {
                Self::from(Code::TooManyAttempts).after_seconds(seconds)
            }
            PeopleError::Busy => Code::Busy.into(),
            PeopleError::NameTaken => Code::NameTaken.into(),
            PeopleError::UnknownPerson => Code::UnknownPerson.into(),
            PeopleError::TooMany => Code::PeopleFull.into(),
            PeopleError::UnknownGateway => Code::UnknownGateway.into(),
            PeopleError::UnknownTerminal => Code::UnknownTerminal.into(),
            PeopleError::VehicleHasTerminal { number } => {
                Self::from(Code::VehicleHasTerminal).with("number", number)
            }
            PeopleError::SetupOver => Code::SetupOver.into(),
            PeopleError::WrongSetupCode => Code::WrongSetupCode.into(),
            PeopleError::BadField { field, problem } => Self::bad_field(field, problem),
            PeopleError::Hash(why) => {
                tracing::error!(why, "a password could not be hashed");
                Code::Internal.into()
            }
            PeopleError::Store(failure) => {
                tracing::error!(%failure, "the store of people failed");
                Code::StoreFailed.into()
            }
        }
    }
}
