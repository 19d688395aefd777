//! What a person searches for, and the form in which texts are indexed.
//!
//! Every text can be a search: what looks like an operator of a query language is text, and signs
//! without a letter are searched for literally.
//!
//! In scripts that are written without spaces (Chinese, Japanese, Thai and others) a program cannot
//! separate words without a dictionary. So each of their letters counts as a word, and any part of
//! a text in them can be found.

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

/// Separates letters that are indexed one by one; never shown.
pub const BETWEEN: char = '\u{3}';
/// Separates the parts of one indexed text; never shown. It is a word that nobody can type, so that
/// no phrase matches across two parts.
pub const PART: char = '\u{e000}';
/// Marks the beginning of what a search found in a line, for [`spans`]; [`CLOSE`] marks the end.
pub const OPEN: char = '\u{1}';
pub const CLOSE: char = '\u{2}';

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
    /// As words; case, accents and the signs between words do not matter.
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
    /// One line of the text around the words that were found, as spans.
    pub snippet: Vec<Span>,
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

/// Whether a character separates terms. The marks are never part of a lookup form, and a NUL would
/// end the expression.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || is_mark(c) || c == '\0'
}

fn is_mark(c: char) -> bool {
    matches!(c, BETWEEN | PART | OPEN | CLOSE)
}

/// Whether the text has anything that the index takes as a word. It takes letters in circles and
/// squares, some of them emoji, as signs.
fn has_word(text: &str) -> bool {
    let is_enclosed = |c: char| matches!(c, 'Ⓐ'..='ⓩ' | '\u{1f130}'..='\u{1f189}');
    text.chars().any(|c| c.is_alphanumeric() && !is_enclosed(c))
}

/// The text in the form in which it is indexed and searched: with [`BETWEEN`] before each letter of
/// a script without spaces, and with spaces instead of the marks.
pub fn lookup_form(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.chars().any(is_mark) {
        return Cow::Borrowed(text);
    }
    let mut form = String::with_capacity(text.len() * 4 / 3);
    let mut after_alone = false;
    // A letter and its accent may be one character or two.
    for c in text.nfc().filter(|c| !is_optional(*c)) {
        let alone = stands_alone(c);
        // Also after the last such letter, if a letter of another script follows.
        if alone || (after_alone && c.is_alphanumeric()) {
            form.push(BETWEEN);
        }
        match c {
            _ if is_mark(c) => form.push(' '),
            // The index ignores accents on Latin letters. On Greek and Cyrillic letters it ignores
            // them only as separate characters.
            '\u{370}'..='\u{52f}' | '\u{1f00}'..='\u{1fff}' => decompose_canonical(c, |part| {
                if !is_combining_mark(part)
                    || matches!(part, '\u{300}' | '\u{301}' | '\u{306}' | '\u{308}')
                {
                    form.push(part);
                }
            }),
            _ => form.push(c),
        }
        after_alone = alone;
    }
    Cow::Owned(form)
}

/// Whether a sign may be left out when writing Hebrew or Arabic.
fn is_optional(c: char) -> bool {
    matches!(c,
        '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}')
}

/// The parts of one text in lookup form, separated by [`PART`].
pub fn lookup_form_of_parts(parts: &[&str]) -> String {
    let forms: Vec<Cow<'_, str>> = parts.iter().map(|part| lookup_form(part)).collect();
    forms.join(&format!("\n{PART}\n"))
}

/// Whether a letter is indexed as a word: its script is written without spaces or, like Korean,
/// joins particles to words.
fn stands_alone(c: char) -> bool {
    matches!(c,
        // Thai, Lao, Burmese, Khmer: the letters, not the signs above and below them.
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
