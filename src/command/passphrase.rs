//! `dwell passphrase`

use std::path::PathBuf;

use crate::command::error::{Error, Result};
use crate::command::{Context, new_keys, sealed_copies};
use crate::messages::seal as words;
use crate::seal::{Fault, Key, Passphrase, SealError};
use crate::store::{SealedPaths, StoreError, WAIT, locking};

/// Change the passphrase of a locked journal
///
/// The recovery key stays the same. If the passphrase or the file of the key is lost, use the
/// recovery key to set a new passphrase and make a new key file.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell passphrase --recovery-file /media/stick/dwell-key.txt")]
pub struct Args {
    /// The passphrase is lost: open the journal with the recovery key in this file
    #[arg(long, value_name = "PATH")]
    recovery_file: Option<PathBuf>,
    /// The same with the recovery key that you type
    #[arg(long, conflicts_with = "recovery_file")]
    recovery: bool,
    /// The command that prints the new passphrase; asked for if left out
    #[arg(long, value_name = "COMMAND")]
    new_command: Option<String>,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let paths = SealedPaths::of(&context.config.journal);
    if !paths.is_locked() {
        drop(context.existing_store()?);
        return Err(Error::nothing(words::not_locked()));
    }
    if args.recovery || args.recovery_file.is_some() {
        return make_anew(args, &paths, context);
    }
    let (key, old) = context.key_and_file()?;
    let passphrase = new_passphrase(args, context)?;
    let new = paths.keys.prepare(&key, &passphrase)?;
    locking::replace_key_file(&paths, &old, new, WAIT)?;
    say_changed(args, context)
}

fn new_passphrase(args: &Args, context: &mut Context) -> Result<Passphrase> {
    new_keys::passphrase(context, args.new_command.as_deref(), words::BY_AN_OPTION)
}

/// Makes a new key pair and a new passphrase with the recovery key.
fn make_anew(args: &Args, paths: &SealedPaths, context: &mut Context) -> Result<()> {
    let recovery = new_keys::recovery_key(args.recovery_file.as_deref(), context)?;
    // Tried before a passphrase is asked for.
    locking::require_open(paths, &recovery, WAIT).map_err(|error| match error {
        StoreError::Sealed(SealError { why: Fault::OtherKey, path }) => {
            Error::usage(words::not_its_recovery_key(&path))
        }
        error => error.into(),
    })?;
    let passphrase = new_passphrase(args, context)?;
    let key = Key::generate(&recovery);
    let new = paths.keys.prepare(&key, &passphrase)?;
    locking::reseal(paths, &recovery, &key, new, WAIT)?;
    sealed_copies::reseal(&recovery, &key, context)?;
    context.key = Some(key);
    say_changed(args, context)
}

fn say_changed(args: &Args, context: &mut Context) -> Result<()> {
    context.terminal.say(words::PASSPHRASE_CHANGED)?;
    if args.new_command.is_some() && context.config.passphrase_command.is_some() {
        context.hint(words::SET_THE_COMMAND)?;
    }
    Ok(())
}
