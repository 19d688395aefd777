//! Series files: TOML, one series a file.
//!
//! A file may come from a stranger. So its size is limited before it is read, every part of it is
//! checked, and an error names the line and the field.

use std::collections::HashMap;
use std::io::{self, Read};
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use crate::journal::{LessonId, Series};
use crate::library::error::FieldWhy;
use crate::library::fields::{Checks, LessonTable, SourceTable, line_of};
use crate::library::{SeriesError, SeriesFault};
use crate::platform;

/// The size of the largest series file, in bytes: 16 MiB.
pub const LARGEST: u64 = 16 << 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeriesFile {
    slug: Spanned<String>,
    title: Spanned<String>,
    introduction: Option<String>,
    source: SourceTable,
    #[serde(default)]
    lesson: Vec<LessonTable>,
}

/// Reads a series file; `-` is standard input. Errors if it cannot be read or is not a series file.
pub fn read(path: &Path) -> Result<Series, SeriesError> {
    let text = if path == Path::new("-") {
        read_bounded(io::stdin().lock())
    } else {
        platform::open_file_or_pipe(path).map_err(SeriesFault::Io).and_then(read_bounded)
    };
    let series = text.map_err(SeriesError::from).and_then(|text| parse(&text));
    series.map_err(|error| error.in_file(path))
}

/// Reads a series from the text of a series file. Errors at the first fault in it.
pub fn parse(text: &str) -> Result<Series, SeriesError> {
    Ok(series(text)?)
}

fn series(text: &str) -> Result<Series, SeriesFault> {
    let file: SeriesFile = toml::from_str(text).map_err(|error| form_fault(text, error))?;
    let whole = Checks { text, lesson: None };
    if file.lesson.is_empty() {
        return Err(SeriesFault::NoLesson);
    }
    let slug = file.slug.as_ref().parse();
    let slug = slug.map_err(|error| whole.fault("slug", &file.slug, FieldWhy::BadSlug(error)))?;
    let title = whole.name("title", &file.title)?;
    let mut series = Series::new(slug, title, whole.source(&file.source)?, Vec::new());
    let introduction = file.introduction.as_deref().map(str::trim);
    series.introduction = introduction.filter(|text| !text.is_empty()).map(str::to_owned);
    let mut seen: HashMap<LessonId, usize> = HashMap::new();
    for (number, table) in (1..).zip(&file.lesson) {
        let checks = Checks { text, lesson: Some(number) };
        let (lesson, source) = checks.lesson(table)?;
        let id = LessonId::of(&series.slug, &lesson);
        if let Some(earlier) = seen.insert(id, number) {
            return Err(checks.fault("title", &table.title, FieldWhy::SameAs(earlier)));
        }
        if let Some(source) = source.filter(|source| *source != series.source) {
            series.learnt_elsewhere.insert(id, source);
        }
        series.lessons.push(lesson);
    }
    Ok(series)
}

/// The fault of a text that does not have the form of a series file.
pub(super) fn form_fault(text: &str, error: toml::de::Error) -> SeriesFault {
    let start = error.span().map(|span| span.start).filter(|start| *start > 0);
    SeriesFault::Form { line: start.map(|start| line_of(text, start)), source: Box::new(error) }
}

/// The text of a file or of standard input. Errors if it has more than [`LARGEST`] bytes.
fn read_bounded(source: impl Read) -> Result<String, SeriesFault> {
    let mut text = String::new();
    source.take(LARGEST + 1).read_to_string(&mut text).map_err(SeriesFault::Io)?;
    if text.len() as u64 > LARGEST {
        return Err(SeriesFault::TooLarge);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::lesson::QUESTION;
    use crate::library::error::FieldFault;

    const GOOD: &str = r#"
slug = "walks"
title = "Two walks"
[source]
title = "Walks"
kind = "own"
[[lesson]]
title = " Go out "
story = "s"
takeaway = "t"
question = "q?"
tags = ["Outside"]
[[lesson]]
title = "Come home"
story = "s"
takeaway = "t"
question = "q?"
"#;

    #[test]
    fn a_series_reads_with_and_without_what_is_optional() {
        let series = parse(GOOD).expect("readable");
        assert_eq!(series.slug.as_str(), "walks");
        assert_eq!(series.source.by, None);
        assert_eq!(series.lessons[0].title, "Go out");
        assert_eq!(series.lessons[0].tags, ["outside"]);
        assert_eq!(series.lessons[1].tags, Vec::<String>::new());
    }

    fn fault_of(text: &str) -> (usize, Option<usize>, &'static str, FieldWhy) {
        match parse(text).expect_err("refused").fault {
            SeriesFault::Field(FieldFault { line, lesson, field, why }) => {
                (line, lesson, field, why)
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_fault_is_named_with_its_line_and_its_field() {
        let fault = |from: &str, to: &str| fault_of(&GOOD.replacen(from, to, 2));
        assert!(matches!(
            fault("\"walks\"", "\"Walks!\""),
            (2, None, "slug", FieldWhy::BadSlug(_))
        ));
        assert!(matches!(fault("\"Come home\"", "\"\""), (14, Some(2), "title", FieldWhy::Empty)));
        assert!(matches!(
            fault("story = \"s\"", "story = \"\"\"\n\n\"\"\""),
            (9, Some(1), "story", FieldWhy::Empty)
        ));
        assert!(matches!(fault("\"Walks\"", "\" \""), (5, None, "source.title", FieldWhy::Empty)));
        assert!(matches!(
            fault("\"Come home\"", "\"Go out\""),
            (14, Some(2), "title", FieldWhy::SameAs(1))
        ));
        assert!(matches!(
            fault("[\"Outside\"]", "[\n\"a=b\"]"),
            (13, Some(1), "tags", FieldWhy::BadTag(text)) if text == "a=b"
        ));
    }

    #[test]
    fn a_name_stands_on_one_line() {
        for end in [r"\n", r"\r", r"\u000B", r"\f", r"\u0085", r"\u2028", r"\u2029"] {
            let broken = |text: &str| format!("\"{}\"", text.replace(' ', end));
            for (text, lesson, field) in [
                ("Come home", Some(2), "title"),
                ("Two walks", None, "title"),
                ("Walks of mine", None, "source.title"),
                ("my own", None, "source.kind"),
                ("me and you", None, "source.by"),
                ("a url", None, "source.url"),
            ] {
                let good = GOOD.replace("\"Walks\"", "\"Walks of mine\"").replace(
                    "kind = \"own\"",
                    "kind = \"my own\"\nby = \"me and you\"\nurl = \"a url\"",
                );
                let fault = fault_of(&good.replace(&format!("\"{text}\""), &broken(text)));
                let (_, found, named, why) = fault;
                assert!(matches!(why, FieldWhy::SeveralLines), "{text} with {end}: {why:?}");
                assert_eq!((found, named), (lesson, field));
            }
        }
    }

    #[test]
    fn a_text_of_another_form_is_refused_with_its_line() {
        let fault =
            |from: &str, to: &str| parse(&GOOD.replacen(from, to, 2)).expect_err("refused").fault;
        for (from, to, line) in [
            ("takeaway", "takaway", Some(10)),
            ("[[lesson]]", "[[lessons]]", Some(7)),
            ("kind = \"own\"", "", Some(4)),
            ("story = \"s\"\n", "", Some(7)),
            ("slug = \"walks\"", "", None),
        ] {
            let fault = fault(from, to);
            let found = fault.line();
            assert!(matches!(fault, SeriesFault::Form { .. }), "{from}");
            assert_eq!(found, line, "{from}");
        }
        let (head, _) = GOOD.split_once("[[lesson]]").expect("a lesson");
        assert!(matches!(parse(head).expect_err("empty").fault, SeriesFault::NoLesson));
    }

    #[test]
    fn a_lesson_may_do_without_takeaway_and_question_and_have_a_source_of_its_own() {
        let text = GOOD.replacen(
            "takeaway = \"t\"\nquestion = \"q?\"\n",
            "source = { title = \"Grandmother\", kind = \"life\" }\n",
            1,
        );
        let text = text.replacen("[source]", "introduction = \" Why. \"\n[source]", 1);
        let series = parse(&text).expect("readable");
        let first = &series.lessons[0];
        assert_eq!((first.takeaway.as_str(), first.question.as_str()), ("", QUESTION));
        assert_eq!(series.introduction.as_deref(), Some("Why."));
        let [first, second] = series.lesson_ids()[..] else { panic!() };
        assert_eq!(series.source_of(first).title, "Grandmother");
        assert_eq!(series.source_of(second), &series.source);
    }

    #[test]
    fn a_failure_names_its_file_and_has_its_source() {
        let error = read(Path::new("/nowhere.toml")).expect_err("not there");
        assert_eq!(error.path.as_deref(), Some(Path::new("/nowhere.toml")));
        let source = std::error::Error::source(&error);
        assert!(source.is_some_and(<dyn std::error::Error>::is::<io::Error>));
    }
}
