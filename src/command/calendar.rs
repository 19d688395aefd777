//! `dwell calendar`

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::journal::{Calendar, Day, Period, PeriodName};
use crate::messages;
use crate::store::Store;
use crate::view::View;

/// A year as a map of days, or a month with its lessons
///
/// A fuller sign means more words, compared with the other days of that year.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 2026, 2026-11, november, nov, -1y or -3m; this year if left out
    #[arg(value_name = "YEAR|MONTH", allow_hyphen_values = true)]
    period: Option<PeriodName>,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    context.now()?;
    let store = context.existing_store()?;
    let today = store.today(context.now()?)?;
    let period = period(args, today)?;
    require_entry(period, &store)?;
    let calendar = calendar_of(period, &store, context)?;
    let series = store.all_series()?;
    let week_start = context.config.week_start;
    context.show(View::Calendar { calendar: &calendar, series: &series, week_start })
}

fn period(args: &Args, today: Day) -> Result<Period> {
    let name = args.period.unwrap_or(PeriodName::YearsAgo(0));
    name.resolve(today).ok_or_else(|| Error::usage(messages::parse::period_too_early(name)))
}

/// The calendar of a year, a month or a week. Errors if the journal cannot be read.
pub(super) fn calendar_of(
    period: Period,
    store: &Store,
    context: &mut Context,
) -> Result<Calendar> {
    let today = store.today(context.now()?)?;
    let kept = store.entry_days(period.whole_year())?;
    let rests = store.rests(context.config.rest_weekdays)?;
    Ok(Calendar::new(period, kept, &rests, store.first_entry_day()?, today))
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
