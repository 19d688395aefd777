//! Records: what another program kept of a day, on its way into a journal.

use crate::journal::entry::fact::Origin;
use crate::journal::{Day, Moment};

/// One piece of writing from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The day that it is about.
    pub day: Day,
    /// When it was written, with the offset of the writer's clock.
    pub at: Moment,
    /// The words, not empty.
    pub text: String,
    /// Lower-case words without `#`.
    pub tags: Vec<String>,
    /// The next step that it ends in.
    pub step: Option<String>,
    /// What tells it from all others, so that it is taken in once.
    pub origin: Origin,
}

impl Record {
    /// The words as a journal keeps them: with the tags that they do not hold on a last line.
    pub fn text_with_tags(&self) -> String {
        let held = super::reflection::tags(&self.text);
        let missing: Vec<String> = self
            .tags
            .iter()
            .filter(|tag| !held.contains(tag))
            .map(|tag| format!("#{tag}"))
            .collect();
        if missing.is_empty() {
            return self.text.clone();
        }
        format!("{}\n\n{}", self.text.trim_end(), missing.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::testing::{at, day};

    #[test]
    fn tags_that_the_words_do_not_hold_stand_on_a_last_line() {
        let record = |text: &str, tags: &[&str]| Record {
            day: day("2026-11-22"),
            at: at("2026-11-22T07:00:00+01:00"),
            text: text.to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            step: None,
            origin: Origin { format: "test".to_owned(), key: "1".to_owned() },
        };
        assert_eq!(
            record("a walk #work\n", &["work", "home"]).text_with_tags(),
            "a walk #work\n\n#home"
        );
        assert_eq!(record("a walk #work\n", &["work"]).text_with_tags(), "a walk #work\n");
    }
}
