//! Which letters readers take for the same, and which letters are words by themselves.
//!
//! Unicode's decomposition and case cover most of it. The tables here have what is left: letters
//! that are one character to Unicode and a letter with something added to a reader.

use unicode_normalization::char::is_combining_mark;

/// The sign of Devanagari that takes the vowel of a consonant away.
const VIRAMA: char = '\u{94d}';

/// Adds the letter or digit as readers type it: in lower case and without what was added to it. It
/// has been decomposed before.
pub(super) fn add_plain(c: char, plain: &mut Vec<char>) {
    if c.is_ascii() {
        return plain.push(c.to_ascii_lowercase());
    }
    if let Some(digit) = digit(c) {
        return plain.push(digit);
    }
    // Lower case of upper case is full case folding: it takes ß to ss and final sigma to sigma.
    // ẞ must first become ß.
    let upper = c.to_lowercase().flat_map(char::to_uppercase);
    for lower in upper.flat_map(char::to_lowercase).filter(|c| !is_combining_mark(*c)) {
        match same(lower) {
            Some(letters) => plain.extend(letters.chars()),
            None => plain.push(lower),
        }
    }
}

/// The decimal digit of any script as one of 0 to 9.
fn digit(c: char) -> Option<char> {
    let at = ZEROS.partition_point(|zero| *zero <= c);
    let value = c as u32 - *ZEROS.get(at.checked_sub(1)?)? as u32;
    char::from_digit(value, 10)
}

/// The zeros of all scripts, each followed by the other nine digits. Those that Unicode decomposes
/// are not here.
const ZEROS: [char; 68] = [
    '\u{660}',
    '\u{6f0}',
    '\u{7c0}',
    '\u{966}',
    '\u{9e6}',
    '\u{a66}',
    '\u{ae6}',
    '\u{b66}',
    '\u{be6}',
    '\u{c66}',
    '\u{ce6}',
    '\u{d66}',
    '\u{de6}',
    '\u{e50}',
    '\u{ed0}',
    '\u{f20}',
    '\u{1040}',
    '\u{1090}',
    '\u{17e0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19d0}',
    '\u{1a80}',
    '\u{1a90}',
    '\u{1b50}',
    '\u{1bb0}',
    '\u{1c40}',
    '\u{1c50}',
    '\u{a620}',
    '\u{a8d0}',
    '\u{a900}',
    '\u{a9d0}',
    '\u{a9f0}',
    '\u{aa50}',
    '\u{abf0}',
    '\u{104a0}',
    '\u{10d30}',
    '\u{10d40}',
    '\u{11066}',
    '\u{110f0}',
    '\u{11136}',
    '\u{111d0}',
    '\u{112f0}',
    '\u{11450}',
    '\u{114d0}',
    '\u{11650}',
    '\u{116c0}',
    '\u{116d0}',
    '\u{116da}',
    '\u{11730}',
    '\u{118e0}',
    '\u{11950}',
    '\u{11bf0}',
    '\u{11c50}',
    '\u{11d50}',
    '\u{11da0}',
    '\u{11de0}',
    '\u{11f50}',
    '\u{16130}',
    '\u{16a60}',
    '\u{16ac0}',
    '\u{16b50}',
    '\u{16d70}',
    '\u{1e140}',
    '\u{1e2f0}',
    '\u{1e4f0}',
    '\u{1e5f1}',
    '\u{1e950}',
];

/// What a lower-case letter without a decomposition is typed as; `None` for most.
fn same(c: char) -> Option<&'static str> {
    if c < '\u{100}' {
        return match c {
            'æ' => Some("ae"),
            'ð' => Some("d"),
            'ø' => Some("o"),
            'þ' => Some("th"),
            _ => None,
        };
    }
    match c {
        '\u{101}'..='\u{2ff}'
        | '\u{1d00}'..='\u{1d7f}'
        | '\u{2c60}'..='\u{2c7f}'
        | '\u{a720}'..='\u{a7ff}' => latin(c),
        // Final letters of Hebrew, and the joined ones of Yiddish.
        'ך' => Some("כ"),
        'ם' => Some("מ"),
        'ן' => Some("נ"),
        'ף' => Some("פ"),
        'ץ' => Some("צ"),
        '\u{5f0}' => Some("וו"),
        '\u{5f1}' => Some("וי"),
        '\u{5f2}' => Some("יי"),
        // One letter in Arabic, Persian and Urdu, of which each keyboard has another form. The
        // two-eyed heh of Urdu and its large yeh make other words.
        '\u{671}'..='\u{673}' => Some("\u{627}"),
        '\u{649}' | '\u{6cc}' => Some("\u{64a}"),
        '\u{6a9}' | '\u{6aa}' => Some("\u{643}"),
        '\u{629}' | '\u{6c1}' | '\u{6c3}' | '\u{6d5}' => Some("\u{647}"),
        _ => None,
    }
}

/// Letters with a bar, a stroke, a hook or a tail; joined letters; small capitals.
#[rustfmt::skip]
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'ᴀ' | 'ɐ' | 'ɑ' | 'ⱥ' => "a",
        'ʙ' | 'ƀ' | 'ƃ' | 'ɓ' => "b",
        'ᴄ' | 'ƈ' | 'ɕ' | 'ȼ' | 'ꞓ' => "c",
        'ᴅ' | 'đ' | 'ɖ' | 'ɗ' | 'ƌ' | 'ȡ' => "d",
        'ᴇ' | 'ə' | 'ǝ' | 'ɛ' | 'ɘ' | 'ɇ' => "e",
        'ꜰ' | 'ƒ' => "f",
        'ɢ' | 'ɡ' | 'ɠ' | 'ǥ' | 'ɣ' | 'ꞡ' => "g",
        'ʜ' | 'ħ' | 'ɦ' | 'ⱨ' => "h",
        'ı' | 'ɨ' | 'ɩ' | 'ɪ' => "i",
        'ᴊ' | 'ȷ' | 'ɉ' | 'ʝ' | 'ɟ' => "j",
        'ᴋ' | 'ƙ' | 'ⱪ' | 'ꝁ' | 'ꝃ' | 'ꞣ' => "k",
        'ʟ' | 'ł' | 'ƚ' | 'ɫ' | 'ɬ' | 'ɭ' | 'ȴ' | 'ⱡ' | 'ꝉ' => "l",
        'ᴍ' | 'ɱ' => "m",
        'ɴ' | 'ŋ' | 'ɲ' | 'ɳ' | 'ƞ' | 'ȵ' | 'ꞑ' | 'ꞥ' => "n",
        'ᴏ' | 'ɔ' | 'ɵ' | 'ⱺ' | 'ꝋ' | 'ꝍ' => "o",
        'ᴘ' | 'ƥ' | 'ᵽ' => "p",
        'ĸ' | 'ɋ' | 'ʠ' => "q",
        'ʀ' | 'ɼ' | 'ɽ' | 'ɾ' | 'ɍ' | 'ꞧ' => "r",
        'ꜱ' | 'ʂ' | 'ȿ' | 'ꞩ' => "s",
        'ᴛ' | 'ŧ' | 'ƫ' | 'ƭ' | 'ʈ' | 'ȶ' | 'ⱦ' => "t",
        'ᴜ' | 'ʉ' | 'ʊ' | 'ᵾ' => "u",
        'ᴠ' | 'ʋ' => "v",
        'ᴡ' | 'ⱳ' => "w",
        'ʏ' | 'ƴ' | 'ɏ' => "y",
        'ᴢ' | 'ƶ' | 'ʐ' | 'ʑ' | 'ȥ' | 'ɀ' | 'ⱬ' | 'ʒ' => "z",
        'ꜳ' => "aa",
        'ꜵ' => "ao",
        'ꜷ' => "au",
        'ꜹ' | 'ꜻ' => "av",
        'ꜽ' => "ay",
        'ʣ' | 'ʥ' => "dz",
        'ƕ' => "hv",
        'œ' | 'ɶ' => "oe",
        'ꝏ' => "oo",
        'ȣ' => "ou",
        'ʦ' | 'ʨ' => "ts",
        _ => return None,
    })
}

/// The letter for which a mark stands with the letter before it and a joiner, as older texts have
/// it: in Malayalam, Bengali and Marathi.
pub(super) fn joined(letter: char, mark: char) -> Option<&'static [char]> {
    Some(match (letter, mark) {
        ('\u{d23}', '\u{d4d}') => &['\u{d7a}'],
        ('\u{d28}', '\u{d4d}') => &['\u{d7b}'],
        ('\u{d30}', '\u{d4d}') => &['\u{d7c}'],
        ('\u{d32}', '\u{d4d}') => &['\u{d7d}'],
        ('\u{d33}', '\u{d4d}') => &['\u{d7e}'],
        ('\u{d15}', '\u{d4d}') => &['\u{d7f}'],
        ('\u{9a4}', '\u{9cd}') => &['\u{9ce}'],
        ('\u{930}', VIRAMA) => &['\u{931}', VIRAMA],
        _ => return None,
    })
}

/// The sign above for which a nasal stands before a consonant of its own kind: Hindi, Marathi and
/// Gujarati write both हिन्दी and हिंदी.
pub(super) fn nasal_sign(nasal: char, killer: char, next: char) -> Option<char> {
    // Gujarati lies in Unicode as Devanagari does.
    let block = match killer {
        VIRAMA => 0,
        '\u{acd}' => 0x180,
        _ => return None,
    };
    let devanagari = |c: char| char::from_u32((c as u32).checked_sub(block)?);
    let same_kind = match devanagari(nasal)? {
        'ङ' => 'क'..='घ',
        'ञ' => 'च'..='झ',
        'ण' => 'ट'..='ढ',
        'न' => 'त'..='ध',
        'म' => 'प'..='भ',
        _ => return None,
    };
    same_kind.contains(&devanagari(next)?).then(|| char::from_u32(0x902 + block)).flatten()
}

/// Whether a letter is a word by itself: its script is written without spaces or, like Korean,
/// joins particles to words.
pub fn stands_alone(c: char) -> bool {
    matches!(c,
        // Thai, Lao, Burmese, Khmer, Tai, Balinese, Javanese: the letters; the signs above and
        // below belong to them.
        '\u{e01}'..='\u{e30}' | '\u{e32}' | '\u{e33}' | '\u{e40}'..='\u{e46}'
        | '\u{e81}'..='\u{eb0}' | '\u{eb2}' | '\u{eb3}' | '\u{ebd}'..='\u{ec6}'
        | '\u{edc}'..='\u{edf}' | '\u{1000}'..='\u{102a}' | '\u{103f}'
        | '\u{1050}'..='\u{1055}' | '\u{1780}'..='\u{17b3}' | '\u{1950}'..='\u{19ab}'
        | '\u{1a20}'..='\u{1a54}' | '\u{1b05}'..='\u{1b33}' | '\u{a984}'..='\u{a9b2}'
        // Kana, bopomofo, Han, Hangul.
        | '\u{1100}'..='\u{11ff}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}'
        | '\u{303b}' | '\u{303c}' | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}'
        | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{3105}'..='\u{312f}'
        | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{a960}'..='\u{a97c}' | '\u{ac00}'..='\u{d7fb}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ffdc}' | '\u{1aff0}'..='\u{1b16f}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether a mark makes another letter of the letter below it. All other marks are an accent, a
/// vowel sign that may be left out, or a stress, and make no difference.
pub(super) fn makes_another(letter: char, mark: char) -> bool {
    match mark {
        // In Cyrillic й, ї, ў and ѓ are letters of their own; ё and a stressed а are not.
        '\u{306}' | '\u{304}' | '\u{30b}' => is_cyrillic(letter),
        '\u{308}' => is_cyrillic(letter) && letter != 'е',
        '\u{301}' => matches!(letter, 'г' | 'к'),
        // A hamza on alef or heh may be left out; on waw and yeh it is spelling.
        '\u{654}' => matches!(letter, '\u{648}' | '\u{64a}'),
        _ => !may_be_left_out(mark),
    }
}

fn may_be_left_out(mark: char) -> bool {
    matches!(mark,
        // Combining diacritical marks of all scripts, and the titlo of Cyrillic.
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}'
        // The points of Hebrew; the vowel signs of Arabic and of the Koran, and of Syriac.
        | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6ed}' | '\u{711}' | '\u{730}'..='\u{74a}' | '\u{897}'..='\u{89f}'
        | '\u{8ca}'..='\u{8ff}'
        // The tones of the Vedas.
        | '\u{951}'..='\u{954}' | '\u{1cd0}'..='\u{1cff}')
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}
