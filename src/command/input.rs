//! How a text comes in: from a pipe, from the lines of a terminal, or from the person's editor.
//!
//! What is typed is in a draft while it is typed, and the editor works on the draft's own file, so
//! a text is never in one place alone. What becomes of it is for the verb.

use std::io::Read;

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::drafts::{Draft, DraftError, LARGEST, Purpose};
use crate::journal::entry::reflection;
use crate::messages::saving;
use crate::terminal::{AskError, TextEnd};

/// The text on standard input. What is not UTF-8 is kept as it came, and refused.
pub(super) fn piped_text(context: &mut Context) -> Result<String> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Error::usage(saving::input_not_read(&error)))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Error::usage(saving::input_too_large(LARGEST >> 20)));
    }
    String::from_utf8(bytes).or_else(|error| {
        let now = context.now()?;
        let at = error.utf8_error().valid_up_to() + 1;
        let kept = context.drafts().keep(now.day, Purpose::Add, now.at, error.as_bytes());
        Err(Error::usage(saving::input_not_text(at, kept.ok().as_deref())))
    })
}

/// The text as it is saved, or an error that says there are no words in it.
pub(super) fn text_to_save(text: &str) -> Result<&str> {
    reflection::kept(text).ok_or_else(|| Error::usage(saving::no_words()))
}

/// Asks for a text at the terminal, with `text` in it to begin with, and keeps it in the draft
/// meanwhile. `None` if the person ends without a word. An editor that fails is named and asking
/// goes on.
pub(super) fn ask_text(
    context: &mut Context,
    draft: &mut Draft,
    text: &str,
) -> Result<Option<String>> {
    let mut text = text.to_owned();
    context.terminal.data("\n")?;
    loop {
        context.terminal.say(saving::HOW_TO_END)?;
        context.terminal.say(saving::OTHER_KEYS)?;
        let mut copy = draft.try_clone().ok();
        let ended = context.terminal.ask_text(&text, move |text| {
            // If the draft cannot be written now, the text is still on the screen, and saving it at
            // the end is tried all the same.
            let _ = copy.as_mut().map(|draft| draft.write(text.as_bytes()));
        });
        match ended {
            Ok(TextEnd::Done(text)) => return Ok(Some(text).filter(|text| !text.trim().is_empty())),
            Ok(TextEnd::OpensEditor(typed)) => {
                text = edit_between(context, draft, &typed)?.unwrap_or(typed);
            }
            Err(error) => {
                let _ = draft.sync();
                return Err(left(error, draft));
            }
        }
    }
}

/// What to say to somebody who left while a draft was open; an empty draft is nothing to keep.
fn left(error: AskError, draft: &mut Draft) -> Error {
    if !matches!(error, AskError::Cancelled) {
        return error.into();
    }
    if is_blank(draft) {
        let _ = draft.discard();
        return Error::cancelled(saving::stopped_without_words());
    }
    Error::cancelled(saving::stopped_with_draft())
}

fn is_blank(draft: &mut Draft) -> bool {
    draft.read_again().is_ok_and(|text| text.trim().is_empty())
}

/// Opens the editor in the middle of typing. `None` if nothing came of it.
fn edit_between(context: &mut Context, draft: &mut Draft, typed: &str) -> Result<Option<String>> {
    // The editor works on the draft, so the text must be in it.
    draft.write(typed.as_bytes()).map_err(|error| not_read(&error))?;
    match open_editor(context, draft, typed) {
        Ok(Edited::Changed(text)) if text.trim().is_empty() && !typed.trim().is_empty() => {
            draft.write(typed.as_bytes()).map_err(|error| not_read(&error))?;
            context.terminal.say(saving::EDITOR_EMPTIED_BETWEEN)?;
            Ok(None)
        }
        Ok(Edited::Changed(text)) => Ok(Some(without_last_break(&text))),
        Ok(Edited::Unchanged) => Ok(None),
        Ok(Edited::LeftAtOnce) => wait_for_window(context, draft).map(Some),
        Err(error) => {
            // It may have saved before it failed.
            let text = draft.read_again().map_err(|error| not_read(&error))?;
            context.complain(&error.hint(saving::WORDS_STILL_HERE))?;
            Ok(Some(without_last_break(&text)))
        }
    }
}

/// Errors if an editor may not or cannot be started. Asked before there is a draft for it.
pub(super) fn require_editor(context: &Context) -> Result<()> {
    if context.terminal.refuses_input() {
        return Err(Error::usage(saving::editor_forbidden()));
    }
    if !context.terminal.can_ask() && context.config.editor.wanted.is_none() {
        return Err(Error::usage(saving::editor_not_set()));
    }
    Ok(())
}

/// Opens the person's editor on a draft whose text is `before`. `None` if nothing came of it.
pub(super) fn edit(
    context: &mut Context,
    draft: &mut Draft,
    before: &str,
) -> Result<Option<String>> {
    match open_editor(context, draft, before) {
        // An edit that leaves nothing is for the caller to judge: its words are in the journal.
        Ok(Edited::Changed(text))
            if draft.purpose == Purpose::Add
                && text.trim().is_empty()
                && !before.trim().is_empty() =>
        {
            draft.write(before.as_bytes())?;
            Err(Error::usage(saving::editor_emptied()))
        }
        Ok(Edited::Changed(text)) => Ok(Some(text)),
        Ok(Edited::Unchanged) => Ok(None),
        Ok(Edited::LeftAtOnce) if context.terminal.can_ask() => {
            let text = wait_for_window(context, draft)?;
            Ok(Some(text).filter(|text| text != before))
        }
        Ok(Edited::LeftAtOnce) => Err(Error::usage(saving::editor_left_at_once(draft.path()))),
        Err(error) => {
            let hint = if is_blank(draft) {
                let _ = draft.discard();
                saving::NAME_ANOTHER_EDITOR.to_owned()
            } else {
                saving::written_in(draft.path())
            };
            Err(error.hint(hint))
        }
    }
}

/// What came of an editor that ended well.
enum Edited {
    /// The draft has another text now.
    Changed(String),
    Unchanged,
    /// The editor was gone at once and the text is as it was: it may be open in a window.
    LeftAtOnce,
}

/// Opens the editor on the draft, whose text is `before`, and reads what it left there. The error
/// has no hint yet.
fn open_editor(context: &Context, draft: &mut Draft, before: &str) -> Result<Edited> {
    let failed = |error: DraftError| Error::usage(saving::draft_not_edited(&error));
    if !before.is_empty() && !before.ends_with('\n') {
        // As text files end, so that what is appended begins a line of its own.
        draft.write(format!("{before}\n").as_bytes()).map_err(failed)?;
    }
    draft.sync().map_err(failed)?;
    let was_at_once = context.config.editor.open(draft.path())?;
    let text = draft.read_again().map_err(failed)?;
    // Most editors end a file with a line break; that alone is no change.
    if without_last_break(&text) != without_last_break(before) {
        Ok(Edited::Changed(text))
    } else if was_at_once {
        Ok(Edited::LeftAtOnce)
    } else {
        Ok(Edited::Unchanged)
    }
}

/// For an editor that was gone at once: waits until the person says that they are done.
fn wait_for_window(context: &mut Context, draft: &mut Draft) -> Result<String> {
    context.terminal.say(saving::EDITOR_LEFT_AT_ONCE)?;
    // Whatever is typed is no answer but Enter.
    context.terminal.ask_line(saving::ASK_IF_EDITOR_IS_DONE)?;
    Ok(without_last_break(&draft.read_again().map_err(|error| not_read(&error))?))
}

fn without_last_break(text: &str) -> String {
    text.trim_end_matches(['\n', '\r']).to_owned()
}

/// The failure of a draft that somebody writes in.
fn not_read(error: &DraftError) -> Error {
    Error::journal(saving::draft_not_read(error))
}
