//! Journal values as text for a page of a given width, and as JSON for scripts. Pure: the result
//! depends only on the value and the page.
//!
//! A verb shows a [`View`]; `Context::show` decides whether it becomes text or JSON. The functions
//! give the text of values that only a person reads.
//!
//! All text goes through a sheet, which makes it safe to show. The words of dwell itself are plain
//! ASCII, so that they can be read on any terminal.

mod article;
mod beside;
mod calendar;
mod calendar_in_words;
mod changes;
mod doctor;
mod entry;
mod hit;
mod json;
mod list;
mod month;
mod reading;
mod reminder;
mod review;
mod shade;
mod share;
mod stats;
mod status;
mod summary;
mod summary_in_words;
mod tags;
mod why;

pub use beside::beside;
pub use calendar::{Week, weeks};
pub use entry::{
    NOTHING_WRITTEN, all_written, below_the_words, log_entry, question, source, takeaway, written,
};
pub use hit::part_label;
pub use json::{locked_status, status};
pub use list::{LessonTable, SettingRow};
pub use reading::{ToRead, draft, folded, to_read, words_first};
pub use reminder::ReminderRow;
pub use review::from_the_past;
pub use shade::{put_legend, role, sign};
pub use status::{day_status, unknown_day_status};

use chrono::Weekday;

use std::path::Path;

use crate::format::Counts;
use crate::journal::Series;
use crate::journal::entry::reflection::Revision;
use crate::journal::entry::step::OpenStep;
use crate::journal::entry::takeaway::Takeaway;
use crate::journal::lesson::edition::EditionReport;
use crate::journal::lesson::plan::Reason;
use crate::journal::lesson::{ShelvedLesson, ShelvedSeries};
use crate::journal::look_back::rest::Holiday;
use crate::journal::look_back::review::ReviewItem;
use crate::journal::look_back::summary::Summary;
use crate::journal::look_back::tag_count::TagCount;
use crate::journal::search::Hit;
use crate::journal::{Calendar, Day, DayStart, Entry, Event, Lesson, Stats};
use crate::store::doctor::{Finding, Sound};
use crate::store::{Backup, CheckedCopy, MergeReport, ReplacedJournal};
use crate::text::{Page, Text};

/// A value that a verb shows, to a person as text or to a script as JSON.
#[derive(Debug, Clone, Copy)]
pub enum View<'a> {
    /// A day's entry, whole.
    Entry(&'a Entry),
    /// Today's entry, below the open steps of earlier days, and above the earlier entries on its
    /// lesson if they were asked for. After midnight `until` is when the day ends.
    Today {
        steps: &'a [OpenStep],
        entry: &'a Entry,
        earlier: Option<&'a [Entry]>,
        until: Option<DayStart>,
        takeaway: Takeaway,
    },
    /// An entry as one of many.
    LogEntry(&'a Entry),
    /// What a search found, as one of many.
    Hit(&'a Hit),
    /// The revisions of a day's reflection, oldest first.
    Revisions {
        day: Day,
        revisions: &'a [Revision],
    },
    /// The steps of these entries.
    Steps(&'a [Entry]),
    /// Steps that are still open, each with its day.
    OpenSteps(&'a [OpenStep]),
    /// Why the lesson of an entry was chosen. `title` is that of its series.
    Why {
        entry: &'a Entry,
        lesson: &'a Lesson,
        title: &'a str,
        reason: Reason,
    },
    /// A lesson, whole.
    Lesson(&'a ShelvedLesson),
    /// A lesson as a person would send it to a friend.
    SharedLesson(&'a ShelvedLesson),
    /// A lesson as one of many.
    LessonLine(&'a ShelvedLesson),
    /// Lessons in a table. It has no JSON: a script gets a line for each.
    LessonTable(&'a LessonTable),
    /// A series with its lessons.
    Series {
        series: &'a ShelvedSeries,
        lessons: &'a [ShelvedLesson],
    },
    /// A series that something was done to. It has no text: a person was told in a sentence.
    SeriesLine(&'a ShelvedSeries),
    /// A series that was added, and what that did to its lessons. It has no text either.
    SeriesAdded {
        series: &'a ShelvedSeries,
        report: &'a EditionReport,
    },
    /// Series in a table.
    SeriesTable(&'a [ShelvedSeries]),
    /// One item of a review.
    ReviewItem(&'a ReviewItem),
    /// What was written on each lesson of a series that ended. It has no JSON: a script has the
    /// entries.
    Digest {
        title: &'a str,
        entries: &'a [Entry],
    },
    /// A year as a map of weeks, or a month with its lessons. `series` has the titles of their
    /// series.
    Calendar {
        calendar: &'a Calendar,
        series: &'a [ShelvedSeries],
        week_start: Weekday,
    },
    /// A week, a month or a year on one screen. The calendar is that of the same period.
    Summary {
        summary: &'a Summary,
        calendar: &'a Calendar,
        week_start: Weekday,
    },
    Stats(&'a Stats),
    /// The tags of the person's own words.
    Tags(&'a [TagCount]),
    Holidays(&'a [Holiday]),
    /// Settings with their values and where each comes from.
    Settings(&'a [SettingRow<'a>]),
    /// The value of one setting.
    SettingValue(&'a SettingRow<'a>),
    /// Reminders that are set up.
    Reminders(&'a [ReminderRow<'a>]),
    /// The backups of the journal, the newest first.
    Backups(&'a [Backup]),
    /// A backup that was made. It has no text: a person was told in a sentence.
    BackupMade(&'a CheckedCopy),
    /// What became of the journal that a backup took the place of. It has no text either.
    Restored(&'a ReplacedJournal),
    /// An event that was undone. It has no text: a person was told in a sentence.
    Undone(&'a Event),
    /// The same for an event that was redone.
    Redone(&'a Event),
    /// The result of an import. It has no text: a person was told in a sentence.
    Merge(MergeReport),
    /// A series as it was read from an article, and what was left out at the end.
    Article {
        series: &'a Series,
        closing: Option<&'a str>,
    },
    /// What an examination of this journal found.
    Finding {
        finding: &'a Finding,
        journal: &'a Path,
    },
    /// The end of an examination. It has no JSON: a script has the findings.
    EndOfExamination {
        counts: Sound,
        is_well: bool,
    },
    /// What became of the records of a file. It has no text either.
    Import {
        path: &'a Path,
        counts: Counts,
    },
}

impl View<'_> {
    /// The text for a person, laid out for this page.
    pub fn text(&self, page: Page) -> Text {
        match *self {
            Self::Entry(one) => entry::entry(one, page),
            Self::Today { steps, entry, earlier, until, takeaway } => {
                let mut text = entry::today(steps, entry, until, takeaway, page);
                text.append(entry::earlier(earlier.unwrap_or_default(), page));
                text
            }
            Self::LogEntry(entry) => entry::log_entry(entry, page),
            Self::Hit(hit) => hit::hit(hit, page),
            Self::Revisions { day, revisions } => entry::revisions(day, revisions, page),
            Self::Steps(entries) => list::steps(entries, page),
            Self::OpenSteps(steps) => list::open_steps(steps, page),
            Self::Why { lesson, title, reason, .. } => why::why(lesson, title, reason, page),
            Self::Lesson(lesson) => list::lesson(lesson, page),
            Self::SharedLesson(lesson) => share::lesson(lesson),
            Self::LessonLine(lesson) => list::lesson_line(lesson, page),
            Self::Series { series, lessons } => list::series(series, lessons, page),
            Self::LessonTable(table) => table.text(page),
            Self::SeriesTable(series) => list::series_table(series, page),
            Self::ReviewItem(item) => review::item(item, page),
            Self::Digest { title, entries } => review::digest(title, entries, page),
            Self::Calendar { calendar, series, week_start } => {
                match (calendar.period.is_month(), page.in_words) {
                    (true, true) => calendar_in_words::month(calendar, series, page),
                    (true, false) => month::month(calendar, series, week_start, page),
                    (false, true) => calendar_in_words::year(calendar, page),
                    (false, false) => calendar::year_with_sums(calendar, week_start, page),
                }
            }
            Self::Summary { summary, calendar, .. } if page.in_words => {
                summary_in_words::summary(summary, calendar, page)
            }
            Self::Summary { summary, calendar, week_start } => {
                summary::summary(summary, calendar, week_start, page)
            }
            Self::Stats(stats) => stats::stats(stats, page),
            Self::Tags(tags) => tags::tags(tags, page),
            Self::Holidays(holidays) => list::holidays(holidays, page),
            Self::Settings(settings) => list::settings(settings, page),
            Self::SettingValue(row) => list::setting_value(row.value, page),
            Self::Reminders(reminders) => reminder::reminders(reminders, page),
            Self::Backups(backups) => list::backups(backups, page),
            Self::Finding { finding, journal } => doctor::finding(finding, journal, page),
            Self::EndOfExamination { counts, is_well } => doctor::end(counts, is_well, page),
            Self::SeriesLine(_)
            | Self::SeriesAdded { .. }
            | Self::Undone(_)
            | Self::Redone(_)
            | Self::BackupMade(_)
            | Self::Restored(_)
            | Self::Merge(_)
            | Self::Import { .. } => Text::default(),
            Self::Article { series, closing } => article::article(series, closing, page),
        }
    }

    /// The JSON for a script: one line for each value, with a line break after it.
    pub fn json(&self) -> String {
        match *self {
            Self::Entry(entry)
            | Self::LogEntry(entry)
            | Self::Today { entry, earlier: None, .. } => json::entry(entry),
            Self::Today { entry, earlier: Some(earlier), .. } => {
                json::entry_with_earlier(entry, earlier)
            }
            Self::Hit(hit) => json::hit(hit),
            Self::Revisions { day, revisions } => {
                let numbered = revisions.iter().zip(1..);
                numbered.map(|(revision, number)| json::revision(day, number, revision)).collect()
            }
            Self::Steps(entries) => entries.iter().map(json::step).collect(),
            Self::OpenSteps(steps) => steps.iter().map(json::open_step).collect(),
            Self::Why { entry, lesson, title, reason } => {
                let sentence = why::why(lesson, title, reason, Page::UNSET).plain();
                json::why(entry, reason, sentence.trim_end())
            }
            Self::Lesson(lesson) | Self::SharedLesson(lesson) | Self::LessonLine(lesson) => {
                json::lesson(lesson)
            }
            Self::Series { series, .. } | Self::SeriesLine(series) => json::series(series),
            Self::SeriesAdded { series, report } => json::series_added(series, report),
            Self::ReviewItem(item) => json::review_item(item),
            Self::SeriesTable(series) => series.iter().map(json::series).collect(),
            Self::Digest { .. }
            | Self::LessonTable(_)
            | Self::Article { .. }
            | Self::EndOfExamination { .. } => String::new(),
            Self::Calendar { calendar, .. } => {
                calendar.days.iter().map(json::calendar_day).collect()
            }
            Self::Summary { summary, .. } => json::summary(summary),
            Self::Stats(stats) => json::stats(stats),
            Self::Tags(tags) => tags.iter().map(json::tag).collect(),
            Self::Holidays(holidays) => holidays.iter().copied().map(json::holiday).collect(),
            Self::Settings(settings) => settings.iter().map(json::setting).collect(),
            Self::SettingValue(setting) => json::setting(setting),
            Self::Reminders(reminders) => reminders.iter().map(json::reminder).collect(),
            Self::Backups(backups) => backups.iter().map(json::backup).collect(),
            Self::BackupMade(copy) => json::backup_made(copy),
            Self::Restored(replaced) => json::restored(replaced),
            Self::Undone(event) => json::undone(event),
            Self::Redone(event) => json::redone(event),
            Self::Finding { finding, journal } => json::finding(finding, journal),
            Self::Merge(report) => json::merge(report),
            Self::Import { path, counts } => json::import(path, counts),
        }
    }
}
