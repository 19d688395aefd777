//! `dwell edit`

use clap_complete::ArgValueCandidates;

use super::{Context, completions, saving};
use crate::error::{Error, Result};
use crate::journal::{Day, DayName, FactId, reflection};
use crate::store::Store;
use crate::terminal::draft::Purpose;

/// Change a reflection; what it was before is kept
///
/// At a terminal, your editor opens on the words. Elsewhere the new words are read from standard
/// input; if that is empty and an editor is set, the editor is run.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The day; today if left out
    #[arg(allow_hyphen_values = true, add = ArgValueCandidates::new(completions::days))]
    day: Option<DayName>,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    context.now()?;
    let store = context.existing_store()?;
    let day = context.day(&store, args.day)?;
    let Some((before, parents)) = store.revisable(day)? else {
        return Err(Error::nothing(format!("nothing is written on {day}"))
            .hint(format!("dwell write --day {day}")));
    };
    if context.terminal.has_piped_input() {
        // Nothing may hold the journal while the words are on their way.
        drop(store);
        let text = saving::piped_words(context)?;
        if !text.is_empty() {
            return save_piped(context, day, parents, &before, &text);
        }
        if context.config.editor.wanted.is_none() {
            return Err(Error::usage("there are no new words on standard input")
                .hint("pipe them in, or run dwell edit at a terminal"));
        }
    } else if !context.terminal.can_ask() {
        return Err(Error::usage("the new words cannot be asked for here")
            .hint("pipe them into dwell edit"));
    }
    edit(context, day, parents, &before)
}

fn save_piped(
    context: &mut Context,
    day: Day,
    parents: Vec<FactId>,
    before: &str,
    text: &str,
) -> Result<()> {
    let text = reflection::kept(text).ok_or_else(|| emptied(day))?;
    let now = context.now()?;
    let saved = save(context, day, parents, before, text);
    saving::or_keep(context, (day, now.at), text, saved)
}

fn edit(context: &mut Context, day: Day, parents: Vec<FactId>, before: &str) -> Result<()> {
    let now = context.now()?;
    let mut draft =
        context.drafts().begin(day, Purpose::Revise, now.at).map_err(saving::no_draft)?;
    draft.write(before.as_bytes()).map_err(saving::no_draft)?;
    let Some(text) = saving::edit(context, &mut draft, before)? else {
        context.terminal.say("nothing was changed")?;
        return draft.discard().map_err(saving::no_draft);
    };
    let Some(text) = reflection::kept(&text) else {
        draft.discard().map_err(saving::no_draft)?;
        return Err(emptied(day));
    };
    save(context, day, parents, before, text)?;
    // Its words are in the journal now.
    draft.discard().map_err(saving::no_draft)
}

fn save(
    context: &mut Context,
    day: Day,
    parents: Vec<FactId>,
    before: &str,
    text: &str,
) -> Result<()> {
    if text == before {
        return Ok(context.terminal.say("nothing was changed")?);
    }
    let now = context.now()?;
    let mut store: Store = context.existing_store()?;
    let entry = store.revise(now, day, parents, text)?;
    saving::say_saved(&mut context.terminal, &entry, false)?;
    if context.json { saving::show(context, &entry) } else { Ok(()) }
}

fn emptied(day: Day) -> Error {
    Error::usage("the new text is empty; the reflection is as it was")
        .hint(format!("dwell delete {day} removes it"))
}
