//! Numbers written in Chinese: 一千一百二十, 一一二零, 百廿, 两百零五点三.

/// What a character counts, as people write and say it; 幺 is said for one.
fn digit(c: char) -> Option<u32> {
    match c {
        '零' | '〇' | '○' => Some(0),
        '一' | '壹' | '幺' => Some(1),
        '二' | '贰' | '貳' | '两' | '兩' => Some(2),
        '三' | '叁' | '參' => Some(3),
        '四' | '肆' => Some(4),
        '五' | '伍' => Some(5),
        '六' | '陆' | '陸' => Some(6),
        '七' | '柒' => Some(7),
        '八' | '捌' => Some(8),
        '九' | '玖' => Some(9),
        _ => None,
    }
}

fn unit(c: char) -> Option<u32> {
    match c {
        '十' | '拾' => Some(10),
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1000),
        _ => None,
    }
}

/// Two tens and three in one character, as in 百廿 and 卅五.
fn tens(c: char) -> Option<u32> {
    match c {
        '廿' => Some(20),
        '卅' => Some(30),
        '卌' => Some(40),
        _ => None,
    }
}

fn is_numeral(c: char) -> bool {
    digit(c).or(unit(c)).or(tens(c)).is_some()
}

/// The text with each number in Chinese written in digits. What is no number, such as 百百, stays.
pub(super) fn in_digits(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_numeral) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c| !is_numeral(c)).unwrap_or(from.len());
        let (number, after) = from.split_at(end);
        written.push_str(before);
        written.push_str(&value(number).unwrap_or_else(|| number.to_owned()));
        rest = after;
        // 点 between two numbers is a point, and single digits follow it.
        let behind_point = rest.strip_prefix('点').or_else(|| rest.strip_prefix('點'));
        if let Some((digits, after)) = behind_point.and_then(single_digits) {
            written.push('.');
            written.push_str(&digits);
            rest = after;
        }
    }
    written + rest
}

/// The digits at the front of a text and what follows them; `None` without any.
fn single_digits(text: &str) -> Option<(String, &str)> {
    let end = text.find(|c| digit(c).is_none()).unwrap_or(text.len());
    let digits = text[..end].chars().filter_map(digit).map(|it| it.to_string()).collect();
    (end > 0).then(|| (digits, &text[end..]))
}

fn value(number: &str) -> Option<String> {
    if number.chars().all(|c| digit(c).is_some()) {
        return single_digits(number).map(|(digits, _)| digits);
    }
    counted(number).map(|value| value.to_string())
}

/// A number with its units, which fall. The unit behind the last digit may be left out (一千一 is 1100), unless
/// 零 stands before it, and so may 一 before a unit.
fn counted(number: &str) -> Option<u32> {
    let (mut value, mut last_unit, mut pending, mut skipped) = (0, 10_000, None, false);
    for c in number.chars() {
        if let Some(tens) = tens(c) {
            if pending.is_some() || last_unit <= 10 {
                return None;
            }
            (value, last_unit) = (value + tens, 10);
        } else if let Some(unit) = unit(c) {
            if unit >= last_unit {
                return None;
            }
            (value, last_unit) = (value + pending.take().unwrap_or(1) * unit, unit);
            skipped = false;
        } else {
            match digit(c)? {
                _ if pending.is_some() => return None,
                0 => skipped = true,
                digit => pending = Some(digit),
            }
        }
    }
    let unit_left_out = if skipped || last_unit <= 10 { 1 } else { last_unit / 10 };
    Some(value + pending.unwrap_or(0) * unit_left_out)
}

#[cfg(test)]
mod tests {
    use super::in_digits;

    #[test]
    fn numbers_as_people_write_and_say_them() {
        for (written, digits) in [
            ("一千一百二十公里", "1120公里"),
            ("k一百二十加三百", "k120加300"),
            ("一一二〇公里", "1120公里"),
            ("幺幺二零", "1120"),
            ("百廿公里", "120公里"),
            ("一百廿三", "123"),
            ("卅五", "35"),
            ("两百零五公里", "205公里"),
            ("一千零二十", "1020"),
            ("一千零二", "1002"),
            ("一千一", "1100"),
            ("一百二", "120"),
            ("一千一百二", "1120"),
            ("十公里", "10公里"),
            ("二十", "20"),
            ("一百二十点三公里", "120.3公里"),
            ("壹仟壹佰贰拾", "1120"),
            ("兩百", "200"),
            ("三百米", "300米"),
            ("1120公里", "1120公里"),
            ("百百", "百百"),
            ("一二百", "一二百"),
            ("八点到", "8点到"),
            ("", ""),
        ] {
            assert_eq!(in_digits(written), digits, "{written}");
        }
    }
}
