//! Events and sources as the JSON that stands in the journal. The names are part of its form.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::journal::lesson::plan::Reason;
use crate::journal::{Day, Event, FactId, LessonId, Slug, Source};

/// An event as JSON.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Wire {
    Served {
        day: String,
        lesson: String,
        reason: WireReason,
    },
    Wrote {
        day: String,
        text: String,
        on: String,
    },
    Deleted {
        day: String,
    },
    AddedAfterthought {
        day: String,
        text: String,
    },
    Stepped {
        day: String,
        text: String,
    },
    Answered {
        day: String,
        state: String,
        on: String,
    },
    Asked {
        day: String,
        on: String,
    },
    Looked {
        day: String,
        on: String,
    },
    Forgot {
        day: String,
    },
    Rested {
        first: String,
        last: String,
        rests: bool,
    },
    SeriesAdded {
        slug: String,
        title: String,
        source: WireSource,
        lessons: Vec<String>,
        shipped: bool,
    },
    Paused {
        slug: String,
    },
    Resumed {
        slug: String,
    },
    PutNext {
        slug: String,
    },
    Loved {
        lesson: String,
        loved: bool,
    },
    AskedBack {
        lesson: String,
        due: String,
    },
    Retired {
        lesson: String,
    },
    TookBack {
        change: String,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WireReason {
    AskedBack { due: String },
    InProgress,
    NextSeries,
    Mixed,
    Round { last: String },
    LovedRound { last: String },
}

/// An afterthought as JSON, beside its entry.
#[derive(Serialize, Deserialize)]
pub(crate) struct WireAfterthought {
    pub(crate) text: String,
    pub(crate) at: i64,
    pub(crate) offset: i32,
}

/// A source as JSON, in facts and beside lessons.
#[derive(Serialize, Deserialize)]
pub(crate) struct WireSource {
    title: String,
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl WireSource {
    pub(crate) fn json(&self) -> String {
        serde_json::to_string(self).expect("names and numbers make JSON")
    }
}

impl From<&Source> for WireSource {
    fn from(source: &Source) -> Self {
        let Source { title, kind, by, year, url } = source.clone();
        Self { title, kind, by, year, url }
    }
}

impl From<WireSource> for Source {
    fn from(wire: WireSource) -> Self {
        let WireSource { title, kind, by, year, url } = wire;
        Self { title, kind, by, year, url }
    }
}

impl Wire {
    pub(crate) fn of(event: &Event) -> Self {
        match event {
            Event::Served { day, lesson, reason } => Self::Served {
                day: day.to_string(),
                lesson: lesson.to_string(),
                reason: WireReason::of(*reason),
            },
            Event::Wrote { day, text, on } => {
                Self::Wrote { day: day.to_string(), text: text.clone(), on: on.to_string() }
            }
            Event::Deleted { day } => Self::Deleted { day: day.to_string() },
            Event::AddedAfterthought { day, text } => {
                Self::AddedAfterthought { day: day.to_string(), text: text.clone() }
            }
            Event::Stepped { day, text } => {
                Self::Stepped { day: day.to_string(), text: text.clone() }
            }
            Event::Answered { day, state, on } => Self::Answered {
                day: day.to_string(),
                state: state.to_string(),
                on: on.to_string(),
            },
            Event::Asked { day, on } => Self::Asked { day: day.to_string(), on: on.to_string() },
            Event::Looked { day, on } => Self::Looked { day: day.to_string(), on: on.to_string() },
            Event::Forgot { day } => Self::Forgot { day: day.to_string() },
            Event::Rested { first, last, rests } => {
                Self::Rested { first: first.to_string(), last: last.to_string(), rests: *rests }
            }
            Event::SeriesAdded { slug, title, source, lessons, shipped } => Self::SeriesAdded {
                slug: slug.to_string(),
                title: title.clone(),
                source: source.into(),
                lessons: lessons.iter().map(ToString::to_string).collect(),
                shipped: *shipped,
            },
            Event::Paused { slug } => Self::Paused { slug: slug.to_string() },
            Event::Resumed { slug } => Self::Resumed { slug: slug.to_string() },
            Event::PutNext { slug } => Self::PutNext { slug: slug.to_string() },
            Event::Loved { lesson, loved } => {
                Self::Loved { lesson: lesson.to_string(), loved: *loved }
            }
            Event::AskedBack { lesson, due } => {
                Self::AskedBack { lesson: lesson.to_string(), due: due.to_string() }
            }
            Event::Retired { lesson } => Self::Retired { lesson: lesson.to_string() },
            Event::Undid { change } => Self::TookBack { change: change.to_string() },
        }
    }

    /// The event, or `None` if a part of it is not what dwell writes.
    pub(crate) fn event(self) -> Option<Event> {
        Some(match self {
            Self::Served { day, lesson, reason } => Event::Served {
                day: a_day(&day)?,
                lesson: a_lesson(&lesson)?,
                reason: reason.reason()?,
            },
            Self::Wrote { day, text, on } => {
                Event::Wrote { day: a_day(&day)?, text, on: a_day(&on)? }
            }
            Self::Deleted { day } => Event::Deleted { day: a_day(&day)? },
            Self::AddedAfterthought { day, text } => {
                Event::AddedAfterthought { day: a_day(&day)?, text }
            }
            Self::Stepped { day, text } => Event::Stepped { day: a_day(&day)?, text },
            Self::Answered { day, state, on } => {
                Event::Answered { day: a_day(&day)?, state: state.parse().ok()?, on: a_day(&on)? }
            }
            Self::Asked { day, on } => Event::Asked { day: a_day(&day)?, on: a_day(&on)? },
            Self::Looked { day, on } => Event::Looked { day: a_day(&day)?, on: a_day(&on)? },
            Self::Forgot { day } => Event::Forgot { day: a_day(&day)? },
            Self::Rested { first, last, rests } => {
                Event::Rested { first: a_day(&first)?, last: a_day(&last)?, rests }
            }
            Self::SeriesAdded { slug, title, source, lessons, shipped } => Event::SeriesAdded {
                slug: a_slug(&slug)?,
                title,
                source: source.into(),
                lessons: lessons.iter().map(|id| a_lesson(id)).collect::<Option<_>>()?,
                shipped,
            },
            Self::Paused { slug } => Event::Paused { slug: a_slug(&slug)? },
            Self::Resumed { slug } => Event::Resumed { slug: a_slug(&slug)? },
            Self::PutNext { slug } => Event::PutNext { slug: a_slug(&slug)? },
            Self::Loved { lesson, loved } => Event::Loved { lesson: a_lesson(&lesson)?, loved },
            Self::AskedBack { lesson, due } => {
                Event::AskedBack { lesson: a_lesson(&lesson)?, due: a_day(&due)? }
            }
            Self::Retired { lesson } => Event::Retired { lesson: a_lesson(&lesson)? },
            Self::TookBack { change } => {
                Event::Undid { change: FactId(Uuid::parse_str(&change).ok()?) }
            }
        })
    }
}

impl WireReason {
    fn of(reason: Reason) -> Self {
        match reason {
            Reason::AskedBack { due } => Self::AskedBack { due: due.to_string() },
            Reason::InProgress => Self::InProgress,
            Reason::NextSeries => Self::NextSeries,
            Reason::Mixed => Self::Mixed,
            Reason::Round { last } => Self::Round { last: last.to_string() },
            Reason::LovedRound { last } => Self::LovedRound { last: last.to_string() },
        }
    }

    fn reason(self) -> Option<Reason> {
        Some(match self {
            Self::AskedBack { due } => Reason::AskedBack { due: a_day(&due)? },
            Self::InProgress => Reason::InProgress,
            Self::NextSeries => Reason::NextSeries,
            Self::Mixed => Reason::Mixed,
            Self::Round { last } => Reason::Round { last: a_day(&last)? },
            Self::LovedRound { last } => Reason::LovedRound { last: a_day(&last)? },
        })
    }
}

fn a_day(text: &str) -> Option<Day> {
    text.parse().ok()
}

fn a_slug(text: &str) -> Option<Slug> {
    text.parse().ok()
}

fn a_lesson(text: &str) -> Option<LessonId> {
    Uuid::parse_str(text).ok().map(LessonId)
}
