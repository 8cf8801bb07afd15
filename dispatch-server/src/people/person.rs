//! A person who may sign in, and the checks that every name, password and place of work must pass.

use super::guessable::is_guessable;
use super::look_alike::{has_mixed_word, mixes_alphabets};
use dispatch_core::model::{CentreId, HospitalId, PersonId};
use dispatch_core::text::{self, is_hidden};
use wire_protocol::people::PersonView;
use wire_protocol::vocabulary::Role;

/// Fewest and most characters of a sign-in name.
const NAME_CHARS: std::ops::RangeInclusive<usize> = 2..=40;
/// Fewest and most characters of a password. Ten is past guessing at the pace the throttle allows;
/// two hundred bounds the work of one hash.
const PASSWORD_CHARS: std::ops::RangeInclusive<usize> = 10..=200;
/// Most characters of a name as shown.
const DISPLAY_NAME_CHARS: usize = 60;

/// A person who may sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Sign-in name, in small letters.
    pub name: String,
    /// Name as shown.
    pub display_name: String,
    /// What they may do.
    pub role: Role,
    /// Where.
    pub centre: CentreId,
    /// Their hospital, for the hospital role.
    pub hospital: Option<HospitalId>,
    /// False when sign-in is barred.
    pub active: bool,
    /// Whether they must choose a password of their own before anything else: somebody else knows this one.
    pub password_due: bool,
}

impl Person {
    /// Whether the other may do the same things at the same place.
    pub(super) fn has_post_of(&self, other: &Self) -> bool {
        (self.role, &self.centre, &self.hospital, self.active)
            == (other.role, &other.centre, &other.hospital, other.active)
    }

    /// As told over HTTP.
    pub fn view(&self) -> PersonView {
        PersonView {
            id: self.id.to_string(),
            name: self.name.clone(),
            display_name: self.display_name.clone(),
            role: self.role,
            centre: self.centre.to_string(),
            hospital: self.hospital.as_ref().map(ToString::to_string),
            active: self.active,
        }
    }
}

/// What is wrong with a field: its wire name, and a fragment such as `must not be empty`.
pub(super) type FieldProblem = (&'static str, &'static str);

/// A sign-in name as it is kept: trimmed, in small letters, and full width as half width, which looks the same and
/// is what an input method left on writes.
///
/// # Errors
/// What is wrong with it.
pub(super) fn checked_name(name: &str) -> Result<String, FieldProblem> {
    let name = text::folded(name).trim().to_owned();
    let plain = |c: char| (c.is_alphanumeric() && !is_hidden(c)) || c == '.' || c == '-';
    if !NAME_CHARS.contains(&name.chars().count()) || !name.chars().all(plain) {
        return Err(("name", "must be 2 to 40 letters, digits, dots and dashes"));
    }
    Ok(name)
}

/// A sign-in name that is given to somebody: one whose letters nobody takes for others.
///
/// # Errors
/// What is wrong with it.
pub(super) fn checked_new_name(name: &str) -> Result<String, FieldProblem> {
    let name = checked_name(name)?;
    if mixes_alphabets(&name) {
        return Err(("name", "must not mix letters of alphabets that look alike"));
    }
    Ok(name)
}

/// A name as shown, trimmed and without what nobody sees.
///
/// # Errors
/// What is wrong with it.
pub(super) fn checked_display_name(name: &str) -> Result<String, FieldProblem> {
    let name = text::line(name)
        .map_err(|_| ("display_name", "must not hold control characters"))?
        .trim()
        .to_owned();
    if name.is_empty() || name.chars().count() > DISPLAY_NAME_CHARS {
        return Err(("display_name", "must be 1 to 60 characters"));
    }
    if has_mixed_word(&name) {
        return Err((
            "display_name",
            "must not mix letters of alphabets that look alike in one word",
        ));
    }
    Ok(name)
}

/// A password of a person of these names, as it is.
///
/// # Errors
/// What is wrong with it.
pub(super) fn checked_password(
    password: &str,
    name: &str,
    display_name: &str,
) -> Result<String, FieldProblem> {
    if !PASSWORD_CHARS.contains(&password.chars().count()) {
        return Err(("password", "must be 10 to 200 characters"));
    }
    if is_guessable(password, name, display_name) {
        return Err((
            "password",
            "is among those tried first: no common word, number or row of keys, and not one's own name",
        ));
    }
    Ok(password.to_owned())
}

/// The word under which a role is stored; the same as on the wire.
pub const fn role_word(role: Role) -> &'static str {
    match role {
        Role::CallTaker => "call_taker",
        Role::Dispatcher => "dispatcher",
        Role::Supervisor => "supervisor",
        Role::RegionalDutyOfficer => "regional_duty_officer",
        Role::Hospital => "hospital",
        Role::Administrator => "administrator",
    }
}

/// The role behind a word; nothing for a word that is none.
pub fn role_of_word(word: &str) -> Option<Role> {
    Role::ALL.iter().copied().find(|role| role_word(*role) == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_in_small_letters_and_odd_ones_refused() {
        assert_eq!(checked_name(" Li.Na-2 ").unwrap(), "li.na-2");
        assert_eq!(checked_name("李娜").unwrap(), "李娜");
        assert_eq!(checked_name("Ｌｉ．Ｎａ－２\u{3000}").unwrap(), "li.na-2");
        for wrong in [
            "",
            "a",
            "li na",
            "li<na",
            "li\u{0}na",
            "li\u{3164}na",
            "\u{3164}\u{3164}",
            &"x".repeat(41),
        ] {
            assert_eq!(checked_name(wrong).unwrap_err().0, "name", "{wrong:?}");
        }
    }

    #[test]
    fn a_new_name_has_letters_that_nobody_takes_for_others() {
        assert_eq!(checked_new_name("Boss").unwrap(), "boss");
        assert_eq!(checked_new_name("b\u{3bf}ss").unwrap_err().0, "name");
        assert!(checked_name("b\u{3bf}ss").is_ok(), "who has such a name may sign in");
        assert_eq!(checked_display_name("B\u{3bf}ss").unwrap_err().0, "display_name");
    }

    #[test]
    fn a_name_as_shown_is_what_is_seen_of_it() {
        assert_eq!(checked_display_name(" 李\u{202e}娜\u{200b} ").unwrap(), "李娜");
        for wrong in
            ["", "\u{3000}", "\u{200b}\u{2060}", "\u{3164}", "\u{2800}", "李\n娜", "李\u{2028}娜"]
        {
            assert_eq!(checked_display_name(wrong).unwrap_err().0, "display_name", "{wrong:?}");
        }
    }

    #[test]
    fn every_role_is_stored_under_its_wire_word() {
        for role in Role::ALL {
            let wire = serde_json::to_string(role).unwrap();
            assert_eq!(wire, format!("\"{}\"", role_word(*role)));
            assert_eq!(role_of_word(role_word(*role)), Some(*role));
        }
        assert_eq!(role_of_word("emperor"), None);
    }
}
