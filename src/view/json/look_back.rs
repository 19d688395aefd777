//! The JSON of looking back: hits, reviews, statistics and summaries.

use serde::Serialize;

use crate::journal::look_back::review::{Ago, Distance, ReviewItem};
use crate::journal::look_back::status::Status;
use crate::journal::look_back::summary::{Summary, SummaryDay};
use crate::journal::look_back::tag_count::TagCount;
use crate::journal::search::{Hit, HitPlace, Part, in_brackets};
use crate::journal::{Day, Entry, Stats};
use crate::view::json::entry::{DayStep, WireEntry};
use crate::view::json::line::line;

/// A hit of a search as one line of JSON: the entry, where the words were found, and a snippet with
/// brackets around them. A lesson that was never served has no day.
pub fn hit(hit: &Hit) -> String {
    #[derive(Serialize)]
    struct WireHit<'a> {
        #[serde(flatten)]
        entry: WireEntry<'a>,
        r#where: &'static str,
        snippet: String,
    }
    let entry = match &hit.found {
        HitPlace::Entry(entry) | HitPlace::Served(entry) => WireEntry::of(entry),
        HitPlace::Waiting(lesson) => WireEntry::of_lesson(lesson),
    };
    let best = hit.snippets.first();
    line(&WireHit {
        entry,
        r#where: best.map_or(Part::Reflection, |best| best.part).as_str(),
        snippet: best.map(|best| in_brackets(&best.spans)).unwrap_or_default(),
    })
}

/// A tag of the person's own words as one line of JSON.
pub fn tag(tag: &TagCount) -> String {
    #[derive(Serialize)]
    struct WireCount<'a> {
        tag: &'a str,
        count: u64,
        last: String,
    }
    line(&WireCount { tag: &tag.tag, count: tag.count, last: tag.last.to_string() })
}

/// One item of a review: a line for each entry.
pub fn review_item(item: &ReviewItem) -> String {
    match item {
        ReviewItem::Entry(one) => review_entry(one.ago, &one.entry),
        ReviewItem::OpenSteps(entries) => {
            entries.iter().map(|entry| review_entry(Ago::OpenStep, entry)).collect()
        }
    }
}

/// An entry with how long ago it was under the key `ago`, as one line.
fn review_entry(ago: Ago, entry: &Entry) -> String {
    #[derive(Serialize)]
    struct WireRemembered<'a> {
        #[serde(flatten)]
        entry: WireEntry<'a>,
        ago: String,
    }
    line(&WireRemembered { entry: WireEntry::of(entry), ago: ago_word(ago) })
}

/// These words are part of the JSON form, so they do not depend on the language of the messages.
fn ago_word(ago: Ago) -> String {
    let (count, unit) = match ago {
        Ago::Distance(Distance::Days(days)) => (days, "day"),
        Ago::Distance(Distance::Weeks(weeks)) => (weeks, "week"),
        Ago::Distance(Distance::Months(months)) => (months, "month"),
        Ago::Distance(Distance::Years(years)) => (years, "year"),
        Ago::Distance(Distance::EveryYear) => return "every year".to_owned(),
        Ago::Older => return "older".to_owned(),
        Ago::OpenStep => return "open step".to_owned(),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// The statistics of a journal as one line of JSON.
pub fn stats(stats: &Stats) -> String {
    #[derive(Serialize)]
    struct WireStats {
        entries: u64,
        days: u64,
        words: u64,
        run: u64,
        best_run: u64,
        last_30: u64,
        series_finished: u64,
        steps_done: u64,
        steps_open: u64,
    }
    line(&WireStats {
        entries: stats.entries,
        days: stats.days,
        words: stats.words,
        run: stats.streaks.current,
        best_run: stats.streaks.best,
        last_30: stats.last_30,
        series_finished: stats.series_finished,
        steps_done: stats.steps.done,
        steps_open: stats.steps.open,
    })
}

/// How far a person is with today, as one line of JSON.
pub fn status(status: &Status) -> String {
    line(&WireStatus {
        day: status.today.day.to_string(),
        served: Some(status.today.is_served),
        reflected: Some(status.today.is_reflected),
        open_step: status.open_step.as_deref(),
        run: Some(status.run),
        entries: Some(status.entries),
        locked: false,
    })
}

/// The status of a locked journal, of which only the day by the clock is known.
pub fn locked_status(day: Day) -> String {
    let day = day.to_string();
    let (served, reflected, open_step, run, entries) = (None, None, None, None, None);
    line(&WireStatus { day, served, reflected, open_step, run, entries, locked: true })
}

#[derive(Serialize)]
struct WireStatus<'a> {
    day: String,
    served: Option<bool>,
    reflected: Option<bool>,
    open_step: Option<&'a str>,
    run: Option<u64>,
    entries: Option<u64>,
    locked: bool,
}

/// The summary of a week, a month or a year as one line of JSON.
pub fn summary(summary: &Summary) -> String {
    #[derive(Serialize)]
    struct WireSummary<'a> {
        first: String,
        last: String,
        written: usize,
        words: usize,
        days: Vec<WireDay<'a>>,
        lessons: Vec<WireLessons<'a>>,
        tags: Vec<WireTag<'a>>,
        steps: Vec<DayStep<'a>>,
    }
    #[derive(Serialize)]
    struct WireLessons<'a> {
        series: &'a str,
        source: &'a str,
        numbers: Vec<u32>,
    }
    #[derive(Serialize)]
    struct WireTag<'a> {
        tag: &'a str,
        days: u64,
    }
    let lessons = summary.lessons().into_iter().map(|(lesson, numbers)| WireLessons {
        series: lesson.series.as_str(),
        source: &lesson.source,
        numbers: numbers.into_iter().collect(),
    });
    line(&WireSummary {
        first: summary.first.to_string(),
        last: summary.last.to_string(),
        written: summary.written().count(),
        words: summary.word_count(),
        days: summary.days.iter().map(WireDay::of).collect(),
        lessons: lessons.collect(),
        tags: summary.tags().into_iter().map(|(tag, days)| WireTag { tag, days }).collect(),
        steps: summary.steps.iter().map(|(day, step)| DayStep::of(*day, step)).collect(),
    })
}

#[derive(Serialize)]
struct WireDay<'a> {
    day: String,
    words: usize,
    sentence: &'a str,
    series: Option<&'a str>,
    number: Option<u32>,
    title: Option<&'a str>,
}

impl<'a> WireDay<'a> {
    fn of(day: &'a SummaryDay) -> Self {
        let lesson = day.lesson.as_ref();
        Self {
            day: day.day.to_string(),
            words: day.word_count.unwrap_or_default(),
            sentence: &day.sentence,
            series: lesson.map(|lesson| lesson.series.as_str()),
            number: lesson.map(|lesson| lesson.number),
            title: lesson.map(|lesson| lesson.title.as_str()),
        }
    }
}
