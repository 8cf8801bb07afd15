//! The checks of settings that only the machine can answer: folders, files, ports that collide.

use super::ServeSettings;
use crate::certificates::{Certificates, VehicleSignIn};
use dispatch_desk::journal::{HEADS_FILE, JournalKey, KEY_FILE, Witness};
use dispatch_desk::sqlite::keep_private_folder;
use region::Region;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use transport_tls::{Believed, ClockOf, ServerFiles, ServerTls, authorities_pem};

/// Where systemd puts the credentials of a unit (`LoadCredential=`).
const CREDENTIALS: &str = "CREDENTIALS_DIRECTORY";

/// A setting that cannot be worked with, named by its flag and its environment variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadSetting {
    flag: &'static str,
    variable: &'static str,
    what: String,
}

impl BadSetting {
    pub(crate) fn new(flag: &'static str, variable: &'static str, what: impl Into<String>) -> Self {
        Self { flag, variable, what: what.into() }
    }
}

impl fmt::Display for BadSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.flag, self.variable, self.what)
    }
}

impl std::error::Error for BadSetting {}

/// Reads the region folder.
///
/// # Errors
/// Everything wrong with it, in one line.
pub fn load_region(folder: &Path) -> Result<Region, BadSetting> {
    Region::load(folder).map_err(|problems| {
        let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
        let what = format!("{} is no valid region: {}", folder.display(), all.join("; "));
        BadSetting::new("--region", "HELAN_REGION", what)
    })
}

/// Makes the data folder when it is not there, and tries to write in it.
///
/// # Errors
/// When it cannot be made or written.
pub fn prepare_data(folder: &Path) -> Result<(), BadSetting> {
    let cannot = |doing: &str, why: std::io::Error| {
        let what = format!("{} cannot be {doing} ({why})", folder.display());
        BadSetting::new("--data", "HELAN_DATA", what)
    };
    keep_private_folder(folder).map_err(|why| cannot("made", why))?;
    let trial = folder.join(".helan-can-write");
    std::fs::write(&trial, b"").map_err(|why| cannot("written", why))?;
    std::fs::remove_file(&trial).map_err(|why| cannot("written", why))
}

/// The journal key: of the file named, else the systemd credential, else that of the data folder, which is made
/// when there is none.
///
/// # Errors
/// When it cannot be read or made.
pub fn journal_key(named: Option<&Path>, data: &Path) -> Result<JournalKey, BadSetting> {
    let credential = std::env::var_os(CREDENTIALS).map(|folder| Path::new(&folder).join(KEY_FILE));
    let credential = credential.filter(|file| named.is_none() && file.is_file());
    let (file, key) = match named.map(Path::to_owned).or(credential) {
        Some(file) => (file.clone(), JournalKey::read(&file)),
        None => (data.join(KEY_FILE), JournalKey::open(&data.join(KEY_FILE))),
    };
    key.map_err(|why| {
        let what = format!("{} holds no journal key ({why})", file.display());
        BadSetting::new("--journal-key", "HELAN_JOURNAL_KEY", what)
    })
}

/// What this server remembers of the journals in its data folder.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn witness(data: &Path, key: JournalKey) -> Result<Witness, BadSetting> {
    Witness::open(data, key).map_err(|why| {
        let what = format!("{} cannot be used ({why})", data.join(HEADS_FILE).display());
        BadSetting::new("--data", "HELAN_DATA", what)
    })
}

/// Checks what `serve` was told, before anything is opened.
///
/// # Errors
/// The first setting that cannot be worked with.
pub(crate) fn check(settings: &ServeSettings) -> Result<(), BadSetting> {
    prepare_data(&settings.data)?;
    if let Some(folder) = &settings.endpoints.console
        && !folder.join("index.html").is_file()
    {
        let what = format!("{} has no index.html; build the console first", folder.display());
        return Err(BadSetting::new("--console", "HELAN_CONSOLE", what));
    }
    if settings.listen.port() != 0 && settings.metrics_listen == Some(settings.listen) {
        let what = format!("{} is the address of --listen too; choose another", settings.listen);
        return Err(BadSetting::new("--metrics-listen", "HELAN_METRICS_LISTEN", what));
    }
    check_sign_in(settings.endpoints.vehicle_sign_in, settings.encryption.as_ref())?;
    for origin in &settings.endpoints.allowed_origins {
        let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        if host.is_none_or(|host| host.is_empty() || host.contains('/')) {
            let what = format!("`{origin}` is no origin such as http://localhost:5173");
            return Err(BadSetting::new("--allowed-origin", "HELAN_ALLOWED_ORIGINS", what));
        }
    }
    Ok(())
}

/// Refuses a server to which no vehicle could come.
///
/// # Errors
/// When certificates are demanded and nobody's are believed.
fn check_sign_in(sign_in: VehicleSignIn, files: Option<&ServerFiles>) -> Result<(), BadSetting> {
    let believed = files.is_some_and(|files| files.vehicle_authority.is_some());
    if sign_in.looks_at_certificates() && !believed {
        let what = "vehicles' certificates are asked for and none is believed; give --vehicle-ca";
        return Err(BadSetting::new("--vehicle-sign-in", "HELAN_VEHICLE_SIGN_IN", what));
    }
    Ok(())
}

/// Opens the files of TLS, by the server's clock, and puts what they give behind the doors.
///
/// # Errors
/// When one cannot be used.
pub(crate) fn open_certificates(settings: &mut ServeSettings) -> Result<(), BadSetting> {
    if let (Some(file), Some(redis)) = (&settings.redis_authority, &settings.live.redis) {
        let bad = |why: String| BadSetting::new("--redis-ca", "HELAN_REDIS_CA", why);
        let authorities = authorities_pem(file).map_err(|why| bad(why.to_string()))?;
        let believing = redis.believing(authorities).map_err(|why| bad(why.to_string()))?;
        settings.live.redis = Some(believing);
    }
    let Some(files) = settings.encryption.clone() else { return Ok(()) };
    let clock = settings.clock.clone();
    let seconds = move || u64::try_from(clock.now().0 / 1000).unwrap_or(0);
    let clock = ClockOf::new(move || (seconds(), Believed::Told));
    let tls = ServerTls::open(files, clock).map_err(|why| {
        BadSetting::new("--tls-certificate", "HELAN_TLS_CERTIFICATE", why.to_string())
    })?;
    settings.endpoints.certificates = Some(Arc::new(Certificates::new(tls)));
    Ok(())
}

pub(crate) fn cannot_listen(why: &std::io::Error, settings: &ServeSettings) -> BadSetting {
    let what = format!("cannot listen on {} ({why})", settings.listen);
    BadSetting::new("--listen", "HELAN_LISTEN", what)
}

pub(crate) fn cannot_listen_for_metrics(
    why: &std::io::Error,
    address: std::net::SocketAddr,
) -> BadSetting {
    let what = format!("cannot listen on {address} ({why})");
    BadSetting::new("--metrics-listen", "HELAN_METRICS_LISTEN", what)
}
