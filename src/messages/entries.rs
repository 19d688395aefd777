//! Entries: that there is none, that one is deleted, and afterthoughts.

use std::path::Path;

use crate::journal::{Day, Period, PeriodName};
use crate::messages::{Message, files, numbers, time};

pub const ASK_AFTERTHOUGHT: &str = "Your afterthought:";
pub const NOTHING_DELETED: &str = "nothing was deleted";

pub fn no_journal(path: &Path) -> Message {
    Message::new(format!("there is no journal at {} yet", files::shown(path))).hint("dwell")
}

pub fn none_on(day: Day) -> Message {
    let since = day.minus_days(7).unwrap_or(day);
    Message::new(format!("no entry on {day}")).hint(format!("dwell log --since {since}"))
}

/// Says that no entry matches. `is_narrowed` says that filters leave some out.
pub fn none_matches(is_narrowed: bool) -> Message {
    Message::new("no entry matches").hint(if is_narrowed { "dwell log" } else { "dwell" })
}

/// Says that there is no entry in a year or a month. `in_year` says that there are some in the same
/// year; `years` are all that have one.
pub fn none_in(period: Period, in_year: bool, years: &[i32]) -> Message {
    let message = Message::new(format!("no entry in {}", time::period(period)));
    message.hint(match years {
        _ if in_year => format!("dwell calendar {}", PeriodName::On(period.whole_year())),
        [] => "dwell".to_owned(),
        years => format!("there are entries in {}", time::years(years)),
    })
}

pub fn none_between(first: Day, last: Day) -> Message {
    Message::new(format!("no entry from {first} to {last}"))
        .hint(format!("dwell log --until {first} --limit 1"))
}

pub fn nothing_to_count() -> Message {
    Message::new("there is nothing to count yet").hint("dwell")
}

pub fn no_tags() -> Message {
    Message::new("there are no tags yet").hint("a word with a # before it is one, as in #work")
}

pub fn nothing_to_look_back_on() -> Message {
    Message::new("there is nothing to look back on yet").hint("dwell log")
}

/// Says that a day has no words to change or to add to.
pub fn nothing_written(day: Day) -> Message {
    Message::new(format!("nothing is written on {day}")).hint(format!("dwell write --day {day}"))
}

/// Says that a day has no words to delete.
pub fn nothing_to_delete(day: Day) -> Message {
    Message::new(format!("nothing is written on {day}")).hint(format!("dwell show {day}"))
}

pub fn never_written(day: Day) -> Message {
    Message::new(format!("nothing was ever written on {day}"))
        .hint(format!("dwell write --day {day}"))
}

/// Says that a day has no saved state of this number. `count` is how many it has.
pub fn no_revision(day: Day, number: usize, count: usize) -> Message {
    let states = numbers::count(count as u64, "saved state", "saved states");
    Message::new(format!("{day} has {states}, and {number} is none of them"))
        .hint(format!("dwell show {day} --revisions"))
}

/// How to bring a saved state back. `count` is how many there are.
pub fn how_to_restore(day: Day, count: usize) -> String {
    let number = if count > 1 { "N" } else { "1" };
    format!("dwell edit {day} --revision {number} --yes brings one back")
}

/// Says that another dwell process deleted the entry while it was shown.
pub fn gone(day: Day) -> Message {
    Message::new(format!("the entry of {day} is gone"))
}

pub fn deletion_not_confirmed() -> Message {
    Message::new("deleting asks first, and nobody can answer here").hint("--yes")
}

pub fn confirm_deletion(day: Day) -> String {
    format!("Delete what you wrote on {day}?")
}

pub fn deleted(day: Day) -> String {
    format!("deleted what was written on {day}; dwell undo brings it back")
}

pub fn afterthought_saved(day: Day) -> String {
    format!("saved an afterthought on {day}")
}

pub fn quiet(day: Day, quiet: bool) -> String {
    if quiet {
        format!("{day} no longer comes back by itself; to let it: dwell quiet {day} --off")
    } else {
        format!("{day} may come back by itself again")
    }
}

pub fn quiet_already(day: Day, quiet: bool) -> String {
    let state = if quiet { "is quiet" } else { "may come back by itself" };
    format!("{day} {state} already")
}
