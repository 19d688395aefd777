//! `dwell` alone: asks after the open steps, shows today's entry, and asks for what is missing: the
//! reflection, the next step. Where nobody can answer, it shows the steps and the entry.

use crate::command::error::{Error, Result};
use crate::command::{Context, after_saving, input, output, resume, series, typing};
use crate::compose::Intent;
use crate::drafts::{Draft, Label, Purpose};
use crate::journal::entry::reflection;
use crate::journal::lesson::Interval;
use crate::journal::{Day, NewStep, Slug, StepState};
use crate::messages::ritual::Closing;
use crate::messages::{ritual, saving, steps};
use crate::store::{Store, StoreError};
use crate::terminal::{AskError, Choice, KeyChoice};
use crate::text::is_blank;
use crate::view::View;

pub fn run(context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let mut store = context.open_store()?;
    if !context.can_converse() {
        let served = store.serve(now, context.config.order)?;
        context.today(&store)?;
        output::show_today(context, &store, &served.entry, None)?;
        return show_end_of_series(context, &store, served.entry.day).map(|_| ());
    }
    context.warn_of_readers(&store);
    let mut done = Done::default();
    let today = context.today(&store)?;
    // Before the lesson, so that nothing stands between its question and the answer.
    ask_after_steps(context, &mut store, today, &mut done)?;
    match store.serve(now, context.config.order) {
        Ok(served) => {
            let entry = &served.entry;
            let until = context.end_of_night(entry.day)?;
            context.show(View::Today { steps: &[], entry, earlier: None, until })?;
        }
        // The questions about drafts and the reflection need no lesson.
        Err(error @ (StoreError::NoLessonLeft { .. } | StoreError::ClockBehind { .. })) => {
            context.complain(&error.into())?;
        }
        Err(error) => return Err(error.into()),
    }
    let today = context.today(&store)?;
    offer_draft(context, &mut store, &mut done)?;
    ask_reflection(context, &mut store, today, &mut done)?;
    ask_next_step(context, &mut store, today, &mut done)?;
    let ended = show_end_of_series(context, &store, today)?;
    if let Some(slug) = ended.filter(|_| done.written_on == Some(today)) {
        offer_series_again(context, &mut store, &slug)?;
    }
    close(context, &store, today, done)
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

/// Offers the newest draft, if there is one.
fn offer_draft(context: &mut Context, store: &mut Store, done: &mut Done) -> Result<()> {
    let now = context.now()?;
    let found = context.drafts(Some(store)).newest(now.at)?;
    let Some((draft, text)) = found.newest else { return Ok(()) };
    done.asked = true;
    resume::say_where_from(context, &draft)?;
    let Label { day, purpose, .. } = draft.label;
    let question = ritual::offer_draft(reflection::word_count(&text), purpose, day);
    let offers = [
        Choice { label: ritual::TAKE_UP, value: Offer::TakeUp },
        Choice { label: ritual::LEAVE, value: Offer::Leave },
        Choice { label: ritual::THROW_AWAY, value: Offer::ThrowAway },
    ];
    match context.terminal.choose(&question, &offers)? {
        Offer::TakeUp => write(context, store, draft, &text, done),
        Offer::Leave => Ok(()),
        Offer::ThrowAway => {
            context.terminal.show_aside(&text)?;
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

/// Asks about the open steps of earlier days, the newest first, each at most once a day.
fn ask_after_steps(
    context: &mut Context,
    store: &mut Store,
    today: Day,
    done: &mut Done,
) -> Result<()> {
    let mut open = store.steps_to_ask(today, context.config.step_fades)?;
    open.retain(|step| step.asked_on != Some(today));
    for step in open {
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
    write(context, store, draft, "", done)
}

/// Asks for a text, kept in a draft meanwhile, and saves it.
fn write(
    context: &mut Context,
    store: &mut Store,
    mut draft: Draft,
    text: &str,
    done: &mut Done,
) -> Result<()> {
    done.asked = true;
    let day = match resume::day(&draft.label, context, store) {
        Ok(day) => day,
        // The draft stays, and the day goes on.
        Err(error) => return context.complain(&error),
    };
    let typed = input::ask_text(context, &mut draft, text)?;
    let Some(text) = typed.as_deref().and_then(reflection::kept) else {
        return typing::discard(context, &draft);
    };
    let intent = Intent::of_draft(&draft.label);
    let compose = context.compose(store, day, intent).typed_in(draft);
    let saved = typing::save_text(context, store, compose, text)?;
    done.written_on = done.written_on.max(Some(day));
    output::show_replaced(context, &saved)?;
    output::show_replaced_step(context, saved.replaced_step.as_deref())?;
    output::show_earlier(context, store, day)
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

/// Says one line on what was done, and after new words one from the past.
fn close(context: &mut Context, store: &Store, today: Day, done: Done) -> Result<()> {
    let is_written = store.entry(today)?.is_some_and(|entry| entry.reflection.is_some());
    let closing = match done {
        Done { written_on: Some(_), .. } => Closing::Written { days: store.days_written()?.into() },
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
