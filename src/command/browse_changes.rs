//! What the keys of the browser change: love, undo and redo, by the same rules as the commands.

use crate::command::browse_reading::lesson;
use crate::command::error::{Error, Result};
use crate::command::{Context, changes, undo};
use crate::messages::{browser as said, ritual};
use crate::page::browser::{Action, Browser, Target};
use crate::store::{Change, Store};

/// Loves the lesson that is chosen, or no longer.
pub(super) fn love(
    context: &mut Context,
    store: &mut Store,
    browser: &mut Browser,
    target: &Target,
) -> Result<()> {
    let found = match target {
        Target::Day(day) => store.entry(*day)?.and_then(|entry| entry.lesson),
        Target::Lesson(id) => lesson(*id, store)?.map(|shelved| shelved.lesson),
        Target::Series(_) => None,
    };
    let lesson = found.ok_or_else(|| Error::nothing(said::no_lesson()))?;
    let now = context.now_to_save()?;
    store.love(now, lesson.id, !lesson.loved)?;
    browser.say(ritual::loved(!lesson.loved, &lesson.text.title));
    Ok(())
}

/// Undoes the last change. Asks first if it was made on an earlier day, or if it is the lesson of a
/// wrong clock.
pub(super) fn undo(
    context: &mut Context,
    store: &mut Store,
    browser: &mut Browser,
    asked_about: &mut Option<Change>,
    (is_confirmed, skips_wrong_day): (bool, bool),
) -> Result<()> {
    let now = context.now_to_save()?;
    let known = asked_about.take().filter(|_| is_confirmed);
    let change = if let Some(change) = known {
        change
    } else {
        let (change, is_wrong_day) = undo::next_change(store, now, skips_wrong_day)?;
        if let Some((_, question)) = undo::question(context, &change)? {
            let yes = Action::Undo { is_confirmed: true, skips_wrong_day: !is_wrong_day };
            let what = changes::names(context, store, &change)?.join(", ");
            browser.ask(said::about(&what, &question), yes);
            *asked_about = Some(change);
            return Ok(());
        }
        change
    };
    let what = changes::names(context, store, &change)?;
    store.undo(now, &change)?;
    browser.say(said::undone(&what));
    Ok(())
}

/// Redoes what the last undo undid.
pub(super) fn redo(context: &mut Context, store: &mut Store, browser: &mut Browser) -> Result<()> {
    let now = context.now_to_save()?;
    let change = store
        .last_undone()?
        .ok_or_else(|| Error::nothing(crate::messages::undo::nothing_to_redo()))?;
    let what = changes::names(context, store, &change)?;
    store.redo(now, &change)?;
    browser.say(said::redone(&what));
    Ok(())
}
