//! `dwell why`

use clap_complete::ArgValueCandidates;

use crate::command::context::no_entry;
use crate::command::error::{Error, Result};
use crate::command::{Context, completions};
use crate::journal::DayName;
use crate::journal::lesson::plan::Reason;
use crate::text::Page;
use crate::view;

/// Why today's lesson is today's
#[derive(Debug, clap::Args)]
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
        return Err(
            Error::nothing(format!("{day} had no lesson")).hint(format!("dwell show {day}"))
        );
    };
    let title = store.series(&lesson.series)?.map(|series| series.title);
    let title = title.as_deref().unwrap_or(&lesson.source.title);
    let page = context.terminal.page();
    let text = if context.json {
        let sentence = view::why(lesson, title, reason, Page::UNSET);
        view::json::why(&entry, word(reason), sentence.trim_end())
    } else {
        view::why(lesson, title, reason, page)
    };
    Ok(context.terminal.data(&text)?)
}

/// The reason in one word, for scripts.
fn word(reason: Reason) -> &'static str {
    match reason {
        Reason::AskedBack { .. } => "asked_back",
        Reason::InProgress => "in_progress",
        Reason::NextSeries => "next_series",
        Reason::Mixed => "mixed",
        Reason::Round { .. } => "round",
        Reason::LovedRound { .. } => "loved_round",
    }
}
