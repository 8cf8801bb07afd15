//! Names as people say them: the town of a county, a railway station without "railway", an airport without its city.

/// What else a place is called, made from its Chinese name by its kind.
pub(super) fn spoken(kind: &str, name: &str) -> Vec<String> {
    match kind {
        "county_seat" => town(name),
        "transport" => traffic(name),
        _ => Vec::new(),
    }
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

/// 银川站 for 银川火车站, 客运站 for a coach station, 河东机场 for 银川河东国际机场.
fn traffic(name: &str) -> Vec<String> {
    if let Some(city) = name.strip_suffix("火车站") {
        return vec![format!("{city}站"), format!("{city}高铁站")];
    }
    if let Some(city) = name.strip_suffix("汽车站") {
        return ["客运站", "长途汽车站"].map(|ending| format!("{city}{ending}")).into();
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
