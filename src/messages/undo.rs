//! What was undone, named by the command that had done it.

use crate::journal::{Day, Event};
use crate::messages::Message;

pub fn nothing() -> Message {
    Message::new("there is nothing to undo").hint("dwell log")
}

/// Says that the last change was to forget a day.
pub fn last_was_forgotten(day: Day) -> Message {
    Message::new(format!("the last thing done was to forget {day}, and that cannot be undone"))
        .hint("dwell undo --yes undoes what was done before it")
}

/// What was undone. If the message ends with a colon, the removed words follow it.
pub fn undid(event: &Event) -> String {
    format!("undid: {}", command(event))
}

fn command(event: &Event) -> String {
    match event {
        Event::Wrote { day, .. } => format!("what was saved on {day}, which read:"),
        Event::Deleted { day } => format!("delete {day}; its words are there again"),
        Event::AddedAfterthought { day, .. } => format!("the afterthought on {day}, which read:"),
        Event::Stepped { day, .. } => format!("the next step of {day}, which read:"),
        Event::Answered { day, .. } => format!("the answer to the step of {day}"),
        Event::Quieted { day, quiet } => {
            format!("quiet {day}{}", if *quiet { "" } else { " --off" })
        }
        Event::SeriesAdded { slug, .. } => format!("series add {slug}"),
        Event::Paused { slug } => format!("series pause {slug}"),
        Event::Resumed { slug } => format!("series resume {slug}"),
        Event::PutNext { slug } => format!("series next {slug}"),
        Event::Loved { loved: true, .. } => "lesson love".to_owned(),
        Event::Loved { .. } => "lesson love --off".to_owned(),
        Event::AskedBack { due, .. } => format!("lesson again, from {due} on"),
        Event::Retired { .. } => "lesson retire".to_owned(),
        Event::Rested { first, last, rests } => {
            let days = if first == last { first.to_string() } else { format!("{first} {last}") };
            if *rests { format!("rest {days}") } else { format!("rest {days} --off") }
        }
        // These cannot be undone, so no undo gives one.
        Event::Served { day, .. } | Event::Forgot { day } => format!("what stands on {day}"),
        Event::Undid { .. } => "an undo".to_owned(),
        Event::Unknown { kind, .. } => kind.clone(),
    }
}
