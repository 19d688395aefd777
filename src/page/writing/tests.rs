//! What is on the page, and what keys do to it.

use std::time::{Duration, Instant};

use ratatui_core::backend::TestBackend;
use ratatui_core::terminal::Terminal;

use super::keys::Wanted;
use super::*;
use crate::journal::lesson::{LessonId, LessonText, Source};
use crate::journal::testing::day;
use crate::journal::{Lesson, Step, testing};
use crate::page::writing::layout::Layout;
use crate::terminal::input::Input;
use crate::text::Page;

const LOOK: Page = Page { utf8: true, ..Page::UNSET };

fn lesson() -> Lesson {
    let text = LessonText {
        title: "Chase what you love".to_owned(),
        story: "A young woman worked in a bookshop and wrote poems at night. Nobody had asked her \
                for one. She read them aloud in a church with a guitar behind her, and the people \
                who came stayed. She had not known that this was singing."
            .to_owned(),
        takeaway: "You may be good at something that you never called by its name.".to_owned(),
        question: "What do you do although nobody asks you to?".to_owned(),
        tags: Vec::new(),
    };
    let source = Source { title: "The Defiant Ones".to_owned(), ..Source::default() };
    Lesson {
        id: LessonId::of(&testing::slug("the-defiant-ones"), &text),
        series: testing::slug("the-defiant-ones"),
        number: 3,
        series_length: 5,
        text,
        loved: false,
        source,
    }
}

fn opening() -> Opening {
    let entry = Entry { lesson: Some(lesson()), ..testing::entry("2026-11-22") };
    Opening {
        heading: "Sunday 22 November 2026".to_owned(),
        entry: Some(entry),
        purpose: Purpose::Add,
        steps: Vec::new(),
        today: day("2026-11-22"),
        words: Some(String::new()),
        step: Some([String::new(), String::new()]),
        notice: None,
        takeaway_after: false,
        look: LOOK,
    }
}

fn open_step(text: &str) -> OpenStep {
    let (text, state) = (text.to_owned(), StepState::Open);
    let step = Step { text, when: None, state, closed_on: None, outcome: None };
    OpenStep { day: day("2026-11-21"), step, asked_on: None }
}

fn page() -> WritingPage {
    WritingPage::new(opening())
}

fn asking() -> WritingPage {
    let steps = vec![open_step("call Ben"), open_step("buy a ticket to the sea")];
    WritingPage::new(Opening { steps, ..opening() })
}

/// The page as it is drawn, and the cursor's column and row.
fn frame(page: &mut WritingPage, columns: u16, rows: u16) -> (String, Option<(u16, u16)>) {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a terminal");
    terminal.draw(|frame| page.draw(frame)).expect("drawn");
    let buffer = terminal.backend().buffer().clone();
    let line = |y| {
        let line: String = (0..columns).map(|x| buffer[(x, y)].symbol()).collect();
        line.trim_end().to_owned()
    };
    let lines: Vec<String> = (0..rows).map(line).collect();
    let cursor = terminal.backend().cursor_position();
    let shown = terminal.backend().cursor_visible().then_some((cursor.x, cursor.y));
    (lines.join("\n"), shown)
}

fn key(page: &mut WritingPage, press: KeyPress) -> Wanted {
    page.take(Input::Key(press), Instant::now())
}

fn type_text(page: &mut WritingPage, text: &str) {
    assert_eq!(page.take(Input::Text(text.to_owned()), Instant::now()), Wanted::Nothing);
}

#[test]
fn an_open_page_has_the_lesson_above_the_words_and_folds_it_at_the_first_letter() {
    let mut page = page();
    insta::assert_snapshot!("opened_at_80_columns", frame(&mut page, 80, 24).0);
    type_text(&mut page, "I sing in the kitchen.");
    insta::assert_snapshot!("writing_at_80_columns", frame(&mut page, 80, 24).0);
    key(&mut page, KeyPress::plain(Key::Function(2)));
    assert!(frame(&mut page, 80, 24).0.contains("A young woman"));
}

#[test]
fn a_small_screen_has_everything_and_cuts_nothing() {
    let mut page = asking();
    let all = frame(&mut page, 40, 16).0;
    insta::assert_snapshot!("steps_at_40_columns", all);
    type_text(&mut page, "No time for any of it, and that is fine too.");
    insta::assert_snapshot!("writing_at_40_columns", frame(&mut page, 40, 16).0);
}

#[test]
fn a_wide_screen_has_the_lesson_beside_the_words_and_does_not_fold_it() {
    let mut page = asking();
    insta::assert_snapshot!("steps_at_120_columns", frame(&mut page, 120, 40).0);
    type_text(&mut page, "I sing in the kitchen.");
    let written = frame(&mut page, 120, 40).0;
    assert!(written.contains("A young woman") && written.contains("I sing"), "{written}");
}

#[test]
fn no_size_panics_and_the_cursor_is_on_the_screen() {
    let mut page = asking();
    type_text(&mut page, "words that go on\nand on");
    for columns in (1..130).step_by(3) {
        for rows in 1..42 {
            let (_, cursor) = frame(&mut page, columns, rows);
            assert!(cursor.is_none_or(|(x, y)| x < columns && y < rows));
        }
    }
    frame(&mut page, 0, 0);
}

#[test]
fn the_cursor_stands_where_the_next_letter_goes() {
    let mut page = page();
    type_text(&mut page, "世界 👩‍👩‍👧 สวัสดี");
    let (before, cursor) = frame(&mut page, 80, 24);
    let (x, y) = cursor.expect("a cursor");
    type_text(&mut page, "X");
    let (after, _) = frame(&mut page, 80, 24);
    let row = after.lines().nth(y.into()).expect("a row");
    let column = crate::page::paint::width(row.split('X').next().expect("before X"));
    // Each cell behind a wide letter is a space in this drawing, so compare with the row before.
    assert!(column >= x, "{before}");
    assert_eq!(frame(&mut page, 80, 24).1.map(|(after, _)| after), Some(x + 1));
}

#[test]
fn a_letter_that_stands_alone_answers_a_step_and_can_be_changed() {
    let mut page = asking();
    frame(&mut page, 80, 24);
    let start = Instant::now();
    page.take(Input::Text("d".to_owned()), start);
    page.settle(start + Duration::from_millis(100));
    assert_eq!(page.answers(), [None, None]);
    page.settle(start + Duration::from_millis(250));
    assert_eq!(page.answers(), [Some(StepState::Done), None]);
    assert_eq!(page.focus, Field::Step(1));
    key(&mut page, KeyPress::shift(Key::Tab));
    page.take(Input::Text("l".to_owned()), start);
    page.settle(start + Duration::from_millis(250));
    assert_eq!(page.answers(), [Some(StepState::Dropped), None]);
    key(&mut page, KeyPress::plain(Key::Enter));
    assert_eq!(page.focus, Field::Words);
    assert_eq!(page.answers(), [Some(StepState::Dropped), None]);
}

#[test]
fn a_key_right_after_a_letter_confirms_the_answer_and_backspace_takes_it_back() {
    for press in [Key::Enter, Key::Tab, Key::Down].map(KeyPress::plain) {
        let mut page = asking();
        type_text(&mut page, "d");
        key(&mut page, press);
        assert_eq!(page.answers(), [Some(StepState::Done), None]);
        assert_eq!(page.focus, Field::Step(1));
        type_text(&mut page, "l");
        key(&mut page, press);
        assert_eq!(page.answers(), [Some(StepState::Done), Some(StepState::Dropped)]);
        assert_eq!((page.focus, page.written().words.as_str()), (Field::Words, ""));
    }
    for press in [KeyPress::ctrl(Key::Char('d')), KeyPress::plain(Key::Escape)] {
        let mut page = asking();
        type_text(&mut page, "p");
        key(&mut page, press);
        assert_eq!(page.answers(), [Some(StepState::Partly), None]);
        assert_eq!(page.written().words, "");
    }
    let mut page = asking();
    type_text(&mut page, "p");
    key(&mut page, KeyPress::plain(Key::Backspace));
    assert_eq!((page.answers(), page.focus), (vec![None, None], Field::Step(0)));
}

#[test]
fn a_sentence_typed_at_a_step_is_words_and_no_answer() {
    for sentence in [&["D", "i", "d not"][..], &["Did it"], &["Today was good"], &["x"]] {
        let mut page = asking();
        for piece in sentence {
            type_text(&mut page, piece);
        }
        assert_eq!(page.written().words, sentence.concat());
        assert_eq!(page.answers(), [None, None]);
    }
    let mut page = asking();
    page.take(Input::Paste("done".to_owned()), Instant::now());
    assert_eq!(page.written().words, "done");
}

#[test]
fn keys_move_between_the_fields_and_when_is_asked_of_a_step_alone() {
    let mut page = page();
    frame(&mut page, 80, 24);
    type_text(&mut page, "words");
    key(&mut page, KeyPress::plain(Key::Tab));
    assert_eq!(page.focus, Field::NextStep);
    key(&mut page, KeyPress::plain(Key::Tab));
    assert_eq!(page.focus, Field::Words);
    key(&mut page, KeyPress::plain(Key::Down));
    type_text(&mut page, "call Ben");
    key(&mut page, KeyPress::plain(Key::Enter));
    type_text(&mut page, "at noon");
    key(&mut page, KeyPress::plain(Key::Up));
    key(&mut page, KeyPress::plain(Key::Up));
    type_text(&mut page, "!");
    let [words, step, when] = ["words!", "call Ben", "at noon"].map(str::to_owned);
    assert_eq!(page.written(), Written { words, step, when });
}

#[test]
fn each_way_out_has_its_key_and_no_letter_is_one() {
    let mut page = page();
    let ends = |page: &mut WritingPage, press| key(page, press);
    for (press, end) in [
        (KeyPress::ctrl(Key::Char('d')), PageEnd::Save),
        (KeyPress::plain(Key::Escape), PageEnd::Keep),
        (KeyPress::ctrl(Key::Char('c')), PageEnd::Cancel),
        (KeyPress::ctrl(Key::Char('e')), PageEnd::OpenEditor),
    ] {
        assert_eq!(ends(&mut page, press), Wanted::End(end));
    }
    assert_eq!(ends(&mut page, KeyPress::ctrl(Key::Char('z'))), Wanted::Suspend);
    type_text(&mut page, "q");
    // With a selection Ctrl-C copies it.
    key(&mut page, KeyPress::alt(Key::Char('a')));
    assert_eq!(ends(&mut page, KeyPress::ctrl(Key::Char('c'))), Wanted::Nothing);
    assert_eq!(page.written().words, "q");
}

#[test]
fn the_keys_are_shown_and_a_letter_typed_there_is_a_word() {
    let mut page = page();
    key(&mut page, KeyPress::plain(Key::Function(1)));
    insta::assert_snapshot!("all_keys_at_80_columns", frame(&mut page, 80, 24).0);
    assert_eq!(key(&mut page, KeyPress::plain(Key::Escape)), Wanted::Nothing);
    key(&mut page, KeyPress::plain(Key::Function(1)));
    type_text(&mut page, "word");
    assert!(frame(&mut page, 80, 24).0.contains("word"));
    // On a small screen all of them can be reached.
    key(&mut page, KeyPress::plain(Key::Function(1)));
    let mut seen = String::new();
    for _ in 0..30 {
        seen.push_str(&frame(&mut page, 40, 16).0);
        key(&mut page, KeyPress::plain(Key::Down));
    }
    for (keys, _) in crate::messages::page::ALL_KEYS {
        assert!(seen.contains(keys), "{keys}");
    }
}

#[test]
fn a_takeaway_for_afterwards_waits_for_words_or_for_its_key() {
    let takeaway = "never called by its name";
    let after = || WritingPage::new(Opening { takeaway_after: true, ..opening() });
    let mut page = after();
    assert!(!frame(&mut page, 80, 30).0.contains(takeaway));
    key(&mut page, KeyPress::plain(Key::Function(3)));
    assert!(frame(&mut page, 80, 30).0.contains(takeaway));
    let mut page = after();
    type_text(&mut page, "I sing.");
    key(&mut page, KeyPress::plain(Key::Function(2)));
    assert!(frame(&mut page, 80, 30).0.contains(takeaway));
}

#[test]
fn the_question_stays_in_view_while_the_lesson_above_it_is_read() {
    let mut long = lesson();
    long.text.story = long.text.story.repeat(6);
    let entry = Entry { lesson: Some(long), ..testing::entry("2026-11-22") };
    let mut page = WritingPage::new(Opening { entry: Some(entry), ..opening() });
    insta::assert_snapshot!("a_long_lesson_at_80_columns", frame(&mut page, 80, 24).0);
    for _ in 0..30 {
        assert!(frame(&mut page, 80, 24).0.contains("nobody asks you to?"));
        key(&mut page, KeyPress::plain(Key::Down));
    }
    // At its end, Down goes on to the next field.
    let (last, _) = frame(&mut page, 80, 24);
    assert!(last.contains("by its name.") && !last.contains("PgDn"), "{last}");
    assert_eq!(page.focus, Field::NextStep);
}

#[test]
fn a_lesson_longer_than_its_place_can_be_read_to_its_end() {
    let mut page = page();
    let (first, _) = frame(&mut page, 40, 16);
    assert!(first.contains("PgDn: more") && !first.contains("although nobody"), "{first}");
    for _ in 0..8 {
        key(&mut page, KeyPress::plain(Key::PageDown));
        frame(&mut page, 40, 16);
    }
    let (last, _) = frame(&mut page, 40, 16);
    assert!(last.contains("although nobody") || last.contains("asks you"), "{last}");
    assert!(!last.contains("PgDn: more"), "{last}");
    key(&mut page, KeyPress::plain(Key::PageUp));
    assert!(frame(&mut page, 40, 16).0.contains("PgDn: more"));
}

#[test]
fn without_utf8_and_colours_the_page_is_plain_ascii() {
    let look = Page { utf8: false, color: false, ..LOOK };
    let mut page = WritingPage::new(Opening { look, ..opening() });
    type_text(&mut page, "words");
    let (drawn, _) = frame(&mut page, 80, 24);
    assert!(drawn.is_ascii(), "{drawn}");
    let (drawn, _) = frame(&mut page, 120, 30);
    assert!(drawn.is_ascii(), "{drawn}");
}

#[test]
fn a_page_over_midnight_says_which_day_it_keeps() {
    let mut page = page();
    page.stays_with = Some(crate::messages::page::stays_with(day("2026-11-22")));
    let (drawn, _) = frame(&mut page, 80, 24);
    assert!(drawn.contains("This page stays with Sunday 22 November 2026"), "{drawn}");
    let (drawn, _) = frame(&mut page, 40, 16);
    let told: Vec<&str> = drawn.lines().rev().skip(1).take(2).map(str::trim).collect();
    assert_eq!(told[0].split_whitespace().last(), Some("2026."), "{drawn}");
    assert!(told[1].starts_with("A new day has begun."), "{drawn}");
}

#[test]
fn text_that_the_editor_brings_replaces_the_words_and_can_be_undone() {
    let mut page = page();
    type_text(&mut page, "before");
    page.replace_words("after\nthe editor");
    assert_eq!(page.written().words, "after\nthe editor");
    page.replace_words("");
    assert_eq!(page.written().words, "");
    for _ in 0..2 {
        key(&mut page, KeyPress::ctrl(Key::Char('_')));
    }
    assert_eq!(page.written().words, "before");
}

#[test]
fn the_wide_layout_begins_at_110_columns() {
    assert!(!Layout::is_wide((109, 40)) && Layout::is_wide((110, 40)));
}
