//! `dwell redo`

use crate::command::Context;
use crate::command::changes::{self, Verb};
use crate::command::error::{Error, Result};
use crate::messages::undo;
use crate::view::View;

/// Put back what undo took back
///
/// Run it again for the undo before that. After a new change there is nothing to put back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell redo")]
pub struct Args {}

pub fn run(_: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let mut store = context.existing_store()?;
    let Some(change) = store.last_undone()? else {
        return Err(Error::nothing(undo::nothing_to_redo()));
    };
    context.today(&store)?;
    changes::show(context, &store, &change, Verb::Redo)?;
    for fact in &change.facts {
        context.show_to_script(View::Redone(&fact.event))?;
    }
    context.terminal.flush()?;
    store.redo(now, &change)?;
    context.hint(undo::UNDO_TAKES_IT_BACK)
}
