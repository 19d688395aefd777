//! `dwell calendar`

use clap_complete::ArgValueCandidates;

use crate::command::error::{Error, Result};
use crate::command::{Context, completions};
use crate::journal::{Calendar, Day, ParseError, Period, PeriodName, TimeName};
use crate::messages;
use crate::store::Store;
use crate::view::View;

/// A year as a map of days, or a month with its lessons
///
/// A fuller sign means more words, compared with the other days of that year. With plain lines the
/// days are told in words and numbers.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell calendar november")]
pub struct Args {
    /// The year, or the month: 2026, 2026-11, november, -1y, -3m; this year if left out
    #[arg(
        value_name = "TIME",
        value_parser = time,
        allow_hyphen_values = true,
        add = ArgValueCandidates::new(completions::periods)
    )]
    period: Option<TimeName>,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    context.now()?;
    let store = context.store_to_read()?;
    let today = store.today(context.now()?)?;
    let period = period(args, today)?;
    require_entry(period, &store)?;
    let calendar = calendar_of(period, &store, context)?;
    let series = store.all_series()?;
    let week_start = context.config.week_start;
    context.show(View::Calendar { calendar: &calendar, series: &series, week_start })
}

/// Reads a time. Here -1y is a year, and -3m a month.
fn time(text: &str) -> std::result::Result<TimeName, ParseError> {
    let period = text.parse().map(TimeName::Period);
    period.or_else(|error| text.parse().map(TimeName::Day).map_err(|_: ParseError| error))
}

/// The year or the month that is meant; for a week or a day, its month.
fn period(args: &Args, today: Day) -> Result<Period> {
    let name = args.period.unwrap_or(TimeName::Period(PeriodName::YearsAgo(0)));
    let time = name.resolve(today);
    let time = time.ok_or_else(|| Error::usage(messages::parse::period_too_early(&name)))?;
    let (first, last) = time;
    let day = TimeName::middle(time);
    let is_year = last.days_since(first) > 31;
    Ok(if is_year { Period::year_of(day) } else { Period::month_of(day) })
}

/// The calendar of a year, a month or a week. Errors if the journal cannot be read.
pub(super) fn calendar_of(
    period: Period,
    store: &Store,
    context: &mut Context,
) -> Result<Calendar> {
    let today = store.today(context.now()?)?;
    let entries = store.entry_days(period.whole_year())?;
    let rests = store.rests(context.config.rest_weekdays)?;
    Ok(Calendar::new(period, entries, &rests, store.first_entry_day()?, today))
}

/// Errors if there is no entry in a period, with a hint on where there are some.
fn require_entry(period: Period, store: &Store) -> Result<()> {
    if !store.entry_days(period)?.is_empty() {
        return Ok(());
    }
    let in_year = !store.entry_days(period.whole_year())?.is_empty();
    let years = store.entry_years()?;
    Err(Error::nothing(messages::entries::none_in(period, in_year, &years)))
}
