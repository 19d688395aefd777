use proptest::prelude::*;

use super::*;
use crate::format::{EntryWriter, Fault};
use crate::journal::entry::reflection::{Afterthought, word_count};
use crate::journal::lesson::LessonText;
use crate::journal::testing::{at, day as day_of};
use crate::journal::{Day, Entry, Lesson, LessonId, Moment, Reflection, Source, Step, StepState};
use own::OwnDay;
use seal::Seal;

/// Texts of pieces that break the structure of many formats.
fn odd_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "---",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "# heading",
        "- [ ] task",
        "> quote",
        "```",
        "words",
        "<!-- dwell: end -->",
        "<!-- dwell: words",
        "<!-- dwell:",
        "-->",
        "&#60;",
        "&#",
        "&",
        ";",
        "38;",
        "[2020-01-01] ",
        "%",
        "==========",
        "date: 2020-01-01",
        "\u{202f}",
        "\u{202e}",
        "שלום",
        "👩‍👩‍👧",
        "\u{1b}[31m",
        "\0",
        "\u{85}",
        "\t",
        " ",
        "  ",
        "\u{feff}",
        "\u{2028}",
        "*2026-11-22 07:00*\n\n",
        "    - when: ",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat()),
        "(?s).{0,40}",
    ]
}

fn moment() -> impl Strategy<Value = Moment> {
    (-2_000_000_000_000_i64..8_000_000_000_000, -840..=840_i32).prop_map(|(millis, minutes)| {
        let at = chrono::DateTime::from_timestamp_millis(millis).expect("in range");
        at.with_timezone(&chrono::FixedOffset::east_opt(minutes * 60).expect("in range"))
    })
}

fn a_day() -> impl Strategy<Value = Day> {
    (0..2_900_000_u64).prop_map(|days| day_of("1900-01-01").plus_days(days).expect("in range"))
}

fn step() -> impl Strategy<Value = Step> {
    let state = prop::sample::select(vec![
        StepState::Open,
        StepState::Done,
        StepState::Partly,
        StepState::Dropped,
    ]);
    let texts = (odd_text(), prop::option::of(odd_text()), prop::option::of(odd_text()));
    (texts, state, prop::option::of(a_day())).prop_map(
        |((text, when, outcome), state, closed_on)| Step { text, when, state, closed_on, outcome },
    )
}

fn lesson() -> impl Strategy<Value = Lesson> {
    prop::collection::vec(odd_text(), 5).prop_map(|mut texts| {
        let mut next = || texts.pop().expect("five");
        let text = LessonText {
            title: next(),
            story: next(),
            takeaway: next(),
            question: next(),
            tags: vec![],
        };
        let series = "a-series".parse().expect("a slug");
        let id = LessonId::of(&series, &text);
        let source = Source { title: next(), kind: "film".to_owned(), ..Source::default() };
        Lesson { id, series, number: 1, series_length: 5, text, loved: false, source }
    })
}

fn entry() -> impl Strategy<Value = Entry> {
    let words = prop::option::of((odd_text(), moment()));
    let afterthoughts = prop::collection::vec((odd_text(), moment()), 0..3);
    let parts = (words, prop::option::of(step()), afterthoughts);
    (a_day(), prop::option::of((lesson(), moment())), parts).prop_map(
        |(day, served, (words, step, afterthoughts))| {
            let (lesson, served_at) = served.unzip();
            let reflection = words.map(|(text, written_at)| Reflection {
                words: word_count(&text),
                text,
                written_at,
                revised_at: written_at,
                revisions: 1,
                late: false,
            });
            let afterthoughts = afterthoughts.into_iter();
            let afterthoughts =
                afterthoughts.map(|(text, written_at)| Afterthought { text, written_at }).collect();
            let (asked_on, quiet) = (None, false);
            Entry { day, lesson, served_at, reflection, step, asked_on, afterthoughts, quiet }
        },
    )
}

/// What an entry has that is read back.
#[derive(Debug, PartialEq)]
struct Kept {
    day: Day,
    served_at: Option<(Moment, i32)>,
    words: Option<(String, Moment, i32)>,
    step: Option<Step>,
    afterthoughts: Vec<(String, Moment, i32)>,
}

fn offset(at: Moment) -> i32 {
    at.offset().local_minus_utc()
}

fn kept(entry: &Entry) -> Kept {
    let words = entry
        .reflection
        .as_ref()
        .map(|written| (written.text.clone(), written.written_at, offset(written.written_at)));
    Kept {
        day: entry.day,
        served_at: entry.served_at.map(|at| (at, offset(at))),
        words,
        step: entry.step.clone(),
        afterthoughts: entry.afterthoughts.iter().map(of_afterthought).collect(),
    }
}

fn of_afterthought(one: &Afterthought) -> (String, Moment, i32) {
    (one.text.clone(), one.written_at, offset(one.written_at))
}

fn read_back(day: &OwnDay) -> Kept {
    Kept {
        day: day.day,
        served_at: day.served_at.map(|at| (at, offset(at))),
        words: day.words.clone().map(|(text, at)| (text, at, offset(at))),
        step: day.step.clone(),
        afterthoughts: day.afterthoughts.iter().map(of_afterthought).collect(),
    }
}

fn book(entries: &[Entry]) -> String {
    let mut out = Vec::new();
    let mut writer = Box::new(book::Writer::new(&mut out).expect("written"));
    for entry in entries {
        writer.entry(entry).expect("written");
    }
    writer.finish().expect("written");
    String::from_utf8(out).expect("UTF-8")
}

proptest! {
    #[test]
    fn a_day_goes_out_and_in_again_to_the_byte(entry in entry(), is_changed_by_git: bool) {
        let file = day::file(&entry);
        prop_assert!(!file.chars().any(crate::text::is_unsafe), "{:?}", file);
        let file = if is_changed_by_git { file.replace('\n', "\r\n") } else { file };
        prop_assert!(own::is_own(&file).expect("this version"));
        prop_assert_eq!(seal::of(&file), Seal::Whole);
        let days = own::read(&file).expect("read");
        prop_assert_eq!(days.iter().map(read_back).collect::<Vec<_>>(), [kept(&entry)]);
        let text = entry.reflection.as_ref().map_or("", |written| written.text.as_str());
        prop_assert_eq!(days[0].text(), text);
    }

    #[test]
    fn many_days_go_out_and_in_again_to_the_byte(entries in prop::collection::vec(entry(), 0..4)) {
        let file = book(&entries);
        prop_assert!(own::is_own(&file).expect("this version"));
        prop_assert_eq!(seal::of(&file), Seal::Whole);
        let days = own::read(&file).expect("read");
        let wanted: Vec<Kept> = entries.iter().map(kept).collect();
        prop_assert_eq!(days.iter().map(read_back).collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn a_file_that_ends_early_or_was_changed_is_recognised(entry in entry(), at: prop::sample::Index) {
        let file = day::file(&entry);
        let ends: Vec<usize> = file.char_indices().map(|(at, _)| at).collect();
        let end = ends[at.index(ends.len())];
        let cut = &file[..end];
        prop_assert_ne!(seal::of(cut), Seal::Whole);
        if own::is_own(cut).expect("this version") {
            let is_all_but_the_line_break = end == file.len() - 1;
            let torn = matches!(own::read(cut), Err(error) if matches!(error.why, Fault::Torn));
            prop_assert!(torn || is_all_but_the_line_break, "{:?}", cut);
        }
        prop_assert_ne!(seal::of(&format!("{cut}x{}", &file[end..])), Seal::Whole);
    }

    #[test]
    fn any_text_is_read_or_refused(text in odd_text(), head: bool) {
        let text = if head { format!("---\ndwell: 1\n---\n{text}") } else { text };
        let _ = own::is_own(&text);
        let _ = own::read(&text);
        prop_assert_ne!(seal::of(&text), Seal::Whole);
    }
}

fn plain_entry() -> Entry {
    let written_at = at("2026-11-22T07:09:40+01:00");
    Entry {
        day: day_of("2026-11-22"),
        lesson: None,
        served_at: None,
        reflection: Some(Reflection {
            text: "I called back. #work".to_owned(),
            words: 4,
            written_at,
            revised_at: written_at,
            revisions: 1,
            late: false,
        }),
        step: Some(Step { when: Some("tonight".to_owned()), ..Step::open("thank him") }),
        asked_on: None,
        afterthoughts: vec![Afterthought { text: "He laughed.".to_owned(), written_at }],
        quiet: false,
    }
}

#[test]
fn a_day_is_plain_markdown() {
    let text = day::file(&plain_entry());
    let (text, seal) = text.trim_end().rsplit_once('\n').expect("lines");
    assert!(seal.starts_with("<!-- dwell: file "), "{seal}");
    insta::assert_snapshot!(text, @r#"
    ---
    date: 2026-11-22
    dwell: 1
    tags: ["work"]
    ---

    <!-- dwell: day 2026-11-22 -->

    # 2026-11-22

    <!-- dwell: end -->

    <!-- dwell: words 2026-11-22T07:09:40+01:00 -->

    I called back. #work

    <!-- dwell: end -->

    <!-- dwell: step -->

    - [ ] thank him
        - when: tonight

    <!-- dwell: end -->

    <!-- dwell: afterthought 2026-11-22T07:09:40+01:00 -->

    *2026-11-22 07:09*

    He laughed.

    <!-- dwell: end -->
    "#);
}

#[test]
fn what_somebody_wrote_between_the_sections_comes_below_the_words() {
    let file = day::file(&plain_entry());
    let changed = file.replace("<!-- dwell: step", "My own line.\n\n<!-- dwell: step");
    let changed = format!("{changed}\nAnd one at the end.\n");
    assert_eq!(seal::of(&changed), Seal::Broken);
    let days = own::read(&changed).expect("read");
    assert_eq!(days.len(), 1);
    assert_eq!(days[0].text(), "I called back. #work\n\nMy own line.\n\nAnd one at the end.");
}

#[test]
fn a_box_that_was_ticked_elsewhere_is_an_answer() {
    let file = day::file(&plain_entry()).replace("- [ ] thank", "- [X] thank");
    let days = own::read(&file).expect("read");
    let step = days[0].step.as_ref().expect("a step");
    assert_eq!((step.state, step.text.as_str()), (StepState::Done, "thank him"));
    assert_eq!(step.when.as_deref(), Some("tonight"));
}

#[test]
fn the_text_of_a_lesson_is_no_markup() {
    let mut entry = plain_entry();
    let series = "a-series".parse().expect("a slug");
    let text = LessonText {
        title: "One *two*".to_owned(),
        story: "![x](http://a.test/b.png) <script>alert(1)</script>\n\n- $5 [[link]] #tag"
            .to_owned(),
        takeaway: "a == b; a_b ==hidden== %%c%%".to_owned(),
        question: "Why?".to_owned(),
        tags: vec![],
    };
    let id = LessonId::of(&series, &text);
    let source =
        Source { title: "A film".to_owned(), kind: "film".to_owned(), ..Source::default() };
    entry.lesson =
        Some(Lesson { id, series, number: 1, series_length: 5, text, loved: false, source });
    let text = day::sections(&entry);
    let lesson = text.split("\n\n<!-- dwell: end").next().expect("a section");
    insta::assert_snapshot!(lesson, @r"
    <!-- dwell: day 2026-11-22 -->

    # 2026-11-22

    ## One \*two\*

    *A film, 1/5*

    > !\[x\](http://a.test/b.png) \<script\>alert(1)\</script\>
    >
    > \- \$5 \[\[link\]\] \#tag
    >
    > a \=\= b; a\_b \=\=hidden\=\= \%\%c\%\%

    **Why?**
    ");
}

#[test]
fn a_newer_version_is_refused_and_another_note_is_none_of_ours() {
    let newer = day::file(&plain_entry()).replace("dwell: 1\n", "dwell: 2\n");
    let refused = own::is_own(&newer).expect_err("newer");
    assert!(matches!(refused.why, Fault::Newer { version: 2 }) && refused.line == Some(3));
    for text in ["", "words", "---\ndate: 2026-11-22\n---\nwords", "---\ndwell: 1\n---\nwords"] {
        assert!(!own::is_own(text).expect("no version"), "{text}");
        assert_eq!(seal::of(text), Seal::Missing);
    }
}
