//! The items of the lists: how a day, a hit, a series and a lesson look on two rows.
//!
//! All text goes through a sheet, so nothing in it can break the frame.

use crate::journal::Day;
use crate::journal::lesson::{ShelvedLesson, ShelvedSeries};
use crate::journal::search::{Hit, HitPlace};
use crate::messages::browser;
use crate::page::browser::list::{Item, Target};
use crate::store::DayLine;
use crate::text::{Line, Page, Role, Sheet};
use crate::view;

/// The signs of a loved lesson, an open step and afterthoughts.
pub(super) fn signs(page: Page) -> [&'static str; 3] {
    if page.utf8 { ["\u{2665}", "\u{25cb}", "+"] } else { ["*", "o", "+"] }
}

pub(super) fn of_day(line: &DayLine, today: Day, page: Page) -> Item {
    let title = line.title.as_deref().unwrap_or_default();
    let has = [line.loved, line.has_open_step, line.has_afterthoughts];
    let shown = signs(page).into_iter().zip(has).filter(|(_, holds)| *holds);
    let marks = shown.map(|(sign, _)| sign).collect::<Vec<_>>().join(" ");
    let second = match &line.beginning {
        Some(words) => safe(page, &[(Role::Quiet, &first_words(words))]),
        None => safe(page, &[(Role::Quiet, view::NOTHING_WRITTEN)]),
    };
    Item {
        target: Target::Day(line.day),
        first: dated(line.day, title, today, page),
        marks,
        second,
    }
}

fn dated(day: Day, title: &str, today: Day, page: Page) -> Line {
    let day = browser::day_in_list(day, today);
    safe(page, &[(Role::Plain, &day), (Role::Plain, "  "), (Role::Plain, title)])
}

/// The first words of a text, with one space for all white space.
fn first_words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A hit: the day and the title, and below them the words that were found and what they are part
/// of.
pub(super) fn of_hit(hit: &Hit, today: Day, page: Page) -> Option<Item> {
    let (HitPlace::Entry(entry) | HitPlace::Served(entry)) = &hit.found else { return None };
    let title = entry.lesson.as_ref().map_or("", |lesson| lesson.text.title.as_str());
    let first = dated(entry.day, title, today, page);
    let second = snippet(hit, Page { width: None, ..page });
    Some(Item { target: Target::Day(entry.day), first, marks: String::new(), second })
}

/// What was found and what it is part of, with only a few letters before it: a row is short.
fn snippet(hit: &Hit, page: Page) -> Line {
    let Some(snippet) = hit.snippets.first() else { return Line::new() };
    let mut sheet = Sheet::new(page);
    let label = (Role::Quiet, view::part_label(snippet.part).to_owned());
    let mut pieces = vec![label];
    for (at, span) in snippet.spans.iter().enumerate() {
        let role = if span.is_found { Role::Found } else { Role::Plain };
        let text = if at == 0 && !span.is_found { end_of(&span.text) } else { span.text.clone() };
        pieces.push((role, text));
    }
    sheet.flowing(pieces.iter().map(|(role, text)| (*role, text.as_str())));
    sheet.into_text().lines().first().cloned().unwrap_or_default()
}

/// The last words of a text that is longer than a few letters.
fn end_of(text: &str) -> String {
    let Some((at, _)) = text.char_indices().rev().nth(11) else { return text.to_owned() };
    let word = text[at..].find(' ').map_or(at, |space| at + space + 1);
    format!("...{}", &text[word..])
}

pub(super) fn of_series(series: &ShelvedSeries, page: Page) -> Item {
    let ShelvedSeries { served, lessons, paused, in_progress, .. } = *series;
    let progress = browser::progress(served, lessons, paused, in_progress);
    Item {
        target: Target::Series(series.slug.clone()),
        first: safe(page, &[(Role::Plain, &series.title)]),
        marks: String::new(),
        second: safe(page, &[(Role::Quiet, &progress)]),
    }
}

pub(super) fn of_lesson(lesson: &ShelvedLesson, page: Page) -> Item {
    let title = format!("{}  {}", lesson.lesson.number, lesson.lesson.text.title);
    let served = browser::served(lesson.served.last().copied());
    let [loved, ..] = signs(page);
    Item {
        target: Target::Lesson(lesson.lesson.id),
        first: safe(page, &[(Role::Plain, &title)]),
        marks: if lesson.lesson.loved { loved.to_owned() } else { String::new() },
        second: safe(page, &[(Role::Quiet, &served)]),
    }
}

/// Pieces as one line that is safe to show.
pub(super) fn safe(page: Page, pieces: &[(Role, &str)]) -> Line {
    let mut sheet = Sheet::new(page);
    sheet.pieces(pieces);
    sheet.into_text().lines().first().cloned().unwrap_or_default()
}
