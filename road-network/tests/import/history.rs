//! Files that hold more than the present state of the map are refused by name: an old version of a
//! way, a point or a sign is not what stands there now.

use crate::cases::{MIDDLE, fork, read};
use crate::support::Extract;

#[test]
fn a_file_with_history_is_refused_by_name() {
    let words =
        |extract: &Extract, feature| read(&extract.file_needing(feature)).unwrap_err().to_string();
    let told = words(&fork("highway=tertiary", ""), "HistoricalInformation");
    assert!(
        told.contains("it is a file with history") && told.contains("osmium time-filter"),
        "{told}"
    );
    let mut deleted = fork("highway=tertiary", "");
    deleted.deleted_way(14, "highway=tertiary");
    let told = words(&deleted, "OsmSchema-V0.6");
    assert!(told.contains("way 14, which is deleted"), "{told}");
    let mut twice = fork("highway=tertiary", "");
    twice.way(10, &[1, 2], "highway=tertiary");
    assert!(words(&twice, "OsmSchema-V0.6").contains("way 10 more than once"));
    let mut moved = fork("highway=tertiary", "");
    moved.node(7, 106.3, 38.4, "");
    assert!(words(&moved, "OsmSchema-V0.6").contains("node 7 in two versions"));
    let mut opened = fork("highway=tertiary", "barrier=bollard");
    opened.node(7, MIDDLE.0, MIDDLE.1, "");
    assert!(words(&opened, "OsmSchema-V0.6").contains("node 7 in two versions"));
    let mut given_up = fork("highway=tertiary", "");
    given_up.way(20, &[1, 2], "highway=tertiary");
    given_up.way(20, &[1, 2], "building=yes");
    assert!(words(&given_up, "OsmSchema-V0.6").contains("way 20 more than once"));
    let mut between = fork("highway=tertiary", "");
    between.way(20, &[1, 2], "highway=tertiary");
    between.way(21, &[1, 2], "highway=tertiary");
    between.way(20, &[1, 2], "building=yes");
    assert!(words(&between, "OsmSchema-V0.6").contains("way 20 more than once"));
    let mut taken_down = fork("highway=tertiary", "");
    for tags in ["type=restriction restriction=no_left_turn", "type=site"] {
        taken_down.relation(40, &[(1, 12, "from"), (0, 1, "via"), (1, 10, "to")], tags);
    }
    assert!(words(&taken_down, "OsmSchema-V0.6").contains("relation 40 more than once"));
    let mut sign = fork("highway=tertiary", "");
    for turn in ["no_left_turn", "no_right_turn"] {
        let members = [(1, 12, "from"), (0, 1, "via"), (1, 10, "to")];
        sign.relation(40, &members, &format!("type=restriction restriction={turn}"));
    }
    assert!(words(&sign, "OsmSchema-V0.6").contains("relation 40 more than once"));
    // Extracts that were put together hold some points twice; the same again says nothing new.
    let mut again = fork("highway=tertiary", "");
    again.node(7, MIDDLE.0, MIDDLE.1, "");
    assert!(read(&again.file()).is_ok());
}
