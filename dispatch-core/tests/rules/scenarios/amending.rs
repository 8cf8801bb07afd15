//! Changes to what is known: each field is kept, set or cleared by itself.

use super::check;
use crate::region;
use crate::world::World;
use dispatch_core::model::*;
use expect_test::expect;

/// What was told wrongly can be taken back, and words and position of a place do not touch each other.
#[test]
fn what_may_be_absent_can_be_cleared() {
    check(
        "
        10:00 li: call 中山北街 
        10:01 li: amend 1 waiting=小区东门 destination=NX-H1 at=12:00
        10:02 li: amend 1 waiting=none destination=none at=none
        10:03 li: amend 1 scene_words=中山南街
        10:04 li: amend 1 scene_point=106.5/38.5
        10:05 li: amend 1 scene_point=none
        10:06 li: amend 1 waiting_point=106.5/38.5
        10:07 li: amend 1 waiting_words=东门
        10:08 li: amend 1 waiting_point=none
        10:09 li: amend 1 waiting_words=none
        10:10 li: amend 1 scene_point=106.5/98.5
        10:10 li: amend 1
        ",
        expect![[r#"
            10:00 li: call 中山北街
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: amend 1 waiting=小区东门 destination=NX-H1 at=12:00
                incident 1 amended: {"waiting":{"address":"小区东门","position":{"lon":106.2309,"lat":38.4872},"source":"address_search","error_radius_m":null,"measured_at":null},"destination":"NX-H1","appointment_at":1777636800000}
            10:02 li: amend 1 waiting=none destination=none at=none
                incident 1 amended: {"waiting":null,"destination":null,"appointment_at":null}
            10:03 li: amend 1 scene_words=中山南街
                incident 1 amended: {"scene_address":"中山南街"}
            10:04 li: amend 1 scene_point=106.5/38.5
                incident 1 amended: {"scene_point":{"position":{"lon":106.5,"lat":38.5},"source":"map_click"}}
            10:05 li: amend 1 scene_point=none
                incident 1 amended: {"scene_point":null}
            10:06 li: amend 1 waiting_point=106.5/38.5
                incident 1 amended: {"waiting_point":{"position":{"lon":106.5,"lat":38.5},"source":"map_click"}}
            10:07 li: amend 1 waiting_words=东门
                incident 1 amended: {"waiting_address":"东门"}
            10:08 li: amend 1 waiting_point=none
                incident 1 amended: {"waiting_point":null}
            10:09 li: amend 1 waiting_words=none
                incident 1 amended: {"waiting_address":null}
            10:10 li: amend 1 scene_point=106.5/98.5
                ! bad_field: scene_point has a position that is not on the globe
            10:10 li: amend 1
                ! bad_field: changes must change something
        "#]],
    );
}

/// The facts after changes, field by field: each is kept, set or cleared by itself.
#[test]
fn a_change_touches_its_own_field_only() {
    let mut world = World::new(&["yinchuan"]);
    let mut command = |command: &Command, millis: i64| {
        let context = CommandContext {
            terminal: None,
            made_at: Timestamp(millis),
            now: Timestamp(millis),
            origin: Origin::Person { person: "li".into() },
            vehicle_online: None,
            command_id: None,
            confirmed: Vec::new(),
        };
        world.execute("yinchuan", command, &context);
        world.state("yinchuan").incidents[&IncidentId::from("yinchuan-1")].facts.clone()
    };
    let facts = IncidentFacts {
        waiting: Some(region::place("东门")),
        destination: Some("NX-H1".into()),
        appointment_at: Some(Timestamp(9_000_000)),
        ..region::facts("中山北街")
    };
    let (link_to, outcome) = (None, CallOutcome::Open);
    let details = region::call_details(Timestamp(1));
    let call = TakeCall { link_to, facts: facts.clone(), details, outcome, vehicles_wanted: None };
    assert_eq!(command(&Command::TakeCall(Box::new(call)), 1), facts);
    for (n, (changes, after)) in changes_and_facts_after(&facts).into_iter().enumerate() {
        let changes = Box::new(changes);
        let amend = Command::AmendIncident { incident: "yinchuan-1".into(), changes };
        assert_eq!(command(&amend, 2 + n as i64), after, "case {n}");
    }
}

/// Changes, each with what it makes of the facts.
fn changes_and_facts_after(facts: &IncidentFacts) -> [(IncidentChanges, IncidentFacts); 4] {
    let keep = IncidentChanges::default;
    let point = PlacePoint {
        position: Wgs84 { lon: 106.5, lat: 38.5 },
        source: PlaceSource::MapClick,
        error_radius_m: None,
        measured_at: None,
    };
    let words_only = Place { address: "南门".to_owned(), ..facts.scene.clone().at(None) };
    [
        (
            IncidentChanges { scene_address: Some("南街".to_owned()), ..keep() },
            IncidentFacts {
                scene: Place { address: "南街".to_owned(), ..facts.scene.clone() },
                ..facts.clone()
            },
        ),
        (
            IncidentChanges {
                scene: Some(facts.scene.clone()),
                scene_point: Change::Set(point),
                ..keep()
            },
            IncidentFacts { scene: facts.scene.clone().at(Some(point)), ..facts.clone() },
        ),
        (
            IncidentChanges {
                scene: Some(facts.scene.clone()),
                waiting_address: Change::Set("南门".to_owned()),
                waiting_point: Change::Clear,
                ..keep()
            },
            IncidentFacts { waiting: Some(words_only), ..facts.clone() },
        ),
        (
            IncidentChanges {
                waiting: Change::Clear,
                destination: Change::Clear,
                appointment_at: Change::Clear,
                ..keep()
            },
            IncidentFacts {
                waiting: None,
                destination: None,
                appointment_at: None,
                ..facts.clone()
            },
        ),
    ]
}

/// A slip of the call-taker is corrected like any other: what was written of a call, how many patients there are and
/// how many vehicles are wanted, and whether it is an exercise at all.
#[test]
fn what_was_written_of_a_call_can_be_amended_and_taken_back() {
    check(
        r#"
        08:00 region: fleet YC-1
        10:00 li: call 中山北街 by=13995010002 patients=2
        10:01 li: call 中山北街 about=1 by=13995010003 patients=4
        10:02 li: amend 1 call={"contact_name":"张伟","contact_phone":"13995010004","patient_age_years":67}
        10:03 li: amend 1 call={"acceptance":"yinchuan-1.c2","caller_number":null,"patient_count":3}
        10:04 li: amend 1 call={"contact_name":null,"contact_phone":null,"patient_age_years":null}
        10:05 li: amend 1 wanted=2 patients=1 source=police
        board
        10:06 li: amend 1 wanted=1
        10:07 li: call 中山北街 about=1 patients=2
        10:07 li: send 1 YC-1
        10:08 li: amend 1 exercise=yes
        10:09 YC-1: left_scene 1.t1
        10:10 YC-1: finished 1.t1
        board
        10:11 li: amend 1 patients=1
        board
        10:12 li: call 上海路 exercise=yes
        10:13 li: amend 2 exercise=no
        10:14 li: amend 2 exercise=yes
        10:15 li: amend 2 patients=0
        10:15 li: amend 2 wanted=0
        10:15 li: amend 2 call={"patient_age_years":131}
        10:15 li: amend 2 call={"acceptance":"yinchuan-1.c1","stretcher":true}
        10:15 li: amend 2 call={"acceptance":"yinchuan-2.c1"}
        "#,
        expect![[r#"
            08:00 region: fleet YC-1
            10:00 li: call 中山北街 by=13995010002 patients=2
                incident 1 opened: 中山北街
                call 1.c1 taken
            10:01 li: call 中山北街 about=1 by=13995010003 patients=4
                call 1.c2 taken
                call 1.c2: repeat
            10:02 li: amend 1 call={"contact_name":"张伟","contact_phone":"13995010004","patient_age_years":67}
                incident 1 amended: {"call":{"acceptance":"1.c1","contact_name":"张伟","contact_phone":"13995010004","patient_age_years":67}}
            10:03 li: amend 1 call={"acceptance":"yinchuan-1.c2","caller_number":null,"patient_count":3}
                incident 1 amended: {"call":{"acceptance":"1.c2","caller_number":null,"patient_count":3}}
            10:04 li: amend 1 call={"contact_name":null,"contact_phone":null,"patient_age_years":null}
                incident 1 amended: {"call":{"acceptance":"1.c1","contact_name":null,"contact_phone":null,"patient_age_years":null}}
            10:05 li: amend 1 wanted=2 patients=1 source=police
                incident 1 amended: {"source":"police","vehicles_wanted":2,"patient_count":1}
            board
                | 1 open, WAITS FOR 2
                |   1.c1 open
                |   1.c2 repeat
                | YC-1 [7] at station since 08:00:00
            10:06 li: amend 1 wanted=1
                incident 1 amended: {"vehicles_wanted":1}
            10:07 li: call 中山北街 about=1 patients=2
                call 1.c3 taken
                call 1.c3: repeat
            10:07 li: send 1 YC-1
                task 1.t1: YC-1 from station, order stands until 10:09:00
                call 1.c1: dispatched
            10:08 li: amend 1 exercise=yes
                ! bad_field: test cannot be set any more: a vehicle was sent or promised
            10:09 YC-1: left_scene 1.t1
                1.t1 left_scene
            10:10 YC-1: finished 1.t1
                1.t1 finished
            board
                | 1 open, CLOSE OR SEND? 1 of 2 patients accounted for
                |   1.c1 dispatched
                |   1.c2 repeat
                |   1.c3 repeat
                |   1.t1 YC-1 finished: created 10:07:00, left_scene 10:09:00, finished 10:10:00
                | YC-1 [6] on the road home from 1.t1 since 10:10:00
            10:11 li: amend 1 patients=1
                incident 1 amended: {"patient_count":1}
                (last_task_ended) incident 1 closed
            board
                | 1 closed by itself
                |   1.c1 dispatched
                |   1.c2 repeat
                |   1.c3 repeat
                |   1.t1 YC-1 finished: created 10:07:00, left_scene 10:09:00, finished 10:10:00
                | YC-1 [6] on the road home from 1.t1 since 10:10:00
            10:12 li: call 上海路 exercise=yes
                incident 2 opened: 上海路
                call 2.c1 taken
            10:13 li: amend 2 exercise=no
                incident 2 amended: {"test":false}
            10:14 li: amend 2 exercise=yes
                incident 2 amended: {"test":true}
            10:15 li: amend 2 patients=0
                ! bad_field: patient_count must be at least 1
            10:15 li: amend 2 wanted=0
                ! bad_field: vehicles must be at least 1
            10:15 li: amend 2 call={"patient_age_years":131}
                ! bad_field: patient_age_years is more than anybody has lived
            10:15 li: amend 2 call={"acceptance":"yinchuan-1.c1","stretcher":true}
                ! bad_field: call_id is not a call of this incident
            10:15 li: amend 2 call={"acceptance":"yinchuan-2.c1"}
                ! bad_field: changes must change something
        "#]],
    );
}
