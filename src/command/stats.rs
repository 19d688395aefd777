//! `dwell stats`

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::messages;
use crate::view::View;

/// Days, words, series and steps in numbers
///
/// Days in a row have a reflection each. Days off neither break nor lengthen them: the setting
/// rest_days names weekdays, and dwell rest marks other days.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell stats")]
#[expect(clippy::doc_markdown, reason = "this is help, which shows backticks as they are")]
pub struct Args {}

pub fn run(_: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let store = context.store_to_read()?;
    let rests = store.rests(context.config.rest_weekdays)?;
    let stats = store.stats(now.at, store.today(now)?, &rests)?;
    if stats.entries == 0 {
        return Err(Error::nothing(messages::entries::nothing_to_count()));
    }
    context.show(View::Stats(&stats))
}
