//! How an entry is shown, and what is said after a save. Each function here errors if the output
//! cannot be written, or if the journal cannot be read.

use crate::command::Context;
use crate::command::error::Result;
use crate::compose::SaveReport;
use crate::drafts::Purpose;
use crate::journal::entry::reflection;
use crate::journal::{Day, Entry};
use crate::messages::{entries, saving, steps};
use crate::store::Store;
use crate::text::{Role, Sheet};
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
    let until = context.end_of_night(entry.day)?;
    let takeaway = context.config.takeaway;
    context.show(View::Today { steps: &steps, entry, earlier, until, takeaway })
}

/// Shows that a new journal was begun, as a part of the data: where messages are left out.
pub(super) fn show_begun(context: &mut Context, store: &Store) -> Result<()> {
    let Some(begun) = context.begun_note(store) else { return Ok(()) };
    let mut sheet = Sheet::new(context.terminal.page());
    sheet.blank();
    sheet.line(Role::Quiet, &begun);
    Ok(context.terminal.show(&sheet.into_text())?)
}

/// After the first words of a day, shows the takeaway of its lesson to a person who wants it then.
pub(super) fn show_takeaway(context: &mut Context, entry: &Entry) -> Result<()> {
    if !context.can_converse() || !context.config.takeaway.follows(entry) {
        return Ok(());
    }
    let text = view::takeaway(entry, context.terminal.page());
    Ok(context.terminal.show(&text)?)
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
pub(super) fn announce(context: &mut Context, purpose: Purpose, saved: &SaveReport) -> Result<()> {
    show_replaced(context, saved)?;
    let entry = &saved.entry;
    match purpose {
        Purpose::Add | Purpose::Revise | Purpose::Lesson => {
            let words = entry.reflection.as_ref().map(|written| written.text.as_str());
            let words = words.map_or(0, reflection::word_count);
            context.terminal.say(&saving::saved(entry.day, words, saved.below))?;
            show_replaced_step(context, saved.replaced_step.as_deref())?;
            context.show_to_script(View::Entry(entry))
        }
        Purpose::Afterthought => {
            context.terminal.say(&entries::afterthought_saved(entry.day))?;
            context.show_to_script(View::Entry(entry))
        }
        Purpose::Step => {
            context.terminal.say(&steps::saved(entry.day))?;
            show_replaced_step(context, saved.replaced_step.as_deref())?;
            context.show_to_script(View::Steps(std::slice::from_ref(entry)))
        }
        Purpose::Answer(_) => announce_answer(context, entry),
    }
}

/// Says that a step was answered, and shows it as JSON if `--json` is given.
pub(super) fn announce_answer(context: &mut Context, entry: &Entry) -> Result<()> {
    if let Some(step) = &entry.step {
        context.terminal.say(&steps::answered(step))?;
    }
    context.show_to_script(View::Steps(std::slice::from_ref(entry)))
}

/// Shows the text that a draft replaced, if it is not the one that the draft began with; or says
/// that the draft had nothing new, or that another process wrote meanwhile.
pub(super) fn show_replaced(context: &mut Context, saved: &SaveReport) -> Result<()> {
    if saved.is_unchanged {
        context.terminal.say(saving::NOTHING_NEW_IN_DRAFT)?;
    }
    if let Some(before) = &saved.replaced_text {
        context.terminal.show_aside(&saving::replaced_text(before))?;
    }
    if saved.met_newer {
        context.terminal.say(&saving::met_newer(saved.entry.day))?;
    }
    Ok(())
}

/// Shows the step that a new one replaced, if there was one: the person may not have seen it.
pub(super) fn show_replaced_step(context: &mut Context, replaced: Option<&str>) -> Result<()> {
    match replaced {
        Some(old) => Ok(context.terminal.show_aside(&steps::replaced(old))?),
        None => Ok(()),
    }
}
