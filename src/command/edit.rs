//! `dwell edit`

use clap_complete::ArgValueCandidates;

use crate::command::error::{Error, Result};
use crate::command::{Context, completions, input, output, unsaved};
use crate::compose::{Base, Compose, Intent};
use crate::drafts::Purpose;
use crate::journal::entry::reflection;
use crate::journal::{Day, DayName};
use crate::messages::saving;
use crate::store::Store;

/// Change a reflection; what it was before is kept
///
/// At a terminal, your editor opens on the words. Elsewhere the new words are read from standard
/// input; if that is empty and an editor is set, the editor is run.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell edit yesterday")]
pub struct Args {
    /// The day; today if left out
    #[arg(allow_hyphen_values = true, add = ArgValueCandidates::new(completions::days))]
    day: Option<DayName>,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    context.now()?;
    // Read before the journal is opened, so that a text which it does not take can be kept.
    let piped = if context.terminal.has_piped_input() {
        input::piped_text(context)?
    } else {
        String::new()
    };
    if piped.is_empty() {
        return edit(args, context);
    }
    let Some(text) = reflection::kept(&piped) else {
        let (_, compose) = open(args, context)?;
        return Err(empty_edit(compose.day));
    };
    let (mut store, compose) = open(args, context)
        .or_else(|error| unsaved::keep(context, args.day, Purpose::Revise, text, error))?;
    save(context, &mut store, compose, text)
}

/// Opens the day's text in the person's editor and saves what they change.
fn edit(args: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let (mut store, compose) = open(args, context)?;
    input::require_editor(context)?;
    let mut draft = context.drafts().begin(compose.day, Purpose::Revise, now.at)?;
    draft.write(compose.text_before().as_bytes())?;
    let Some(text) = input::edit(context, &mut draft, compose.text_before())? else {
        context.terminal.say(saving::NOTHING_CHANGED)?;
        return Ok(draft.discard()?);
    };
    let Some(text) = reflection::kept(&text) else {
        draft.discard()?;
        return Err(empty_edit(compose.day));
    };
    save(context, &mut store, compose.typed_in(draft), text)
}

/// The journal, and the revision that is to be saved in it.
fn open(args: &Args, context: &mut Context) -> Result<(Store, Compose)> {
    let store = context.existing_store()?;
    let day = context.day(&store, args.day)?;
    let base = Base::read(&store, day)?;
    Ok((store, context.compose(day, Intent::Revise(Some(base)))))
}

fn save(context: &mut Context, store: &mut Store, compose: Compose, text: &str) -> Result<()> {
    let now = context.now_to_save()?;
    let saved = compose.save(store, now, text).or_else(|error| unsaved::tell(context, *error))?;
    if saved.is_unchanged {
        return Ok(context.terminal.say(saving::NOTHING_CHANGED)?);
    }
    output::announce(context, &saved)
}

fn empty_edit(day: Day) -> Error {
    Error::usage(saving::edit_is_empty(day))
}
