//! `dwell backup`

use std::path::{Path, PathBuf};

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::messages::backups;
use crate::store::{Reason, SealedPaths, StoreError, Unusable};
use crate::view::View;

/// Make a copy of the journal and check it
///
/// dwell makes one by itself before the first change of each day, and before an import, a restore or
/// a repair, and keeps those of 7 days, 4 weeks and 12 months. They stand on the same disk as the
/// journal: name a PATH on another one from time to time.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell backup /media/stick")]
pub struct Args {
    /// A new file, or a folder; dwell's own backups if left out
    path: Option<PathBuf>,
    /// Show the backups that there are, the newest first
    #[arg(long, conflicts_with = "path")]
    list: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    if args.list {
        return list(context);
    }
    let today = context.now()?.day;
    let mut store = context.existing_store()?;
    let is_sealed = SealedPaths::of(&context.config.journal).is_locked();
    let made = match &args.path {
        None => store.back_up(&context.backups(), today, Reason::Asked)?,
        Some(path) => {
            let backups = context.backups();
            let to =
                if path.is_dir() { backups.path_in(path, today, is_sealed) } else { path.clone() };
            store.copy_to(&to).map_err(|error| not_written(&to, error))?
        }
    };
    context.terminal.say(&backups::made(&made))?;
    if is_sealed && args.path.is_some() {
        context.terminal.say(backups::OPENED_ELSEWHERE)?;
    }
    context.show_to_script(View::BackupMade(&made))
}

fn list(context: &mut Context) -> Result<()> {
    let mut found = context.backups().list();
    if found.is_empty() {
        let backups = context.backups();
        return Err(Error::nothing(backups::none(backups.folder())));
    }
    found.reverse();
    context.show(View::Backups(&found))
}

/// A file that is there is never replaced.
fn not_written(path: &Path, error: StoreError) -> Error {
    match &error {
        StoreError::Unusable { why: Unusable::NotCreated(cause), .. }
            if cause.kind() == std::io::ErrorKind::AlreadyExists =>
        {
            Error::usage(backups::taken(path))
        }
        _ => error.into(),
    }
}
