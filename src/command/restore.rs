//! `dwell restore`

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::journal::Now;
use crate::library::SHIPPED;
use crate::messages::backups;
use crate::seal::Fault;
use crate::store::{
    self, BackupDifference, Backups, Counts, ReplacedJournal, SealedPaths, SealedRestore,
    StagedBackup, Store, StoreError, Unusable, WAIT, is_sealed_backup,
};
use crate::view::View;

/// Go back to a backup
///
/// Shows what would change, and asks. Your present journal is kept as a backup. A locked journal
/// stays locked. To bring in what a backup has and lose nothing of the journal: dwell
/// import dwell PATH.
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
    let Some(path) = &args.path else { return begin_anew(args, context) };
    let now = context.now()?;
    if !path.exists() {
        return Err(Error::usage(backups::not_there(path)));
    }
    let backup = BackupInHand::new(path, context)?;
    context.terminal.say_before(&backups::backup_has(path, backup.counts()))?;
    match backup.difference() {
        Ok(difference) if difference.is_none() && backup.is_for_journal_that_is_there(context) => {
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
    let stays_plain = matches!(backup, BackupInHand::Sealed(_)) && !is_sealed_backup(path);
    let replaced = backup.put_in_place(&context.backups(), now)?;
    context.terminal.say(&backups::restored(path, &replaced))?;
    if stays_plain {
        context.terminal.say(&backups::stays_plain(path))?;
    }
    context.show_to_script(View::Restored(&replaced))
}

/// A backup that was checked: for a plain journal beside it, for a locked one in memory.
enum BackupInHand {
    Plain(StagedBackup),
    Sealed(Box<SealedRestore>),
}

impl BackupInHand {
    fn new(path: &Path, context: &mut Context) -> Result<Self> {
        let journal = context.config.journal.clone();
        let is_there = |path: &Path| fs::symlink_metadata(path).is_ok();
        let paths = SealedPaths::of(&journal);
        let is_plain = is_there(&paths.plain);
        let has_key = is_there(&paths.keys.key);
        if is_plain && paths.is_locked() {
            let why = Unusable::BesideSealed { sealed: paths.sealed };
            return Err(StoreError::Unusable { path: paths.plain, why }.into());
        }
        if !is_plain && (paths.is_locked() || has_key) {
            let key = context.key()?;
            let staged = SealedRestore::new(path, &journal, &key, WAIT);
            let staged = staged.map_err(|error| unusable(path, error))?;
            return Ok(Self::Sealed(Box::new(staged)));
        }
        if !is_sealed_backup(path) {
            let staged = StagedBackup::new(path, &journal);
            return Ok(Self::Plain(staged.map_err(|error| unusable(path, error))?));
        }
        if !has_key {
            return Err(Error::usage(backups::no_key(path, &paths.sealed, !is_plain)));
        }
        // What an unlock that was interrupted leaves.
        let (key, _) = context.key_and_file()?;
        let staged = StagedBackup::new_of_sealed(path, &journal, &key);
        Ok(Self::Plain(staged.map_err(|error| unusable(path, error))?))
    }

    fn counts(&self) -> Counts {
        match self {
            Self::Plain(backup) => backup.counts,
            Self::Sealed(backup) => backup.counts,
        }
    }

    fn difference(&self) -> store::Result<BackupDifference> {
        match self {
            Self::Plain(backup) => backup.difference(),
            Self::Sealed(backup) => backup.difference(),
        }
    }

    fn is_for_journal_that_is_there(&self, context: &Context) -> bool {
        match self {
            Self::Plain(_) => context.config.journal.exists(),
            Self::Sealed(_) => SealedPaths::of(&context.config.journal).is_locked(),
        }
    }

    fn put_in_place(self, backups: &Backups, now: Now) -> store::Result<ReplacedJournal> {
        let Now { day, at } = now;
        match self {
            Self::Plain(backup) => backup.put_in_place(backups, day, at),
            Self::Sealed(backup) => backup.put_in_place(backups, day, at),
        }
    }
}

/// Why a backup cannot be used, with the next step.
fn unusable(path: &Path, error: StoreError) -> Error {
    match &error {
        StoreError::Unusable { why: Unusable::NeedsChange, .. } => {
            Error::journal(backups::is_interrupted(path))
        }
        StoreError::Sealed(seal) if seal.path == path && !matches!(seal.why, Fault::OtherKey) => {
            Error::from(error).hint("dwell backup --list")
        }
        // The day in it is damaged there, and not in the journal.
        StoreError::Damaged { .. } => Error::from(error).hint("dwell backup --list"),
        _ => error.into(),
    }
}

fn begin_anew(args: &Args, context: &mut Context) -> Result<()> {
    let journal = context.config.journal.clone();
    let paths = SealedPaths::of(&journal);
    if paths.is_locked() {
        return Err(Error::usage(backups::journal_is_there(&paths.sealed)));
    }
    if journal.symlink_metadata().is_ok() {
        return Err(Error::usage(backups::journal_is_there(&journal)));
    }
    if !is_confirmed(args, context)? {
        return Ok(context.terminal.say(backups::NOTHING_RESTORED)?);
    }
    store::set_aside_leftovers(&journal, context.now()?.at)?;
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
