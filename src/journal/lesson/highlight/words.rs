//! The words of a lesson that was a highlight: its title, and where it stands in its book.
//!
//! Where it stands is the last paragraph of the story, such as `— page 12, location 172–173`, and
//! can be read back from it: so a later import finds the place of what comes new.

use unicode_segmentation::UnicodeSegmentation;

use crate::journal::lesson::LessonText;
use crate::journal::lesson::highlight::{Highlight, Place};
use crate::text::{is_line_break, one_line, shorten, wrap};

/// The columns of a title.
const TITLE: usize = 60;

/// What the paragraph begins with, and the names of its parts.
const MARK: &str = "\u{2014} ";
const PAGE: &str = "page ";
const LOCATION: &str = "location ";
const CHAPTER: &str = "chapter ";

/// The lesson that a highlight becomes.
pub fn lesson(highlight: Highlight, question: &str) -> LessonText {
    let Highlight { place, text, note, tags, .. } = highlight;
    let title = title(&text);
    let mut story = text.trim().to_owned();
    if let Some(stands) = paragraph(&place) {
        story.push_str("\n\n");
        story.push_str(&stands);
    }
    let takeaway = note.map(|note| note.trim().to_owned()).unwrap_or_default();
    LessonText { title, story, takeaway, question: question.to_owned(), tags }
}

/// The first words of a passage on one line, with a sign at the end if there are more.
fn title(text: &str) -> String {
    // Only as much of a long passage as can stand in a title.
    let head = text.as_bytes().get(..4 * TITLE).unwrap_or(text.as_bytes());
    let end = if head.is_ascii() { head.len() } else { after_graphemes(text, 4 * TITLE) };
    let words: Vec<&str> = text[..end].split_whitespace().collect();
    let line = one_line(&words.join(" "));
    let has_more = text[end..].contains(|c: char| !c.is_whitespace());
    if line.len() <= TITLE && !has_more {
        return line;
    }
    let lines = wrap(&line, TITLE - 1);
    match &lines[..] {
        [only] if !has_more => shorten(only, TITLE, true),
        [first, ..] => shorten(&format!("{}\u{2026}", first.trim_end()), TITLE, true),
        [] => line,
    }
}

fn after_graphemes(text: &str, count: usize) -> usize {
    text.grapheme_indices(true).nth(count).map_or(text.len(), |(at, _)| at)
}

/// Where a passage stands, in words; `None` if nothing is known of it.
fn paragraph(place: &Place) -> Option<String> {
    let on_one_line = |text: &String| {
        let words: Vec<&str> =
            text.split(|c: char| c.is_whitespace() || is_line_break(c)).collect();
        Some(words.join(" ").trim().to_owned()).filter(|text| !text.is_empty())
    };
    let page = place.page.as_ref().and_then(on_one_line).map(|page| format!("{PAGE}{page}"));
    let location = place.location.map(|(first, last)| {
        if first == last {
            format!("{LOCATION}{first}")
        } else {
            format!("{LOCATION}{first}\u{2013}{last}")
        }
    });
    let chapter = place.chapter.as_ref().and_then(on_one_line);
    let chapter = chapter.map(|chapter| format!("{CHAPTER}{chapter}"));
    let parts: Vec<String> = [page, location, chapter].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("{MARK}{}", parts.join(", ")))
}

/// The passage of a story, and where it stands. The order of a place is not in the story.
pub fn passage(story: &str) -> (&str, Place) {
    let found = story.rsplit_once("\n\n").and_then(|(text, last)| Some((text, stands(last)?)));
    found.unwrap_or((story, Place::default()))
}

fn stands(paragraph: &str) -> Option<Place> {
    let mut rest = paragraph.strip_prefix(MARK)?;
    let mut place = Place::default();
    if let Some(page) = rest.strip_prefix(PAGE) {
        let end =
            [LOCATION, CHAPTER].iter().filter_map(|name| page.find(&format!(", {name}"))).min();
        let (page, after) = page.split_at(end.unwrap_or(page.len()));
        (place.page, rest) = (Some(page.to_owned()), after.trim_start_matches(", "));
    }
    if let Some(location) = rest.strip_prefix(LOCATION) {
        let (location, after) = location.split_once(", ").unwrap_or((location, ""));
        let (first, last) = location.split_once('\u{2013}').unwrap_or((location, location));
        (place.location, rest) = (Some((first.parse().ok()?, last.parse().ok()?)), after);
    }
    if let Some(chapter) = rest.strip_prefix(CHAPTER) {
        (place.chapter, rest) = (Some(chapter.to_owned()), "");
    }
    (rest.is_empty() && place != Place::default()).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Source;
    use crate::journal::lesson::highlight::HighlightKind;

    fn of(text: &str, place: Place) -> LessonText {
        let (book, kind) = (Source::default(), HighlightKind::Passage);
        let note = Some(" mine ".to_owned());
        lesson(Highlight { book, kind, place, text: text.to_owned(), note, tags: vec![] }, "q?")
    }

    #[test]
    fn a_title_is_the_first_words_of_the_passage_on_one_line() {
        for (text, wanted) in [
            ("Ask once,\nplainly.", "Ask once, plainly."),
            (
                "He who has a why to live for can bear almost any how, and the rest follows from it.",
                "He who has a why to live for can bear almost any how, and\u{2026}",
            ),
            ("\u{4ed5}\u{4e8b}", "\u{4ed5}\u{4e8b}"),
        ] {
            let title = of(text, Place::default()).title;
            assert_eq!(title, wanted);
        }
        for long in ["\u{4ed5}".repeat(1_000_000), "x".repeat(1_000_000), "a b ".repeat(250_000)] {
            let title = of(&long, Place::default()).title;
            assert!(title.ends_with('\u{2026}') && title.chars().count() <= TITLE, "{title}");
        }
    }

    #[test]
    fn where_a_passage_stands_is_read_back_from_the_story() {
        let page = |page: &str| Some(page.to_owned());
        for (place, wanted) in [
            (
                Place { page: page("12"), location: Some((172, 173)), ..Place::default() },
                "\u{2014} page 12, location 172\u{2013}173",
            ),
            (Place { location: Some((9, 9)), ..Place::default() }, "\u{2014} location 9"),
            (Place { page: page("xii"), ..Place::default() }, "\u{2014} page xii"),
            (
                Place { chapter: page("Three, or the end"), ..Place::default() },
                "\u{2014} chapter Three, or the end",
            ),
            (
                Place { page: page("1, 2"), chapter: page("One"), ..Place::default() },
                "\u{2014} page 1, 2, chapter One",
            ),
        ] {
            let lesson = of("The words.\n\nAnd more.", place.clone());
            assert_eq!(lesson.story, format!("The words.\n\nAnd more.\n\n{wanted}"));
            assert_eq!(passage(&lesson.story), ("The words.\n\nAnd more.", place));
            assert_eq!(lesson.takeaway, "mine");
        }
        for story in ["words", "words\n\n\u{2014} Mara Voss, Field Notes", "\u{2014} page 1"] {
            assert_eq!(passage(story), (story, Place::default()));
        }
    }
}
