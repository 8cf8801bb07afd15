//! Search among people and in the journal of administration, by the words an administrator types.

use super::administration::ENTRIES_MOST;
use super::change::Change;
use super::person::{Person, role_word};
use super::{People, PeopleError};
use dispatch_core::text::folded;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Most characters of a search: longer than every name.
pub const SEARCH_CHARS_MOST: usize = 100;
/// Most codes that one search may stand for: more than the console has words for.
pub const CODES_MOST: usize = 60;
/// Entries one search looks through, newest first: years of a centre's, some megabytes. The answer says where it
/// stopped, and the next one goes on there.
pub const SEARCHED_MOST: usize = 5_000;

/// What is searched for.
#[derive(Debug, Default)]
pub struct Search {
    text: String,
    codes: Vec<String>,
    what: Option<String>,
}

impl Search {
    /// By a text as typed. `codes` are the words of the journal that the text stands for in the reader's language,
    /// found as whole words only; `what` keeps one kind of change.
    pub fn new(text: &str, codes: Vec<String>, what: Option<String>) -> Self {
        Self { text: folded(text.trim()), codes, what }
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty() && self.what.is_none()
    }

    /// Whether a person is meant: by name, name as shown, role, centre or hospital.
    pub fn finds_person(&self, person: &Person) -> bool {
        let hospital = person.hospital.as_ref().map_or("", |it| it.as_str());
        let facts = [
            person.name.as_str(),
            &person.display_name,
            role_word(person.role),
            person.centre.as_str(),
            hospital,
        ];
        self.text.is_empty() || facts.iter().any(|fact| self.meets(fact))
    }

    /// Whether a change is meant: by who, what, to whom, and what differs.
    pub fn finds(&self, change: &Change) -> bool {
        if self.what.as_ref().is_some_and(|what| *what != change.what) {
            return false;
        }
        let told = [
            change.by.name.as_str(),
            change.by.id.as_deref().unwrap_or(""),
            &change.what,
            &change.about,
            change.centre.as_deref().unwrap_or(""),
        ];
        self.text.is_empty()
            || told.iter().any(|fact| self.meets(fact))
            || differing(change).iter().any(|fact| self.meets(fact))
    }

    fn meets(&self, fact: &str) -> bool {
        folded(fact).contains(&self.text) || self.codes.iter().any(|code| code == fact)
    }
}

/// The names of the fields that differ, and what they were and are.
fn differing(change: &Change) -> Vec<String> {
    let nothing = Map::new();
    let fields = |value: &Option<Value>| match value {
        Some(Value::Object(fields)) => fields.clone(),
        Some(_) | None => nothing.clone(),
    };
    let (before, after) = (fields(&change.before), fields(&change.after));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differ = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
    differ
        .flat_map(|name| {
            let values = [before.get(name), after.get(name)].into_iter().flatten().map(as_told);
            std::iter::once(name.clone()).chain(values).collect::<Vec<_>>()
        })
        .collect()
}

fn as_told(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What a search in the journal of administration found.
pub struct Found {
    /// The entries that are meant, the newest first.
    pub entries: Vec<(i64, Change)>,
    /// The number to go on before; nothing when the beginning was reached.
    pub next_before: Option<i64>,
}

impl People {
    /// Entries before a number that are meant and `concern` the reader, the newest first, at most `most`. Without
    /// anything to search for, `most` bounds what is looked through; with it, [`SEARCHED_MOST`] does.
    ///
    /// # Errors
    /// [`PeopleError::Store`].
    pub async fn search_administration(
        &self,
        before: Option<i64>,
        most: u32,
        search: &Search,
        concerns: impl Fn(&Change) -> bool,
    ) -> Result<Found, PeopleError> {
        let most = most.clamp(1, ENTRIES_MOST);
        let (page_entries, searched_most) =
            if search.is_empty() { (most, 0) } else { (ENTRIES_MOST, SEARCHED_MOST) };
        let mut found = Found { entries: Vec::new(), next_before: before };
        let mut searched = 0;
        loop {
            let page = self.administration(found.next_before, page_entries).await?;
            searched += page.len();
            let is_last = page.len() < page_entries as usize;
            found.next_before = None;
            for (number, change) in page {
                found.next_before = Some(number).filter(|number| *number > 1);
                if search.finds(&change) && concerns(&change) {
                    found.entries.push((number, change));
                }
                if found.entries.len() == most as usize {
                    return Ok(found);
                }
            }
            if is_last {
                found.next_before = None;
            }
            if found.next_before.is_none() || searched >= searched_most {
                return Ok(found);
            }
        }
    }
}
