//! The settings of the rules, as an argument. Changing one changes future decisions only: what the
//! journal holds is applied the same for ever.

/// Settings of `decide`.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// Seconds after which an order that no terminal has received must not be shown as new. Two
    /// minutes: past that the norm of three minutes to departure needs a radio call, not a screen.
    pub order_expiry_seconds: i64,
    /// Seconds by which a sender's clock may be ahead of the server's before it is doubted. Two
    /// minutes: a terminal with a GPS fix is right to a second, one without drifts by minutes.
    pub clock_tolerance_seconds: i64,
    /// Seconds by which a step may lie before the one it follows without its clock being doubted: two
    /// healthy clocks differ by that much.
    pub clock_skew_seconds: i64,
    /// Seconds within which a crew at a hospital must get free for its next order to hold. Twenty
    /// minutes: longer than most hand-overs, and short enough that whoever waits gets another vehicle.
    pub follow_on_seconds: i64,
    /// Seconds within which a suggested move may be accepted. Five minutes: a dispatcher who is busy with a call
    /// still finds it, and the fleet has not become another one.
    pub suggestion_seconds: i64,
    /// Seconds for which neither the vehicle nor the station of a suggestion that ended is suggested again. Half an
    /// hour: a dispatcher who said no is not asked again in the same quiet, and a vehicle is not sent to and fro.
    pub suggestion_silence_seconds: i64,
    /// Seconds after which a move that its crew has not said to have seen is taken back. Five minutes: four after its
    /// deadline, in which a dispatcher can ask by radio; till then the board counts ground as covered to which nobody drives.
    pub move_expiry_seconds: i64,
    /// How much of anything may be written.
    pub limits: Limits,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            order_expiry_seconds: 120,
            clock_tolerance_seconds: 120,
            clock_skew_seconds: 5,
            follow_on_seconds: 20 * 60,
            suggestion_seconds: 5 * 60,
            suggestion_silence_seconds: 30 * 60,
            move_expiry_seconds: 5 * 60,
            limits: Limits::default(),
        }
    }
}

/// How much of anything may be written: the only place where such a bound stands; what reads requests
/// checks shape and takes its bounds from here. Far above any real incident, far below what hurts a server.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// Calls about one incident; a mass-casualty incident draws a hundred.
    pub calls_per_incident: usize,
    /// Tasks of one incident over its whole life, diverted and aborted ones included.
    pub tasks_per_incident: usize,
    /// Notes on one incident.
    pub notes_per_incident: usize,
    /// Times an incident can be opened again by hand; one that comes back so often is another incident.
    pub reopenings_per_incident: usize,
    /// Vehicles in one order.
    pub vehicles_per_order: usize,
    /// Members of one crew.
    pub crew_members: usize,
    /// Moves suggested at a centre at once; more than three nobody weighs beside a call.
    pub suggestions: usize,
    /// Codes of equipment on one vehicle.
    pub equipment_codes: usize,
    /// Vehicles listed in the record of an offer.
    pub offered_vehicles: usize,
    /// Characters in an address.
    pub address_chars: usize,
    /// Characters in a complaint, a note or a special need.
    pub text_chars: usize,
    /// Characters in a message to or from a crew: a screen full, and some twenty of them fit into what a terminal reads.
    pub message_chars: usize,
    /// Characters in a name, a number, a plate or a code.
    pub name_chars: usize,
    /// Patients one call can tell of: a full train.
    pub patients_per_call: u16,
    /// Patients one vehicle can be said to carry; a larger number is a slip of the finger.
    pub patients_carried: u16,
    /// Years a patient can be old.
    pub age_years: u8,
    /// Kilometres of one task; beyond it somebody typed the odometer.
    pub task_km: f64,
    /// Kilometres that an odometer can show.
    pub odometer_km: u32,
    /// Litres that one tank can take.
    pub fuel_litres: f64,
    /// Metres of a position's error: the size of a region.
    pub error_radius_m: u32,
}

impl Limits {
    /// Characters in an id that somebody sends; ours are far shorter.
    pub const ID_CHARS: usize = 64;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            calls_per_incident: 500,
            tasks_per_incident: 200,
            notes_per_incident: 500,
            reopenings_per_incident: 100,
            vehicles_per_order: 20,
            crew_members: 8,
            suggestions: 3,
            equipment_codes: 64,
            offered_vehicles: 8,
            address_chars: 300,
            text_chars: 2000,
            message_chars: 500,
            name_chars: 100,
            patients_per_call: 2000,
            patients_carried: 100,
            age_years: 130,
            task_km: 5000.0,
            odometer_km: 2_000_000,
            fuel_litres: 500.0,
            error_radius_m: 500_000,
        }
    }
}
