//! Why a series file could not be read.

use std::path::Path;

use crate::library::{FieldFault, FieldWhy, LARGEST, SeriesError, SeriesFault};
use crate::messages::{Message, files, parse};

pub fn error(error: &SeriesError) -> Message {
    let path = error.path.as_deref().map(Path::display);
    let fault = fault(&error.fault);
    let line = error.fault.line().map(|line| format!(", line {line}")).unwrap_or_default();
    match (&error.fault, path) {
        (SeriesFault::Io(_) | SeriesFault::TooLarge, Some(path)) => {
            Message { text: format!("{path} cannot be read: {}", fault.text), ..fault }
        }
        (_, Some(path)) => Message { text: format!("{path}{line}: {}", fault.text), ..fault },
        (fault_in_text, None) => match fault_in_text.line() {
            Some(line) => Message { text: format!("line {line}: {}", fault.text), ..fault },
            None => fault,
        },
    }
}

fn fault(fault: &SeriesFault) -> Message {
    match fault {
        SeriesFault::Io(error) => Message::new(files::cause(error)).hint("dwell series add FILE"),
        SeriesFault::TooLarge => {
            Message::new(format!("it is over {} MiB", LARGEST >> 20)).hint("dwell series add FILE")
        }
        SeriesFault::Form { source, .. } => {
            Message::new(source.message()).hint("dwell series add --help shows the form")
        }
        SeriesFault::NoLesson => Message::new("the series has no [[lesson]]"),
        SeriesFault::Field(fault) => field(fault),
    }
}

fn field(fault: &FieldFault) -> Message {
    let FieldFault { lesson, field, why, .. } = fault;
    let lesson = lesson.map(|lesson| format!("lesson {lesson}: ")).unwrap_or_default();
    match why {
        FieldWhy::Empty => Message::new(format!("{lesson}{field} is empty")),
        FieldWhy::SeveralLines => Message::new(format!("{lesson}{field} has a line break in it"))
            .hint(format!("write the {field} on one line")),
        FieldWhy::BadSlug(error) => Message::new(format!("{field}: {}", parse::error(error).text))
            .hint("a short name of a series looks like the-defiant-ones"),
        FieldWhy::BadTag(text) => Message::new(format!(
            "{lesson}{field}: '{text}' is not a tag (letters, digits, - and _)"
        )),
        FieldWhy::BadId => Message::new(format!("{field} is not the id of a lesson")),
        FieldWhy::SameAs(earlier) => {
            Message::new(format!("{lesson}its words are those of lesson {earlier}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library;

    const GOOD: &str = r#"
slug = "walks"
title = "Two walks"
[source]
title = "Walks"
kind = "own"
[[lesson]]
title = "Go out"
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
    fn a_fault_is_named_with_its_line_its_lesson_and_its_field() {
        for (from, to, wanted) in [
            ("\"walks\"", "\"Walks!\"", "slug: 'Walks!' is not a series name"),
            ("\"Come home\"", "\"\"", "lesson 2: title is empty"),
            ("\"Come home\"", "\"Go out\"", "lesson 2: its words are those of lesson 1"),
            ("[\"Outside\"]", "[\"a=b\"]", "lesson 1: tags: 'a=b' is not a tag"),
            ("\"Come home\"", r#""Come\nhome""#, "lesson 2: title has a line break in it"),
            ("\"Two walks\"", r#""Two\u2028walks""#, "title has a line break in it"),
            ("takeaway", "takaway", "unknown field `takaway`"),
            ("[[lesson]]", "[[lessons]]", "unknown field `lessons`"),
            ("kind = \"own\"", "", "missing field `kind`"),
        ] {
            let refused = library::parse(&GOOD.replacen(from, to, 2)).expect_err(wanted);
            let text = error(&refused).text;
            assert!(text.contains(wanted), "{text}");
        }
        let (head, _) = GOOD.split_once("[[lesson]]").expect("a lesson");
        let refused = library::parse(head).expect_err("empty");
        assert_eq!(error(&refused).text, "the series has no [[lesson]]");
    }
}
