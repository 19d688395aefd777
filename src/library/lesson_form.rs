//! Lessons in the form in which a person adds or edits them: the fields of one lesson of a series
//! file, each on its own, or a file of `[[lesson]]`s.
//!
//! A form is also the text of a draft. So it says which series its lesson goes into, and which
//! lesson it edits.

use serde::Deserialize;
use toml::Spanned;

use crate::journal::lesson::LessonText;
use crate::journal::{LessonId, Slug, Source};
use crate::library::error::FieldWhy;
use crate::library::fields::{Checks, LessonTable, SourceTable};
use crate::library::series_file::form_fault;
use crate::library::written::{list, put, put_line, put_source, quoted};
use crate::library::{SeriesError, SeriesFault};
use crate::text::is_unsafe;

/// Lessons to be added or edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonForm {
    /// The series that they go into; `None` for that of a person's own lessons.
    pub series: Option<Slug>,
    /// The lesson that is edited; `None` for new ones.
    pub edits: Option<LessonId>,
    /// The lessons, each with where it was learnt if it says so.
    pub lessons: Vec<(LessonText, Option<Source>)>,
}

/// What stands above the fields of a form, for the person who fills it in. Each is one or more
/// lines without a number sign.
#[derive(Debug, Clone, Copy)]
pub struct Comments {
    pub head: &'static str,
    pub story: &'static str,
    pub takeaway: &'static str,
    pub question: &'static str,
    pub source: &'static str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OneLesson {
    series: Option<Spanned<String>>,
    edits: Option<Spanned<String>>,
    title: Spanned<String>,
    story: Spanned<String>,
    takeaway: Option<Spanned<String>>,
    question: Option<Spanned<String>>,
    #[serde(default)]
    tags: Vec<Spanned<String>>,
    source: Option<SourceTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lessons {
    series: Option<Spanned<String>>,
    lesson: Vec<LessonTable>,
}

impl LessonForm {
    /// Reads a form. Errors at the first fault in it.
    pub fn parse(text: &str) -> Result<Self, SeriesError> {
        Ok(if begins_with_table(text) { several(text)? } else { one(text)? })
    }

    /// Whether a text has a line of TOML: a table, or a word with a value. Other texts are no forms,
    /// and not forms with a fault.
    pub fn is_begun_in(text: &str) -> bool {
        text.lines().map(str::trim_start).any(|line| {
            let name = line.split_once('=').map(|(name, _)| name.trim_end());
            let is_name = |name: &str| {
                !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-.\"".contains(c))
            };
            line.starts_with('[') || name.is_some_and(is_name)
        })
    }

    /// The form as a text, with its first lesson only, for a person to fill in.
    pub fn written(&self, comments: &Comments) -> String {
        let mut form = commented(comments.head);
        if let Some(series) = &self.series {
            put(&mut form, "series", &quoted(series.as_str()));
        }
        if let Some(lesson) = self.edits {
            put(&mut form, "edits", &quoted(&lesson.to_string()));
        }
        let Some((text, source)) = self.lessons.first() else { return form };
        put(&mut form, "title", &quoted(&text.title));
        for (comment, name, text) in [
            (comments.story, "story", &text.story),
            (comments.takeaway, "takeaway", &text.takeaway),
            (comments.question, "question", &text.question),
        ] {
            form.push('\n');
            form.push_str(&commented(comment));
            put(&mut form, name, &raw(text));
        }
        form.push('\n');
        put(&mut form, "tags", &list(&text.tags));
        form.push('\n');
        form.push_str(&commented(comments.source));
        put_line(&mut form, "[source]");
        let nowhere = Source::default();
        put_source(&mut form, source.as_ref().unwrap_or(&nowhere));
        form
    }
}

fn commented(text: &str) -> String {
    text.lines().flat_map(|line| ["# ", line, "\n"]).collect()
}

/// Whether the first line that is not a comment begins a `[[lesson]]`, or names only the series.
fn begins_with_table(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    lines
        .find(|line| {
            !line.is_empty() && !line.starts_with(['#', '\u{feff}']) && !names_series(line)
        })
        .is_some_and(|line| line.starts_with("[["))
}

fn names_series(line: &str) -> bool {
    line.strip_prefix("series").is_some_and(|rest| rest.trim_start().starts_with('='))
}

fn several(text: &str) -> Result<LessonForm, SeriesFault> {
    let Lessons { series, lesson } = toml::from_str(text).map_err(|e| form_fault(text, e))?;
    let checks = Checks { text, lesson: None };
    let lessons = (1..)
        .zip(&lesson)
        .map(|(number, lesson)| Checks { text, lesson: Some(number) }.lesson(lesson));
    Ok(LessonForm {
        series: slug(&checks, series.as_ref())?,
        edits: None,
        lessons: lessons.collect::<Result<_, SeriesFault>>()?,
    })
}

fn one(text: &str) -> Result<LessonForm, SeriesFault> {
    let form: OneLesson = toml::from_str(text).map_err(|error| form_fault(text, error))?;
    let checks = Checks { text, lesson: None };
    let OneLesson { series, edits, title, story, takeaway, question, tags, source } = form;
    let edits = match &edits {
        Some(id) => {
            let lesson = uuid::Uuid::parse_str(id.as_ref()).map(LessonId);
            Some(lesson.map_err(|_| checks.fault("edits", id, FieldWhy::BadId))?)
        }
        None => None,
    };
    // A form that nobody has filled in to its end learnt its lesson nowhere.
    let source = source.filter(|source| !source.is_blank()).map(SourceTable::with_kind);
    let table = LessonTable { title, story, takeaway, question, tags, source };
    let lessons = vec![checks.lesson(&table)?];
    Ok(LessonForm { series: slug(&checks, series.as_ref())?, edits, lessons })
}

fn slug(checks: &Checks, field: Option<&Spanned<String>>) -> Result<Option<Slug>, SeriesFault> {
    let Some(field) = field else { return Ok(None) };
    let slug = field.as_ref().parse();
    slug.map(Some).map_err(|error| checks.fault("series", field, FieldWhy::BadSlug(error)))
}

/// A text between three apostrophes, as it is: a person who types in it needs no escapes. In quotes
/// if it has what cannot stand there.
fn raw(text: &str) -> String {
    // An empty line to write on.
    let text = if text.is_empty() { "\n" } else { text };
    let cannot_stand = text.contains("'''") || text.ends_with('\'') || text.contains(is_unsafe);
    if cannot_stand { quoted(text) } else { format!("'''\n{text}'''") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::lesson::QUESTION;
    use crate::journal::testing;
    use crate::library::FieldFault;

    const COMMENTS: Comments = Comments {
        head: "Two\nlines",
        story: "A story",
        takeaway: "A takeaway",
        question: "A question",
        source: "A source",
    };

    fn form(text: LessonText, source: Option<Source>) -> LessonForm {
        let id = LessonId::of(&testing::slug("walks"), &text);
        let series = Some(testing::slug("walks"));
        LessonForm { series, edits: Some(id), lessons: vec![(text, source)] }
    }

    #[test]
    fn a_form_reads_back_as_it_was_written() {
        let source = Source {
            title: "Grandmother".to_owned(),
            kind: "life".to_owned(),
            by: Some("Anna".to_owned()),
            year: Some(1961),
            url: None,
        };
        for story in
            ["a\n\nb", "it's", "'''", "\"\"\"", "ends in '", r"C:\new\u0041", "a\r\nb\u{7}"]
        {
            let text = LessonText {
                title: "A \"title\" \\ of '''".to_owned(),
                story: story.to_owned(),
                takeaway: String::new(),
                question: QUESTION.to_owned(),
                tags: vec!["outside".to_owned()],
            };
            for source in [None, Some(source.clone())] {
                let form = form(text.clone(), source);
                let written = form.written(&COMMENTS);
                assert_eq!(LessonForm::parse(&written).expect("read"), form, "{written}");
            }
        }
    }

    #[test]
    fn a_source_without_a_kind_is_of_the_persons_own() {
        let text = "title = \"t\"\nstory = \"s\"\n[source]\ntitle = \"Anna\"\nkind = \"\"\n";
        let form = LessonForm::parse(text).expect("read");
        assert_eq!(form.lessons[0].1.as_ref().map(|source| source.kind.as_str()), Some("own"));
    }

    #[test]
    fn lessons_of_a_series_file_are_a_form_too() {
        let text = "# mine\nseries = \"walks\"\n[[lesson]]\ntitle = \"a\"\nstory = \"1\"\n\
                    [[lesson]]\ntitle = \"b\"\nstory = \"2\"\n\
                    source = { title = \"Anna\", kind = \"life\" }\n";
        let form = LessonForm::parse(text).expect("read");
        assert_eq!(form.series, Some(testing::slug("walks")));
        let titles: Vec<&str> = form.lessons.iter().map(|(text, _)| text.title.as_str()).collect();
        assert_eq!(titles, ["a", "b"]);
        assert_eq!(form.lessons[1].1.as_ref().map(|source| source.title.as_str()), Some("Anna"));
    }

    #[test]
    fn a_fault_is_named_with_its_line_and_its_field() {
        for (text, wanted) in [
            ("title = \"\"\nstory = \"s\"", (1, "title")),
            ("title = \"t\"\nstory = '''\n\n'''", (2, "story")),
            ("title = \"t\"\nstory = \"s\"\ntags = [\"a=b\"]", (3, "tags")),
            ("title = \"t\"\nstory = \"s\"\nedits = \"4\"", (3, "edits")),
            ("series = \"A b\"\ntitle = \"t\"\nstory = \"s\"", (1, "series")),
            (
                "title = \"t\"\nstory = \"s\"\n[source]\ntitle = \"\"\nkind = \"film\"",
                (4, "source.title"),
            ),
        ] {
            let fault = LessonForm::parse(text).expect_err("refused").fault;
            let SeriesFault::Field(FieldFault { line, field, .. }) = fault else {
                panic!("{fault:?}")
            };
            assert_eq!((line, field), wanted, "{text}");
        }
    }
}
