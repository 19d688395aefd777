//! The JSON body of a fact as its fields. What they mean is in the table of kinds.

use std::str::FromStr;

use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use crate::journal::lesson::Labels;
use crate::journal::{Day, FactId, LessonId, Slug};
use crate::store::facts::source::source_in;

/// The fields of all bodies together. A name means the same in every kind. Unknown fields are
/// ignored.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Body {
    pub(crate) day: Option<String>,
    pub(crate) on: Option<String>,
    pub(crate) first: Option<String>,
    pub(crate) last: Option<String>,
    pub(crate) due: Option<String>,
    pub(crate) text: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) when: Option<String>,
    pub(crate) state: Option<String>,
    pub(crate) lesson: Option<String>,
    pub(crate) lessons: Option<Vec<String>>,
    pub(crate) before: Option<String>,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) introduction: Option<String>,
    pub(crate) slug: Option<String>,
    pub(crate) source: Option<Value>,
    pub(crate) change: Option<String>,
    pub(crate) reason: Option<Value>,
    pub(crate) loved: Option<bool>,
    pub(crate) quiet: Option<bool>,
    pub(crate) rests: Option<bool>,
    pub(crate) shipped: Option<bool>,
}

impl Body {
    pub(crate) fn day(&self) -> Option<Day> {
        read(self.day.as_ref())
    }

    pub(crate) fn lesson(&self) -> Option<LessonId> {
        lesson(self.lesson.as_ref()?)
    }

    pub(crate) fn lessons(&self) -> Option<Vec<LessonId>> {
        self.lessons.as_ref()?.iter().map(|id| lesson(id)).collect()
    }

    /// The labels of a lesson, if they are among the fields.
    pub(crate) fn labels(&self) -> Option<Labels> {
        Some(Labels { tags: self.tags.clone()?, source: source_in(self.source.as_ref()?)? })
    }

    pub(crate) fn change(&self) -> Option<FactId> {
        read(self.change.as_ref()).map(FactId)
    }

    pub(crate) fn slug(&self) -> Option<Slug> {
        read(self.slug.as_ref())
    }
}

/// The value of a field of text; `None` if it is not there or not of this form.
pub(crate) fn read<T: FromStr>(field: Option<&String>) -> Option<T> {
    field?.parse().ok()
}

pub(crate) fn lesson(id: &str) -> Option<LessonId> {
    Uuid::parse_str(id).ok().map(LessonId)
}
