//! The list from which a person picks what to import: its title, its keys, and its questions in
//! plain lines.

use crate::messages::{Message, numbers};

/// What the keys do, the most useful ones first.
pub const KEYS: &[&str] =
    &["space pick", "enter take them", "tab all or none", "type to filter", "esc leave"];

pub const NOTHING_PICKED: &str = "nothing is picked yet: space picks one, tab all that are shown";
pub const NO_MATCH: &str = "No highlight has these words.";

/// How many are picked of all.
pub fn picked(picked: usize, all: usize) -> String {
    let (picked, all) = (numbers::grouped(picked as u64), numbers::grouped(all as u64));
    format!("{picked} of {all} picked")
}

pub fn title(shown: usize, is_filtered: bool) -> String {
    let highlights = numbers::count(shown as u64, "highlight", "highlights");
    if is_filtered { format!("{highlights} with these words") } else { highlights }
}

pub fn filter(words: &str) -> String {
    format!("Filter: {words}")
}

pub fn nothing_to_pick() -> Message {
    Message::new("there is nothing new to pick: all of it is here already, or cannot be used")
        .hint("dwell series list")
}

pub fn left() -> Message {
    Message::new("nothing was picked, and nothing imported")
}

/// A highlight in plain lines.
pub fn numbered(number: usize, title: &str, book: &str) -> String {
    format!("{number}. {title} ({book})")
}

/// The question below some highlights in plain lines; `first` and `last` are their numbers.
pub fn question(first: usize, last: usize, all: usize) -> String {
    format!(
        "{first} to {last} of {all}: numbers to take (such as {first}-{last}), all (of these), \
         rest (these and all below), done (no more), or Enter for none of these:"
    )
}

pub fn not_understood(answer: &str) -> String {
    format!("'{answer}' is neither numbers from this list nor all, rest or done")
}
