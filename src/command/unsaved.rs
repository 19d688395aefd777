//! Words that could not be saved: they are kept in a draft, or else shown, and the person is told
//! why and where they are.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use crate::clock;
use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::words::{Fault, Input, WantedDay, Words};
use crate::compose::{self, Compose, Place, SaveReport, UnsavedText};
use crate::drafts::{DraftError, Drafts, Extras, Label, Purpose};
use crate::journal::entry::reflection::LARGEST;
use crate::journal::{Moment, Now};
use crate::messages::{program, saving};
use crate::store::Store;
use crate::terminal::Terminal;
use crate::text::is_blank;

/// How much of an input that is too large for the journal is kept all the same, in bytes.
const MOST_KEPT: u64 = 16 * LARGEST;

/// Saves a text. Errors with the failure, and says where the text is now.
pub(super) fn save(
    context: &mut Context,
    store: &mut Store,
    compose: Compose,
    text: &str,
) -> Result<SaveReport> {
    let now = context.now_to_save()?;
    let saved = compose.save(store, now, text);
    // The text is in the journal now, or at the place in the error.
    context.words = None;
    saved.or_else(|unsaved| tell(context, *unsaved))
}

/// Errors with the failure of a save, with a hint on where the text is. A text that is nowhere else
/// is shown.
fn tell<T>(context: &mut Context, unsaved: UnsavedText) -> Result<T> {
    let UnsavedText { why, place } = unsaved;
    match place {
        Place::Draft(_) => Err(kept_as_draft(why.into())),
        Place::Nowhere { text, extras, .. } => {
            Err(show(&mut context.terminal, &text, &extras, why.into()))
        }
    }
}

/// Runs a verb. A panic, which a fault of dwell or of its libraries causes, becomes a failure, so
/// that words are kept after it too.
pub(crate) fn unless_it_panics<T>(
    context: &mut Context,
    run: impl FnOnce(&mut Context) -> Result<T>,
) -> Result<T> {
    let done = catch_unwind(AssertUnwindSafe(|| run(context)));
    done.unwrap_or_else(|_| Err(Error::journal(program::panicked())))
}

/// Ends a run: after a failure, words that are in memory only are kept. Returns the failure with a
/// hint on where they are.
pub(crate) fn keep_after<T>(context: &mut Context, done: Result<T>) -> Result<T> {
    let words = context.words.take();
    match (done, words) {
        (Err(error), Some(words)) => {
            let (now, drafts) = (context.now().ok(), context.drafts(None));
            Err(keep(words, now, Some(&drafts), &mut context.terminal, error))
        }
        (done, _) => done,
    }
}

/// Keeps words in a new draft, or shows them. Returns the failure because of which they could not
/// be saved, with a hint on where they are. `now` is `None` if the clock cannot be read, and
/// `drafts` if it is not known where drafts are.
pub(crate) fn keep(
    words: Words,
    now: Option<Now>,
    drafts: Option<&Drafts>,
    terminal: &mut Terminal,
    error: Error,
) -> Error {
    let Some(words) = worth_keeping(words) else { return error };
    let Words { input, purpose, day, extras } = words;
    let (is_text, is_day_unreadable) = (input.fault.is_none(), day == WantedDay::Unreadable);
    let day = match day {
        WantedDay::Unreadable => None,
        // An answer is for the newest open step if no day is named.
        WantedDay::Today if matches!(purpose, Purpose::Answer(_) | Purpose::Lesson) => None,
        day => compose::day_to_keep(day.name(), now.map(|now| now.day)),
    };
    let label = Label { day, purpose, extras };
    let at = now.map_or_else(clock::system_time, |now| now.at);
    match drafts.map(|drafts| keep_input(&input, drafts, &label, at)) {
        Some(Ok(_)) if is_text && is_day_unreadable => {
            and_hint(error, saving::KEPT_FOR_ANOTHER_DAY)
        }
        Some(Ok(_)) if is_text && purpose == Purpose::Lesson => {
            and_hint(error, saving::LESSON_KEPT_AS_DRAFT)
        }
        Some(Ok(kept)) => and_hint(error, &kept.hint(&input)),
        _ => {
            let length = input.bytes.len();
            let error =
                show(terminal, &String::from_utf8_lossy(&input.bytes), &label.extras, error);
            match input.fault {
                Some(Fault::TooLarge) => and_hint(error, &saving::rest_not_read(length)),
                _ => error,
            }
        }
    }
}

/// The words, if there are any. A next step without a text is kept as a step.
fn worth_keeping(words: Words) -> Option<Words> {
    if !std::str::from_utf8(&words.input.bytes).is_ok_and(is_blank) {
        return Some(words);
    }
    let Extras { step, when, .. } = words.extras;
    let extras = Extras { when, ..Extras::default() };
    Some(Words { input: Input::text(step?), purpose: Purpose::Step, day: words.day, extras })
}

/// An input that is in a draft now.
struct KeptInput {
    path: PathBuf,
    /// How many bytes of it are there.
    length: u64,
    /// There was more of it than is kept.
    is_cut: bool,
}

fn keep_input(
    input: &Input,
    drafts: &Drafts,
    label: &Label,
    at: Moment,
) -> std::result::Result<KeptInput, DraftError> {
    let mut draft = drafts.keep(label, at, &input.bytes)?;
    let mut is_cut = false;
    if let Some(Fault::TooLarge) = input.fault {
        let room = MOST_KEPT - input.bytes.len() as u64;
        let rest = draft.write_rest(std::io::stdin().lock(), room);
        // After a failure the file has what was read before it.
        is_cut = rest.is_err() || rest.is_ok_and(|length| length == room);
        draft.sync()?;
    }
    Ok(KeptInput { path: draft.path().to_owned(), length: draft.length()?, is_cut })
}

impl KeptInput {
    fn hint(&self, input: &Input) -> String {
        match input.fault {
            None => saving::KEPT_AS_DRAFT.to_owned(),
            Some(Fault::NotUtf8(_)) => saving::bytes_kept(self.length, &self.path),
            Some(Fault::NotRead(_)) => saving::beginning_kept(self.length),
            Some(Fault::TooLarge) => saving::too_much_kept(self.length, self.is_cut, &self.path),
        }
    }
}

/// Shows a text for which no draft could be created, with what was to be saved together with it.
/// Returns the failure with a hint on that.
fn show(terminal: &mut Terminal, text: &str, extras: &Extras, why: Error) -> Error {
    let beside = saving::beside(extras);
    let shown = [text, &beside].map(str::trim_end).join("\n");
    match terminal.show_aside(shown.trim_end()) {
        Ok(()) => and_hint(why, saving::SHOWN_ABOVE),
        Err(error) => error.into(),
    }
}

/// The failure with a hint that the words are in the draft in which they were typed.
pub(super) fn kept_as_draft(error: Error) -> Error {
    and_hint(error, saving::KEPT_AS_DRAFT)
}

/// The same for a lesson.
pub(super) fn lesson_kept_as_draft(error: Error) -> Error {
    and_hint(error, saving::LESSON_KEPT_AS_DRAFT)
}

fn and_hint(error: Error, then: &str) -> Error {
    let hint = saving::and_then(error.message.hint.as_deref(), then);
    error.hint(hint)
}
