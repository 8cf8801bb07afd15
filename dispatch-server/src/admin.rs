//! What is done from the command line without a running server: people added, vehicle keys made.

use crate::people::{
    Author, ChainState, DrawnKeys, People, PeopleError, PersonToAdd, SessionLifetime,
    administration, draw_keys, role_of_word,
};
use crate::settings::{
    AddPerson, BadSetting, MakeVehicleKeys, StoreArguments, Verify, journal_key, load_region,
    prepare_data,
};
use crate::stores::{AnyJournal, Storage, StoresError, open_people};
use dispatch_core::model::VehicleId;
use dispatch_desk::clock::Clock;
use dispatch_desk::journal::{
    Against, JournalFailure, JournalKey, KEY_FILE, Report, read_anchors, verify_against,
    verify_data_against,
};
use region::Region;
use std::fs::{OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use thiserror::Error;
use wire_protocol::vocabulary::Role;

/// Where the password of `add-person` comes from, when not from the first line of standard input.
const PASSWORD_VARIABLE: &str = "HELAN_PERSON_PASSWORD";

/// Why it was not done.
#[derive(Debug, Error)]
pub enum AdminError {
    /// A setting cannot be worked with.
    #[error(transparent)]
    Setting(#[from] BadSetting),
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] StoresError),
    /// The journal could not be read.
    #[error("failed to read the journal: {0}")]
    Journal(#[from] JournalFailure),
    /// The person or the keys were refused.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// A flag has a value that is none.
    #[error("{0}")]
    Flag(String),
    /// Written down, and not known to count.
    #[error("{0}; either all earlier keys count or all new ones, which are in {1}")]
    Keys(PeopleError, String),
    /// The password could not be read or the keys not written.
    #[error("{0}: {1}")]
    File(String, io::Error),
}

/// Adds a person; gives the line to print.
///
/// # Errors
/// See [`AdminError`].
pub async fn add_person(asked: &AddPerson) -> Result<String, AdminError> {
    let region = load_region(&asked.region)?;
    let role = role_of_word(&asked.role)
        .ok_or_else(|| AdminError::Flag(format!("--role: `{}` is no role", asked.role)))?;
    check_post(&region, role, asked)?;
    let password = password()?;
    let people = open(&asked.store).await?;
    let person = people
        .add(PersonToAdd {
            name: &asked.name,
            display_name: asked.display_name.as_deref().unwrap_or(&asked.name),
            password: &password,
            role,
            centre: asked.centre.as_str().into(),
            hospital: asked.hospital.as_deref().map(Into::into),
        })
        .await?;
    Ok(format!("added {} ({})", person.name, person.id))
}

fn check_post(region: &Region, role: Role, asked: &AddPerson) -> Result<(), AdminError> {
    if region.centre(&asked.centre).is_none() {
        let what = format!("--centre: the region has no centre `{}`", asked.centre);
        return Err(AdminError::Flag(what));
    }
    if role == Role::RegionalDutyOfficer && asked.centre != region.settings.regional_centre {
        let what = "--role: regional_duty_officer belongs to the regional centre";
        return Err(AdminError::Flag(what.to_owned()));
    }
    let known = asked.hospital.as_deref().map(|id| region.hospital(id).is_some());
    match (role == Role::Hospital, known) {
        (true, Some(true)) | (false, None) => Ok(()),
        (true, None | Some(false)) => {
            Err(AdminError::Flag("--hospital: name a hospital of the region".to_owned()))
        }
        (false, Some(_)) => {
            Err(AdminError::Flag("--hospital: only for the hospital role".to_owned()))
        }
    }
}

fn password() -> Result<String, AdminError> {
    if let Ok(password) = std::env::var(PASSWORD_VARIABLE) {
        return Ok(password);
    }
    let mut line = String::new();
    io::stdin()
        .read_line(&mut line)
        .map_err(|why| AdminError::File("the password on standard input".to_owned(), why))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Makes a key for every vehicle of the region and writes them to the file; gives the line to print.
///
/// # Errors
/// See [`AdminError`].
pub async fn make_vehicle_keys(asked: &MakeVehicleKeys) -> Result<String, AdminError> {
    let region = load_region(&asked.region)?;
    let vehicles: Vec<VehicleId> =
        region.vehicles.iter().map(|vehicle| vehicle.id.as_str().into()).collect();
    let people = open(&asked.store).await?;
    if std::fs::metadata(&asked.out).is_ok_and(|there| !there.is_file()) {
        return Err(AdminError::Flag(
            "--out: name a file; it takes the place of what is there".to_owned(),
        ));
    }
    // The file first, and whole: keys that cannot be written down would lock every vehicle out.
    let drawn = draw_keys(&vehicles);
    let mut unfinished = asked.out.clone().into_os_string();
    unfinished.push(".unfinished");
    let unfinished = PathBuf::from(unfinished);
    let cannot = |why| AdminError::File(format!("--out: {}", asked.out.display()), why);
    write_keys(&unfinished, &drawn).map_err(cannot)?;
    let put = people.put_keys(&drawn, &Author::operator(), None).await;
    put.map_err(|why| AdminError::Keys(why, unfinished.display().to_string()))?;
    std::fs::rename(&unfinished, &asked.out).map_err(|why| {
        AdminError::File(format!("the keys are in {}", unfinished.display()), why)
    })?;
    Ok(format!("{} keys written to {}", vehicles.len(), asked.out.display()))
}

fn write_keys(path: &Path, keys: &DrawnKeys) -> io::Result<()> {
    let options = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).to_owned();
    let mut file = options.open(path)?;
    // One that an earlier try left behind keeps the mode it had.
    file.set_permissions(Permissions::from_mode(0o600))?;
    let text: String = keys.texts().map(|(vehicle, key)| format!("{vehicle} {key}\n")).collect();
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Checks every journal of a store from its first event.
///
/// # Errors
/// When there is none, or it cannot be read.
pub async fn verify(asked: &Verify) -> Result<Report, AdminError> {
    let key = existing_key(asked)?;
    let (anchors, bad_lines) = match (&asked.against, &key) {
        (None, _) => Default::default(),
        (Some(_), None) => {
            let what = "--against needs the journal key: name it with --journal-key";
            return Err(AdminError::Flag(what.to_owned()));
        }
        (Some(file), Some(key)) => read_anchors(file, key)
            .map_err(|why| AdminError::File(format!("--against: {}", file.display()), why))?,
    };
    let against = Against { key: key.as_ref(), anchors: &anchors };
    let mut report = match asked.store.storage()? {
        Storage::Embedded(folder) => {
            verify_data_against(&folder, against).await.map_err(StoresError::from)?
        }
        storage @ Storage::Shared(_) => {
            let journal = AnyJournal::open(&storage).await?;
            let report = verify_against(&*journal.journal(), against).await;
            journal.close().await;
            report?
        }
    };
    report.bad_lines = bad_lines;
    Ok(report)
}

/// The journal key where there is one; a check makes none.
fn existing_key(asked: &Verify) -> Result<Option<JournalKey>, AdminError> {
    let named = asked.key.journal_key.as_deref();
    let data = asked.store.data.as_deref();
    match (named, data) {
        (None, None) => Ok(None),
        (None, Some(data)) if !data.join(KEY_FILE).is_file() => Ok(None),
        (named, data) => Ok(Some(journal_key(named, data.unwrap_or(Path::new(".")))?)),
    }
}

/// Checks the journal of administration; gives the line to print, and whether it is whole.
///
/// # Errors
/// When it cannot be read.
pub async fn verify_administration(asked: &Verify) -> Result<(String, bool), AdminError> {
    let database = open_people(&asked.store.storage()?).await?;
    let verified = administration::verify_administration(&database).await;
    Ok(match verified.map_err(PeopleError::from)? {
        ChainState::Whole(entries) => {
            (format!("The journal of administration is whole: {entries} entries."), true)
        }
        ChainState::Damaged(number) => (
            format!("DAMAGED: entry {number} of the journal of administration does not fit"),
            false,
        ),
    })
}

async fn open(store: &StoreArguments) -> Result<People, AdminError> {
    let storage = store.storage()?;
    if let Storage::Embedded(folder) = &storage {
        prepare_data(folder)?;
    }
    // Opening the journal brings the tables up to date, those of people too.
    AnyJournal::open(&storage).await?.close().await;
    let database = open_people(&storage).await?;
    Ok(People::open(database, SessionLifetime::default(), Clock::system()).await?)
}
