//! What a person searches for, and the form in which words can be found.
//!
//! Everything that can be typed is a search: what looks like an operator of some query language is
//! text, and signs without a letter are looked for as they stand.
//!
//! Scripts that are written without spaces (Chinese, Japanese, Thai and others) have no words that
//! a program could tell apart without a dictionary, so each of their letters counts as one, and a
//! run of them is found by any part of it.

mod excerpt;
pub mod query;
mod span;

use std::borrow::Cow;
use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::journal::{Entry, Lesson};

pub use excerpt::{excerpt, in_one_line};
pub use span::{Span, in_brackets, spans};

/// Stands between letters that are to be found one by one; never shown.
pub const BETWEEN: char = '\u{3}';
/// Stands between the parts of what belongs together, a word by itself that nobody can type, so
/// that no words in a row reach from one part to the next; never shown.
pub const PART: char = '\u{e000}';
/// Stands before the words that a search found, and [`CLOSE`] after them, in a line that [`spans`]
/// takes apart.
pub const OPEN: char = '\u{1}';
pub const CLOSE: char = '\u{2}';

/// So many words in a row are also looked for as they stand together; of more, nobody remembers
/// the order.
const TOGETHER: usize = 16;

/// What a person searches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// At least one, each of them once.
    pub terms: Vec<Term>,
    /// The bare words in the order they were typed, if there are several: a text that holds them
    /// together is better than one that holds them apart.
    pub together: Option<String>,
}

/// One thing that is wanted in a text, or not wanted in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    pub text: String,
    pub form: Form,
    pub is_excluded: bool,
}

/// How a term is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// As words: without regard to case, accents and what stands between them.
    Words,
    /// As words of which the last may go on.
    Beginning,
    /// As it stands, since it holds neither letter nor digit.
    Signs,
}

/// In what to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Within {
    #[default]
    All,
    Lessons,
    /// What the person wrote: reflections, steps and afterthoughts.
    Reflections,
}

/// Something that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub found: Found,
    /// One line of the text around the words that were found, in spans from left to right.
    pub snippet: Vec<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Words in a reflection, a step or an afterthought of this entry.
    Entry(Entry),
    /// Words in the lesson of this entry, which is the latest that the lesson was served on.
    Served(Entry),
    /// Words in a lesson that was never served.
    Waiting(Lesson),
}

impl Search {
    /// What was typed; `None` if there is nothing to search for in it.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut terms = Vec::new();
        let mut met = HashSet::new();
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
            if met.insert(term.clone()) {
                terms.push(term);
            }
            rest = after.trim_start_matches(is_gap);
        }
        let together = (2..=TOGETHER).contains(&bare.len()).then(|| bare.join(" "));
        (!terms.is_empty()).then_some(Self { terms, together })
    }

    /// Whether it says only what is not wanted.
    pub fn only_excludes(&self) -> bool {
        self.terms.iter().all(|term| term.is_excluded)
    }
}

/// Takes the first term off a text that begins with one: its form, its text, and what follows.
fn term(typed: &str) -> (Form, &str, &str) {
    if let Some((inner, length)) = quoted(typed) {
        let (raw, after) = typed.split_at(length);
        let unstarred = after.trim_start_matches('*');
        let form = match () {
            () if !has_word(inner) => Form::Signs,
            () if unstarred.len() < after.len() => Form::Beginning,
            () => Form::Words,
        };
        // Quotes with nothing in them are looked for themselves.
        let is_empty = inner.trim_matches(is_gap).is_empty();
        let text = if is_empty { raw.trim_end_matches(is_gap) } else { inner };
        return (form, text, unstarred);
    }
    let (word, after) = typed.split_at(typed.find(is_gap).unwrap_or(typed.len()));
    if !has_word(word) {
        // The same sign is written with and without the mark that asks for its coloured form.
        let sign = word.trim_end_matches(['\u{fe0e}', '\u{fe0f}']);
        return (Form::Signs, if sign.is_empty() { word } else { sign }, after);
    }
    let unstarred = word.trim_end_matches('*');
    let form = if unstarred.len() < word.len() { Form::Beginning } else { Form::Words };
    (form, unstarred, after)
}

/// What stands between the quotes that a text begins with, if it does, and how many bytes it takes
/// with them. Quotes that are left open reach to the end.
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

/// Whether a dash before this text excludes it. A dash belongs to `->`, to `--option` and to `-`
/// alone.
fn can_be_excluded(after: &str) -> bool {
    if after.starts_with('-') {
        return false;
    }
    let end = after.find(is_gap).unwrap_or(after.len());
    let word = &after[..end];
    quoted(after).is_some() || has_word(word) || !word.is_ascii()
}

/// What stands between terms. The marks are never in a text that is looked up, and a NUL would end
/// the search.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || is_mark(c) || c == '\0'
}

fn is_mark(c: char) -> bool {
    matches!(c, BETWEEN | PART | OPEN | CLOSE)
}

/// Whether the text holds anything that the index knows as a word. Letters in circles and squares,
/// some of them emoji, are signs to it.
fn has_word(text: &str) -> bool {
    let is_enclosed = |c: char| matches!(c, 'Ⓐ'..='ⓩ' | '\u{1f130}'..='\u{1f189}');
    text.chars().any(|c| c.is_alphanumeric() && !is_enclosed(c))
}

/// The text in the form in which it is looked up: with [`BETWEEN`] before each letter of a script
/// without spaces, and without the marks themselves.
pub fn lookup_form(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.chars().any(is_mark) {
        return Cow::Borrowed(text);
    }
    let mut form = String::with_capacity(text.len() * 4 / 3);
    let mut after_one = false;
    // A letter and its accent may be written as one or as two.
    for c in text.nfc().filter(|c| !is_optional(*c)) {
        let alone = stands_alone(c);
        // Also after the last one, where a letter of another script follows.
        if alone || (after_one && c.is_alphanumeric()) {
            form.push(BETWEEN);
        }
        match c {
            _ if is_mark(c) => form.push(' '),
            // The index knows how to leave out the accents of Latin letters, and of others where
            // they stand by themselves.
            '\u{370}'..='\u{52f}' | '\u{1f00}'..='\u{1fff}' => decompose_canonical(c, |part| {
                if !is_combining_mark(part)
                    || matches!(part, '\u{300}' | '\u{301}' | '\u{306}' | '\u{308}')
                {
                    form.push(part);
                }
            }),
            _ => form.push(c),
        }
        after_one = alone;
    }
    Cow::Owned(form)
}

/// Whether a sign is one of those that Hebrew and Arabic are written with or without.
fn is_optional(c: char) -> bool {
    matches!(c,
        '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}')
}

/// Texts that belong together, in the form in which they are looked up.
pub fn lookup_form_of_parts(parts: &[&str]) -> String {
    let forms: Vec<Cow<'_, str>> = parts.iter().map(|part| lookup_form(part)).collect();
    forms.join(&format!("\n{PART}\n"))
}

/// Whether a letter belongs to a script that is written without spaces, or, like Korean, with
/// particles joined to the word.
fn stands_alone(c: char) -> bool {
    matches!(c,
        // Thai, Lao; Burmese; Khmer: their letters, not the signs above and below them.
        '\u{e01}'..='\u{e30}' | '\u{e32}' | '\u{e33}' | '\u{e40}'..='\u{e46}'
        | '\u{e81}'..='\u{eb0}' | '\u{eb2}' | '\u{eb3}' | '\u{ec0}'..='\u{ec6}'
        | '\u{1000}'..='\u{102a}' | '\u{1780}'..='\u{17b3}'
        // Kana, bopomofo, Han, Hangul.
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}'
        | '\u{30a1}'..='\u{30ff}' | '\u{3105}'..='\u{312f}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests;
