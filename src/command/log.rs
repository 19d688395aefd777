//! `dwell log`

use clap_complete::ArgValueCandidates;

use super::{Context, completions};
use crate::error::{Error, Result};
use crate::journal::query::Query;
use crate::journal::{DayName, Slug, slug};
use crate::store::Store;
use crate::{format, view};

/// Entries, newest first
#[derive(Debug, clap::Args)]
pub struct Args {
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

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    context.now()?;
    let tag = args.tag.as_deref().map(tag).transpose()?;
    let store = context.existing_store()?;
    let query = Query { tag, ..query(args, context, &store)? };
    let (json, page) = (context.json, context.terminal.page());
    context.page_long_output();
    let mut between = "";
    let shown = store.each_entry(&query, |entry| {
        if json {
            return Ok(context.terminal.data(format::json::entry(entry))?);
        }
        context.terminal.data(between)?;
        between = "\n";
        Ok(context.terminal.data(view::log_entry(entry, page))?)
    })?;
    if shown > 0 {
        return Ok(());
    }
    let error = Error::nothing("no entry fits");
    let is_narrowed = query != Query { oldest_first: query.oldest_first, ..Query::default() };
    Err(if is_narrowed { error.hint("dwell log") } else { error.hint("dwell") })
}

fn query(args: &Args, context: &mut Context, store: &Store) -> Result<Query> {
    if let Some(slug) = &args.series
        && !store.knows_series(slug)?
    {
        return Err(Error::nothing(format!("no series named {slug}")).hint("dwell series list"));
    }
    Ok(Query {
        since: args.since.map(|name| context.day(store, Some(name))).transpose()?,
        until: args.until.map(|name| context.day(store, Some(name))).transpose()?,
        series: args.series.clone(),
        tag: None,
        loved: args.loved,
        open_steps: args.open_steps,
        limit: args.limit.map(|limit| limit as usize),
        oldest_first: args.oldest_first,
    })
}

fn tag(text: &str) -> Result<String> {
    slug::tag(text).ok_or_else(|| {
        Error::usage(format!("'{text}' is not a tag")).hint("a tag is letters, digits, - and _")
    })
}
