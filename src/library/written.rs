//! A series as the text of a series file that a person likes to read: long texts are wrapped, and
//! what a terminal could obey or nobody could see is escaped. What is written reads back to the
//! byte, if it has no white space around it.

use std::fmt::Write;

use crate::journal::{Series, Source};
use crate::text::is_unsafe;

/// The width at which long texts are wrapped.
const WIDTH: usize = 100;

/// The text of a series file with this series.
pub fn written(series: &Series) -> String {
    let mut file = String::new();
    put(&mut file, "slug", &quoted(series.slug.as_str()));
    put(&mut file, "title", &quoted(&series.title));
    if let Some(introduction) = &series.introduction {
        put(&mut file, "introduction", &wrapped(introduction));
    }
    file.push('\n');
    put_line(&mut file, "[source]");
    put_source(&mut file, &series.source);
    for (id, lesson) in series.lesson_ids().into_iter().zip(&series.lessons) {
        file.push('\n');
        put_line(&mut file, "[[lesson]]");
        put(&mut file, "title", &quoted(&lesson.title));
        put(&mut file, "story", &wrapped(&lesson.story));
        if !lesson.takeaway.is_empty() {
            put(&mut file, "takeaway", &wrapped(&lesson.takeaway));
        }
        put(&mut file, "question", &quoted(&lesson.question));
        if !lesson.tags.is_empty() {
            put(&mut file, "tags", &list(&lesson.tags));
        }
        if let Some(source) = series.learnt_elsewhere.get(&id) {
            put_line(&mut file, "[lesson.source]");
            put_source(&mut file, source);
        }
    }
    file
}

pub(super) fn put_line(file: &mut String, line: &str) {
    file.push_str(line);
    file.push('\n');
}

pub(super) fn put(file: &mut String, name: &str, value: &str) {
    let _ = writeln!(file, "{name} = {value}");
}

pub(super) fn put_source(file: &mut String, source: &Source) {
    put(file, "title", &quoted(&source.title));
    put(file, "kind", &quoted(&source.kind));
    for (name, text) in [("by", &source.by), ("url", &source.url)] {
        if let Some(text) = text {
            put(file, name, &quoted(text));
        }
    }
    if let Some(year) = source.year {
        put(file, "year", &year.to_string());
    }
}

pub(super) fn list(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", quoted.join(", "))
}

/// A text in quotes, on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\n' => quoted.push_str("\\n"),
            c => put_escaped(&mut quoted, c),
        }
    }
    quoted.push('"');
    quoted
}

/// A text in three quotes: wrapped at spaces, where a backslash joins the line to the next one.
fn wrapped(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(wrapped_line).collect();
    format!("\"\"\"\n{}\"\"\"", lines.join("\n"))
}

fn wrapped_line(line: &str) -> String {
    let mut wrapped = String::new();
    let mut width = 0;
    // Words with the spaces behind them. White space at the start of a joined line is left out when
    // it is read, so a line is broken before a word only.
    for word in line.split_inclusive(' ') {
        let length = word.chars().count();
        let can_break = wrapped.ends_with(' ') && !word.starts_with([' ', '\t']);
        if can_break && width + length > WIDTH {
            wrapped.push_str("\\\n");
            width = 0;
        }
        width += length;
        for c in word.chars() {
            match c {
                // Three in a row would end the text, and so would those at its end.
                '"' if wrapped.ends_with('"') => wrapped.push_str("\\\""),
                c => put_escaped(&mut wrapped, c),
            }
        }
    }
    if wrapped.ends_with('"') && !wrapped.ends_with("\\\"") {
        wrapped.pop();
        wrapped.push_str("\\\"");
    }
    wrapped
}

fn put_escaped(to: &mut String, c: char) {
    match c {
        '\\' => to.push_str("\\\\"),
        '\t' => to.push_str("\\t"),
        '\r' => to.push_str("\\r"),
        c if c.is_control() || is_unsafe(c) => {
            let _ = if u32::from(c) > 0xffff {
                write!(to, "\\U{:08X}", u32::from(c))
            } else {
                write!(to, "\\u{:04X}", u32::from(c))
            };
        }
        c => to.push(c),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::journal::lesson::LessonText;
    use crate::journal::testing::slug;
    use crate::library::{parse, shipped};
    use proptest::prelude::*;

    /// Texts that a reader of TOML could take for something else.
    fn hostile() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "'''",
            "\"\"\"",
            "\"",
            "\\",
            "\\u0041",
            "\\\n",
            "\r\n",
            "\n",
            "\n\n",
            "\t",
            "  ",
            " ",
            "a",
            "word ",
            "# no comment",
            "[[lesson]]",
            "= 1",
            "\u{0}",
            "\u{7f}",
            "\u{85}",
            "\u{2028}",
            "\u{202e}",
            "\u{feff}",
            "\u{a0}",
            "\u{1f469}\u{200d}\u{1f467}",
            "שלום",
            "世界",
            "e\u{301}",
            "a very long run of words that goes on and on, past the width of a line, and then on again",
        ]);
        let text = prop::collection::vec(pieces, 1..24).prop_map(|pieces| pieces.concat());
        prop_oneof![text, any::<String>(), "[ -~\n]{0,300}"]
            .prop_map(|text| text.trim().to_owned())
            .prop_filter("has words", |text| !text.is_empty())
    }

    /// A text on one line.
    fn line() -> impl Strategy<Value = String> {
        let on_one_line = |text: String| text.replace(crate::text::is_line_break, "-");
        hostile()
            .prop_map(on_one_line)
            .prop_map(|text| text.trim().to_owned())
            .prop_filter("has words", |text| !text.is_empty())
    }

    fn source() -> impl Strategy<Value = Source> {
        let optional = || prop::option::of(line());
        (line(), line(), optional(), prop::option::of(any::<i32>()), optional())
            .prop_map(|(title, kind, by, year, url)| Source { title, kind, by, year, url })
    }

    fn lesson() -> impl Strategy<Value = (LessonText, Option<Source>)> {
        let takeaway = prop_oneof![Just(String::new()), hostile()];
        let tags = prop::collection::vec("[a-z]{1,6}(/[a-z]{1,4})?", 0..3);
        let text = (line(), hostile(), takeaway, hostile(), tags);
        let text = text.prop_map(|(title, story, takeaway, question, tags)| LessonText {
            title,
            story,
            takeaway,
            question,
            tags,
        });
        (text, prop::option::of(source()))
    }

    fn series() -> impl Strategy<Value = Series> {
        let lessons = prop::collection::vec(lesson(), 1..4);
        let introduction = prop::option::of(hostile());
        (line(), source(), introduction, lessons).prop_map(
            |(title, source, introduction, lessons)| {
                let mut series = Series::new(slug("walks"), title, source, Vec::new());
                series.introduction = introduction;
                let mut sources = BTreeMap::new();
                for (text, source) in lessons {
                    series.lessons.push(text);
                    let id = series.lesson_ids().pop().expect("a lesson");
                    if series.lesson_ids().iter().filter(|other| **other == id).count() > 1 {
                        series.lessons.pop();
                    } else if let Some(source) = source.filter(|source| *source != series.source) {
                        sources.insert(id, source);
                    }
                }
                series.learnt_elsewhere = sources;
                series
            },
        )
    }

    proptest! {
        #[test]
        fn a_series_reads_back_to_the_byte(series in series()) {
            let file = written(&series);
            let read = parse(&file);
            prop_assert!(read.is_ok(), "{:?}\n{file}", read);
            prop_assert_eq!(read.expect("read"), series, "{}", file);
            prop_assert!(!file.contains(is_unsafe), "{}", file);
        }
    }

    #[test]
    fn the_shipped_series_read_back_and_their_lines_are_not_too_long() {
        for series in shipped().expect("readable") {
            let file = written(&series);
            assert_eq!(parse(&file).expect("readable"), series);
            let stories = file.lines().filter(|line| line.ends_with(" \\"));
            let longest = stories.map(|line| line.chars().count()).max();
            assert!(longest.is_some_and(|longest| longest <= WIDTH + 1), "{longest:?}");
        }
    }
}
