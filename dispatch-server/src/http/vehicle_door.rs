//! Which vehicle's terminal stands at the door: known by its key, its certificate, or both.

use super::app::App;
use crate::api_error::{ApiError, Code};
use crate::certificates::{ShownCertificate, VehicleSignIn};
use crate::people::KnownVehicle;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, Uri, header};
use bounded_http::Encrypted;
use dispatch_core::model::VehicleId;
use serde::Deserialize;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// A terminal that was let through.
#[derive(Clone)]
pub(super) struct SignedVehicle(pub(super) Arc<VehicleAtDoor>);

/// A vehicle, and what ends its link.
pub(super) struct VehicleAtDoor {
    /// The vehicle.
    pub(super) vehicle: VehicleId,
    key_changed: Option<CancellationToken>,
    certificate_ended: Option<CancellationToken>,
}

/// What a vehicle was known by and is not any more.
#[derive(Clone, Copy, Debug)]
pub(super) enum DoorClosed {
    /// Its key was replaced or removed.
    KeyChanged,
    /// Its certificate was revoked, or has ended.
    CertificateEnded,
}

impl VehicleAtDoor {
    /// Waits for the end of what it was known by.
    pub(super) async fn closed(&self) -> DoorClosed {
        let of = |token: &Option<CancellationToken>| token.clone();
        let (key, certificate) = (of(&self.key_changed), of(&self.certificate_ended));
        tokio::select! {
            () = until(key) => DoorClosed::KeyChanged,
            () = until(certificate) => DoorClosed::CertificateEnded,
        }
    }
}

async fn until(token: Option<CancellationToken>) {
    match token {
        Some(token) => token.cancelled().await,
        None => std::future::pending().await,
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SignedVehicle {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Code::UnknownKey.into())
    }
}

/// Knows the vehicle that a request comes from.
///
/// # Errors
/// What is missing or wrong, by the way in which this server knows vehicles.
pub(super) async fn vehicle_at_door(
    app: &App,
    address: &Uri,
    headers: &HeaderMap,
    extensions: &Extensions,
) -> Result<SignedVehicle, ApiError> {
    let asked = app.settings.vehicle_sign_in;
    let by_key = match bearer(headers).filter(|_| asked != VehicleSignIn::Certificate) {
        Some(key) => Some(by_key(app, key, spoken_for(address)?).await?),
        None => None,
    };
    let by_certificate =
        asked.looks_at_certificates().then(|| by_certificate(app, extensions)).transpose()?;
    let (by_key, by_certificate) = (by_key, by_certificate.flatten());
    match asked {
        VehicleSignIn::Key => by_key.as_ref().map(drop).ok_or(Code::UnknownKey)?,
        VehicleSignIn::Either if by_key.is_none() && by_certificate.is_none() => {
            return Err(Code::UnknownKey.into());
        }
        VehicleSignIn::Either => {}
        VehicleSignIn::Certificate => {
            by_certificate.as_ref().map(drop).ok_or(Code::CertificateNeeded)?;
        }
        VehicleSignIn::Both => {
            by_certificate.as_ref().map(drop).ok_or(Code::CertificateNeeded)?;
            by_key.as_ref().map(drop).ok_or(Code::UnknownKey)?;
        }
    }
    same(by_key, by_certificate).map(|known| SignedVehicle(Arc::new(known)))
}

/// The vehicle of a key: its own, or a gateway's that speaks for the vehicle named in the address.
async fn by_key(
    app: &App,
    key: &str,
    spoken_for: Option<VehicleId>,
) -> Result<KnownVehicle, ApiError> {
    let Some(vehicle) = spoken_for else {
        return Ok(app.people.vehicle_of_key(key).await?.ok_or(Code::UnknownKey)?);
    };
    app.people.gateway_of_key(key).ok_or(Code::UnknownKey)?;
    let known = app.people.vehicle_of_gateway(key, &vehicle);
    known.ok_or_else(|| ApiError::from(Code::NotBound).with("vehicle", &vehicle))
}

/// The vehicle that a gateway speaks for, `?vehicle=`.
fn spoken_for(address: &Uri) -> Result<Option<VehicleId>, ApiError> {
    #[derive(Deserialize)]
    struct SpokenFor {
        vehicle: Option<String>,
    }
    let query = axum::extract::Query::<SpokenFor>::try_from_uri(address);
    let query = query.map_err(|why| ApiError::from(Code::BadQuery).saying(why.body_text()))?;
    Ok(query.0.vehicle.map(VehicleId::new))
}

/// The vehicle's certificate, when a usable one was shown.
///
/// # Errors
/// `certificate_refused` for one that was believed as the connection began and names no vehicle in service, or is over.
fn by_certificate(
    app: &App,
    extensions: &Extensions,
) -> Result<Option<ShownCertificate>, ApiError> {
    let chain = extensions.get::<Encrypted>().map(|over_tls| &over_tls.chain);
    let (Some(chain), Some(certificates)) = (chain, &app.settings.certificates) else {
        return Ok(None);
    };
    if chain.is_empty() {
        return Ok(None);
    }
    let shown = certificates.shown(chain).ok_or(Code::CertificateRefused)?;
    // A key goes with its vehicle; a certificate outlives it.
    if !app.desk.may_be_in_service(&VehicleId::from(shown.vehicle.as_str())) {
        return Err(ApiError::from(Code::CertificateRefused).with("vehicle", &shown.vehicle));
    }
    Ok(Some(shown))
}

fn same(
    by_key: Option<KnownVehicle>,
    by_certificate: Option<ShownCertificate>,
) -> Result<VehicleAtDoor, ApiError> {
    let named = by_certificate.as_ref().map(|shown| VehicleId::from(shown.vehicle.as_str()));
    let certificate_ended = by_certificate.map(|shown| shown.ended);
    match (by_key, named) {
        (Some(known), Some(named)) if known.vehicle != named => {
            Err(ApiError::from(Code::CertificateOfAnother).with("vehicle", &named))
        }
        (Some(KnownVehicle { vehicle, key_changed }), _) => {
            Ok(VehicleAtDoor { vehicle, key_changed: Some(key_changed), certificate_ended })
        }
        (None, Some(vehicle)) => {
            Ok(VehicleAtDoor { vehicle, key_changed: None, certificate_ended })
        }
        (None, None) => Err(Code::UnknownKey.into()),
    }
}

/// The key that a request shows.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(key.trim())
}
