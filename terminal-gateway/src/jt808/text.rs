//! Texts in GBK, as the standard has them, padded and ended with zeros.

use encoding_rs::GBK;

/// Text of a field. What is no GBK becomes the replacement character; padding of zeros and blanks is taken off, behind
/// as the standard has it and before as some makers write it.
pub fn from_gbk(bytes: &[u8]) -> String {
    let begin = bytes.iter().position(|it| *it != 0).unwrap_or(bytes.len());
    let bytes = &bytes[begin..];
    let end = bytes.iter().position(|it| *it == 0).unwrap_or(bytes.len());
    let (text, _) = GBK.decode_without_bom_handling(&bytes[..end]);
    text.trim().to_owned()
}

/// Text for a terminal, at most `most_bytes` long and never cut within a character. What GBK does not have becomes a
/// question mark, since a terminal would show rubbish.
pub fn to_gbk(text: &str, most_bytes: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len().min(most_bytes));
    let mut letter = [0; 4];
    for character in text.chars() {
        let (encoded, _, unknown) = GBK.encode(character.encode_utf8(&mut letter));
        let encoded: &[u8] = if unknown { b"?" } else { &encoded };
        if bytes.len() + encoded.len() > most_bytes {
            break;
        }
        bytes.extend_from_slice(encoded);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_goes_there_and_back_and_is_never_cut_in_half() {
        assert_eq!(from_gbk(&to_gbk("宁A12345", 100)), "宁A12345");
        assert_eq!(to_gbk("宁", 2), [0xc4, 0xfe]);
        assert_eq!(to_gbk("宁夏", 3), [0xc4, 0xfe]);
        assert_eq!(to_gbk("到达🚑", 100), to_gbk("到达?", 100));
    }

    #[test]
    fn padding_is_no_text() {
        assert_eq!(from_gbk(b"70111\0\0\0"), "70111");
        assert_eq!(from_gbk(&[0, 0, 0, b'7', b'0']), "70");
        assert_eq!(from_gbk(b"  A1  "), "A1");
        assert_eq!(from_gbk(b""), "");
        assert_eq!(from_gbk(&[0xff, 0xff, b'A']).chars().last(), Some('A'));
    }
}
