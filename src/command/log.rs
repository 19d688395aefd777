//! `dwell log`

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::filters::Filters;
use crate::messages;
use crate::view::View;

/// Entries, newest first
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell log --since -1m --tag work")]
pub struct Args {
    #[command(flatten)]
    filters: Filters,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    context.now()?;
    let store = context.store_to_read()?;
    let query = args.filters.resolve(&store, context)?;
    context.page_long_output();
    let mut listing = context.listing();
    let shown = store.each_entry(&query, |entry| listing.show(View::LogEntry(entry)))?;
    if shown > 0 {
        return Ok(());
    }
    Err(Error::nothing(messages::entries::none_matches(query.is_narrowed())))
}
