//! `dwell search`

use std::ffi::OsString;

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::filters::Filters;
use crate::journal::search::{Form, Search, Within};
use crate::view::View;

/// Entries and lessons that hold the words, best first
///
/// All words must be there, in any order and with any ending of case or accent: "quiet morning" in
/// quotes stands together, -word must not be there, word* may go on. Signs without a letter are
/// looked for as they stand. Nothing else has a meaning, and after -- nothing is an option.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to look for: words, "words in a row", -without, begin*
    #[arg(value_name = "WORDS")]
    words: Vec<OsString>,
    /// Only in lessons
    #[arg(long, conflicts_with = "reflections")]
    lessons: bool,
    /// Only in what you wrote: reflections, steps and afterthoughts
    #[arg(long)]
    reflections: bool,
    #[command(flatten)]
    filters: Filters,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let words: Vec<_> = args.words.iter().map(|word| word.to_string_lossy()).collect();
    let search = Search::parse(&words.join(" ")).ok_or_else(|| {
        Error::nothing("there is no word to search for").hint("dwell search WORDS")
    })?;
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
    let searched = store.each_hit(&search, &query, within, |hit| listing.show(View::Hit(hit)))?;
    if let Some(ranked) = searched.ranked_only {
        let message =
            format!("only the newest {ranked} hits were ranked; the others come after them");
        context.terminal.say(&message)?;
    }
    if searched.shown > 0 {
        return Ok(());
    }
    let is_narrowed = query.is_narrowed() || within != Within::All;
    Err(Error::nothing("nothing found").hint(hint(&search, is_narrowed)))
}

/// What would find more.
fn hint(search: &Search, is_narrowed: bool) -> &'static str {
    let goes_on = search.terms.iter().any(|term| term.form == Form::Beginning);
    match search.terms.len() {
        _ if is_narrowed => "search without the options",
        _ if search.only_excludes() => {
            "every entry holds one of them; --lessons looks in the lessons"
        }
        1 if goes_on => "dwell log",
        1 => "begin* finds every word that begins so; dwell log shows all entries",
        _ => "all words must be there: try fewer, or begin* for words that begin so",
    }
}
