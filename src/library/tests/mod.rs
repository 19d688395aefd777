//! What every shipped lesson keeps to, and what all of them together do. Whoever adds a series runs
//! these; `CONTRIBUTING.md` says the same in words.

mod alike;
mod shelf;
mod takeaways;
mod texts;
mod titles_and_questions;

use super::*;
use crate::journal::lesson::LessonText;

/// Each lesson with the place it stands at.
fn lessons() -> Vec<(String, LessonText)> {
    let shipped = shipped().expect("readable");
    let place = |series: Series| {
        let slug = series.slug;
        let numbered = series.lessons.into_iter().zip(1..);
        numbered.map(move |(lesson, number)| (format!("{slug}/{number}"), lesson))
    };
    shipped.into_iter().flat_map(place).collect()
}

fn parts(lesson: &LessonText) -> [&str; 4] {
    [&lesson.title, &lesson.story, &lesson.takeaway, &lesson.question]
}

fn lower_words(text: &str) -> Vec<String> {
    let is_word = |word: &&str| !word.is_empty();
    let split = text.split(|c: char| !c.is_alphanumeric()).filter(is_word);
    split.map(str::to_lowercase).collect()
}

/// The words of a text without the marks around them. An apostrophe or a hyphen within stays.
fn bare_words(text: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

/// The sentences of a text. The point of a short form or of an initial ends none, and no mark does
/// after which a small letter goes on.
fn sentences(text: &str) -> Vec<String> {
    const SHORT: [&str; 5] = ["Dr.", "Mr.", "Mrs.", "St.", "No."];
    let mut sentences = vec![];
    let mut words: Vec<&str> = vec![];
    for word in text.split_whitespace() {
        let before = words.last().map_or("", |word| word.trim_end_matches(['"', '\'', ')']));
        let initial = before.len() == 2 && before.starts_with(char::is_uppercase);
        let ended = before.ends_with(['.', '?', '!']) && !initial && !SHORT.contains(&before);
        if ended && !word.starts_with(char::is_lowercase) {
            sentences.push(words.join(" "));
            words.clear();
        }
        words.push(word);
    }
    sentences.push(words.join(" "));
    sentences
}

/// Fails if more than `most` are found, and shows them.
fn at_most(most: usize, what: &str, found: &[String]) {
    assert!(found.len() <= most, "{} {what}, at most {most}: {found:#?}", found.len());
}

#[test]
fn a_short_form_ends_no_sentence() {
    let text = "Dr. Dre met J. Iovine. \"Again?\" he said. He did";
    assert_eq!(sentences(text), ["Dr. Dre met J. Iovine.", "\"Again?\" he said.", "He did"]);
}
