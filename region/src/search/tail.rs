//! What may follow a known name in an address, so that the name is still what is meant: 门口 after a
//! hospital is its door, but 大街 after a town is a street somewhere else.

/// Words that make a road or an area of the name before them.
const ROADS_AND_AREAS: [&str; 17] = [
    "大街",
    "大道",
    "公路",
    "高速",
    "快速路",
    "街",
    "路",
    "道",
    "巷",
    "胡同",
    "里弄",
    "市",
    "县",
    "区",
    "镇",
    "乡",
    "自治区",
];
/// Words that make another place of a whole name.
const OTHER_PLACES: [&str; 9] =
    ["分院", "分校", "分店", "分部", "分站", "分局", "支行", "小区", "社区"];
/// The last characters of names that are whole by themselves. Settlements are not among them: what
/// follows the name of a town is mostly the name of something in it.
const WHOLE_ENDINGS: [&str; 25] = [
    "街", "路", "道", "巷", "院", "所", "站", "园", "场", "校", "学", "寺", "桥", "楼", "馆", "厂",
    "店", "局", "心", "苑", "厦", "景区", "小区", "水库", "大坝",
];
const WHOLE_ENDINGS_LATIN: [&str; 10] = [
    "road",
    "street",
    "avenue",
    "station",
    "hospital",
    "park",
    "square",
    "airport",
    "school",
    "university",
];
/// The last characters of names after which 路口 is a crossing there; after others it is the end of a road that is
/// named after them: 海城路口 is in no 海城.
const NAMED_ENDINGS: [&str; 9] = ["镇", "乡", "街道", "村", "府", "塔", "阁", "庙", "宫"];
const CROSSING: &str = "路口";
/// Beside a sight or a house; with the name of a town before it, it may be anywhere.
const CAR_PARK: &str = "停车场";
/// What stands at a place rather than being named after it.
const BESIDE: [&str; 54] = [
    "门口",
    "附近",
    "旁",
    "边上",
    "对面",
    "对过",
    "里面",
    "里头",
    "内",
    "外面",
    "门前",
    "门外",
    "十字",
    "往",
    "向",
    "前面",
    "后面",
    "城区",
    "县城",
    "城里",
    "街上",
    "镇上",
    "政府",
    "派出所",
    "卫生院",
    "收费站",
    "服务区",
    "出口",
    "入口",
    "景区",
    "游客中心",
    "这里",
    "这儿",
    "这边",
    "这块",
    "那里",
    "那儿",
    "那边",
    "跟前",
    "隔壁",
    "周围",
    "周边",
    "一带",
    "斜对面",
    "大门",
    "正门",
    "后门",
    "侧门",
    "楼下",
    "大厅",
    "大堂",
    "售票",
    "检票口",
    "楼上",
];
const DIRECTIONS: [char; 4] = ['东', '西', '南', '北'];
const SIDES: [char; 8] = ['侧', '面', '边', '门', '头', '口', '部', '角'];
const NUMERALS: [char; 12] =
    ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '零'];
/// What a number in Chinese characters counts in an address.
const COUNTED: [&str; 13] =
    ["号", "栋", "幢", "楼", "单元", "层", "室", "队", "组", "期", "区", "米", "公里"];

/// Whether a rest goes on to the name of a road or an area.
pub(super) fn names_a_road_or_area(rest: &str) -> bool {
    ROADS_AND_AREAS.iter().any(|word| rest.starts_with(word))
}

/// Whether `key`, a settlement or something else, is still what is meant when `tail` follows it. Both are normal
/// texts.
pub(super) fn belongs_to(key: &str, tail: &str, is_settlement: bool) -> bool {
    if key.is_ascii() {
        let whole = WHOLE_ENDINGS_LATIN.iter().any(|ending| key.ends_with(ending));
        return whole || tail.starts_with(|c: char| c.is_ascii_digit());
    }
    // A name of two characters is a town's far more often than it is whole.
    let whole =
        key.chars().count() >= 3 && WHOLE_ENDINGS.iter().any(|ending| key.ends_with(ending));
    let named =
        whole || (key.chars().count() >= 3 && NAMED_ENDINGS.iter().any(|it| key.ends_with(it)));
    if (named && tail.starts_with(CROSSING)) || (!is_settlement && tail.starts_with(CAR_PARK)) {
        return true;
    }
    if whole {
        let goes_on = ROADS_AND_AREAS.iter().chain(&OTHER_PLACES).any(|it| tail.starts_with(it));
        !goes_on
    } else {
        key.chars().count() >= 2 && is_beside(tail)
    }
}

/// B座, A区: a part of a house or of an estate.
fn is_lettered(tail: &str) -> bool {
    let after = tail.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    after.len() < tail.len()
        && ["座", "区", "栋", "幢", "楼", "馆", "口"].iter().any(|it| after.starts_with(it))
}

fn is_beside(tail: &str) -> bool {
    let counted = tail.trim_start_matches(NUMERALS);
    tail.starts_with(|c: char| c.is_ascii_digit())
        || BESIDE.iter().any(|word| tail.starts_with(word))
        || tail == "口"
        || (counted.len() < tail.len() && COUNTED.iter().any(|it| counted.starts_with(it)))
        || is_a_side(tail)
        || is_lettered(tail)
}

/// 西侧 and 北 alone are beside the place; 西路 is a road.
fn is_a_side(tail: &str) -> bool {
    let after = tail.trim_start_matches(DIRECTIONS);
    after.len() < tail.len() && (after.is_empty() || after.starts_with(SIDES))
}

#[cfg(test)]
mod tests {
    use super::belongs_to;

    #[test]
    fn what_is_beside_a_place_and_what_is_another() {
        for (key, tail) in [
            ("银川市第一人民医院", "门口"),
            ("中卫市人民医院", "住院部3楼"),
            ("解放西街", "2号"),
            ("鼓楼", "西侧3号楼2单元"),
            ("鼓楼", "北"),
            ("三营", "七队"),
            ("大水坑镇", "卫生院"),
            ("海原", "县城"),
            ("鼓楼", "十字"),
            ("解放西街", "路口"),
            ("三营镇", "路口"),
            ("鼓楼", "往东两百米"),
            ("沙湖", "这里"),
            ("三营", "隔壁"),
            ("固原市政府", "后门"),
            ("固原市政府", "大厅"),
            ("沙湖", "售票处"),
            ("大阅城", "b座"),
            ("阅海万家", "a区3号楼"),
        ] {
            assert!(belongs_to(key, tail, true), "{key}{tail}");
        }
        for (key, tail) in [
            ("宁安", "大街"),
            ("滨河", "大道"),
            ("固原", "路"),
            ("固原", "东路"),
            ("海城", "小区"),
            ("固原", "三营"),
            ("银川市第一人民医院", "分院"),
            ("ningan", "dajie"),
            ("宁安", "里3号楼"),
            ("固原", "口腔医院"),
            ("海城", "路口"),
            ("大武口", "路口"),
            ("海城", "停车场"),
        ] {
            assert!(!belongs_to(key, tail, true), "{key}{tail}");
        }
    }
}
