//! How often a person uses each tag.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::journal::lesson::slug::TagKey;
use crate::journal::time::day::Day;

/// A tag with the number of days that use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagCount {
    /// As it is written on the latest day.
    pub tag: String,
    pub count: u64,
    /// The latest day.
    pub last: Day,
}

/// The tags of many days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TagCounts {
    counts: BTreeMap<TagKey, TagCount>,
}

impl TagCounts {
    /// Counts a tag of a day. A day may have each tag once.
    pub fn add(&mut self, day: Day, tag: String) {
        let counted = self.counts.entry(TagKey::of(&tag));
        let counted = counted.or_insert_with(|| TagCount { tag: tag.clone(), count: 0, last: day });
        counted.count += 1;
        if day >= counted.last {
            (counted.tag, counted.last) = (tag, day);
        }
    }

    /// The most used first, and of equals in the order of the alphabet.
    pub fn most_used(&self) -> Vec<&TagCount> {
        let mut tags: Vec<&TagCount> = self.counts.values().collect();
        tags.sort_by_key(|tag| Reverse(tag.count));
        tags
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::testing::day;

    #[test]
    fn a_tag_is_counted_in_any_spelling_and_shown_as_it_was_written_last() {
        let mut counts = TagCounts::default();
        for (on, tag) in [
            ("2026-11-02", "iş"),
            ("2026-11-01", "is"),
            ("2026-11-01", "home"),
            ("2026-11-03", "a"),
        ] {
            counts.add(day(on), tag.to_owned());
        }
        let tag = |tag: &str, count, last| TagCount { tag: tag.to_owned(), count, last: day(last) };
        assert_eq!(
            counts.most_used().into_iter().cloned().collect::<Vec<_>>(),
            [tag("iş", 2, "2026-11-02"), tag("a", 1, "2026-11-03"), tag("home", 1, "2026-11-01")]
        );
    }
}
