//! Lists of lessons, series, open steps and settings, and one lesson or series whole.

use crate::journal::Entry;
use crate::journal::lesson::{ShelvedLesson, ShelvedSeries};
use crate::journal::look_back::rest::Holiday;
use crate::messages::{numbers, time};
use crate::text::Page;
use crate::view::entry::put_lesson;
use crate::view::sheet::{PLAIN, QUIET, STRONG, Sheet};

/// A lesson whole, and when it was served.
pub fn lesson(shelved: &ShelvedLesson, page: Page) -> String {
    let mut sheet = Sheet::new(page);
    put_lesson(&mut sheet, &shelved.lesson);
    sheet.blank();
    let served = match shelved.served.as_slice() {
        [] => "not served yet".to_owned(),
        days => {
            let days: Vec<String> = days.iter().map(ToString::to_string).collect();
            format!("served on {}", days.join(", "))
        }
    };
    let mut notes = vec![served];
    notes.extend(shelved.lesson.loved.then(|| "loved".to_owned()));
    notes.extend(shelved.retired.then(|| "retired".to_owned()));
    notes.push(
        shelved.lesson.text.tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" "),
    );
    notes.retain(|note| !note.is_empty());
    sheet.line(QUIET, &notes.join(", "));
    sheet.into_text()
}

/// A lesson as one of many: its place, its title, and the day it was last served.
pub fn lesson_line(shelved: &ShelvedLesson, page: Page) -> String {
    let lesson = &shelved.lesson;
    let mut line = format!("{}/{}  {}", lesson.series, lesson.number, lesson.text.title);
    if let Some(day) = shelved.served.last() {
        line.push_str(&format!("  {day}"));
    }
    for (holds, word) in [(lesson.loved, "loved"), (shelved.retired, "retired")] {
        if holds {
            line.push_str(&format!("  ({word})"));
        }
    }
    let mut sheet = Sheet::new(page);
    sheet.line(PLAIN, &line);
    sheet.into_text()
}

/// A series with its source and its lessons.
pub fn series(series: &ShelvedSeries, lessons: &[ShelvedLesson], page: Page) -> String {
    let mut sheet = Sheet::new(page);
    let source = &series.source;
    let mut learnt = format!("{}, {}", source.title, source.kind);
    if let Some(by) = &source.by {
        learnt.push_str(&format!(" by {by}"));
    }
    if let Some(year) = source.year {
        learnt.push_str(&format!(", {year}"));
    }
    sheet.line(STRONG, &series.title);
    sheet.line(QUIET, &learnt);
    if let Some(url) = &source.url {
        sheet.line(QUIET, url);
    }
    sheet.line(QUIET, &progress(series));
    sheet.blank();
    let mut text = sheet.into_text();
    for lesson in lessons {
        text.push_str(&lesson_line(lesson, page));
    }
    text
}

/// A series as one of many.
pub fn series_line(series: &ShelvedSeries, page: Page) -> String {
    let mut sheet = Sheet::new(page);
    let (slug, title, progress) = (&series.slug, &series.title, progress(series));
    sheet.line(PLAIN, &format!("{slug}  {title}  ({progress})"));
    sheet.into_text()
}

fn progress(series: &ShelvedSeries) -> String {
    let paused = if series.paused { ", paused" } else { "" };
    format!("{} of {} served{paused}", series.served, series.lessons)
}

/// The open steps, newest first.
pub fn open_steps(entries: &[Entry], page: Page) -> String {
    let mut sheet = Sheet::new(page);
    for entry in entries {
        if let Some(step) = &entry.step {
            sheet.line(PLAIN, &format!("{}  {}", entry.day, step.text));
        }
    }
    sheet.into_text()
}

/// The holidays that are marked, and how long each is.
pub fn holidays(holidays: &[Holiday], page: Page) -> String {
    let mut sheet = Sheet::new(page);
    for holiday in holidays {
        let days = numbers::days(holiday.days().count() as u64);
        let holiday = time::holiday(*holiday);
        sheet.line(PLAIN, &format!("{holiday}  ({days})"));
    }
    sheet.into_text()
}

/// A setting's name, its value, and where that stands if it is not the default.
#[derive(Debug, Clone)]
pub struct SettingRow<'a> {
    pub name: &'a str,
    pub value: &'a str,
    pub place: Option<String>,
}

/// The settings with their values and where each comes from.
pub fn settings<'a>(rows: impl IntoIterator<Item = SettingRow<'a>>, page: Page) -> String {
    let mut sheet = Sheet::new(Page { width: None, ..page });
    for SettingRow { name, value, place } in rows {
        let place = place.map(|place| format!("  ({place})")).unwrap_or_default();
        sheet.line(PLAIN, &format!("{name} = {value:?}{place}"));
    }
    sheet.into_text()
}
