//! Saving words: where they come from, that they are saved, and where they are if they could not be
//! saved.

use std::io;
use std::path::Path;

use crate::drafts::{DraftError, Extras, Purpose};
use crate::journal::Day;
use crate::journal::entry::reflection::LARGEST;
use crate::messages::{Message, files, numbers, seal};

pub const HOW_TO_END: &str = "When you are done: Enter on two empty lines, or Ctrl-D.";
pub const OTHER_KEYS: &str = "Ctrl-E opens your editor. Ctrl-C stops and keeps a draft.";
pub const NOTHING_WRITTEN: &str = "Nothing was written, so nothing is saved.";
pub const NOTHING_CHANGED: &str = "nothing was changed";
pub const NOTHING_NEW_IN_DRAFT: &str = "the draft holds nothing that was not saved before";
pub const EDITOR_EMPTIED_BETWEEN: &str = "The editor left nothing. Your words are still here.";
pub const EDITOR_LEFT_AT_ONCE: &str =
    "The editor came back at once. If it is open in another window, save there first.";
pub const ASK_IF_EDITOR_IS_DONE: &str = "Enter when you are done:";
/// Hints that may follow any message.
pub const WORDS_STILL_HERE: &str = "your words are still here";
pub const KEPT_AS_DRAFT: &str = "your words are kept as a draft: dwell write --resume";
pub const LESSON_KEPT_AS_DRAFT: &str = "your words are kept as a draft: dwell lesson add --resume";
/// After a day that could not be read.
pub const KEPT_FOR_ANOTHER_DAY: &str =
    "your words are kept as a draft: dwell write --resume --day DAY";
pub const SHOWN_ABOVE: &str = "your words could not be kept; they are shown above";
pub const STEP_WITHOUT_WORDS: &str = "dwell step add TEXT names a step without words";
pub const NAME_ANOTHER_EDITOR: &str = "dwell config editor nano names another editor";
/// The line in the editor that ends the words.
pub const LEFT_OUT: &str =
    "-------- This line and all below it are left out. Write above it. --------";
pub const CONFIRM_RESTORE: &str = "You changed nothing. Bring this state back as it is?";
pub const YES_RESTORES: &str = "--yes brings that state back as it is";

pub fn no_words() -> Message {
    Message::new("there are no words to save")
        .hint("dwell write TEXT, or pipe the words in, or dwell write at a terminal")
}

pub fn cannot_ask() -> Message {
    Message::new("the words cannot be asked for here")
        .hint("dwell write TEXT, or pipe the words in")
}

pub fn input_not_read(error: &io::Error) -> Message {
    Message::new(format!("standard input could not be read: {error}"))
}

pub fn input_too_large() -> Message {
    let most = mebibytes(LARGEST);
    Message::new(format!("standard input is over {most}, more than one reflection holds"))
}

/// Says that standard input is not UTF-8. `byte` is the first bad one and counts from 1.
pub fn input_not_text(byte: usize) -> Message {
    Message::new(format!("standard input is not UTF-8 text (byte {byte})"))
}

/// Hints on where the bytes of an input are that is not a text.
pub fn bytes_kept(length: u64, path: &Path) -> String {
    format!("all {length} bytes are kept in {}", files::shown(path))
}

/// The hint after an input that could not be read to its end.
pub fn beginning_kept(length: u64) -> String {
    format!("the {length} bytes before that are kept as a draft: dwell write --resume")
}

/// The hint after an input that is too large. `is_cut` says that not all of it is kept.
pub fn too_much_kept(length: u64, is_cut: bool, path: &Path) -> String {
    let kept = if is_cut { "the first" } else { "all" };
    format!("{kept} {length} bytes are kept in {}; save it in parts", files::shown(path))
}

/// The hint after an input that is too large and was shown as far as it was read.
pub fn rest_not_read(length: usize) -> String {
    format!("these are its first {length} bytes, and the rest was not read")
}

fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", bytes >> 20)
}

/// What was to be saved together with a text, a line each; empty if there is nothing.
pub fn beside(extras: &Extras) -> String {
    let Extras { step, when, again } = extras;
    let lines = [
        step.as_ref().map(|step| format!("next step: {step}\n")),
        when.as_ref().map(|when| format!("when: {when}\n")),
        again.map(|again| format!("again: {}\n", again.as_str())),
    ];
    lines.into_iter().flatten().collect()
}

/// Says that a reflection is saved. `words` counts all its words; `is_below` says that the new ones
/// were added below others.
pub fn saved(day: Day, words: usize, is_below: bool) -> String {
    let below = if is_below { ", the new ones below the others" } else { "" };
    format!("saved {day}: {}{below}", numbers::words(words))
}

/// Says that another process wrote on the day while the person edited its text.
pub fn met_newer(day: Day) -> String {
    format!(
        "{day} was changed meanwhile, perhaps in another window; both texts are kept: \
         dwell show {day} --revisions"
    )
}

pub fn replaced_text(old: &str) -> String {
    format!("it took the place of:\n{old}")
}

pub fn stopped_without_words() -> Message {
    Message::new("stopped; nothing was written")
}

pub fn stopped_with_draft() -> Message {
    Message::new("stopped; your words are kept as a draft").hint("dwell write --resume")
}

pub fn no_draft() -> Message {
    Message::new("there is no draft").hint("dwell write")
}

/// Says that what a draft is for takes none of the options that were given.
pub fn draft_takes_no_options(purpose: Purpose) -> Message {
    let what = purpose_of_draft(purpose);
    Message::new(format!("the draft is of {what}, which takes no --next, --when and --again"))
        .hint("dwell write --resume, then dwell step add or dwell lesson again")
}

/// Says that it is not known for which day a draft was kept.
pub fn draft_without_day(purpose: Purpose) -> Message {
    let what = purpose_of_draft(purpose);
    Message::new(format!("the draft is of {what}, but its day is not known"))
        .hint("dwell write --resume --day DAY")
}

pub(super) fn purpose_of_draft(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Add => "a reflection",
        Purpose::Revise => "an edit",
        Purpose::Afterthought => "an afterthought",
        Purpose::Step => "a next step",
        Purpose::Answer(_) => "an answer to a step",
        Purpose::Lesson => "a lesson",
    }
}

/// Says that a draft was kept for a journal that is not there any more.
pub fn draft_of_lost_journal(journal: &Path) -> String {
    format!("the draft was kept for the journal at {}, which is gone", files::shown(journal))
}

/// Says that no draft can be taken up, because this one cannot be read.
pub fn no_readable_draft(error: &DraftError) -> Message {
    Message::new(unreadable_draft(error))
        .hint(format!("bring it to UTF-8 and below {}, then dwell write <FILE", mebibytes(LARGEST)))
}

/// Says that a draft was passed over because it cannot be read.
pub fn unreadable_draft(error: &DraftError) -> String {
    format!("the draft in {} cannot be read: {}", files::shown(error.path()), draft_cause(error))
}

pub fn edit_is_empty(day: Day) -> Message {
    Message::new("the new text is empty; the reflection is as it was")
        .hint(format!("dwell delete {day} removes it"))
}

pub fn editor_forbidden() -> Message {
    Message::new("an editor asks for words, and --no-input forbids it").hint("pipe the words in")
}

pub fn editor_not_set() -> Message {
    Message::new("no editor is set, and nobody can be asked here")
        .hint("set EDITOR, or pipe the words in")
}

/// The hint after it, if the text is a reflection.
pub const KEPT_AS_THEY_WERE: &str = "the words are kept as they were: dwell write --resume";

pub fn editor_emptied() -> Message {
    Message::new("the editor left the text empty, so nothing is saved")
}

pub fn editor_left_at_once(draft: &Path) -> Message {
    Message::new("the editor came back at once and the text is as it was").hint(format!(
        "if it opens a window, give it its option to wait, as in EDITOR='code --wait'; the text is \
         in {}",
        files::shown(draft)
    ))
}

/// Says what stood below the cut in the editor.
pub fn left_out(lines: &[String]) -> String {
    format!("left out, because it stood below the line:\n{}", lines.join("\n"))
}

/// Where the text of an editor that failed is. The editor may have saved before it failed.
pub fn written_in(draft: &Path) -> String {
    format!("what was written is in {}", files::shown(draft))
}

/// Says that the drafts cannot be used.
pub fn drafts_failed(error: &DraftError) -> Message {
    Message::new(format!("the drafts cannot be read or written: {}", draft_cause(error)))
}

/// Says that the draft cannot be read while somebody writes in it.
pub fn draft_not_read(error: &DraftError) -> Message {
    Message::new(format!("the draft cannot be read: {}", draft_cause(error)))
        .hint("its file is as it was written")
}

/// Says that the text of a draft cannot be given to an editor, or read after it.
pub fn draft_not_edited(error: &DraftError) -> Message {
    Message::new(format!("the draft could not be edited: {}", draft_cause(error)))
}

fn draft_cause(error: &DraftError) -> String {
    let (path, cause) = match error {
        DraftError::Io { path, source } => (path, files::cause(source)),
        DraftError::TooLarge { path } => (path, format!("it is over {}", mebibytes(LARGEST))),
        DraftError::NotUtf8 { path } => (path, "it is not UTF-8 text".to_owned()),
        DraftError::NoKey { path } => (path, "it is locked, and the key is not at hand".to_owned()),
        DraftError::Sealed(error) => return seal::error(error).text,
    };
    format!("{}: {cause}", files::shown(path))
}

/// One hint with another after it.
pub fn and_then(hint: Option<&str>, then: &str) -> String {
    hint.into_iter().chain([then]).collect::<Vec<_>>().join("; ")
}
