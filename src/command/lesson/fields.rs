//! The parts of a lesson that a command line may name.

use clap_complete::ArgValueCandidates;

use crate::command::completions;
use crate::command::error::Result;
use crate::journal::lesson::{LessonText, slug};
use crate::journal::{ParseError, Source, ValueKind, entry};
use crate::text::is_blank;

/// The parts of a lesson.
#[derive(Debug, clap::Args)]
pub(super) struct Fields {
    /// The lesson in one line
    #[arg(long, allow_hyphen_values = true)]
    pub(super) title: Option<String>,
    /// What happened
    #[arg(long, allow_hyphen_values = true)]
    pub(super) story: Option<String>,
    /// What it says to everybody
    #[arg(long, allow_hyphen_values = true)]
    takeaway: Option<String>,
    /// The question that you answer on its day
    #[arg(long, allow_hyphen_values = true)]
    question: Option<String>,
    /// Where you learnt it: a film, a book, a person
    #[arg(long, alias = "source", value_name = "TITLE", allow_hyphen_values = true)]
    learnt: Option<String>,
    /// What that is: film, book, talk, life ...
    #[arg(long, allow_hyphen_values = true)]
    kind: Option<String>,
    /// Who made it or said it
    #[arg(long, allow_hyphen_values = true)]
    by: Option<String>,
    /// Of which year it is
    #[arg(long, allow_negative_numbers = true)]
    year: Option<i32>,
    /// Where it is found
    #[arg(long)]
    url: Option<String>,
    /// A tag; may be given more than once
    #[arg(long = "tag", value_name = "TAG", add = ArgValueCandidates::new(completions::tags))]
    tags: Vec<String>,
}

impl Fields {
    /// Whether nothing is named.
    pub(super) fn is_empty(&self) -> bool {
        let texts = [&self.title, &self.story, &self.takeaway, &self.question];
        texts.into_iter().all(Option::is_none) && self.tags.is_empty() && !self.names_source()
    }

    fn names_source(&self) -> bool {
        let texts = [&self.learnt, &self.kind, &self.by, &self.url];
        self.year.is_some() || texts.into_iter().any(Option::is_some)
    }

    /// Puts what is named in the place of what is there. Errors if a tag is none.
    pub(super) fn put_into(&self, text: &mut LessonText) -> Result<()> {
        let line = |to: &mut String, from: &Option<String>| {
            if let Some(from) = from {
                *to = entry::single_line(from).unwrap_or_default();
            }
        };
        let prose = |to: &mut String, from: &Option<String>| {
            if let Some(from) = from {
                from.trim().clone_into(to);
            }
        };
        line(&mut text.title, &self.title);
        prose(&mut text.story, &self.story);
        prose(&mut text.takeaway, &self.takeaway);
        prose(&mut text.question, &self.question);
        if !self.tags.is_empty() {
            let tags = self.tags.iter().filter(|tag| !is_blank(tag));
            let tag = |tag: &String| {
                slug::tag(tag).ok_or_else(|| ParseError::new(ValueKind::Tag, tag).into())
            };
            text.tags = tags.map(tag).collect::<Result<_>>()?;
        }
        Ok(())
    }

    /// Where the lesson was learnt, with what is named in the place of what is known; `None` if
    /// nothing is named.
    pub(super) fn source(&self, known: Option<&Source>) -> Option<Source> {
        if !self.names_source() {
            return None;
        }
        let line = |text: &Option<String>| text.as_deref().and_then(entry::single_line);
        let known = known.cloned().unwrap_or_default();
        let title = line(&self.learnt).unwrap_or(known.title);
        let kind = line(&self.kind).unwrap_or(known.kind);
        Some(Source {
            kind: if kind.is_empty() { "own".to_owned() } else { kind },
            by: line(&self.by).or(known.by),
            year: self.year.or(known.year),
            url: line(&self.url).or(known.url),
            title,
        })
    }
}
