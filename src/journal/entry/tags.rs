//! The `#tags` in what a person wrote. The text keeps them as they are.
//!
//! A tag begins with a `#` at the beginning of a word; after a letter of a script without spaces a
//! word may begin anywhere. It has the letters that [`slug::tag`] names. `#` begins no tag in code,
//! addresses, targets of links, entities of HTML and after a backslash.

use std::collections::HashSet;

use unicode_normalization::char::is_combining_mark;

use crate::journal::entry::step::Step;
use crate::journal::entry::{Entry, code};
use crate::journal::lesson::slug;
use crate::journal::lesson::slug::TagKey;
use crate::journal::search::fold::{is_letter, is_unseen};
use crate::journal::search::stands_alone;

/// The target of a link that is longer than this is none.
const LONGEST_TARGET: usize = 512;

/// The tags of all that the person wrote on a day, each once, in the order they first appear.
pub fn of_entry(entry: &Entry) -> Vec<String> {
    let reflection = entry.reflection.iter().map(|reflection| reflection.text.as_str());
    let step = entry.step.iter().flat_map(Step::texts);
    let afterthoughts = entry.afterthoughts.iter().map(|one| one.text.as_str());
    of_texts(reflection.chain(step).chain(afterthoughts))
}

/// The tags of the texts of one day, each once.
pub fn of_texts<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen = HashSet::new();
    texts.flat_map(tags).filter(|tag| seen.insert(TagKey::of(tag))).collect()
}

/// The tags in a text, in lower case, each once, in the order they first appear.
pub fn tags(text: &str) -> Vec<String> {
    // To look for its bytes first takes a fraction of the time: nearly all texts have none.
    let may_have_hash = [b'#', 0xef].iter().any(|byte| text.as_bytes().contains(byte));
    if !may_have_hash || !text.contains(slug::is_hash) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut start = 0;
    for code in code::ranges(text) {
        add_tags(&text[start..code.start], &mut found, &mut seen);
        start = code.end;
    }
    add_tags(&text[start..], &mut found, &mut seen);
    found
}

/// The name of a tag in another program as a tag: what a tag cannot have becomes `-`. `None` if
/// nothing is left. A name without a letter is no tag here, and stays as it is.
pub fn from_name(name: &str) -> Option<String> {
    let parts = name.split(|c| c != '/' && !slug::is_in_tag(c)).filter(|part| !part.is_empty());
    let word = parts.collect::<Vec<_>>().join("-");
    let word = word.trim_matches(['/', '-']);
    (!word.is_empty()).then(|| slug::tag(word).unwrap_or_else(|| word.to_owned()))
}

/// Adds the tags of a text without code.
fn add_tags(text: &str, found: &mut Vec<String>, seen: &mut HashSet<TagKey>) {
    let mut before = Before::default();
    // The bytes up to here were read.
    let mut read = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| !is_combining_mark(*c)) {
        if at < read {
            continue;
        }
        let (line, rest) = (&text[..at], &text[at..]);
        before.in_address =
            !c.is_whitespace() && (before.in_address || begins_address(line, rest, before.last));
        if slug::is_hash(c) && before.allows_tag() && !is_entity(before.last, rest) {
            // Also after a tag: another `#` there closes it, as some write it.
            before.read(c);
            let word = word(&rest[c.len_utf8()..]);
            if !is_colour(word)
                && let Some(tag) = slug::tag(word)
            {
                read = at + c.len_utf8() + word.len();
                if seen.insert(TagKey::of(&tag)) {
                    found.push(tag);
                }
            }
        } else if let Some(length) = target(line, rest) {
            read = at + length;
            before.read(')');
        } else {
            before.read(c);
        }
    }
}

/// What stands before a character, as far as it matters for a tag.
#[derive(Debug, Default)]
struct Before {
    /// The last character that is seen.
    last: Option<char>,
    /// Whether it is a backslash that takes the meaning of the next character away.
    escapes: bool,
    /// Whether it is part of an address, which ends at white space.
    in_address: bool,
}

impl Before {
    fn read(&mut self, c: char) {
        // A space without width ends a word as any other.
        if is_unseen(c) && c != '\u{200b}' {
            return;
        }
        self.escapes = c == '\\' && !self.escapes;
        self.last = Some(c);
    }

    fn allows_tag(&self) -> bool {
        let in_word = |c: char| {
            (is_letter(c) && !stands_alone(c)) || matches!(c, '-' | '_' | '/') || slug::is_hash(c)
        };
        !self.escapes && !self.in_address && !self.last.is_some_and(in_word)
    }
}

/// The word of a tag at the beginning of a text, empty if there is none.
fn word(text: &str) -> &str {
    let mut chars = text.char_indices().peekable();
    let mut end = text.len();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let parts = c == '/' && at > 0 && next.is_some_and(is_letter);
        if !parts && !slug::is_in_tag(c) {
            end = at;
            break;
        }
    }
    text[..end].trim_end_matches(|c| matches!(c, '-' | '_') || is_unseen(c))
}

/// Whether an address begins here: at the colon after its scheme, or at `www.`.
fn begins_address(before: &str, rest: &str, last: Option<char>) -> bool {
    let before = before.as_bytes();
    let is_mail =
        || before.len() >= 6 && before[before.len() - 6..].eq_ignore_ascii_case(b"mailto");
    let is_host = || rest.as_bytes().get(..4).is_some_and(|w| w.eq_ignore_ascii_case(b"www."));
    rest.starts_with("://")
        || (rest.starts_with(':') && is_mail())
        || (is_host() && !last.is_some_and(is_letter))
}

/// Whether the `#` at the beginning of a text is part of an entity of HTML, such as `&#39;`.
fn is_entity(before: Option<char>, text: &str) -> bool {
    if before != Some('&') || !text.starts_with('#') {
        return false;
    }
    let digits = text[1..].trim_start_matches(['x', 'X']).bytes().take(8);
    let digits = digits.take_while(u8::is_ascii_hexdigit).count();
    let end = text[1..].trim_start_matches(['x', 'X']).as_bytes().get(digits);
    digits > 0 && end == Some(&b';')
}

/// Whether a word is a colour as six or eight hexadecimal digits. Without a decimal digit among
/// them, and with three, it is more often a word, such as `cafe` or `dad`.
fn is_colour(word: &str) -> bool {
    matches!(word.len(), 6 | 8)
        && word.bytes().all(|byte| byte.is_ascii_hexdigit())
        && word.bytes().any(|byte| byte.is_ascii_digit())
}

/// The length of what stands here and holds no tag: the target of a link, `](…)`, `[[…]]` or
/// `[…]: …`, or a tag of HTML.
fn target(before: &str, rest: &str) -> Option<usize> {
    let rest = &rest[..rest.floor_char_boundary(LONGEST_TARGET)];
    let rest = rest.lines().next().unwrap_or_default();
    match rest.as_bytes() {
        [b'[', b'[', ..] => rest.find("]]").map(|end| end + 2),
        [b']', b'(', ..] => closed(rest),
        [b']', b':', ..] => {
            let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
            // A footnote is prose.
            let is_target = line.starts_with('[') && !line.starts_with("[^");
            let text = rest[2..].trim_start();
            let end = text.find(char::is_whitespace).unwrap_or(text.len());
            is_target.then_some(rest.len() - text.len() + end)
        }
        [b'<', b'/' | b'a'..=b'z' | b'A'..=b'Z', ..] => {
            rest.find('>').filter(|end| !rest[1..*end].contains('<')).map(|end| end + 1)
        }
        _ => None,
    }
}

/// The length up to the parenthesis that closes the first one.
fn closed(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at + 1),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::search::fold::folded;
    #[cfg(unix)]
    use crate::text::testing::assert_linear;
    use proptest::prelude::*;

    #[cfg(unix)]
    #[test]
    fn the_time_to_find_tags_grows_as_the_text_does() {
        assert_linear("the tags", 4_000, |text| _ = tags(text));
    }

    #[test]
    fn tags_are_found_where_a_word_begins_with_a_hash() {
        for (text, wanted) in [
            ("#work and #Home, then #work again", vec!["work", "home"]),
            ("(#übung) #仕事。", vec!["übung", "仕事"]),
            ("#a-b_c- ends", vec!["a-b_c"]),
            ("issue#5 is none, #5 is none, ## is none, a#b is none", vec![]),
            ("note:#real, \"#said\" —#dash…#dots", vec!["real", "said", "dash", "dots"]),
            ("#", vec![]),
            ("#cafe\u{301} and #caf\u{e9}", vec!["café"]),
            ("# heading\n## another\n##third\n#tag at a line", vec!["tag"]),
            ("\u{feff}#first \u{2764}\u{fe0f}#heart a\u{ad}#none", vec!["first", "heart"]),
            ("#work/project #work/ #/none #a//b", vec!["work/project", "work", "a"]),
            ("#İş and #İŞ and #iş", vec!["iş"]),
            ("#dad #cafe #fff #b2b #a1b2c3 #1E90FF80", vec!["dad", "cafe", "fff", "b2b"]),
        ] {
            assert_eq!(tags(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_tag_is_a_whole_word_in_every_script() {
        for (text, wanted) in [
            ("今日は#仕事", vec!["仕事"]),
            ("＃仕事、﹟家", vec!["仕事", "家"]),
            ("#仕事#今日は", vec!["仕事"]),
            ("오늘은#일상", vec!["일상"]),
            ("วันนี้#ที่ทำงาน นะ", vec!["ที่ทำงาน"]),
            ("#हिन्दी और #किताबें", vec!["हिन्दी", "किताबें"]),
            ("#தமிழ் #বাংলা #മലയാളം", vec!["தமிழ்", "বাংলা", "മലയാളം"]),
            ("नमस्ते#कुछ", vec![]),
            ("#می\u{200c}خواهم.", vec!["می\u{200c}خواهم"]),
            ("#שָׁלוֹם #مُحَمَّد", vec!["שָׁלוֹם", "مُحَمَّد"]),
            ("#Hawaiʻi", vec!["hawaiʻi"]),
            ("#ភាសា\u{200b}ខ្មែរ", vec!["ភាសា"]),
        ] {
            let wanted: Vec<String> = wanted.iter().filter_map(|tag| slug::tag(tag)).collect();
            assert_eq!(tags(text), wanted, "{text}");
        }
    }

    #[test]
    fn an_address_holds_no_tag() {
        for (text, wanted) in [
            ("https://example.org/page/#top", vec![]),
            ("https://example.org/?q=#frag https://example.org/a;#part, #real", vec!["real"]),
            (
                "<https://example.org/a.#b>\n#real https://matrix.to/#/#room:example.org",
                vec!["real"],
            ),
            ("(mailto:a@b.example?body=#x) Mailto:#y note:#real", vec!["real"]),
            ("www.example.org/?a=#x #real", vec!["real"]),
        ] {
            assert_eq!(tags(text), wanted, "{text}");
        }
    }

    #[test]
    fn code_links_and_markup_hold_no_tag() {
        for (text, wanted) in [
            ("`#code` and ``a ` #b`` and #real", vec!["real"]),
            ("a ` alone #real", vec!["real"]),
            ("one `line\nwith #code` and #real", vec!["real"]),
            ("one `line\n\nand #real` text", vec!["real"]),
            ("```\n#include\n```\n#real", vec!["real"]),
            ("~~~~ c\n#define X\n~~~\n#more\n~~~~\n#real", vec!["real"]),
            ("text\n\n    #define X\n\n\t#undef X\n\n#real", vec!["real"]),
            ("text\n    #real after a line", vec!["real"]),
            ("- item\n\n    #real in a list\n", vec!["real"]),
            ("[text](#part) [x](a(b)#c) ![p](<#d>) (#real)", vec!["real"]),
            ("[#in-text](#part)", vec!["in-text"]),
            ("[one]: #part\n[^1]: #real", vec!["real"]),
            ("[[#heading]] [[Page#heading]] #real", vec!["real"]),
            ("<a href=\"#part\">#real</a>", vec!["real"]),
            ("I <3 #real", vec!["real"]),
            ("&#39; &#x27; salt&#real", vec!["real"]),
            ("\\#none \\\\#real", vec!["real"]),
            ("](#real", vec!["real"]),
        ] {
            assert_eq!(tags(text), wanted, "{text}");
        }
    }

    #[test]
    fn long_texts_take_no_longer_than_they_are_long() {
        let started = std::time::Instant::now();
        let many = (0..100_000).map(|n| format!("#tag{n}")).collect::<Vec<_>>().join(" ");
        assert_eq!(tags(&many).len(), 100_000);
        for piece in ["](", "[[", "<a", "`", "` ``", "#/", "&#", "www."] {
            let text = format!("#a {}", piece.repeat(1 << 20 >> piece.len()));
            assert_eq!(tags(&text).first().map(String::as_str), Some("a"));
        }
        assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    }

    proptest! {
        #[test]
        fn every_tag_found_stands_in_the_text(text in "\\PC{0,60}") {
            for tag in tags(&text) {
                let written = format!("#{}", folded(&tag));
                prop_assert!(folded(&text).contains(&written), "{tag}");
            }
        }

        #[test]
        fn a_text_of_any_signs_is_read(text in "[#＃\\\\`<>()\\[\\]&; \n~a仕-]{0,40}") {
            for tag in tags(&text) {
                prop_assert_eq!(slug::tag(&tag), Some(tag));
            }
        }
    }
}
