//! `dwell` in plain lines: asks for one thing after the other.

use crate::command::error::Result;
use crate::command::ritual::{
    Done, left_after_saving, newest_draft, offer_draft, serve, steps_to_ask, take_up,
};
use crate::command::{Context, output};
use crate::drafts::{Draft, Label, Purpose};
use crate::journal::{Day, NewStep, StepState};
use crate::messages::steps;
use crate::store::Store;
use crate::terminal::KeyChoice;
use crate::text::is_blank;
use crate::view::View;

/// Asks for all that is missing today.
pub(super) fn ask(context: &mut Context, store: &mut Store, done: &mut Done) -> Result<()> {
    let today = context.today(store)?;
    // Before the lesson, so that nothing stands between its question and the answer.
    ask_after_steps(context, store, today, done)?;
    if let Some(entry) = serve(context, store)? {
        let until = context.end_of_night(entry.day)?;
        let takeaway = context.config.takeaway;
        context.show(View::Today { steps: &[], entry: &entry, earlier: None, until, takeaway })?;
    }
    let today = context.today(store)?;
    if let Some(draft) = newest_draft(context, store)? {
        let (draft, text) = Draft::of_step_if_alone(draft);
        offer_draft(context, store, draft, &text, done)?;
    }
    ask_reflection(context, store, today, done)?;
    ask_next_step(context, store, today, done)
}
/// Asks about the open steps of earlier days, the newest first, each at most once a day.
fn ask_after_steps(
    context: &mut Context,
    store: &mut Store,
    today: Day,
    done: &mut Done,
) -> Result<()> {
    for step in steps_to_ask(context, store, today)? {
        done.asked = true;
        // No key that words begin with by chance, such as the space, is an answer.
        let answers = [
            KeyChoice::new('d', steps::DONE, Some(StepState::Done)),
            KeyChoice::new('p', steps::PARTLY, Some(StepState::Partly)),
            KeyChoice::nothing('n', steps::NOT_YET, None),
            KeyChoice::new('l', steps::LET_GO, Some(StepState::Dropped)),
        ];
        let answer = context.terminal.ask_by_letter(&steps::ask_after(&step, today), &answers)?;
        let now = context.now_to_save()?;
        if let Some(state) = answer {
            store.answer_step(now, step.day, &step.step, state.into())?;
            done.answered = true;
        } else {
            store.leave_step(now, step.day)?;
        }
    }
    if done.asked {
        context.terminal.data("\n")?;
    }
    Ok(())
}

/// Asks for today's reflection unless it is written.
fn ask_reflection(
    context: &mut Context,
    store: &mut Store,
    today: Day,
    done: &mut Done,
) -> Result<()> {
    let now = context.now()?;
    if store.entry(today)?.is_some_and(|entry| entry.reflection.is_some()) {
        return Ok(());
    }
    let label = Label::new(Some(today), Purpose::Add);
    let draft = context.drafts(Some(store)).begin(&label, now.at)?;
    done.asked = true;
    take_up(context, store, draft, "", done)
}

/// Asks for the next step of today's reflection, once a day, and when it is to be done.
fn ask_next_step(
    context: &mut Context,
    store: &mut Store,
    today: Day,
    done: &mut Done,
) -> Result<()> {
    let Some(entry) = store.entry(today)? else { return Ok(()) };
    if entry.reflection.is_none() || entry.step.is_some() || entry.asked_on == Some(today) {
        return Ok(());
    }
    done.asked = true;
    let text = match context.terminal.ask_line(steps::ASK_IF_ANY) {
        Ok(line) if is_blank(&line) => return Ok(store.leave_step(context.now()?, today)?),
        Ok(line) => line,
        Err(error) => {
            if let Some(left) = context.terminal.left_line().filter(|line| !is_blank(line)) {
                // What was typed is saved nowhere.
                context.terminal.show_aside(&left)?;
            }
            return Err(left_after_saving(error));
        }
    };
    let when = context.terminal.ask_line(steps::ASK_WHEN);
    // A step without its moment is better than none.
    if let Some(step) = NewStep::new(&text, when.as_deref().ok()) {
        let now = context.now_to_save()?;
        match store.add_step(now, context.config.order, today, &step) {
            Ok((_, replaced)) => output::show_replaced_step(context, replaced.as_deref())?,
            Err(error) => {
                context.terminal.show_aside(&step.text)?;
                return Err(error.into());
            }
        }
        done.stepped = true;
    }
    when.map(drop).map_err(left_after_saving)
}
