//! The JSON of a lesson and of a series.

use serde::Serialize;

use crate::journal::lesson::edition::EditionReport;
use crate::journal::lesson::{ShelvedLesson, ShelvedSeries};
use crate::journal::{Day, Lesson, Source};
use crate::view::json::line::line;

/// A lesson as one line of JSON.
pub fn lesson(shelved: &ShelvedLesson) -> String {
    #[derive(Serialize)]
    struct WireShelvedLesson<'a> {
        #[serde(flatten)]
        lesson: WireLesson<'a>,
        served: Vec<String>,
    }
    let served = shelved.served.iter().map(Day::to_string).collect();
    line(&WireShelvedLesson { lesson: WireLesson::of(&shelved.lesson), served })
}

#[derive(Serialize)]
struct WireSeries<'a> {
    slug: &'a str,
    title: &'a str,
    source: WireSource<'a>,
    introduction: Option<&'a str>,
    lessons: u32,
    served: u32,
    paused: bool,
}

impl<'a> WireSeries<'a> {
    fn of(series: &'a ShelvedSeries) -> Self {
        Self {
            slug: series.slug.as_str(),
            title: &series.title,
            source: WireSource::of(&series.source),
            introduction: series.introduction.as_deref(),
            lessons: series.lessons,
            served: series.served,
            paused: series.paused,
        }
    }
}

/// A series as one line of JSON.
pub fn series(series: &ShelvedSeries) -> String {
    line(&WireSeries::of(series))
}

/// A series that was added as one line of JSON, with what that did to its lessons.
pub fn series_added(series: &ShelvedSeries, report: &EditionReport) -> String {
    #[derive(Serialize)]
    struct WireSeriesAdded<'a> {
        #[serde(flatten)]
        series: WireSeries<'a>,
        updated: &'a [String],
        kept: Vec<&'a String>,
        added: &'a [String],
        removed: &'a [String],
    }
    let EditionReport { updated, kept, own, added, removed, .. } = report;
    let kept = kept.iter().chain(own).collect();
    line(&WireSeriesAdded { series: WireSeries::of(series), updated, kept, added, removed })
}

#[derive(Serialize)]
pub(super) struct WireLesson<'a> {
    id: String,
    series: &'a str,
    number: u32,
    of: u32,
    title: &'a str,
    story: &'a str,
    takeaway: &'a str,
    question: &'a str,
    tags: &'a [String],
    loved: bool,
    source: WireSource<'a>,
}

impl<'a> WireLesson<'a> {
    pub(super) fn of(lesson: &'a Lesson) -> Self {
        let text = &lesson.text;
        Self {
            id: lesson.id.to_string(),
            series: lesson.series.as_str(),
            number: lesson.number,
            of: lesson.series_length,
            title: &text.title,
            story: &text.story,
            takeaway: &text.takeaway,
            question: &text.question,
            tags: &text.tags,
            loved: lesson.loved,
            source: WireSource::of(&lesson.source),
        }
    }
}

#[derive(Serialize)]
struct WireSource<'a> {
    title: &'a str,
    kind: &'a str,
    by: Option<&'a str>,
    year: Option<i32>,
    url: Option<&'a str>,
}

impl<'a> WireSource<'a> {
    fn of(source: &'a Source) -> Self {
        Self {
            title: &source.title,
            kind: &source.kind,
            by: source.by.as_deref(),
            year: source.year,
            url: source.url.as_deref(),
        }
    }
}
