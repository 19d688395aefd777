//! Lessons and their series.
//!
//! A lesson's id is computed from its series and its text. So the id is the same on every device,
//! and a lesson whose text was changed is another lesson.

pub mod edition;
pub mod highlight;
mod interval;
pub mod name;
mod own;
pub mod plan;
mod position;
pub mod slug;
pub mod state;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::journal::Day;
use crate::journal::lesson::slug::Slug;

pub use interval::Interval;
pub use own::QUESTION;

/// A lesson as it is served: its text, its place in its series, and its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    pub id: LessonId,
    pub series: Slug,
    /// Its place in the series, counted from 1.
    pub number: u32,
    /// The number of lessons in the series.
    pub series_length: u32,
    pub text: LessonText,
    /// Whether the person loves it; it then comes again more often.
    pub loved: bool,
    pub source: Source,
}

/// The text of a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonText {
    pub title: String,
    /// What somebody did, or what happened to them.
    pub story: String,
    /// What everybody can learn from the story; empty if nobody has said it.
    pub takeaway: String,
    /// The one question that the reflection answers.
    pub question: String,
    /// Lower-case words, without `#`.
    pub tags: Vec<String>,
}

/// Where the lessons of a series come from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Source {
    pub title: String,
    /// A word such as `film`, `book`, `talk` or `own`; there is no fixed list.
    pub kind: String,
    pub by: Option<String>,
    pub year: Option<i32>,
    pub url: Option<String>,
}

/// What belongs to a lesson and is not among its words: it may change without making another lesson
/// of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    pub tags: Vec<String>,
    pub source: Source,
}

/// Lessons in order with one source, as in a series file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    pub slug: Slug,
    pub title: String,
    pub source: Source,
    /// What stands before the lessons, as in an article.
    pub introduction: Option<String>,
    pub lessons: Vec<LessonText>,
    /// The sources of lessons that were learnt elsewhere than the others.
    pub learnt_elsewhere: BTreeMap<LessonId, Source>,
}

/// The series that ship with the program, which the store adds to a journal.
#[derive(Debug, Clone, Copy)]
pub struct ShippedSeries {
    /// Differs from release to release if the shipped series do.
    pub edition: fn() -> [u8; 32],
    /// The series, in shelf order.
    pub series: fn() -> Vec<Series>,
}

impl ShippedSeries {
    /// No series at all.
    pub const NONE: Self = Self { edition: || [0; 32], series: Vec::new };
}

impl Series {
    /// A series whose lessons were all learnt at its source.
    pub fn new(slug: Slug, title: String, source: Source, lessons: Vec<LessonText>) -> Self {
        let learnt_elsewhere = BTreeMap::new();
        Self { slug, title, source, introduction: None, lessons, learnt_elsewhere }
    }

    /// Where one of the lessons was learnt.
    pub fn source_of(&self, lesson: LessonId) -> &Source {
        self.learnt_elsewhere.get(&lesson).unwrap_or(&self.source)
    }

    /// The ids of the lessons, in order.
    pub fn lesson_ids(&self) -> Vec<LessonId> {
        let id = |text| LessonId::of(&self.slug, text);
        self.lessons.iter().map(id).collect()
    }
}

/// Identifies one text of one lesson: a UUID of version 8, computed from the series and the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LessonId(pub Uuid);

impl LessonId {
    /// The id of this text in this series. It does not depend on the tags.
    pub fn of(series: &Slug, text: &LessonText) -> Self {
        let mut hash = Sha256::new();
        let parts = [series.as_str(), &text.title, &text.story, &text.takeaway, &text.question];
        for part in parts {
            // With the length, words that move from one part to the next change the hash.
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        let digest = hash.finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        Self(Uuid::new_v8(bytes))
    }
}

impl fmt::Display for LessonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The name of a lesson as a person may type it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LessonName {
    /// `today`: the lesson of today's serving.
    Today,
    /// `the-defiant-ones/3`
    Place { series: Slug, number: u32 },
    /// The id, or at least its first four digits, in lower case.
    IdPrefix(String),
    /// The whole title; upper and lower case are the same.
    Title(String),
}

impl FromStr for LessonName {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "today" {
            return Ok(Self::Today);
        }
        if let Some((series, number)) = text.split_once('/')
            && let (Ok(series), Ok(number)) = (series.parse(), number.parse())
        {
            return Ok(Self::Place { series, number });
        }
        let hex = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
        let begins = text.bytes().take(4).filter(u8::is_ascii_hexdigit).count() == 4;
        if begins && text.len() <= 36 && text.bytes().all(hex) {
            return Ok(Self::IdPrefix(text.to_ascii_lowercase()));
        }
        Ok(Self::Title(text.to_owned()))
    }
}

impl fmt::Display for LessonName {
    /// The name in a form that can be typed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Today => f.write_str("today"),
            Self::Place { series, number } => write!(f, "{series}/{number}"),
            Self::IdPrefix(text) | Self::Title(text) => f.write_str(text),
        }
    }
}

/// A lesson on the shelf and the days on which it was served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelvedLesson {
    pub lesson: Lesson,
    pub served: Vec<Day>,
    /// Whether the plan never chooses it, unless the person asks for it again.
    pub retired: bool,
}

/// A series on the shelf and its progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelvedSeries {
    pub slug: Slug,
    pub title: String,
    pub source: Source,
    /// What stands before the lessons.
    pub introduction: Option<String>,
    /// The number of its lessons.
    pub lessons: u32,
    /// The number of its lessons that were served at least once.
    pub served: u32,
    pub paused: bool,
    /// Whether it has begun and its next lesson comes before those of all other series, as long as
    /// one series comes after the other.
    pub in_progress: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(title: &str, story: &str) -> LessonText {
        LessonText {
            title: title.to_owned(),
            story: story.to_owned(),
            takeaway: "t".to_owned(),
            question: "q?".to_owned(),
            tags: vec![],
        }
    }

    #[test]
    fn the_id_of_a_text_in_a_series_never_changes() {
        let slug: Slug = "a".parse().expect("a slug");
        let id = LessonId::of(&slug, &text("one", "two"));
        assert_eq!(id.to_string(), "ff1b7dbd-1c09-8c53-ad8e-f2ff3631cbbf");
        assert_eq!(id.0.get_version_num(), 8);
    }

    #[test]
    fn words_that_move_between_parts_and_series_change_the_id() {
        let slug: Slug = "a".parse().expect("a slug");
        let other: Slug = "b".parse().expect("a slug");
        let id = LessonId::of(&slug, &text("one", "two"));
        assert_ne!(id, LessonId::of(&slug, &text("onet", "wo")));
        assert_ne!(id, LessonId::of(&other, &text("one", "two")));
        let mut tagged = text("one", "two");
        tagged.tags.push("focus".to_owned());
        assert_eq!(id, LessonId::of(&slug, &tagged));
    }

    #[test]
    fn a_lesson_is_named_by_place_by_id_or_by_title() {
        let name = |text: &str| text.parse::<LessonName>().expect("infallible");
        let series: Slug = "the-defiant-ones".parse().expect("a slug");
        assert_eq!(name("the-defiant-ones/3"), LessonName::Place { series, number: 3 });
        assert_eq!(name("018F00aa"), LessonName::IdPrefix("018f00aa".to_owned()));
        assert_eq!(name("today"), LessonName::Today);
        assert_eq!(name("either/or"), LessonName::Title("either/or".to_owned()));
    }
}
