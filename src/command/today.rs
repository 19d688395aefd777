//! `dwell today`

use std::mem::ManuallyDrop;
use std::time::Duration;

use crate::command::error::Result;
use crate::command::{Context, output};
use crate::store::WAIT;

/// Today's entry, below the open step if there is one; asks nothing
///
/// The first time each day chooses the lesson; after that it stays the same all day. With the
/// setting takeaway at after, the takeaway is left out until the day has words.
#[derive(Debug, Default, clap::Args)]
#[command(after_help = "Example: dwell today --if-new")]
pub struct Args {
    /// Print only the first time each day
    #[arg(long)]
    pub(crate) if_new: bool,
    /// Also show what you wrote on this lesson before
    #[arg(long)]
    earlier: bool,
}

/// A shell waits at its start, so it waits at most this long for a lock of another program.
const WAIT_AT_SHELL_START: Duration = Duration::from_millis(200);

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let wait = if args.if_new { WAIT_AT_SHELL_START } else { WAIT };
    match show(args, wait, context) {
        // The next shell greets the person.
        Err(error) if args.if_new && error.is_locked() => Ok(()),
        shown => shown,
    }
}

fn show(args: &Args, wait: Duration, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    // Not dropped: to free all that SQLite holds takes long, nothing is left to be written, and the
    // program ends soon.
    let mut store = ManuallyDrop::new(context.open_store_within(wait)?);
    let entry = match store.undoubted_today(now)? {
        Some(_) if args.if_new => return Ok(()),
        Some(entry) => entry,
        None => {
            let served = store.serve(now, context.config.order)?;
            if args.if_new && !served.is_new {
                return Ok(());
            }
            context.today(&store)?;
            served.entry
        }
    };
    let entry = &entry;
    let Some(lesson) = entry.lesson.as_ref().filter(|_| args.earlier) else {
        return output::show_today(context, &store, entry, None);
    };
    let earlier = store.earlier(lesson.id, entry.day)?;
    output::show_today(context, &store, entry, Some(&earlier))
}
