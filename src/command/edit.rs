//! `dwell edit`

use clap_complete::ArgValueCandidates;

use crate::command::error::{Error, Result};
use crate::command::words::{Input, Words};
use crate::command::{Context, completions, input, output, typing, unsaved};
use crate::compose::{Base, Compose, Intent};
use crate::drafts::{Draft, Extras, Purpose};
use crate::journal::entry::reflection;
use crate::journal::{Day, DayName};
use crate::messages::{entries, saving};
use crate::store::Store;
use crate::terminal::Terminal;

/// Change a reflection; what it was before is kept
///
/// At a terminal, the words open on the page, or in your editor. Elsewhere the new words are read
/// from standard input; if that is empty and an editor is set, the editor is run. With --revision
/// standard input is not read.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell edit yesterday")]
pub struct Args {
    /// The day; today if left out
    #[arg(allow_hyphen_values = true, add = ArgValueCandidates::new(completions::days))]
    day: Option<DayName>,
    /// Begin from this saved state, by its number in dwell show --revisions
    #[arg(long, value_name = "N")]
    revision: Option<usize>,
    /// Open your editor instead of the page
    #[arg(long, short)]
    editor: bool,
    /// With --revision: bring that state back as it is, without an editor
    #[arg(long, short, requires = "revision")]
    yes: bool,
}

impl Args {
    /// The words that come with the command.
    pub(crate) fn words(&self, terminal: &Terminal) -> Option<Words> {
        let is_read = self.revision.is_none() && terminal.has_piped_input();
        let input = is_read.then(Input::read)?;
        Some(Words::new(input, Purpose::Revise, self.day, Extras::default()))
    }
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    if let Some(number) = args.revision {
        return edit_revision(args, number, context);
    }
    let piped = context.given_text()?.unwrap_or_default();
    if piped.is_empty() {
        return edit(args, context);
    }
    let (mut store, compose) = open(args, context)?;
    let text = reflection::kept(&piped).ok_or_else(|| empty_edit(compose.day))?;
    save(context, &mut store, compose, text)
}

/// Opens the day's text on the page, or in the person's editor, and saves what they change.
fn edit(args: &Args, context: &mut Context) -> Result<()> {
    let (mut store, compose) = open(args, context)?;
    edit_text(context, &mut store, compose, args.editor)
}

/// The same for a day in an open journal.
pub(super) fn edit_day(context: &mut Context, store: &mut Store, day: Day) -> Result<()> {
    context.warn_of_readers(store);
    let base = Base::read(store, day)?;
    let compose = context.compose(store, day, Intent::Revise(Some(base)));
    edit_text(context, store, compose, false)
}

fn edit_text(
    context: &mut Context,
    store: &mut Store,
    compose: Compose,
    in_editor: bool,
) -> Result<()> {
    let on_page = context.uses_page() && !in_editor;
    if !on_page {
        input::require_editor(context)?;
    }
    if on_page {
        return edit_on_page(context, store, compose);
    }
    let now = context.now()?;
    let label = compose.intent.label(compose.day);
    let mut draft = context.drafts(Some(store)).begin(&label, now.at)?;
    let before = compose.text_before().to_owned();
    draft.write(before.as_bytes())?;
    let Some(text) = input::edit(context, &mut draft, &before)? else {
        context.terminal.say(saving::NOTHING_CHANGED)?;
        return Ok(draft.discard()?);
    };
    save_edited(context, store, compose, draft, &text)
}

/// The same on the page. An edit of the day that stayed a draft goes on.
fn edit_on_page(context: &mut Context, store: &mut Store, compose: Compose) -> Result<()> {
    let now = context.now()?;
    let (day, drafts) = (compose.day, context.drafts(Some(store)));
    let unfinished = drafts.newest_for(day, Purpose::Revise, now.at)?;
    let ended = if let Some((draft, text)) = unfinished {
        // The person does not see the text that the draft replaces, and is shown it after that.
        let compose = Compose { intent: Intent::Revise(None), ..compose };
        typing::type_and_save(context, store, compose, draft, &text)?
    } else {
        let mut draft = drafts.begin(&compose.intent.label(day), now.at)?;
        let before = compose.text_before().to_owned();
        draft.write(before.as_bytes())?;
        typing::type_and_save(context, store, compose, draft, &before)?
    };
    let saved = ended.saved(context)?;
    saved.map_or(Ok(()), |saved| typing::announce(context, store, day, Purpose::Revise, &saved))
}

/// Opens a saved state of a day in the person's editor and saves what they leave, or saves it as it
/// is. The state may have been deleted or undone.
fn edit_revision(args: &Args, number: usize, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let mut store = context.existing_store()?;
    context.today(&store)?;
    let day = context.day_to_write(&store, args.day)?;
    let revisions = store.revisions(day)?;
    if revisions.is_empty() {
        return Err(Error::nothing(entries::never_written(day)));
    }
    let revision = number.checked_sub(1).and_then(|at| revisions.get(at));
    let Some(revision) = revision else {
        return Err(Error::nothing(entries::no_revision(day, number, revisions.len())));
    };
    let intent = match store.entry(day)?.and_then(|entry| entry.reflection) {
        Some(_) => Intent::Revise(Some(Base::read(&store, day)?)),
        None => Intent::Add(Extras::default()),
    };
    let compose = context.compose(&store, day, intent);
    if args.yes {
        return save(context, &mut store, compose, &revision.text);
    }
    input::require_editor(context).map_err(|error| error.hint(saving::YES_RESTORES))?;
    let label = Intent::Revise(None).label(day);
    let mut draft = context.drafts(Some(&store)).begin(&label, now.at)?;
    draft.write(revision.text.as_bytes())?;
    let edited = input::edit(context, &mut draft, &revision.text)?;
    // An editor that was left without a change may mean both.
    if edited.is_none()
        && !(context.terminal.can_ask() && context.terminal.confirm(saving::CONFIRM_RESTORE)?)
    {
        context.terminal.say(saving::NOTHING_CHANGED)?;
        context.terminal.hint(saving::YES_RESTORES)?;
        return Ok(draft.discard()?);
    }
    let text = edited.unwrap_or_else(|| revision.text.clone());
    save_edited(context, &mut store, compose, draft, &text)
}

/// Saves the text that an editor left in a draft. Errors if it has no words.
fn save_edited(
    context: &mut Context,
    store: &mut Store,
    compose: Compose,
    draft: Draft,
    text: &str,
) -> Result<()> {
    let Some(text) = reflection::kept(text) else {
        draft.discard()?;
        return Err(empty_edit(compose.day));
    };
    save(context, store, compose.typed_in(draft), text)
}

/// The journal, and the revision that is to be saved in it.
fn open(args: &Args, context: &mut Context) -> Result<(Store, Compose)> {
    let store = context.existing_store()?;
    context.warn_of_readers(&store);
    context.today(&store)?;
    let day = context.day(&store, args.day)?;
    let base = Base::read(&store, day)?;
    let compose = context.compose(&store, day, Intent::Revise(Some(base)));
    Ok((store, compose))
}

fn save(context: &mut Context, store: &mut Store, compose: Compose, text: &str) -> Result<()> {
    let saved = unsaved::save(context, store, compose, text)?;
    if saved.is_unchanged {
        return Ok(context.terminal.say(saving::NOTHING_CHANGED)?);
    }
    output::announce(context, Purpose::Revise, &saved)
}

fn empty_edit(day: Day) -> Error {
    Error::usage(saving::edit_is_empty(day))
}
