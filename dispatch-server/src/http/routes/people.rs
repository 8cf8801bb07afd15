//! `/api/v1/people`: administrators add, change and bar the people of the centres they manage.

use crate::api_error::ApiError;
use crate::api_error::Code;
use crate::http::app::App;
use crate::http::guard::Signed;
use crate::http::input::{Body, Path, Query};
use crate::http::routes::administration::search_of;
use crate::people::{PEOPLE_MOST, Person, PersonChange, PersonToAdd};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use dispatch_core::model::{CentreId, HospitalId, PersonId};
use serde::Deserialize;
use utoipa::IntoParams;
use wire_protocol::people::{NewPerson, PersonChanges, PersonView};
use wire_protocol::vocabulary::Role;

/// Which people.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Whom {
    /// Words to search for in name, role, centre and hospital; at most 100 characters. Everybody when absent.
    q: Option<String>,
    /// Codes, with commas between them, that the words stand for in the reader's language, e.g. `dispatcher`.
    codes: Option<String>,
    /// How many at most; everybody when absent.
    limit: Option<u32>,
}

/// The people of the centres one manages, in the order of their names; all, or those that are searched for.
#[utoipa::path(get, path = "/api/v1/people", tag = "people", params(Whom),
    responses((status = 200, body = Vec<PersonView>)))]
pub(super) async fn list(
    State(app): State<App>,
    signed: Signed,
    Query(whom): Query<Whom>,
) -> Result<Json<Vec<PersonView>>, ApiError> {
    let search = search_of(whom.q, whom.codes, None)?;
    let people = app.people.list().await?;
    let managed = people.iter().filter(|person| signed.must_manage(&person.centre).is_ok());
    let meant = managed.filter(|person| search.finds_person(person));
    let most = whom.limit.unwrap_or(PEOPLE_MOST).min(PEOPLE_MOST) as usize;
    Ok(Json(meant.take(most).map(Person::view).collect()))
}

/// Adds a person.
#[utoipa::path(post, path = "/api/v1/people", tag = "people", request_body = NewPerson,
    responses((status = 201, body = PersonView)))]
pub(super) async fn add(
    State(app): State<App>,
    signed: Signed,
    Body(new): Body<NewPerson>,
) -> Result<(StatusCode, Json<PersonView>), ApiError> {
    let centre = known_centre(&app, &new.centre)?;
    signed.must_manage(&centre)?;
    check_post(&app, new.role, &centre)?;
    let person = PersonToAdd {
        name: &new.name,
        display_name: &new.display_name,
        password: &new.password,
        role: new.role,
        hospital: hospital(&app, &new, &centre)?,
        centre,
    };
    let person = app.people.add_for_another(person, &signed.author()).await?;
    tracing::info!(person = %person.id, by = %signed.session.person.id, "a person was added");
    Ok((StatusCode::CREATED, Json(person.view())))
}

/// Changes a person. A changed password, role, centre or bar ends every session they have.
#[utoipa::path(patch, path = "/api/v1/people/{id}", tag = "people", request_body = PersonChanges,
    params(("id" = String, Path)), responses((status = 200, body = PersonView)))]
pub(super) async fn change(
    State(app): State<App>,
    signed: Signed,
    Path(id): Path<String>,
    Body(changes): Body<PersonChanges>,
) -> Result<Json<PersonView>, ApiError> {
    let person = managed(&app, &signed, id).await?;
    let own = person.id == signed.session.person.id;
    if own && changes.password.is_some() {
        return Err(ApiError::bad_field(
            "password",
            "is one's own: change it under one's own name, with the current one",
        ));
    }
    let changes_post =
        changes.role.is_some() || changes.centre.is_some() || changes.active.is_some();
    if own && changes_post {
        // So the one who made the first account can never lock the last administrator out.
        return Err(Code::NotYourself.into());
    }
    let centre = changes.centre.as_deref().map(|it| known_centre(&app, it)).transpose()?;
    let may = |before: &Person, after: &Person| -> Result<(), ApiError> {
        signed.must_manage(&before.centre)?;
        signed.must_manage(&after.centre)?;
        check_post(&app, after.role, &after.centre)?;
        if after.role == Role::Hospital && after.hospital.is_none() {
            return Err(ApiError::bad_field("role", "needs a hospital; add the person anew"));
        }
        Ok(())
    };
    let change = PersonChange {
        display_name: changes.display_name.as_deref(),
        password: changes.password.as_deref(),
        role: changes.role,
        centre,
        active: changes.active,
    };
    let changed = app.people.change_by(&person.id, change, &signed.author(), may).await?;
    tracing::info!(person = %changed.id, by = %signed.session.person.id, "a person was changed");
    Ok(Json(changed.view()))
}

/// Ends every session of a person at once, and the links that hang on them.
#[utoipa::path(delete, path = "/api/v1/people/{id}/sessions", tag = "people",
    params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn end_sessions(
    State(app): State<App>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let person = managed(&app, &signed, id).await?;
    app.people.end_sessions_of(&person.id).await?;
    tracing::info!(person = %person.id, by = %signed.session.person.id, "sessions were ended");
    Ok(StatusCode::NO_CONTENT)
}

async fn managed(app: &App, signed: &Signed, id: String) -> Result<Person, ApiError> {
    let found = app.people.find(&PersonId::new(id)).await?;
    let person = found.ok_or(Code::UnknownPerson)?;
    signed.must_manage(&person.centre)?;
    Ok(person)
}

fn known_centre(app: &App, centre: &str) -> Result<CentreId, ApiError> {
    let known = app.centres.iter().find(|known| known.as_str() == centre);
    known.cloned().ok_or_else(|| ApiError::bad_field("centre", "is not a centre of the region"))
}

fn check_post(app: &App, role: Role, centre: &CentreId) -> Result<(), ApiError> {
    // A city's administrator must not make somebody who acts for the whole region.
    if role == Role::RegionalDutyOfficer && *centre != app.regional {
        return Err(ApiError::bad_field("role", "belongs to the regional centre"));
    }
    Ok(())
}

fn hospital(app: &App, new: &NewPerson, centre: &CentreId) -> Result<Option<HospitalId>, ApiError> {
    match (new.role, &new.hospital) {
        (Role::Hospital, Some(id)) => {
            let known = app.region.hospital(id);
            let here = known.filter(|it| it.centre == centre.as_str() || *centre == app.regional);
            match here {
                Some(hospital) => Ok(Some(HospitalId::new(hospital.id.as_str()))),
                None => Err(ApiError::bad_field("hospital", "is not a hospital of this centre")),
            }
        }
        (Role::Hospital, None) => {
            Err(ApiError::bad_field("hospital", "must be named for the hospital role"))
        }
        (_, Some(_)) => Err(ApiError::bad_field("hospital", "is only for the hospital role")),
        (_, None) => Ok(None),
    }
}
