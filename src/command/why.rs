//! `dwell why`

use clap_complete::ArgValueCandidates;

use crate::command::context::no_entry;
use crate::command::error::{Error, Result};
use crate::command::{Context, completions};
use crate::journal::DayName;
use crate::messages;
use crate::view::View;

/// Why today's lesson is today's
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell why yesterday")]
pub struct Args {
    /// The day; today if left out
    #[arg(allow_hyphen_values = true, add = ArgValueCandidates::new(completions::days))]
    day: Option<DayName>,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let (store, entry) = if args.day.is_none() {
        let mut store = context.open_store()?;
        let served = store.serve(now, context.config.order)?;
        (store, served.entry)
    } else {
        let store = context.existing_store()?;
        let day = context.day(&store, args.day)?;
        let entry = store.entry(day)?.ok_or_else(|| no_entry(day))?;
        (store, entry)
    };
    let day = entry.day;
    let (Some(lesson), Some(reason)) = (&entry.lesson, store.reason(day)?) else {
        return Err(Error::nothing(messages::lessons::none_on(day)));
    };
    let title = store.series(&lesson.series)?.map(|series| series.title);
    let title = title.as_deref().unwrap_or(&lesson.source.title);
    context.show(View::Why { entry: &entry, lesson, title, reason })
}
