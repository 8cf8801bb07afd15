//! Values and keys that mappers use beside the ones of the wiki's tables, each on the short way of the fork or on the
//! point in its middle.

use crate::cases::{Taken, barriers, one_way_back, ways};

#[test]
fn limits_in_every_hand_are_limits() {
    ways(
        Taken::Long,
        &[
            "highway=tertiary maxheight=7’6”",
            "highway=tertiary maxheight=7′__6″",
            "highway=tertiary maxheight=2m20",
            "highway=tertiary maxheight=2米2",
            "highway=tertiary maxheight=限高2.2米",
            "highway=tertiary maxheight=7__foot",
            "highway=tertiary maxheight=ca.__2.2",
            "highway=tertiary maxheight:legal=2.2",
            "highway=tertiary maxheight:lanes=2.2|2.3",
            "highway=tertiary maxwidth=72__inches",
            "highway=tertiary maxweight=5000__pounds",
            "highway=tertiary maxweight=20__kN",
            "highway=tertiary ford=yes depth=0.8",
        ],
    );
    ways(
        Taken::Short,
        &[
            "highway=tertiary maxheight=12’6”",
            "highway=tertiary maxheight:lanes=2.2|4.5",
            "highway=tertiary maxheight:lanes=|2.2",
            "highway=tertiary maxheight=3m20",
            "highway=tertiary maxweight=200__kN",
            "highway=tertiary ford=yes depth=0.2",
            "highway=tertiary depth=0.8",
        ],
    );
}

#[test]
fn closed_in_other_words_is_closed() {
    ways(
        Taken::Long,
        &[
            "highway=tertiary access=not_allowed",
            "highway=tertiary motor_vehicle=false",
            "highway=tertiary vehicle=dismount",
            "highway=tertiary motorcar=use_sidepath",
            "highway=tertiary access=washed_out",
            "highway=tertiary surface=water",
            "highway=tertiary ford=boat",
            "highway=tertiary ambulance=no",
            "highway=tertiary;construction",
        ],
    );
    ways(
        Taken::Short,
        &[
            "highway=residential;service",
            "highway=tertiary motor_vehicle=yes;no",
            "highway=tertiary oneway=alternating",
            "highway=tertiary access=no motor_vehicle=discouraged",
        ],
    );
}

#[test]
fn who_else_is_let_through_tells_that_wheels_get_there() {
    ways(
        Taken::Short,
        &[
            "highway=footway emergency=yes;designated",
            "highway=path ambulance=yes",
            "highway=cycleway access:emergency=yes",
            "highway=footway emergency_access=yes",
            "highway=service service=emergency_access access=no",
            "highway=footway service=emergency_access",
            "highway=service motor_vehicle=no agricultural=yes",
            "highway=service access=no forestry=yes",
            "highway=service access=no taxi=designated",
            "highway=service vehicle=no hgv=yes",
            "highway=tertiary emergency=fire_hydrant",
        ],
    );
    ways(
        Taken::Long,
        &[
            "highway=footway agricultural=yes",
            "highway=footway emergency=no;none",
            "highway=service access=no bicycle=yes",
            "highway=service service=emergency_access emergency=no",
        ],
    );
}

#[test]
fn barriers_by_their_other_names() {
    barriers(
        Taken::Short,
        &[
            "barrier=bollard bollard=hydraulic",
            "barrier=bollard bollard=automatic",
            "barrier=bollard bollard=telescopic",
            "barrier=bollard bollard=plastic",
            "barrier=gate access=no psv=yes",
            "barrier=lift_gate motor_vehicle=no bus=designated",
            "barrier=gate status=open",
            "barrier=hampshire_gate",
            "barrier=bollard emergency=yes;no",
            "barrier=wedge",
            "highway=crossing motor_vehicle=no",
            "entrance=yes access=no",
            "access=private",
            "bicycle=no",
        ],
    );
    barriers(
        Taken::Long,
        &[
            "motor_vehicle=no",
            "access=no",
            "emergency=no",
            "traffic_sign=CN:closed vehicle=no",
            "barrier=gate locked=permanent",
            "barrier=gate status=locked",
            "barrier=gate gate=closed",
            "barrier=bar",
            "barrier=spikes",
            "barrier=gate access=not_allowed",
            "ford=stepping_stones",
            "ford=yes depth=1.2",
            "traffic_calming=choker width=1.7",
            "barrier=gate maxwidth=5’9”",
        ],
    );
}

#[test]
fn one_way_in_other_words() {
    for (short, expected) in [
        ("highway=primary oneway=forward", Taken::Long),
        ("highway=primary oneway=backward", Taken::Short),
        ("highway=tertiary oneway=alternating", Taken::Short),
        ("highway=primary oneway=no junction=circular", Taken::Long),
    ] {
        assert_eq!(one_way_back(short), expected, "{short}");
    }
}
