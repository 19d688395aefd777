//! `dwell rest`

use clap_complete::ArgValueCandidates;

use crate::command::error::{Error, Result};
use crate::command::{Context, completions};
use crate::journal::DayName;
use crate::journal::look_back::rest::{Holiday, RestWeekdays};
use crate::messages;
use crate::view::View;

/// Mark days off, which do not break your days in a row; without a day, list them
///
/// Past and coming days can be marked, coming ones by their whole date. Weekdays that are always
/// days off are a setting, rest_days; see dwell config --help.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell rest 2026-12-24 2026-12-26")]
#[expect(clippy::doc_markdown, reason = "this is help, which shows backticks as they are")]
pub struct Args {
    /// The first day
    #[arg(
        value_name = "DAY",
        allow_hyphen_values = true,
        add = ArgValueCandidates::new(completions::days)
    )]
    first: Option<DayName>,
    /// The last day; the first one if left out
    #[arg(
        value_name = "DAY",
        allow_hyphen_values = true,
        add = ArgValueCandidates::new(completions::days)
    )]
    last: Option<DayName>,
    /// Take the mark away
    #[arg(long, requires = "first", alias = "no-more")]
    off: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let Some(first) = args.first else { return list(context) };
    let rests = !args.off;
    // Holidays may be planned before the first lesson.
    let mut store = if rests { context.open_store()? } else { context.existing_store()? };
    let today = context.today(&store)?;
    let first = match first {
        // On a Sunday, "rest sunday" means this one, and not the one that is over.
        DayName::Weekday(weekday) if weekday == today.weekday() => today,
        first => context.day(&store, Some(first))?,
    };
    let last = match args.last {
        // A date without a year is the first such date from the first day on.
        Some(name @ DayName::MonthDay { .. }) => name.on_or_after(first).unwrap_or(first),
        Some(last) => context.day(&store, Some(last))?,
        None => first,
    };
    let holiday = Holiday::new(first, last, today)?;
    let is_changed = store.rest(now, holiday, rests)?;
    context.terminal.say(&messages::rest::marked(holiday, rests, is_changed))?;
    context.show_to_script(View::Holidays(&[holiday]))
}

fn list(context: &mut Context) -> Result<()> {
    let rests = context.existing_store()?.rests(RestWeekdays::default())?;
    let holidays = rests.holidays();
    if holidays.is_empty() {
        return Err(Error::nothing(messages::rest::none_marked()));
    }
    context.show(View::Holidays(&holidays))
}
