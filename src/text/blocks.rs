//! The lines of a text in Markdown: which are prose, with the mark of a list or a quotation before
//! it, and which are code or a row of a table.
//!
//! Only what matters for the breaking of lines is read, and each line once.

use crate::text::Fence;

/// How a line is wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrapping<'a> {
    /// At words, with the lines that follow below the text after this mark; it is empty if there is
    /// none.
    Words { mark: &'a str },
    /// Not at all: code, or a row of a table.
    Never,
}

/// Reads the lines of a text, one after the other.
#[derive(Debug)]
pub(super) struct Blocks {
    /// Inside a block of code: the fence that began it.
    fence: Option<Fence>,
    after_blank: bool,
    in_indented_code: bool,
    in_list: bool,
    in_table: bool,
}

/// Text that is indented as far as this is code.
const CODE_INDENT: usize = 4;

impl Blocks {
    pub(super) fn new() -> Self {
        Self {
            fence: None,
            after_blank: true,
            in_indented_code: false,
            in_list: false,
            in_table: false,
        }
    }

    /// How the next line is wrapped. `below` is the line after it. Tabs are spaces already.
    pub(super) fn next<'a>(&mut self, line: &'a str, below: Option<&str>) -> Wrapping<'a> {
        let text = line.trim();
        if let Some(fence) = self.fence {
            self.fence = Some(fence).filter(|fence| !fence.ends_at(text));
            return Wrapping::Never;
        }
        if text.is_empty() {
            (self.after_blank, self.in_table) = (true, false);
            return Wrapping::Words { mark: "" };
        }
        let is_code = self.is_code(line, text, below);
        let mark = if is_code { "" } else { mark(line) };
        let is_indented = line.starts_with(' ');
        self.in_list = is_list(mark) || (self.in_list && (is_indented || !self.after_blank));
        self.after_blank = false;
        if is_code { Wrapping::Never } else { Wrapping::Words { mark } }
    }

    fn is_code(&mut self, line: &str, text: &str, below: Option<&str>) -> bool {
        self.fence = Fence::at(text);
        let indent = line.len() - line.trim_start_matches(' ').len();
        self.in_indented_code =
            indent >= CODE_INDENT && !self.in_list && (self.after_blank || self.in_indented_code);
        let is_row = |text: &str| text.contains('|');
        self.in_table = is_row(text)
            && (self.in_table || is_rule(text) || below.is_some_and(|below| is_rule(below.trim())));
        let is_row_alone = text.strip_prefix('|').is_some_and(is_row);
        self.fence.is_some() || self.in_indented_code || self.in_table || is_row_alone
    }
}

/// Whether a line stands between the head of a table and its rows.
fn is_rule(text: &str) -> bool {
    text.contains('|')
        && text.contains('-')
        && text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The mark at the beginning of a line, with the white space around it: of a quotation, an item of
/// a list, a task.
fn mark(line: &str) -> &str {
    let mut text = line;
    let mut end = 0;
    let space = |text: &str| text.len() - text.trim_start_matches(' ').len();
    let mut take = |text: &mut &str, length: usize| {
        *text = &text[length..];
        *text = &text[space(text)..];
        end = line.len() - text.len();
    };
    loop {
        let quote = space(text);
        if !text[quote..].starts_with('>') {
            break;
        }
        take(&mut text, quote + 1);
    }
    let indent = space(text);
    if let Some(item) = item(&text[indent..]) {
        take(&mut text, indent + item);
        if ["[ ] ", "[x] ", "[X] "].iter().any(|task| text.starts_with(task)) {
            take(&mut text, "[ ]".len());
        }
    }
    if text.is_empty() { "" } else { &line[..end] }
}

/// The bytes of the mark of an item, if a text begins with one.
fn item(text: &str) -> Option<usize> {
    let digits = text.bytes().take(9).take_while(u8::is_ascii_digit).count();
    let sign = text[digits..].chars().next()?;
    let is_mark = if digits > 0 { ['.', ')'].contains(&sign) } else { "-*+•".contains(sign) };
    let length = digits + sign.len_utf8();
    (is_mark && text[length..].starts_with(' ')).then_some(length)
}

fn is_list(mark: &str) -> bool {
    mark.contains(|c: char| c != ' ' && c != '>')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `.` for each line that is wrapped at words, `!` for each that is not wrapped.
    fn read(text: &str) -> String {
        let mut blocks = Blocks::new();
        let mut lines = text.split('\n').peekable();
        let mut found = String::new();
        while let Some(line) = lines.next() {
            let wrapping = blocks.next(line, lines.peek().copied());
            found.push(if wrapping == Wrapping::Never { '!' } else { '.' });
        }
        found
    }

    #[test]
    fn code_and_tables_are_told_from_prose() {
        for (text, wanted) in [
            ("a\n```\ncode\n\nmore\n```\nb", ".!!!!!."),
            ("~~~~ sh\n~~~\n```\n~~~~\nb", "!!!!."),
            ("```one``` is prose", "."),
            ("```\nnever closed\n\nstill", "!!!!"),
            ("a\n\n    code\n    more\n\n    third\nb", "..!!.!."),
            ("a\n    goes on", ".."),
            ("- a\n\n    goes on in the item\n    and on\n\nb\n\n    code", ".......!"),
            ("| a | b |\n| c |\nd", "!!."),
            ("a | b\n--|--\nc | d\n\ne | f", "!!!.."),
            ("a | b is prose", "."),
        ] {
            assert_eq!(read(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_mark_ends_where_the_text_begins() {
        for (line, wanted) in [
            ("- a", "- "),
            ("  *  a", "  *  "),
            ("12. a", "12. "),
            ("3) a", "3) "),
            ("- [ ] a", "- [ ] "),
            ("- [x]  a", "- [x]  "),
            ("> a", "> "),
            (">> - a", ">> - "),
            ("> > a", "> > "),
            ("• a", "• "),
            ("-a", ""),
            ("2026 was", ""),
            ("1.5 km", ""),
            ("  a", ""),
            ("- ", ""),
            ("-", ""),
            ("", ""),
        ] {
            assert_eq!(mark(line), wanted, "{line:?}");
        }
    }
}
