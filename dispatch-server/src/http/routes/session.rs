//! `/api/v1/session`: sign in, see who one is, sign out.

use crate::api_error::ApiError;
use crate::http::app::App;
use crate::http::caller::{Caller, OverTls};
use crate::http::guard::{SESSION_COOKIE, Signed};
use crate::http::input::Body;
use crate::people::Session;
use crate::permissions::Scope;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use wire_protocol::people::{PasswordChange, SessionView, SignIn};

/// Signs in. The answer sets an HttpOnly cookie; an earlier session of this browser ends.
#[utoipa::path(post, path = "/api/v1/session", tag = "session", request_body = SignIn,
    responses((status = 200, body = SessionView)))]
pub(super) async fn sign_in(
    State(app): State<App>,
    Caller(from): Caller,
    over_tls: OverTls,
    jar: CookieJar,
    Body(asked): Body<SignIn>,
) -> Result<(CookieJar, Json<SessionView>), ApiError> {
    let (session, token) = app.people.sign_in(&asked.name, asked.password, from).await?;
    if let Some(earlier) = jar.get(SESSION_COOKIE)
        && let Ok(Some(earlier)) = app.people.session(earlier.value()).await
    {
        app.people.sign_out(&earlier).await?;
    }
    tracing::info!(person = %session.person.id, "signed in");
    let scope = app.scope_of(&session.person);
    Ok((jar.add(cookie(&app, &over_tls, token)), Json(view(&app, &session, &scope))))
}

/// Chooses a password of one's own. The answer sets a new cookie; every other session of the person ends.
#[utoipa::path(post, path = "/api/v1/session/password", tag = "session", request_body = PasswordChange,
    responses((status = 200, body = SessionView)))]
pub(super) async fn choose_password(
    State(app): State<App>,
    Caller(from): Caller,
    over_tls: OverTls,
    signed: Signed,
    jar: CookieJar,
    Body(asked): Body<PasswordChange>,
) -> Result<(CookieJar, Json<SessionView>), ApiError> {
    let PasswordChange { current_password, new_password } = asked;
    let chosen = app.people.choose_password(&signed.session, current_password, &new_password, from);
    let (session, token) = chosen.await?;
    tracing::info!(person = %session.person.id, "a password was chosen");
    let scope = app.scope_of(&session.person);
    Ok((jar.add(cookie(&app, &over_tls, token)), Json(view(&app, &session, &scope))))
}

/// Who is signed in, and for which centres.
#[utoipa::path(get, path = "/api/v1/session", tag = "session",
    responses((status = 200, body = SessionView)))]
pub(super) async fn who(State(app): State<App>, signed: Signed) -> Json<SessionView> {
    Json(view(&app, &signed.session, &signed.scope))
}

/// Signs out: the session and its links end at once.
#[utoipa::path(delete, path = "/api/v1/session", tag = "session", responses((status = 204)))]
pub(super) async fn sign_out(
    State(app): State<App>,
    signed: Signed,
    jar: CookieJar,
) -> Result<(CookieJar, StatusCode), ApiError> {
    app.people.sign_out(&signed.session).await?;
    tracing::info!(person = %signed.session.person.id, "signed out");
    Ok((jar.remove(Cookie::build(SESSION_COOKIE).path("/").build()), StatusCode::NO_CONTENT))
}

fn cookie(app: &App, OverTls(over_tls): &OverTls, token: String) -> Cookie<'static> {
    // No lifetime is given to the browser: the server's is the one that counts.
    Cookie::build((SESSION_COOKIE, token))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(app.settings.secure_cookie || *over_tls)
        .build()
}

fn view(app: &App, session: &Session, scope: &Scope) -> SessionView {
    SessionView {
        person: session.person.view(),
        expires_at: session.expires_at.0,
        server_time: app.clock.now().0,
        sees: scope.sees.iter().map(ToString::to_string).collect(),
        acts_for: scope.acts_for.iter().map(ToString::to_string).collect(),
        password_due: session.person.password_due,
    }
}
