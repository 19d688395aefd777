//! What a search found, as one of many.

use crate::journal::Lesson;
use crate::journal::search::{Hit, HitPlace};
use crate::messages::time;
use crate::text::{Page, Role, Sheet, Text};

/// A hit: the day and the lesson's title, or, for a hit in a lesson, its place, its title and the
/// day on which it was last served; then the words that were found, with those around them.
pub fn hit(hit: &Hit, page: Page) -> Text {
    let on = time::day_with_weekday;
    let first = match &hit.found {
        HitPlace::Entry(entry) => titled(&on(entry.day), entry.lesson.as_ref()),
        HitPlace::Served(entry) => {
            format!("{}  (served {})", placed(entry.lesson.as_ref()), on(entry.day))
        }
        HitPlace::Waiting(lesson) => placed(Some(lesson)),
    };
    let mut sheet = Sheet::new(page);
    sheet.line(Role::Heading, &first);
    sheet.flowing(hit.snippet.iter().map(|span| {
        let role = if span.is_found { Role::Found } else { Role::Plain };
        (role, span.text.as_str())
    }));
    sheet.into_text()
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
