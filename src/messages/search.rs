//! Searches.

use crate::journal::search::{Form, Search};
use crate::messages::numbers::grouped;
use crate::messages::{Message, quoted};

pub fn no_words() -> Message {
    Message::new("there is no word to search for").hint("dwell search WORDS")
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
pub fn nothing_found(search: &Search, is_narrowed: bool) -> Message {
    let hint = match search.terms.as_slice() {
        _ if is_narrowed => "search without the options".to_owned(),
        _ if search.only_excludes() => {
            "every entry holds one of them; --lessons looks in the lessons".to_owned()
        }
        [term] if term.form == Form::Words => {
            let word = &term.text;
            let begins = quoted(&format!("{word}*"));
            format!(
                "dwell search {begins} finds every word that begins with {word}; dwell log shows all entries"
            )
        }
        [_] => "dwell log".to_owned(),
        _ => "all words must be there: try fewer".to_owned(),
    };
    Message::new("nothing found").hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_was_not_found_is_offered_as_a_beginning() {
        let hint = |typed: &str, is_narrowed| {
            let search = Search::parse(typed).expect("a search");
            nothing_found(&search, is_narrowed).hint.expect("a hint")
        };
        let wanted = "dwell search 'apolog*' finds every word that begins with apolog";
        assert!(hint("apolog", false).starts_with(wanted), "{}", hint("apolog", false));
        assert!(hint("can't", false).starts_with("dwell search \"can't*\""));
        assert_eq!(hint("apolog*", false), "dwell log");
        assert_eq!(hint("one two", false), "all words must be there: try fewer");
        assert_eq!(hint("one two", true), "search without the options");
    }
}
