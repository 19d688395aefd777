//! Lessons on their way into the journal: those of one transaction, with their folded words, in one
//! text. So a lesson costs no memory of its own, and a chunk is handed to another thread at once.

use crate::journal::lesson::LessonText;
use crate::journal::search::lesson_words;
use crate::journal::{LessonId, Slug};
use crate::store::facts::lesson::tags_json;

/// The parts of a lesson in the text, in this order.
const PARTS: usize = 9;

/// Lessons of one transaction.
#[derive(Debug, Default)]
pub(crate) struct Chunk {
    text: String,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    id: LessonId,
    number: u32,
    series_length: u32,
    start: usize,
    ends: [usize; PARTS],
}

/// A lesson in a chunk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ChunkLesson<'a> {
    pub(crate) id: LessonId,
    pub(crate) number: u32,
    pub(crate) series_length: u32,
    pub(crate) series: &'a str,
    pub(crate) title: &'a str,
    pub(crate) story: &'a str,
    pub(crate) takeaway: &'a str,
    pub(crate) question: &'a str,
    /// JSON.
    pub(crate) tags: &'a str,
    /// JSON.
    pub(crate) source: &'a str,
    /// The words of the title as the search index has them.
    pub(crate) title_words: &'a str,
    /// The words of the rest.
    pub(crate) body_words: &'a str,
}

impl Chunk {
    /// Adds a lesson; `source` is JSON. Returns its id.
    pub(crate) fn add(
        &mut self,
        series: &Slug,
        (number, series_length): (u32, u32),
        lesson: &LessonText,
        source: &str,
    ) -> LessonId {
        let id = LessonId::of(series, lesson);
        let LessonText { title, story, takeaway, question, tags } = lesson;
        let tags = if tags.is_empty() { "[]" } else { &tags_json(tags) };
        let (title_words, body_words) = lesson_words(lesson);
        let parts = [
            series.as_str(),
            title,
            story,
            takeaway,
            question,
            tags,
            source,
            &title_words,
            &body_words,
        ];
        let start = self.text.len();
        let ends = parts.map(|part| {
            self.text.push_str(part);
            self.text.len()
        });
        self.rows.push(Row { id, number, series_length, start, ends });
        id
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The number of bytes of all texts.
    pub(crate) fn size(&self) -> usize {
        self.text.len()
    }

    /// The lesson at this place, counted from 0.
    pub(crate) fn lesson(&self, at: usize) -> ChunkLesson<'_> {
        let Row { id, number, series_length, start, ends } = self.rows[at];
        let mut start = start;
        let [series, title, story, takeaway, question, tags, source, title_words, body_words] =
            ends.map(|end| &self.text[std::mem::replace(&mut start, end)..end]);
        ChunkLesson {
            id,
            number,
            series_length,
            series,
            title,
            story,
            takeaway,
            question,
            tags,
            source,
            title_words,
            body_words,
        }
    }
}
