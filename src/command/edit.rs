//! `dwell edit`

use clap_complete::ArgValueCandidates;

use crate::command::error::{Error, Result};
use crate::command::{Context, completions, saving};
use crate::drafts::Purpose;
use crate::journal::entry::reflection;
use crate::journal::{Day, DayName, FactId};
use crate::store::{Store, Written};

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
    // Read before the journal is opened, so that words which it does not take can be kept.
    let piped = if context.terminal.has_piped_input() {
        saving::piped_words(context)?
    } else {
        String::new()
    };
    if piped.is_empty() {
        return edit(args, context);
    }
    if reflection::kept(&piped).is_none() {
        let (_, day, ..) = words_of(args, context)?;
        return Err(emptied(day));
    }
    let saved = put(args, context, &piped);
    let saved = saving::or_keep(context, (args.day, Purpose::Revise), &piped, saved)?;
    announce(context, saved)
}

/// Puts these words in the place of the day's. `None` if they are the same.
fn put(args: &Args, context: &mut Context, text: &str) -> Result<Option<Written>> {
    let (store, day, before, parents) = words_of(args, context)?;
    let text = reflection::kept(text).ok_or_else(|| emptied(day))?;
    save(context, store, (day, parents), &before, text)
}

/// Has the person change the day's words in their editor.
fn edit(args: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let (store, day, before, parents) = words_of(args, context)?;
    saving::require_editor(context)?;
    let begun = context.drafts().begin(day, Purpose::Revise, now.at);
    let mut draft = begun.map_err(saving::no_draft)?;
    draft.write(before.as_bytes()).map_err(saving::no_draft)?;
    let Some(text) = saving::edit(context, &mut draft, &before)? else {
        context.terminal.say("nothing was changed")?;
        return draft.discard().map_err(saving::no_draft);
    };
    let Some(text) = reflection::kept(&text) else {
        draft.discard().map_err(saving::no_draft)?;
        return Err(emptied(day));
    };
    let saved = match save(context, store, (day, parents), &before, text) {
        Ok(saved) => saved,
        Err(error) => return Err(saving::say_kept(context, error, text, true)?),
    };
    // Its words are in the journal now; a draft that stays does no harm.
    let _ = draft.discard();
    announce(context, saved)
}

/// The journal, the day that is meant, its words, and what a revision of them must name.
fn words_of(args: &Args, context: &mut Context) -> Result<(Store, Day, String, Vec<FactId>)> {
    let store = context.existing_store()?;
    let day = context.day(&store, args.day)?;
    let (text, parents) = store.revisable(day)?.ok_or_else(|| {
        Error::nothing(format!("nothing is written on {day}"))
            .hint(format!("dwell write --day {day}"))
    })?;
    Ok((store, day, text, parents))
}

fn save(
    context: &mut Context,
    mut store: Store,
    (day, parents): (Day, Vec<FactId>),
    before: &str,
    text: &str,
) -> Result<Option<Written>> {
    if text == before {
        return Ok(None);
    }
    let now = context.now_to_save()?;
    Ok(Some(store.revise(now, day, parents, text)?))
}

fn announce(context: &mut Context, saved: Option<Written>) -> Result<()> {
    match saved {
        Some(written) => saving::announce(context, &written),
        None => Ok(context.terminal.say("nothing was changed")?),
    }
}

fn emptied(day: Day) -> Error {
    Error::usage("the new text is empty; the reflection is as it was")
        .hint(format!("dwell delete {day} removes it"))
}
