//! `dwell step`

use clap::Subcommand;
use clap_complete::ArgValueCandidates;

use crate::command::context::no_entry;
use crate::command::error::{Error, Result};
use crate::command::words::{Input, Words};
use crate::command::{Context, completions, input, output, unsaved};
use crate::compose::Intent;
use crate::drafts::{Extras, Purpose};
use crate::journal::entry::step::Fading;
use crate::journal::{Day, DayName, Entry, Step, StepAnswer, StepState, entry};
use crate::messages::steps;
use crate::store::Store;
use crate::terminal::Terminal;
use crate::view::View;

/// The open steps: list, add, and close one
///
/// A step that is still open after two weeks fades: it is no longer asked after or listed, only
/// counted.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Example: dwell step add 'Call Anna'"
)]
pub struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    list: List,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// The open steps, newest first
    #[command(after_help = "Example: dwell step list --all")]
    List(List),
    /// Give a day its next step
    ///
    /// The first of several words may be a day: 2026-11-22, 11-22, today or yesterday. Words
    /// in one quoted argument are never read as a day.
    #[command(after_help = "Example: dwell step add yesterday 'Call Anna'")]
    Add(Add),
    /// Done; close it
    #[command(after_help = "Example: dwell step done yesterday 'She laughed.'")]
    Done(Answer),
    /// Partly done; close it
    #[command(after_help = "Example: dwell step partly 'I wrote half of it.'")]
    Partly(Answer),
    /// Let go of it; close it
    #[command(after_help = "Example: dwell step drop --before -1m")]
    Drop {
        #[command(flatten)]
        answer: Answer,
        /// Let go of all open steps from before this day
        #[arg(
            long,
            value_name = "DAY",
            allow_hyphen_values = true,
            conflicts_with = "words",
            add = ArgValueCandidates::new(completions::days)
        )]
        before: Option<DayName>,
    },
}

#[derive(Debug, clap::Args)]
struct List {
    /// Also those that faded
    #[arg(long)]
    all: bool,
}

#[derive(Debug, clap::Args)]
struct Add {
    /// The day; today if left out
    #[arg(
        long,
        value_name = "DAY",
        allow_hyphen_values = true,
        add = ArgValueCandidates::new(completions::days)
    )]
    day: Option<DayName>,
    /// When you mean to do it, as in 'when I get home'
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true)]
    when: Option<String>,
    /// The step, after a day if you like; asked for or read from standard input if left out
    #[arg(allow_negative_numbers = true)]
    text: Vec<String>,
}

#[derive(Debug, clap::Args)]
struct Answer {
    /// The day of the step, and what came of it, - for standard input; without a day the newest
    /// open step from before today
    #[arg(
        value_name = "DAY or WORDS",
        allow_negative_numbers = true,
        add = ArgValueCandidates::new(completions::days)
    )]
    words: Vec<String>,
}

impl Args {
    /// The words that come with the command.
    pub(crate) fn words(&self, terminal: &Terminal) -> Option<Words> {
        let (state, answer) = match self.verb.as_ref()? {
            Verb::Add(add) => return add.words(terminal),
            Verb::List(_) => return None,
            Verb::Done(answer) => (StepState::Done, answer),
            Verb::Partly(answer) => (StepState::Partly, answer),
            Verb::Drop { answer, .. } => (StepState::Dropped, answer),
        };
        let (day, outcome) = day_and_outcome(&answer.words);
        let outcome = outcome?;
        let input = if outcome == "-" { Input::read() } else { Input::text(outcome) };
        Some(Words::new(input, Purpose::Answer(state), day, Extras::default()))
    }
}

impl Add {
    fn words(&self, terminal: &Terminal) -> Option<Words> {
        let (day, words) = self.day_and_words();
        Some(Words::new(Input::given(words, terminal)?, Purpose::Step, day, self.extras()))
    }

    /// What is saved together with the step.
    fn extras(&self) -> Extras {
        let when = self.when.as_deref().and_then(entry::single_line);
        Extras { when, ..Extras::default() }
    }

    /// The day that is named, and the words of the step.
    fn day_and_words(&self) -> (Option<DayName>, &[String]) {
        match (self.day, self.text.as_slice()) {
            (None, [first, rest @ ..]) if !rest.is_empty() => match leading_day(first) {
                Some(name) => (Some(name), rest),
                None => (None, &self.text),
            },
            (day, words) => (day, words),
        }
    }
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    match &args.verb {
        None => list(&args.list, context),
        Some(Verb::List(args)) => list(args, context),
        Some(Verb::Add(args)) => add(args, context),
        Some(Verb::Done(said)) => answer(said, StepState::Done, context),
        Some(Verb::Partly(said)) => answer(said, StepState::Partly, context),
        Some(Verb::Drop { before: Some(before), .. }) => drop_before(*before, context),
        Some(Verb::Drop { answer: said, .. }) => answer(said, StepState::Dropped, context),
    }
}

fn list(args: &List, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let store = context.store_to_read()?;
    let mut open = store.all_open_steps()?;
    if open.is_empty() {
        return Err(Error::nothing(steps::none_open()));
    }
    let (all, today) = (open.len(), store.today(now)?);
    if !args.all {
        open.retain(|step| !context.config.step_fades.has_faded(step.day, today));
    }
    context.show(View::OpenSteps(&open))?;
    if open.len() < all {
        context.terminal.say(&steps::faded(all - open.len()))?;
    }
    Ok(())
}

fn add(args: &Add, context: &mut Context) -> Result<()> {
    let given = context.given_text()?;
    let given = given.map(|text| entry::single_line(&text).ok_or_else(no_words)).transpose()?;
    // Before the question, so that nobody is asked for words that cannot be saved.
    let mut store = context.open_store()?;
    context.warn_of_readers(&store);
    let day = context.day_to_write(&store, args.day_and_words().0)?;
    if day != context.today(&store)? && store.entry(day)?.is_none() {
        return Err(no_entry(day));
    }
    let text = match given {
        Some(text) => text,
        None if context.terminal.can_ask() => {
            let typed = input::ask_line(context, steps::ASK, Purpose::Step, day, args.extras());
            typed.map_err(Error::before_any_change)?.ok_or_else(no_words)?
        }
        None => return Err(no_words()),
    };
    let compose = context.compose(&store, day, Intent::Step { when: args.extras().when });
    let saved = unsaved::save(context, &mut store, compose, &text)?;
    output::announce(context, Purpose::Step, &saved)
}

fn no_words() -> Error {
    Error::usage(steps::no_words())
}

/// The day that stands before the words of a step, if one does. A weekday is not read as a day,
/// because a step may begin with it; `--day` takes weekdays.
pub(crate) fn leading_day(word: &str) -> Option<DayName> {
    let name = word.parse().ok()?;
    (!matches!(name, DayName::Weekday(_))).then_some(name)
}

fn answer(said: &Answer, state: StepState, context: &mut Context) -> Result<()> {
    let (name, _) = day_and_outcome(&said.words);
    let outcome = context.given_text()?.as_deref().and_then(entry::single_line);
    let answer = StepAnswer::new(state, outcome.as_deref());
    let now = context.now()?;
    let mut store = context.existing_store()?;
    let today = context.today(&store)?;
    let entry = match name {
        Some(_) => {
            let day = context.day(&store, name)?;
            store.entry(day)?.ok_or_else(|| no_entry(day))?
        }
        None => newest_open(&store, context.config.step_fades, today)?,
    };
    let day = entry.day;
    let Some(step) = &entry.step else {
        return Err(Error::nothing(steps::none_on(day)));
    };
    if is_said_already(step, &answer) {
        context.terminal.say(&steps::answered_already(step))?;
        return context.show_to_script(View::Steps(&[entry]));
    }
    let Some(outcome) = outcome else {
        let changed = store.answer_step(now, day, step, answer)?;
        return output::announce_answer(context, &changed);
    };
    let compose = context.compose(&store, day, Intent::Answer(state));
    let saved = unsaved::save(context, &mut store, compose, &outcome)?;
    output::announce(context, Purpose::Answer(state), &saved)
}

/// The day and the words of an answer. A day that is a word, such as `today`, may also be the first
/// word of a sentence: it is read as a day only if nothing or one quoted text follows it.
fn day_and_outcome(words: &[String]) -> (Option<DayName>, Option<String>) {
    let joined = |words: &[String]| (!words.is_empty()).then(|| words.join(" "));
    let Some((first, rest)) = words.split_first() else { return (None, None) };
    let is_number = first.contains(|c: char| c.is_ascii_digit());
    match first.parse() {
        Ok(name) if is_number || rest.len() <= 1 => (Some(name), joined(rest)),
        _ => (None, joined(words)),
    }
}

/// Whether the step has this answer already. An answer without words says nothing new about what
/// came of it.
fn is_said_already(step: &Step, answer: &StepAnswer) -> bool {
    step.state == answer.state && (answer.outcome.is_none() || step.outcome == answer.outcome)
}

fn drop_before(name: DayName, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let mut store = context.existing_store()?;
    context.today(&store)?;
    let before = context.day(&store, Some(name))?;
    let mut open = store.open_steps()?;
    open.retain(|entry| entry.day < before);
    if open.is_empty() {
        return Err(Error::nothing(steps::none_before(before)));
    }
    let text = View::Steps(&open).text(context.terminal.page());
    context.terminal.show_aside(&text.plain())?;
    let dropped = store.drop_steps(now, &open)?;
    context.terminal.say(&steps::let_go(dropped.len()))?;
    context.show_to_script(View::Steps(&dropped))
}

/// The entry of the newest open step from before today, or of today's own. A step that faded is
/// answered only by its day. Errors if there is none.
pub(super) fn newest_open(store: &Store, fading: Fading, today: Day) -> Result<Entry> {
    let before = store.open_step_before(today)?;
    let has_faded = before.as_ref().is_some_and(|entry| fading.has_faded(entry.day, today));
    if let Some(entry) = before.filter(|_| !has_faded) {
        return Ok(entry);
    }
    let open =
        |entry: &Entry| entry.step.as_ref().is_some_and(|step| step.state == StepState::Open);
    let none = if has_faded { steps::only_faded() } else { steps::none_open() };
    store.entry(today)?.filter(open).ok_or_else(|| Error::nothing(none))
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

    #[test]
    fn the_words_of_an_answer_are_not_read_as_a_day() {
        let read = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            let (day, outcome) = day_and_outcome(&words);
            (day.is_some(), outcome.unwrap_or_default())
        };
        for words in [&["yesterday"][..], &["monday"], &["-7d"], &["11-22"]] {
            assert_eq!(read(words), (true, String::new()), "{words:?}");
        }
        assert_eq!(read(&["monday", "she laughed"]), (true, "she laughed".to_owned()));
        assert_eq!(read(&["2026-11-22", "she", "laughed"]), (true, "she laughed".to_owned()));
        for words in [&["today I called her"][..], &["today", "I", "called"], &["she", "laughed"]] {
            assert_eq!(read(words), (false, words.join(" ")), "{words:?}");
        }
        assert_eq!(read(&[]), (false, String::new()));
    }
}
