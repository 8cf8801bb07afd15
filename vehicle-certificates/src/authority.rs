//! The authority: made once, then signing and revoking.

use crate::book::{self, Entry, Kind};
use crate::files::{AuthorityError, failed, lock, read_pem, write};
use crate::{CA_FILE, ISSUED_FILE, KEY_FILE, REVOKED_FILE};
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertificateRevocationListParams,
    DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyPair,
    KeyUsagePurpose, RevokedCertParams, SanType, SerialNumber, date_time_ymd,
};
use std::path::{Path, PathBuf};
use std::time::Duration;
use time::OffsetDateTime;
use transport_tls::{facts, vehicle_uri};

const DAY: i64 = 86_400;

/// Certificates begin so long before they are made, in seconds: clocks of servers and terminals may be behind.
const BEGINS_BEFORE: i64 = DAY;

/// A list of revoked certificates says that the next one comes within so long, in seconds. Programs that enforce this
/// (HAProxy does) would refuse every vehicle after it, so it is far away; a new list is written at every revocation.
const LIST_HOLDS: i64 = 3_650 * DAY;

/// Longest id of a vehicle that a certificate names.
const ID_CHARS: usize = 64;

/// For whom a certificate is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A vehicle, by its id.
    Vehicle(String),
    /// A server, by its host names and addresses.
    Server(Vec<String>),
}

/// A certificate with its key, in the PEM form that servers and terminals read.
#[derive(Clone, Debug)]
pub struct Issued {
    /// As it stands in the book.
    pub entry: Entry,
    /// The certificate.
    pub certificate: String,
    /// Its private key. Kept nowhere else.
    pub key: String,
}

/// An authority in its folder.
pub struct Authority {
    folder: PathBuf,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    /// Makes one in a folder that has none.
    ///
    /// # Errors
    /// When there is one already, or the folder cannot be written.
    pub fn make(folder: &Path, name: &str, days: u32, now: i64) -> Result<Self, AuthorityError> {
        std::fs::create_dir_all(folder).map_err(failed(folder))?;
        let _one_at_a_time = lock(folder)?;
        if folder.join(CA_FILE).exists() || folder.join(KEY_FILE).exists() {
            return Err(AuthorityError::There(folder.to_owned()));
        }
        let mut params = CertificateParams::default();
        (params.not_before, params.not_after) = period(now, days);
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate()?;
        // Two authorities never have one name: by it lists and certificates are told apart.
        let of_key: String =
            params.key_identifier(&key).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        let name = short(&format!("{of_key} {name}"));
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        let certificate = params.self_signed(&key)?;
        write(&folder.join(KEY_FILE), key.serialize_pem().as_bytes(), 0o600)?;
        write(&folder.join(CA_FILE), certificate.pem().as_bytes(), 0o644)?;
        let made = Self { folder: folder.to_owned(), issuer: Issuer::new(params, key) };
        book::save(&folder.join(ISSUED_FILE), &[])?;
        made.write_list(&[], now)?;
        Ok(made)
    }

    /// Opens the one in a folder.
    ///
    /// # Errors
    /// When there is none, or its files cannot be used.
    pub fn open(folder: &Path) -> Result<Self, AuthorityError> {
        let (certificate, key) = (folder.join(CA_FILE), folder.join(KEY_FILE));
        let content = |path: &Path, error: rcgen::Error| {
            AuthorityError::Content(
                path.to_owned(),
                format!("{error}; expected PEM as this program writes it"),
            )
        };
        let pair = KeyPair::from_pem(&read_pem(&key)?).map_err(|error| content(&key, error))?;
        let issuer = Issuer::from_ca_cert_pem(&read_pem(&certificate)?, pair)
            .map_err(|error| content(&certificate, error))?;
        Ok(Self { folder: folder.to_owned(), issuer })
    }

    /// Signs a certificate with a new key. It stands in the book before anybody has it.
    ///
    /// # Errors
    /// When the name cannot stand in a certificate, or the book cannot be written.
    pub fn issue(&self, subject: &Subject, days: u32, now: i64) -> Result<Issued, AuthorityError> {
        let issued = self.make_one(subject, days, now)?;
        self.enter(std::slice::from_ref(&issued))?;
        Ok(issued)
    }

    /// The same for many, with one writing of the book.
    ///
    /// # Errors
    /// As [`Self::issue`]; then none of them is issued.
    pub fn issue_all(
        &self,
        subjects: &[Subject],
        days: u32,
        now: i64,
    ) -> Result<Vec<Issued>, AuthorityError> {
        let made = subjects.iter().map(|subject| self.make_one(subject, days, now));
        let issued = made.collect::<Result<Vec<Issued>, AuthorityError>>()?;
        self.enter(&issued)?;
        Ok(issued)
    }

    fn enter(&self, issued: &[Issued]) -> Result<(), AuthorityError> {
        let _one_at_a_time = lock(&self.folder)?;
        let mut entries = self.entries()?;
        entries.extend(issued.iter().map(|it| it.entry.clone()));
        book::save(&self.folder.join(ISSUED_FILE), &entries)
    }

    fn make_one(&self, subject: &Subject, days: u32, now: i64) -> Result<Issued, AuthorityError> {
        let key = KeyPair::generate()?;
        let (certificate, kind, name) = self.sign(subject, &key, days, now)?;
        let facts = facts(certificate.der())
            .ok_or_else(|| AuthorityError::Asked("the certificate made cannot be read".into()))?;
        let entry = Entry {
            serial: facts.serial,
            kind,
            name,
            not_before: facts.not_before,
            not_after: facts.not_after,
            revoked_at: None,
        };
        Ok(Issued { entry, certificate: certificate.pem(), key: key.serialize_pem() })
    }

    fn sign(
        &self,
        subject: &Subject,
        key: &KeyPair,
        days: u32,
        now: i64,
    ) -> Result<(Certificate, Kind, String), AuthorityError> {
        let (mut params, kind, name) = match subject {
            Subject::Vehicle(id) => {
                let fits = !id.trim().is_empty()
                    && id.chars().count() <= ID_CHARS
                    && !id.chars().any(char::is_control);
                if !fits {
                    let what = format!(
                        "{id:?} is no vehicle's id; expected at most {ID_CHARS} characters that can be seen"
                    );
                    return Err(AuthorityError::Asked(what));
                }
                let mut params = CertificateParams::default();
                params.subject_alt_names = vec![SanType::URI(vehicle_uri(id).try_into()?)];
                params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
                (params, Kind::Vehicle, id.clone())
            }
            Subject::Server(names) => {
                if names.is_empty() {
                    return Err(AuthorityError::Asked(
                        "a server needs a name or an address".into(),
                    ));
                }
                let mut params = CertificateParams::new(names.clone())?;
                params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
                (params, Kind::Server, names.join(" "))
            }
        };
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, short(&name));
        (params.not_before, params.not_after) = period(now, days);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.use_authority_key_identifier_extension = true;
        Ok((params.signed_by(key, &self.issuer)?, kind, name))
    }

    /// Everything that was issued, oldest first.
    ///
    /// # Errors
    /// When the book cannot be read, with line and column.
    pub fn entries(&self) -> Result<Vec<Entry>, AuthorityError> {
        book::load(&self.folder.join(ISSUED_FILE))
    }

    /// Revokes all that are chosen and still count; gives them. The list is written anew even when there are none, so that
    /// one that was lost comes back.
    ///
    /// # Errors
    /// When book or list cannot be written. A book without its list is mended by revoking again.
    pub fn revoke(
        &self,
        chosen: impl Fn(&Entry) -> bool,
        now: i64,
    ) -> Result<Vec<Entry>, AuthorityError> {
        let _one_at_a_time = lock(&self.folder)?;
        let mut entries = self.entries()?;
        let mut revoked = Vec::new();
        for entry in &mut entries {
            if entry.revoked_at.is_none() && chosen(entry) {
                entry.revoked_at = Some(now);
                revoked.push(entry.clone());
            }
        }
        if !revoked.is_empty() {
            book::save(&self.folder.join(ISSUED_FILE), &entries)?;
        }
        self.write_list(&entries, now)?;
        Ok(revoked)
    }

    fn write_list(&self, entries: &[Entry], now: i64) -> Result<(), AuthorityError> {
        let revoked = entries.iter().filter_map(|entry| {
            let revocation_time = moment(entry.revoked_at?);
            let serial_number = SerialNumber::from(bytes(&entry.serial)?);
            Some(RevokedCertParams {
                serial_number,
                revocation_time,
                reason_code: None,
                invalidity_date: None,
            })
        });
        let list = CertificateRevocationListParams {
            this_update: moment(now - BEGINS_BEFORE),
            next_update: moment(now + LIST_HOLDS),
            crl_number: SerialNumber::from(now.unsigned_abs()),
            issuing_distribution_point: None,
            revoked_certs: revoked.collect(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        let list = list.signed_by(&self.issuer)?;
        write(&self.folder.join(REVOKED_FILE), list.pem()?.as_bytes(), 0o644)
    }
}

/// From a day ago until `days` from now.
fn period(now: i64, days: u32) -> (OffsetDateTime, OffsetDateTime) {
    (moment(now - BEGINS_BEFORE), moment(now + i64::from(days) * DAY))
}

fn moment(seconds: i64) -> OffsetDateTime {
    date_time_ymd(1970, 1, 1) + Duration::from_secs(seconds.max(0).unsigned_abs())
}

/// A common name holds at most 64 characters.
fn short(name: &str) -> String {
    name.chars().take(64).collect()
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let pairs = hex.as_bytes().chunks_exact(2);
    let is_whole = pairs.remainder().is_empty() && hex.is_ascii();
    let bytes: Option<Vec<u8>> = pairs
        .map(|pair| {
            std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok())
        })
        .collect();
    bytes.filter(|_| is_whole)
}
