//! Why a series file could not be read.

use std::path::Path;

use crate::library::{LARGEST, SeriesError, SeriesFault};
use crate::messages::{Message, files, parse};

pub fn error(error: &SeriesError) -> Message {
    let path = error.path.as_deref().map(Path::display);
    let fault = fault(&error.fault);
    match (&error.fault, path) {
        (SeriesFault::Io(_) | SeriesFault::TooLarge, Some(path)) => {
            Message { text: format!("{path} cannot be read: {}", fault.text), ..fault }
        }
        (_, Some(path)) => Message { text: format!("{path}: {}", fault.text), ..fault },
        (_, None) => fault,
    }
}

fn fault(fault: &SeriesFault) -> Message {
    match fault {
        SeriesFault::Io(error) => Message::new(files::cause(error)).hint("dwell series add FILE"),
        SeriesFault::TooLarge => {
            Message::new(format!("it is over {} MiB", LARGEST >> 20)).hint("dwell series add FILE")
        }
        SeriesFault::Form { source, .. } => {
            Message::new(parse::toml(&source.to_string(), source.message()))
                .hint("dwell series add --help shows the form")
        }
        SeriesFault::NoLesson => Message::new("the series has no [[lesson]]"),
        SeriesFault::BadSlug(error) => Message::new(format!("slug: {}", parse::error(error).text))
            .hint("a slug looks like the-defiant-ones"),
        SeriesFault::Empty { lesson: None, field } => Message::new(format!("{field} is empty")),
        SeriesFault::Empty { lesson: Some(lesson), field } => {
            Message::new(format!("lesson {lesson}: {field} is empty"))
        }
        SeriesFault::SeveralLines { lesson, field } => {
            let lesson = lesson.map(|lesson| format!("lesson {lesson}: ")).unwrap_or_default();
            Message::new(format!("{lesson}{field} has a line break in it"))
                .hint(format!("write the {field} on one line"))
        }
        SeriesFault::BadTag { lesson, text } => Message::new(format!(
            "lesson {lesson}: '{text}' is not a tag (letters, digits, - and _)"
        )),
        SeriesFault::Duplicate { lesson, earlier } => {
            Message::new(format!("lesson {lesson} is the same as lesson {earlier}"))
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
    fn a_fault_is_named_with_the_lesson_it_stands_in() {
        for (from, to, wanted) in [
            ("\"walks\"", "\"Walks!\"", "slug: 'Walks!' is not a series name"),
            ("\"Come home\"", "\"\"", "lesson 2: title is empty"),
            ("\"Come home\"", "\"Go out\"", "lesson 2 is the same as lesson 1"),
            ("[\"Outside\"]", "[\"a=b\"]", "lesson 1: 'a=b' is not a tag"),
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
