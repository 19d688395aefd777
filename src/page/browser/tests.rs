//! The browser as a person sees it: keys go in, frames come out, and no journal is there. A small
//! reader answers what it asks for.

use proptest::prelude::*;
use ratatui_core::buffer::{Buffer, CellWidth};
use ratatui_core::layout::Rect;
use ratatui_core::style::Modifier;

use super::*;
use crate::journal::entry::reflection::{Reflection, word_count};
use crate::journal::look_back::rest::Rests;
use crate::journal::testing::{at, day};
use crate::journal::{Calendar, Entry, Period};
use crate::store::{DayLine, DayWindow};
use crate::terminal::input::{Input, Key, KeyPress};

const PAGE: Page = Page { utf8: true, ..Page::UNSET };

/// Days from the newest on, of which the first has all marks.
struct Days(Vec<DayLine>);

fn days(count: u64) -> Days {
    let newest = day("2026-11-26");
    Days(
        (0..count)
            .map(|back| {
                let day = newest.minus_days(back).expect("in range");
                DayLine {
                    day,
                    title: (back % 3 != 2).then(|| format!("Lesson of {day}")),
                    beginning: (back % 4 != 3)
                        .then(|| format!("Words of {day}, and more of them.")),
                    loved: back == 0,
                    has_open_step: back == 0,
                    has_afterthoughts: back == 0,
                }
            })
            .collect(),
    )
}

fn entry(line: &DayLine) -> Entry {
    let moment = at("2026-11-26T09:00:00+00:00");
    Entry {
        day: line.day,
        lesson: None,
        served_at: None,
        reflection: line.beginning.as_ref().map(|beginning| Reflection {
            text: format!("{beginning}\n{}", "one line\n".repeat(60)),
            words: 2 * 60 + word_count(beginning),
            written_at: moment,
            revised_at: moment,
            revisions: 1,
            late: false,
        }),
        step: None,
        asked_on: None,
        afterthoughts: Vec::new(),
        quiet: false,
    }
}

impl Days {
    /// Answers all that the browser asks for; returns how many days were read.
    fn feed(&self, browser: &mut Browser, request: fn(&Browser) -> Option<ReadRequest>) -> usize {
        let mut read = 0;
        while let Some(request) = request(browser) {
            match request {
                ReadRequest::Days(at, side) => {
                    let window = self.window(at, side);
                    read += window.days.len();
                    browser.show_days(at, &window, self.0.len() as u64);
                }
                ReadRequest::Text(Target::Day(day)) => {
                    let line = self.0.iter().find(|line| line.day == day);
                    let entry = line.map(|line| Box::new(entry(line)));
                    let content = Content::Entry { entry, faults: Vec::new() };
                    browser.show_text(Target::Day(day), content);
                }
                ReadRequest::Hits(_) => browser.show_hits(&[], true),
                ReadRequest::OtherYears(_) => browser.show_other_years(&self.0[..1]),
                ReadRequest::Calendar(day) => {
                    let rests = Rests::default();
                    let year = Period::year_of(day);
                    let calendar = Calendar::new(year, Vec::new(), &rests, Some(day), day);
                    let line = self.0.iter().find(|line| line.day == day).cloned();
                    let first = self.0.last().map_or(day, |line| line.day);
                    browser.show_calendar(calendar, first, line);
                }
                other => browser.fail(other, "not in this test".to_owned()),
            }
        }
        read
    }

    fn window(&self, at: WindowAt, side: usize) -> DayWindow {
        let from = match at {
            WindowAt::Newest => 0,
            WindowAt::Oldest => self.0.len().saturating_sub(2 * side),
            WindowAt::Around(day) => {
                let older = self.0.iter().position(|line| line.day <= day);
                older.unwrap_or(self.0.len()).saturating_sub(side)
            }
        };
        let to = (from + 2 * side).min(self.0.len());
        let days = self.0[from..to].to_vec();
        DayWindow { days, has_newer: from > 0, has_older: to < self.0.len() }
    }

    fn browser(&self, width: u16, height: u16) -> Browser {
        let mut browser = Browser::new(PAGE, (width, height), day("2026-11-26"), Weekday::Mon);
        self.feed(&mut browser, Browser::request);
        browser
    }

    /// Types these letters; returns what the last one asked for.
    fn type_letters(&self, browser: &mut Browser, letters: &str) -> Action {
        let mut action = Action::Nothing;
        for stroke in strokes(vec![Input::Text(letters.to_owned())]) {
            if !browser.is_typing() {
                self.feed(browser, Browser::list_request);
            }
            action = browser.press(&stroke);
        }
        self.feed(browser, Browser::request);
        action
    }

    fn key(&self, browser: &mut Browser, key: Key) -> Action {
        self.feed(browser, Browser::list_request);
        let action = browser.press(&Stroke::Key(KeyPress::plain(key)));
        self.feed(browser, Browser::request);
        action
    }
}

fn frame(browser: &mut Browser, width: u16, height: u16) -> String {
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    let _ = browser.draw(buf.area, &mut buf);
    let mut text = String::new();
    for y in 0..height {
        let mut row = String::new();
        let mut x = 0;
        while x < width {
            let symbol = buf[(x, y)].symbol();
            row.push_str(symbol);
            x += symbol.cell_width().max(1);
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

#[test]
fn the_days_and_the_entry_stand_side_by_side_from_eighty_columns_on() {
    let days = days(400);
    for (width, height) in [(80, 24), (120, 40), (40, 16)] {
        let mut browser = days.browser(width, height);
        let shown = frame(&mut browser, width, height);
        insta::assert_snapshot!(format!("days_{width}x{height}"), shown);
    }
}

#[test]
fn below_eighty_columns_enter_opens_the_entry_and_left_and_escape_go_back() {
    let days = days(400);
    let mut browser = days.browser(40, 16);
    assert_eq!(days.key(&mut browser, Key::Enter), Action::Nothing);
    assert!(frame(&mut browser, 40, 16).contains("You wrote"));
    for back in [Key::Left, Key::Escape] {
        days.key(&mut browser, back);
        assert!(frame(&mut browser, 40, 16).contains("> Thu 26 Nov"));
        days.key(&mut browser, Key::Right);
    }
    days.type_letters(&mut browser, "n");
    assert!(frame(&mut browser, 40, 16).starts_with(" Wednesday 25 November 2026\n"));
}

#[test]
fn only_what_is_shown_is_read_however_long_the_journal_is() {
    let days = days(36_500);
    let mut browser = Browser::new(PAGE, (80, 24), day("2026-11-26"), Weekday::Mon);
    assert!(days.feed(&mut browser, Browser::request) <= 100);
    days.type_letters(&mut browser, "G");
    let oldest = days.0.last().expect("a day").day;
    assert_eq!(browser.chosen_day(), Some(oldest));
    days.type_letters(&mut browser, "k");
    assert_eq!(browser.chosen_day(), oldest.plus_days(1));
    days.type_letters(&mut browser, &format!("g{}", "j".repeat(3000)));
    assert_eq!(browser.chosen_day(), day("2026-11-26").minus_days(3000));
}

#[test]
fn keys_ask_for_what_they_do() {
    let days = days(9);
    let mut browser = days.browser(80, 24);
    let newest = day("2026-11-26");
    for (letters, wanted) in [
        ("e", Action::Edit(newest)),
        ("a", Action::AddAfterthought(newest)),
        ("l", Action::Love(Target::Day(newest))),
        ("u", Action::Undo { is_confirmed: false, skips_wrong_day: false }),
        ("U", Action::Redo),
        ("q", Action::Leave),
    ] {
        assert_eq!(days.type_letters(&mut browser, letters), wanted, "{letters}");
    }
    assert_eq!(browser.press(&Stroke::Key(KeyPress::ctrl(Key::Char('c')))), Action::Leave);
    assert_eq!(browser.press(&Stroke::Key(KeyPress::ctrl(Key::Char('z')))), Action::Suspend);
    assert_eq!(browser.press(&Stroke::Paste("qqe".to_owned())), Action::Nothing);
    assert_eq!(days.key(&mut browser, Key::Escape), Action::Leave);
}

#[test]
fn a_question_is_answered_by_y_alone() {
    let days = days(3);
    let mut browser = days.browser(80, 24);
    let yes = Action::Undo { is_confirmed: true, skips_wrong_day: true };
    browser.ask("Undo it?", yes.clone());
    assert!(frame(&mut browser, 80, 24).contains("Undo it? (y yes"));
    assert_eq!(days.type_letters(&mut browser, "q"), Action::Nothing);
    assert!(frame(&mut browser, 80, 24).contains("nothing was undone"));
    browser.ask("Undo it?", yes.clone());
    assert_eq!(days.type_letters(&mut browser, "y"), yes);
}

#[test]
fn a_search_takes_letters_and_pastes_and_escape_takes_it_away() {
    let days = days(30);
    let mut browser = days.browser(80, 24);
    days.type_letters(&mut browser, "jj/q\"uj");
    browser.press(&Stroke::Paste("two\nlines\u{202e}".to_owned()));
    days.feed(&mut browser, Browser::request);
    let shown = frame(&mut browser, 80, 24);
    assert!(shown.contains("/q\"ujtwo lines<U+202E>"), "{shown}");
    assert!(shown.contains("nothing found for"), "{shown}");
    days.key(&mut browser, Key::Enter);
    assert!(browser.is_typing(), "there is no result to go to");
    assert_eq!(days.key(&mut browser, Key::Escape), Action::Nothing);
    assert!(!browser.is_typing());
    assert_eq!(browser.chosen_day(), Some(day("2026-11-24")));
}

#[test]
fn the_calendar_moves_by_days_and_weeks_and_goes_to_the_nearest_entry() {
    let mut days = days(60);
    days.0.retain(|line| line.day != day("2026-11-18"));
    let mut browser = days.browser(80, 24);
    days.type_letters(&mut browser, "c");
    days.key(&mut browser, Key::Left);
    days.key(&mut browser, Key::Up);
    let shown = frame(&mut browser, 80, 24);
    assert!(shown.contains("Wednesday 18 November 2026: no entry"), "{shown}");
    assert!(shown.contains("> Wed"), "{shown}");
    days.key(&mut browser, Key::Enter);
    assert_eq!(browser.chosen_day(), Some(day("2026-11-17")));
    let shown = frame(&mut browser, 80, 24);
    assert!(shown.contains("no entry on 2026-11-18; the nearest is 2026-11-17"), "{shown}");
}

#[test]
fn a_text_is_scrolled_to_its_end_and_no_further_and_says_where_it_goes_on() {
    let days = days(3);
    let mut browser = days.browser(80, 24);
    let begins = frame(&mut browser, 80, 24);
    assert!(begins.contains("Thursday 26 November 2026\n"), "{begins}");
    assert!(begins.ends_with(" space: more below\n"), "{begins}");
    days.type_letters(&mut browser, " ");
    let shown = frame(&mut browser, 80, 24);
    assert!(shown.ends_with(" space, b: more\n"), "{shown}");
    days.type_letters(&mut browser, "         ");
    let end = frame(&mut browser, 80, 24);
    assert!(end.ends_with(" b: more above\n"), "{end}");
    let top = browser.reading.as_ref().expect("a text").top;
    days.type_letters(&mut browser, " ");
    assert_eq!(browser.reading.as_ref().expect("a text").top, top, "it is at its end");
    days.type_letters(&mut browser, "bbbbbbbbbb");
    assert_eq!(frame(&mut browser, 80, 24), begins);
    days.key(&mut browser, Key::Enter);
    let shown = frame(&mut browser, 40, 16);
    assert!(shown.ends_with(" ? keys  q leave      space: more below\n"), "{shown}");
}

#[test]
fn a_page_of_the_text_or_of_the_help_leaves_out_no_line() {
    let days = days(3);
    for (height, rows) in [(11, 9), (12, 9), (16, 13), (19, 16), (20, 16), (24, 20)] {
        let mut browser = days.browser(79, height);
        days.key(&mut browser, Key::Enter);
        for letters in ["", "?"] {
            days.type_letters(&mut browser, letters);
            let body = |browser: &mut Browser| -> Vec<String> {
                let shown = frame(browser, 79, height);
                let first = 1 + usize::from(height >= 12);
                shown.lines().skip(first).take(rows).map(str::to_owned).collect()
            };
            let before = body(&mut browser);
            days.type_letters(&mut browser, " ");
            let after = body(&mut browser);
            assert!(before != after && after.contains(&before[rows - 1]), "{before:?} {after:?}");
        }
    }
}

#[test]
fn both_rows_of_the_chosen_item_are_reversed_and_neither_is_dim() {
    let days = days(3);
    let mut browser = days.browser(80, 24);
    browser.page.color = true;
    browser.reload();
    days.feed(&mut browser, Browser::request);
    let mut buf = Buffer::empty(Rect::new(0, 0, 80, 24));
    browser.draw(buf.area, &mut buf);
    let is_reversed = |x, y| buf[(x, y)].modifier.contains(Modifier::REVERSED);
    for (y, wanted) in [(0, false), (1, false), (2, true), (3, true), (4, false), (5, false)] {
        assert!((1..30).all(|x| is_reversed(x, y) == wanted), "{y}");
        assert!(!is_reversed(0, y) && !is_reversed(30, y), "{y}");
    }
    assert!((1..30).all(|x| !buf[(x, 3)].modifier.contains(Modifier::DIM)));
    assert!(buf[(4, 5)].modifier.contains(Modifier::DIM));
}

#[test]
fn a_day_of_another_year_has_its_year_and_all_titles_begin_in_one_column() {
    let mut days = days(3);
    for (line, of) in days.0.iter_mut().zip(["2026-11-26", "2026-01-01", "2025-12-31"]) {
        (line.day, line.title) = (day(of), Some("A title".to_owned()));
    }
    let shown = frame(&mut days.browser(40, 16), 40, 16);
    for row in ["> Thu 26 Nov  A title", "  Thu  1 Jan  A title", "  2025-12-31  A title"] {
        assert!(shown.contains(&format!("\n {row}\n")), "{shown}");
    }
}

#[test]
fn without_utf8_the_lines_are_drawn_with_ascii() {
    let days = days(3);
    let mut browser = days.browser(80, 24);
    browser.page.utf8 = false;
    let shown = frame(&mut browser, 80, 24);
    assert!(
        shown.lines().nth(1).is_some_and(|row| row == format!(" {}", "-".repeat(78))),
        "{shown}"
    );
    assert_eq!(shown.matches(" | ").count() + shown.matches(" |\n").count(), 20, "{shown}");
    assert!(frame(&mut browser, 80, 11).lines().nth(1).is_some_and(|row| row.contains("26 Nov")));
}

#[test]
fn what_is_not_on_the_screen_goes_on_nowhere() {
    let days = days(3);
    let mut browser = days.browser(80, 24);
    assert!(frame(&mut browser, 80, 24).contains("more below"));
    days.type_letters(&mut browser, "/x");
    days.key(&mut browser, Key::Enter);
    browser.is_typing = false;
    let shown = frame(&mut browser, 80, 24);
    assert!(shown.contains("nothing found for") && !shown.contains("more below"), "{shown}");
}

#[test]
fn the_calendar_says_what_its_signs_mean_also_where_rows_are_few() {
    let days = days(60);
    let mut browser = days.browser(40, 16);
    days.type_letters(&mut browser, "c");
    let shown = frame(&mut browser, 40, 16);
    assert!(shown.contains(" Words of 2026-11-26") && shown.contains("nothing"), "{shown}");
}

#[test]
fn an_entry_that_is_gone_gives_its_place_to_the_next_one() {
    let mut days = days(20);
    let mut browser = days.browser(80, 24);
    days.type_letters(&mut browser, "jj");
    days.0.remove(2);
    browser.reload();
    days.feed(&mut browser, Browser::request);
    assert_eq!(browser.chosen_day(), Some(day("2026-11-23")));
    days.0.clear();
    browser.reload();
    days.feed(&mut browser, Browser::request);
    let shown = frame(&mut browser, 80, 24);
    assert!(shown.contains("There is no entry yet."), "{shown}");
    assert_eq!(days.type_letters(&mut browser, "jGe"), Action::Nothing);
}

#[test]
fn hostile_and_wide_words_stay_in_their_row() {
    let mut days = days(4);
    days.0[0].title = Some("a\x1b[2J\nb\u{202e}c\x07".to_owned());
    days.0[1].title = Some("世界は広い世界は広い世界は広い".to_owned());
    days.0[2].beginning = Some("שלום עולם 👩‍👩‍👧 שלום עולם שלום עולם".to_owned());
    for width in [40, 80, 81, 120] {
        let mut browser = days.browser(width, 16);
        let shown = frame(&mut browser, width, 16);
        assert!(!shown.contains(['\x1b', '\u{202e}', '\x07']));
        for row in shown.lines() {
            assert!(crate::page::paint::width(row) <= width, "{row}");
        }
        if width >= 80 {
            let columns: Vec<u16> = shown
                .lines()
                .filter_map(|row| Some(crate::page::paint::width(&row[..row.find('│')?])))
                .collect();
            assert!(columns.len() == 13 && columns.iter().all(|at| *at == columns[0]), "{shown}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn no_size_and_no_key_breaks_it(
        sizes in proptest::collection::vec((0u16..200, 0u16..60), 1..4),
        letters in "[jkgGnpcrsealuUy?/ bx]{0,30}",
        count in 0u64..50,
    ) {
        let days = days(count);
        let mut browser = days.browser(sizes[0].0, sizes[0].1);
        for (width, height) in sizes {
            days.type_letters(&mut browser, &letters);
            for key in [Key::Down, Key::PageDown, Key::End, Key::Tab, Key::Enter, Key::Escape] {
                frame(&mut browser, width, height);
                days.key(&mut browser, key);
            }
        }
    }
}
