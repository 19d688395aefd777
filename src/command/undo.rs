//! `dwell undo`

use crate::command::Context;
use crate::command::changes::{self, Verb};
use crate::command::error::{Error, Result};
use crate::journal::{Day, Event, Now};
use crate::messages::{Message, undo};
use crate::store::{Change, Store};
use crate::view::View;

/// Take back the last change; run it again for the one before
///
/// It shows the words that go, and asks before it takes back what was done on an earlier day.
/// dwell redo puts everything back. A lesson that came while the clock was wrong is taken away
/// with all that was written on its day, and comes again later.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell undo")]
pub struct Args {
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let mut store = context.existing_store()?;
    // Every command that met it said that undo takes it away, so it comes first.
    if let Some(change) = store.day_too_far_ahead(now)?
        && confirm(args, context, &store, &change)?
    {
        return take_back(context, &mut store, now, &change);
    }
    if let Some(day) = store.last_forgotten()?.filter(|_| !args.yes) {
        return Err(Error::nothing(undo::last_was_forgotten(day)));
    }
    let Some(change) = store.last_change(now)? else {
        return Err(Error::nothing(undo::nothing()));
    };
    if !confirm(args, context, &store, &change)? {
        return Ok(context.terminal.say(undo::NOTHING_UNDONE)?);
    }
    take_back(context, &mut store, now, &change)
}

/// The change that undo undoes next, and whether it is the day of a wrong clock. Errors if there is
/// none.
pub(super) fn next_change(
    store: &Store,
    now: Now,
    skips_wrong_day: bool,
) -> Result<(Change, bool)> {
    if !skips_wrong_day && let Some(change) = store.day_too_far_ahead(now)? {
        return Ok((change, true));
    }
    if let Some(day) = store.last_forgotten()? {
        return Err(Error::nothing(undo::last_was_forgotten(day)));
    }
    let change = store.last_change(now)?.ok_or_else(|| Error::nothing(undo::nothing()))?;
    Ok((change, false))
}

/// What is asked before a change is undone, and the failure where nobody can be asked; `None` if it
/// needs no question.
pub(super) fn question(
    context: &mut Context,
    change: &Change,
) -> Result<Option<(Message, String)>> {
    Ok(match (change.day_of_lesson(), earlier_day(context, change)?) {
        (Some(day), _) => Some((undo::lesson_not_confirmed(day), undo::confirm_lesson(day))),
        (None, Some(day)) => Some((undo::not_confirmed(day), undo::confirm(day))),
        (None, None) => None,
    })
}

/// Shows what is to be undone; asks if it was done on an earlier day, or if it is a lesson of
/// another day. False if the person does not want it.
fn confirm(args: &Args, context: &mut Context, store: &Store, change: &Change) -> Result<bool> {
    let question = question(context, change)?.filter(|_| !args.yes);
    if let Some((refusal, _)) = &question
        && !context.terminal.can_ask()
    {
        return Err(Error::usage(refusal.clone()));
    }
    changes::show(context, store, change, Verb::Undo)?;
    match question {
        Some((_, question)) => {
            context.terminal.confirm(&question).map_err(Error::before_any_change)
        }
        None => Ok(true),
    }
}

/// The day on which a change was made, if that is not today.
fn earlier_day(context: &mut Context, change: &Change) -> Result<Option<Day>> {
    let now = context.now()?;
    let recorded = change.facts.iter().find_map(|fact| fact.id.recorded_at());
    let local = recorded.map(|at| at.with_timezone(now.at.offset()).naive_local());
    let made_on = local.and_then(|local| Day::lived(local, context.config.clock.day_start));
    Ok(made_on.filter(|day| *day != now.day))
}

fn take_back(context: &mut Context, store: &mut Store, now: Now, change: &Change) -> Result<()> {
    for fact in &change.facts {
        context.show_to_script(View::Undone(&fact.event))?;
    }
    context.terminal.flush()?;
    store.undo(now, change)?;
    if let Some(day) = change.day_of_lesson() {
        let had_words = change.facts.iter().any(|fact| matches!(fact.event, Event::Wrote { .. }));
        context.terminal.say(&undo::lesson_taken_away(day, had_words))?;
    }
    context.hint(undo::REDO_PUTS_IT_BACK)
}
