//! Saving words: from a terminal, an editor or a pipe into the journal, and into a draft where the
//! journal does not take them.

use std::io::Read;

use super::Context;
use crate::error::{Error, Result};
use crate::journal::{Day, Entry, reflection};
use crate::store::Store;
use crate::terminal::ask::Asked;
use crate::terminal::draft::{LARGEST, Purpose};
use crate::terminal::editor::Edited;
use crate::terminal::{AskError, Draft, Terminal};
use crate::{format, view};

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

/// Sees to it that words which the journal did not take are kept as a draft, and says so.
pub(super) fn or_keep<T>(
    context: &mut Context,
    (day, purpose): (Day, Purpose),
    text: &str,
    saved: Result<T>,
) -> Result<T> {
    let Err(error) = saved else { return saved };
    let at = context.now()?.at;
    let kept = context.drafts().keep(day, purpose, at, text.as_bytes());
    let then = if kept.is_ok() {
        "your words are kept as a draft: dwell write --resume"
    } else {
        // The last place left is wherever standard error goes.
        context.terminal.show_aside(text)?;
        "your words could not be kept; they are shown above"
    };
    let hint = error.hint.iter().map(String::as_str).chain([then]).collect::<Vec<_>>().join("; ");
    Err(error.hint(hint))
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
        Ok(Asked::Words(text)) => Ok(Some(text)),
        Ok(Asked::Nothing) => Ok(None),
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

/// Opens the person's editor on a draft whose text is `before`. `None` if nothing came of it.
pub(super) fn edit(
    context: &mut Context,
    draft: &mut Draft,
    before: &str,
) -> Result<Option<String>> {
    let edited = context.config.editor.open(draft, before);
    match edited {
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

/// Removes a draft whose words are saved, after reading them back from the journal.
pub(super) fn discard_saved(store: &Store, draft: &Draft, text: &str, day: Day) -> Result<()> {
    let saved = store.entry(day)?.and_then(|entry| entry.reflection);
    let is_there = saved.is_some_and(|reflection| reflection.text.contains(text));
    if is_there {
        // A draft that stays behind does no harm: it is offered again.
        let _ = draft.discard();
    }
    Ok(())
}

/// Says that a reflection is saved, and shows it where data is wanted as JSON.
pub(super) fn say_saved(terminal: &mut Terminal, entry: &Entry, below: bool) -> Result<()> {
    let words = entry.reflection.as_ref().map_or(0, |written| reflection::words(&written.text));
    let words = if words == 1 { "1 word".to_owned() } else { format!("{words} words") };
    let below = if below { ", the new ones below the others" } else { "" };
    terminal.say(&format!("saved {}: {words}{below}", entry.day))?;
    Ok(())
}

/// Puts another text in the place of a day's words, for a draft of an edit that was cut short.
pub(super) fn revise(context: &mut Context, store: &mut Store, day: Day, text: &str) -> Result<()> {
    let parents = store.revisable(day)?.map(|(_, parents)| parents).unwrap_or_default();
    let now = context.now()?;
    let entry = store.revise(now, day, parents, text)?;
    say_saved(&mut context.terminal, &entry, false)
}

/// Shows what an entry's lesson asks, above the place where the answer is typed.
pub(super) fn show_question(context: &mut Context, entry: &Entry) -> Result<()> {
    let text = view::question(entry, context.terminal.page());
    Ok(context.terminal.data(&text)?)
}

/// Shows an entry as the person wants to see it.
pub(super) fn show(context: &mut Context, entry: &Entry) -> Result<()> {
    let text = if context.json {
        format::json::entry(entry)
    } else {
        view::entry(entry, context.terminal.page())
    };
    Ok(context.terminal.data(&text)?)
}
