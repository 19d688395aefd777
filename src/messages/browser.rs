//! The browser of the whole journal: its titles, its keys, and what it says on its last line.

use chrono::Datelike;

use crate::journal::{Day, Period};
use crate::messages::{Message, numbers, time};

pub const JOURNAL: &str = "Your journal";
pub const SERIES: &str = "Series";
pub const KEYS: &str = "Keys";

/// Shown in the place of a list or a text.
pub const EMPTY_JOURNAL: &str =
    "There is no entry yet. The command dwell begins with today's lesson; q leaves this screen.";
pub const NO_OTHER_YEAR: &str = "Nothing is written on this day in another year.";
pub const NO_SERIES: &str = "There is no series on the shelf.";
pub const TYPE_WORDS: &str = "Type the words to look for.";
pub const ENTRY_GONE: &str = "This entry is gone: another dwell took it away.";
pub const NOT_MET: &str = "You have not met this lesson yet. It keeps its words until its day.";

pub const YES_OR_NO: &str = "y yes  any other key no";
pub const NOT_DONE: &str = "nothing was undone";
pub const UNDO_TAKES_IT_BACK: &str = "u takes it back again";
pub const NO_DAY_HERE: &str = "choose a day for this key";
const NO_LESSON: &str = "this day has no lesson";
pub const NO_LESSON_HERE: &str = "there is no lesson here to love";

/// What the keys do where a list has them, the most useful ones first.
pub const LIST_KEYS: &[&str] = &[
    "enter read",
    "/ search",
    "c calendar",
    "e edit",
    "a afterthought",
    "l love",
    "r other years",
    "s series",
    "u undo",
];
/// The same where an entry has them.
pub const TEXT_KEYS: &[&str] =
    &["n next", "p previous", "left list", "e edit", "a afterthought", "l love", "u undo"];
/// The same in a list that was opened from the days.
pub const OTHER_LIST_KEYS: &[&str] = &["enter read", "esc back", "/ search", "l love", "u undo"];
pub const CALENDAR_KEYS: &[&str] = &["enter go there", "arrows move", "pgup pgdn year", "esc back"];
pub const HELP_KEYS: &[&str] = &["esc back", "space down", "b up"];
pub const SEARCH_KEYS: &[&str] = &["enter to the results", "esc back"];
/// Where the text goes on outside the screen.
pub const MORE_BELOW: &str = "space: more below";
pub const MORE_ABOVE: &str = "b: more above";
pub const MORE_ON_BOTH_SIDES: &str = "space, b: more";
/// These two are shown wherever there is room for them.
pub const LAST_KEYS: [&str; 2] = ["? keys", "q leave"];

/// All keys and what they do, for the page of help.
pub const ALL_KEYS: &[(&str, &str)] = &[
    ("up down, k j", "move, or scroll the entry"),
    ("pgup pgdn, ^B ^F", "a screen up or down"),
    ("home end, g G", "to the first, to the last"),
    ("enter, right", "read what is chosen"),
    ("left, esc", "back"),
    ("tab", "from the list to the entry and back"),
    ("space, b", "scroll the entry down, up"),
    ("n, p", "the next entry, the one before"),
    ("/", "search while you type; esc takes the search away"),
    ("c", "the map of the year"),
    ("r", "what you wrote on this day in other years"),
    ("s", "the series and their lessons"),
    ("e", "edit what you wrote"),
    ("a", "add an afterthought"),
    ("l", "love the lesson, or no longer"),
    ("u, U", "undo the last change, redo it"),
    ("q, ^C, ^D", "leave"),
];

/// What the signs beside a day mean: loved, an open step, afterthoughts.
pub fn marks(signs: [&str; 3]) -> Vec<String> {
    let meanings = ["you love its lesson", "its next step is open", "it has afterthoughts"];
    signs.iter().zip(meanings).map(|(sign, meaning)| format!("{sign}  {meaning}")).collect()
}

/// Says that the browser needs the whole screen of a terminal.
pub fn needs_a_screen() -> Message {
    let needs = "dwell browse needs the whole screen of a terminal, at least 40 by 16";
    Message::new(needs).hint(
        "dwell log shows the entries, and dwell search WORDS finds words in them, in plain lines",
    )
}

/// Says that a day has no lesson that could be loved.
pub fn no_lesson() -> Message {
    Message::new(NO_LESSON)
}

/// A question about a change that is about to be undone.
pub fn about(what: &str, question: &str) -> String {
    format!("undo {what}? {question}")
}

pub fn too_small() -> &'static str {
    "window too small"
}

pub fn days(count: u64) -> String {
    numbers::days(count)
}

/// A day in a list, always in ten columns: `Sun 22 Nov` in the year of today, and `2025-11-22` in
/// another one.
pub fn day_in_list(day: Day, today: Day) -> String {
    if Period::year_of(today) != Period::year_of(day) {
        return day.to_string();
    }
    let weekday = time::weekday_in_short(day.weekday());
    format!("{weekday} {:>2} {}", day.date().day(), time::month_in_short(day))
}

/// How many places a search found; `is_all` is false if there are more.
pub fn places(count: usize, is_all: bool) -> String {
    let places = numbers::count(count as u64, "place", "places");
    if is_all { places } else { format!("the first {places}") }
}

pub fn searched(words: &str) -> String {
    format!("Search: {words}")
}

pub fn in_other_years(day: Day) -> String {
    format!("{} in other years", time::day_and_month(day))
}

pub fn calendar(year: Period) -> String {
    format!("Calendar {}", time::period(year))
}

/// Says that a day of the calendar has no entry, and which one is shown.
pub fn nearest(day: Day, shown: Day) -> String {
    format!("no entry on {day}; the nearest is {shown}")
}

pub fn no_entry(day: Day) -> String {
    format!("{}: no entry", time::day(day))
}

pub fn progress(served: u32, lessons: u32, paused: bool, in_progress: bool) -> String {
    let state = match (paused, in_progress) {
        (true, _) => ", paused",
        (_, true) => ", in progress",
        _ => "",
    };
    format!("{served} of {lessons} read{state}")
}

/// When a lesson was served; `None` if it was not met yet.
pub fn served(last: Option<Day>) -> String {
    last.map_or_else(|| "not met yet".to_owned(), |day| format!("read on {day}"))
}

/// Says that only the first lessons of a long series are shown.
pub fn first_lessons(shown: usize) -> String {
    format!("only the first {} are shown; dwell lesson list shows all", numbers::lessons(shown))
}

/// What was undone, each thing in the words of the command that did it.
pub fn undone(what: &[String]) -> String {
    format!("undone: {}; U puts it back", what.join(", "))
}

/// The same for what was redone.
pub fn redone(what: &[String]) -> String {
    format!("done again: {}; {UNDO_TAKES_IT_BACK}", what.join(", "))
}

/// A failure on one line: what happened, and the next step.
pub fn failure(message: &Message) -> String {
    match &message.hint {
        Some(hint) => format!("{}; {hint}", message.text),
        None => message.text.clone(),
    }
}
