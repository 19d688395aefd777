//! What a person searches for, what readers take for the same text, and what is shown of a hit.
//!
//! Every text can be a search: what looks like an operator of a query language is text, and signs
//! without a letter are searched for literally.

mod excerpt;
pub mod fold;
mod letters;
mod matches;
pub mod query;
mod span;
mod tokens;

use std::collections::HashSet;

use crate::journal::lesson::{LessonText, QUESTION};
use crate::journal::{Entry, Lesson};
use tokens::has_word;

pub use excerpt::{Part, Snippet, snippets};
pub use letters::stands_alone;
pub use matches::{Matcher, has_signs};
pub use span::{Span, in_brackets};
pub use tokens::{index_form, readings, spaced};

/// The words by which a search finds a lesson: of its title, and of the rest. The question of
/// lessons that have none of their own is left out: it says nothing of any of them.
pub fn lesson_words(text: &LessonText) -> (String, String) {
    let LessonText { title, story, takeaway, question, .. } = text;
    let question = if question == QUESTION { "" } else { question };
    (index_form(&[title]), index_form(&[story, takeaway, question]))
}

/// Up to this many bare words are also tried as one phrase.
const LONGEST_TOGETHER: usize = 16;

/// What a person searches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// At least one; no two are equal.
    pub terms: Vec<Term>,
    /// The bare words as one phrase, if there are several: a text that has them together is a
    /// better hit.
    pub together: Option<String>,
}

/// One term that a text must have, or must not have.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    pub text: String,
    pub form: Form,
    pub is_excluded: bool,
}

/// How a term is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// As words, of which [`fold`] says which are the same; the signs between them do not matter.
    Words,
    /// As words, of which the last is a prefix.
    Beginning,
    /// Literally, because it has neither a letter nor a digit.
    Signs,
}

/// What to search in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Within {
    #[default]
    All,
    Lessons,
    /// What the person wrote: reflections, steps and afterthoughts.
    Reflections,
}

/// One result of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub found: HitPlace,
    /// The texts around the words that were found, the best first; at least one.
    pub snippets: Vec<Snippet>,
}

/// Where a search found something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HitPlace {
    /// In the reflection, the step or an afterthought of this entry.
    Entry(Entry),
    /// In the lesson of this entry, the last one with the lesson.
    Served(Entry),
    /// In a lesson that was never served.
    Waiting(Lesson),
}

impl Search {
    /// The search that was typed; `None` if it has no term.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut terms = Vec::new();
        let mut seen = HashSet::new();
        let mut bare = Vec::new();
        let mut rest = typed.trim_start_matches(is_gap);
        while !rest.is_empty() {
            let excluded = rest.strip_prefix('-').filter(|after| can_be_excluded(after));
            let (form, text, after) = term(excluded.unwrap_or(rest));
            let is_bare = excluded.is_none() && quoted(rest).is_none();
            if is_bare && form == Form::Words {
                bare.push(text);
            }
            let term = Term { text: text.to_owned(), form, is_excluded: excluded.is_some() };
            if seen.insert(term.clone()) {
                terms.push(term);
            }
            rest = after.trim_start_matches(is_gap);
        }
        let together = (2..=LONGEST_TOGETHER).contains(&bare.len()).then(|| bare.join(" "));
        (!terms.is_empty()).then_some(Self { terms, together })
    }

    /// Whether all terms are excluded.
    pub fn only_excludes(&self) -> bool {
        self.terms.iter().all(|term| term.is_excluded)
    }
}

/// Reads the term at the beginning of a text: its form, its text, and the rest.
fn term(typed: &str) -> (Form, &str, &str) {
    if let Some((inner, length)) = quoted(typed) {
        let (raw, after) = typed.split_at(length);
        let unstarred = after.trim_start_matches('*');
        let form = match () {
            () if !has_word(inner) => Form::Signs,
            () if unstarred.len() < after.len() => Form::Beginning,
            () => Form::Words,
        };
        // Empty quotes are searched for as signs.
        let is_empty = inner.trim_matches(is_gap).is_empty();
        let text = if is_empty { raw.trim_end_matches(is_gap) } else { inner };
        return (form, text, unstarred);
    }
    let (word, after) = typed.split_at(typed.find(is_gap).unwrap_or(typed.len()));
    if !has_word(word) {
        // A variation selector after a sign chooses its plain or coloured form; ignore it.
        let sign = word.trim_end_matches(['\u{fe0e}', '\u{fe0f}']);
        return (Form::Signs, if sign.is_empty() { word } else { sign }, after);
    }
    let unstarred = word.trim_end_matches('*');
    let form = if unstarred.len() < word.len() { Form::Beginning } else { Form::Words };
    (form, unstarred, after)
}

/// If a text begins with a quote: the text between the quotes, and the number of bytes including
/// the quotes. Without a closing quote it reaches to the end.
fn quoted(typed: &str) -> Option<(&str, usize)> {
    let open = typed.chars().next()?;
    // In German „these“, in English “these”, in French « these », in Danish »these«.
    let family = ["\"", "“”„‟", "«»"].into_iter().find(|family| family.contains(open))?;
    let start = open.len_utf8();
    let inner = &typed[start..];
    let Some(end) = inner.find(|c| family.contains(c)) else { return Some((inner, typed.len())) };
    let close = inner[end..].chars().next().map_or(0, char::len_utf8);
    Some((&inner[..end], start + end + close))
}

/// Whether a dash before this text excludes it. In `->`, `--option` and a single `-` the dash is
/// part of the term.
fn can_be_excluded(after: &str) -> bool {
    if after.starts_with('-') {
        return false;
    }
    let end = after.find(is_gap).unwrap_or(after.len());
    let word = &after[..end];
    quoted(after).is_some() || has_word(word) || !word.is_ascii()
}

/// Whether a character separates terms.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

#[cfg(test)]
mod tests;
