//! Lessons and series, and why a lesson was chosen.

use std::path::Path;

use crate::journal::lesson::edition::EditionReport;
use crate::journal::lesson::name::SeriesName;
use crate::journal::lesson::plan::Reason;
use crate::journal::lesson::plan::shelf::Start;
use crate::journal::lesson::{LessonName, ShelvedLesson, ShelvedSeries};
use crate::journal::{Day, Lesson, Slug};
use crate::messages::{Message, files, numbers, quoted};
use crate::store::{AddResult, Repeat};
use crate::text::one_line;

pub const RETIRED: &str = "retired";
pub const ASKED_BACK: &str = "it comes again";

pub fn loved(loved: bool) -> &'static str {
    if loved { "loved" } else { "no longer loved" }
}

/// What was done to a lesson, with its place and its title.
pub fn done(what: &str, lesson: &Lesson) -> String {
    format!("{what}: {}/{} {}", lesson.series, lesson.number, lesson.text.title)
}

/// Says what was done with a lesson that cannot be read again.
pub fn done_unread(what: &str, title: &str) -> String {
    format!("{what}: {title}")
}

/// Says when a lesson comes again.
pub fn repeated(repeat: Repeat, title: &str) -> String {
    match repeat {
        Repeat::On(due) => format!("comes again from {due} on: {title}"),
        Repeat::Never => format!("{RETIRED}: {title}"),
    }
}

pub fn none() -> Message {
    Message::new("there are no lessons").hint("dwell series add FILE")
}

pub fn none_today() -> Message {
    Message::new("no lesson was served today yet").hint("dwell today")
}

/// Says that there is no such lesson. `nearest` is the title of one that may be meant.
pub fn none_named(name: &LessonName, nearest: Option<&str>) -> Message {
    Message::new(format!("no lesson is named '{name}'")).hint(match nearest {
        Some(title) => format!("dwell lesson show {}", quoted(title)),
        None => "dwell lesson list".to_owned(),
    })
}

pub fn several_named(name: &LessonName, found: &[ShelvedLesson]) -> Message {
    let places = found.iter().map(|one| format!("{}/{}", one.lesson.series, one.lesson.number));
    Message::new(format!("more than one lesson is named '{name}'"))
        .hint(format!("give more of the id, or a place: {}", places.collect::<Vec<_>>().join(", ")))
}

pub fn none_on(day: Day) -> Message {
    Message::new(format!("{day} had no lesson")).hint(format!("dwell show {day}"))
}

/// Says that there is no such series. `nearest` is one that may be meant.
pub fn no_series(name: &SeriesName, nearest: Option<&Slug>) -> Message {
    Message::new(format!("no series is named '{name}'")).hint(match nearest {
        Some(slug) => format!("the nearest is {slug}; dwell series list shows all"),
        None => "dwell series list".to_owned(),
    })
}

pub fn several_series(name: &SeriesName, found: &[&ShelvedSeries]) -> Message {
    let slugs: Vec<&str> = found.iter().map(|series| series.slug.as_str()).collect();
    Message::new(format!("more than one series is named '{name}'"))
        .hint(format!("use the short name: {}", slugs.join(", ")))
}

pub fn all_retired(slug: &Slug) -> Message {
    Message::new(format!("all lessons of {slug} are retired")).hint("dwell lesson again LESSON")
}

pub fn never_is_not_a_time(slug: &Slug) -> Message {
    Message::new("a series cannot be asked back with 'never'")
        .hint(format!("dwell series pause {slug}"))
}

pub fn after_the_calendar() -> Message {
    Message::new("the calendar ends before that")
}

/// What was done to a series, with its progress.
pub fn series_done(series: &ShelvedSeries, what: &str) -> String {
    let ShelvedSeries { slug, served, lessons, .. } = series;
    format!("{slug}: {what} ({served} of {lessons} served)")
}

/// The same if the series cannot be read.
pub fn series_done_unread(slug: &Slug, what: &str) -> String {
    format!("{slug}: {what}")
}

pub fn added(added: AddResult) -> &'static str {
    match added {
        AddResult::New => "added",
        AddResult::Replaced => "brought to the edition of the file",
        AddResult::Same => "already on the shelf, unchanged",
    }
}

/// What a newer edition of a series did to its lessons, a line for each kind.
pub fn edition(report: &EditionReport) -> Vec<String> {
    let EditionReport { updated, kept, own, added, removed, .. } = report;
    let lines = [
        ("updated, because not served yet", updated),
        ("with the words that were served", kept),
        ("with your own words, which stay", own),
        ("added", added),
        ("no longer on the shelf", removed),
    ];
    let lines = lines.into_iter().filter(|(_, titles)| !titles.is_empty());
    lines.map(|(what, titles)| format!("{what}: {}", listed(titles))).collect()
}

/// The first of many titles, and how many there are more.
fn listed(titles: &[String]) -> String {
    const MOST: usize = 10;
    let shown: Vec<String> = titles.iter().take(MOST).map(|title| one_line(title)).collect();
    let more = titles.len().saturating_sub(MOST);
    let more =
        if more > 0 { format!("; and {} more", numbers::lessons(more)) } else { String::new() };
    format!("{}{more}", shown.join("; "))
}

pub fn series_exported(series: &ShelvedSeries, path: &Path) -> String {
    let lessons = numbers::lessons(series.lessons as usize);
    format!("{}: {lessons} written to {}", series.slug, files::shown(path))
}

pub const PUT_NEXT: &str = "comes next";

/// When the lessons of a series come. `ahead` is the source of the series before it.
pub fn series_start(start: &Start, ahead: &str) -> String {
    match start {
        Start::InProgress => "it is in progress".to_owned(),
        Start::Next => "begins with the next lesson".to_owned(),
        Start::After { lessons, .. } => {
            format!(
                "begins when {} ends, in {}",
                one_line(ahead),
                numbers::lessons(*lessons as usize)
            )
        }
        Start::TakesTurns => "takes turns with the other series".to_owned(),
        Start::Paused => "it is paused".to_owned(),
        Start::NothingWaits => "all its lessons have been served".to_owned(),
    }
}

/// What was done to a series, and when its lessons come.
pub fn and_when(what: &str, when: &str) -> String {
    format!("{what}; {when}")
}

pub fn paused(is_changed: bool) -> &'static str {
    if is_changed { "paused" } else { "paused already" }
}

pub fn resumed(is_changed: bool) -> &'static str {
    if is_changed { "resumed" } else { "not paused" }
}

pub fn series_comes_again(due: Day) -> String {
    format!("its lessons come again from {due} on")
}

/// Why a lesson was chosen, in one sentence.
pub fn why(lesson: &Lesson, series_title: &str, reason: Reason) -> String {
    let Lesson { number, series_length: of, .. } = lesson;
    let because = match reason {
        Reason::AskedBack { due } => format!("you asked for it again from {due} on"),
        Reason::InProgress => "that series is in progress and its lessons come in order".to_owned(),
        Reason::NextSeries => "that series was the next on your shelf".to_owned(),
        Reason::Mixed => "your series take turns and that one had waited longest".to_owned(),
        Reason::Round { last } => {
            format!("every lesson has been served and this one rested longest, since {last}")
        }
        Reason::LovedRound { last } => format!(
            "every lesson has been served and you love this one, so it rests half as long; it \
             rested since {last}"
        ),
    };
    let title = &lesson.text.title;
    format!(
        "\"{title}\" is lesson {number} of {of} in \"{series_title}\", and it came because {because}."
    )
}
