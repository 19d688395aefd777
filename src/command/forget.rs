//! `dwell forget`

use std::path::{Path, PathBuf};

use clap_complete::ArgValueCandidates;

use super::{Context, completions};
use crate::error::{Error, Result};
use crate::journal::{Day, DayName, Now};
use crate::store::{Forgotten, Store};
use crate::terminal::Page;
use crate::view;

/// Erase what was written on a day, for good
///
/// Every saved state of the reflection goes, with the steps and the afterthoughts; that the lesson
/// was served stays. Nothing brings the words back. dwell delete is the way that can be undone.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The day
    #[arg(allow_hyphen_values = true, add = ArgValueCandidates::new(completions::days))]
    day: DayName,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
    /// Forget it in the backups too
    #[arg(long)]
    backups: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let mut store = context.existing_store()?;
    let day = context.day(&store, Some(args.day))?;
    let backups = backups_with(day, context)?;
    let is_held = store.remembers(day)?;
    if !is_held && (!args.backups || backups.is_empty()) {
        let error = Error::nothing(format!("nothing was ever written on {day}"));
        return Err(match backups.len() {
            0 => error.hint(format!("dwell show {day}")),
            _ => error.hint(format!("backups hold it: dwell forget {day} --backups")),
        });
    }
    if !args.yes && !context.terminal.can_ask() {
        return Err(Error::usage(
            "forgetting is for good, so it asks first, and nobody can answer here",
        )
        .hint("--yes, or dwell delete, which can be undone"));
    }
    // Shown whatever the answer: no words go unseen.
    if is_held {
        show(&store, day, context)?;
    }
    if !args.yes && !is_typed(day, context)? {
        return Ok(context.terminal.say("nothing was forgotten")?);
    }
    if is_held {
        let forgotten = store.forget(now, day)?;
        say(forgotten, day, "", context)?;
    }
    forget_in_backups(args, &backups, (now, day), context)?;
    tell_of_drafts(day, context)?;
    Ok(context.terminal.say(
        "other copies still hold it: exports, and backups of your disk that dwell knows nothing of",
    )?)
}

/// Shows all that goes, the earlier states too.
fn show(store: &Store, day: Day, context: &mut Context) -> Result<()> {
    let page = Page { color: false, ..context.terminal.page() };
    if let Some(entry) = store.entry(day)? {
        context.terminal.show_aside(&view::log_entry(&entry, page))?;
    }
    let revisions = store.revisions(day)?;
    if revisions.len() > 1 {
        context.terminal.show_aside(&format!("\n{}", view::revisions(day, &revisions, page)))?;
    }
    Ok(())
}

/// Has the person type the day, which nobody does by mistake.
fn is_typed(day: Day, context: &mut Context) -> Result<bool> {
    let typed = context.terminal.ask_line(&format!("Type {day} to erase this for good:"))?;
    Ok(typed.is_some_and(|typed| typed == day.to_string()))
}

fn say(forgotten: Forgotten, day: Day, of: &str, context: &mut Context) -> Result<()> {
    context.terminal.say(&match forgotten {
        Forgotten::Nothing => format!("nothing was there to forget{of}"),
        Forgotten::Erased => format!("forgot what was written on {day}{of}"),
        Forgotten::Removed => format!(
            "forgot what was written on {day}{of}; the file could not be made anew, so traces may \
             be left in it until the next forgetting"
        ),
    })?;
    Ok(())
}

/// The backups that hold words of a day. One that cannot be read is named.
fn backups_with(day: Day, context: &mut Context) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let Ok(files) = std::fs::read_dir(&context.config.backups) else { return Ok(found) };
    for path in files.filter_map(|file| Some(file.ok()?.path())) {
        if path.extension().is_none_or(|extension| extension != "db") {
            continue;
        }
        match open(&path).and_then(|store| store.remembers(day)) {
            Ok(true) => found.push(path),
            Ok(false) => {}
            Err(error) => {
                context.terminal.say(&format!("a backup could not be looked into: {error}"))?;
            }
        }
    }
    found.sort();
    Ok(found)
}

fn open(path: &Path) -> Result<Store> {
    Store::open_existing(path)?
        .ok_or_else(|| Error::journal(format!("{} is gone again", path.display())))
}

/// Forgets it in the backups if that was asked for or is answered with yes; else says that they
/// hold it.
fn forget_in_backups(
    args: &Args,
    backups: &[PathBuf],
    (now, day): (Now, Day),
    context: &mut Context,
) -> Result<()> {
    if backups.is_empty() {
        return Ok(());
    }
    let them = view::count(backups.len(), "backup");
    let wanted = args.backups
        || (!args.yes && context.terminal.confirm(&format!("Forget it in {them} too?"))?);
    if !wanted {
        let hold = if backups.len() == 1 { "holds" } else { "hold" };
        let said = format!("{them} of dwell still {hold} it: dwell forget {day} --backups");
        return Ok(context.terminal.say(&said)?);
    }
    for path in backups {
        let forgotten = open(path)?.forget(now, day)?;
        say(forgotten, day, &format!(" in {}", path.display()), context)?;
    }
    Ok(())
}

/// Drafts are words that are not saved yet, so they are left; but the person should know.
fn tell_of_drafts(day: Day, context: &mut Context) -> Result<()> {
    for path in context.drafts().of_day(day) {
        context.terminal.say(&format!("a draft for {day} is left in {}", path.display()))?;
    }
    Ok(())
}
