//! `dwell undo`

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::messages;
use crate::store::Undone;
use crate::view::View;

/// Undo the last change; run it again for the one before
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Undo even if words were forgotten since then; those stay forgotten
    #[arg(long, short)]
    yes: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let mut store = context.existing_store()?;
    if let Some(day) = store.last_forgotten()?.filter(|_| !args.yes) {
        return Err(Error::nothing(messages::undo::last_was_forgotten(day)));
    }
    let Some(Undone { events }) = store.undo(now)? else {
        return Err(Error::nothing(messages::undo::nothing()));
    };
    let mut said = String::new();
    for event in &events {
        let what = messages::undo::undid(event);
        // The lessons of a series that were asked back together are told of once.
        if what != said {
            context.terminal.say(&what)?;
        }
        said = what;
        // No words go unseen.
        if let Some(words) = event.text() {
            context.terminal.show_aside(words)?;
        }
        context.show_to_script(View::Undone(event))?;
    }
    Ok(())
}
