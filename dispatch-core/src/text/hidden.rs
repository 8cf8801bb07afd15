//! Characters that nobody sees, or that turn what stands beside them.

/// Whether a character hides: it has no form of its own (Default_Ignorable_Code_Point), formats what stands beside
/// it (general category Cf: direction marks, joiners, tags), is a noncharacter, or draws nothing but a blank
/// though it counts as a letter or symbol. Emoji that were joined stand side by side without the joiner.
pub const fn is_hidden(c: char) -> bool {
    is_ignorable(c) || is_format(c) || is_empty_form(c) || is_noncharacter(c)
}

/// Default_Ignorable_Code_Point of the Unicode Character Database; its reserved stretches are in it, so that
/// characters added later are covered.
const fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// General category Cf, as far as it is not ignorable: signs before Arabic numbers, marks of hieroglyphs, and
/// those around annotations.
const fn is_format(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}'
        | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}')
}

/// Drawn as nothing: the empty braille pattern, the stand-in for a pasted picture, an empty note head, and the
/// filler of Khitan writing.
const fn is_empty_form(c: char) -> bool {
    matches!(c, '\u{2800}' | '\u{fffc}' | '\u{1d159}' | '\u{16fe4}')
}

const fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe
}
