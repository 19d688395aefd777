//! `dwell show`

use clap_complete::ArgValueCandidates;

use crate::command::context::no_entry;
use crate::command::error::{Error, Result};
use crate::command::{Context, completions};
use crate::journal::DayName;
use crate::messages;
use crate::view::View;

/// One entry, whole
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell show -1y")]
pub struct Args {
    /// The day; today if left out
    #[arg(allow_hyphen_values = true, add = ArgValueCandidates::new(completions::days))]
    day: Option<DayName>,
    /// Show every saved state of the reflection, oldest first, and what changed in each
    #[arg(long)]
    revisions: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    context.now()?;
    let store = context.store_to_read()?;
    let day = context.day(&store, args.day)?;
    context.page_long_output();
    if args.revisions {
        let revisions = store.revisions(day)?;
        if revisions.is_empty() {
            return Err(Error::nothing(messages::entries::never_written(day)));
        }
        context.show(View::Revisions { day, revisions: &revisions })?;
        return context.hint(&messages::entries::how_to_restore(day, revisions.len()));
    }
    match context.entry(&store, day)? {
        Some(entry) => context.show(View::Entry(&entry)),
        None => Err(no_entry(day)),
    }
}
