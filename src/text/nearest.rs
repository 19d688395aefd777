//! The name that was most likely meant by a mistyped one.

/// The candidate that differs least from what was typed; `None` if none is near. Near means one
/// slip in three letters: a letter too many, missing, wrong, or in its neighbour's place. A part of
/// a name, at least three letters from its beginning, is near too.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = typed.to_lowercase().chars().collect();
    let limit = (typed.len() / 3).clamp(1, 3);
    let near = candidates.into_iter().filter_map(|candidate| {
        let letters: Vec<char> = candidate.to_lowercase().chars().collect();
        let is_part = typed.len() >= 3 && letters.starts_with(&typed);
        let slips = if is_part { 1 } else { slips(&typed, &letters) };
        (slips <= limit && slips < letters.len().min(typed.len())).then_some((slips, candidate))
    });
    near.min_by_key(|(slips, _)| *slips).map(|(_, candidate)| candidate)
}

/// The number of slips between two words.
fn slips(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut least = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_corrected_and_another_word_is_not() {
        let verbs = ["write", "lesson", "log", "help", "review", "today", "undo", "series"];
        for (typed, wanted) in [
            ("wirte", Some("write")),
            ("wriet", Some("write")),
            ("WRITE", Some("write")),
            ("lg", Some("log")),
            ("revew", Some("review")),
            ("rev", Some("review")),
            ("serie", Some("series")),
            ("tday", Some("today")),
            ("hello", None),
            ("version", None),
            ("frob", None),
            ("", None),
            ("x", None),
        ] {
            assert_eq!(nearest(typed, verbs), wanted, "{typed}");
        }
    }
}
