//! `dwell tags`

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::messages;
use crate::view::View;

/// The #tags of your own words, most used first
///
/// Each with the number of days that use it and the latest of them. A tag is a word with a # before
/// it, in a reflection, a step or an afterthought. dwell log --tag work shows the entries.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell tags")]
pub struct Args {}

pub fn run(_: &Args, context: &mut Context) -> Result<()> {
    let tags = context.store_to_read()?.tags()?;
    if tags.is_empty() {
        return Err(Error::nothing(messages::entries::no_tags()));
    }
    context.page_long_output();
    context.show(View::Tags(&tags))
}
