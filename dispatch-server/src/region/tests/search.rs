use super::{load, ningxia, tiny_dir};
use crate::region::Region;

fn names(region: &Region, query: &str) -> Vec<String> {
    region.search_places(query, None, 5).into_iter().map(|found| found.name_zh).collect()
}

fn first(region: &Region, query: &str) -> String {
    names(region, query).first().cloned().unwrap_or_default()
}

#[test]
fn names_are_found_in_both_scripts_and_in_part() {
    let region = ningxia();
    let cases = [
        ("银川火车站", "银川火车站"),
        ("火车站", "银川火车站"),
        ("yinchuan railway", "银川火车站"),
        ("Dawukou", "大武口区"),
        ("qingtongxia dam", "青铜峡大坝"),
        ("同心县", "同心县"),
        ("沙湖", "沙湖"),
        ("固原市人民医院", "固原市人民医院"),
        ("YC-03", "银川市中医医院急救分站"),
        ("北京中路128号", "北京中路"),
    ];
    for (query, wanted) in cases {
        let found = names(&region, query);
        assert!(found.contains(&wanted.to_owned()), "{query}: {found:?}");
    }
    assert_eq!(first(&region, "鼓楼"), "鼓楼");
    assert_eq!(first(&region, "海原"), "海原县");
}

#[test]
fn a_leading_area_narrows_the_search() {
    let region = ningxia();
    assert_eq!(first(&region, "青铜峡市古城"), "");
    let found = region.search_places("彭阳县古城镇", None, 5);
    assert!(found.len() >= 2, "the town and the township: {found:?}");
    assert!(found.iter().all(|place| place.county_zh == "彭阳县"), "{found:?}");
    let found = region.search_places("吴忠市利通区古城", None, 5);
    assert!(!found.is_empty());
    assert!(found.iter().all(|place| place.county_code == "640302"), "{found:?}");
    assert!(found.iter().all(|place| place.centre == "wuzhong"), "{found:?}");
}

#[test]
fn equally_good_names_come_nearest_first() {
    let region = ningxia();
    let near = |lon, lat| {
        let found = region.search_places("兴隆", Some((lon, lat)), 20);
        let townships = found.into_iter().filter(|place| place.kind == "township");
        townships.map(|place| place.county_zh).next()
    };
    assert_eq!(near(105.7, 35.9).as_deref(), Some("西吉县"));
    assert_eq!(near(105.9, 37.0).as_deref(), Some("同心县"));
}

#[test]
fn a_search_is_bounded_and_silent_on_nonsense() {
    let region = load(&tiny_dir());
    assert!(region.search_places("", None, 10).is_empty());
    assert!(region.search_places("  ··, ", None, 10).is_empty());
    assert!(region.search_places(&"城".repeat(100_000), None, 10).is_empty());
    assert_eq!(region.search_places("湟中", None, 2).len(), 2);
    let found = ningxia().search_places("镇", None, usize::MAX);
    assert_eq!(found.len(), crate::region::MAX_RESULTS);
}
