//! Lets the person write in a draft, and then saves what they wrote.

use crate::command::error::Result;
use crate::command::{Context, after_saving, input, output, unsaved};
use crate::compose::{Compose, Intent, SaveReport};
use crate::drafts::{Draft, Purpose};
use crate::journal::entry::reflection;
use crate::journal::{Day, Entry, entry};
use crate::messages::saving;
use crate::store::{Store, StoreError};

/// Lets the person write in a draft that begins with `text`, in their editor or at the terminal,
/// and then saves what they wrote. Errors if they leave, or if it cannot be saved.
pub(super) fn write(
    context: &mut Context,
    mut store: Store,
    compose: Compose,
    mut draft: Draft,
    text: &str,
    in_editor: bool,
) -> Result<()> {
    // The lesson is read before the words are written, also in an editor.
    let is_read = !in_editor || context.terminal.can_ask();
    let is_reflection = matches!(compose.intent, Intent::Add(_) | Intent::Revise(_));
    let entry =
        if is_read && is_reflection { day_entry(context, &mut store, compose.day)? } else { None };
    let typed = if in_editor {
        let edited = input::edit(context, &mut draft, text)?;
        Some(edited.unwrap_or_else(|| text.to_owned()))
    } else {
        if let Some(entry) = &entry {
            output::show_question(context, entry)?;
        }
        input::ask_text(context, &mut draft, text)?
    };
    let Some(text) = typed.as_deref().and_then(reflection::kept) else {
        context.terminal.say(saving::NOTHING_WRITTEN)?;
        return discard(context, &draft);
    };
    save(context, &mut store, compose.typed_in(draft), text)
}

/// Removes a draft without words. A step that was kept beside them is shown first.
pub(super) fn discard(context: &mut Context, draft: &Draft) -> Result<()> {
    let beside = saving::beside(&draft.label.extras);
    if !beside.is_empty() {
        context.terminal.show_aside(&beside)?;
    }
    Ok(draft.discard()?)
}

/// Saves a text and says so. Errors if it cannot be saved.
pub(super) fn save(
    context: &mut Context,
    store: &mut Store,
    compose: Compose,
    text: &str,
) -> Result<()> {
    let day = compose.day;
    let purpose = compose.intent.label(day).purpose;
    let saved = save_text(context, store, compose, text)?;
    output::announce(context, purpose, &saved)?;
    if !context.can_converse() || !matches!(purpose, Purpose::Add | Purpose::Revise) {
        return Ok(());
    }
    output::show_earlier(context, store, day)?;
    after_saving::show(context, store, day)
}

/// Saves a text in the form that its intent asks for: a step and its answer are a single line,
/// however they were typed. Errors if it cannot be saved.
pub(super) fn save_text(
    context: &mut Context,
    store: &mut Store,
    compose: Compose,
    text: &str,
) -> Result<SaveReport> {
    let is_line = matches!(compose.intent, Intent::Step { .. } | Intent::Answer(_));
    let line = is_line.then(|| entry::single_line(text)).flatten();
    unsaved::save(context, store, compose, line.as_deref().unwrap_or(text))
}

/// The day's entry; serves today's lesson if there is none yet. A day without a lesson has none.
fn day_entry(context: &mut Context, store: &mut Store, day: Day) -> Result<Option<Entry>> {
    let now = context.now()?;
    if day != store.today(now)? {
        return Ok(store.entry(day)?);
    }
    match store.serve(now, context.config.order) {
        Ok(served) => Ok(Some(served.entry)),
        Err(StoreError::NoLessonLeft { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
