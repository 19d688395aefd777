//! Lessons that a person adds and edits: what they are asked, and the form that they fill in.

use crate::journal::lesson::QUESTION;
use crate::journal::{Slug, Source};
use crate::library::Comments;
use crate::messages::{Message, quoted};

pub const ADDED: &str = "added";
pub const EDITED: &str = "edited";

pub const ASK_TITLE: &str = "The lesson in one line:";
pub const ASK_STORY: &str = "What happened?";
pub const OTHER_KEYS: &str = "Ctrl-E goes on in your editor. Ctrl-C stops and keeps a draft.";
pub const ASK_TAKEAWAY: &str = "What does it say to everybody? (Enter for nothing)";
pub const ASK_SOURCE: &str =
    "Where did you learn it? A film, a book, a person: (Enter for nothing)";

/// Hints on where a form is that could not be read, and on how a form looks.
pub const FORM_KEPT: &str = "the form is kept as a draft: dwell lesson add --resume";
pub const FORM_HELP: &str = "dwell lesson add --help";

/// What stands in a form, for the person who fills it in.
pub const FORM: Comments = Comments {
    head: "A lesson. Fill in the title and the story, save, and leave the editor.\n\
           The rest may stay empty. Lines that begin with # do not count.",
    story: "What happened, between the apostrophes",
    takeaway: "What it says to everybody",
    question: "The question of its day; without one it asks: What does this say to you today?",
    source: "Where you learnt it. The kind is a word such as film, book, talk or life.",
};

pub fn ask_question() -> String {
    format!("Which question does it ask? (Enter for: {QUESTION})")
}

/// A source of which only the title is known.
pub fn source(title: String) -> Source {
    Source { title, kind: "own".to_owned(), ..Source::default() }
}

pub fn cannot_ask() -> Message {
    Message::new("the lesson cannot be asked for here")
        .hint("dwell lesson add --title TITLE --story STORY, or --editor")
}

/// Says that standard input has words, and no lesson in them.
pub fn no_form() -> Message {
    Message::new("standard input wants a [[lesson]] in TOML, and these are only words")
        .hint("--title TITLE and --story TEXT take words")
}

pub fn no_title() -> Message {
    Message::new("a lesson needs a title").hint("--title TITLE")
}

pub fn no_story() -> Message {
    Message::new("a lesson needs a story: what happened").hint("--story TEXT, or pipe the story in")
}

pub fn needs_both() -> Message {
    Message::new("a lesson needs a title and a story")
}

pub fn source_without_title() -> Message {
    Message::new("--kind, --by, --year and --url say more of where you learnt it")
        .hint("--learnt TITLE")
}

pub fn nothing_to_change() -> Message {
    Message::new("say what is to change")
        .hint("dwell lesson edit LESSON --title TITLE, or --editor")
}

pub fn nothing_new(slug: &Slug) -> String {
    format!("{slug} has it already")
}

pub fn same_words(title: &str) -> Message {
    Message::new("another lesson of the series has these words already")
        .hint(format!("dwell lesson show {}", quoted(title)))
}

pub fn not_on_shelf(title: &str) -> Message {
    Message::new(format!("the lesson {} is not on the shelf any more", quoted(title)))
        .hint("dwell lesson list")
}

pub fn no_draft() -> Message {
    Message::new("there is no draft of a lesson").hint("dwell lesson add")
}

pub fn stopped_with_draft() -> Message {
    Message::new("stopped; your words are kept as a draft").hint("dwell lesson add --resume")
}
