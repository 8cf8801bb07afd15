//! People, sessions and vehicle keys over HTTP.

use crate::vocabulary::Role;

wire! {
    /// Sign-in, `POST /api/v1/session`. The answer sets an HttpOnly cookie.
    pub struct SignIn {
        /// Sign-in name.
        pub name: String,
        /// Password.
        pub password: String,
    }

    /// Who is signed in, `GET /api/v1/session`.
    pub struct SessionView {
        /// The person.
        pub person: PersonView,
        /// When the session ends by itself.
        pub expires_at: i64,
        /// The server's clock.
        pub server_time: i64,
        /// The centres whose picture this person sees.
        pub sees: Vec<String>,
        /// The centres this person may act for.
        pub acts_for: Vec<String>,
        /// True when a password of one's own must be chosen before anything else.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub password_due: bool,
    }

    /// A password of one's own, `POST /api/v1/session/password`. Every session of the person ends; the answer begins
    /// a new one, as a sign-in does.
    pub struct PasswordChange {
        /// The present one.
        pub current_password: String,
        /// The new one: 10 to 200 characters, none that is tried first.
        pub new_password: String,
    }

    /// A person who may sign in.
    pub struct PersonView {
        /// Their id.
        pub id: String,
        /// Sign-in name.
        pub name: String,
        /// Name as shown.
        pub display_name: String,
        /// What they may do.
        pub role: Role,
        /// Where; the regional centre means everywhere.
        pub centre: String,
        /// Their hospital, for the hospital role.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub hospital: Option<String>,
        /// False when sign-in is barred.
        pub active: bool,
    }

    /// Somebody whose commands one sees, by name, `GET /api/v1/colleagues`.
    pub struct Colleague {
        /// Their id, as the origin of a command names them.
        pub id: String,
        /// Name as shown.
        pub display_name: String,
    }

    /// A new person, `POST /api/v1/people`, and the first administrator, `POST /api/v1/setup`.
    pub struct NewPerson {
        /// Sign-in name: 2 to 40 letters, digits, dots, dashes.
        pub name: String,
        /// Name as shown.
        pub display_name: String,
        /// Password: 10 to 200 characters.
        pub password: String,
        /// What they may do.
        pub role: Role,
        /// Where.
        pub centre: String,
        /// Their hospital, for the hospital role.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub hospital: Option<String>,
    }

    /// Changes to a person, `PATCH /api/v1/people/{id}`; what is absent stays.
    #[derive(Default)]
    pub struct PersonChanges {
        /// Name as shown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub display_name: Option<String>,
        /// Password; ends every session of the person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub password: Option<String>,
        /// What they may do; ends every session of the person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub role: Option<Role>,
        /// Where; ends every session of the person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub centre: Option<String>,
        /// False bars sign-in and ends every session of the person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub active: Option<bool>,
    }

    /// The first administrator, `POST /api/v1/setup`, once, with the code the server printed.
    pub struct FirstAdministrator {
        /// The set-up code from the server's start-up lines.
        pub setup_code: String,
        /// Sign-in name.
        pub name: String,
        /// Name as shown.
        pub display_name: String,
        /// Password.
        pub password: String,
    }

    /// A vehicle's new key, shown this once, `POST /api/v1/vehicles/{id}/key`.
    pub struct VehicleKey {
        /// The vehicle.
        pub vehicle: String,
        /// The key; only its hash is stored.
        pub key: String,
        /// When it was made.
        pub made_at: i64,
    }

    /// What is known of a vehicle's key without showing it.
    pub struct VehicleKeyView {
        /// The vehicle.
        pub vehicle: String,
        /// When it was made.
        pub made_at: i64,
        /// When a terminal last used it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last_used_at: Option<i64>,
        /// Program and version that its terminal said last.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub software: String,
        /// Whether that is older than the server.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub is_outdated: bool,
    }
}
