//! `dwell` alone: shows today's entry and then, at a terminal, asks for what is missing: the answer
//! to the last step, the reflection, the next step.

use crate::command::arguments::Interval;
use crate::command::error::{Error, Result};
use crate::command::{Context, input, output, series, unsaved};
use crate::compose::{Extras, Intent};
use crate::drafts::{Draft, Purpose};
use crate::journal::entry::{reflection, step};
use crate::journal::{Day, Slug, StepState};
use crate::messages::{ritual, saving, steps};
use crate::store::{Store, StoreError};
use crate::terminal::{AskError, Choice};
use crate::view::View;

pub fn run(context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let mut store = context.open_store()?;
    let asks = context.can_converse();
    match store.serve(now, context.config.order) {
        Ok(served) => {
            output::warn_of_clock(context, &served.entry)?;
            context.show(View::Entry(&served.entry))?;
        }
        // The questions about steps, drafts and the reflection need no lesson.
        Err(error @ StoreError::NoLessonLeft { .. }) if asks => {
            context.complain(&error.into())?;
        }
        Err(error) => return Err(error.into()),
    }
    let today = store.today(now)?;
    if !asks {
        return show_end_of_series(context, &store, today).map(|_| ());
    }
    let resumed = offer_draft(context, &mut store)?;
    let answered = ask_after_step(context, &mut store, today)?;
    let written = ask_reflection(context, &mut store, today)?;
    let stepped = ask_next_step(context, &mut store, today)?;
    let ended = show_end_of_series(context, &store, today)?;
    if let Some(slug) = ended.filter(|_| written) {
        offer_series_again(context, &mut store, &slug)?;
    }
    if resumed || answered || written || stepped {
        say_done(context, &store)?;
    }
    Ok(())
}

/// If today's lesson was the last of a series and has a reflection, shows what was written on all
/// its lessons. Returns the series if it was not asked back yet.
fn show_end_of_series(context: &mut Context, store: &Store, today: Day) -> Result<Option<Slug>> {
    let Some(ended) = store.ended_series(today)? else { return Ok(None) };
    if ended.entries.iter().all(|entry| entry.day != today) {
        return Ok(None);
    }
    context.show(View::Digest { title: &ended.title, entries: &ended.entries })?;
    Ok(Some(ended.slug).filter(|_| !ended.is_asked_back))
}

/// Offers to bring a series back in a season. After a no, names the command that does it later.
fn offer_series_again(context: &mut Context, store: &mut Store, slug: &Slug) -> Result<()> {
    context.terminal.data("\n")?;
    let lessons = store.series(slug)?.map_or(0, |series| series.lessons);
    let answer = context.terminal.confirm(&ritual::offer_series_again(lessons));
    if answer.map_err(left_after_saving)? {
        let due = series::ask_back(slug, Interval::Season, store, context)?;
        return Ok(context.terminal.say(&ritual::series_comes_again(due))?);
    }
    Ok(context.terminal.say(&ritual::series_can_come_again(slug))?)
}

#[derive(Clone, Copy)]
enum Offer {
    TakeUp,
    Leave,
    ThrowAway,
}

/// Offers the newest draft, if there is one. True if its words were saved.
fn offer_draft(context: &mut Context, store: &mut Store) -> Result<bool> {
    let now = context.now()?;
    let Some((draft, text)) = context.drafts().newest(now.at)? else {
        return Ok(false);
    };
    let question = ritual::offer_draft(reflection::word_count(&text), draft.day);
    let offers = [
        Choice { label: ritual::TAKE_UP, value: Offer::TakeUp },
        Choice { label: ritual::LEAVE, value: Offer::Leave },
        Choice { label: ritual::THROW_AWAY, value: Offer::ThrowAway },
    ];
    match context.terminal.choose(&question, &offers)? {
        Offer::TakeUp => write(context, store, draft, &text),
        Offer::Leave => Ok(false),
        Offer::ThrowAway => {
            context.terminal.show_aside(&text)?;
            if context.terminal.confirm(ritual::CONFIRM_THROW_AWAY)? {
                draft.discard()?;
            }
            Ok(false)
        }
    }
}

#[derive(Clone, Copy)]
enum Answer {
    Closed(StepState),
    NotYet,
}

/// Asks about the latest step from before today, if it is open, once a day. True if the answer
/// closed it.
fn ask_after_step(context: &mut Context, store: &mut Store, today: Day) -> Result<bool> {
    let Some(entry) = store.open_step_before(today)? else { return Ok(false) };
    let Some(step) = &entry.step else { return Ok(false) };
    // Only the latest step: a review shows the older open ones.
    if entry.asked_on == Some(today) || store.has_step_between(entry.day, today)? {
        return Ok(false);
    }
    let answers = [
        Choice { label: steps::DONE, value: Answer::Closed(StepState::Done) },
        Choice { label: steps::PARTLY, value: Answer::Closed(StepState::Partly) },
        Choice { label: steps::NOT_YET, value: Answer::NotYet },
        Choice { label: steps::LET_GO, value: Answer::Closed(StepState::Dropped) },
    ];
    let question = steps::ask_after(&step.text, entry.day, today);
    let now = context.now()?;
    match context.terminal.choose(&question, &answers)? {
        Answer::Closed(state) => {
            let now = context.now_to_save()?;
            store.answer_step(now, entry.day, step, state)?;
            Ok(true)
        }
        Answer::NotYet => {
            store.leave_step(now, entry.day)?;
            Ok(false)
        }
    }
}

/// Asks for today's reflection unless it is written. True if words were saved.
fn ask_reflection(context: &mut Context, store: &mut Store, today: Day) -> Result<bool> {
    let now = context.now()?;
    if store.entry(today)?.is_some_and(|entry| entry.reflection.is_some()) {
        return Ok(false);
    }
    let draft = context.drafts().begin(today, Purpose::Add, now.at)?;
    write(context, store, draft, "")
}

/// Asks for a text, kept in a draft meanwhile, and saves it. False if the person wrote nothing.
fn write(context: &mut Context, store: &mut Store, mut draft: Draft, text: &str) -> Result<bool> {
    let typed = input::ask_text(context, &mut draft, text)?;
    let Some(text) = typed.as_deref().and_then(reflection::kept) else {
        draft.discard()?;
        context.terminal.say(saving::NOTHING_WRITTEN)?;
        return Ok(false);
    };
    let day = draft.day;
    let intent = match draft.purpose {
        Purpose::Add => Intent::Add(Extras::default()),
        Purpose::Revise => Intent::Revise(None),
    };
    let now = context.now_to_save()?;
    let saved = context
        .compose(day, intent)
        .typed_in(draft)
        .save(store, now, text)
        .or_else(|error| unsaved::tell(context, *error))?;
    output::show_replaced(context, &saved)?;
    output::show_earlier(context, store, day)?;
    Ok(true)
}

/// Asks for the next step of today's reflection, once a day. True if one was saved.
fn ask_next_step(context: &mut Context, store: &mut Store, today: Day) -> Result<bool> {
    let Some(entry) = store.entry(today)? else { return Ok(false) };
    if entry.reflection.is_none() || entry.step.is_some() || entry.asked_on == Some(today) {
        return Ok(false);
    }
    let (typed, saved) = match context.terminal.ask_line(steps::ASK_IF_ANY) {
        Ok(line) => {
            let Some(step) = step::kept(&line) else {
                store.leave_step(context.now()?, today)?;
                return Ok(false);
            };
            let now = context.now_to_save()?;
            let saved = store.add_step(now, context.config.order, today, &step);
            (Some(step), saved.map(|_| true).map_err(Error::from))
        }
        Err(error) => {
            let left = context.terminal.left_line();
            (left.as_deref().and_then(step::kept), Err(left_after_saving(error)))
        }
    };
    if let (Some(step), Err(_)) = (&typed, &saved) {
        // What was typed is saved nowhere.
        context.terminal.show_aside(step)?;
    }
    saved
}

/// The failure of a person who left at a question after the reflection was saved.
fn left_after_saving(error: AskError) -> Error {
    match error {
        AskError::Cancelled => Error::cancelled(ritual::stopped_after_saving()),
        AskError::Io(_) => error.into(),
    }
}

/// Says one line at the end.
fn say_done(context: &mut Context, store: &Store) -> Result<()> {
    let days = store.days_written()?;
    Ok(context.terminal.say(&ritual::saved(days.into()))?)
}
