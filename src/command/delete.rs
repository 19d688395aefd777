//! `dwell delete`

use clap_complete::ArgValueCandidates;

use crate::command::context::no_entry;
use crate::command::error::{Error, Result};
use crate::command::{Context, completions};
use crate::journal::DayName;
use crate::view;
use crate::view::View;

/// Remove what was written on a day; undo brings it back
///
/// The reflection, the step and the afterthoughts go; that the lesson was served stays.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The day
    #[arg(allow_hyphen_values = true, add = ArgValueCandidates::new(completions::days))]
    day: DayName,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let mut store = context.existing_store()?;
    let day = context.day(&store, Some(args.day))?;
    let entry = store.entry(day)?.ok_or_else(|| no_entry(day))?;
    if entry.reflection.is_none() && entry.step.is_none() && entry.afterthoughts.is_empty() {
        return Err(Error::nothing(format!("nothing is written on {day}"))
            .hint(format!("dwell show {day}")));
    }
    if !args.yes && !context.terminal.can_ask() {
        return Err(Error::usage("deleting asks first, and nobody can answer here").hint("--yes"));
    }
    // Shown whatever the answer: no words go unseen.
    let text = view::log_entry(&entry, context.terminal.page());
    context.terminal.show_aside(&text.plain())?;
    if !args.yes && !context.terminal.confirm(&format!("Delete what you wrote on {day}?"))? {
        return Ok(context.terminal.say("nothing was deleted")?);
    }
    store.delete(now, &entry)?;
    context
        .terminal
        .say(&format!("deleted what was written on {day}; dwell undo brings it back"))?;
    match store.entry(day)? {
        Some(entry) => context.show_to_script(View::Entry(&entry)),
        None => Ok(()),
    }
}
