//! How an entry is shown, and what is said after a save. Each function here errors if the output
//! cannot be written, or if the journal cannot be read.

use crate::command::Context;
use crate::command::error::Result;
use crate::compose::SaveReport;
use crate::journal::entry::reflection;
use crate::journal::time::day;
use crate::journal::{Day, Entry};
use crate::messages;
use crate::messages::saving;
use crate::store::Store;
use crate::view;
use crate::view::View;

/// Shows the question of an entry's lesson, above the place where the answer is typed.
pub(super) fn show_question(context: &mut Context, entry: &Entry) -> Result<()> {
    let text = view::question(entry, context.terminal.page());
    Ok(context.terminal.show(&text)?)
}

/// Shows today's entry below the open steps of earlier days, and if they are given, the earlier
/// entries on its lesson.
pub(super) fn show_today(
    context: &mut Context,
    store: &Store,
    entry: &Entry,
    earlier: Option<&[Entry]>,
) -> Result<()> {
    let steps = if context.shows_json() {
        Vec::new()
    } else {
        store.steps_to_ask(entry.day, context.config.step_fades)?
    };
    context.show(View::Today { steps: &steps, entry, earlier })
}

/// If the day's lesson was served before, shows what was written on it then beside what is new.
pub(super) fn show_earlier(context: &mut Context, store: &Store, day: Day) -> Result<()> {
    let Some(entry) = store.entry(day)? else { return Ok(()) };
    let Some(lesson) = &entry.lesson else { return Ok(()) };
    let mut earlier = store.earlier(lesson.id, day)?;
    earlier.retain(|entry| !entry.quiet);
    let text = view::beside(&entry, &earlier, context.terminal.page());
    Ok(context.terminal.show(&text)?)
}

/// Says that a text is saved, and shows the entry as JSON if `--json` is given.
pub(super) fn announce(context: &mut Context, saved: &SaveReport) -> Result<()> {
    show_replaced(context, saved)?;
    let entry = &saved.entry;
    let words =
        entry.reflection.as_ref().map_or(0, |written| reflection::word_count(&written.text));
    context.terminal.say(&saving::saved(entry.day, words, saved.below))?;
    if let Some(old) = &saved.replaced_step {
        context.terminal.show_aside(&saving::replaced_step(old))?;
    }
    context.show_to_script(View::Entry(entry))
}

/// Shows the text that a draft replaced, if it is not the one that the draft began with; or says
/// that the draft had nothing new.
pub(super) fn show_replaced(context: &mut Context, saved: &SaveReport) -> Result<()> {
    if saved.is_unchanged {
        context.terminal.say(saving::NOTHING_NEW_IN_DRAFT)?;
    }
    if let Some(before) = &saved.replaced_text {
        context.terminal.show_aside(&saving::replaced_text(before))?;
    }
    Ok(())
}

/// Warns if today's lesson was served so far in the future that a clock was or is wrong.
pub(super) fn warn_of_clock(context: &mut Context, today: &Entry) -> Result<()> {
    let now = context.now()?;
    if today.served_at.is_some_and(|at| day::is_clock_in_doubt(now.at, at)) {
        context.terminal.say(&messages::clock::doubt(now.day, today.day))?;
    }
    Ok(())
}
