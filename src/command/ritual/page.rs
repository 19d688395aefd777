//! `dwell` on the page.

use crate::command::error::Result;
use crate::command::page::{self, Paged};
use crate::command::ritual::{Done, newest_draft, offer_draft, serve, steps_to_ask};
use crate::command::{Context, output, resume, typing};
use crate::compose::Intent;
use crate::drafts::{Draft, Label, Purpose};
use crate::journal::entry::step::OpenStep;
use crate::journal::{Day, Entry};
use crate::messages;
use crate::store::Store;
use crate::text::is_blank;
use crate::view::View;

/// Asks for all that is missing today. If nothing is, shows the day.
pub(super) fn ask(context: &mut Context, store: &mut Store, done: &mut Done) -> Result<()> {
    let mut entry = serve(context, store)?;
    let today = context.today(store)?;
    let words = match newest_draft(context, store)? {
        Some((draft, text)) if is_of_today(&draft, today) && !is_written(store, today)? => {
            resume::say_where_from(context, &draft)?;
            Some((draft, text))
        }
        Some(other) => {
            let (draft, text) = Draft::of_step_if_alone(other);
            offer_draft(context, store, draft, &text, done)?;
            entry = store.entry(today)?;
            None
        }
        None => None,
    };
    let steps = steps_to_ask(context, store, today)?;
    let asks_words = !is_written(store, today)?;
    let has_step = |entry: &Entry| entry.step.is_some() || entry.asked_on == Some(today);
    let asks_step = entry.as_ref().is_some_and(|entry| asks_words || !has_step(entry));
    if !asks_words && !asks_step && steps.is_empty() {
        return show_day(context, store, today);
    }
    let now = context.now()?;
    let (mut draft, text) = if let Some(words) = words {
        words
    } else {
        let label = Label::new(Some(today), Purpose::Add);
        (context.drafts(Some(store)).begin(&label, now.at)?, String::new())
    };
    done.asked = true;
    let mut opening = page::opening(context, store, today, entry, &draft)?;
    if !is_blank(&text) {
        opening.notice = Some(messages::page::FROM_DRAFT.to_owned());
    }
    opening.words = asks_words.then_some(text);
    opening.step = asks_step.then(|| page::step_of(&draft));
    opening.steps.clone_from(&steps);
    let paged = page::write(context, &mut draft, opening)?;
    answer_steps(context, store, &steps, &paged, done)
        .map_err(|error| page::before_saving(context, &paged, error))?;
    let paged = paged.ended()?;
    end(context, store, today, draft, paged, done)
}

fn is_of_today(draft: &Draft, today: Day) -> bool {
    let Label { day, purpose, .. } = draft.label;
    purpose == Purpose::Add && day.is_none_or(|day| day == today)
}

fn is_written(store: &Store, today: Day) -> Result<bool> {
    Ok(store.entry(today)?.is_some_and(|entry| entry.reflection.is_some()))
}

fn show_day(context: &mut Context, store: &Store, today: Day) -> Result<()> {
    if let Some(entry) = store.entry(today)? {
        let until = context.end_of_night(today)?;
        let takeaway = context.config.takeaway;
        context.show(View::Today { steps: &[], entry: &entry, earlier: None, until, takeaway })?;
    }
    Ok(())
}

/// Saves what the person said of the open steps. Those without an answer were asked after all the
/// same, and not again today, unless the person left in a hurry.
fn answer_steps(
    context: &mut Context,
    store: &mut Store,
    steps: &[OpenStep],
    paged: &Paged,
    done: &mut Done,
) -> Result<()> {
    for (step, answer) in steps.iter().zip(&paged.answers) {
        let now = context.now_to_save()?;
        if let Some(state) = answer {
            store.answer_step(now, step.day, &step.step, (*state).into())?;
            done.answered = true;
        } else if paged.is_ended() {
            store.leave_step(now, step.day)?;
        }
    }
    Ok(())
}

/// Saves what is on the page, or leaves it in the draft, and shows it.
fn end(
    context: &mut Context,
    store: &mut Store,
    today: Day,
    draft: Draft,
    paged: Paged,
    done: &mut Done,
) -> Result<()> {
    if !paged.saves && !paged.is_blank() {
        done.kept = true;
        return typing::show_kept(context, store, today, &paged);
    }
    let has_step = paged.extras.step.is_some();
    let compose = context.compose(store, today, Intent::Add(paged.extras.clone()));
    let has_words = !is_blank(&paged.words);
    let Some(saved) = typing::save_page(context, store, compose, draft, paged)? else {
        return leave_step(context, store, today);
    };
    if has_words {
        done.written_on = done.written_on.max(Some(today));
    }
    done.stepped = has_step;
    if !has_step {
        leave_step(context, store, today)?;
    }
    if let Some(entry) = store.entry(today)? {
        typing::show_written(context, &entry)?;
        output::show_takeaway(context, &entry)?;
    }
    output::show_replaced(context, &saved)?;
    output::show_replaced_step(context, saved.replaced_step.as_deref())?;
    output::show_earlier(context, store, today)
}

/// The next step was asked for and left blank: it is not asked for again today.
fn leave_step(context: &mut Context, store: &mut Store, today: Day) -> Result<()> {
    let entry = store.entry(today)?;
    let is_left = entry.is_some_and(|entry| entry.reflection.is_some() && entry.step.is_none());
    if is_left { Ok(store.leave_step(context.now()?, today)?) } else { Ok(()) }
}
