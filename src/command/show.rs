//! `dwell show`

use clap_complete::ArgValueCandidates;

use crate::command::context::no_entry;
use crate::command::error::{Error, Result};
use crate::command::{Context, completions, saving};
use crate::journal::DayName;
use crate::view;

/// One entry, whole
#[derive(Debug, clap::Args)]
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
    let store = context.existing_store()?;
    let day = context.day(&store, args.day)?;
    context.page_long_output();
    if args.revisions {
        let revisions = store.revisions(day)?;
        if revisions.is_empty() {
            return Err(Error::nothing(format!("nothing was ever written on {day}"))
                .hint(format!("dwell write --day {day}")));
        }
        let text = if context.json {
            let numbered = revisions.iter().zip(1..);
            numbered.map(|(one, number)| view::json::revision(day, number, one)).collect()
        } else {
            view::revisions(day, &revisions, context.terminal.page())
        };
        return Ok(context.terminal.data(&text)?);
    }
    match store.entry(day)? {
        Some(entry) => saving::show(context, &entry),
        None => Err(no_entry(day)),
    }
}
