//! `dwell review week|month|year`: one screen on that period.

use crate::command::Context;
use crate::command::arguments::Scope;
use crate::command::calendar::calendar_of;
use crate::command::error::{Error, Result};
use crate::journal::look_back::summary::Summary;
use crate::journal::search::query::Query;
use crate::journal::{Day, DayName, Period, TimeName};
use crate::messages;
use crate::store::Store;
use crate::view::View;

/// The week, the month or the year that a time lies in; the present one if there is no time. Errors
/// if the time is longer than that, or lies before the first year that dwell keeps.
pub(super) fn period(
    scope: Scope,
    time: Option<TimeName>,
    today: Day,
    context: &Context,
) -> Result<Period> {
    let time = time.unwrap_or(TimeName::Day(DayName::Today));
    let too_early = || Error::usage(messages::parse::period_too_early(&time));
    let (first, last) = time.resolve(today).ok_or_else(too_early)?;
    let length = match last.days_since(first) + 1 {
        ..=7 => Scope::Week,
        8..=31 => Scope::Month,
        _ => Scope::Year,
    };
    if length > scope {
        let (scope, length) = (scope.as_str(), length.as_str());
        return Err(Error::usage(messages::parse::longer_than(time, scope, length)));
    }
    let day = TimeName::middle((first, last));
    Ok(match scope {
        Scope::Week => Period::week_of(day, context.config.week_start),
        Scope::Month => Period::month_of(day),
        Scope::Year => Period::year_of(day),
    })
}

/// Shows one screen on a period. Errors if it has no entry.
pub(super) fn show(period: Period, store: &Store, context: &mut Context) -> Result<()> {
    let week_start = context.config.week_start;
    let (first, last) = (period.first(), period.last());
    let today = store.today(context.now()?)?;
    let first_fresh = context.config.step_fades.first_day(today);
    let mut summary = Summary::new(first, last, first_fresh);
    let query =
        Query { since: Some(first), until: Some(last), oldest_first: true, ..Query::default() };
    let shown = store.each_entry(&query, |entry| -> Result<()> {
        summary.add(entry);
        Ok(())
    })?;
    if shown == 0 {
        return Err(Error::nothing(messages::entries::none_between(first, last)));
    }
    let calendar = calendar_of(period, store, context)?;
    context.page_long_output();
    context.show(View::Summary { summary: &summary, calendar: &calendar, week_start })
}
