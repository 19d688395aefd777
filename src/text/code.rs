//! The signs of code in Markdown: fences and backticks.

use std::ops::Range;

/// The sign that begins and ends a block of code, and how many of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fence {
    sign: char,
    count: usize,
}

impl Fence {
    /// The fence that begins a line without white space around it: three signs or more, unless
    /// backticks follow on the same line.
    pub fn at(line: &str) -> Option<Self> {
        let sign = line.chars().next().filter(|sign| ['`', '~'].contains(sign))?;
        let after = line.trim_start_matches(sign);
        let count = line.len() - after.len();
        (count >= 3 && !(sign == '`' && after.contains('`'))).then_some(Self { sign, count })
    }

    /// Whether the block ends with this line, which has no white space around it.
    pub fn ends_at(self, line: &str) -> bool {
        line.trim_start_matches(self.sign).is_empty() && line.len() >= self.count
    }
}

/// Each run of backticks in a text, in order.
pub fn runs_of_backticks(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('`') {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}
