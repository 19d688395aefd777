//! Saving words: from a terminal, an editor or a pipe into the journal, and into a draft where the
//! journal does not take them.

use std::io::Read;

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::drafts::Draft;
use crate::drafts::{LARGEST, Purpose};
use crate::journal::entry::reflection;
use crate::journal::{Day, DayName, Entry};
use crate::messages::numbers;
use crate::store::{Repeat, Store, Writing, Written};
use crate::terminal::AskError;
use crate::terminal::ask::Answer;
use crate::terminal::editor::Edited;
use crate::view;
use crate::view::View;

/// The words on standard input. What is not UTF-8 is kept as it came, and refused.
pub(super) fn piped_words(context: &mut Context) -> Result<String> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Error::usage(format!("standard input could not be read: {error}")))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Error::usage("standard input is over 16 MiB, more than one reflection holds"));
    }
    String::from_utf8(bytes).or_else(|error| {
        let now = context.now()?;
        let at = error.utf8_error().valid_up_to() + 1;
        let said = Error::usage(format!("standard input is not UTF-8 text (byte {at})"));
        let kept = context.drafts().keep(now.day, Purpose::Add, now.at, error.as_bytes());
        Err(match kept {
            Ok(path) => said.hint(format!("the bytes are kept in {}", path.display())),
            Err(_) => said,
        })
    })
}

/// The words that are worth saving, or an error that says there are none.
pub(super) fn words_to_save(text: &str) -> Result<&str> {
    reflection::kept(text).ok_or_else(|| {
        Error::usage("there are no words to save")
            .hint("dwell write TEXT, or pipe the words in, or dwell write at a terminal")
    })
}

/// What is to be saved beside the words.
#[derive(Debug, Default)]
pub(super) struct Extras {
    pub(super) step: Option<String>,
    pub(super) again: Option<Repeat>,
}

/// Puts words into the journal: below those of the day, or in their place.
pub(super) fn put(
    context: &mut Context,
    store: &mut Store,
    (day, purpose): (Day, Purpose),
    text: &str,
    beside: &Extras,
) -> Result<Written> {
    let now = context.now_to_save()?;
    let step = beside.step.as_deref();
    if purpose == Purpose::Add {
        let writing = Writing { day, text, step, again: beside.again };
        return Ok(store.write(now, context.config.order, writing)?);
    }
    if step.is_some() || beside.again.is_some() {
        return Err(Error::usage("the draft is of an edit, which takes no --next and no --again")
            .hint("dwell write --resume, then dwell step add"));
    }
    let (before, parents) = store.revisable(day)?.unwrap_or_default();
    if !before.is_empty() && before != text {
        // They may have been written after the edit began, and no words go unseen.
        context.terminal.show_aside(&format!("in the place of:\n{before}"))?;
    }
    Ok(store.revise(now, day, parents, text)?)
}

/// Sees to it that words which the journal did not take are kept as a draft for the day that was
/// named, and says so.
pub(super) fn or_keep<T>(
    context: &mut Context,
    (name, purpose): (Option<DayName>, Purpose),
    text: &str,
    saved: Result<T>,
) -> Result<T> {
    let Err(error) = saved else { return saved };
    let now = context.now()?;
    // The journal, which knows better what today is, may be what failed; words for a day that has
    // not come are kept for today.
    let day = name.and_then(|name| name.resolve(now.day)).unwrap_or(now.day).min(now.day);
    let kept = context.drafts().keep(day, purpose, now.at, text.as_bytes());
    Err(say_kept(context, error, text, kept.is_ok())?)
}

/// Saves the words of a draft and then removes the draft; keeps them in it where that fails.
pub(super) fn save_draft(
    context: &mut Context,
    store: &mut Store,
    draft: &mut Draft,
    (day, text): (Day, &str),
    beside: &Extras,
) -> Result<Written> {
    if draft.purpose == Purpose::Revise
        && store.revisions(day)?.iter().any(|revision| revision.text == text)
        && let Some(entry) = store.entry(day)?
    {
        // An edit that was cut short before anything was changed.
        context.terminal.say("the draft holds nothing that was not saved before")?;
        let _ = draft.discard();
        return Ok(Written { entry, below: false, replaced_step: None });
    }
    let saved = put(context, store, (day, draft.purpose), text, beside);
    let written = match saved {
        Ok(written) => written,
        Err(error) => {
            let is_kept = draft.write(text.as_bytes()).is_ok() && draft.sync().is_ok();
            return Err(say_kept(context, error, text, is_kept)?);
        }
    };
    // The draft goes only after its words were read back. One that stays does no harm: it is
    // offered again.
    let reflection = store.entry(day).ok().flatten().and_then(|entry| entry.reflection);
    if reflection.is_some_and(|reflection| reflection.text.contains(text)) {
        let _ = draft.discard();
    }
    Ok(written)
}

/// The failure with the place where the words are now.
pub(super) fn say_kept(
    context: &mut Context,
    error: Error,
    text: &str,
    is_kept: bool,
) -> Result<Error> {
    let then = if is_kept {
        "your words are kept as a draft: dwell write --resume"
    } else {
        // The last place left is wherever standard error goes.
        context.terminal.show_aside(text)?;
        "your words could not be kept; they are shown above"
    };
    let hint =
        error.message.hint.iter().map(String::as_str).chain([then]).collect::<Vec<_>>().join("; ");
    Ok(error.hint(hint))
}

/// Asks for words at the terminal and keeps them in the draft meanwhile. `None` if the person ends
/// without a word.
pub(super) fn ask_words(
    context: &mut Context,
    initial: &str,
    draft: &mut Draft,
) -> Result<Option<String>> {
    let editor = context.config.editor.clone();
    match context.terminal.ask_words(initial, draft, &editor) {
        Ok(Answer::Words(text)) => Ok(Some(text)),
        Ok(Answer::Nothing) => Ok(None),
        Err(error) => Err(left(&error, draft).unwrap_or_else(|| error.into())),
    }
}

/// What to say to somebody who left while a draft was open; an empty draft is nothing to keep.
fn left(error: &AskError, draft: &mut Draft) -> Option<Error> {
    let AskError::Cancelled = error else { return None };
    if is_blank(draft) {
        let _ = draft.discard();
        return Some(Error::cancelled("left; nothing was written"));
    }
    Some(Error::cancelled("left; your words are kept as a draft").hint("dwell write --resume"))
}

fn is_blank(draft: &mut Draft) -> bool {
    draft.read_again().is_ok_and(|text| text.trim().is_empty())
}

/// Errors if an editor may not or cannot be started. Asked before there is a draft for it.
pub(super) fn require_editor(context: &Context) -> Result<()> {
    if context.terminal.refuses_input() {
        return Err(Error::usage("an editor asks for words, and --no-input forbids it")
            .hint("pipe the words in"));
    }
    if !context.terminal.can_ask() && context.config.editor.wanted.is_none() {
        return Err(Error::usage("no editor is set, and nobody can be asked here")
            .hint("set EDITOR, or pipe the words in"));
    }
    Ok(())
}

/// Opens the person's editor on a draft whose text is `before`. `None` if nothing came of it.
pub(super) fn edit(
    context: &mut Context,
    draft: &mut Draft,
    before: &str,
) -> Result<Option<String>> {
    match context.config.editor.open(draft, before) {
        // An edit that leaves nothing is for the caller to judge: its words are in the journal.
        Ok(Edited::Saved(text))
            if draft.purpose == Purpose::Add
                && text.trim().is_empty()
                && !before.trim().is_empty() =>
        {
            draft.write(before.as_bytes()).map_err(no_draft)?;
            Err(Error::usage("the editor left the text empty, so nothing is saved")
                .hint("the words are kept as they were: dwell write --resume"))
        }
        Ok(Edited::Saved(text)) => Ok(Some(text)),
        Ok(Edited::Unchanged) => Ok(None),
        Ok(Edited::LeftAtOnce) if context.terminal.can_ask() => {
            let text = context.terminal.wait_for_window(draft)?;
            Ok(Some(text).filter(|text| text != before))
        }
        Ok(Edited::LeftAtOnce) => Err(Error::usage(
            "the editor came back at once and the text is as it was",
        )
        .hint(format!(
            "if it opens a window, give it its option to wait, as in EDITOR='code --wait'; \
             the text is in {}",
            draft.path().display()
        ))),
        Err(error) => {
            let hint = if is_blank(draft) {
                let _ = draft.discard();
                "dwell config editor COMMAND names another".to_owned()
            } else {
                format!("what was written is in {}", draft.path().display())
            };
            Err(Error::from(error).hint(hint))
        }
    }
}

/// The failure of a draft's file. Its words, if any, are wherever they were.
#[expect(clippy::needless_pass_by_value, reason = "it takes the place of an error in map_err")]
pub(super) fn no_draft(error: std::io::Error) -> Error {
    Error::journal(format!("the drafts cannot be read or written: {error}"))
}

/// Says that words are saved, and shows the entry where data is wanted as JSON.
pub(super) fn announce(context: &mut Context, written: &Written) -> Result<()> {
    let Written { entry, below, replaced_step } = written;
    let words =
        entry.reflection.as_ref().map_or(0, |written| reflection::word_count(&written.text));
    let words = numbers::words(words);
    let below = if *below { ", the new ones below the others" } else { "" };
    context.terminal.say(&format!("saved {}: {words}{below}", entry.day))?;
    if let Some(old) = replaced_step {
        context.terminal.show_aside(&format!("the next step took the place of: {old}"))?;
    }
    context.show_to_script(View::Entry(entry))
}

/// Shows what an entry's lesson asks, above the place where the answer is typed.
pub(super) fn show_question(context: &mut Context, entry: &Entry) -> Result<()> {
    let text = view::question(entry, context.terminal.page());
    Ok(context.terminal.show(&text)?)
}

/// When a lesson has come round again, shows what was written on it before.
pub(super) fn show_earlier(context: &mut Context, store: &Store, day: Day) -> Result<()> {
    let Some(entry) = store.entry(day)? else { return Ok(()) };
    let Some(lesson) = &entry.lesson else { return Ok(()) };
    let earlier = store.earlier(lesson.id, day)?;
    let text = view::beside(&entry, &earlier, context.terminal.page());
    Ok(context.terminal.show(&text)?)
}
