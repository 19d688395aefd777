//! `dwell undo`

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::messages;
use crate::view::View;

/// Undo the last change; run it again for the one before
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell undo")]
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
    let Some(events) = store.undo(now)? else {
        return Err(Error::nothing(messages::undo::nothing()));
    };
    let mut last_message = String::new();
    for event in &events {
        let message = messages::undo::undid(event);
        // The lessons of a series that were asked back together have one message.
        if message != last_message {
            context.terminal.say(&message)?;
        }
        last_message = message;
        // No words are removed unseen.
        if let Some(words) = event.text() {
            context.terminal.show_aside(words)?;
        }
        context.show_to_script(View::Undone(event))?;
    }
    Ok(())
}
