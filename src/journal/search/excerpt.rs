//! The pieces of a text that are shown for a hit: as they were written, on one line, with what was
//! found marked.

use unicode_segmentation::GraphemeCursor;

use crate::journal::search::matches::{Match, Matcher};
use crate::journal::search::span::Span;

/// At most this many letters are shown before the first match, and at least as many after the last.
const AROUND: usize = 60;
/// Matches at most this many letters apart can be shown together.
const TOGETHER: usize = 90;
/// About this many letters are shown.
const LENGTH: usize = 150;

/// The part of an entry that a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    Lesson,
    Reflection,
    Step,
    Afterthought,
}

impl Part {
    /// Its name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lesson => "lesson",
            Self::Reflection => "reflection",
            Self::Step => "step",
            Self::Afterthought => "afterthought",
        }
    }
}

/// What is shown of one text of a hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    pub part: Part,
    /// One line.
    pub spans: Vec<Span>,
}

/// What is shown of these texts: the one with the most terms, then those with terms that were not
/// shown yet. Empty if none has a term that must be there. A search that only excludes shows the
/// beginning of the first text.
pub fn snippets(matcher: &Matcher, texts: &[(Part, &str)]) -> Vec<Snippet> {
    if !matcher.wants_any() {
        let first = texts.first().map(|(part, text)| (*part, excerpt(text, &[])));
        return first.into_iter().map(|(part, spans)| Snippet { part, spans }).collect();
    }
    let mut found: Vec<(Part, &str, Vec<Match>)> =
        texts.iter().map(|(part, text)| (*part, *text, matcher.find(text))).collect();
    let mut snippets = Vec::new();
    let mut shown = Vec::new();
    loop {
        let news = |(_, _, matches): &&(Part, &str, Vec<Match>)| distinct(matches, &shown);
        // Of equals, the first.
        let best = found.iter().rev().max_by_key(news).filter(|one| news(one) > 0);
        let Some((part, text, matches)) = best else { return snippets };
        let terms: Vec<usize> = matches.iter().map(|one| one.term).collect();
        snippets.push(Snippet { part: *part, spans: excerpt(text, matches) });
        shown.extend(terms);
        found.retain(|(_, _, matches)| distinct(matches, &shown) > 0);
    }
}

/// How many terms are among the matches, without those that were shown.
fn distinct(matches: &[Match], shown: &[usize]) -> usize {
    let mut terms: Vec<usize> =
        matches.iter().map(|one| one.term).filter(|term| !shown.contains(term)).collect();
    terms.sort_unstable();
    terms.dedup();
    terms.len()
}

/// A piece of a text on one line: around the most matches that stand close together, or the
/// beginning if there is none.
pub fn excerpt(text: &str, matches: &[Match]) -> Vec<Span> {
    let (start, end) = best_region(text, matches);
    let from = back(text, start, AROUND);
    let before = text[from..end].chars().count();
    let to = forward(text, end, LENGTH.saturating_sub(before).max(AROUND));
    // Whole words, if there are spaces.
    let from = match text[from..start].find(char::is_whitespace) {
        Some(space) if from > 0 => from + space,
        _ => from,
    };
    let to = match text[end..to].rfind(char::is_whitespace) {
        Some(space) if to < text.len() => end + space,
        _ => to,
    };
    let piece = text[from..to].trim_start();
    let from = to - piece.len();
    let to = from + piece.trim_end().len();
    let mut line = Line::default();
    if !text[..from].trim().is_empty() {
        line.push("...", false);
    }
    let mut shown = from;
    for one in matches.iter().filter(|one| one.start < to && one.end > from) {
        // Whole graphemes: an accent with its letter, an emoji with its colour.
        let start = back(text, one.start, 0).clamp(shown, to);
        let end = forward(text, one.end, 0).clamp(start, to);
        line.push(&text[shown..start], false);
        line.push(&text[start..end], true);
        shown = end;
    }
    line.push(&text[shown..to], false);
    if !text[to..].trim().is_empty() {
        line.push("...", false);
    }
    line.spans
}

/// The bytes of the first matches that stand close together and have the most terms.
fn best_region(text: &str, matches: &[Match]) -> (usize, usize) {
    let mut best = (0, 0);
    let mut most = 0;
    for (number, first) in matches.iter().enumerate() {
        let limit = forward_chars(text, first.start, TOGETHER);
        let close = matches[number..].iter().take_while(|one| one.start < limit);
        let close: Vec<Match> = close.filter(|one| one.end <= limit).copied().collect();
        let terms = distinct(&close, &[]).max(1);
        if terms > most {
            let end = close.iter().map(|one| one.end).max();
            (most, best) = (terms, (first.start, end.unwrap_or(limit)));
        }
    }
    best
}

/// The byte after this many characters.
fn forward_chars(text: &str, at: usize, chars: usize) -> usize {
    text[at..].char_indices().nth(chars).map_or(text.len(), |(more, _)| at + more)
}

/// The byte after the grapheme that contains `at`, and after `letters` more graphemes.
fn forward(text: &str, at: usize, letters: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    let inside = usize::from(cursor.is_boundary(text, 0) == Ok(false));
    let mut end = at;
    for _ in 0..letters + inside {
        let Ok(Some(next)) = cursor.next_boundary(text, 0) else { break };
        end = next;
    }
    end
}

/// The first byte of the grapheme that contains `at`, or of the one `letters` graphemes before it.
fn back(text: &str, at: usize, letters: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    let inside = usize::from(cursor.is_boundary(text, 0) == Ok(false));
    let mut start = at;
    for _ in 0..letters + inside {
        let Ok(Some(previous)) = cursor.prev_boundary(text, 0) else { break };
        start = previous;
    }
    start
}

/// One line that is put together from pieces.
#[derive(Debug, Default)]
struct Line {
    spans: Vec<Span>,
}

impl Line {
    /// Adds a piece, with one space for any white space.
    fn push(&mut self, piece: &str, is_found: bool) {
        for c in piece.chars() {
            let c = if c.is_whitespace() { ' ' } else { c };
            let last = self.spans.last_mut();
            if c == ' ' && last.as_ref().is_none_or(|last| last.text.ends_with(' ')) {
                continue;
            }
            match last {
                Some(last) if last.is_found == is_found => last.text.push(c),
                _ => self.spans.push(Span { text: c.to_string(), is_found }),
            }
        }
    }
}
