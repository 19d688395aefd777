//! How a text is written: in the lines of a terminal, or in the person's editor.
//!
//! What is typed is kept in a draft while it is typed, and the editor works on the file of the
//! draft, so a text is never only in memory. The verb decides what is done with it.

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::words::{Input, Words};
use crate::drafts::editor_file::{Below, EditorFile};
use crate::drafts::{Draft, DraftError, Extras, Purpose};
use crate::journal::entry::reflection;
use crate::journal::lesson::slug;
use crate::journal::{Day, DayName, Entry, entry};
use crate::messages::saving;
use crate::terminal::{AskError, TextEnd};
use crate::text::is_blank;
use crate::view;

/// The text in the form in which it is saved. Errors if it has no words.
pub(super) fn text_to_save(text: &str) -> Result<&str> {
    reflection::kept(text).ok_or_else(|| Error::usage(saving::no_words()))
}

/// Asks for words on one line; `None` if nothing is typed. What is typed is kept if the person
/// leaves, or if it cannot be saved.
pub(super) fn ask_line(
    context: &mut Context,
    question: &str,
    purpose: Purpose,
    day: Day,
    extras: Extras,
) -> std::result::Result<Option<String>, AskError> {
    let answer = context.terminal.ask_line(question);
    let line = match &answer {
        Ok(line) => Some(line.clone()),
        Err(_) => context.terminal.left_line(),
    };
    let text = line.as_deref().and_then(entry::single_line);
    context.words = text.clone().map(|text| {
        let day = Some(DayName::On(day));
        Words::new(Input::text(text), purpose, day, extras)
    });
    answer.map(|_| text)
}

/// Asks for a text at the terminal, which begins with `text`, and keeps it in the draft while it is
/// typed. `None` if the person ends it without a word. If the editor fails, says so and goes on
/// asking. Errors if the person leaves.
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
        let ended = context.terminal.ask_text(&text, |text, sync| {
            // If the draft cannot be written, the text is still on the screen, and dwell still
            // tries to save it at the end.
            let _ = draft.write(text.as_bytes());
            if sync {
                let _ = draft.sync();
            }
        });
        match ended {
            Ok(TextEnd::Done(text)) => return Ok(Some(text).filter(|text| !is_blank(text))),
            Ok(TextEnd::OpensEditor(typed)) => {
                text = edit_between(context, draft, &typed)?.unwrap_or(typed);
            }
            Err(error) => return Err(left_draft(error, draft)),
        }
    }
}

/// The failure of a person who left while a draft was open. An empty draft is removed.
fn left_draft(error: AskError, draft: &mut Draft) -> Error {
    if !matches!(error, AskError::Cancelled) {
        return error.into();
    }
    if is_blank_draft(draft) {
        let _ = draft.discard();
        return Error::cancelled(saving::stopped_without_words());
    }
    Error::cancelled(saving::stopped_with_draft())
}

fn is_blank_draft(draft: &mut Draft) -> bool {
    draft.read_again().is_ok_and(|text| is_blank(&text))
}

/// Opens the editor in the middle of typing, and says what went wrong. `None` if the text stays as
/// it was.
fn edit_between(context: &mut Context, draft: &mut Draft, typed: &str) -> Result<Option<String>> {
    let (text, wrong) = open_between(context, draft, typed)?;
    match wrong {
        Some(Wrong::Emptied) => context.terminal.say(saving::EDITOR_EMPTIED_BETWEEN)?,
        Some(Wrong::Failed(error)) => context.complain(&error)?,
        None => {}
    }
    Ok(text)
}

/// What went wrong with an editor. The words are still there.
pub(super) enum Wrong {
    /// It left nothing.
    Emptied,
    Failed(Error),
}

/// Opens the editor in the middle of typing. The text is `None` if it stays as it was.
pub(super) fn open_between(
    context: &mut Context,
    draft: &mut Draft,
    typed: &str,
) -> Result<(Option<String>, Option<Wrong>)> {
    // The editor works on the draft, so the text must be in it.
    draft.write(typed.as_bytes()).map_err(|error| not_read(&error))?;
    match open_editor(context, draft, typed) {
        Ok(EditResult::Changed(text)) if is_blank(&text) && !is_blank(typed) => {
            draft.write(typed.as_bytes()).map_err(|error| not_read(&error))?;
            Ok((None, Some(Wrong::Emptied)))
        }
        Ok(EditResult::Changed(text)) => Ok((Some(without_last_break(&text)), None)),
        Ok(EditResult::Unchanged) => Ok((None, None)),
        Ok(EditResult::EndedAtOnce(file)) => {
            Ok((Some(wait_for_window(context, draft, file)?), None))
        }
        // Another editor would begin with a new file in the place of this one.
        Ok(EditResult::NotTaken(error)) => Err(error),
        Err(error) => {
            // The editor may have saved before it failed.
            let text = draft.read_again().map_err(|error| not_read(&error))?;
            let failed = Wrong::Failed(error.hint(saving::WORDS_STILL_HERE));
            Ok((Some(without_last_break(&text)), Some(failed)))
        }
    }
}

/// Errors if no editor may be started, or if none can. Called before a draft is created for it.
pub(super) fn require_editor(context: &Context) -> Result<()> {
    if context.terminal.refuses_input() {
        return Err(Error::usage(saving::editor_forbidden()));
    }
    if !context.terminal.can_ask() && context.config.editor.wanted.is_none() {
        return Err(Error::usage(saving::editor_not_set()));
    }
    Ok(())
}

/// Opens the person's editor on a draft whose text is `before`. `None` if the text stays as it was.
/// Errors if the editor fails, or if it leaves a new text empty.
pub(super) fn edit(
    context: &mut Context,
    draft: &mut Draft,
    before: &str,
) -> Result<Option<String>> {
    match open_editor(context, draft, before) {
        // An emptied revision is for the caller to judge: its words are in the journal.
        Ok(EditResult::Changed(text))
            if draft.label.purpose != Purpose::Revise && is_blank(&text) && !is_blank(before) =>
        {
            draft.write(before.as_bytes())?;
            let error = Error::usage(saving::editor_emptied());
            // The caller knows how a form is taken up again.
            let is_form = draft.label.purpose == Purpose::Lesson;
            Err(if is_form { error } else { error.hint(saving::KEPT_AS_THEY_WERE) })
        }
        Ok(EditResult::Changed(text)) => Ok(Some(text)),
        Ok(EditResult::Unchanged) => Ok(None),
        Ok(EditResult::NotTaken(error)) => Err(error),
        Ok(EditResult::EndedAtOnce(file)) if context.terminal.can_ask() => {
            let text = wait_for_window(context, draft, file)?;
            Ok(Some(text).filter(|text| text != before))
        }
        Ok(EditResult::EndedAtOnce(file)) => {
            let path = file.path();
            if path.exists() {
                // The folder stays: the editor may still be open in a window.
                return Err(Error::usage(saving::editor_left_at_once(&path)));
            }
            file.remove(draft);
            Err(Error::usage(saving::editor_left_at_once(draft.path())))
        }
        Err(error) => {
            let is_saved = draft.label.purpose == Purpose::Revise && holds(draft, before);
            let hint = if is_saved || is_blank_draft(draft) {
                let _ = draft.discard();
                saving::NAME_ANOTHER_EDITOR.to_owned()
            } else {
                saving::written_in(draft.path())
            };
            Err(error.hint(hint))
        }
    }
}

/// Whether the draft holds this text and no other.
fn holds(draft: &mut Draft, text: &str) -> bool {
    let held = draft.read_again();
    held.is_ok_and(|held| without_last_break(&held) == without_last_break(text))
}

/// The result of an editor that was started.
enum EditResult {
    /// The new text of the draft.
    Changed(String),
    Unchanged,
    /// The editor ended at once without a change: the file may be open in a window.
    EndedAtOnce(EditorFile),
    /// What the editor left could not be taken into the draft. The file of the editor has it, and
    /// stays with the draft: the next dwell that opens the draft takes it in.
    NotTaken(Error),
}

/// Opens the editor on the draft, whose text is `before`, and reads the text that it leaves. The
/// error has no hint yet.
fn open_editor(context: &mut Context, draft: &mut Draft, before: &str) -> Result<EditResult> {
    let failed = |error: DraftError| Error::usage(saving::draft_not_edited(&error));
    draft.write(before.as_bytes()).and_then(|()| draft.sync()).map_err(failed)?;
    let entry = entry_to_read(context, draft.label.day);
    let name = file_name(draft.label.day, entry.as_ref());
    let below = entry.filter(|entry| entry.lesson.is_some()).map(|entry| Below {
        line: saving::LEFT_OUT.to_owned(),
        text: view::below_the_words(&entry, context.config.takeaway).plain(),
    });
    let file = EditorFile::create(draft, &name, before, below).map_err(failed)?;
    let ended = context.config.editor.open(&file.path(), context.key.is_some());
    // The editor may have saved before it failed.
    if let Err(error) = file.copy_into(draft) {
        return Ok(EditResult::NotTaken(failed(error).hint(saving::written_in(&file.path()))));
    }
    let text = draft.read_again().map_err(failed);
    let is_changed = |text: &str| without_last_break(text) != without_last_break(before);
    if let (Ok(true), Ok(text)) = (&ended, &text)
        && !is_changed(text)
    {
        return Ok(EditResult::EndedAtOnce(file));
    }
    leave_out_below(context, &file)?;
    file.remove(draft);
    ended?;
    // Most editors end a file with a line break; that alone is not a change.
    let text = text?;
    Ok(if is_changed(&text) { EditResult::Changed(text) } else { EditResult::Unchanged })
}

/// The name of the file, which the editor shows: the day and the lesson's title.
fn file_name(day: Option<Day>, entry: Option<&Entry>) -> String {
    let day = day.map_or_else(|| "words".to_owned(), |day| day.to_string());
    let lesson = entry.and_then(|entry| entry.lesson.as_ref());
    match lesson.map(|lesson| slug::plain_words(&lesson.text.title)) {
        Some(title) if !title.is_empty() => format!("{day}-{title}.md"),
        _ => format!("{day}.md"),
    }
}

/// The day's entry, whose lesson stands below the words in the editor. `None` if nobody is there to
/// read it: a script that edits the file then finds the words and nothing else.
fn entry_to_read(context: &mut Context, day: Option<Day>) -> Option<Entry> {
    let store = context.terminal.can_ask().then(|| context.existing_store().ok())??;
    store.entry(day?).ok()?
}

/// Shows what somebody wrote below the cut, because it is not saved.
fn leave_out_below(context: &mut Context, file: &EditorFile) -> Result<()> {
    let added = file.added_below();
    if !added.is_empty() {
        context.terminal.show_aside(&saving::left_out(&added))?;
    }
    Ok(())
}

/// For an editor that ended at once: waits until the person says that they are done. Returns the
/// text.
fn wait_for_window(context: &mut Context, draft: &mut Draft, file: EditorFile) -> Result<String> {
    context.terminal.say(saving::EDITOR_LEFT_AT_ONCE)?;
    // What is typed before Enter does not matter.
    context.terminal.ask_line(saving::ASK_IF_EDITOR_IS_DONE)?;
    file.copy_into(draft).map_err(|error| not_read(&error))?;
    leave_out_below(context, &file)?;
    file.remove(draft);
    Ok(without_last_break(&draft.read_again().map_err(|error| not_read(&error))?))
}

fn without_last_break(text: &str) -> String {
    text.trim_end_matches(['\n', '\r']).to_owned()
}

/// The failure of a draft that somebody writes in.
fn not_read(error: &DraftError) -> Error {
    Error::journal(saving::draft_not_read(error))
}
