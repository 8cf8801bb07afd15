//! What a simulated replication came to.

use crate::study::desk::Refusals;

/// One patient, as far as figures go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Patient {
    /// When the call came, in milliseconds after the replication began.
    pub called_ms: i64,
    /// The call's true class.
    pub class: usize,
    /// Its cell.
    pub cell: usize,
    /// From the call to the first vehicle at the scene, in milliseconds.
    pub response_ms: i64,
}

/// A replication under one policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// In order of their calls, those called within the time that counts: whom a vehicle reached, and whom none ever did,
    /// who count as reached when the last vehicle had done its work, after a day at least.
    pub patients: Vec<Patient>,
    /// How many of them no vehicle ever reached.
    pub unreached: usize,
    /// Calls called off before anybody came.
    pub cancelled: usize,
    /// Vehicles sent from one place of waiting to another, or elsewhere than home.
    pub moves: usize,
    /// Hours driven on such moves, as far as each came before its vehicle was sent elsewhere.
    pub move_hours: f64,
    /// Kilometres of road driven on them.
    pub move_km: f64,
    /// Steps that the rules refused, by the code of the rejection.
    pub refusals: Refusals,
    /// Vehicles taken from one patient for another.
    pub diverted: usize,
    /// Vehicles called back because a nearer one became free.
    pub swapped: usize,
    /// Simulated calls, those before and after the time that counts included.
    pub calls: usize,
    /// Incidents that the core still has open when all vehicles are done.
    pub left_open: usize,
    /// Events recorded by the core.
    pub events: u64,
}

impl Outcome {
    /// One number for all of it: the same run gives the same number (FNV-1a).
    pub fn hash(&self) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut add = |word: u64| {
            for byte in word.to_le_bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        };
        for one in &self.patients {
            [one.called_ms as u64, one.class as u64, one.cell as u64, one.response_ms as u64]
                .into_iter()
                .for_each(&mut add);
        }
        [self.cancelled, self.moves, self.diverted, self.swapped, self.calls]
            .into_iter()
            .for_each(|count| add(count as u64));
        add(self.events);
        add(self.unreached as u64);
        self.refusals.values().for_each(|&count| add(count));
        hash
    }
}
