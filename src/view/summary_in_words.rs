//! A week, a month or a year that is looked back on, in words and numbers, for those who hear it:
//! how much was written, the days with their first sentences, lessons, tags and steps, one fact a
//! line. Nothing is cut to fit a line; only a very long sentence is not heard to its end.

use chrono::Datelike;

use crate::journal::Calendar;
use crate::journal::look_back::calendar::{CalendarDay, Mark};
use crate::journal::look_back::summary::{Summary, SummaryDay};
use crate::messages::steps::with_when;
use crate::messages::{numbers, time};
use crate::text::{Page, Role, Sheet, Text, shorten};
use crate::view::calendar_in_words::{
    day_name, month_line, months, put_days, put_sums, spoken_ranges,
};
use crate::view::stats::steps;
use crate::view::summary::{MOST_NAMED, MOST_SENTENCES, fullest};

/// The most columns of a sentence, about as much as is heard in a quarter of a minute.
const LONGEST_SENTENCE: usize = 200;

/// A week, a month or a year. The calendar is that of the same period.
pub(super) fn summary(summary: &Summary, calendar: &Calendar, page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    put_sums(&mut sheet, calendar);
    match calendar.days.len() {
        ..=7 => put_week(&mut sheet, summary, calendar, page),
        8..=31 => put_month(&mut sheet, summary, calendar, page),
        _ => put_year(&mut sheet, summary, calendar, page),
    }
    put_lessons(&mut sheet, summary);
    let sums = [("Tags", tags(summary)), ("Steps", steps(summary.step_counts()))];
    for (name, value) in sums {
        if let Some(value) = value {
            sheet.line(Role::Plain, &format!("{name}: {value}"));
        }
    }
    let open = &summary.open_steps;
    for (day, step) in open.iter().rev().take(MOST_NAMED) {
        let step = with_when(&step.text, step.when.as_deref());
        sheet.line(Role::Plain, &format!("Open step of {}: {step}", time::day(*day)));
    }
    if open.len() > MOST_NAMED {
        sheet.line(Role::Quiet, &format!("and {} more: dwell step", open.len() - MOST_NAMED));
    }
    sheet.into_text()
}

fn put_week(sheet: &mut Sheet, summary: &Summary, calendar: &Calendar, page: Page) {
    put_days(sheet, calendar, |day| {
        let written = summary.written().find(|written| written.day == day.entry.day);
        written.map(|written| sentence_after(written, page)).unwrap_or_default()
    });
}

/// Adds which days have words, and the first sentences of those with the most.
fn put_month(sheet: &mut Sheet, summary: &Summary, calendar: &Calendar, page: Page) {
    let numbers = |is_meant: fn(&CalendarDay) -> bool| {
        let days = calendar.days.iter().filter(|day| is_meant(day));
        spoken_ranges(days.map(|day| day.entry.day.date().day()))
    };
    for (name, days) in [
        ("Days with words", numbers(|day| day.entry.word_count.is_some())),
        ("Days off", numbers(|day| day.mark == Mark::Rest)),
    ] {
        if !days.is_empty() {
            sheet.line(Role::Plain, &format!("{name}: {days}"));
        }
    }
    let shown = summary.fullest(MOST_SENTENCES);
    if shown.len() < summary.written().count() {
        let count = numbers::days(shown.len() as u64);
        sheet.line(Role::Quiet, &format!("The {count} with the most words"));
    }
    for day in shown {
        let words = numbers::words(day.word_count.unwrap_or_default());
        let (name, sentence) = (day_name(day.day), sentence_after(day, page));
        sheet.line(Role::Plain, &format!("{name}: {words}{sentence}"));
    }
}

/// Adds the months, each with the first sentence of the day with the most words.
fn put_year(sheet: &mut Sheet, summary: &Summary, calendar: &Calendar, page: Page) {
    for days in months(calendar) {
        let Some(line) = month_line(days, calendar.today) else { continue };
        let most = days.first().and_then(|first| fullest(summary, first.entry.day));
        let most = most.filter(|most| !most.sentence.is_empty()).map(|most| {
            let sentence = shorten(&most.sentence, LONGEST_SENTENCE, page.utf8);
            format!(". On {}: {sentence}", time::day_and_month(most.day))
        });
        sheet.line(Role::Plain, &format!("{line}{}", most.unwrap_or_default()));
    }
}

/// The first sentence of a day's words, to follow their number.
fn sentence_after(day: &SummaryDay, page: Page) -> String {
    if day.sentence.is_empty() {
        return String::new();
    }
    format!(". {}", shorten(&day.sentence, LONGEST_SENTENCE, page.utf8))
}

fn put_lessons(sheet: &mut Sheet, summary: &Summary) {
    let lessons = summary.lessons();
    if lessons.len() > MOST_NAMED {
        let served: usize = lessons.iter().map(|(_, numbers)| numbers.len()).sum();
        let line = format!("Lessons: {served} of {} series", lessons.len());
        return sheet.line(Role::Plain, &line);
    }
    for (lesson, numbers) in lessons {
        let label = if numbers.len() == 1 { "Lesson" } else { "Lessons" };
        let numbers = spoken_ranges(numbers);
        sheet.line(Role::Plain, &format!("{label} of {}: {numbers}", lesson.source));
    }
}

fn tags(summary: &Summary) -> Option<String> {
    let tags = summary.tags();
    let named = tags.iter().take(MOST_NAMED);
    let named = named.map(|(tag, days)| format!("{tag} on {}", numbers::days(*days)));
    (!tags.is_empty()).then(|| named.collect::<Vec<_>>().join(", "))
}
