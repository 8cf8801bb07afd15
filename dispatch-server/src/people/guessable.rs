//! Passwords that are guessed first: those that everybody uses, and those made of the person's own name. The list
//! is our own: the words and rows of keys of which such passwords are put together, so that it also meets the
//! many ways to put them together.

/// Pieces of which common passwords consist: words, names, numbers with a meaning, rows of keys. Small letters;
/// digits that stand for letters are read as those.
const PIECES: &[&str] = &[
    // words
    "password",
    "passwort",
    "passwd",
    "pass",
    "word",
    "admin",
    "administrator",
    "root",
    "user",
    "guest",
    "test",
    "login",
    "welcome",
    "hello",
    "letmein",
    "secret",
    "master",
    "super",
    "changeme",
    "change",
    "default",
    "temp",
    "access",
    "system",
    "server",
    "computer",
    "internet",
    "security",
    "iloveyou",
    "love",
    "dragon",
    "monkey",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "superman",
    "batman",
    "shadow",
    "michael",
    "jordan",
    "killer",
    "trustno",
    "starwars",
    "whatever",
    "freedom",
    "summer",
    "winter",
    "spring",
    "autumn",
    "monday",
    "friday",
    // the trade
    "ambulance",
    "emergency",
    "hospital",
    "dispatch",
    "dispatcher",
    "rescue",
    "doctor",
    "nurse",
    "helan",
    "ningxia",
    "yinchuan",
    "jijiu",
    "jizhen",
    "yiyuan",
    "diaodu",
    "zhongxin",
    "yisheng",
    "hushi",
    "xining",
    // pinyin of what is chosen most
    "woaini",
    "woaiwo",
    "aini",
    "mima",
    "nihao",
    "zhongguo",
    "china",
    "beijing",
    "shanghai",
    "wang",
    "zhang",
    "zhao",
    "chen",
    "yang",
    "huang",
    "xiao",
    "asd",
    "abc",
    "xyz",
    "aaa",
    "qwe",
    "zxc",
    "ok",
    "no",
    "i",
    "a",
    "my",
    "the",
    "is",
    "and",
    "you",
    "me",
    // rows of keys
    "qwertyuiop",
    "qwerty",
    "qwertz",
    "azerty",
    "asdfghjkl",
    "asdfgh",
    "asdf",
    "zxcvbnm",
    "zxcvbn",
    "zxcv",
    "qazwsxedc",
    "qazwsx",
    "qaz",
    "wsx",
    "edc",
    "1qaz",
    "2wsx",
    "3edc",
    "4rfv",
    "1q2w3e4r5t",
    "1q2w3e4r",
    "1q2w3e",
    "q1w2e3r4t5",
    "q1w2e3r4",
    "zaq12wsx",
    "zaq1",
    "xsw2",
    "cde3",
    "a1b2c3d4",
    // numbers with a meaning
    "5201314",
    "520",
    "1314",
    "147258369",
    "147258",
    "123321",
    "112233",
    "121212",
    "123123",
    "159357",
    "987654321",
];

/// Characters that somebody who guesses would have to find besides the person's name.
const OWN_CHARS: usize = 6;

/// Whether a password is among those that are tried first, for a person of these names.
pub(super) fn is_guessable(password: &str, name: &str, display_name: &str) -> bool {
    let small = password.to_lowercase();
    if is_of_pieces(&small) || has_few_characters(&small) {
        return true;
    }
    [name, display_name].into_iter().any(|own| is_made_of(&small, &own.to_lowercase()))
}

/// Whether it consists of pieces alone, with digits and signs anywhere between them.
fn is_of_pieces(text: &str) -> bool {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    // For each place, whether everything before it can be put together.
    let mut reached = vec![false; chars.len() + 1];
    reached[0] = true;
    for at in 0..chars.len() {
        if !reached[at] {
            continue;
        }
        let rest = &chars[at..];
        if rest[0].is_ascii_digit() || rest[0].is_ascii_punctuation() {
            reached[at + 1] = true;
        }
        for piece in PIECES {
            let length = piece.chars().count();
            if rest.len() >= length
                && piece.chars().zip(rest).all(|(a, b)| a == *b || a == letter_for(*b))
            {
                reached[at + length] = true;
            }
        }
    }
    reached[chars.len()]
}

/// The letter for which a digit or sign often stands.
fn letter_for(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// One or two characters over and over, or a run such as `abcdefghij`.
fn has_few_characters(text: &str) -> bool {
    let mut different: Vec<char> = text.chars().collect();
    let run = different.windows(2).filter(|two| (two[1] as i64 - two[0] as i64).abs() == 1).count();
    let long_run = run + 2 >= different.len();
    different.sort_unstable();
    different.dedup();
    different.len() <= 3 || long_run
}

/// Whether little is left of it without a name, forwards or backwards.
fn is_made_of(password: &str, name: &str) -> bool {
    let plain: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let backwards: String = name.chars().rev().collect();
    let names = [name, &plain, &backwards];
    names.into_iter().filter(|own| own.chars().count() >= 2).any(|own| {
        let left = password.replace(own, "");
        let of_ones_own = left.chars().filter(|c| c.is_alphabetic()).count();
        password.contains(own) && of_ones_own < OWN_CHARS
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessable(password: &str) -> bool {
        is_guessable(password, "li.na-dispatcher", "李娜")
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        for common in [
            "1234567890",
            "password123",
            "P@ssw0rd2024!",
            "qwertyuiop",
            "1q2w3e4r5t",
            "woaini1314",
            "5201314520",
            "aaaaaaaaaa",
            "abababababab",
            "abcdefghij",
            "helan120120",
            "Admin@123456",
            "passwordpassword",
            "ningxia120!",
            "yinchuan2026",
            "1qaz2wsx3edc",
            "letmein 1234",
            "2026-11-28",
        ] {
            assert!(guessable(common), "{common}");
        }
    }

    #[test]
    fn ones_own_name_is_refused_and_what_is_ones_own_is_taken() {
        for named in [
            "li.na-dispatcher",
            "LI.NA-dispatcher1",
            "linadispatcher99",
            "rehctapsid-an.il",
            "李娜李娜李娜李娜李娜",
            "李娜20261128",
        ] {
            assert!(guessable(named), "{named}");
        }
        for own in [
            "correct horse battery",
            "a long password",
            "三岔路口有棵歪脖子树",
            "vT9#kqz2LmWx",
            "long enough password",
        ] {
            assert!(!guessable(own), "{own}");
        }
    }
}
