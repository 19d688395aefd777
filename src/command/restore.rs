//! `dwell restore`

use std::path::PathBuf;

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::library::SHIPPED;
use crate::messages::backups;
use crate::store::{ReplacedJournal, StagedBackup, Store};
use crate::view::View;

/// Go back to a backup
///
/// Shows what would change, and asks. The journal that it takes the place of is kept. To bring in
/// what a backup has and lose nothing of the journal: dwell import dwell PATH.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell restore ~/.local/share/dwell/backups/journal-2026-11-22.db")]
pub struct Args {
    /// The backup
    #[arg(required_unless_present = "empty")]
    path: Option<PathBuf>,
    /// Begin a new journal, if the one that was there is gone
    #[arg(long, conflicts_with = "path")]
    empty: bool,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    context.require_not_locked()?;
    let Some(path) = &args.path else { return begin_anew(args, context) };
    let now = context.now()?;
    if !path.exists() {
        return Err(Error::usage(backups::not_there(path)));
    }
    let backup = StagedBackup::new(path, &context.config.journal)?;
    context.terminal.say_before(&backups::backup_has(path, backup.counts))?;
    match backup.difference() {
        Ok(difference) if difference.is_none() && context.config.journal.exists() => {
            context.terminal.say(backups::NO_DIFFERENCE)?;
            return context.show_to_script(View::Restored(&ReplacedJournal::None));
        }
        Ok(difference) => {
            for line in backups::difference(&difference) {
                context.terminal.say_before(&line)?;
            }
        }
        // A journal that cannot be read is a reason to go back.
        Err(error) => context.complain(&error.into())?,
    }
    if !is_confirmed(args, context)? {
        return Ok(context.terminal.say(backups::NOTHING_RESTORED)?);
    }
    let replaced = backup.put_in_place(&context.backups(), now.day, now.at)?;
    context.terminal.say(&backups::restored(path, &replaced))?;
    context.show_to_script(View::Restored(&replaced))
}

fn begin_anew(args: &Args, context: &mut Context) -> Result<()> {
    let journal = context.config.journal.clone();
    if journal.symlink_metadata().is_ok() {
        return Err(Error::usage(backups::journal_is_there(&journal)));
    }
    if !is_confirmed(args, context)? {
        return Ok(context.terminal.say(backups::NOTHING_RESTORED)?);
    }
    Store::open(&journal, SHIPPED)?;
    context.backups().leave_trace();
    Ok(context.terminal.say(&backups::begun_anew(&journal))?)
}

fn is_confirmed(args: &Args, context: &mut Context) -> Result<bool> {
    if args.yes {
        return Ok(true);
    }
    if !context.terminal.can_ask() {
        return Err(Error::usage(backups::not_confirmed()));
    }
    context.terminal.confirm(backups::CONFIRM).map_err(Error::before_any_change)
}
