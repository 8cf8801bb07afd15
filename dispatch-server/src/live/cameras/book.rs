//! Which pictures are looked at here and elsewhere, and which vehicles have cameras. Knows no socket and no clock.

use super::Shown;
use super::word::{PictureWord, SharedLook};
use crate::fleet::ServerRun;
use dispatch_core::model::VehicleId;
use dispatch_desk::chance::random;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::{Duration, Instant};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;
use wire_protocol::picture::{FragmentKind, PictureEnd, PictureNews, PictureWanted};

/// Vehicles whose pictures are looked at from one server at one time. Each takes a quarter of a megabit a second or more.
const MOST_PICTURES: usize = 32;
/// People before one picture.
const MOST_LOOKS: usize = 16;
/// Frames kept for whoever is a little slow: some seconds.
const FRAMES_KEPT: usize = 64;
/// What another server said holds so long: three of its words.
const WORD_HOLDS: Duration = Duration::from_secs(6);
/// Most vehicles of which another server's word is believed.
const MOST_TOLD: usize = 10_000;

/// All of it.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// What is looked at from here.
    rooms: BTreeMap<VehicleId, Room>,
    /// Vehicles with cameras whose links are here.
    cameras: BTreeSet<VehicleId>,
    /// What each other server said last.
    others: HashMap<ServerRun, (PictureWord, Instant)>,
}

/// A picture that is looked at from here.
#[derive(Debug)]
struct Room {
    wanted: PictureWanted,
    looks: usize,
    /// What whoever comes later needs first.
    begun: Vec<Shown>,
    frames: broadcast::Sender<Shown>,
    /// Counts those who sent it, one after the other.
    sender: u64,
    /// Cancelled when nobody looks any more, or another sender has taken over.
    over: CancellationToken,
}

/// What somebody who looks is given.
#[derive(Debug)]
pub(in crate::live) struct Looked {
    pub(in crate::live) picture: String,
    pub(in crate::live) begun: Vec<Shown>,
    pub(in crate::live) frames: broadcast::Receiver<Shown>,
    /// Nobody looked before.
    pub(in crate::live) is_first: bool,
}

/// A sender's place at a picture that is looked at from here.
#[derive(Debug)]
pub(in crate::live) struct Sending {
    pub(in crate::live) vehicle: VehicleId,
    pub(in crate::live) number: u64,
    pub(in crate::live) over: CancellationToken,
}

impl Book {
    /// One more looks at a vehicle's picture.
    ///
    /// # Errors
    /// When there are too many, or another of its cameras is looked through.
    pub(super) fn look(&mut self, vehicle: &VehicleId, channel: u8) -> Result<Looked, PictureEnd> {
        if let Some(room) = self.rooms.get_mut(vehicle) {
            if room.wanted.channel != channel {
                return Err(PictureEnd::InUse);
            }
            if room.looks >= MOST_LOOKS {
                return Err(PictureEnd::TooMany);
            }
            room.looks += 1;
            return Ok(room.shown(false));
        }
        if self.rooms.len() >= MOST_PICTURES {
            return Err(PictureEnd::TooMany);
        }
        let wanted = PictureWanted { picture: format!("{:032x}", random::<u128>()), channel };
        let room = Room {
            wanted,
            looks: 1,
            begun: Vec::new(),
            frames: broadcast::Sender::new(FRAMES_KEPT),
            sender: 0,
            over: CancellationToken::new(),
        };
        let looked = room.shown(true);
        self.rooms.insert(vehicle.clone(), room);
        Ok(looked)
    }

    /// One looks away; true if that was the last.
    pub(super) fn look_away(&mut self, vehicle: &VehicleId) -> bool {
        let Some(room) = self.rooms.get_mut(vehicle) else { return false };
        room.looks = room.looks.saturating_sub(1);
        if room.looks > 0 {
            return false;
        }
        room.over.cancel();
        self.rooms.remove(vehicle);
        true
    }

    /// What a vehicle is to send: what is looked at from here goes before what others look at, and among those the first
    /// by name, at which all servers arrive.
    pub(super) fn wanted(&self, vehicle: &VehicleId, now: Instant) -> Option<PictureWanted> {
        if let Some(room) = self.rooms.get(vehicle) {
            return Some(room.wanted.clone());
        }
        let looks = self.told(now).flat_map(|word| &word.looks);
        let looks = looks.filter(|look| look.vehicle == *vehicle);
        looks.map(SharedLook::wanted).min_by(|a, b| a.picture.cmp(&b.picture))
    }

    pub(super) fn camera(&mut self, vehicle: &VehicleId, is_there: bool) {
        if is_there {
            self.cameras.insert(vehicle.clone());
        } else {
            self.cameras.remove(vehicle);
        }
    }

    pub(super) fn has_camera(&self, vehicle: &VehicleId, now: Instant) -> bool {
        self.cameras.contains(vehicle) || self.told(now).any(|word| word.cameras.contains(vehicle))
    }

    /// A picture that a vehicle sends and that is looked at from here: whoever sent it before is over.
    pub(super) fn send(&mut self, vehicle: &VehicleId, picture: &str) -> Option<Sending> {
        let room = self.rooms.get_mut(vehicle).filter(|room| room.wanted.picture == picture)?;
        room.over.cancel();
        room.over = CancellationToken::new();
        room.sender += 1;
        Some(Sending { vehicle: vehicle.clone(), number: room.sender, over: room.over.clone() })
    }

    /// Whether a vehicle's picture is looked at from another server.
    pub(super) fn is_wanted_elsewhere(
        &self,
        vehicle: &VehicleId,
        picture: &str,
        now: Instant,
    ) -> bool {
        let mut looks = self.told(now).flat_map(|word| &word.looks);
        looks.any(|look| look.vehicle == *vehicle && look.picture == picture)
    }

    /// Whether a picture is looked at from here.
    pub(super) fn is_looked_at(&self, picture: &str) -> bool {
        self.rooms.values().any(|room| room.wanted.picture == picture)
    }

    /// Passes on what came; false if it is not the present sender's.
    pub(super) fn pass(&mut self, sending: &Sending, shown: Shown) -> bool {
        match self.rooms.get_mut(&sending.vehicle).filter(|room| room.sender == sending.number) {
            Some(room) => {
                room.pass(shown);
                true
            }
            None => false,
        }
    }

    /// What came for a picture over Redis.
    pub(super) fn pass_relayed(&mut self, picture: &str, shown: Shown) -> bool {
        match self.rooms.values_mut().find(|room| room.wanted.picture == picture) {
            Some(room) => {
                room.pass(shown);
                true
            }
            None => false,
        }
    }

    pub(super) fn word(&self) -> Option<PictureWord> {
        let look = |(vehicle, room): (&VehicleId, &Room)| SharedLook {
            vehicle: vehicle.clone(),
            picture: room.wanted.picture.clone(),
            channel: room.wanted.channel,
        };
        let word = PictureWord {
            cameras: self.cameras.clone(),
            looks: self.rooms.iter().map(look).collect(),
        };
        (!word.is_empty()).then_some(word)
    }

    /// Takes in what another server said; gives the vehicles for which another picture is wanted now.
    pub(super) fn hear(
        &mut self,
        from: ServerRun,
        mut word: PictureWord,
        now: Instant,
    ) -> Vec<VehicleId> {
        word.looks.truncate(MOST_PICTURES);
        if word.cameras.len() > MOST_TOLD {
            word.cameras.clear();
        }
        self.changing(now, |book| {
            book.others.insert(from, (word, now));
        })
    }

    pub(super) fn forget_old(&mut self, now: Instant) -> Vec<VehicleId> {
        self.changing(now, |_| {})
    }

    /// Does something, forgets what is old, and gives the vehicles for which another picture is wanted by that.
    fn changing(&mut self, now: Instant, change: impl FnOnce(&mut Self)) -> Vec<VehicleId> {
        let before = self.looked_at();
        let wanted: Vec<_> = before.iter().map(|vehicle| self.wanted_once(vehicle)).collect();
        change(self);
        self.others.retain(|_, (_, heard)| now.duration_since(*heard) < WORD_HOLDS);
        let of_before = before.iter().cloned().zip(wanted);
        let mut changed: Vec<VehicleId> = of_before
            .filter(|(vehicle, wanted)| self.wanted_once(vehicle) != *wanted)
            .map(|(vehicle, _)| vehicle)
            .collect();
        changed.extend(self.looked_at().difference(&before).cloned());
        changed
    }

    /// What is wanted by all that is in the book, old or not.
    fn wanted_once(&self, vehicle: &VehicleId) -> Option<String> {
        let own = self.rooms.get(vehicle).map(|room| &room.wanted.picture);
        let looks = self.others.values().flat_map(|(word, _)| &word.looks);
        let others = looks.filter(|look| look.vehicle == *vehicle).map(|look| &look.picture).min();
        own.or(others).cloned()
    }

    fn looked_at(&self) -> BTreeSet<VehicleId> {
        let looks = self.others.values().flat_map(|(word, _)| &word.looks);
        looks.map(|look| look.vehicle.clone()).collect()
    }

    fn told(&self, now: Instant) -> impl Iterator<Item = &PictureWord> {
        let holds = move |heard: &Instant| now.duration_since(*heard) < WORD_HOLDS;
        self.others.values().filter(move |(_, heard)| holds(heard)).map(|(word, _)| word)
    }
}

impl Room {
    fn shown(&self, is_first: bool) -> Looked {
        Looked {
            picture: self.wanted.picture.clone(),
            begun: self.begun.clone(),
            frames: self.frames.subscribe(),
            is_first,
        }
    }

    fn pass(&mut self, shown: Shown) {
        match &shown {
            Shown::News(PictureNews::Begins { .. }) => self.begun = vec![shown.clone()],
            Shown::News(PictureNews::Waiting | PictureNews::Ended { .. }) => self.begun.clear(),
            Shown::Fragment(FragmentKind::Start, _) => {
                self.begun.truncate(1);
                self.begun.push(shown.clone());
            }
            Shown::Fragment(FragmentKind::Key | FragmentKind::Further, _) => {}
        }
        // Nobody looks just now: whoever does next begins at the next key fragment.
        self.frames.send(shown).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;
    use dispatch_desk::clock::steady_now;

    fn vehicle(name: &str) -> VehicleId {
        VehicleId::from(name)
    }

    fn fragment(kind: FragmentKind) -> Shown {
        Shown::Fragment(kind, Bytes::from_static(&[1, 2]))
    }

    #[test]
    fn the_last_who_looks_away_ends_the_picture_and_its_sender() {
        let (mut book, one, now) = (Book::default(), vehicle("1"), steady_now());
        assert_eq!(book.wanted(&one, now), None);
        let first = book.look(&one, 2).unwrap();
        let second = book.look(&one, 2).unwrap();
        assert_eq!((first.is_first, second.is_first), (true, false));
        assert_eq!(book.look(&one, 1).unwrap_err(), PictureEnd::InUse);
        let wanted = book.wanted(&one, now).unwrap();
        assert_eq!((wanted.picture.as_str(), wanted.channel), (first.picture.as_str(), 2));
        assert!(
            book.send(&one, "another").is_none()
                && book.send(&vehicle("2"), &wanted.picture).is_none()
        );
        let sending = book.send(&one, &wanted.picture).unwrap();
        assert!(!book.look_away(&one) && !sending.over.is_cancelled());
        assert!(book.look_away(&one) && sending.over.is_cancelled());
        assert!(!book.pass(&sending, fragment(FragmentKind::Key)));
        assert_eq!(book.wanted(&one, now), None);
        assert!(!book.look_away(&one));
    }

    #[test]
    fn whoever_comes_later_is_given_the_start_and_an_older_sender_is_not_passed_on() {
        let (mut book, one) = (Book::default(), vehicle("1"));
        let picture = book.look(&one, 1).unwrap().picture;
        let older = book.send(&one, &picture).unwrap();
        let begins = Shown::News(PictureNews::Begins { codec: "avc1.42c01e".to_owned() });
        for shown in [begins.clone(), fragment(FragmentKind::Start), fragment(FragmentKind::Key)] {
            assert!(book.pass(&older, shown));
        }
        assert_eq!(
            book.look(&one, 1).unwrap().begun,
            [begins.clone(), fragment(FragmentKind::Start)]
        );
        let newer = book.send(&one, &picture).unwrap();
        assert!(older.over.is_cancelled() && !book.pass(&older, fragment(FragmentKind::Key)));
        assert!(book.pass(&newer, Shown::News(PictureNews::Waiting)));
        assert_eq!(book.look(&one, 1).unwrap().begun, []);
    }

    #[test]
    fn there_is_a_bound_to_pictures_and_to_those_who_look() {
        let mut book = Book::default();
        for n in 0..MOST_PICTURES {
            book.look(&vehicle(&n.to_string()), 1).unwrap();
        }
        assert_eq!(book.look(&vehicle("more"), 1).unwrap_err(), PictureEnd::TooMany);
        for _ in 1..MOST_LOOKS {
            book.look(&vehicle("0"), 1).unwrap();
        }
        assert_eq!(book.look(&vehicle("0"), 1).unwrap_err(), PictureEnd::TooMany);
    }

    #[test]
    fn what_other_servers_look_at_is_asked_for_until_they_fall_silent() {
        let (mut book, one, start) = (Book::default(), vehicle("1"), steady_now());
        let look = |picture: &str| SharedLook {
            vehicle: one.clone(),
            picture: picture.to_owned(),
            channel: 1,
        };
        let word = |looks: Vec<SharedLook>| PictureWord { cameras: BTreeSet::new(), looks };
        let (near, far) = (ServerRun::begin(), ServerRun::begin());
        assert_eq!(book.hear(near, word(vec![look("b")]), start), std::slice::from_ref(&one));
        assert!(book.hear(near, word(vec![look("b")]), start).is_empty(), "no news");
        assert_eq!(book.hear(far, word(vec![look("a")]), start), std::slice::from_ref(&one));
        assert_eq!(book.wanted(&one, start).unwrap().picture, "a");
        assert!(book.is_wanted_elsewhere(&one, "b", start));
        let later = start + Duration::from_secs(3);
        assert!(book.hear(near, word(vec![look("b")]), later).is_empty());
        let later = start + WORD_HOLDS;
        assert_eq!(book.forget_old(later), std::slice::from_ref(&one));
        assert_eq!(book.wanted(&one, later).unwrap().picture, "b");
        assert_eq!(book.hear(near, word(Vec::new()), later), std::slice::from_ref(&one));
        assert_eq!(book.wanted(&one, later), None);
    }
}
