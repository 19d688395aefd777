//! The parts of a text that are code in Markdown.

use std::collections::HashMap;
use std::ops::Range;

use crate::text::{Fence, runs_of_backticks};

/// The bytes of all code in the text, in order: blocks between fences, indented blocks, and code
/// inside a line.
pub fn ranges(text: &str) -> Vec<Range<usize>> {
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
struct Block {
    /// Inside a block between fences: the fence that began it.
    fence: Option<Fence>,
    /// Whether an indented line is code: the line before is blank or such code.
    may_indent: bool,
    /// Inside a list, an indented line belongs to its item.
    in_list: bool,
}

impl Default for Block {
    fn default() -> Self {
        Self { fence: None, may_indent: true, in_list: false }
    }
}

impl Block {
    /// Whether the next line is part of a block of code, with its fences.
    fn is_code(&mut self, line: &str) -> bool {
        let trimmed = line.trim();
        if let Some(fence) = self.fence {
            self.fence = Some(fence).filter(|fence| !fence.ends_at(trimmed));
            return true;
        }
        let was_blank = self.may_indent;
        if trimmed.is_empty() {
            self.may_indent = true;
            return false;
        }
        self.fence = Fence::at(trimmed);
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
/// A backslash takes its meaning from a backtick that would begin code, and not from one that ends
/// it.
fn add_inline(text: &str, paragraph: &Range<usize>, ranges: &mut Vec<Range<usize>>) {
    let text = &text[paragraph.clone()];
    let runs = runs_of_backticks(text);
    // The runs of each length, the last one first.
    let mut ends: HashMap<usize, Vec<usize>> = HashMap::new();
    for run in runs.iter().rev() {
        ends.entry(run.len()).or_default().push(run.start);
    }
    let mut read = 0;
    for run in runs.into_iter().filter(|run| !is_escaped(text, run.start)) {
        let ends = ends.entry(run.len()).or_default();
        while ends.last().is_some_and(|end| *end <= run.start) {
            ends.pop();
        }
        if run.start >= read
            && let Some(end) = ends.last()
        {
            read = end + run.len();
            ranges.push(paragraph.start + run.start..paragraph.start + read);
        }
    }
}

/// Whether a backslash that is not escaped itself stands before this place.
fn is_escaped(text: &str, at: usize) -> bool {
    let before = &text[..at];
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}
