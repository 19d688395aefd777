//! The piece of a text that is shown for a hit if the index has no words to mark, and the one line
//! that is made of such a piece.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::GraphemeCursor;

use crate::journal::search::{BETWEEN, CLOSE, Form, OPEN, PART, Search};

/// At most this many letters are shown before the first sign that was found, and after it.
const AROUND: usize = 60;

/// A piece of a text in lookup form: around the first sign that was searched for, or the beginning
/// if there is none. All such signs in it are marked.
pub fn excerpt(search: &Search, text: &str) -> String {
    let text = text.replace([BETWEEN, PART], "");
    let wanted = search.terms.iter().filter(|term| term.form == Form::Signs && !term.is_excluded);
    let signs: Vec<&str> = wanted.map(|term| term.text.as_str()).collect();
    let (start, end) = first_sign(&text, &signs, 0).unwrap_or_default();
    let (from, to) = (back(&text, start, AROUND), forward(&text, end, AROUND));
    // Whole words, if there are spaces.
    let from = match text[from..start].find(char::is_whitespace) {
        Some(space) if from > 0 => from + space,
        _ => from,
    };
    let to = match text[end..to].rfind(char::is_whitespace) {
        Some(space) if to < text.len() => end + space,
        _ => to,
    };
    let (before, after) =
        (if from > 0 { "..." } else { "" }, if to < text.len() { "..." } else { "" });
    format!("{before}{}{after}", marked(text[from..to].trim(), &signs))
}

/// The piece with each of the signs marked.
fn marked(piece: &str, signs: &[&str]) -> String {
    let mut marked = String::with_capacity(piece.len() + 16);
    let mut shown = 0;
    while let Some((start, end)) = first_sign(piece, signs, shown) {
        marked.push_str(&piece[shown..start]);
        marked.push(OPEN);
        marked.push_str(&piece[start..end]);
        marked.push(CLOSE);
        shown = end;
    }
    marked.push_str(&piece[shown..]);
    marked
}

/// The bytes of the first sign at or after `from`, extended to whole graphemes: an accent with its
/// letter, an emoji with its colour.
fn first_sign(text: &str, signs: &[&str], from: usize) -> Option<(usize, usize)> {
    let find = |sign: &&str| text[from..].find(sign).map(|at| (from + at, from + at + sign.len()));
    let (start, end) = signs.iter().filter_map(find).min_by_key(|(start, _)| *start)?;
    Some((back(text, start, 0).max(from), forward(text, end, 0)))
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

/// A piece of a text in lookup form as the one line that is shown.
pub fn in_one_line(piece: &str) -> String {
    let mut line = String::with_capacity(piece.len());
    for c in piece.chars().filter(|c| ![BETWEEN, PART].contains(c)) {
        match c {
            _ if !c.is_whitespace() => line.push(c),
            _ if line.is_empty() || line.ends_with(' ') => {}
            _ => line.push(' '),
        }
    }
    line.truncate(line.trim_end().len());
    line.nfc().collect()
}
