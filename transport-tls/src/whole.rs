//! Whether a PEM file is all there. A copy that broke off is the commonest damage of all, and readers of PEM either say so
//! in numbers or pass over what has no end.

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// What is missing of a PEM file that was cut off, at its end, its beginning or between; nothing when all is there.
pub fn cut_off(pem: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(pem);
    let mut open: Option<Opened<'_>> = None;
    // Files of old Macintoshes have one line for all others.
    let lines = text.lines().enumerate();
    for (number, line) in lines.flat_map(|(at, line)| line.split('\r').map(move |it| (at + 1, it)))
    {
        let line = line.trim_end();
        if line.starts_with(BEGIN) {
            if let Some(before) = open {
                return Some(before.missing());
            }
            let Some(label) = label(line, BEGIN) else { return Some(broken(number, line)) };
            open = Some(Opened { label, line: number });
        } else if line.starts_with(END) {
            match (label(line, END), open.take()) {
                (Some(label), Some(opened)) if label == opened.label => {}
                (None, Some(_)) => return Some(broken(number, line)),
                (_, Some(opened)) => return Some(opened.missing()),
                (_, None) => return Some(headless(number, line)),
            }
        } else if open.is_none() && line.len() > DASHES.len() && BEGIN.starts_with(line) {
            return Some(broken(number, line));
        }
    }
    open.map(|opened| opened.missing())
}

/// A section that has begun.
struct Opened<'a> {
    label: &'a str,
    line: usize,
}

impl Opened<'_> {
    fn missing(&self) -> String {
        let Self { label, line } = self;
        format!(
            "is cut off: {BEGIN}{label}{DASHES} in line {line} has no {END}{label}{DASHES}; expected the whole file"
        )
    }
}

/// What stands between the dashes.
fn label<'a>(line: &'a str, begins: &str) -> Option<&'a str> {
    line.strip_prefix(begins)?.strip_suffix(DASHES)
}

fn broken(number: usize, line: &str) -> String {
    format!("is cut off in line {number}, which is only {line:?}; expected the whole file")
}

fn headless(number: usize, line: &str) -> String {
    format!(
        "is cut off: {line} in line {number} has nothing before it that begins; expected the whole file"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str =
        "of whom\n-----BEGIN CERTIFICATE-----\nMIIB\nAAAA\n-----END CERTIFICATE-----\n";
    const KEY: &str = "-----BEGIN PRIVATE KEY-----\r\nMIIB\r\n-----END PRIVATE KEY-----\r\n";

    #[test]
    fn a_whole_file_is_whole_whatever_stands_around_and_however_lines_end() {
        let mac = ONE.replace('\n', "\r");
        let dashes = format!("----- a heading -----\n{ONE}-----------\n");
        for whole in [ONE, KEY, &mac, &dashes, &format!("{ONE}{KEY}"), ONE.trim_end(), "", "words"]
        {
            assert_eq!(cut_off(whole.as_bytes()), None, "{whole}");
        }
    }

    #[test]
    fn wherever_a_file_is_cut_within_a_section_it_is_told() {
        let both = format!("{KEY}{ONE}");
        let begins = both.rfind(BEGIN).unwrap();
        let whole =
            [KEY.trim_end().len()..=begins + DASHES.len(), both.trim_end().len()..=both.len()];
        for at in DASHES.len() + 1..=both.len() {
            let told = cut_off(&both.as_bytes()[..at]);
            let is_whole = whole.iter().any(|range| range.contains(&at));
            assert_eq!(told.is_none(), is_whole, "{at}: {told:?}\n{}", &both[..at]);
        }
        let first_half = format!("{}{KEY}", &ONE[..40]);
        let (begun, ended) = ("-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----");
        let what = format!("is cut off: {begun} in line 2 has no {ended}; expected the whole file");
        assert_eq!(cut_off(first_half.as_bytes()), Some(what));
        let second_half = &ONE[ONE.find("AAAA").unwrap()..];
        let told = cut_off(second_half.as_bytes()).unwrap();
        assert!(told.contains(&format!("{ended} in line 2 has nothing before it")), "{told}");
    }
}
