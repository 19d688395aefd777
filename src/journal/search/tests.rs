use proptest::prelude::*;

use super::*;

/// The terms in a short form: `w` words, `b` a beginning, `s` signs, each with `-` if excluded.
fn terms(typed: &str) -> Vec<String> {
    let Some(search) = Search::parse(typed) else { return Vec::new() };
    let shown = search.terms.iter().map(|term| {
        let form = match term.form {
            Form::Words => 'w',
            Form::Beginning => 'b',
            Form::Signs => 's',
        };
        format!("{}{form} {}", if term.is_excluded { "-" } else { "" }, term.text)
    });
    shown.collect()
}

#[test]
fn letters_of_scripts_without_spaces_are_set_apart() {
    for (text, wanted) in [
        ("plain Größe", "plain Größe"),
        ("世界は広い。", "|世|界|は|広|い。"),
        ("in 東京 2026", "in |東|京 2026"),
        ("東京tower", "|東|京|tower"),
        ("서울에서", "|서|울|에|서"),
        ("mark\u{1}ed", "mark ed"),
        ("cafe\u{301}", "café"),
        ("й ἄνθρωπος", "и\u{306} α\u{301}νθρωπος"),
        ("שָׁלוֹם", "שלום"),
        ("\u{1112}\u{1161}\u{11ab}", "|한"),
    ] {
        assert_eq!(lookup_form(text).replace(BETWEEN, "|"), wanted, "{text}");
    }
}

#[test]
fn what_was_typed_becomes_terms() {
    for (typed, wanted) in [
        ("quiet morning", &["w quiet", "w morning"][..]),
        ("  quiet\n\tquiet ", &["w quiet"]),
        ("quiet -morning", &["w quiet", "-w morning"]),
        ("\"quiet morning\" walk", &["w quiet morning", "w walk"]),
        ("-\"quiet morning\"", &["-w quiet morning"]),
        ("\"left open", &["w left open"]),
        ("“typographic ones” too", &["w typographic ones", "w too"]),
        ("„deutsche auch“ ja", &["w deutsche auch", "w ja"]),
        ("« françaises » «open", &["w  françaises ", "w open"]),
        ("\"a “b” c\"", &["w a “b” c"]),
        ("\"a b\"c", &["w a b", "w c"]),
        ("morn*", &["b morn"]),
        ("morn*** -eve*", &["b morn", "-b eve"]),
        ("\"quiet mor\"* x", &["b quiet mor", "w x"]),
        ("mo*rn *x", &["w mo*rn", "w *x"]),
        ("AND OR NOT NEAR(a b)", &["w AND", "w OR", "w NOT", "w NEAR(a", "w b)"]),
        ("title:x ^y {z} a+b", &["w title:x", "w ^y", "w {z}", "w a+b"]),
        ("don't C++ #work a-b 5\"", &["w don't", "w C++", "w #work", "w a-b", "w 5\""]),
        (": * -> ❤", &["s :", "s *", "s ->", "s ❤"]),
        ("❤\u{fe0f} \u{fe0f} -❤", &["s ❤", "s \u{fe0f}", "-s ❤"]),
        ("🅰 ①", &["s 🅰", "w ①"]),
        ("- -- --- -* -:", &["s -", "s --", "s ---", "s -*", "s -:"]),
        ("--option -x", &["w --option", "-w x"]),
        ("\"", &["s \""]),
        ("\"\" x", &["s \"\"", "w x"]),
        ("\" \t", &["s \""]),
        ("\"->\"* -\"", &["s ->", "-s \""]),
        ("a\u{1}b\u{3}c\0d", &["w a", "w b", "w c", "w d"]),
        ("", &[]),
        (" \n\u{a0}\u{3000}\0", &[]),
    ] {
        assert_eq!(terms(typed), wanted, "{typed}");
    }
}

#[test]
fn several_bare_words_are_also_wanted_together() {
    let together = |typed| Search::parse(typed).and_then(|search| search.together);
    assert_eq!(together("to be or to be").as_deref(), Some("to be or to be"));
    assert_eq!(together("one -two \"three four\" : five").as_deref(), Some("one five"));
    assert_eq!(together("one tw*"), None);
    assert_eq!(together("one"), None);
    assert_eq!(together(&"word ".repeat(100)), None);
}

#[test]
fn an_excerpt_shows_what_stands_around_a_sign_and_marks_it() {
    let shown = |typed: &str, text: &str| {
        let search = Search::parse(typed).expect("terms");
        let piece = excerpt(&search, &lookup_form(text));
        in_one_line(&piece).replace(OPEN, "[").replace(CLOSE, "]")
    };
    assert_eq!(shown("❤", "I ❤\u{fe0f} you"), "I [❤\u{fe0f}] you");
    assert_eq!(shown(": ❤", "so:\n❤ and ❤"), "so[:] [❤] and [❤]");
    assert_eq!(shown("・", "東・京"), "東[・]京");
    assert_eq!(shown("-x", "nothing\r\n  to mark"), "nothing to mark");
    assert_eq!(shown("\u{301}", "x\u{301}e"), "[x\u{301}]e");
    let long = format!("{} -> {}", "before ".repeat(100), "after ".repeat(100));
    let line = shown("->", &long);
    assert!(line.starts_with("...before before"), "{line}");
    assert!(line.contains("before [->] after") && line.ends_with(" after..."), "{line}");
    assert!(line.len() < 160, "{line}");
}

proptest! {
    #[test]
    fn whatever_is_typed_is_a_search_or_nothing(typed in any::<String>()) {
        match Search::parse(&typed) {
            Some(search) => prop_assert!(search.terms.iter().all(|term| !term.text.is_empty())),
            None => prop_assert!(typed.chars().all(is_gap)),
        }
    }

    #[test]
    fn quotes_dashes_and_stars_in_any_order_are_read(typed in "[-a*\"“”« \u{301}❤]{0,20}") {
        if let Some(search) = Search::parse(&typed) {
            for term in &search.terms {
                prop_assert!(!term.text.is_empty() && typed.contains(&term.text));
            }
        }
    }

    #[test]
    fn an_excerpt_is_a_short_piece_of_the_text(text in "\\PC{0,200}", sign in "[:❤\u{301}]") {
        let search = Search::parse(&sign).expect("a sign");
        let piece = excerpt(&search, &text);
        let plain = piece.replace([OPEN, CLOSE], "");
        let plain = plain.strip_prefix("...").unwrap_or(&plain);
        let plain = plain.strip_suffix("...").unwrap_or(plain);
        prop_assert!(text.contains(plain));
        prop_assert_eq!(piece.contains(OPEN), text.contains(&sign));
    }
}
