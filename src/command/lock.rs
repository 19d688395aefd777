//! `dwell lock`

use std::path::{Path, PathBuf};

use crate::command::error::{Error, Result};
use crate::command::{Context, new_keys, sealed_copies};
use crate::messages::seal as words;
use crate::seal::{Key, RecoveryKey};
use crate::store::doctor::plain_journals_in;
use crate::store::{SealedPaths, WAIT, locking};

/// Lock the journal: only your passphrase opens it
///
/// The journal becomes one sealed file, in the age format, and so do your drafts. A recovery key is
/// shown once: it opens the journal if you forget the passphrase. Without it, a forgotten passphrase
/// cannot be replaced. dwell unlock takes the lock away.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell lock --recovery-file /media/stick/dwell-key.txt")]
pub struct Args {
    /// Write the recovery key into a new file instead of asking you to type it back
    #[arg(long, value_name = "PATH")]
    recovery_file: Option<PathBuf>,
    /// Print the recovery key to standard output and ask nothing
    #[arg(long, short, conflicts_with = "recovery_file")]
    yes: bool,
    /// Lock the backups too
    #[arg(long)]
    backups: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let paths = SealedPaths::of(&context.config.journal);
    let is_there = std::fs::symlink_metadata(&paths.plain).is_ok();
    match (is_there, paths.is_locked()) {
        (true, true) => end(&paths, context)?,
        (false, true) => context.terminal.say(words::LOCKED_ALREADY)?,
        // It says that there is none.
        (false, false) => drop(context.existing_store()?),
        (true, false) => lock(args, &paths, context)?,
    }
    let key = context.key()?;
    sealed_copies::seal_drafts(context)?;
    sealed_copies::seal_backups(&key, args.backups, context)?;
    sealed_copies::erase_left_copies(context);
    say_what_stays(&paths, context)
}

fn lock(args: &Args, paths: &SealedPaths, context: &mut Context) -> Result<()> {
    let command = context.config.passphrase_command.clone();
    let is_key_handed_over = args.yes || args.recovery_file.is_some();
    if !is_key_handed_over && !context.terminal.can_ask() {
        return Err(Error::usage(words::no_way_to_hand_over()));
    }
    // It is whole, of the present form, and the person's own.
    drop(context.existing_store()?);
    sealed_copies::require_none(context)?;
    let passphrase = new_keys::passphrase(context, command.as_deref(), words::BY_THE_SETTING)?;
    let recovery = RecoveryKey::generate();
    let key = Key::generate(&recovery);
    let file = args.recovery_file.as_deref();
    new_keys::hand_over(&recovery, file, args.yes, context)?;
    let new = paths.keys.prepare(&key, &passphrase)?;
    if let Err(error) = locking::lock(paths, new, &key, &recovery, WAIT) {
        let is_gone = std::fs::symlink_metadata(&paths.plain).is_err();
        if is_gone && paths.is_locked() {
            return Err(Error::journal(words::locked_by_another(&paths.sealed)));
        }
        return Err(error.into());
    }
    context.key = Some(key);
    Ok(context.terminal.say(&words::locked_now(&paths.sealed))?)
}

/// Ends a lock, or an unlock, that was interrupted when both journals were there.
fn end(paths: &SealedPaths, context: &mut Context) -> Result<()> {
    let key = context.key()?;
    if !locking::end_lock(paths, &key, WAIT)? {
        return Err(Error::journal(words::not_the_same(&paths.plain, &paths.sealed)));
    }
    Ok(context.terminal.say(&words::locked_now(&paths.sealed))?)
}

/// What locking cannot reach.
fn say_what_stays(paths: &SealedPaths, context: &mut Context) -> Result<()> {
    let own = context.backups().files();
    let folder = paths.plain.parent().unwrap_or(Path::new("."));
    for path in plain_journals_in(folder).iter().filter(|path| !own.contains(path)) {
        context.terminal.say(&words::plain_copy(path))?;
    }
    context.terminal.say(words::OTHER_COPIES)?;
    let mirror: Option<&Path> = context.config.mirror.as_deref();
    if let Some(message) = mirror.map(words::mirror_is_plain) {
        context.terminal.say(&message)?;
    }
    Ok(())
}
