use super::broken::{copy_of_tiny, sentences};
use super::ningxia;
use crate::Region;
use dispatch_core::model::Wgs84;
use std::fs;

#[test]
fn a_kilometre_is_found_however_it_is_said() {
    let region = ningxia();
    let (place, error_m) = region.posts[0].at(1120.0).expect("between the known posts");
    assert!(error_m >= 3000, "{error_m}");
    for query in [
        "G6 K1120",
        "g6k1120",
        "G6 1120公里",
        "京藏高速1120公里",
        "京藏高速公路1120公里处",
        "G6京藏高速 K1120",
        "京藏高速G6 1120km",
        "Ｇ６　Ｋ１１２０",
        "京藏1120公里",
        "G6京藏高速往兰州方向K1120附近",
        "G6 1120",
        "京藏高速桩号K1120+000",
        "G6 1120公里+0米",
        "京藏高速一千一百二十公里",
        "京藏高速一一二零公里处",
        "京藏高速K一千一百二十",
        "g6幺幺二〇公里",
        "京藏高速第3标段1120公里",
        "京藏高速一千一百二",
    ] {
        let found = region.search_places(query, None, 5);
        let first = found.first().unwrap_or_else(|| panic!("{query}: nothing"));
        assert_eq!(first.kind, "kilometre_post", "{query}: {found:?}");
        assert_eq!(first.position, place, "{query}");
        assert_eq!(first.error_radius_m, Some(error_m));
        assert_eq!(first.name_zh, "G6京藏高速 K1120（约，±5公里）");
        assert_eq!(first.name_en, "G6 Jingzang Expressway K1120 (approximate, ±5 km)");
        assert_eq!((first.centre.as_str(), first.county_zh.as_str()), ("shizuishan", "平罗县"));
    }
    let with_metres = [
        "G6京藏高速 K1120+300",
        "京藏高速1120公里300米",
        "G6 1120.3公里",
        "京藏高速1120公里加300米",
        "京藏高速一千一百二十公里三百米",
        "k一千一百二十加三百 京藏高速",
        "京藏高速一千一百二十点三公里",
    ];
    for query in with_metres {
        let found = region.search_places(query, None, 5);
        assert!(found[0].name_zh.starts_with("G6京藏高速 K1120+300（约"), "{query}: {found:?}");
        let metres = found[0].position.metres_to(place);
        assert!((200.0..400.0).contains(&metres), "{query}: {metres}");
    }
}

#[test]
fn posts_stand_where_notices_place_them_and_their_numbers_rise_along_the_road() {
    let region = ningxia();
    let at = |query: &str| region.search_places(query, None, 1)[0].position;
    let near = |query: &str, lon: f64, lat: f64| {
        let metres = at(query).metres_to(Wgs84 { lon, lat });
        assert!(metres < 10.0, "{query}: {metres} m");
    };
    near("G6 K1080", 106.735, 39.345);
    near("G6 K1278", 105.995, 37.7);
    near("G2012 K0", 107.37, 37.818);
    near("定武高速273.6公里", 104.47, 37.462);
    near("青兰高速K1649", 105.825, 35.555);
    for (road, first, last) in [("G6", 1080, 1404), ("G2012", 0, 273), ("G22", 1605, 1649)] {
        let places: Vec<Wgs84> = (first..=last).map(|km| at(&format!("{road} K{km}"))).collect();
        for pair in places.windows(2) {
            // A kilometre by the signs is one on the ground, less what bends cut off.
            let metres = pair[0].metres_to(pair[1]);
            assert!((700.0..1100.0).contains(&metres), "{road}: {metres} m");
        }
    }
}

#[test]
fn what_is_no_kilometre_of_a_known_road_is_not_made_one() {
    let region = ningxia();
    for query in [
        "G6",
        "京藏高速",
        "K1120",
        "1120公里",
        "G6 K900",
        "G6 K5000",
        "G60 K1120",
        "G2012 K274",
        "京藏高速88号院",
        "京藏高速八十八号院",
        "京藏高速88号院1120",
        "京藏高速三号桥",
        "一千一百二十公里",
        "G6 12345公里",
        "国道109线1120公里",
        "解放西街1120号",
    ] {
        let found = region.search_places(query, None, 5);
        assert!(found.iter().all(|place| place.kind != "kilometre_post"), "{query}: {found:?}");
    }
}

/// Nobody waits for a kilometre that is in no file: the answer names the road, and what is known of it.
#[test]
fn a_kilometre_that_nobody_knows_is_said_to_be_unknown() {
    let shipped = ningxia();
    let without = copy_of_tiny();
    let tiny = Region::load(without.path()).unwrap();
    let road = tiny.roads.iter().find(|road| !road.number.is_empty()).unwrap();
    let told = |region: &Region, query: &str| {
        let unknown = region.unknown_kilometre(query)?;
        Some((unknown.number, unknown.known_km.is_some()))
    };
    for query in ["{} 1088公里", "{}的1088公里300米处", "{} K1088+300"] {
        let query = query.replace("{}", &road.number);
        assert_eq!(told(&tiny, &query), Some((road.number.clone(), false)), "{query}");
    }
    assert_eq!(told(&tiny, &road.number), None, "no kilometre was asked for");
    assert_eq!(told(&shipped, "G6 K5000"), Some(("G6".to_owned(), true)), "beyond its posts");
    assert_eq!(told(&shipped, "G6 1120公里"), None, "it is known");
    assert_eq!(told(&shipped, "国道109线1120公里"), Some(("G109".to_owned(), false)));
    for query in ["解放西街1120号", "京藏高速88号院", "一千一百二十公里", ""] {
        assert_eq!(told(&shipped, query), None, "{query}");
    }
}

#[test]
fn posts_that_cannot_be_are_refused_with_their_line() {
    let head = "road,km,place,error_m,basis,source\n";
    let tiny = "S104";
    for (rows, wanted) in [
        ("G999,1,麻黄沟,100,approximate,s\n", "line 2: no road of roads.csv has the number G999"),
        (&*format!("{tiny},x,城中区,100,approximate,s\n"), "line 2: km \"x\" is no kilometre"),
        (&*format!("{tiny},1,城中区,90000,approximate,s\n"), "line 2: error_m is more than 50000"),
        (
            &*format!("{tiny},1,城中区,0,approximate,s\n"),
            "line 2: error_m \"0\" is not a whole number",
        ),
        (&*format!("{tiny},1,,100,approximate,s\n"), "line 2: place is empty"),
    ] {
        let dir = copy_of_tiny();
        fs::write(dir.path().join("kilometre_posts.csv"), format!("{head}{rows}")).unwrap();
        let told = sentences(dir.path());
        assert!(told.iter().any(|it| it.contains(wanted)), "{rows}: {told:?}");
    }
}
