//! What a person is told about a text that could not be saved: why, and where the text is now.

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::compose::{self, Place, UnsavedText};
use crate::drafts::Purpose;
use crate::journal::DayName;
use crate::messages::saving;

/// Errors with the failure of a save, with a hint on where the text is. A text that is nowhere else
/// is shown.
pub(super) fn tell<T>(context: &mut Context, unsaved: UnsavedText) -> Result<T> {
    let UnsavedText { why, place } = unsaved;
    report(context, why.into(), &place)
}

/// Keeps a text as a draft, because no journal could be opened for it. Errors with that failure,
/// with a hint on where the text is.
pub(super) fn keep<T>(
    context: &mut Context,
    name: Option<DayName>,
    purpose: Purpose,
    text: &str,
    why: Error,
) -> Result<T> {
    let now = context.now()?;
    let day = compose::day_to_keep(name, now.day);
    let place = compose::keep(&context.drafts(), day, purpose, now.at, text);
    report(context, why, &place)
}

/// Shows a text for which no draft could be created, and errors with that failure.
pub(super) fn show<T>(context: &mut Context, text: &str, why: impl Into<Error>) -> Result<T> {
    let why = why.into();
    if text.is_empty() {
        return Err(why);
    }
    context.terminal.show_aside(text)?;
    Err(and_hint(why, saving::SHOWN_ABOVE))
}

fn report<T>(context: &mut Context, why: Error, place: &Place) -> Result<T> {
    match place {
        Place::Draft(_) => Err(and_hint(why, saving::KEPT_AS_DRAFT)),
        Place::Nowhere { text, .. } => show(context, text, why),
    }
}

fn and_hint(error: Error, then: &str) -> Error {
    let hint = saving::and_then(error.message.hint.as_deref(), then);
    error.hint(hint)
}
