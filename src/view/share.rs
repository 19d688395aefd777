//! A lesson as a person would send it to a friend: plain text, a paragraph a line, and nothing of
//! the person's own.

use crate::journal::lesson::ShelvedLesson;
use crate::journal::{Slug, Source};
use crate::text::{Page, Role, Sheet, Text};

/// The title, the story, the takeaway, and where the lesson was learnt.
pub fn lesson(shelved: &ShelvedLesson) -> Text {
    // A mail or a messenger wraps lines by itself.
    let mut sheet = Sheet::new(Page { utf8: true, ..Page::UNSET });
    let lesson = &shelved.lesson;
    sheet.line(Role::Plain, &lesson.text.title);
    for part in [&lesson.text.story, &lesson.text.takeaway] {
        if !part.is_empty() {
            sheet.blank();
            sheet.prose(Role::Plain, part);
        }
    }
    let is_of_nobody_else = lesson.series == Slug::of_own_lessons()
        && lesson.source == crate::journal::Series::own().source;
    if !is_of_nobody_else {
        sheet.blank();
        sheet.line(Role::Plain, &format!("Learnt from {}", learnt(&lesson.source)));
        if let Some(url) = &lesson.source.url {
            sheet.line(Role::Plain, url);
        }
    }
    sheet.into_text()
}

/// A source on one line: its title, and what is known of it.
pub fn learnt(source: &Source) -> String {
    let Source { title, kind, by, year, .. } = source;
    let kind = Some(kind.clone()).filter(|kind| kind != "own");
    let by = by.as_ref().map(|by| format!("by {by}"));
    let kind_and_maker: Vec<String> = kind.into_iter().chain(by).collect();
    let known = [Some(kind_and_maker.join(" ")), year.map(|year| year.to_string())];
    let known: Vec<String> = known.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if known.is_empty() { title.clone() } else { format!("{title} ({})", known.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_says_what_is_known_of_it() {
        let source = |kind: &str, by: Option<&str>, year| Source {
            title: "Walks".to_owned(),
            kind: kind.to_owned(),
            by: by.map(str::to_owned),
            year,
            url: None,
        };
        for (source, wanted) in [
            (source("own", None, None), "Walks"),
            (source("film", None, None), "Walks (film)"),
            (source("own", Some("Anna"), None), "Walks (by Anna)"),
            (source("film", Some("Anna"), Some(1961)), "Walks (film by Anna, 1961)"),
            (source("own", None, Some(1961)), "Walks (1961)"),
        ] {
            assert_eq!(learnt(&source), wanted);
        }
    }
}
