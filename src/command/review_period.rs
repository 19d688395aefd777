//! `dwell review week|month|year`: one screen on that period.

use crate::command::Context;
use crate::command::arguments::Scope;
use crate::command::calendar::calendar_of;
use crate::command::error::{Error, Result};
use crate::journal::look_back::summary::Summary;
use crate::journal::search::query::Query;
use crate::journal::{Day, Period};
use crate::messages;
use crate::store::Store;
use crate::view::View;

/// Shows one screen on the week, the month or the year that a day lies in. Errors if it has no
/// entry.
pub(super) fn show(scope: Scope, day: Day, store: &Store, context: &mut Context) -> Result<()> {
    let week_start = context.config.week_start;
    let period = match scope {
        Scope::Week => Period::week_of(day, week_start),
        Scope::Month => Period::month_of(day),
        Scope::Year => Period::year_of(day),
    };
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
