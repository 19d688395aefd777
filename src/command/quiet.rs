//! `dwell quiet`

use clap_complete::ArgValueCandidates;

use crate::command::context::no_entry;
use crate::command::error::Result;
use crate::command::{Context, completions};
use crate::journal::DayName;
use crate::messages::entries;
use crate::view::View;

/// Keep an entry from coming back by itself
///
/// For an entry that hurts. A review, the line from the past and the question after a step leave it
/// out. dwell show, log and search still find it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell quiet yesterday")]
pub struct Args {
    /// The day
    #[arg(allow_hyphen_values = true, add = ArgValueCandidates::new(completions::days))]
    day: DayName,
    /// Let it come back again
    #[arg(long)]
    off: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let mut store = context.existing_store()?;
    context.today(&store)?;
    let day = context.day(&store, Some(args.day))?;
    let entry = store.entry(day)?.ok_or_else(|| no_entry(day))?;
    let quiet = !args.off;
    if entry.quiet == quiet {
        context.terminal.say(&entries::quiet_already(day, quiet))?;
        return context.show_to_script(View::Entry(&entry));
    }
    let entry = store.set_quiet(now, day, quiet)?;
    context.terminal.say(&entries::quiet(day, quiet))?;
    context.show_to_script(View::Entry(&entry))
}
