//! Lets the person write in a draft, and then saves what they wrote.

use crate::command::error::{Error, Result};
use crate::command::page::{self, Paged};
use crate::command::{Context, after_saving, input, output, unsaved};
use crate::compose::{Compose, Intent, SaveReport};
use crate::drafts::{Draft, Extras, Purpose};
use crate::journal::entry::reflection;
use crate::journal::{Day, Entry, entry};
use crate::messages::ritual::Closing;
use crate::messages::{self, ritual, saving};
use crate::store::{Store, StoreError};
use crate::text::is_blank;
use crate::view;

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
    let (day, purpose) = (compose.day, compose.intent.label(compose.day).purpose);
    let ended = if in_editor {
        // The lesson is read before the words are written, also in an editor.
        if context.terminal.can_ask() {
            entry_to_read(context, &mut store, &compose)?;
        }
        let edited = input::edit(context, &mut draft, text)?;
        let text = edited.unwrap_or_else(|| text.to_owned());
        save_typed(context, &mut store, compose, draft, &text)?
    } else {
        if !context.uses_page()
            && let Some(entry) = entry_to_read(context, &mut store, &compose)?
        {
            output::show_question(context, &entry)?;
        }
        type_and_save(context, &mut store, compose, draft, text)?
    };
    let Some(saved) = ended.saved(context)? else { return Ok(()) };
    announce(context, &store, day, purpose, &saved)
}

/// How the typing in a draft ended.
#[derive(Debug)]
pub(super) enum TypingEnd {
    Saved(Box<SaveReport>),
    /// Nothing was written. There is no draft any more.
    Blank,
    /// An edit changed nothing. There is no draft any more.
    Unchanged,
    /// What was written stays a draft.
    Kept,
}

impl TypingEnd {
    /// What was saved; if nothing was, says why.
    pub(super) fn saved(self, context: &mut Context) -> Result<Option<SaveReport>> {
        match self {
            Self::Saved(report) => return Ok(Some(*report)),
            Self::Blank => context.terminal.say(saving::NOTHING_WRITTEN)?,
            Self::Unchanged => context.terminal.say(saving::NOTHING_CHANGED)?,
            Self::Kept => context.terminal.say(&ritual::closing(Closing::Kept))?,
        }
        Ok(None)
    }

    fn of(saved: Option<SaveReport>) -> Self {
        saved.map_or(Self::Blank, |report| Self::Saved(Box::new(report)))
    }
}

/// Lets the person write in a draft, on the page or in plain lines, and saves what they wrote.
/// Errors if they leave, or if it cannot be saved.
pub(super) fn type_and_save(
    context: &mut Context,
    store: &mut Store,
    compose: Compose,
    mut draft: Draft,
    text: &str,
) -> Result<TypingEnd> {
    if !context.uses_page() {
        let typed = input::ask_text(context, &mut draft, text)?;
        return save_typed(context, store, compose, draft, &typed.unwrap_or_default());
    }
    let day = compose.day;
    let entry = match entry_to_read(context, store, &compose)? {
        None => store.entry(day)?,
        entry => entry,
    };
    let adds = matches!(compose.intent, Intent::Add(_));
    let asks_step = adds && entry.as_ref().is_some_and(|entry| entry.step.is_none());
    let mut opening = page::opening(context, store, day, entry, &draft)?;
    opening.words = Some(text.to_owned());
    opening.notice = (text != compose.text_before()).then(|| messages::page::FROM_DRAFT.to_owned());
    opening.step = asks_step.then(|| page::step_of(&draft));
    let paged = page::write(context, &mut draft, opening)?.ended()?;
    if let Intent::Revise(_) = compose.intent {
        // The words as they were are in the journal.
        let is_emptied = is_blank(&paged.words);
        if is_emptied || (!paged.saves && paged.words == text) {
            draft.discard()?;
        }
        if is_emptied && paged.saves {
            return Err(Error::usage(saving::edit_is_empty(day)));
        }
        if !paged.saves && (is_emptied || paged.words == text) {
            return Ok(TypingEnd::Unchanged);
        }
    }
    if !paged.saves && !paged.is_blank() {
        show_kept(context, store, day, &paged)?;
        return Ok(TypingEnd::Kept);
    }
    let saved = save_page(context, store, compose, draft, paged)?;
    if let Some(saved) = &saved {
        show_written(context, &saved.entry)?;
    }
    Ok(TypingEnd::of(saved))
}

/// Saves what is on a page, and removes its draft. `None` if nothing is on it. Errors if it cannot
/// be saved.
pub(super) fn save_page(
    context: &mut Context,
    store: &mut Store,
    compose: Compose,
    mut draft: Draft,
    paged: Paged,
) -> Result<Option<SaveReport>> {
    let Paged { words, extras, .. } = paged;
    // A draft that cannot be written does not keep words from the journal.
    let _ = draft.set_extras(&extras);
    if let Some(text) = reflection::kept(&words) {
        let intent = match compose.intent {
            Intent::Add(_) => Intent::Add(extras),
            other => other,
        };
        let compose = Compose { intent, ..compose }.typed_in(draft);
        return save_text(context, store, compose, text).map(Some);
    }
    let _ = draft.discard();
    let Extras { step, when, .. } = extras;
    let Some(step) = step else { return Ok(None) };
    let compose = context.compose(store, compose.day, Intent::Step { when });
    unsaved::save(context, store, compose, &step).map(Some)
}

/// Shows what was written, without the lesson's story.
pub(super) fn show_written(context: &mut Context, entry: &Entry) -> Result<()> {
    let text = view::written(entry, context.terminal.page());
    Ok(context.terminal.show(&text)?)
}

/// Shows what stays a draft.
pub(super) fn show_kept(
    context: &mut Context,
    store: &Store,
    day: Day,
    paged: &Paged,
) -> Result<()> {
    let entry = store.entry(day)?;
    let extras = saving::beside(&paged.extras);
    let text = view::draft(day, entry.as_ref(), &paged.words, &extras, context.terminal.page());
    Ok(context.terminal.show(&text)?)
}

/// Saves a text that was typed, if it has words.
fn save_typed(
    context: &mut Context,
    store: &mut Store,
    compose: Compose,
    draft: Draft,
    text: &str,
) -> Result<TypingEnd> {
    let Some(text) = reflection::kept(text) else {
        discard(context, &draft)?;
        return Ok(TypingEnd::Blank);
    };
    let saved = save_text(context, store, compose.typed_in(draft), text)?;
    Ok(TypingEnd::of(Some(saved)))
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
    let (day, purpose) = (compose.day, compose.intent.label(compose.day).purpose);
    let saved = save_text(context, store, compose, text)?;
    announce(context, store, day, purpose, &saved)
}

/// Says what was saved, and then what there is to see from the past.
pub(super) fn announce(
    context: &mut Context,
    store: &Store,
    day: Day,
    purpose: Purpose,
    saved: &SaveReport,
) -> Result<()> {
    if purpose == Purpose::Revise && saved.is_unchanged {
        return Ok(context.terminal.say(saving::NOTHING_CHANGED)?);
    }
    output::announce(context, purpose, saved)?;
    if !context.can_converse() || !matches!(purpose, Purpose::Add | Purpose::Revise) {
        return Ok(());
    }
    output::show_takeaway(context, &saved.entry)?;
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

/// The entry of a reflection's day, which is read before the words are written; serves today's
/// lesson if there is none yet. A day without a lesson has none.
fn entry_to_read(
    context: &mut Context,
    store: &mut Store,
    compose: &Compose,
) -> Result<Option<Entry>> {
    if !matches!(compose.intent, Intent::Add(_) | Intent::Revise(_)) {
        return Ok(None);
    }
    let (now, day) = (context.now()?, compose.day);
    if day != store.today(now)? {
        return Ok(store.entry(day)?);
    }
    match store.serve(now, context.config.order) {
        Ok(served) => Ok(Some(served.entry)),
        Err(StoreError::NoLessonLeft { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
