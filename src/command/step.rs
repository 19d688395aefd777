//! `dwell step`

use clap::Subcommand;
use clap_complete::ArgValueCandidates;

use crate::command::context::no_entry;
use crate::command::error::{Error, Result};
use crate::command::{Context, completions, input};
use crate::journal::entry::step;
use crate::journal::{Day, DayName, Entry, StepState};
use crate::messages::steps;
use crate::store::Store;
use crate::view::View;

/// The open steps: list, add, and close one
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// The open steps, newest first
    List,
    /// Give a day its next step
    ///
    /// The first of several words may be a day: 2026-11-22, 11-22, today or yesterday. Words
    /// in one quoted argument are never read as a day.
    Add {
        /// The day; today if left out
        #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
        day: Option<DayName>,
        /// The step, after a day if you like; asked for or read from standard input if left out
        #[arg(allow_negative_numbers = true)]
        text: Vec<String>,
    },
    /// Done; close it
    Done(StepDay),
    /// Partly done; close it
    Partly(StepDay),
    /// Dropped; close it
    Drop(StepDay),
}

#[derive(Debug, clap::Args)]
struct StepDay {
    /// The day of the step, as in yesterday, monday or -7d; the newest open step from before today
    /// if left out
    #[arg(allow_hyphen_values = true, add = ArgValueCandidates::new(completions::days))]
    day: Option<DayName>,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    match &args.verb {
        None | Some(Verb::List) => list(context),
        Some(Verb::Add { day, text }) => add(*day, text, context),
        Some(Verb::Done(named)) => answer(named, StepState::Done, context),
        Some(Verb::Partly(named)) => answer(named, StepState::Partly, context),
        Some(Verb::Drop(named)) => answer(named, StepState::Dropped, context),
    }
}

fn list(context: &mut Context) -> Result<()> {
    let open = context.existing_store()?.open_steps()?;
    if open.is_empty() {
        return Err(Error::nothing(steps::none_open()));
    }
    context.show(View::Steps(&open))
}

fn add(day: Option<DayName>, words: &[String], context: &mut Context) -> Result<()> {
    let (name, words) = match (day, words) {
        (None, [first, rest @ ..]) if !rest.is_empty() => match leading_day(first) {
            Some(name) => (Some(name), rest),
            None => (None, words),
        },
        _ => (day, words),
    };
    let text = match words {
        [] if context.terminal.can_ask() => {
            context.terminal.ask_line(steps::ASK).map_err(Error::before_any_change)?
        }
        [] if context.terminal.has_piped_input() => input::piped_text(context)?,
        _ => words.join(" "),
    };
    let text = step::kept(&text).ok_or_else(|| Error::usage(steps::no_words()))?;
    let now = context.now()?;
    let mut store = context.open_store()?;
    let day = context.day_to_write(&store, name)?;
    if day != store.today(now)? && store.entry(day)?.is_none() {
        return Err(no_entry(day));
    }
    let (entry, replaced) = store.add_step(now, context.config.order, day, &text)?;
    context.terminal.say(&steps::saved(day))?;
    if let Some(old) = replaced {
        context.terminal.show_aside(&steps::replaced(&old))?;
    }
    context.show_to_script(View::Steps(&[entry]))
}

/// The day that stands before the words of a step, if one does. A weekday is not read as a day,
/// because a step may begin with it; `--day` takes weekdays.
fn leading_day(word: &str) -> Option<DayName> {
    let name = word.parse().ok()?;
    (!matches!(name, DayName::Weekday(_))).then_some(name)
}

fn answer(named: &StepDay, state: StepState, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let mut store = context.existing_store()?;
    let entry = match named.day {
        Some(_) => {
            let day = context.day(&store, named.day)?;
            store.entry(day)?.ok_or_else(|| no_entry(day))?
        }
        None => newest_open(&store, store.today(now)?)?,
    };
    let day = entry.day;
    let Some(step) = &entry.step else {
        return Err(Error::nothing(steps::none_on(day)));
    };
    if step.state == state {
        context.terminal.say(&steps::answered_already(&step.text, state))?;
        return context.show_to_script(View::Steps(&[entry]));
    }
    let changed = store.answer_step(now, day, step, state)?;
    if let Some(step) = &changed.step {
        context.terminal.say(&steps::answered(&step.text, state))?;
    }
    context.show_to_script(View::Steps(&[changed]))
}

/// The newest open step from before today, or today's own.
fn newest_open(store: &Store, today: Day) -> Result<Entry> {
    if let Some(entry) = store.open_step_before(today)? {
        return Ok(entry);
    }
    let open =
        |entry: &Entry| entry.step.as_ref().is_some_and(|step| step.state == StepState::Open);
    (store.entry(today)?.filter(open)).ok_or_else(|| Error::nothing(steps::none_open()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_word_that_no_step_begins_with_is_read_as_a_day() {
        for word in ["2026-11-22", "11-22", "today", "yesterday"] {
            assert!(leading_day(word).is_some(), "{word}");
        }
        for word in ["monday", "Mon", "may", "call", "1", "2026"] {
            assert!(leading_day(word).is_none(), "{word}");
        }
    }
}
