//! `dwell doctor --repair`: says what it would do, makes a copy, and does it.

use crate::command::Context;
use crate::command::doctor::Places;
use crate::command::error::{Error, Result};
use crate::drafts::{Label, Purpose};
use crate::messages::repair as told;
use crate::store::Progress;
use crate::store::doctor::repair::{self, BeyondRepair, Step};
use crate::store::doctor::{Examination, Finding, Patient, Salvaged};

/// Repairs what was found. False if there is nothing to repair, or the person does not want it.
/// Errors where nobody can be asked, and if a step fails.
pub(super) fn run(
    examination: &Examination,
    places: &Places,
    yes: bool,
    context: &mut Context,
) -> Result<bool> {
    let (steps, beyond) = if places.is_locked() {
        repair::plan_locked(&places.journal, &examination.findings)
    } else {
        (repair::plan(&examination.findings), None)
    };
    if let Some(beyond) = beyond {
        context.complain(&Error::journal(match &beyond {
            BeyondRepair::Sealed { sealed, backup, has_unread } => {
                told::nothing_to_salvage(sealed, backup.as_deref(), *has_unread)
            }
            BeyondRepair::Inside { sealed } => told::salvage_needs_plain(sealed),
        }))?;
        if steps.is_empty() {
            return Ok(false);
        }
    }
    if steps.is_empty() {
        context.terminal.say(told::NOTHING_TO_REPAIR)?;
        return Ok(false);
    }
    for step in &steps {
        context.terminal.say_before(&told::would(step))?;
    }
    if !yes && !context.can_converse() {
        return Err(Error::usage(told::not_confirmed()));
    }
    let confirm = |context: &mut Context| {
        context.terminal.confirm(told::CONFIRM).map_err(Error::before_any_change)
    };
    if !yes && !confirm(context)? {
        context.terminal.say(told::NOTHING_REPAIRED)?;
        return Ok(false);
    }
    let patient = places.patient(context.now()?);
    let changes_journal = |step: &Step| !matches!(step, Step::Remove(_) | Step::Close(_));
    let copy = if steps.iter().any(changes_journal) {
        let copy = repair::keep_copy(&patient)?;
        context.terminal.say(&told::copied(&copy))?;
        Some(copy)
    } else {
        None
    };
    for step in &steps {
        match (step, &copy) {
            (Step::Salvage, _) => salvage(&patient, examination, context)?,
            (Step::Rebuild, _) => {
                let mut line = context.terminal.progress_line();
                let progress =
                    &mut |Progress { done, total }| line.update(done, total, told::rebuilding);
                let rebuilt = repair::rebuild(&patient, progress);
                drop(line);
                rebuilt?;
                context.terminal.say(told::REBUILT)?;
            }
            (Step::MoveAway(file), Some(copy)) => {
                let kept = repair::move_away(file, copy)?;
                context.terminal.say(&told::moved(file, &kept))?;
            }
            (Step::MoveAway(_), None) => {}
            (Step::TakeAway(_), _) => {
                for day in repair::take_away_servings(&patient)? {
                    context.terminal.say(&told::taken_away(day))?;
                }
            }
            (Step::Remove(path), _) => {
                let done = repair::remove(path, patient.journal);
                context.terminal.say(&told::removed(path, done.as_ref().err()))?;
            }
            (Step::Close(path), _) => {
                let done = repair::close(path);
                context.terminal.say(&told::closed(path, done.as_ref().err()))?;
            }
        }
    }
    Ok(true)
}

/// Salvages the journal, says what was lost, and keeps words that only a damaged row had as drafts.
fn salvage(patient: &Patient<'_>, examination: &Examination, context: &mut Context) -> Result<()> {
    let mut line = context.terminal.progress_line();
    let progress = &mut |Progress { done, total }| line.update(done, total, told::rebuilding);
    let salvaged = repair::salvage_journal(patient, progress);
    drop(line);
    let (salvaged, replaced) = salvaged?;
    context.terminal.say(&told::salvaged(&salvaged, &replaced))?;
    for lost in told::lost(&salvaged) {
        context.terminal.say(&lost)?;
    }
    keep_words(&salvaged, context)?;
    let is_any_lost = !salvaged.lost_facts.is_empty() || !salvaged.lost_lessons.is_empty();
    let with_more = examination.findings.iter().find_map(|finding| match finding {
        Finding::Backup { path, facts, .. } if *facts > salvaged.facts as u64 => Some(path),
        Finding::Backup { path, .. } | Finding::OldBackup { path, .. } if is_any_lost => Some(path),
        _ => None,
    });
    with_more.map_or(Ok(()), |path| context.hint(&told::backup_may_have_more(path)))
}

fn keep_words(salvaged: &Salvaged, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let drafts = context.drafts(None);
    for (day, text) in &salvaged.words {
        let label = Label::new(Some(*day), Purpose::Add);
        match drafts.keep(&label, now.at, text.as_bytes()) {
            Ok(_) => context.terminal.say(&told::kept_as_draft(*day))?,
            Err(error) => {
                // Nothing has the words but the damaged file: they are shown.
                context.complain(&error.into())?;
                context.terminal.show_aside(text)?;
            }
        }
    }
    Ok(())
}
