//! `dwell today`

use crate::command::error::Result;
use crate::command::{Context, output};

/// Today's entry, below the open step if there is one; asks nothing
///
/// The first time each day chooses the lesson; after that it stays the same all day.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell today --if-new")]
pub struct Args {
    /// Print only the first time each day
    #[arg(long)]
    if_new: bool,
    /// Also show what you wrote on this lesson before
    #[arg(long)]
    earlier: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let mut store = context.open_store()?;
    let served = store.serve(now, context.config.order)?;
    if args.if_new && !served.is_new {
        return Ok(());
    }
    context.today(&store)?;
    let entry = &served.entry;
    let Some(lesson) = entry.lesson.as_ref().filter(|_| args.earlier) else {
        return output::show_today(context, &store, entry, None);
    };
    let earlier = store.earlier(lesson.id, entry.day)?;
    output::show_today(context, &store, entry, Some(&earlier))
}
