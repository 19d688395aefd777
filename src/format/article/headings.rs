//! The headings of an article: lines with a number in a row, in one form from the first to the
//! last.

use std::collections::BTreeMap;

use crate::format::article::number_words::number;
use crate::format::article::paragraphs::{self, is_unwrapped};
use crate::text::is_blank;

/// The heading of a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    /// The place of its line, from 0.
    pub(super) line: usize,
    pub(super) title: String,
    /// Text that stands on the line of the heading, behind it.
    pub(super) text: Option<String>,
    /// The place of the first line of the lesson's text.
    pub(super) text_line: usize,
    /// The number of `#` before it, if it is a heading of Markdown.
    pub(super) level: Option<usize>,
}

/// The longest title of a lesson or of an article, in letters.
const LONGEST_TITLE: usize = 160;

/// How a heading is marked. The first is the clearest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// `## 3: Title`, with the number of signs and, before the number, a word such as `lesson`.
    Markdown(usize, String),
    /// `#3 – Title`
    Hash,
    /// `**Lesson 3.** Title`
    Bold(String),
    /// `Lesson 3: Title`
    Word(String),
    /// `3. Title`, on a line of its own.
    Plain,
}

#[derive(Debug, Clone)]
struct Candidate {
    line: usize,
    number: u32,
    title: String,
    text: Option<String>,
    level: Option<usize>,
}

/// The headings of the lessons, in the order of their lines; empty if there are none.
pub(super) fn find(lines: &[&str]) -> Vec<Heading> {
    let mut forms: BTreeMap<Form, Vec<Candidate>> = BTreeMap::new();
    let end = lines.iter().rposition(|line| !is_blank(line)).unwrap_or_default();
    let is_code = paragraphs::code(lines);
    let has_blank = lines[..end].iter().any(|line| is_blank(line));
    for (line, text) in lines.iter().enumerate().filter(|(line, _)| !is_code[*line]) {
        if let Some((form, number, title, text)) = candidate(text)
            && (form != Form::Plain || stands_alone(lines, line, has_blank))
        {
            let level = if let Form::Markdown(level, _) = form { Some(level) } else { None };
            let candidate = Candidate { line, number, title, text, level };
            forms.entry(form).or_default().push(candidate);
        }
    }
    let mut best: Vec<Candidate> = Vec::new();
    for (form, candidates) in forms {
        let row = in_a_row(&candidates, form == Form::Plain);
        // One line with a number in front may be anything.
        let is_enough = row.len() > 1 || (form != Form::Plain && row.len() == 1);
        if is_enough && row.len() > best.len() {
            best = row;
        }
    }
    let ends: Vec<usize> = best.iter().skip(1).map(|next| next.line).chain([lines.len()]).collect();
    let with_end = best.into_iter().zip(ends);
    with_end.map(|(candidate, end)| heading(&lines[..end], candidate)).collect()
}

/// The longest row of numbers from 1 upwards, or downwards to 1. A number may be missing where the
/// headings are marked as such.
fn in_a_row(candidates: &[Candidate], without_gap: bool) -> Vec<Candidate> {
    let up = row(candidates.iter(), without_gap);
    let mut down = row(candidates.iter().rev(), without_gap);
    down.reverse();
    if down.len() > up.len() { down } else { up }
}

fn row<'a>(candidates: impl Iterator<Item = &'a Candidate>, without_gap: bool) -> Vec<Candidate> {
    let mut last = 0;
    let mut found = Vec::new();
    for candidate in candidates {
        let is_next = candidate.number == last + 1;
        if is_next || (!without_gap && last > 0 && candidate.number == last + 2) {
            last = candidate.number;
            found.push(candidate.clone());
        }
    }
    found
}

/// Gives a heading without a title the next line as its title, if that is short. `lines` end before
/// the next heading.
fn heading(lines: &[&str], candidate: Candidate) -> Heading {
    let Candidate { line, title, text, level, .. } = candidate;
    if !title.is_empty() {
        return Heading { line, title, text, text_line: line + 1, level };
    }
    let next = (line + 1..lines.len()).find(|at| !is_blank(lines[*at]));
    let after = next.map(|at| lines.get(at + 1).copied().unwrap_or_default());
    match (next, after) {
        (Some(at), Some(after))
            if is_blank(after) && is_title(lines[at]) && !plain_title(lines[at]).is_empty() =>
        {
            Heading { line, title: plain_title(lines[at]), text, text_line: at + 1, level }
        }
        _ => Heading { line, title: plain_title(lines[line]), text, text_line: line + 1, level },
    }
}

/// Reads a line as a heading: its form, its number, its title, and a text behind it.
fn candidate(line: &str) -> Option<(Form, u32, String, Option<String>)> {
    let line = line.trim();
    if let Some((inside, text)) = bold_with_text(line) {
        let (word, number, title) = with_word(inside, true)?;
        return (!title.is_empty())
            .then(|| (Form::Bold(word), number, title, Some(text.to_owned())));
    }
    let (form, number, title) = plain_candidate(line)?;
    Some((form, number, title, None))
}

fn plain_candidate(line: &str) -> Option<(Form, u32, String)> {
    if line.chars().count() > LONGEST_TITLE {
        return None;
    }
    let signs = line.bytes().take_while(|byte| *byte == b'#').count();
    let rest = &line[signs..];
    if signs == 1 && rest.starts_with(|c: char| c.is_ascii_digit()) {
        let (number, title) = numbered(rest, true)?;
        return Some((Form::Hash, number, title));
    }
    if (1..=6).contains(&signs) && rest.starts_with([' ', '\t']) {
        let text = rest.trim().trim_end_matches('#').trim();
        let text = unmarked(text).trim_start_matches('#');
        let (word, number, title) = with_word(text, true)?;
        return Some((Form::Markdown(signs, word), number, title));
    }
    if let Some(text) = bold(line) {
        let (word, number, title) = with_word(&text, true)?;
        return Some((Form::Bold(word), number, title));
    }
    let (word, number, title) = with_word(line, false)?;
    if word.is_empty() {
        return (!title.is_empty()).then_some((Form::Plain, number, title));
    }
    Some((Form::Word(word), number, title))
}

/// `**4. Title.** Text`: what is bold, and the text, if that goes on like one.
fn bold_with_text(line: &str) -> Option<(&str, &str)> {
    let mark = ["**", "__"].into_iter().find(|mark| line.starts_with(mark))?;
    let (inside, after) = line[2..].split_once(mark)?;
    let (_, _, title) = with_word(inside.trim(), true)?;
    let after = after.trim();
    (!title.is_empty() && !after.is_empty()).then_some((inside.trim(), after))
}

/// `**Lesson 4.** Title` and `**4. Title**` without the signs of bold letters.
fn bold(line: &str) -> Option<String> {
    let mark = ["**", "__"].into_iter().find(|mark| line.starts_with(mark))?;
    let (inside, after) = line[2..].split_once(mark)?;
    let (inside, after) = (inside.trim(), after.trim());
    Some(if after.is_empty() { inside.to_owned() } else { format!("{inside} {after}") })
}

/// A number with or without one word before it, and the title after it.
fn with_word(text: &str, is_marked: bool) -> Option<(String, u32, String)> {
    if text.starts_with(|c: char| c.is_ascii_digit()) || is_roman_with_sign(text) {
        let (number, title) = numbered(text, is_marked)?;
        return Some((String::new(), number, title));
    }
    let (word, rest) = text.split_once([' ', '\u{a0}'])?;
    let rest = rest.trim_start().trim_start_matches('#');
    let plain = word.trim_end_matches(['.', '\u{ba}', '\u{b0}']);
    if plain.is_empty() || !plain.chars().all(char::is_alphabetic) {
        return None;
    }
    let (number, title) = numbered(rest, is_marked)?;
    Some((plain.to_lowercase(), number, title))
}

/// Whether a text begins with a Roman numeral and a sign, as in `IV. Title`.
fn is_roman_with_sign(text: &str) -> bool {
    let letters = text.bytes().take_while(|byte| b"IVX".contains(byte)).count();
    letters > 0 && text[letters..].starts_with(['.', ')', ':'])
}

/// A number, a sign that separates it, and the title. Where the line is marked as a heading, a
/// space is enough.
fn numbered(text: &str, is_marked: bool) -> Option<(u32, String)> {
    let (number, rest) = number(text)?;
    let rest = without_total(rest);
    let trimmed = rest.trim_start();
    let separators = ['.', ':', ')', '-', '\u{2013}', '\u{2014}', '|', ','];
    let has_sign = trimmed.starts_with(separators);
    let is_separate = rest.is_empty() || has_sign || (is_marked && rest.starts_with(' '));
    // A number such as 1.5, a date, a time or a range is no number of a heading.
    let title = trimmed.trim_start_matches(separators);
    let goes_on = has_sign && title.starts_with(|c: char| c.is_ascii_digit()) && rest == trimmed;
    if !is_separate || goes_on {
        return None;
    }
    Some((number, plain_title(title)))
}

/// What follows a number, without ` of 5`.
fn without_total(rest: &str) -> &str {
    let of = rest.trim_start().strip_prefix("of").filter(|rest| rest.starts_with(' '));
    let total = of.and_then(|rest| number(rest.trim_start()));
    total.map_or(rest, |(_, after)| after)
}

/// A title on one line, without signs of Markdown around it.
fn plain_title(text: &str) -> String {
    let text = text.trim().trim_end_matches('#').trim();
    let text = text.trim_start_matches(['*', '_', '#']).trim_end_matches(['*', '_']);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unmarked(text: &str) -> &str {
    text.trim_matches(['*', '_']).trim()
}

/// Whether a line stands apart from the text above it, and below it stands an empty line or a text.
fn stands_alone(lines: &[&str], line: usize, has_blank: bool) -> bool {
    let ends_paragraph = |above: &str| is_blank(above) || is_unwrapped(above) || !has_blank;
    let above = line.checked_sub(1).is_none_or(|above| ends_paragraph(lines[above]));
    let below = lines.get(line + 1).is_none_or(|below| is_blank(below));
    let next = lines.get(line + 1).copied().unwrap_or_default();
    above && (below || (candidate(next).is_none() && is_title(lines[line])))
}

/// Whether a line can be a title: short, and not the end of a sentence.
fn is_title(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() <= LONGEST_TITLE && !line.ends_with(['.', ',', ';', ':'])
}

/// Whether a paragraph is a heading of Markdown, with or without a number.
fn is_markdown_heading(paragraph: &str) -> bool {
    markdown_level(paragraph).is_some()
}

/// The level of a heading of Markdown, with or without a number.
pub(super) fn markdown_level(paragraph: &str) -> Option<usize> {
    let signs = paragraph.bytes().take_while(|byte| *byte == b'#').count();
    let is_heading = (1..=6).contains(&signs)
        && paragraph[signs..].starts_with(' ')
        && !paragraph.contains('\n')
        && paragraph.chars().count() <= LONGEST_TITLE;
    is_heading.then_some(signs)
}

/// The title of an article from its first paragraph: a heading of Markdown, or a short line that is
/// no sentence.
pub(super) fn title_of_article(first: &str) -> Option<String> {
    let first = without_underline(first);
    let is_line = !first.contains('\n') && first.chars().count() <= LONGEST_TITLE;
    let looks_like_title = is_markdown_heading(first) || is_title(first);
    let title = plain_title(first.trim_start_matches('#'));
    (is_line && looks_like_title && !title.is_empty()).then_some(title)
}

/// The paragraph without a line of `=` or `-` below it, which marks it as a heading.
fn without_underline(paragraph: &str) -> &str {
    let is_underline = |signs: &str| {
        signs.len() > 2 && (signs.bytes().all(|b| b == b'=') || signs.bytes().all(|b| b == b'-'))
    };
    match paragraph.rsplit_once([' ', '\n']) {
        Some((title, signs)) if is_underline(signs) => title,
        _ => paragraph,
    }
}
