//! What stands on the page besides the lesson and the person's own words. All of it is short: a
//! page has room for little.

use crate::journal::Day;
use crate::messages::{Message, time};

/// The places to write, as long as nothing is written there.
pub const WRITE_HERE: &str = "Write here.";
pub const WRITE_AFTERTHOUGHT: &str = "Write your afterthought here.";
pub const NEXT_STEP: &str = "Next step: ";
pub const WHEN: &str = "When:      ";

/// Whether the words are in the draft.
pub const DRAFT_KEPT: &str = "draft kept";
pub const DRAFT_FAILED: &str = "draft NOT kept";

/// On the line between the lesson and the words.
pub const MORE_BELOW: &str = "PgDn: more";
pub const LESSON_KEY: &str = "F2: the lesson";
pub const FOLD_KEY: &str = "F2: fold the lesson";
pub const TAKEAWAY_KEY: &str = "F3: the takeaway";

/// The line of keys, and the same for narrow screens.
pub const KEYS: [&str; 4] =
    ["Ctrl-D save", "Esc keep as a draft", "Ctrl-E your editor", "F1 all keys"];
pub const KEYS_IN_SHORT: [&str; 4] = ["^D save", "Esc draft", "^E editor", "F1 keys"];
pub const BACK_TO_THE_PAGE: &str = "Any other key: back to the page";

/// All keys of the page, each with what it does.
pub const ALL_KEYS: [(&str, &str); 17] = [
    ("Ctrl-D", "save what you wrote, and leave"),
    ("Esc", "leave; what you wrote stays a draft"),
    ("Ctrl-C", "copy a selection; else as Esc, with status 130"),
    ("Ctrl-E", "go on in your editor, and come back"),
    ("Tab, Shift-Tab", "the next field, the one before"),
    ("F2, Ctrl-L", "open the lesson, or fold it"),
    ("PgUp, PgDn", "move in the lesson, or in a long text"),
    ("Ctrl-Left, Ctrl-Right", "by words"),
    ("Home, End", "to the beginning and the end of a row"),
    ("Ctrl-Home, Ctrl-End", "to the beginning and the end of the text"),
    ("Shift and a movement", "select; Alt-A selects all"),
    ("Ctrl-X, Ctrl-C, Ctrl-V", "cut or copy what is selected, paste"),
    ("Ctrl-/, Alt-U", "undo"),
    ("Ctrl-Y, Alt-R", "redo"),
    ("Ctrl-W, Alt-D", "delete the word before, the word after"),
    ("Ctrl-U, Ctrl-K", "delete to the start, the end of the paragraph"),
    ("Ctrl-Z", "go to the shell; fg comes back"),
];

/// For a page that is still open when the next day has begun.
pub fn stays_with(day: Day) -> String {
    format!("A new day has begun. This page stays with {}.", time::day(day))
}

/// What the editor did, or why it could not be used, on one line of the page.
pub fn after_editor(message: &Message) -> String {
    let Message { text, hint } = message;
    hint.as_ref().map_or_else(|| text.clone(), |hint| format!("{text}: {hint}"))
}

/// The title of the page on which an afterthought is written.
pub fn afterthought_on(day: &str) -> String {
    format!("Afterthought on {day}")
}

/// Told on a page that begins with a draft of an earlier time.
pub const FROM_DRAFT: &str = "These words are a draft that was not saved.";

/// The key that closes the takeaway, or shows it, where it waits for the words.
pub const TAKEAWAY_KEYS: (&str, &str) = ("F3, Ctrl-T", "show the takeaway, or close it");

/// A step with the answer that was given: `Done: call Anna`
pub fn answered_step(answer: &str, step: &str) -> String {
    let mut letters = answer.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}: {step}", letters.as_str())
}
