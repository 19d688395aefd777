//! What a search found, as one of many.

use crate::journal::Lesson;
use crate::journal::search::{Hit, HitPlace, Part};
use crate::messages::time;
use crate::text::{Page, Role, Sheet, Text};

/// A hit: the day and the lesson's title, or, for a hit in a lesson, its place, its title and the
/// day on which it was last served; then the words that were found, with those around them and what
/// they are part of.
pub fn hit(hit: &Hit, page: Page) -> Text {
    let on = time::day_with_weekday;
    let first = match &hit.found {
        HitPlace::Entry(entry) => titled(&on(entry.day), entry.lesson.as_ref()),
        HitPlace::Served(entry) => {
            format!("{}  (served {})", placed(entry.lesson.as_ref()), on(entry.day))
        }
        HitPlace::Waiting(lesson) => format!("{}  (not met yet)", placed(Some(lesson))),
    };
    let mut sheet = Sheet::new(page);
    sheet.line(Role::Heading, &first);
    for snippet in &hit.snippets {
        let label = (Role::Quiet, part_label(snippet.part));
        let spans = snippet.spans.iter().map(|span| {
            let role = if span.is_found { Role::Found } else { Role::Plain };
            (role, span.text.as_str())
        });
        sheet.flowing([label].into_iter().chain(spans));
    }
    sheet.into_text()
}

/// What a text that was found is part of.
pub fn part_label(part: Part) -> &'static str {
    match part {
        Part::Lesson => "Lesson: ",
        Part::Reflection => "Reflection: ",
        Part::Step => "Next step: ",
        Part::Afterthought => "Afterthought: ",
    }
}

fn placed(lesson: Option<&Lesson>) -> String {
    let place = lesson.map(|lesson| format!("{}/{}", lesson.series, lesson.number));
    titled(&place.unwrap_or_default(), lesson)
}

fn titled(place: &str, lesson: Option<&Lesson>) -> String {
    match lesson {
        Some(lesson) => format!("{place}  {}", lesson.text.title),
        None => place.to_owned(),
    }
}
