//! Series files: TOML, one series a file.
//!
//! A file may come from a stranger. So its size is limited before it is read, every part of it is
//! checked, and an error names the lesson with the fault.

use std::io::{self, Read};
use std::path::Path;

use serde::Deserialize;

use crate::journal::lesson::LessonText;
use crate::journal::lesson::slug;
use crate::journal::{LessonId, Series, Source};
use crate::library::{SeriesError, SeriesFault};
use crate::platform;
use crate::text::is_line_break;

/// The size of the largest series file, in bytes: 16 MiB.
pub const LARGEST: u64 = 16 << 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeriesFile {
    slug: String,
    title: String,
    source: SourceTable,
    #[serde(default)]
    lesson: Vec<LessonTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceTable {
    title: String,
    kind: String,
    by: Option<String>,
    year: Option<i32>,
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LessonTable {
    title: String,
    story: String,
    takeaway: String,
    question: String,
    #[serde(default)]
    tags: Vec<String>,
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
    let file: SeriesFile = toml::from_str(text).map_err(|error| form_fault(text, error))?;
    if file.lesson.is_empty() {
        return Err(SeriesFault::NoLesson.into());
    }
    let series = Series::new(
        file.slug.parse().map_err(SeriesFault::BadSlug)?,
        name(None, "title", &file.title)?,
        source(file.source)?,
        (1..)
            .zip(&file.lesson)
            .map(|(number, lesson)| lesson_text(number, lesson))
            .collect::<Result<_, SeriesFault>>()?,
    );
    let mut seen: Vec<(LessonId, usize)> = series.lesson_ids().into_iter().zip(1..).collect();
    seen.sort_unstable();
    for pair in seen.windows(2) {
        if let [(first, earlier), (second, lesson)] = *pair
            && first == second
        {
            return Err(SeriesFault::Duplicate { lesson, earlier }.into());
        }
    }
    Ok(series)
}

/// The fault of a text that does not have the form of a series file.
fn form_fault(text: &str, error: toml::de::Error) -> SeriesFault {
    let before = error.span().and_then(|span| text.get(..span.start)).filter(|b| !b.is_empty());
    let line = before.map(|before| before.matches('\n').count() + 1);
    SeriesFault::Form { line, source: Box::new(error) }
}

fn source(table: SourceTable) -> Result<Source, SeriesFault> {
    let SourceTable { title, kind, by, year, url } = table;
    let optional = |field, text: Option<String>| match text {
        Some(text) => one_line(None, field, text).map(Some),
        None => Ok(None),
    };
    Ok(Source {
        title: name(None, "source.title", &title)?,
        kind: name(None, "source.kind", &kind)?,
        by: optional("source.by", by)?,
        year,
        url: optional("source.url", url)?,
    })
}

fn lesson_text(number: usize, lesson: &LessonTable) -> Result<LessonText, SeriesFault> {
    let not_empty = |field, text| not_empty(Some(number), field, text);
    let tags = lesson.tags.iter().map(|text| {
        slug::tag(text).ok_or_else(|| SeriesFault::BadTag { lesson: number, text: text.clone() })
    });
    Ok(LessonText {
        title: name(Some(number), "title", &lesson.title)?,
        story: not_empty("story", &lesson.story)?,
        takeaway: not_empty("takeaway", &lesson.takeaway)?,
        question: not_empty("question", &lesson.question)?,
        tags: tags.collect::<Result<_, SeriesFault>>()?,
    })
}

/// A text that stands on one line, without white space around it. Errors if nothing is left, or if
/// there are several lines.
fn name(lesson: Option<usize>, field: &'static str, text: &str) -> Result<String, SeriesFault> {
    one_line(lesson, field, not_empty(lesson, field, text)?)
}

fn one_line(
    lesson: Option<usize>,
    field: &'static str,
    text: String,
) -> Result<String, SeriesFault> {
    if text.contains(is_line_break) {
        return Err(SeriesFault::SeveralLines { lesson, field });
    }
    Ok(text)
}

/// The text without white space around it. Errors if nothing is left.
fn not_empty(
    lesson: Option<usize>,
    field: &'static str,
    text: &str,
) -> Result<String, SeriesFault> {
    match text.trim() {
        "" => Err(SeriesFault::Empty { lesson, field }),
        text => Ok(text.to_owned()),
    }
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

    #[test]
    fn a_fault_is_named_with_its_place() {
        let fault =
            |from: &str, to: &str| parse(&GOOD.replacen(from, to, 2)).expect_err("refused").fault;
        assert!(matches!(fault("\"walks\"", "\"Walks!\""), SeriesFault::BadSlug(_)));
        assert!(matches!(
            fault("\"Come home\"", "\"\""),
            SeriesFault::Empty { lesson: Some(2), field: "title" }
        ));
        assert!(matches!(
            fault("\"Walks\"", "\" \""),
            SeriesFault::Empty { lesson: None, field: "source.title" }
        ));
        assert!(matches!(
            fault("\"Come home\"", "\"Go out\""),
            SeriesFault::Duplicate { lesson: 2, earlier: 1 }
        ));
        assert!(matches!(
            fault("[\"Outside\"]", "[\"a=b\"]"),
            SeriesFault::BadTag { lesson: 1, text } if text == "a=b"
        ));
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
                let fault = parse(&good.replace(&format!("\"{text}\""), &broken(text)));
                let fault = fault.expect_err("refused").fault;
                let SeriesFault::SeveralLines { lesson: found, field: named } = fault else {
                    panic!("{text} with {end}: {fault:?}")
                };
                assert_eq!((found, named), (lesson, field));
            }
        }
        for (from, to, line) in [
            ("takeaway", "takaway", Some(10)),
            ("[[lesson]]", "[[lessons]]", Some(7)),
            ("kind = \"own\"", "", Some(4)),
            ("slug = \"walks\"", "", None),
        ] {
            let SeriesFault::Form { line: found, source } = fault(from, to) else {
                panic!("{from}")
            };
            assert_eq!(found, line, "{source}");
        }
        let (head, _) = GOOD.split_once("[[lesson]]").expect("a lesson");
        assert!(matches!(parse(head).expect_err("empty").fault, SeriesFault::NoLesson));
    }

    #[test]
    fn a_failure_names_its_file_and_has_its_source() {
        let error = read(Path::new("/nowhere.toml")).expect_err("not there");
        assert_eq!(error.path.as_deref(), Some(Path::new("/nowhere.toml")));
        let source = std::error::Error::source(&error);
        assert!(source.is_some_and(<dyn std::error::Error>::is::<io::Error>));
    }
}
