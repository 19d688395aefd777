//! What a verb tells of a text that the journal or a draft did not take: why, and where it is now.

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::compose::{self, Place, UnsavedText};
use crate::drafts::Purpose;
use crate::journal::DayName;
use crate::messages::saving;

/// The failure of a save, with the place of the text. A text that is nowhere else is shown.
pub(super) fn tell<T>(context: &mut Context, unsaved: UnsavedText) -> Result<T> {
    let UnsavedText { why, place } = unsaved;
    tell_place(context, why.into(), &place)
}

/// Keeps a text for which no journal could be opened as a draft for the day that was named, and
/// gives the failure with the place of the text.
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
    tell_place(context, why, &place)
}

/// Shows a text for which no draft could be begun, and gives the failure.
pub(super) fn show<T>(context: &mut Context, text: &str, why: impl Into<Error>) -> Result<T> {
    let why = why.into();
    if text.is_empty() {
        return Err(why);
    }
    // The last place left is wherever standard error goes.
    context.terminal.show_aside(text)?;
    Err(and_hint(why, saving::SHOWN_ABOVE))
}

fn tell_place<T>(context: &mut Context, why: Error, place: &Place) -> Result<T> {
    match place {
        Place::Draft(_) => Err(and_hint(why, saving::KEPT_AS_DRAFT)),
        Place::Nowhere { text, .. } => show(context, text, why),
    }
}

fn and_hint(error: Error, then: &str) -> Error {
    let hint = saving::and_then(error.message.hint.as_deref(), then);
    error.hint(hint)
}
