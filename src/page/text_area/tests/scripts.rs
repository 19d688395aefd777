//! Words of many scripts: cursor and words stay in step, and the text is what was typed.

use super::*;
use crate::text::{glyphs, last_to_delete};

/// Words, each with how many Lefts cross it and what one Backspace leaves of it.
const WORDS: [(&str, usize, &str); 27] = [
    ("word", 4, "wor"),
    ("naïve", 5, "naïv"),
    ("cafe\u{301}", 4, "cafe"),
    ("“…”—½①", 6, "“…”—½"),
    ("a\tb", 3, "a\t"),
    ("日本語の文", 5, "日本語の"),
    ("ｶﾞｷﾞ", 2, "ｶﾞｷ"),
    ("한국", 2, "한"),
    ("\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}", 2, "\u{1112}\u{1161}\u{11ab}"),
    ("สวัสดีที่นี่", 6, "สวัสดีที่นี"),
    ("น้ำ", 1, "น้"),
    ("नमस्ते", 3, "नमस्त"),
    ("हिन्दी", 2, "हिन्द"),
    ("क्षि", 1, "क्ष"),
    ("क्\u{200d}ष", 1, "क्\u{200d}"),
    ("தமிழ்", 3, "தமிழ"),
    ("བོད་སྐད", 5, "བོད་སྐ"),
    ("مرحبا", 5, "مرحب"),
    ("می\u{200c}خواهم", 7, "می\u{200c}خواه"),
    ("שָׁלוֹם", 4, "שָׁלוֹ"),
    ("👨‍👩‍👧‍👦", 1, ""),
    ("🇩🇪🇫🇷", 2, "🇩🇪"),
    ("1️⃣", 1, ""),
    ("👍🏽", 1, ""),
    ("🏳️‍🌈", 1, ""),
    ("❤️", 1, ""),
    ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 1, ""),
];

#[test]
fn a_word_is_crossed_by_its_letters_and_loses_what_backspace_takes() {
    for (word, letters, left) in WORDS {
        let mut area = TextArea::new("");
        area.type_text(word);
        assert_eq!(area.text(), word);
        press(&mut area, &vec![plain(Key::Left); letters - 1]);
        assert_ne!(cursor(&area), 0, "{word}");
        press(&mut area, &[plain(Key::Left)]);
        assert_eq!(cursor(&area), 0, "{word}");
        press(&mut area, &vec![plain(Key::Right); letters]);
        assert_eq!(cursor(&area), word.len(), "{word}");
        press(&mut area, &[plain(Key::Backspace)]);
        assert_eq!(area.text(), left, "{word}");
        area.type_text("x");
        assert_eq!(area.text(), format!("{left}x"));
        press(&mut area, &[plain(Key::Left), plain(Key::Backspace)]);
        let shorter = &left[..left.len() - last_to_delete(left)];
        assert_eq!(area.text(), format!("{shorter}x"), "{word}");
    }
}

#[test]
fn the_next_letter_stands_where_the_cursor_was() {
    for (word, letters, _) in WORDS {
        for crossed in 0..=letters {
            let mut area = TextArea::new(word);
            press(&mut area, &vec![plain(Key::Left); crossed]);
            let (_, before) = frame(&mut area, 40, 2);
            area.type_text("X");
            let (drawn, after) = frame(&mut area, 40, 2);
            assert!(drawn[before].symbol().starts_with('X'), "{word}, {crossed} from its end");
            assert_eq!((after.x, after.y), (before.x + 1, before.y), "{word}");
        }
    }
}

#[test]
fn letters_take_the_columns_that_are_drawn_for_them() {
    for (word, ..) in WORDS {
        for glyph in glyphs(word).filter(|glyph| glyph.text != "\t") {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 1));
            let (end, _) =
                buffer.set_stringn(0, 0, &glyph.shown, 20, ratatui_core::style::Style::new());
            assert_eq!(usize::from(end), glyph.width, "{word}: {glyph:?}");
        }
    }
}

#[test]
fn a_sign_typed_in_parts_is_one_sign() {
    let mut area = TextArea::new("");
    for part in "👩\u{200d}👧 🇩🇪 e\u{301}".chars() {
        area.type_text(&part.to_string());
    }
    assert_eq!(area.text(), "👩\u{200d}👧 🇩🇪 e\u{301}");
    press(&mut area, &[plain(Key::Left); 5]);
    assert_eq!(cursor(&area), 0);
    // A joiner between two signs makes one of them, and the cursor goes after it.
    let mut area = TextArea::new("👩👧");
    press(&mut area, &[plain(Key::Left)]);
    area.type_text("\u{200d}");
    assert_eq!(marked(&area), "👩\u{200d}👧|");
}

#[test]
fn words_of_japanese_and_with_apostrophes_are_those_of_unicode() {
    let mut area = at_start("I don't ひらカタカナ, 3.14 น้ำ!");
    let mut seen = Vec::new();
    for _ in 0..9 {
        press(&mut area, &[alt('f')]);
        seen.push(area.text()[..cursor(&area)].to_owned());
    }
    assert_eq!(seen[..5], ["I", "I don't", "I don't ひ", "I don't ひら", "I don't ひらカタカナ"]);
    assert_eq!(seen[5], "I don't ひらカタカナ, 3.14");
    assert_eq!(seen[6], "I don't ひらカタカナ, 3.14 น้ำ");
    press(&mut area, &[alt('b')]);
    assert_eq!(&area.text()[cursor(&area)..], "น้ำ!");
    press(&mut area, &[KeyPress::ctrl(Key::Left), KeyPress::alt(Key::Left)]);
    assert_eq!(&area.text()[cursor(&area)..], "カタカナ, 3.14 น้ำ!");
}
