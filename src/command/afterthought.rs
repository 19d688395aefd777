//! `dwell afterthought`

use clap_complete::ArgValueCandidates;

use crate::command::error::{Error, Kind, Result};
use crate::command::{Context, completions, saving};
use crate::drafts::Purpose;
use crate::journal::{Day, DayName, Entry};
use crate::store::Store;
use crate::view::View;

/// Add a dated line to an old reflection
#[derive(Debug, clap::Args)]
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
        [dash] if dash == "-" => saving::piped_words(context)?,
        [] if context.terminal.can_ask() => ask(context, args.day)?.unwrap_or_default(),
        [] if context.terminal.has_piped_input() => saving::piped_words(context)?,
        words => words.join(" "),
    };
    let text = saving::words_to_save(&text)?;
    let saved = save(args, context, text);
    let entry = saving::or_keep(context, (Some(args.day), Purpose::Add), text, saved)?;
    context.terminal.say(&format!("saved an afterthought on {}", entry.day))?;
    context.show_to_script(View::Entry(&entry))
}

fn save(args: &Args, context: &mut Context, text: &str) -> Result<Entry> {
    let mut store = context.existing_store()?;
    let day = context.day(&store, Some(args.day))?;
    add(context, &mut store, day, text)
}

/// Asks for an afterthought on a day. What somebody typed who leaves is kept as a draft.
pub(super) fn ask(context: &mut Context, day: DayName) -> Result<Option<String>> {
    let error = match context.terminal.ask_line("Your afterthought:") {
        Ok(text) => return Ok(text),
        Err(error) => Error::from(error),
    };
    let Some(text) = context.terminal.left_line().filter(|_| error.kind == Kind::Cancelled) else {
        return Err(error);
    };
    saving::or_keep(context, (Some(day), Purpose::Add), &text, Err(error))
}

/// Adds a dated line to the reflection of a day, which must have one.
pub(super) fn add(context: &mut Context, store: &mut Store, day: Day, text: &str) -> Result<Entry> {
    if store.revisable(day)?.is_none() {
        return Err(Error::nothing(format!("nothing is written on {day}"))
            .hint(format!("dwell write --day {day}")));
    }
    Ok(store.add_afterthought(context.now_to_save()?, day, text)?)
}
