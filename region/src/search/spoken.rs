//! Names as people say them: the town of a county, a railway station without "railway", an airport without its city.

/// What stands before 站 where no train stops.
const OTHER_STATIONS: [char; 6] = ['运', '车', '费', '油', '务', '查'];

/// How surely a name is a place's own; the least comes first among places that fit alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Named {
    /// It stands in the data.
    Written,
    /// People say it so.
    Said,
    /// People may mean this place or another of its town.
    Perhaps,
}

/// What else a place is called, made from its Chinese name by its kind.
pub(super) fn spoken(kind: &str, name: &str) -> Vec<(String, Named)> {
    let said = match kind {
        "county_seat" => town(name),
        "transport" => traffic(name),
        _ => Vec::new(),
    };
    let perhaps = (kind == "transport").then(|| fast_trains(name)).flatten();
    let said = said.into_iter().map(|name| (name, Named::Said));
    said.chain(perhaps.map(|name| (name, Named::Perhaps))).collect()
}

/// Which of a city's stations has the fast trains is not told: 灵武北站 may be 灵武高铁站.
fn fast_trains(name: &str) -> Option<String> {
    let town = name.strip_suffix('站')?.strip_suffix(['东', '南', '西', '北'])?;
    (town.chars().count() >= 2).then(|| format!("{town}高铁站"))
}

/// 海原县城, 灵武市区, 银川城区: the town itself.
fn town(name: &str) -> Vec<String> {
    let endings: &[&str] = match name.chars().last() {
        Some('县') => &["城", "城里", "城区"],
        Some('市') => &["区", "里", "城区"],
        Some('区') => &["城区"],
        _ => return ["县城", "市区", "城区"].map(|ending| format!("{name}{ending}")).into(),
    };
    endings.iter().map(|ending| format!("{name}{ending}")).collect()
}

/// 银川站 for 银川火车站 and 中卫火车站 for 中卫站, 客运站 for a coach station, 河东机场 for 银川河东国际机场.
fn traffic(name: &str) -> Vec<String> {
    if let Some(city) = name.strip_suffix("火车站") {
        return vec![format!("{city}站"), format!("{city}高铁站")];
    }
    if let Some(city) = name.strip_suffix("汽车站") {
        return ["客运站", "长途汽车站"].map(|ending| format!("{city}{ending}")).into();
    }
    if let Some(city) = name.strip_suffix('站').filter(|it| !it.ends_with(OTHER_STATIONS)) {
        return ["火车站", "高铁站"].map(|ending| format!("{city}{ending}")).into();
    }
    let Some(own) = name.strip_suffix("国际机场").or_else(|| name.strip_suffix("机场"))
    else {
        return Vec::new();
    };
    // A city's airport carries the name of its field after the city's: 银川 河东, 中卫 沙坡头, 固原 六盘山.
    let field: String = own.chars().skip(2).collect();
    let fields = if field.is_empty() { vec![own.to_owned()] } else { vec![own.to_owned(), field] };
    fields.iter().map(|field| format!("{field}机场")).collect()
}
