//! `dwell stats`

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::view::View;

/// Days, words, runs, series and steps in numbers
///
/// A run counts the days in a row that have a reflection; dwell config rest_days names weekdays that
/// neither break nor lengthen it, and dwell rest marks a holiday.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let store = context.existing_store()?;
    let rests = store.rests(context.config.rest_weekdays)?;
    let tally = store.stats(store.today(now)?, &rests)?;
    if tally.entries == 0 {
        return Err(Error::nothing("there is nothing to count yet").hint("dwell"));
    }
    context.show(View::Stats(&tally))
}
