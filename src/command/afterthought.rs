//! `dwell afterthought`

use clap_complete::ArgValueCandidates;

use crate::command::error::{Error, Kind, Result};
use crate::command::{Context, completions, input, unsaved};
use crate::compose::Intent;
use crate::drafts::Purpose;
use crate::journal::{Day, DayName, Entry, entry};
use crate::messages::entries;
use crate::store::Store;
use crate::view::View;

/// Add a dated line to an old reflection
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell afterthought -1y 'I see it differently now.'")]
pub struct Args {
    /// The day of the reflection
    #[arg(allow_hyphen_values = true, add = ArgValueCandidates::new(completions::days))]
    day: DayName,
    /// The words; asked for at a terminal, read from standard input elsewhere
    #[arg(allow_negative_numbers = true)]
    text: Vec<String>,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    context.now()?;
    let text = match args.text.as_slice() {
        [dash] if dash == "-" => input::piped_text(context)?,
        [] if context.terminal.can_ask() => ask(context, args.day)?.unwrap_or_default(),
        [] if context.terminal.has_piped_input() => input::piped_text(context)?,
        words => words.join(" "),
    };
    let text = input::text_to_save(&text)?;
    let mut store = (context.existing_store())
        .or_else(|error| unsaved::keep(context, Some(args.day), Purpose::Add, text, error))?;
    let day = (context.day(&store, Some(args.day)))
        .or_else(|error| unsaved::keep(context, Some(args.day), Purpose::Add, text, error))?;
    let entry = save(context, &mut store, day, text)?;
    context.show_to_script(View::Entry(&entry))
}

/// Asks for an afterthought on a day; `None` if nothing is typed. If the person leaves, what they
/// typed is kept as a draft.
pub(super) fn ask(context: &mut Context, day: DayName) -> Result<Option<String>> {
    let error = match context.terminal.ask_line(entries::ASK_AFTERTHOUGHT) {
        Ok(line) => return Ok(entry::single_line(&line)),
        Err(error) => Error::from(error),
    };
    let left = context.terminal.left_line().as_deref().and_then(entry::single_line);
    match left.filter(|_| error.kind == Kind::Cancelled) {
        Some(text) => unsaved::keep(context, Some(day), Purpose::Add, &text, error),
        None => Err(error),
    }
}

/// Adds a dated line to the reflection of a day and says so. Errors if the day has no reflection.
pub(super) fn save(
    context: &mut Context,
    store: &mut Store,
    day: Day,
    text: &str,
) -> Result<Entry> {
    let now = context.now_to_save()?;
    let compose = context.compose(day, Intent::Afterthought);
    let saved = compose.save(store, now, text).or_else(|error| unsaved::tell(context, *error))?;
    context.terminal.say(&entries::afterthought_saved(day))?;
    Ok(saved.entry)
}
