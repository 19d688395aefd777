//! The parts of a text that are code in Markdown.

use std::ops::Range;

/// The bytes of all code in the text, in order: blocks between fences, indented blocks, and code
/// inside a line.
pub(super) fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    // The paragraph that is being read: code inside a line may go on in the next line of it.
    let mut paragraph = 0..0;
    let mut block = Block::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if block.is_code(line) {
            add_inline(text, &paragraph, &mut ranges);
            ranges.push(start..end);
            paragraph = end..end;
        } else if line.trim().is_empty() {
            add_inline(text, &paragraph, &mut ranges);
            paragraph = end..end;
        } else {
            paragraph.end = end;
        }
        start = end;
    }
    add_inline(text, &paragraph, &mut ranges);
    ranges
}

/// What the lines before say of the next one.
#[derive(Debug)]
struct Block<'a> {
    /// Inside a block between fences: the fence that began it.
    fence: Option<&'a str>,
    /// Whether an indented line is code: the line before is blank or such code.
    may_indent: bool,
    /// Inside a list, an indented line belongs to its item.
    in_list: bool,
}

impl Default for Block<'_> {
    fn default() -> Self {
        Self { fence: None, may_indent: true, in_list: false }
    }
}

impl<'a> Block<'a> {
    /// Whether the next line is part of a block of code, with its fences.
    fn is_code(&mut self, line: &'a str) -> bool {
        let trimmed = line.trim();
        if let Some(begun) = self.fence {
            let is_end = trimmed.starts_with(begun) && trimmed.chars().all(|c| begun.contains(c));
            self.fence = self.fence.filter(|_| !is_end);
            return true;
        }
        let was_blank = self.may_indent;
        if trimmed.is_empty() {
            self.may_indent = true;
            return false;
        }
        self.fence = fence(trimmed);
        let is_indented = indent(line) >= 4;
        let is_code = self.fence.is_some() || (is_indented && was_blank && !self.in_list);
        self.may_indent = is_code;
        if begins_item(trimmed) && !is_code {
            self.in_list = true;
        } else if was_blank && !is_indented && indent(line) == 0 {
            self.in_list = false;
        }
        is_code
    }
}

/// The three or more marks that begin a block, unless others of them follow on the line.
fn fence(line: &str) -> Option<&str> {
    let mark = ['`', '~'].into_iter().find(|mark| line.starts_with(*mark))?;
    let after = line.trim_start_matches(mark);
    let length = line.len() - after.len();
    (length >= 3 && !(mark == '`' && after.contains('`'))).then(|| &line[..length])
}

/// The columns before the first character.
fn indent(line: &str) -> usize {
    let mut columns = 0;
    for byte in line.bytes() {
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 4 - columns % 4,
            _ => break,
        }
    }
    columns
}

/// Whether a line begins an item of a list.
fn begins_item(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let mark = if number.len() < line.len() { &['.', ')'][..] } else { &['-', '*', '+'] };
    number.strip_prefix(mark).is_some_and(|after| after.starts_with([' ', '\t']))
}

/// Adds the code inside the lines of a paragraph: between two runs of the same number of backticks.
fn add_inline(text: &str, paragraph: &Range<usize>, ranges: &mut Vec<Range<usize>>) {
    let runs = backticks(&text[paragraph.clone()]);
    // The runs of each length, the last one first.
    let mut ends: std::collections::HashMap<usize, Vec<usize>> = std::collections::HashMap::new();
    for (at, length, _) in runs.iter().rev() {
        ends.entry(*length).or_default().push(*at);
    }
    let mut read = 0;
    for (at, length, is_escaped) in runs.into_iter().filter(|(.., is_escaped)| !is_escaped) {
        let ends = ends.entry(length).or_default();
        while ends.last().is_some_and(|end| *end <= at) {
            ends.pop();
        }
        if at >= read
            && !is_escaped
            && let Some(end) = ends.last()
        {
            read = end + length;
            ranges.push(paragraph.start + at..paragraph.start + read);
        }
    }
}

/// The runs of backticks in a text: where each begins, how long it is, and whether a backslash
/// before it takes the meaning of its first one away.
fn backticks(text: &str) -> Vec<(usize, usize, bool)> {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(more) = text[at..].find('`') {
        let start = at + more;
        let length = text[start..].len() - text[start..].trim_start_matches('`').len();
        let before = &text[..start];
        let slashes = before.len() - before.trim_end_matches('\\').len();
        runs.push((start, length, slashes % 2 == 1));
        at = start + length;
    }
    runs
}
