//! `dwell search`

use std::ffi::OsString;

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::filters::Filters;
use crate::journal::search::{Search, Within};
use crate::messages;
use crate::view::View;

/// Entries and lessons with these words, best first
///
/// All words must be there, in any order; capitals and accents make no difference. "quiet morning"
/// stands together, -word must not be there, 'apolog*' finds apologise and apology. After -- nothing
/// is an option.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell search '\"quiet morning\"' -walk --since -1y")]
pub struct Args {
    /// What to look for: words, "words in a row", -without, 'apolog*'
    #[arg(value_name = "WORDS")]
    words: Vec<OsString>,
    /// Only in lessons
    #[arg(long, conflicts_with = "reflections")]
    lessons: bool,
    /// Only in what you wrote
    #[arg(long)]
    reflections: bool,
    #[command(flatten)]
    filters: Filters,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let words: Vec<_> = args.words.iter().map(|word| word.to_string_lossy()).collect();
    let search = Search::parse(&words.join(" "))
        .ok_or_else(|| Error::nothing(messages::search::no_words()))?;
    let within = match args {
        Args { lessons: true, .. } => Within::Lessons,
        Args { reflections: true, .. } => Within::Reflections,
        _ => Within::All,
    };
    context.now()?;
    let store = context.existing_store()?;
    let query = args.filters.resolve(&store, context)?;
    context.page_long_output();
    let mut listing = context.listing();
    let report = store.each_hit(&search, &query, within, |hit| listing.show(View::Hit(hit)))?;
    if let Some(ranked) = report.ranked_only {
        context.terminal.say(&messages::search::ranked_only(ranked))?;
    }
    if report.shown > 0 {
        return Ok(());
    }
    let is_narrowed = query.is_narrowed() || within != Within::All;
    Err(Error::nothing(messages::search::nothing_found(&search, is_narrowed)))
}
