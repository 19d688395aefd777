//! `dwell write --resume`: goes on with a text that was kept as a draft.

use crate::command::error::{Error, Result};
use crate::command::{Context, input, step, typing};
use crate::compose::Intent;
use crate::drafts::{Draft, Extras, Label, Purpose};
use crate::journal::{Day, DayName};
use crate::messages::saving;
use crate::store::Store;

/// What the command line changes about a draft that is taken up.
#[derive(Debug)]
pub(super) struct Changes {
    pub(super) day: Option<DayName>,
    pub(super) extras: Extras,
    pub(super) in_editor: bool,
}

/// Goes on with the newest draft, in the editor or at the terminal. Saves it as it is if nobody can
/// be asked.
pub(super) fn run(changes: &Changes, context: &mut Context) -> Result<()> {
    if changes.in_editor {
        input::require_editor(context)?;
    }
    let now = context.now()?;
    let store = context.store_if_any()?;
    let found = context.drafts(store.as_ref()).newest(now.at)?;
    let Some((draft, text)) = found.newest.map(Draft::of_step_if_alone) else {
        let error = found.unreadable.first().map(saving::no_readable_draft);
        return Err(error.map_or_else(|| Error::nothing(saving::no_draft()), Error::usage));
    };
    for error in &found.unreadable {
        context.terminal.say(&saving::unreadable_draft(error))?;
    }
    say_where_from(context, &draft)?;
    let mut store = match store {
        Some(store) => store,
        None => context.open_store()?,
    };
    context.warn_of_readers(&store);
    let label = label(&draft.label, changes)?;
    let day = match changes.day {
        Some(_) => context.day_to_write(&store, changes.day)?,
        None => day(&label, context, &store)?,
    };
    let compose = context.compose(&store, day, Intent::of_draft(&label));
    if changes.in_editor || context.terminal.can_ask() {
        return typing::write(context, store, compose, draft, &text, changes.in_editor);
    }
    let text = input::text_to_save(&text)?;
    typing::save(context, &mut store, compose.typed_in(draft), text)
}

/// Says so if a draft was kept for a journal that is not there any more.
pub(super) fn say_where_from(context: &mut Context, draft: &Draft) -> Result<()> {
    match &draft.journal_gone {
        Some(journal) => Ok(context.terminal.say(&saving::draft_of_lost_journal(journal))?),
        None => Ok(()),
    }
}

/// The day of a draft. If it is not known, it is today, and for an answer the day of the newest
/// open step. Errors if it is not known which text would be replaced or added to.
pub(super) fn day(label: &Label, context: &mut Context, store: &Store) -> Result<Day> {
    let today = store.today(context.now()?)?;
    match (label.day, label.purpose) {
        (Some(day), _) => Ok(day),
        (None, Purpose::Add | Purpose::Step | Purpose::Lesson) => Ok(today),
        (None, Purpose::Answer(_)) => {
            Ok(step::newest_open(store, context.config.step_fades, today)?.day)
        }
        (None, purpose @ (Purpose::Revise | Purpose::Afterthought)) => {
            Err(Error::usage(saving::draft_without_day(purpose)))
        }
    }
}

/// The label of a draft, with what the command line says instead. Errors if it says something that
/// has no meaning for this draft.
fn label(label: &Label, changes: &Changes) -> Result<Label> {
    if label.purpose != Purpose::Add && !changes.extras.is_empty() {
        return Err(Error::usage(saving::draft_takes_no_options(label.purpose)));
    }
    let Extras { step, when, again } = changes.extras.clone();
    let extras = Extras {
        step: step.or_else(|| label.extras.step.clone()),
        when: when.or_else(|| label.extras.when.clone()),
        again: again.or(label.extras.again),
    };
    Ok(Label { extras, ..label.clone() })
}
