//! A week, a month or a year on one screen: its days as a row or a map, first sentences, lessons,
//! tags, words and steps.

use std::cmp::Reverse;

use chrono::{Datelike, Weekday};
use unicode_width::UnicodeWidthStr;

use crate::journal::look_back::stats;
use crate::journal::look_back::stats::WrittenDay;
use crate::journal::look_back::summary::{Summary, SummaryDay};
use crate::journal::{Calendar, Day};
use crate::messages::numbers::grouped;
use crate::messages::steps::with_when;
use crate::messages::{numbers, time};
use crate::text::{Cell, Page, Role, Sheet, Table, Text, shorten};
use crate::view::calendar;
use crate::view::month::ranges;
use crate::view::shade::{put_legend, role, sign};
use crate::view::stats::steps;

/// At most this many first sentences are shown for a month.
pub(super) const MOST_SENTENCES: usize = 10;
/// At most this many series, tags and open steps are named.
pub(super) const MOST_NAMED: usize = 6;

/// One screen on a week, a month or a year. The calendar is that of the same period.
pub fn summary(summary: &Summary, calendar: &Calendar, week_start: Weekday, page: Page) -> Text {
    let days = calendar.days.len();
    let mut sheet = Sheet::new(page);
    let mut text = Text::default();
    if days > 31 {
        text.append(calendar::year(calendar, week_start, page));
        sheet.blank();
        put_months(&mut sheet, summary, page);
    } else {
        sheet.line(Role::Heading, &heading(calendar));
        sheet.blank();
        if days > 7 {
            put_row_of_month(&mut sheet, calendar, page);
        } else {
            put_row_of_week(&mut sheet, calendar, page);
        }
        put_legend(&mut sheet, calendar, "", page);
        put_sentences(
            &mut sheet,
            &summary.fullest(if days > 7 { MOST_SENTENCES } else { 7 }),
            page,
        );
    }
    put_sums(&mut sheet, summary, page);
    text.append(sheet.into_text());
    text
}

fn heading(calendar: &Calendar) -> String {
    if calendar.days.len() > 7 {
        return time::period(calendar.period);
    }
    format!("Week of {}", time::week(calendar.period))
}

fn put_row_of_week(sheet: &mut Sheet, calendar: &Calendar, page: Page) {
    // Seven names of three letters with their signs need 47 columns, of one letter 33.
    let name = if page.screen < 47 { time::weekday_in_a_letter } else { time::weekday_in_short };
    let (before, after) = if page.screen < 33 { ("", " ") } else { (" ", "  ") };
    let names: Vec<String> = (calendar.days.iter())
        .map(|day| format!("{}{before}", name(day.entry.day.weekday())))
        .collect();
    let mut pieces = Vec::new();
    for (day, name) in calendar.days.iter().zip(&names) {
        pieces.push((Role::Quiet, name.as_str()));
        pieces.push((role(day.mark), sign(day.mark, page)));
        pieces.push((Role::Plain, after));
    }
    sheet.pieces(&pieces);
}

/// Adds the days of a month in a row, below the numbers of some days; in several rows on a narrow
/// page.
fn put_row_of_month(sheet: &mut Sheet, calendar: &Calendar, page: Page) {
    // A row that does not hold the month begins with the first, the eleventh or the 21st.
    let most = if page.screen > 31 { 31 } else { (page.screen - 1) / 10 * 10 };
    for days in calendar.days.chunks(most.max(10)) {
        let mut ruler = String::new();
        for (at, day) in days.iter().map(|day| day.entry.day.date().day()).enumerate() {
            if at == 0 || day % 5 == 0 {
                ruler = format!("{ruler:at$}{day}");
            }
        }
        sheet.pieces(&[(Role::Quiet, &ruler)]);
        let pieces: Vec<_> =
            days.iter().map(|day| (role(day.mark), sign(day.mark, page))).collect();
        sheet.pieces(&pieces);
    }
}

/// Adds a line for each of these days: the day, and the first sentence of its reflection.
fn put_sentences(sheet: &mut Sheet, days: &[&SummaryDay], page: Page) {
    if days.is_empty() {
        return;
    }
    sheet.blank();
    for day in days {
        let weekday = time::weekday_in_short(day.day.weekday());
        let label = format!("{weekday} {:>2}  ", day.day.date().day());
        put_beginning(sheet, &label, &day.sentence, page);
    }
}

/// Adds a line for each month with words: its days, its words, and the first sentence of the day
/// with the most words.
fn put_months(sheet: &mut Sheet, summary: &Summary, page: Page) {
    let written: Vec<WrittenDay> = summary
        .written()
        .map(|day| WrittenDay {
            day: day.day,
            word_count: day.word_count.unwrap_or_default() as u64,
        })
        .collect();
    let mut first = Some(summary.first);
    while let Some(begins) = first.filter(|first| *first <= summary.last) {
        let month = stats::month(&written, begins);
        first = begins.plus_months(1);
        let Some(fullest) = fullest(summary, begins) else { continue };
        let (name, words) = (time::month_in_short(begins), grouped(month.words));
        let days = numbers::days(month.days);
        let label = match page.width {
            Some(width) if width < 40 => format!("{name} {days:>7} {words:>7}  "),
            _ => format!("{name}  {days:>7}  {words:>7}  "),
        };
        put_beginning(sheet, &label, &fullest.sentence, page);
    }
}

/// The day with the most words in the month that begins on this day; one with a sentence if there
/// is one. `None` if the month has no words.
pub(super) fn fullest(summary: &Summary, begins: Day) -> Option<&SummaryDay> {
    let next = begins.plus_months(1);
    (summary.written())
        .filter(|day| day.day >= begins && next.is_none_or(|next| day.day < next))
        .max_by_key(|day| (!day.sentence.is_empty(), day.word_count, Reverse(day.day)))
}

/// Adds a label and the beginning of a sentence, on one line. There is no sentence where only a
/// word of it would fit.
fn put_beginning(sheet: &mut Sheet, label: &str, sentence: &str, page: Page) {
    let sentence = match page.width.map(|width| width.saturating_sub(label.width())) {
        Some(..8) => String::new(),
        Some(room) => shorten(sentence, room, page.utf8),
        None => sentence.to_owned(),
    };
    sheet.pieces(&[(Role::Quiet, label), (Role::Plain, &sentence)]);
}

fn put_sums(sheet: &mut Sheet, summary: &Summary, page: Page) {
    let label = |label: &str| format!("{label:7}  ");
    let days = numbers::days(summary.written().count() as u64);
    let words = format!("{} on {days}", grouped(summary.word_count() as u64));
    sheet.blank();
    sheet.labelled(Role::Plain, &label("Words"), &words);
    put_lessons(sheet, summary, page);
    for (name, value) in [("Tags", tags(summary)), ("Steps", steps(summary.step_counts()))] {
        if let Some(value) = value {
            sheet.labelled(Role::Plain, &label(name), &value);
        }
    }
    let open = &summary.open_steps;
    for (day, step) in open.iter().rev().take(MOST_NAMED) {
        let step = with_when(&step.text, step.when.as_deref());
        sheet.labelled(Role::Plain, &format!("open     {day}  "), &step);
    }
    if open.len() > MOST_NAMED {
        sheet.line(Role::Quiet, &format!("and {} more: dwell step", open.len() - MOST_NAMED));
    }
}

/// Adds a line for each series of the served lessons: its source, and their numbers.
fn put_lessons(sheet: &mut Sheet, summary: &Summary, page: Page) {
    let lessons = summary.lessons();
    let mut label = "Lessons";
    if lessons.len() > MOST_NAMED {
        let served: usize = lessons.iter().map(|(_, numbers)| numbers.len()).sum();
        sheet.line(Role::Plain, &format!("{label}  {served} of {} series", lessons.len()));
        return;
    }
    let mut table = Table::new(&[(1, 12), (2, 4), (1, 0)]);
    for (lesson, numbers) in lessons {
        table.row([
            Cell::new(Role::Plain, label),
            Cell::new(Role::Plain, &lesson.source),
            Cell::new(Role::Plain, ranges(numbers)),
        ]);
        // Where no column is aligned, each line has its label.
        label = if page.width.is_some() { "" } else { label };
    }
    sheet.table(&table);
}

fn tags(summary: &Summary) -> Option<String> {
    let tags = summary.tags();
    let named = tags.iter().take(MOST_NAMED).map(|(tag, days)| format!("#{tag} {days}"));
    (!tags.is_empty()).then(|| named.collect::<Vec<_>>().join(", "))
}
