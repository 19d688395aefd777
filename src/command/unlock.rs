//! `dwell unlock`

use std::fs;

use crate::command::error::{Error, Result};
use crate::command::{Context, sealed_copies};
use crate::messages::seal as words;
use crate::store::{SealedPaths, WAIT, locking};

/// Take the lock away: the journal becomes a plain file again
///
/// The sealed file is removed when the plain one was written and compared with it. Drafts and
/// backups become plain too.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell unlock")]
pub struct Args {}

pub fn run(_: &Args, context: &mut Context) -> Result<()> {
    let paths = SealedPaths::of(&context.config.journal);
    if !paths.is_locked() && fs::symlink_metadata(&paths.keys.key).is_err() {
        // It says so if there is no journal.
        drop(context.existing_store()?);
        return Err(Error::nothing(words::not_locked()));
    }
    if !paths.is_locked() && fs::symlink_metadata(&paths.plain).is_err() {
        // It says what is gone. The keys stay: the file may come back.
        drop(context.existing_store()?);
    }
    let key = context.key()?;
    if paths.is_locked() && !locking::unlock(&paths, &key, WAIT)? {
        return Err(Error::journal(words::not_the_same(&paths.plain, &paths.sealed)));
    }
    // The key goes last: a run that was interrupted is ended with it.
    sealed_copies::open_drafts(context)?;
    sealed_copies::open_backups(&key, context)?;
    context.key = None;
    locking::remove_keys(&paths, WAIT)?;
    Ok(context.terminal.say(&words::unlocked_now(&paths.plain))?)
}
