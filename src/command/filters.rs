//! The arguments that narrow down which entries are wanted, shared by all verbs that list some.

use clap_complete::ArgValueCandidates;

use crate::command::error::{Error, Result};
use crate::command::{Context, completions};
use crate::journal::lesson::slug;
use crate::journal::search::query::Query;
use crate::journal::{DayName, Slug};
use crate::store::Store;

#[derive(Debug, clap::Args)]
pub struct Filters {
    /// The first day wanted
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, add = ArgValueCandidates::new(completions::days))]
    since: Option<DayName>,
    /// The last day wanted
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, add = ArgValueCandidates::new(completions::days))]
    until: Option<DayName>,
    /// Only entries on lessons of this series
    #[arg(long, add = ArgValueCandidates::new(completions::series))]
    series: Option<Slug>,
    /// Only entries with this tag, on the lesson or in the words
    #[arg(long)]
    tag: Option<String>,
    /// Only entries on lessons that you love
    #[arg(long)]
    loved: bool,
    /// Only entries whose step is open
    #[arg(long)]
    open_steps: bool,
    /// At most so many entries
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    /// Oldest first
    #[arg(long)]
    oldest_first: bool,
}

impl Filters {
    /// The selection that was typed. What is wrong by itself is told before the journal is opened.
    pub(super) fn open(&self, context: &mut Context) -> Result<(Store, Query)> {
        context.now()?;
        let tag = self.tag.as_deref().map(tag).transpose()?;
        let store = context.existing_store()?;
        if let Some(slug) = &self.series
            && !store.knows_series(slug)?
        {
            return Err(Error::nothing(format!("no series named {slug}")).hint("dwell series list"));
        }
        let query = Query {
            since: self.since.map(|name| context.day(&store, Some(name))).transpose()?,
            until: self.until.map(|name| context.day(&store, Some(name))).transpose()?,
            series: self.series.clone(),
            tag,
            loved: self.loved,
            open_steps: self.open_steps,
            limit: self.limit.map(|limit| limit as usize),
            oldest_first: self.oldest_first,
        };
        Ok((store, query))
    }
}

fn tag(text: &str) -> Result<String> {
    slug::tag(text).ok_or_else(|| {
        Error::usage(format!("'{text}' is not a tag")).hint("a tag is letters, digits, - and _")
    })
}
