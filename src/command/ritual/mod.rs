//! `dwell` alone: asks after the open steps, shows today's lesson, and asks for what is missing:
//! the reflection, the next step. At a terminal that can, all of it is on the page; in plain lines
//! one thing is asked after the other. Where nobody can answer, it shows the steps and the entry.

mod lines;
mod page;

use crate::command::error::{Error, Result};
use crate::command::typing::{self, TypingEnd};
use crate::command::{Context, after_saving, output, resume, series};
use crate::compose::Intent;
use crate::drafts::{Draft, Label};
use crate::journal::entry::reflection;
use crate::journal::entry::step::OpenStep;
use crate::journal::lesson::Interval;
use crate::journal::{Day, Entry, Slug};
use crate::messages::ritual::Closing;
use crate::messages::{ritual, saving};
use crate::store::{Store, StoreError};
use crate::terminal::{AskError, Choice};
use crate::view::View;

pub fn run(context: &mut Context) -> Result<()> {
    let mut store = context.open_store()?;
    if !context.can_converse() {
        let now = context.now()?;
        let entry = if let Some(entry) = store.undoubted_today(now)? {
            entry
        } else {
            let served = store.serve(now, context.config.order)?;
            context.today(&store)?;
            served.entry
        };
        output::show_today(context, &store, &entry, None)?;
        return show_end_of_series(context, &store, entry.day).map(|_| ());
    }
    context.warn_of_readers(&store);
    let mut done = Done::default();
    if context.uses_page() {
        page::ask(context, &mut store, &mut done)?;
    } else {
        lines::ask(context, &mut store, &mut done)?;
    }
    let today = context.today(&store)?;
    let ended = show_end_of_series(context, &store, today)?;
    if let Some(slug) = ended.filter(|_| done.written_on == Some(today)) {
        offer_series_again(context, &mut store, &slug)?;
    }
    close(context, &store, today, done)
}

/// Serves today's lesson. If there is none, says so: the questions that follow need none.
fn serve(context: &mut Context, store: &mut Store) -> Result<Option<Entry>> {
    match store.serve(context.now()?, context.config.order) {
        Ok(served) => Ok(Some(served.entry)),
        Err(error @ (StoreError::NoLessonLeft { .. } | StoreError::ClockBehind { .. })) => {
            context.complain(&error.into())?;
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// The open steps of earlier days, the newest first. Each is asked after at most once a day.
fn steps_to_ask(context: &Context, store: &Store, today: Day) -> Result<Vec<OpenStep>> {
    let mut open = store.steps_to_ask(today, context.config.step_fades)?;
    open.retain(|step| step.asked_on != Some(today));
    Ok(open)
}

/// What was done in this run, for the lines at its end.
#[derive(Debug, Clone, Copy, Default)]
struct Done {
    /// A question was asked.
    asked: bool,
    /// The day about which words were saved; if about two, the later one.
    written_on: Option<Day>,
    /// A step was answered.
    answered: bool,
    /// A next step was saved.
    stepped: bool,
    /// What was written stays a draft.
    kept: bool,
}

/// If today's lesson was the last of a series and has a reflection, shows what was written on all
/// its lessons. Returns the series if it was not asked back yet.
fn show_end_of_series(context: &mut Context, store: &Store, today: Day) -> Result<Option<Slug>> {
    let Some(ended) = store.ended_series(today)? else { return Ok(None) };
    if ended.entries.iter().all(|entry| entry.day != today) {
        return Ok(None);
    }
    let mut entries = ended.entries;
    entries.retain(|entry| !entry.quiet);
    context.show(View::Digest { title: &ended.title, entries: &entries })?;
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

/// The newest draft, with its text.
fn newest_draft(context: &mut Context, store: &Store) -> Result<Option<(Draft, String)>> {
    let now = context.now()?;
    Ok(context.drafts(Some(store)).newest(now.at)?.newest)
}

/// Offers a draft to the person.
fn offer_draft(
    context: &mut Context,
    store: &mut Store,
    draft: Draft,
    text: &str,
    done: &mut Done,
) -> Result<()> {
    done.asked = true;
    resume::say_where_from(context, &draft)?;
    let Label { day, purpose, .. } = draft.label;
    let question = ritual::offer_draft(reflection::word_count(text), purpose, day);
    let offers = [
        Choice { label: ritual::TAKE_UP, value: Offer::TakeUp },
        Choice { label: ritual::LEAVE, value: Offer::Leave },
        Choice { label: ritual::THROW_AWAY, value: Offer::ThrowAway },
    ];
    match context.terminal.choose(&question, &offers)? {
        Offer::TakeUp => take_up(context, store, draft, text, done),
        Offer::Leave => Ok(()),
        Offer::ThrowAway => {
            context.terminal.show_aside(text)?;
            let beside = saving::beside(&draft.label.extras);
            if !beside.is_empty() {
                context.terminal.show_aside(&beside)?;
            }
            if context.terminal.confirm(ritual::CONFIRM_THROW_AWAY)? {
                draft.discard()?;
            }
            Ok(())
        }
    }
}

/// Lets the person go on with a draft, and saves it.
fn take_up(
    context: &mut Context,
    store: &mut Store,
    draft: Draft,
    text: &str,
    done: &mut Done,
) -> Result<()> {
    let day = match resume::day(&draft.label, context, store) {
        Ok(day) => day,
        // The draft stays, and the day goes on.
        Err(error) => return context.complain(&error),
    };
    let compose = context.compose(store, day, Intent::of_draft(&draft.label));
    let saved = match typing::type_and_save(context, store, compose, draft, text)? {
        TypingEnd::Saved(saved) => saved,
        TypingEnd::Kept => {
            done.kept = true;
            return Ok(());
        }
        // The line at the end says so.
        TypingEnd::Blank | TypingEnd::Unchanged => return Ok(()),
    };
    done.written_on = done.written_on.max(Some(day));
    output::show_replaced(context, &saved)?;
    output::show_replaced_step(context, saved.replaced_step.as_deref())?;
    output::show_takeaway(context, &saved.entry)?;
    output::show_earlier(context, store, day)
}

/// Says one line on what was done, and after new words one from the past.
fn close(context: &mut Context, store: &Store, today: Day, done: Done) -> Result<()> {
    let is_written = store.entry(today)?.is_some_and(|entry| entry.reflection.is_some());
    let closing = match done {
        Done { written_on: Some(_), .. } => Closing::Written { days: store.days_written()?.into() },
        Done { kept: true, .. } => Closing::Kept,
        Done { stepped: true, .. } => Closing::Stepped,
        Done { answered: true, .. } => Closing::Answered { is_written },
        Done { asked: true, .. } => Closing::Nothing { is_written },
        Done { asked: false, .. } => return after_saving::show_what_next(context, store, today),
    };
    context.terminal.say(&ritual::closing(closing))?;
    match done.written_on {
        Some(day) => after_saving::show(context, store, day),
        None => Ok(()),
    }
}

/// The failure of a person who left at a question after the reflection was saved.
fn left_after_saving(error: AskError) -> Error {
    match error {
        AskError::Cancelled => Error::cancelled(ritual::stopped_after_saving()),
        AskError::Io(_) => error.into(),
    }
}
