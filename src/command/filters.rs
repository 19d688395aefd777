//! The options that select entries, shared by all verbs that list some.

use clap_complete::ArgValueCandidates;

use crate::command::error::Result;
use crate::command::{Context, completions, series};
use crate::journal::lesson::name::SeriesName;
use crate::journal::lesson::slug;
use crate::journal::lesson::slug::TagKey;
use crate::journal::search::query::Query;
use crate::journal::{DayName, ParseError, Slug, ValueKind};
use crate::store::Store;

#[derive(Debug, clap::Args)]
pub struct Filters {
    /// From this day on
    #[arg(
        long,
        value_name = "DAY",
        allow_hyphen_values = true,
        add = ArgValueCandidates::new(completions::days)
    )]
    since: Option<DayName>,
    /// Up to this day
    #[arg(
        long,
        value_name = "DAY",
        allow_hyphen_values = true,
        add = ArgValueCandidates::new(completions::days)
    )]
    until: Option<DayName>,
    /// Only this series: its short name, title or source
    #[arg(long, add = ArgValueCandidates::new(completions::series))]
    series: Option<SeriesName>,
    /// With this tag in your words
    #[arg(long, value_parser = tag, add = ArgValueCandidates::new(completions::tags))]
    tag: Option<String>,
    /// On a lesson with this tag
    #[arg(long, value_name = "TAG", value_parser = tag)]
    lesson_tag: Option<String>,
    /// Only entries on lessons that you love
    #[arg(long)]
    loved: bool,
    /// Only entries whose step is open
    #[arg(long)]
    open_steps: bool,
    /// How many at most
    #[arg(long, value_name = "N", value_parser = limit)]
    limit: Option<u32>,
    /// Oldest first
    #[arg(long)]
    oldest_first: bool,
}

impl Filters {
    /// The selection, with the days and the series that the options mean in this journal. Errors if
    /// a day lies before the first year that dwell keeps, or if there is no such series.
    pub(super) fn resolve(&self, store: &Store, context: &mut Context) -> Result<Query> {
        let series = self.series.as_ref().map(|name| known_series(name, store)).transpose()?;
        Ok(Query {
            since: self.since.map(|name| context.day(store, Some(name))).transpose()?,
            until: self.until.map(|name| context.day(store, Some(name))).transpose()?,
            series,
            tag: self.tag.as_deref().map(TagKey::of),
            lesson_tag: self.lesson_tag.as_deref().map(TagKey::of),
            loved: self.loved,
            open_steps: self.open_steps,
            limit: self.limit.map(|limit| limit as usize),
            oldest_first: self.oldest_first,
        })
    }

    /// Whether any of the options is given.
    pub(super) fn is_used(&self) -> bool {
        !self.typed().is_empty() || self.limit.is_some() || self.oldest_first
    }

    /// The options that narrow a selection down, as they may be typed again.
    pub(super) fn typed(&self) -> String {
        let mut typed = String::new();
        for (option, value) in [
            ("since", self.since.map(|day| day.to_string())),
            ("until", self.until.map(|day| day.to_string())),
            ("series", self.series.as_ref().map(ToString::to_string)),
            ("tag", self.tag.clone()),
            ("lesson-tag", self.lesson_tag.clone()),
        ] {
            typed.extend(value.map(|value| format!(" --{option} {value}")));
        }
        for (option, is_set) in [("loved", self.loved), ("open-steps", self.open_steps)] {
            typed.extend(is_set.then(|| format!(" --{option}")));
        }
        typed
    }
}

/// The series of this name, which may have been on the shelf at an earlier time.
fn known_series(name: &SeriesName, store: &Store) -> Result<Slug> {
    match name.slug() {
        Some(slug) if store.knows_series(&slug)? => Ok(slug),
        _ => Ok(series::find(name, store)?.slug),
    }
}

/// Reads a tag, in the form in which tags are compared.
fn tag(text: &str) -> std::result::Result<String, ParseError> {
    slug::tag(text).ok_or_else(|| ParseError::new(ValueKind::Tag, text))
}

fn limit(text: &str) -> std::result::Result<u32, ParseError> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| ParseError::new(ValueKind::Limit, text))
}
