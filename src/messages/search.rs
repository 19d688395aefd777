//! Searches.

use crate::journal::search::{Form, Search};
use crate::messages::numbers::grouped;
use crate::messages::{Message, quoted};
use crate::text::shorten;

/// So much of what was typed is repeated, in columns.
const LONGEST: usize = 60;

/// Says that a search has no words. `options` are those that select entries, each with a space
/// before it.
pub fn no_words(options: &str) -> Message {
    let hint = match options {
        "" => "dwell search WORDS".to_owned(),
        options => format!("dwell log{options} shows these entries"),
    };
    Message::new("there is no word to search for").hint(hint)
}

/// Says that what was typed is found only in lessons that were not met yet.
pub fn only_in_lessons_to_come(typed: &str) -> Message {
    not_found(typed).hint("dwell search --lessons also looks in lessons that you have not met yet")
}

pub fn not_found(typed: &str) -> Message {
    let words = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    Message::new(format!("nothing found for '{}'", shorten(&words, LONGEST, false)))
}

/// Says that only the newest hits are in the order of how well they match.
pub fn ranked_only(newest: u32) -> String {
    format!(
        "only the newest {} hits were ranked; the others come after them",
        grouped(newest.into())
    )
}

/// Says that nothing was found, and what would find more. `is_narrowed` says that options leave
/// some entries out.
pub fn nothing_found(typed: &str, search: &Search, is_narrowed: bool) -> Message {
    let hint = match search.terms.as_slice() {
        _ if is_narrowed => "search without the options".to_owned(),
        _ if search.only_excludes() => {
            "every entry has a word that you left out with -; --lessons looks in the lessons"
                .to_owned()
        }
        [term] if term.form == Form::Words => {
            let word = &term.text;
            let begins = quoted(&format!("{word}*"));
            format!(
                "dwell search {begins} finds every word that begins with {word}; dwell log shows \
                 all entries"
            )
        }
        [_] => "dwell log".to_owned(),
        _ => "all words must be there: try fewer".to_owned(),
    };
    not_found(typed).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_was_not_found_is_offered_as_a_beginning() {
        let hint = |typed: &str, is_narrowed| {
            let search = Search::parse(typed).expect("a search");
            nothing_found(typed, &search, is_narrowed).hint.expect("a hint")
        };
        let wanted = "dwell search 'apolog*' finds every word that begins with apolog";
        assert!(hint("apolog", false).starts_with(wanted), "{}", hint("apolog", false));
        assert!(hint("can't", false).starts_with("dwell search \"can't*\""));
        assert_eq!(hint("apolog*", false), "dwell log");
        assert_eq!(hint("one two", false), "all words must be there: try fewer");
        assert_eq!(hint("one two", true), "search without the options");
    }
}
