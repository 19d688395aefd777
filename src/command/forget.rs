//! `dwell forget`

use std::path::{Path, PathBuf};

use clap_complete::ArgValueCandidates;

use crate::command::error::{Error, Result};
use crate::command::{Context, completions};
use crate::journal::{Day, DayName, Now};
use crate::library::SHIPPED;
use crate::messages;
use crate::messages::forget;
use crate::store::{BackupSearch, Store, StoreError, Unusable, WrittenFact};
use crate::view;
use crate::view::View;

/// Erase what was written on a day, for good
///
/// Every saved state of the reflection is erased, with the steps and the afterthoughts; the lesson
/// of the day stays. Nothing brings the words back. dwell delete can be undone.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell forget 2026-11-22")]
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
    let facts = store.written_facts(day)?;
    let BackupSearch { holding: backups, forgotten, failed } = backups_with(day, context)?;
    let is_held = facts.iter().any(WrittenFact::has_words);
    if args.backups {
        // An erasure there may have been interrupted.
        forgotten.iter().try_for_each(|path| backup(path, context)?.wipe().map_err(Error::from))?;
    }
    if !is_held && (!args.backups || backups.is_empty()) {
        return nothing_written(day, &backups, &mut store, context);
    }
    if !args.yes && !context.terminal.can_ask() {
        return Err(Error::usage(forget::not_confirmed()));
    }
    // Shown whatever the answer, so that no words are erased unseen.
    let shown = if args.backups || !args.yes {
        with_those_of_backups(&facts, &backups, day, context)
    } else {
        facts.clone()
    };
    let text = view::all_written(day, &shown, context.terminal.page());
    context.terminal.show_aside(&text.plain())?;
    if !args.yes && !is_typed(day, context)? {
        return Ok(context.terminal.say(forget::NOTHING_FORGOTTEN)?);
    }
    if is_held {
        store.forget(now, day, &facts)?;
        context.terminal.say(&forget::forgot(day))?;
    } else if store.has_forgotten(day)? {
        // An erasure may have been interrupted before the file was written again.
        store.wipe()?;
    }
    let still_holding = forget_in_backups(args, &backups, now, day, context)?;
    name_drafts(day, &store, context)?;
    context.terminal.say(forget::OTHER_COPIES)?;
    if let Some(entry) = store.entry(day)? {
        context.show_to_script(View::Entry(&entry))?;
    }
    match still_holding {
        Some(path) => Err(Error::journal(forget::still_in(path, day))),
        // Each was named.
        None if args.backups && failed.iter().any(may_hold_words) => {
            let failed = failed.iter().filter(|error| may_hold_words(error)).count();
            Err(Error::journal(forget::may_be_in(failed, day)))
        }
        None => Ok(()),
    }
}

/// What the journal has of a day, and then what only the backups have.
fn with_those_of_backups(
    facts: &[WrittenFact],
    backups: &[PathBuf],
    day: Day,
    context: &Context,
) -> Vec<WrittenFact> {
    let mut all = facts.to_vec();
    for path in backups {
        // In one that cannot be opened nothing is erased, which is told.
        let held = backup(path, context).and_then(|store| Ok(store.written_facts(day)?));
        for fact in held.unwrap_or_default() {
            if !all.iter().any(|known| known.id() == fact.id()) {
                all.push(fact);
            }
        }
    }
    all
}

/// Whether a file of the backups folder that could not be read may be a backup.
fn may_hold_words(failure: &StoreError) -> bool {
    match failure {
        StoreError::Unusable { path, why: Unusable::NotAJournal | Unusable::OtherProgram } => {
            // A sealed one cannot be read without its key.
            path.extension() == Some("age".as_ref())
        }
        _ => true,
    }
}

/// For a day without words in the journal: finishes an erasure that was interrupted, or errors with
/// the message that nothing is there.
fn nothing_written(
    day: Day,
    backups: &[PathBuf],
    store: &mut Store,
    context: &mut Context,
) -> Result<()> {
    if store.has_forgotten(day)? {
        store.wipe()?;
        context.terminal.say(&forget::forgotten_already(day))?;
        if !backups.is_empty() {
            context.terminal.say(&forget::backups_hold_it(day))?;
        }
        return Ok(());
    }
    Err(Error::nothing(forget::never_written(day, !backups.is_empty())))
}

/// Asks the person to type the day, which nobody does by mistake. False if they type anything else.
fn is_typed(day: Day, context: &mut Context) -> Result<bool> {
    let typed = context.terminal.ask_line(&forget::type_the_day(day));
    let typed = typed.map_err(Error::before_any_change)?;
    Ok(typed.trim() == day.to_string())
}

/// What the backups know of a day. A backup that cannot be read is named.
fn backups_with(day: Day, context: &mut Context) -> Result<BackupSearch> {
    let found = context.backups().search(day, context.key.as_ref());
    for error in &found.failed {
        let error = messages::store::error(error).text;
        context.terminal.say(&forget::backup_not_read(&error))?;
    }
    Ok(found)
}

/// Forgets the day in the backups if an option or the person says so; if not, says that they hold
/// it. A backup that fails is named and does not stop the rest. Returns the last one that failed.
fn forget_in_backups<'a>(
    args: &Args,
    backups: &'a [PathBuf],
    now: Now,
    day: Day,
    context: &mut Context,
) -> Result<Option<&'a Path>> {
    if backups.is_empty() {
        return Ok(None);
    }
    let is_confirmed = args.backups
        || (!args.yes && context.terminal.confirm(&forget::confirm_in_backups(backups.len()))?);
    if !is_confirmed {
        context.terminal.say(&forget::left_in_backups(backups.len(), day))?;
        return Ok(None);
    }
    let mut still_holding = None;
    for path in backups {
        match forget_in(path, now, day, context) {
            Ok(()) => context.terminal.say(&forget::forgot_in(path))?,
            Err(error) => {
                context.complain(&error)?;
                still_holding = Some(path.as_path());
            }
        }
    }
    Ok(still_holding)
}

fn forget_in(path: &Path, now: Now, day: Day, context: &Context) -> Result<()> {
    let mut store = backup(path, context)?;
    let facts = store.written_facts(day)?;
    Ok(store.forget(now, day, &facts)?)
}

/// Opens a backup, sealed or plain.
fn backup(path: &Path, context: &Context) -> Result<Store> {
    let gone = || Error::journal(forget::backup_gone(path));
    match context.key.as_ref().filter(|_| path.extension() == Some("age".as_ref())) {
        Some(key) => Ok(Store::open_sealed_file(path, key, SHIPPED)?),
        None => Store::open_existing(path, SHIPPED)?.ok_or_else(gone),
    }
}

/// Names the drafts of the day. They are not erased: their words are not saved yet.
fn name_drafts(day: Day, store: &Store, context: &mut Context) -> Result<()> {
    let drafts = context.drafts(Some(store));
    drafts.remove_editor_copies(day);
    for path in drafts.of_day(day) {
        context.terminal.say(&forget::draft_left(day, &path))?;
    }
    Ok(())
}
