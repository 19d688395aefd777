//! What nobody can see in a text, and where a letter needs it all the same.
//!
//! Joiners shape the letters of Persian and of the scripts of India, and make one emoji of several;
//! a variation selector chooses a form of the sign before it; tags name the region of a flag.
//! Elsewhere such characters only hide something from the reader.

use unicode_normalization::char::canonical_combining_class;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::is_unsafe;

/// How a piece of a text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    AsItIs,
    Hidden,
    LineBreak,
    /// A terminal would obey it, so its code is shown in its place.
    InVisibleForm,
}

const JOINER: char = '\u{200d}';
const NON_JOINER: char = '\u{200c}';
const BLACK_FLAG: char = '\u{1f3f4}';
const END_OF_TAGS: char = '\u{e007f}';
/// The canonical combining class of the signs that join the letters of an Indic script.
const VIRAMA: u8 = 9;

/// Whether some character of the text may not be shown as it is.
pub(super) fn may_change(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = first_that_may_be_special(rest.as_bytes()) {
        let mut chars = rest[at..].chars();
        if chars.next().is_some_and(is_special) {
            return true;
        }
        rest = chars.as_str();
    }
    false
}

/// The place of the first byte with which a character of [`is_special`] may begin. All that is
/// shown is looked at here, and most texts have few such bytes: so eight are looked at together.
fn first_that_may_be_special(bytes: &[u8]) -> Option<usize> {
    bytes.chunks(8).enumerate().find_map(|(word, eight)| {
        if eight.try_into().is_ok_and(are_printable_ascii) {
            return None;
        }
        let found = eight.iter().position(|byte| MAY_BEGIN_SPECIAL[usize::from(*byte)])?;
        Some(word * 8 + found)
    })
}

/// Whether all of eight bytes are ASCII and no control characters.
fn are_printable_ascii(eight: [u8; 8]) -> bool {
    const ONE: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_ne_bytes(eight);
    // The highest bit of a byte is set here if it is below a space, DEL, or beyond ASCII.
    (word | word.wrapping_sub(ONE * 0x20) | word.wrapping_add(ONE)) & (ONE * 0x80) == 0
}

static MAY_BEGIN_SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = u8::MAX;
    while byte > 0 {
        table[byte as usize] = may_begin_special(byte);
        byte -= 1;
    }
    table[0] = may_begin_special(0);
    table
};

const fn may_begin_special(byte: u8) -> bool {
    match byte {
        b'\n' | b'\t' => false,
        ..b' ' | 0x7f => true,
        // Control characters and the soft hyphen; marks of Arabic and Khmer; General Punctuation;
        // the fillers of Hangul; selectors and specials; and what lies beyond the first plane.
        _ => matches!(byte, 0xc2 | 0xcd | 0xd8 | 0xe1..=0xe3 | 0xef | 0xf0 | 0xf3),
    }
}

/// The text in pieces, in order, each with its look. All of the text is in one of them.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = (&str, Look)> {
    let mut rest = text;
    // The last character that was shown.
    let mut last = None;
    std::iter::from_fn(move || {
        let plain = rest.find(|c| is_special(c) || c == BLACK_FLAG).unwrap_or(rest.len());
        let (length, look) = match plain {
            0 => first(rest, last)?,
            length => (length, Look::AsItIs),
        };
        let (piece, after) = rest.split_at(length);
        rest = after;
        match look {
            Look::AsItIs => last = piece.chars().next_back(),
            Look::Hidden => {}
            Look::LineBreak | Look::InVisibleForm => last = None,
        }
        Some((piece, look))
    })
}

/// The bytes and the look of the first piece of a text, which comes after `last`; `None` at its
/// end.
fn first(text: &str, last: Option<char>) -> Option<(usize, Look)> {
    let mut rest = text.chars();
    let c = rest.next()?;
    let next = rest.clone().next();
    let shown_if = |holds| if holds { Look::AsItIs } else { Look::Hidden };
    let look = match c {
        BLACK_FLAG => return Some((c.len_utf8() + tags_of_flag(rest.as_str()), Look::AsItIs)),
        '\r' if next == Some('\n') => Look::Hidden,
        '\u{2028}' | '\u{2029}' => Look::LineBreak,
        JOINER | NON_JOINER => shown_if(is_joiner_needed(c, last, next)),
        _ if is_unsafe(c) => Look::InVisibleForm,
        _ if is_selector(c) => shown_if(last.is_some_and(takes_selector)),
        _ => shown_if(!is_special(c)),
    };
    Some((c.len_utf8(), look))
}

/// The bytes of the tags that make a flag of the black flag before them; 0 if they make none.
fn tags_of_flag(text: &str) -> usize {
    // The longest names of regions have six letters and digits, such as `gbsct`.
    let is_tag = |c: &char| matches!(c, '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}');
    let tags = text.chars().take(7).take_while(is_tag).count();
    if (3..=6).contains(&tags) && text.chars().nth(tags) == Some(END_OF_TAGS) {
        (tags + 1) * END_OF_TAGS.len_utf8()
    } else {
        0
    }
}

fn is_joiner_needed(joiner: char, last: Option<char>, next: Option<char>) -> bool {
    let is_virama = |c: Option<char>| c.is_some_and(|c| canonical_combining_class(c) == VIRAMA);
    let (before, after) = (last.is_some_and(is_cursive), next.is_some_and(is_cursive));
    match (last, next) {
        _ if joiner == JOINER && (before || after) => !last.is_some_and(is_joiner),
        _ if before && after => true,
        (Some(last), Some(next)) if is_virama(Some(last)) || is_virama(Some(next)) => {
            let is_of_word =
                |c: char| (c.is_alphanumeric() || is_virama(Some(c))) && !is_special(c);
            is_of_word(last) && is_of_word(next)
        }
        (Some(last), Some(next)) => joiner == JOINER && joins_emoji(last, next),
        _ => false,
    }
}

pub(super) fn is_joiner(c: char) -> bool {
    c == JOINER || c == NON_JOINER
}

/// Whether a joiner makes one emoji of these two.
fn joins_emoji(last: char, next: char) -> bool {
    if last.is_ascii() || next.is_ascii() {
        return false;
    }
    let is_modifier = |c| is_selector(c) || matches!(c, '\u{1f3fb}'..='\u{1f3ff}');
    let is_one = |first: char| {
        let joined: String = [first, JOINER, next].into_iter().collect();
        joined.graphemes(true).count() == 1
    };
    // A modifier stands for the emoji before it, and is one also where none stands there. A mark
    // would join even a letter.
    is_one(if is_modifier(last) { '\u{2764}' } else { last }) && !is_one('a')
}

/// Characters without a shape of their own that change the letter before them.
pub(super) fn is_joiner_or_selector(c: char) -> bool {
    is_joiner(c) || is_selector(c)
}

/// A variation selector, or another sign without a shape that belongs to the sign before it.
fn is_selector(c: char) -> bool {
    matches!(
        c,
        '\u{34f}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180d}' | '\u{180f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'
    )
}

fn takes_selector(before: char) -> bool {
    !is_selector(before) && !is_joiner(before) && !before.is_whitespace()
}

/// Letters and marks of scripts whose letters join, as in Arabic.
fn is_cursive(c: char) -> bool {
    let of_script = matches!(
        c,
        '\u{600}'..='\u{74f}' | '\u{750}'..='\u{77f}' | '\u{7c0}'..='\u{7ff}'
            | '\u{840}'..='\u{8ff}' | '\u{1800}'..='\u{18af}' | '\u{a840}'..='\u{a87f}'
            | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10ac0}'..='\u{10aff}'
            | '\u{10b80}'..='\u{10baf}' | '\u{10d00}'..='\u{10d3f}' | '\u{10f30}'..='\u{10fdf}'
            | '\u{1e900}'..='\u{1e95f}'
    );
    of_script && !is_special(c) && (c.is_alphanumeric() || canonical_combining_class(c) != 0)
}

/// Characters that are not shown, or only beside certain others.
fn is_special(c: char) -> bool {
    // Nearly all characters of nearly all texts are decided here.
    if c < '\u{ad}' {
        return c.is_control() && c != '\n' && c != '\t';
    }
    is_unsafe(c)
        || is_selector(c)
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200d}'
                | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2065}' | '\u{3164}' | '\u{feff}'
                | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
        )
}
