//! What a person is shown after a save: a line from the past, and what can be done next.

use crate::command::Context;
use crate::command::error::Result;
use crate::journal::Day;
use crate::journal::look_back::review::Distances;
use crate::messages::ritual;
use crate::store::Store;
use crate::view;

/// In the first days a person is told what can be done next.
const FIRST_DAYS: i64 = 7;

/// Says all of it, after words of `day` were saved. Errors if the journal cannot be read, or if
/// the output cannot be written.
pub(super) fn show(context: &mut Context, store: &Store, day: Day) -> Result<()> {
    let today = store.today(context.now()?)?;
    show_past(context, store, day, today)?;
    let last_week = today.minus_days(7).zip(today.minus_days(1));
    if day == today
        && today.weekday() == context.config.week_start
        && let Some((first, last)) = last_week
        && !store.shown_between(first, last)?.is_empty()
    {
        context.terminal.say(ritual::LAST_WEEK)?;
    }
    show_what_next(context, store, today)
}

/// One line from a week, a month or a year before the day.
fn show_past(context: &mut Context, store: &Store, day: Day, today: Day) -> Result<()> {
    let Some(first) = store.first_written()? else { return Ok(()) };
    for look in Distances::after_saving().looks(day, first) {
        if store.shown_between(look.day, look.day)?.is_empty() {
            continue;
        }
        if let Some(entry) = store.entry(look.day)? {
            let line =
                view::from_the_past(&entry, look.distance, day == today, context.terminal.page());
            return Ok(context.terminal.say(&line)?);
        }
    }
    Ok(())
}

/// In the first days: what can be done next.
pub(super) fn show_what_next(context: &mut Context, store: &Store, today: Day) -> Result<()> {
    let is_new = (store.first_written()?).is_some_and(|first| today.days_since(first) < FIRST_DAYS);
    if is_new {
        let page = context.terminal.page();
        let dot = match (page.in_words, page.utf8) {
            (true, _) => ", ",
            (false, true) => " \u{b7} ",
            (false, false) => " | ",
        };
        context.terminal.say(&ritual::what_next(dot))?;
    }
    Ok(())
}
