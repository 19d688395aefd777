//! Series files: TOML, one series a file.
//!
//! A file may come from a stranger, so its size is bounded before it is read, every part of it is
//! checked, and an error names the lesson it stands in.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::journal::lesson::LessonText;
use crate::journal::lesson::slug;
use crate::journal::{LessonId, Series, Slug, Source};

/// A series file holds at most 16 MiB.
const LARGEST: u64 = 16 << 20;

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

/// Reads a series file; `-` is standard input.
pub fn read(path: &Path) -> Result<Series> {
    let shown = path.display();
    let text = if path == Path::new("-") {
        bounded(io::stdin().lock())
    } else {
        File::open(path).and_then(bounded)
    };
    let text = text.map_err(|error| {
        Error::usage(format!("{shown} cannot be read: {error}")).hint("dwell series add FILE")
    })?;
    let series = parse(&text);
    series.map_err(|error| Error { message: format!("{shown}: {}", error.message), ..error })
}

/// Reads a series from the text of a series file.
pub fn parse(text: &str) -> Result<Series> {
    let file: SeriesFile = toml::from_str(text).map_err(|error| {
        Error::usage(error.to_string().trim_end()).hint("dwell series add --help shows the form")
    })?;
    if file.lesson.is_empty() {
        return Err(Error::usage("the series has no [[lesson]]"));
    }
    let slug: Slug = file.slug.parse().map_err(|error| {
        Error::usage(format!("slug: {error}")).hint("a slug looks like the-defiant-ones")
    })?;
    let series = Series {
        slug,
        title: filled("title", &file.title)?,
        source: Source {
            title: filled("source.title", &file.source.title)?,
            kind: filled("source.kind", &file.source.kind)?,
            by: file.source.by,
            year: file.source.year,
            url: file.source.url,
        },
        lessons: (file.lesson.iter().enumerate())
            .map(|(index, lesson)| {
                lesson_text(lesson).map_err(|error| {
                    Error::usage(format!("lesson {}: {}", index + 1, error.message))
                })
            })
            .collect::<Result<_>>()?,
    };
    let mut seen: Vec<(LessonId, usize)> = series.lesson_ids().into_iter().zip(1..).collect();
    seen.sort_unstable();
    for pair in seen.windows(2) {
        if let [(first, at), (second, again)] = pair
            && first == second
        {
            return Err(Error::usage(format!("lesson {again} is the same as lesson {at}")));
        }
    }
    Ok(series)
}

fn lesson_text(lesson: &LessonTable) -> Result<LessonText> {
    let tags = lesson.tags.iter().map(|text| {
        slug::tag(text).ok_or_else(|| {
            Error::usage(format!("'{text}' is not a tag (letters, digits, - and _)"))
        })
    });
    Ok(LessonText {
        title: filled("title", &lesson.title)?,
        story: filled("story", &lesson.story)?,
        takeaway: filled("takeaway", &lesson.takeaway)?,
        question: filled("question", &lesson.question)?,
        tags: tags.collect::<Result<_>>()?,
    })
}

/// The text without white space around it, or an error that names the key.
fn filled(key: &str, text: &str) -> Result<String> {
    match text.trim() {
        "" => Err(Error::usage(format!("{key} is empty"))),
        text => Ok(text.to_owned()),
    }
}

fn bounded(source: impl Read) -> io::Result<String> {
    let mut text = String::new();
    source.take(LARGEST + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LARGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is over 16 MiB"));
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
    fn a_fault_is_named_with_the_lesson_it_stands_in() {
        for (from, to, wanted) in [
            ("\"walks\"", "\"Walks!\"", "slug: 'Walks!' is not a series name"),
            ("\"Come home\"", "\"\"", "lesson 2: title is empty"),
            ("\"Come home\"", "\"Go out\"", "lesson 2 is the same as lesson 1"),
            ("[\"Outside\"]", "[\"a=b\"]", "lesson 1: 'a=b' is not a tag"),
            ("takeaway", "takaway", "unknown field `takaway`"),
            ("[[lesson]]", "[[lessons]]", "unknown field `lessons`"),
            ("kind = \"own\"", "", "missing field `kind`"),
        ] {
            let error = parse(&GOOD.replacen(from, to, 2)).expect_err(wanted);
            assert!(error.message.contains(wanted), "{}", error.message);
        }
        let (head, _) = GOOD.split_once("[[lesson]]").expect("a lesson");
        assert_eq!(parse(head).expect_err("empty").message, "the series has no [[lesson]]");
    }
}
