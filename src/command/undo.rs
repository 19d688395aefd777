//! `dwell undo`

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::journal::Event;
use crate::journal::look_back::rest::Holiday;
use crate::messages::time;
use crate::store::Undone;
use crate::view::View;

/// Take back the last change, whatever it was; again for the one before
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Also where words were forgotten since, which nothing brings back
    #[arg(long, short)]
    yes: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let mut store = context.existing_store()?;
    if let Some(day) = store.last_forgotten()?.filter(|_| !args.yes) {
        return Err(Error::nothing(format!(
            "the last thing done was to forget {day}, which nothing takes back"
        ))
        .hint("dwell undo --yes takes back what was done before it"));
    }
    let Some(Undone { events }) = store.undo(now)? else {
        return Err(Error::nothing("there is nothing to undo").hint("dwell log"));
    };
    let mut said = String::new();
    for event in &events {
        let (what, words) = what_was(event);
        // The lessons of a series that were asked back together are told of once.
        if what != said {
            context.terminal.say(&format!("took back {what}"))?;
        }
        said = what;
        // No words go unseen.
        if let Some(words) = words {
            context.terminal.show_aside(words)?;
        }
        context.show_to_script(View::Undone(event))?;
    }
    Ok(())
}

/// What had happened, to follow "took back", and the words that are no longer shown.
fn what_was(event: &Event) -> (String, Option<&str>) {
    match event {
        Event::Wrote { day, text, .. } => {
            (format!("what was saved on {day}, which read:"), Some(text))
        }
        Event::Deleted { day } => {
            (format!("the deletion of {day}; its words are there again"), None)
        }
        Event::AddedAfterthought { day, text } => {
            (format!("the afterthought on {day}, which read:"), Some(text))
        }
        Event::Stepped { day, text } => {
            (format!("the next step of {day}, which read:"), Some(text))
        }
        Event::Answered { day, .. } => (format!("the answer to the step of {day}"), None),
        Event::SeriesAdded { slug, .. } => (format!("the adding of the series {slug}"), None),
        Event::Paused { slug } => (format!("the pausing of {slug}"), None),
        Event::Resumed { slug } => (format!("the resuming of {slug}"), None),
        Event::PutNext { slug } => (format!("the putting of {slug} next"), None),
        Event::Loved { loved: true, .. } => ("the loving of a lesson".to_owned(), None),
        Event::Loved { .. } => ("that a lesson is loved no longer".to_owned(), None),
        Event::AskedBack { due, .. } => (format!("the asking back of a lesson for {due}"), None),
        Event::Retired { .. } => ("the retiring of a lesson".to_owned(), None),
        Event::Rested { first, last, rests } => {
            let days = time::holiday(Holiday { first: *first, last: *last });
            let what = if *rests { "marking" } else { "unmarking" };
            (format!("the {what} of {days} as rest"), None)
        }
        // These stand for ever, so no undo holds one.
        Event::Served { day, .. } | Event::Forgot { day } => {
            (format!("what stands on {day}"), None)
        }
        Event::Undid { .. } => ("an undo".to_owned(), None),
        Event::Unknown { kind, .. } => (kind.clone(), None),
    }
}
