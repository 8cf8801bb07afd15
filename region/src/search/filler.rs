//! What people say around an address and what says nothing of the place: 我在沙湖, 北武当庙（大武口区）.

/// Words before an address, as they are typed while a caller speaks.
const BEFORE: [&str; 22] = [
    "我们", "我", "现在", "家住", "家在", "住在", "就", "在", "位于", "位置", "地址", "地点",
    "这里", "这边", "是", "到", "快点", "快", "赶紧", "麻烦", "请", "来",
];
/// What is said after it.
const AFTER: [char; 9] = ['呢', '啊', '呀', '吧', '哦', '嘛', '哩', '咧', '了'];
/// No name is shorter.
const LEAST_CHARS: usize = 2;

/// The query without the words before the address: first with what stands in brackets at its front, as the area of
/// 人民医院（西吉县） is written elsewhere, then without it. Nothing where there are neither words nor brackets.
pub(super) fn without_filler(query: &str) -> Vec<String> {
    let (inside, outside) = by_brackets(query);
    let spoken = |c: char| AFTER.contains(&c) || !c.is_alphanumeric();
    let mut rest = outside.trim_end_matches(spoken);
    while let Some(after) = BEFORE.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = after.trim_start_matches(|c: char| !c.is_alphanumeric());
    }
    if rest.chars().count() < LEAST_CHARS || rest == query.trim() {
        return Vec::new();
    }
    let with_area = (!inside.is_empty()).then(|| format!("{inside}{rest}"));
    with_area.into_iter().chain([rest.to_owned()]).collect()
}

fn by_brackets(query: &str) -> (String, String) {
    let mut depth = 0_usize;
    let (mut inside, mut outside) = (String::new(), String::new());
    for c in query.chars() {
        match c {
            '（' | '(' | '【' | '[' => depth += 1,
            '）' | ')' | '】' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => inside.push(c),
        }
    }
    (inside, outside)
}

#[cfg(test)]
mod tests {
    use super::without_filler;

    #[test]
    fn what_says_nothing_of_the_place() {
        for (query, rest) in [
            ("我在沙湖", &["沙湖"] as &[&str]),
            ("我们现在就在：沙湖", &["沙湖"]),
            ("地址是 解放西街2号", &["解放西街2号"]),
            ("在北武当庙（大武口区）", &["大武口区北武当庙", "北武当庙"]),
            ("北武当庙(大武口区", &["大武口区北武当庙", "北武当庙"]),
            ("在沙湖呢！", &["沙湖"]),
            ("麻烦快点来沙湖吧", &["沙湖"]),
            ("沙湖", &[]),
            ("我在", &[]),
            ("（沙湖）", &[]),
        ] {
            assert_eq!(without_filler(query), rest, "{query}");
        }
    }
}
