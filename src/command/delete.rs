//! `dwell delete`

use clap_complete::ArgValueCandidates;

use crate::command::context::no_entry;
use crate::command::error::{Error, Result};
use crate::command::{Context, completions};
use crate::journal::DayName;
use crate::messages::entries;
use crate::view;
use crate::view::View;

/// Remove what was written on a day; undo brings it back
///
/// The reflection, the step and the afterthoughts are removed; the lesson of the day stays.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell delete yesterday")]
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
    context.today(&store)?;
    let day = context.day(&store, Some(args.day))?;
    let entry = context.entry(&store, day)?.ok_or_else(|| no_entry(day))?;
    if entry.reflection.is_none() && entry.step.is_none() && entry.afterthoughts.is_empty() {
        return Err(Error::nothing(entries::nothing_to_delete(day)));
    }
    if !args.yes && !context.terminal.can_ask() {
        return Err(Error::usage(entries::deletion_not_confirmed()));
    }
    // Shown whatever the answer, so that no words are removed unseen.
    let text = view::log_entry(&entry, context.terminal.page());
    context.terminal.show_aside(&text.plain())?;
    let is_confirmed = |context: &mut Context| {
        context.terminal.confirm(&entries::confirm_deletion(day)).map_err(Error::before_any_change)
    };
    if !args.yes && !is_confirmed(context)? {
        return Ok(context.terminal.say(entries::NOTHING_DELETED)?);
    }
    store.delete(now, &entry)?;
    context.terminal.say(&entries::deleted(day))?;
    match store.entry(day)? {
        Some(entry) => context.show_to_script(View::Entry(&entry)),
        None => Ok(()),
    }
}
