//! `dwell afterthought`

use clap_complete::ArgValueCandidates;

use crate::command::error::{Error, Result};
use crate::command::words::{Input, Words};
use crate::command::{Context, completions, input, output, typing, unsaved};
use crate::compose::{Base, Intent};
use crate::drafts::{Extras, Purpose};
use crate::journal::{Day, DayName, Entry};
use crate::messages::{entries, saving};
use crate::store::Store;
use crate::terminal::Terminal;

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

impl Args {
    /// The words that come with the command.
    pub(crate) fn words(&self, terminal: &Terminal) -> Option<Words> {
        let input = Input::given(&self.text, terminal)?;
        Some(Words::new(input, Purpose::Afterthought, Some(self.day), Extras::default()))
    }
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let given = context.given_text()?;
    let given = given.as_deref().map(input::text_to_save).transpose()?;
    let mut store = context.existing_store()?;
    let day = context.day(&store, Some(args.day))?;
    context.today(&store)?;
    require_words(&store, day)?;
    let text = match given {
        Some(text) => text.to_owned(),
        None if context.uses_page() => return write_on_page(context, &mut store, day),
        None if context.terminal.can_ask() => {
            ask(context, day)?.ok_or_else(|| Error::usage(saving::no_words()))?
        }
        None => return Err(Error::usage(saving::no_words())),
    };
    save(context, &mut store, day, &text).map(drop)
}

/// Lets the person write below the old entry, on the page.
pub(super) fn write_on_page(context: &mut Context, store: &mut Store, day: Day) -> Result<()> {
    require_words(store, day)?;
    context.warn_of_readers(store);
    let compose = context.compose(store, day, Intent::Afterthought);
    let now = context.now()?;
    let drafts = context.drafts(Some(store));
    let (draft, text) = match drafts.newest_for(day, Purpose::Afterthought, now.at)? {
        Some(unfinished) => unfinished,
        None => (drafts.begin(&compose.intent.label(day), now.at)?, String::new()),
    };
    let saved = typing::type_and_save(context, store, compose, draft, &text)?.saved(context)?;
    saved.map_or(Ok(()), |saved| output::announce(context, Purpose::Afterthought, &saved))
}

/// Errors if a day has no words. It takes no afterthought then, so nobody is asked for one.
fn require_words(store: &Store, day: Day) -> Result<()> {
    Base::read(store, day)?;
    Ok(())
}

/// Asks for an afterthought on a day; `None` if nothing is typed. Errors if the person leaves.
pub(super) fn ask(context: &mut Context, day: Day) -> Result<Option<String>> {
    let (question, purpose) = (entries::ASK_AFTERTHOUGHT, Purpose::Afterthought);
    Ok(input::ask_line(context, question, purpose, day, Extras::default())?)
}

/// Adds a dated line to the reflection of a day and says so. Errors if the day has no reflection.
pub(super) fn save(
    context: &mut Context,
    store: &mut Store,
    day: Day,
    text: &str,
) -> Result<Entry> {
    context.warn_of_readers(store);
    let compose = context.compose(store, day, Intent::Afterthought);
    let saved = unsaved::save(context, store, compose, text)?;
    output::announce(context, Purpose::Afterthought, &saved)?;
    Ok(saved.entry)
}
