//! Records: what another program stored about a day, to be imported.

use crate::journal::entry::fact::Origin;
use crate::journal::entry::reflection::Afterthought;
use crate::journal::entry::step::Step;
use crate::journal::entry::tags::tags;
use crate::journal::lesson::slug::TagKey;
use crate::journal::{Day, Moment};

/// One text of another program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The day that it is about.
    pub day: Day,
    /// When it was written, with the offset of the writer's clock.
    pub at: Moment,
    /// The words; empty if the record has only a step or afterthoughts.
    pub text: String,
    /// Lower-case words without `#`.
    pub tags: Vec<String>,
    /// The next step of the day, if the record has one, with its answer.
    pub step: Option<Step>,
    /// Lines that were added later, in the order of their instants.
    pub afterthoughts: Vec<Afterthought>,
    /// Unique to this record, so that it is imported once.
    pub origin: Origin,
}

impl Record {
    /// The text as a journal stores it: the tags that are not in the text are added on a last line.
    pub fn text_with_tags(&self) -> String {
        let present: Vec<TagKey> = tags(&self.text).iter().map(|tag| TagKey::of(tag)).collect();
        let missing: Vec<String> = self
            .tags
            .iter()
            .filter(|tag| !present.contains(&TagKey::of(tag)))
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
    fn tags_that_are_not_in_the_text_are_added_on_a_last_line() {
        let record = |text: &str, tags: &[&str]| Record {
            day: day("2026-11-22"),
            at: at("2026-11-22T07:00:00+01:00"),
            text: text.to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            step: None,
            afterthoughts: vec![],
            origin: Origin { format: "test".to_owned(), key: "1".to_owned() },
        };
        assert_eq!(
            record("a walk #work\n", &["work", "home"]).text_with_tags(),
            "a walk #work\n\n#home"
        );
        assert_eq!(record("a walk #work\n", &["work"]).text_with_tags(), "a walk #work\n");
    }
}
