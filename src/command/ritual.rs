//! `dwell` alone: today's entry and then, at a terminal, what is still missing from it: what
//! became of yesterday's step, the reflection, the next step.

use super::{Context, saving};
use crate::error::{Error, Kind, Result};
use crate::journal::{Day, Entry, StepState, reflection};
use crate::store::{Store, Writing};
use crate::terminal::draft::Purpose;
use crate::terminal::{Choice, Draft};
use crate::view;

pub fn run(context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let mut store = context.open_store()?;
    let served = store.serve(now, context.config.order)?;
    context.doubt_clock(&served.entry)?;
    saving::show(context, &served.entry)?;
    if context.json || !context.terminal.can_ask() {
        return Ok(());
    }
    let today = served.entry.day;
    let resumed = offer_draft(context, &mut store)?;
    let answered = ask_after_step(context, &mut store, today)?;
    let written = ask_reflection(context, &mut store, today)?;
    let stepped = ask_next_step(context, &mut store, today)?;
    if resumed || answered || written || stepped {
        say_done(context, &store)?;
    }
    Ok(())
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
    let Some((draft, text)) = context.drafts().newest(now.at).map_err(saving::no_draft)? else {
        return Ok(false);
    };
    let words = match reflection::words(&text) {
        1 => "1 word".to_owned(),
        words => format!("{words} words"),
    };
    let question = format!("A draft of {words} is here, for {}", draft.day.in_words());
    let offers = [
        Choice { label: "take it up", value: Offer::TakeUp },
        Choice { label: "leave it for later", value: Offer::Leave },
        Choice { label: "throw it away", value: Offer::ThrowAway },
    ];
    match context.terminal.choose(&question, &offers)? {
        Offer::TakeUp => write(context, store, draft, &text),
        Offer::Leave => Ok(false),
        Offer::ThrowAway => {
            context.terminal.show_aside(&text)?;
            if context.terminal.confirm("Throw these words away for good?")? {
                draft.discard().map_err(saving::no_draft)?;
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

/// Asks what became of the newest open step from before today, once a day. True if it was closed.
fn ask_after_step(context: &mut Context, store: &mut Store, today: Day) -> Result<bool> {
    let Some(entry) = store.open_step_before(today)? else { return Ok(false) };
    let Some(step) = &entry.step else { return Ok(false) };
    if entry.asked_on == Some(today) {
        return Ok(false);
    }
    let when = match today.days_since(entry.day) {
        1 => "Yesterday".to_owned(),
        _ => format!("On {}", entry.day.in_words()),
    };
    let answers = [
        Choice { label: "done", value: Answer::Closed(StepState::Done) },
        Choice { label: "partly", value: Answer::Closed(StepState::Partly) },
        Choice { label: "not yet", value: Answer::NotYet },
        Choice { label: "let it go", value: Answer::Closed(StepState::Dropped) },
    ];
    let question = format!("{when} you meant to: {}", step.text);
    let now = context.now()?;
    match context.terminal.choose(&question, &answers)? {
        Answer::Closed(state) => store.answer_step(now, entry.day, state).map(|_| true),
        Answer::NotYet => store.leave_step(now, entry.day).map(|()| false),
    }
}

/// Asks for today's reflection unless it is written. True if words were saved.
fn ask_reflection(context: &mut Context, store: &mut Store, today: Day) -> Result<bool> {
    let now = context.now()?;
    if store.entry(today)?.is_some_and(|entry| entry.reflection.is_some()) {
        return Ok(false);
    }
    let draft = context.drafts().begin(today, Purpose::Add, now.at).map_err(saving::no_draft)?;
    write(context, store, draft, "")
}

/// Has the person write in a draft and saves the words. True if there were any.
fn write(context: &mut Context, store: &mut Store, mut draft: Draft, text: &str) -> Result<bool> {
    let day = draft.day;
    let Some(text) = saving::ask_words(context, text, &mut draft)? else {
        draft.discard().map_err(saving::no_draft)?;
        context.terminal.say("Nothing was written. The lesson stays.")?;
        return Ok(false);
    };
    let now = context.now()?;
    let saved = match draft.purpose {
        Purpose::Add => {
            let writing = Writing { day, text: &text, step: None, again: None };
            store.write(now, context.config.order, writing).map(|_| ())
        }
        Purpose::Revise => saving::revise(context, store, day, &text),
    };
    saved.map_err(|error| error.hint("your words are kept as a draft: dwell takes them up"))?;
    saving::discard_saved(store, &draft, &text, day)?;
    show_earlier(context, store, day)?;
    Ok(true)
}

/// When a lesson has come round again, shows what was written on it before.
fn show_earlier(context: &mut Context, store: &Store, day: Day) -> Result<()> {
    let Some(Entry { lesson: Some(lesson), .. }) = store.entry(day)? else { return Ok(()) };
    let earlier = store.earlier(lesson.id, day)?;
    let text = view::earlier(&earlier, context.terminal.page());
    Ok(context.terminal.data(&text)?)
}

/// Asks for the next step of today's reflection, once a day. True if one was saved.
fn ask_next_step(context: &mut Context, store: &mut Store, today: Day) -> Result<bool> {
    let Some(entry) = store.entry(today)? else { return Ok(false) };
    if entry.reflection.is_none() || entry.step.is_some() || entry.asked_on == Some(today) {
        return Ok(false);
    }
    let now = context.now()?;
    match context.terminal.ask_line("Your next step, if there is one:") {
        Ok(Some(step)) => store.add_step(now, context.config.order, today, &step).map(|_| true),
        Ok(None) => store.leave_step(now, today).map(|()| false),
        // The words are saved by now, and the person should know.
        Err(error) => {
            let error = Error::from(error);
            Err(match error.kind {
                Kind::Cancelled => Error::cancelled("left; your words are saved"),
                _ => error,
            })
        }
    }
}

/// One quiet line at the end.
fn say_done(context: &mut Context, store: &Store) -> Result<()> {
    let days = store.days_written()?;
    let days = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
    Ok(context.terminal.say(&format!("Saved. You have written on {days}."))?)
}
