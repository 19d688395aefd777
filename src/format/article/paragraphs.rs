//! Lines as paragraphs. A text may be wrapped, with empty lines between its paragraphs, or have
//! one long line a paragraph.

use crate::text::is_blank;

/// A line with more letters than this was not wrapped by hand.
const LONGEST_WRAPPED: usize = 120;

/// The paragraphs of some lines. Wrapped lines are joined; lines of a list, a quotation, a table, a
/// verse or code keep their breaks.
pub(super) fn paragraphs(lines: &[&str]) -> Vec<String> {
    let is_code = code(lines);
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if is_code[at] {
            let end = (at..lines.len()).find(|end| !is_code[*end]).unwrap_or(lines.len());
            found.push(lines[at..end].join("\n"));
            at = end;
        } else if is_blank(lines[at]) {
            at += 1;
        } else {
            let is_end = |end: &usize| is_blank(lines[*end]) || is_code[*end];
            let end = (at..lines.len()).find(is_end).unwrap_or(lines.len());
            put_block(&lines[at..end], &mut found);
            at = end;
        }
    }
    // A sign for the end of a line may be all that a line has.
    found.retain(|paragraph| !paragraph.trim().is_empty());
    found
}

/// The paragraphs of lines without an empty one.
fn put_block(block: &[&str], found: &mut Vec<String>) {
    let is_unwrapped = block.iter().any(|line| is_unwrapped(line));
    let mut open: Option<String> = None;
    for line in block {
        let is_marked = begins_its_own_line(line);
        // The depth of a point in a list is that of its spaces.
        let text = if is_marked && open.is_some() { line.trim_end() } else { line.trim() };
        match &mut open {
            Some(paragraph) if !is_unwrapped || is_marked => join(paragraph, text, is_marked),
            _ => found.extend(open.replace(text.to_owned())),
        }
        if let (Some(paragraph), true) = (&mut open, has_hard_break(line)) {
            paragraph.truncate(paragraph.trim_end_matches('\\').trim_end().len());
            paragraph.push('\n');
        }
    }
    found.extend(open.map(|paragraph| paragraph.trim_end().to_owned()));
}

/// For each line: whether it is of code between two lines of three backticks or tildes, or one of
/// these. Code without its last line is none.
pub(super) fn code(lines: &[&str]) -> Vec<bool> {
    let mut is_code = vec![false; lines.len()];
    let mark_of = |line: &str| {
        let line = line.trim_start();
        ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark))
    };
    let mut at = 0;
    let mut has_end = true;
    while at < lines.len() {
        let mark = mark_of(lines[at]).filter(|_| has_end);
        let end =
            mark.map(|mark| (at + 1..lines.len()).find(|end| mark_of(lines[*end]) == Some(mark)));
        match end {
            Some(Some(end)) => {
                is_code[at..=end].fill(true);
                at = end + 1;
            }
            // Nothing below ends one either.
            Some(None) => {
                has_end = false;
                at += 1;
            }
            None => at += 1,
        }
    }
    is_code
}

/// Whether a line is a whole paragraph, since it is too long for a wrapped one.
pub(super) fn is_unwrapped(line: &str) -> bool {
    line.chars().count() > LONGEST_WRAPPED
}

/// A line that separates parts, such as `---` or `* * *`.
pub(super) fn is_break(paragraph: &str) -> bool {
    let signs: Vec<char> = paragraph.chars().filter(|c| !c.is_whitespace()).collect();
    let is_sign = |c: &char| matches!(c, '-' | '*' | '_' | '=' | '~' | '\u{2014}' | '\u{2022}');
    signs.len() >= 3 && signs.iter().all(is_sign)
}

/// Joins a line to the paragraph above it.
fn join(paragraph: &mut String, line: &str, is_marked: bool) {
    let last = paragraph.chars().next_back();
    if is_marked {
        if last != Some('\n') {
            paragraph.push('\n');
        }
    } else if last.zip(line.chars().next()).is_some_and(|(last, first)| has_space(last, first)) {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

/// Whether a space stands between two letters that the end of a line separates.
fn has_space(last: char, first: char) -> bool {
    // Chinese and Japanese have none between words. A dash ends a line within a word.
    let is_wide =
        |c: char| ('\u{2e80}'..='\u{9fff}').contains(&c) || ('\u{f900}'..='\u{ffef}').contains(&c);
    last != '\n' && !(is_wide(last) && is_wide(first)) && !(last == '-' && first.is_lowercase())
}

/// Whether a line of Markdown begins something: a point of a list, a quotation, a row of a table, a verse that is
/// set in.
fn begins_its_own_line(line: &str) -> bool {
    let is_indented = line.starts_with("    ") || line.starts_with('\t');
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after_number = line.get(digits..).unwrap_or_default();
    line.starts_with("- ")
        || line.starts_with("* ")
        || line.starts_with("+ ")
        || line.starts_with('>')
        || line.starts_with('|')
        || is_indented
        || (digits > 0 && (after_number.starts_with(". ") || after_number.starts_with(") ")))
}

/// Whether a line of Markdown ends with a break that stays.
fn has_hard_break(line: &str) -> bool {
    line.ends_with("  ") || line.ends_with('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        paragraphs(&text.split('\n').collect::<Vec<_>>())
    }

    #[test]
    fn wrapped_lines_are_joined_and_long_ones_are_paragraphs() {
        let long = "word ".repeat(30);
        let long = long.trim_end();
        for (text, wanted) in [
            ("one\ntwo\n\nthree", vec!["one two", "three"]),
            (&format!("{long}\n{long}"), vec![long, long]),
            (&format!("{long}\nshort"), vec![long, "short"]),
            ("well-\nknown", vec!["well-known"]),
            ("10 -\n20", vec!["10 - 20"]),
            ("\u{4ed5}\n\u{4e8b}", vec!["\u{4ed5}\u{4e8b}"]),
            ("she had:\n- one\n- two\nmore", vec!["she had:\n- one\n- two more"]),
            ("a verse  \nof two\\\nlines", vec!["a verse\nof two\nlines"]),
            ("- a\n  - b\n- c", vec!["- a\n  - b\n- c"]),
            ("| a |\n| b |", vec!["| a |\n| b |"]),
            ("said:\n    a verse\n    of two", vec!["said:\n    a verse\n    of two"]),
            ("so:\n```\na\n\n  b\n```\nand", vec!["so:", "```\na\n\n  b\n```", "and"]),
            ("> quoted\n> words", vec!["> quoted\n> words"]),
            ("\u{a0}\n \n", vec![]),
        ] {
            assert_eq!(of(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn a_line_of_signs_is_a_break() {
        for text in ["---", "* * *", "\u{2022}\u{2022}\u{2022}", "=========="] {
            assert!(is_break(text), "{text}");
        }
        for text in ["--", "- one", "", "..."] {
            assert!(!is_break(text), "{text}");
        }
    }
}
