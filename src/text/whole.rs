//! The parts of a line that are never broken, because somebody may copy them: addresses, paths, and
//! code between backticks.
//!
//! Each is found in one pass, however long the line is.

use std::collections::HashMap;
use std::ops::Range;

use crate::text::runs_of_backticks;

/// How a path or an address begins that names no scheme.
const BEGINNINGS: [&str; 6] = ["/", "~/", "./", "../", "www.", "mailto:"];

/// The bytes of the parts that are never broken, in order. No two touch the same byte.
pub(super) fn parts(line: &str) -> Vec<Range<usize>> {
    let mut parts = spans_of_code(line);
    if line.contains(['/', ':']) || line.contains("www.") {
        for (at, word) in words(line) {
            parts.extend(addresses(word).map(|part| at + part.start..at + part.end));
        }
    }
    parts.sort_unstable_by_key(|part| part.start);
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(parts.len());
    for part in parts {
        match apart.last_mut() {
            Some(last) if part.start < last.end => last.end = last.end.max(part.end),
            _ => apart.push(part),
        }
    }
    apart
}

/// The words between white space, each with its first byte.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    line.split_inclusive(char::is_whitespace).map(move |word| {
        next += word.len();
        (next - word.len(), word.trim_end())
    })
}

/// The addresses and paths in a word without white space.
fn addresses(word: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + begin(&word[from..], from == 0)?;
        let end = word[start..].find(ends_address).map_or(word.len(), |at| start + at);
        from = end;
        Some(start..end)
    })
}

/// Where the first address of a text begins.
fn begin(text: &str, is_word: bool) -> Option<usize> {
    let inner = text.trim_start_matches(['(', '[', '{', '<', '"', '\'', '«', '“', '‘']);
    if is_word && BEGINNINGS.iter().any(|beginning| inner.starts_with(beginning)) {
        return Some(text.len() - inner.len());
    }
    let colon = text.find("://")?;
    let is_of_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let scheme = text.as_bytes()[..colon].iter().rev().take_while(|byte| is_of_scheme(byte));
    Some(colon - scheme.count())
}

fn ends_address(c: char) -> bool {
    matches!(
        c,
        '<' | '>' | '"' | '`' | '»' | '”' | '、' | '。' | '」' | '』' | '】' | '，' | '；' | '）'
    )
}

/// The spans of code: backticks, and the next run of as many on the same line.
fn spans_of_code(line: &str) -> Vec<Range<usize>> {
    let runs = runs_of_backticks(line);
    // The last run of each length: where none follows, there is nothing to look for.
    let last: HashMap<usize, usize> = runs.iter().map(|run| (run.len(), run.start)).collect();
    let mut spans = Vec::new();
    let mut runs = runs.iter();
    while let Some(open) = runs.next() {
        if last.get(&open.len()).is_some_and(|last| *last > open.start)
            && let Some(close) = runs.find(|run| run.len() == open.len())
        {
            spans.push(open.start..close.end);
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_paths_and_code_are_found_with_all_that_belongs_to_them() {
        for (line, wanted) in [
            (
                "see https://example.org/a-b/c?d=e#f, or not",
                vec!["https://example.org/a-b/c?d=e#f,"],
            ),
            ("(see <file:///tmp/a b> there)", vec!["file:///tmp/a"]),
            ("詳しくはhttps://example.org/a。次", vec!["https://example.org/a"]),
            (
                "in ~/notes/a.md and (/etc/hosts) and ./b",
                vec!["~/notes/a.md", "/etc/hosts)", "./b"],
            ),
            ("and/or, 1/2, a:b", vec![]),
            ("run `git log -1` or ``a ` b``, not ` alone", vec!["`git log -1`", "``a ` b``"]),
            ("`https://example.org/`", vec!["`https://example.org/`"]),
            ("mailto:a@b.example www.example.org", vec!["mailto:a@b.example", "www.example.org"]),
            (
                "https://a.example<b>https://c.example",
                vec!["https://a.example", "https://c.example"],
            ),
        ] {
            let found: Vec<&str> = parts(line).into_iter().map(|part| &line[part]).collect();
            assert_eq!(found, wanted, "{line}");
        }
    }
}
