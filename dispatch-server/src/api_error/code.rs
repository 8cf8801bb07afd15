//! The stable codes of everything the doors themselves refuse. The codes of the core's rejections come
//! beside them; all stand in `problem-codes.txt`, which the console's texts are checked against.

use axum::http::StatusCode;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $status:ident, $retry:literal, $message:literal;)*) => {
        /// Why a request was turned away at the door.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code { $($(#[$doc])* $name),* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable word.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }

            /// The HTTP status it comes with.
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status),* }
            }

            /// Whether the same request may succeed later without a change.
            pub const fn retry(self) -> bool {
                match self { $(Self::$name => $retry),* }
            }

            /// The sentence for those without a text table.
            pub const fn message(self) -> &'static str {
                match self { $(Self::$name => $message),* }
            }
        }
    };
}

codes! {
    /// No session, or it is over.
    NotSignedIn = "not_signed_in", UNAUTHORIZED, false, "sign in first; the session may be over";
    /// Sign-in failed.
    WrongNameOrPassword = "wrong_name_or_password", UNAUTHORIZED, false, "the name or the password is wrong";
    /// The present password is wrong.
    WrongPassword = "wrong_password", FORBIDDEN, false, "the current password is wrong";
    /// Somebody else chose the password.
    PasswordDue = "password_due", FORBIDDEN, false, "choose a password of your own first";
    /// Set-up failed.
    WrongSetupCode = "wrong_setup_code", FORBIDDEN, false, "the set-up code is not the one the server printed at its start";
    /// The vehicle key is not known.
    UnknownKey = "unknown_key", UNAUTHORIZED, false, "this vehicle key is not valid; ask for a new one";
    /// No certificate was shown where one is wanted.
    CertificateNeeded = "certificate_needed", UNAUTHORIZED, false, "this server knows vehicles by their certificate; give the terminal one";
    /// The certificate names no vehicle in service, was revoked or has ended.
    CertificateRefused = "certificate_refused", UNAUTHORIZED, false, "this vehicle certificate is not valid any more, or its vehicle is not in service; issue a new one";
    /// Key and certificate are of two vehicles.
    CertificateOfAnother = "certificate_of_another", UNAUTHORIZED, false, "the vehicle's key and its certificate are of two vehicles; give the terminal its own";
    /// The role does not carry it.
    NotAllowed = "not_allowed", FORBIDDEN, false, "your role may not do this";
    /// Another centre's.
    WrongCentre = "wrong_centre", FORBIDDEN, false, "this belongs to a centre you do not act for";
    /// Asked for by another site.
    CrossSite = "cross_site", FORBIDDEN, false, "this request comes from a page of another site";
    /// Oneself.
    NotYourself = "not_yourself", CONFLICT, false, "nobody changes or bars their own role; ask another administrator";
    /// No such address.
    NotFound = "not_found", NOT_FOUND, false, "there is nothing at this address";
    /// No such person.
    UnknownPerson = "unknown_person", NOT_FOUND, false, "there is no such person";
    /// No such centre.
    UnknownCentre = "unknown_centre", NOT_FOUND, false, "the region has no such centre";
    /// No such incident.
    UnknownIncident = "unknown_incident", NOT_FOUND, false, "there is no such incident, or it ended long ago";
    /// No such vehicle.
    UnknownVehicle = "unknown_vehicle", NOT_FOUND, false, "there is no such vehicle";
    /// No such gateway.
    UnknownGateway = "unknown_gateway", NOT_FOUND, false, "there is no such gateway; make its key first";
    /// No such terminal.
    UnknownTerminal = "unknown_terminal", NOT_FOUND, false, "no such terminal is bound; it may have been unbound meanwhile";
    /// The vehicle has one.
    VehicleHasTerminal = "vehicle_has_terminal", CONFLICT, false, "another terminal is on this vehicle; unbind that one first";
    /// The gateway may not speak for it.
    NotBound = "not_bound", FORBIDDEN, false, "no terminal of this gateway is bound to the vehicle; bind one in administration";
    /// Nobody knows where it is.
    NoPosition = "no_position", CONFLICT, false, "the incident has no position yet; place it on the map first";
    /// Nobody knows where the vehicle is.
    VehicleUnseen = "vehicle_unseen", CONFLICT, false, "nobody knows where this vehicle is: it was last seen too long ago, or never; ask its crew";
    /// Wrong method.
    MethodNotAllowed = "method_not_allowed", METHOD_NOT_ALLOWED, false, "this address does not take that method";
    /// The name is taken.
    NameTaken = "name_taken", CONFLICT, false, "somebody has this sign-in name; choose another";
    /// There are people.
    SetupOver = "setup_over", CONFLICT, false, "set-up is done; sign in, or ask an administrator";
    /// Too many people.
    PeopleFull = "people_full", CONFLICT, false, "no more people can be added";
    /// The body is too large.
    BodyTooLarge = "body_too_large", PAYLOAD_TOO_LARGE, false, "the request's body is too large";
    /// The body is not JSON by its type.
    NotJson = "not_json", UNSUPPORTED_MEDIA_TYPE, false, "send application/json";
    /// The body is not JSON.
    MalformedJson = "malformed_json", BAD_REQUEST, false, "the body is not whole, valid JSON";
    /// JSON of another shape.
    WrongShape = "wrong_shape", UNPROCESSABLE_ENTITY, false, "the body does not have the fields and types described in openapi.json";
    /// The path or query is wrong.
    BadQuery = "bad_query", BAD_REQUEST, false, "the address or its query is not as described in openapi.json";
    /// A field is wrong.
    BadField = "bad_field", UNPROCESSABLE_ENTITY, false, "a field is missing, too long or out of range";
    /// A real call where only exercises are played.
    ExerciseOnly = "exercise_only", CONFLICT, false, "this installation is for exercises; mark the call as one, and take a real call at the real centre";
    /// A WebSocket is wanted.
    UpgradeRequired = "upgrade_required", UPGRADE_REQUIRED, false, "connect with a WebSocket";
    /// Too many failed sign-ins.
    TooManyAttempts = "too_many_attempts", TOO_MANY_REQUESTS, true, "too many failed attempts; wait and try again";
    /// Too much at once.
    Busy = "busy", SERVICE_UNAVAILABLE, true, "too much at once; try again in a moment";
    /// It took too long.
    TimedOut = "timed_out", SERVICE_UNAVAILABLE, true, "this took too long; send it again with the same command id";
    /// The journal did not take it.
    NotRecorded = "not_recorded", SERVICE_UNAVAILABLE, true, "nothing was recorded; send it again";
    /// The clock is doubted and another server's is not.
    ClockDoubtful = "clock_doubtful", SERVICE_UNAVAILABLE, true, "this server's clock differs from the other clocks; use another server, and set this one's clock right";
    /// The server is stopping.
    Stopping = "stopping", SERVICE_UNAVAILABLE, true, "the server is stopping; try again in a moment";
    /// Only PostGIS can answer.
    NeedsPostgres = "needs_postgres", NOT_IMPLEMENTED, false, "this report needs the PostgreSQL store, and this server runs on the embedded one; tell whoever runs it";
    /// A store failed.
    StoreFailed = "store_failed", SERVICE_UNAVAILABLE, true, "the store does not answer; try again";
    /// A bug.
    Internal = "internal", INTERNAL_SERVER_ERROR, false, "something went wrong here that should not; tell whoever runs this server";
}
