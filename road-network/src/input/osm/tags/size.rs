//! Limits of height, width, length and weight against the size of an ambulance.

use super::Tags;

/// An ambulance of the van class on Chinese roads (Transit, Iveco Daily, Sprinter) with its roof
/// lights: about 2.0 m wide without mirrors, 2.7 m high, 5.5 m long, 3.5 t with crew and patient.
const WIDTH_M: f64 = 2.0;
const HEIGHT_M: f64 = 2.7;
const LENGTH_M: f64 = 5.5;
const WEIGHT_T: f64 = 3.5;
/// The rear axle carries a little more than half of it.
const AXLE_T: f64 = 2.0;

/// How deep a van wades: to the middle of its wheels.
const DEPTH_M: f64 = 0.4;

const HEIGHTS: [&str; 4] =
    ["maxheight:physical", "maxheight", "maxheight:legal", "maxheight:marked"];
const WIDTHS: [&str; 3] = ["maxwidth:physical", "maxwidth", "maxwidth:legal"];
/// How wide a way is. Not a sign, but where less is paved than a vehicle is wide it cannot drive.
const WAY_WIDTHS: [&str; 3] = ["width:carriageway", "width", "est_width"];
const WEIGHTS: [&str; 3] = ["maxweight", "maxweightrating", "maxgcweight"];

/// Whether a way or a node lets less through than an ambulance is wide, high, long or heavy.
pub(super) fn too_small(tags: &Tags<'_>) -> bool {
    signs_too_small(tags) || less(tags, &WAY_WIDTHS, metres, WIDTH_M) || every_lane_too_small(tags)
}

/// Whether a ford, of a way or at a point, is deeper than a van wades.
pub(super) fn too_deep(tags: &Tags<'_>) -> bool {
    let ford = tags.get("ford").is_some_and(|it| it != "no") || tags.get("highway") == Some("ford");
    let metres = |key| tags.get(key).and_then(metres);
    ford && metres("depth").or_else(|| metres("ford:depth")).is_some_and(|it| it > DEPTH_M)
}

/// Limits signed lane by lane stop a vehicle only where no lane lets it through.
fn every_lane_too_small(tags: &Tags<'_>) -> bool {
    let widest = |key: &str, read: fn(&str) -> Option<f64>| -> Option<f64> {
        let lanes: Option<Vec<f64>> = tags.get(key)?.split('|').map(|it| read(it.trim())).collect();
        lanes?.into_iter().max_by(f64::total_cmp)
    };
    widest("maxheight:lanes", metres).is_some_and(|it| it < HEIGHT_M)
        || widest("maxwidth:lanes", metres).is_some_and(|it| it < WIDTH_M)
        || widest("maxweight:lanes", tonnes).is_some_and(|it| it < WEIGHT_T)
}

/// Whether what is signed for one direction alone (`forward`, `backward`) is too small for an ambulance.
pub(super) fn too_small_towards(tags: &Tags<'_>, direction: &str) -> bool {
    let signed = |key: &str, read, needed| {
        let key = format!("{key}:{direction}");
        less(tags, &[key.as_str()], read, needed)
    };
    HEIGHTS.iter().any(|key| signed(key, metres, HEIGHT_M))
        || WIDTHS.iter().any(|key| signed(key, metres, WIDTH_M))
        || WEIGHTS.iter().any(|key| signed(key, tonnes, WEIGHT_T))
}

/// The same for a node, where `width` and `height` are those of the barrier: the opening of some
/// kinds, the thing itself of others.
pub(super) fn opening_too_small(tags: &Tags<'_>) -> bool {
    let opening = matches!(
        tags.get("barrier"),
        Some(
            "gate"
                | "lift_gate"
                | "swing_gate"
                | "sliding_gate"
                | "entrance"
                | "width_restrictor"
                | "height_restrictor"
                | "sally_port"
                | "arch"
        )
    );
    let restrictor = tags.get("barrier") == Some("height_restrictor");
    let choker = tags.get("traffic_calming") == Some("choker");
    signs_too_small(tags)
        || ((opening || choker) && less(tags, &["width"], metres, WIDTH_M))
        || (restrictor && less(tags, &["height"], metres, HEIGHT_M))
}

fn signs_too_small(tags: &Tags<'_>) -> bool {
    less(tags, &HEIGHTS, metres, HEIGHT_M)
        || less(tags, &WIDTHS, metres, WIDTH_M)
        || less(tags, &["maxlength"], metres, LENGTH_M)
        || WEIGHTS.iter().any(|key| less(tags, &[key], tonnes, WEIGHT_T))
        || less(tags, &["maxaxleload"], tonnes, AXLE_T)
}

/// Whether the first of the keys that can be read names less than is needed. A list names what
/// holds in parts of the way; the least of them decides.
fn less(tags: &Tags<'_>, keys: &[&str], read: fn(&str) -> Option<f64>, needed: f64) -> bool {
    let least = |key: &&str| {
        tags.get(key)?.split([';', '|']).filter_map(|it| read(it.trim())).min_by(f64::total_cmp)
    };
    keys.iter().find_map(least).is_some_and(|allowed| allowed < needed)
}

/// Metres from `2`, `2.0 m`, `2,2`, `200 cm`, `6'7"`, `6 ft 7 in`, `~2.2`, and the less of `2.0-2.4`; `None` for
/// `default` and the like.
fn metres(text: &str) -> Option<f64> {
    const FOOT_M: f64 = 0.304_8;
    const INCH_M: f64 = 0.025_4;
    let (number, unit) = amount(text)?;
    match unit.as_str() {
        // Nothing is a hundred metres high or wide: whoever wrote that meant centimetres.
        "" if number >= 100.0 => Some(number / 100.0),
        "" | "m" | "m." | "mtr" | "mtrs" | "mts" | "meter" | "meters" | "metre" | "metres"
        | "米" | "公尺" => Some(number),
        "cm" | "厘米" | "公分" => Some(number / 100.0),
        "mm" | "毫米" => Some(number / 1_000.0),
        inch if is_inch(inch) => Some(number * INCH_M),
        parts if split_metres(parts).is_some() => split_metres(parts).map(|rest| number + rest),
        feet => {
            let rest =
                ["feet", "foot", "ft.", "ft", "'"].iter().find_map(|it| feet.strip_prefix(it))?;
            let inches = match rest.trim() {
                "" => 0.0,
                rest => amount(rest).filter(|(_, unit)| is_inch(unit))?.0,
            };
            Some(number * FOOT_M + inches * INCH_M)
        }
    }
}

fn is_inch(unit: &str) -> bool {
    matches!(unit, "" | "in" | "in." | "inch" | "inches" | "\"" | "''")
}

/// The centimetres behind the letter in `2m20` and 2米2, in metres.
fn split_metres(unit: &str) -> Option<f64> {
    let digits = unit.strip_prefix('m').or_else(|| unit.strip_prefix('米'))?;
    let are_digits =
        (1..=2).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit());
    are_digits.then(|| format!("0.{digits}").parse().ok())?
}

/// Tonnes from `3.5`, `3.5 t`, `3500 kg`, `7,700 lbs`, `4 st` (short tons).
fn tonnes(text: &str) -> Option<f64> {
    let (number, unit) = amount(text)?;
    match unit.as_str() {
        // No sign allows hundreds of tonnes: whoever wrote that meant kilograms.
        "" if number >= 500.0 => Some(number / 1_000.0),
        "" | "t" | "t." | "mt" | "to" | "ton" | "tons" | "tonne" | "tonnes" | "吨" => Some(number),
        "kg" | "kgs" | "kilogram" | "kilograms" | "公斤" | "千克" => Some(number / 1_000.0),
        "kn" => Some(number / 9.806_65),
        "st" => Some(number * 0.907_185),
        "lt" => Some(number * 1.016_047),
        "lb" | "lbs" | "pound" | "pounds" => Some(number * 0.000_453_592),
        _ => None,
    }
}

/// A number above zero and what follows it; of a span (`2.0-2.4 m`) the less. A comma may stand for the point, or
/// divide the thousands of pounds and kilograms.
fn amount(text: &str) -> Option<(f64, String)> {
    let text: String = text.trim().chars().map(narrow).collect();
    let text =
        text.trim_start_matches(['~', '<', '≤', '≈', '=', ' ', '限', '高', '宽', '重', '约']);
    let text = ["ca.", "circa", "approx.", "about"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text)
        .trim_start();
    let (number, unit) = leading(text);
    if let Some(span) = unit.strip_prefix(['-', '–', '~']).map(str::trim_start)
        && let (upper, unit) = leading(span)
        && !upper.is_empty()
    {
        return value(number, unit)
            .zip(value(upper, unit))
            .map(|(a, b)| (a.min(b), unit.to_owned()));
    }
    Some((value(number, unit)?, unit.to_owned()))
}

/// The digits, points and commas at the beginning, and the rest.
fn leading(text: &str) -> (&str, &str) {
    let end = text.find(|it: char| !it.is_ascii_digit() && it != '.' && it != ',');
    let (number, rest) = text.split_at(end.unwrap_or(text.len()));
    let at_most = ["以下", "以内", "以下（含）", "及以下", "max", "max."];
    let rest = rest.trim();
    let rest = at_most.iter().find_map(|word| rest.strip_suffix(word)).unwrap_or(rest);
    (number, rest.trim_end_matches('及').trim())
}

/// Units so small that three digits behind a mark are thousands, never a fraction.
fn is_small(unit: &str) -> bool {
    const SMALL: [&str; 12] = [
        "lb",
        "lbs",
        "pound",
        "pounds",
        "kg",
        "kgs",
        "kilogram",
        "kilograms",
        "公斤",
        "千克",
        "mm",
        "毫米",
    ];
    SMALL.contains(&unit)
}

fn value(number: &str, unit: &str) -> Option<f64> {
    let thousands =
        is_small(unit) && number.rsplit_once([',', '.']).is_some_and(|(_, last)| last.len() == 3);
    let plain = if thousands { number.replace([',', '.'], "") } else { number.replace(',', ".") };
    let number: f64 = plain.parse().ok()?;
    (number > 0.0).then_some(number)
}

/// A full-width digit or mark as the plain one.
fn narrow(letter: char) -> char {
    let plain = |letter: char| char::from_u32(letter as u32 - 0xFEE0);
    match letter {
        '０'..='９' | '．' | '，' | '～' | '－' => plain(letter).unwrap_or(letter),
        '’' | '‘' | '′' | '´' | '`' => '\'',
        '”' | '“' | '″' => '"',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_in_the_units_that_are_mapped() {
        let near = |text, metres_wanted: f64| {
            let read = metres(text).expect(text);
            assert!((read - metres_wanted).abs() < 0.005, "{text}: {read}");
        };
        near("2", 2.0);
        near("2.50 m", 2.5);
        near("2,2", 2.2);
        near("210", 2.1);
        near("190cm", 1.9);
        near("6'7\"", 2.006);
        near("7 ft", 2.134);
        near("6 ft 6 in", 1.981);
        near("6’7”", 2.006);
        near("6′ 7″", 2.006);
        near("7 foot", 2.134);
        near("72 inches", 1.829);
        near("2m20", 2.2);
        near("2米2", 2.2);
        near("限高2.2米", 2.2);
        near("ca. 2.2", 2.2);
        near("220公分", 2.2);
        near("2.0-2.4 m", 2.0);
        near("2.4 - 2", 2.0);
        near("~2.2", 2.2);
        near("２．２米", 2.2);
        for unknown in ["default", "none", "below_default", "", "m", "-2", "0", "2.2.2", "2 ells"] {
            assert_eq!(metres(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn weights_in_the_units_that_are_mapped() {
        assert_eq!(tonnes("3.5"), Some(3.5));
        assert_eq!(tonnes("1500 kg"), Some(1.5));
        assert_eq!(tonnes("1500"), Some(1.5));
        assert!(tonnes("20 kn").is_some_and(|it| (it - 2.039).abs() < 0.001));
        assert_eq!(tonnes("3,500 kg"), Some(3.5));
        assert_eq!(tonnes("3,5 t"), Some(3.5));
        assert_eq!(tonnes("2.5 tonnes"), Some(2.5));
        assert!(tonnes("10,000 lbs").is_some_and(|it| it > 4.5));
        assert_eq!(tonnes("2 st"), Some(1.814_37));
        assert_eq!(tonnes("10.000 kg"), Some(10.0));
        assert_eq!(tonnes("2.500 t"), Some(2.5));
        assert_eq!(metres("2.2 m max"), Some(2.2));
        assert_eq!(metres("4.2米以下"), Some(4.2));
        assert_eq!(tonnes("unsigned"), None);
    }
}
