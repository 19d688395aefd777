mod same_words;

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
fn a_question_that_a_lesson_has_only_because_it_has_none_is_not_found() {
    let lesson = |question: &str| LessonText {
        title: "Rain".to_owned(),
        story: "It rained.".to_owned(),
        takeaway: "Go.".to_owned(),
        question: question.to_owned(),
        tags: Vec::new(),
    };
    let words = |question| lesson_words(&lesson(question)).1;
    assert_eq!(words("And today?"), "it rained \u{e000} go \u{e000} and today");
    assert_eq!(words(QUESTION), "it rained \u{e000} go \u{e000}");
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

/// The snippets of a text for a search, with brackets around what was found.
fn shown(typed: &str, text: &str) -> String {
    let search = Search::parse(typed).expect("terms");
    let snippets = snippets(&Matcher::of(&search), &[(Part::Reflection, text)]);
    let lines: Vec<String> = snippets.iter().map(|one| in_brackets(&one.spans)).collect();
    lines.join("|")
}

#[test]
fn a_snippet_is_the_text_as_it_was_written_on_one_line() {
    for (typed, text, wanted) in [
        ("balmy", "Nothing\r\n\tBALMY:  at all", "Nothing [BALMY]: at all"),
        ("cafe", "the cafe\u{301}, the Café", "the [cafe\u{301}], the [Café]"),
        ("strasse", "in der Straße.", "in der [Straße]."),
        ("zusammenarbeit", "a Zusammen\u{ad}arbeit b", "a [Zusammen\u{ad}arbeit] b"),
        ("界は", "世界は広い", "世[界は]広い"),
        ("世", "世世", "[世世]"),
        ("\"a b\"", "a b a, b", "[a b] [a, b]"),
        ("beta gamma", "alpha\0beta gamma", "alpha\0[beta] [gamma]"),
        ("find", "to ﬁnd", "to [ﬁnd]"),
        ("apolog*", "no apology, no apologies", "no [apology], no [apologies]"),
        ("میخواهم", "من می\u{200c}خواهم", "من [می\u{200c}خواهم]"),
        ("nothing", "here", ""),
    ] {
        assert_eq!(shown(typed, text), wanted, "{typed}");
    }
}

#[test]
fn a_snippet_shows_signs_as_they_stand() {
    assert_eq!(shown("❤", "I ❤\u{fe0f} you"), "I [❤\u{fe0f}] you");
    assert_eq!(shown(": ❤", "so:\n❤ and ❤"), "so[:] [❤] and [❤]");
    assert_eq!(shown("・", "東・京"), "東[・]京");
    assert_eq!(shown("-x", "nothing\r\n  to mark"), "nothing to mark");
    assert_eq!(shown("\u{301}", "x\u{301}e"), "[x\u{301}]e");
    assert_eq!(shown("->", "a\nb -> c"), "a b [->] c");
}

#[test]
fn a_snippet_of_a_long_text_is_the_piece_with_the_most_terms() {
    let (before, after) = ("before ".repeat(100), "after ".repeat(100));
    for found in ["->", "wombat"] {
        let line = shown(found, &format!("{before} {found} {after}"));
        assert!(line.starts_with("...before before"), "{line}");
        assert!(line.contains(&format!("before [{found}] after")), "{line}");
        assert!(line.ends_with(" after...") && line.len() < 180, "{line}");
    }
    let text = format!("one {before} two {after} one and two");
    assert!(shown("one two", &text).ends_with("after [one] and [two]"));
    let long = shown(&format!("\"{}\"", "word ".repeat(200)), &"word ".repeat(300));
    assert!(long.len() < 200, "{long}");
}

#[test]
fn each_part_with_a_term_that_was_not_shown_has_its_own_snippet() {
    let search = Search::parse("one two three").expect("terms");
    let texts = [
        (Part::Reflection, "one"),
        (Part::Step, "one and two"),
        (Part::Afterthought, "two"),
        (Part::Afterthought, "three"),
    ];
    let found = snippets(&Matcher::of(&search), &texts);
    let found: Vec<(Part, String)> =
        found.iter().map(|one| (one.part, in_brackets(&one.spans))).collect();
    let wanted = [(Part::Step, "[one] and [two]"), (Part::Afterthought, "[three]")];
    assert_eq!(found, wanted.map(|(part, line)| (part, line.to_owned())));
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
    fn a_snippet_is_a_piece_of_the_text(text in "[ -~é世क्ि\u{301}\u{200c}ﬁ❤\n]{0,200}", typed in "[a-c世:❤]") {
        let search = Search::parse(&typed).expect("a term");
        let matcher = Matcher::of(&search);
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        for one in snippets(&matcher, &[(Part::Step, &text)]) {
            let line: String = one.spans.iter().map(|span| span.text.as_str()).collect();
            let line = line.strip_prefix("...").unwrap_or(&line);
            let line = line.strip_suffix("...").unwrap_or(line);
            prop_assert!(plain(&text).contains(&plain(line)), "{line}");
            prop_assert!(one.spans.iter().any(|span| span.is_found));
        }
    }

    #[test]
    fn what_was_folded_stays_as_it_is(text in any::<String>()) {
        let once = fold::folded(&text);
        prop_assert_eq!(fold::folded(&once), once);
    }

    #[test]
    fn every_word_of_a_text_finds_it(text in "\\PC{1,40}") {
        for word in text.split_whitespace().filter(|word| has_word(word)) {
            let word = word.replace(['"', '“', '”', '„', '‟', '«', '»'], " ");
            let Some(search) = Search::parse(&format!("\"{word}\"")) else { continue };
            if search.terms.iter().all(|term| term.form == Form::Words) {
                prop_assert!(!Matcher::of(&search).find(&text).is_empty(), "{word}");
            }
        }
    }
}
