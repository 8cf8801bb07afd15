use super::{load, ningxia, tiny_dir};
use crate::Region;

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
    assert!(found.iter().all(|place| place.county_en == "Pengyang County"), "{found:?}");
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
    assert!(ningxia().search_places(&"与 和".repeat(100_000), None, 10).is_empty());
    assert_eq!(region.search_places("湟中", None, 2).len(), 2);
    let found = ningxia().search_places("镇", None, usize::MAX);
    assert_eq!(found.len(), crate::MAX_RESULTS);
}

/// Queries as people type and say them, and what must come first; `!` before what must not.
const TYPED: &[(&str, &str)] = &[
    ("银川市第一人民医院门口", "银川市第一人民医院"),
    ("贺兰县人民医院急诊科", "贺兰县人民医院"),
    ("石嘴山市第二人民医院门口", "石嘴山市第二人民医院"),
    ("中卫市人民医院住院部3楼", "中卫市人民医院"),
    ("银川火车站南广场", "银川火车站"),
    ("宁夏银川市兴庆区解放西街2号", "解放西街"),
    ("宁夏回族自治区银川市兴庆区解放西街2号", "解放西街"),
    ("银川解放西街", "解放西街"),
    ("银川市解放西街２号", "解放西街"),
    ("固原三营", "三营"),
    ("固原市三营镇", "三营"),
    ("中卫海原", "海原县"),
    ("盐池大水坑镇", "大水坑镇"),
    ("灵武东塔", "东塔"),
    ("吴忠 红寺堡", "红寺堡区"),
    ("宁安大街", "!中宁县"),
    ("滨河大道", "!滨河"),
    ("滨河小区", "!滨河"),
    ("固原路", "!原州区"),
    ("固原东路18号", "!原州区"),
    ("海城路", "!海原县"),
    ("三营路", "!三营"),
    ("Ningan Dajie", "!中宁县"),
    ("Ｙｉｎｃｈｕａｎ", "兴庆区"),
    ("Yín chuān", "兴庆区"),
    ("賀蘭縣", "贺兰县"),
    ("銀川市第一人民醫院", "银川市第一人民医院"),
    ("银川市第一人民医院", "银川市第一人民医院"),
    ("同心北街", "同心北街"),
    ("三河", "三河镇"),
    ("三河镇", "三河镇"),
    ("灵武市", "灵武市"),
    ("海原县城", "海原县"),
    ("盐池县城里", "盐池县"),
    ("灵武市区", "灵武市"),
    ("银川市区", "兴庆区"),
    ("固原城区", "原州区"),
    ("海原县城政府街", "海原县城政府街"),
    ("银川站", "银川火车站"),
    ("银川站出站口", "银川火车站"),
    ("银川高铁站", "银川火车站"),
    ("中卫火车站", "中卫站"),
    ("固原火车站出站口", "固原站"),
    ("中卫南火车站", "中卫南站"),
    ("灵武高铁站", "灵武北站"),
    ("河东机场", "银川河东国际机场"),
    ("河东机场2号航站楼", "银川河东国际机场"),
    ("沙坡头机场", "中卫沙坡头机场"),
    ("银川镇北堡", "镇北堡镇"),
    ("西夏镇北堡西部影城", "镇北堡西部影城"),
    ("银川市区解放西街", "解放西街"),
    ("中卫城区文昌南街", "文昌南街"),
    ("固原市城区中山街", "中山街"),
    ("宁夏自治区银川市解放西街", "解放西街"),
    ("宁夏省固原市三营", "三营"),
    ("惠农街道", "!惠农区"),
    ("宁安里3号楼", "!中宁县"),
    ("海原口腔医院", "!海原县"),
    ("鼓楼十字", "鼓楼"),
    ("彭阳县城阳门口", "城阳"),
    ("解放西街路口", "解放西街"),
    ("银川市第一人民医院路口", "银川市第一人民医院"),
    ("沙湖停车场", "沙湖"),
    ("固原市政府停车场", "固原市政府"),
    ("海城路口", "!海原县"),
    ("海城停车场", "!海原县"),
    ("文化街", "文化街街道"),
    ("固原文化街", "文化街"),
    ("胜利路", "胜利路"),
    ("同心", "同心县"),
    ("沙湖这里", "沙湖"),
    ("闽宁那边", "闽宁"),
    ("星海湖一带", "星海湖"),
    ("固原市政府隔壁", "固原市政府"),
    ("我在沙湖", "沙湖"),
    ("我们现在就在沙湖大门", "沙湖"),
    ("地址是解放西街2号", "解放西街"),
    ("北武当庙（大武口区）", "北武当庙"),
    ("固原市人民医院（新院）门口", "固原市人民医院"),
    ("在固原路", "!原州区"),
    ("人民医院（西吉县）", "西吉县人民医院"),
    ("银川市火车站", "银川火车站"),
    ("银川市火车站南广场", "银川火车站"),
    ("中卫市火车站", "中卫站"),
    ("石嘴山市火车站", "石嘴山火车站"),
    ("固原市火车站", "固原站"),
    ("海原县汽车站", "海原汽车站"),
    ("中卫市鼓楼", "中卫鼓楼"),
    ("宁夏人民医院门诊", "宁夏回族自治区人民医院"),
    ("寧夏銀川火車站", "银川火车站"),
    ("银 川 火 车 站", "银川火车站"),
    ("Gùyuán", "原州区"),
    ("盐池巷", "!盐池县"),
    ("平罗路12号", "!平罗县"),
    ("隆德宾馆", "!隆德县"),
    ("沙湖大酒店", "!沙湖"),
    ("吴忠市盐池县大水坑", "大水坑镇"),
    ("怀远西路88号院3栋2单元", "怀远西路"),
    ("在沙湖呢", "沙湖"),
    ("麻烦快来沙湖吧", "沙湖"),
    ("yinchuanhuochezhan", "银川火车站"),
    ("yinchuan huochezhan", "银川火车站"),
    ("ychcz", "银川火车站"),
    ("YCHCZ", "银川火车站"),
    ("guyuanshirenminyiyuan", "固原市人民医院"),
    ("shahu", "沙湖"),
    ("解放街与正源街路口", "解放街与正源街路口"),
    ("银川市解放西街和凤凰北街交叉口", "解放街与凤凰街路口"),
    ("北京中路正源街", "!解放街与正源街路口"),
    ("解放街、民族街十字", "解放街与民族街路口"),
    ("G109和黄河路路口北侧", "国道109线与黄河路路口"),
    ("在北京路跟丽景街的路口", "北京路与丽景街路口"),
    ("沙湖与鼓楼", "!沙湖与鼓楼路口"),
];

#[test]
fn addresses_as_they_are_typed() {
    let region = ningxia();
    for (query, wanted) in TYPED {
        // As a seat in Yinchuan asks.
        let found = region.search_places(query, Some((106.27, 38.47)), 5);
        let first = found.first().map(|place| place.name_zh.as_str()).unwrap_or_default();
        match wanted.strip_prefix('!') {
            Some(wrong) => assert_ne!(first, wrong, "{query}"),
            None => assert_eq!(first, *wanted, "{query}"),
        }
    }
}

#[test]
fn no_place_carries_the_name_of_a_township_far_from_it() {
    let region = ningxia();
    let base = |name: &str| {
        let short = ["镇", "乡", "街道"].iter().find_map(|it| name.strip_suffix(it));
        short.filter(|it| it.chars().count() >= 2).unwrap_or(name).to_owned()
    };
    for place in &region.places {
        for name in &place.other_names {
            let named: Vec<f64> = region
                .townships
                .iter()
                .filter(|township| base(&township.name_zh) == base(name))
                .map(|township| township.position.metres_to(place.position))
                .collect();
            let near = named.iter().any(|metres| *metres < 10_000.0);
            assert!(named.is_empty() || near, "{} is also called {name}: {named:?}", place.name_zh);
        }
    }
}
