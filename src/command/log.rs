//! `dwell log`

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::filters::Filters;
use crate::view;

/// Entries, newest first
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    filters: Filters,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let (store, query) = args.filters.open(context)?;
    let (json, page) = (context.json, context.terminal.page());
    context.page_long_output();
    let mut between = "";
    let shown = store.each_entry(&query, |entry| -> Result<()> {
        if json {
            return Ok(context.terminal.data(view::json::entry(entry))?);
        }
        context.terminal.data(between)?;
        between = "\n";
        Ok(context.terminal.data(view::log_entry(entry, page))?)
    })?;
    if shown > 0 {
        return Ok(());
    }
    let error = Error::nothing("no entry fits");
    Err(error.hint(if query.is_narrowed() { "dwell log" } else { "dwell" }))
}
