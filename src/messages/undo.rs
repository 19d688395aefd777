//! What was undone and redone, named by the command that had done it.

use crate::journal::{Day, Event, StepState};
use crate::messages::{Message, numbers};

pub const NOTHING_UNDONE: &str = "nothing was undone";
/// Hints after an undo and after a redo.
pub const REDO_PUTS_IT_BACK: &str = "dwell redo puts it back";
pub const UNDO_TAKES_IT_BACK: &str = "dwell undo takes it back again";

pub fn nothing() -> Message {
    Message::new("there is nothing to undo").hint("dwell log")
}

pub fn nothing_to_redo() -> Message {
    Message::new("there is nothing to redo: nothing was undone since the last change")
        .hint("dwell show DAY --revisions shows every saved state")
}

/// Says that the last change was to forget a day.
pub fn last_was_forgotten(day: Day) -> Message {
    Message::new(format!("the last thing done was to forget {day}, and that cannot be undone"))
        .hint("dwell undo --yes undoes what was done before it")
}

/// Says that the last change was made on an earlier day, and that nobody can be asked.
pub fn not_confirmed(day: Day) -> Message {
    Message::new(format!(
        "the last change was made on {day}; undoing it asks first, and nobody can answer here"
    ))
    .hint("--yes")
}

pub fn confirm(day: Day) -> String {
    format!("This was done on {day}. Undo it?")
}

/// The same for a lesson that a wrong clock served.
pub fn lesson_not_confirmed(day: Day) -> Message {
    Message::new(format!(
        "the lesson of {day} came while a clock was wrong; taking it away asks first, and nobody \
         can answer here"
    ))
    .hint("--yes")
}

pub fn confirm_lesson(day: Day) -> String {
    format!("The lesson of {day} came while a clock was wrong. Take it away?")
}

pub fn lesson_taken_away(day: Day, had_words: bool) -> String {
    let words = if had_words { "; the words are kept: dwell show DAY --revisions" } else { "" };
    format!(
        "the lesson of {day} is taken away and will come again{}",
        words.replace("DAY", &day.to_string())
    )
}

/// What is about to be undone. Words that go follow the message, if there are any.
pub fn undoing(what: &str, words_follow: bool) -> String {
    format!("undo: {what}{}", if words_follow { ", which reads:" } else { "" })
}

/// What is about to be redone. Words that go follow the message, if there are any.
pub fn redoing(what: &str, words_follow: bool) -> String {
    format!("redo: {what}{}", if words_follow { ", which removes:" } else { "" })
}

/// The import of days of another journal.
pub fn imported_entries(entries: usize) -> String {
    format!("the import of {}", numbers::entries(entries as u64))
}

/// The import of lessons of several series.
pub fn imported_lessons(series: usize) -> String {
    format!("the import of the lessons of {} series", numbers::grouped(series as u64))
}

/// What an event did, in the words of the command that did it. `lesson` is the name of its lesson;
/// that of the series if all lessons of one were asked back at once.
pub fn what(event: &Event, lesson: &str, is_series: bool) -> String {
    match event {
        Event::Wrote { day, .. } => format!("what was saved on {day}"),
        Event::Deleted { day } => format!("dwell delete {day}"),
        Event::AddedAfterthought { day, .. } => format!("the afterthought on {day}"),
        Event::Stepped { day, .. } => format!("the next step of {day}"),
        Event::Answered { day, state, .. } => match state {
            StepState::Open => format!("the answer to the step of {day}"),
            StepState::Done => format!("dwell step done {day}"),
            StepState::Partly => format!("dwell step partly {day}"),
            StepState::Dropped => format!("dwell step drop {day}"),
        },
        Event::Quieted { day, quiet: true } => format!("dwell quiet {day}"),
        Event::Quieted { day, .. } => format!("dwell quiet {day} --off"),
        Event::SeriesAdded { slug, lessons, .. } => {
            format!("what added the series {slug} ({})", numbers::lessons(lessons.len()))
        }
        Event::LessonsAdded { lessons, .. } if lessons.len() == 1 => {
            format!("dwell lesson add, which added {lesson}")
        }
        Event::LessonsAdded { slug, lessons } => {
            format!("what added {} to {slug}", numbers::lessons(lessons.len()))
        }
        Event::LessonEdited { .. } => format!("dwell lesson edit {lesson}"),
        Event::Paused { slug } => format!("dwell series pause {slug}"),
        Event::Resumed { slug } => format!("dwell series resume {slug}"),
        Event::PutNext { slug } => format!("dwell series next {slug}"),
        Event::Loved { loved: true, .. } => format!("dwell lesson love {lesson}"),
        Event::Loved { .. } => format!("dwell lesson love {lesson} --off"),
        Event::AskedBack { due, .. } if is_series => {
            format!("dwell series again {lesson}, from {due} on")
        }
        Event::AskedBack { due, .. } => format!("dwell lesson again {lesson}, from {due} on"),
        Event::Retired { .. } => format!("dwell lesson retire {lesson}"),
        Event::Rested { first, last, rests } => {
            let days = if first == last { first.to_string() } else { format!("{first} {last}") };
            if *rests { format!("dwell rest {days}") } else { format!("dwell rest {days} --off") }
        }
        Event::Served { day, .. } => format!("the lesson of {day}"),
        // No undo or redo undoes these.
        Event::Forgot { day } => format!("dwell forget {day}"),
        Event::Undid { .. } => "dwell undo".to_owned(),
        Event::Redid { .. } => "dwell redo".to_owned(),
        Event::Unknown { kind, .. } => kind.clone(),
    }
}
