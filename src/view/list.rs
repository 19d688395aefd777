//! Lists of lessons, series, open steps and settings, and one lesson or series whole.

use crate::journal::entry::step::OpenStep;
use crate::journal::lesson::{ShelvedLesson, ShelvedSeries};
use crate::journal::look_back::rest::Holiday;
use crate::journal::{Day, Entry, Step};
use crate::messages::backups as wording;
use crate::messages::{numbers, steps, time};
use crate::store::Backup;
use crate::text::{Cell, Page, Role, Sheet, Table, Text};
use crate::view::entry::put_lesson;

/// A lesson whole, and when it was served.
pub fn lesson(shelved: &ShelvedLesson, page: Page) -> Text {
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
    sheet.line(Role::Quiet, &notes.join(", "));
    sheet.into_text()
}

/// A lesson as one of many: its place, its title, and the day it was last served.
pub fn lesson_line(shelved: &ShelvedLesson, page: Page) -> Text {
    let mut table = LessonTable::default();
    table.add(shelved);
    table.text(page)
}

/// Lessons in a table, a line each. A shelf may have very many, so only what is shown is held.
#[derive(Debug)]
pub struct LessonTable(Table);

impl Default for LessonTable {
    fn default() -> Self {
        Self(Table::new(&[(1, 20), (2, 0), (1, 12), (0, 14), (3, 0), (1, 0)]))
    }
}

impl LessonTable {
    pub fn add(&mut self, shelved: &ShelvedLesson) {
        let lesson = &shelved.lesson;
        let served = shelved.served.last().map(ToString::to_string).unwrap_or_default();
        let notes = [(lesson.loved, "(loved)"), (shelved.retired, "(retired)")];
        let notes: Vec<&str> =
            notes.iter().filter(|(holds, _)| *holds).map(|(_, note)| *note).collect();
        let slug = Cell::new(Role::Plain, lesson.series.as_str());
        self.0.row([
            slug.ending_in(format!("/{}", lesson.number)),
            Cell::new(Role::Plain, &lesson.text.title),
            Cell::new(Role::Quiet, served),
            Cell::new(Role::Plain, notes.join("  ")),
        ]);
    }

    pub(super) fn text(&self, page: Page) -> Text {
        let mut sheet = Sheet::new(page);
        sheet.table(&self.0);
        sheet.into_text()
    }
}

/// A series with its source and its lessons.
pub fn series(series: &ShelvedSeries, lessons: &[ShelvedLesson], page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    let source = &series.source;
    let mut learnt = format!("{}, {}", source.title, source.kind);
    if let Some(by) = &source.by {
        learnt.push_str(&format!(" by {by}"));
    }
    if let Some(year) = source.year {
        learnt.push_str(&format!(", {year}"));
    }
    sheet.line(Role::Heading, &series.title);
    sheet.line(Role::Quiet, &learnt);
    if let Some(url) = &source.url {
        sheet.line(Role::Quiet, url);
    }
    sheet.line(Role::Quiet, &progress(series));
    if let Some(introduction) = &series.introduction {
        sheet.blank();
        sheet.prose(Role::Plain, introduction);
    }
    sheet.blank();
    let mut text = sheet.into_text();
    let mut table = LessonTable::default();
    for lesson in lessons {
        table.add(lesson);
    }
    text.append(table.text(page));
    text
}

/// The series in a table: the name to type, how many lessons were served, and the title. The one in
/// progress and those that are paused are marked before the title.
pub fn series_table(series: &[ShelvedSeries], page: Page) -> Text {
    // The last column keeps what marks the one in progress.
    let mut table = Table::new(&[(2, 12), (0, 16), (1, 0), (0, 6)]);
    for series in series {
        let mark = match series {
            ShelvedSeries { paused: true, .. } => "paused: ",
            ShelvedSeries { in_progress: true, .. } => "in progress: ",
            _ => "",
        };
        table.row([
            Cell::new(Role::Plain, series.slug.as_str()),
            Cell::new(Role::Quiet, format!("{} of {}", series.served, series.lessons)),
            Cell::new(Role::Plain, format!("{mark}{}", series.title)),
        ]);
    }
    let mut sheet = Sheet::new(page);
    sheet.table(&table);
    sheet.into_text()
}

/// Backups in a table: the day, why each was made, its size, and its file.
pub fn backups(backups: &[Backup], page: Page) -> Text {
    let mut table = Table::new(&[(0, 10), (2, 12), (1, 9), (0, 20)]);
    for backup in backups {
        table.row([
            Cell::new(Role::Plain, backup.day.to_string()),
            Cell::new(Role::Quiet, wording::reason(backup.reason)),
            Cell::new(Role::Quiet, wording::size(backup.size)),
            Cell::new(Role::Plain, backup.path.display().to_string()),
        ]);
    }
    let mut sheet = Sheet::new(page);
    sheet.table(&table);
    sheet.into_text()
}

fn progress(series: &ShelvedSeries) -> String {
    let state = match series {
        ShelvedSeries { paused: true, .. } => ", paused",
        ShelvedSeries { in_progress: true, .. } => ", in progress",
        _ => "",
    };
    format!("{} of {} served{state}", series.served, series.lessons)
}

/// The steps of these entries, each with its day.
pub fn steps(entries: &[Entry], page: Page) -> Text {
    let steps = entries.iter().filter_map(|entry| Some((entry.day, entry.step.as_ref()?)));
    with_days(steps, page)
}

/// Open steps, each with its day.
pub fn open_steps(steps: &[OpenStep], page: Page) -> Text {
    with_days(steps.iter().map(|open| (open.day, &open.step)), page)
}

fn with_days<'a>(steps: impl Iterator<Item = (Day, &'a Step)>, page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    for (day, step) in steps {
        let step = steps::with_when(&step.text, step.when.as_deref());
        sheet.labelled(Role::Plain, &format!("{day}  "), &step);
    }
    sheet.into_text()
}

/// The holidays that are marked, and how long each is.
pub fn holidays(holidays: &[Holiday], page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    for holiday in holidays {
        let days = numbers::days(holiday.days().count() as u64);
        let holiday = time::holiday(*holiday);
        sheet.line(Role::Plain, &format!("{holiday}  ({days})"));
    }
    sheet.into_text()
}

/// A setting to be shown.
#[derive(Debug, Clone)]
pub struct SettingRow<'a> {
    pub name: &'a str,
    pub value: &'a str,
    /// Where the value comes from, as one word of the JSON.
    pub origin: &'a str,
    /// Where the value comes from, as a person is told; `None` for a default.
    pub place: Option<String>,
}

/// The settings with their values, and where each comes from if it is not the default.
pub fn settings(rows: &[SettingRow], page: Page) -> Text {
    let mut sheet = Sheet::new(unbroken(page));
    for SettingRow { name, value, place, .. } in rows {
        let place = place.as_ref().map(|place| format!("  ({place})")).unwrap_or_default();
        sheet.line(Role::Plain, &format!("{name} = {value:?}{place}"));
    }
    sheet.into_text()
}

/// The value of one setting.
pub fn setting_value(value: &str, page: Page) -> Text {
    let mut sheet = Sheet::new(unbroken(page));
    sheet.line(Role::Plain, value);
    sheet.into_text()
}

/// A value may be copied from the screen, so it stays on one line.
fn unbroken(page: Page) -> Page {
    Page { width: None, ..page }
}
