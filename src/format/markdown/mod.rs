//! Entries as Markdown that any program shows, and that dwell reads back to the byte.
//!
//! Front matter begins a file, with the properties that Obsidian shows. Each part of a day then
//! stands in a section of its own, between two comments that no preview shows: the day with its
//! lesson, the words, the step, each afterthought. `docs/formats.md` describes it. The last line of
//! a file is its seal, from which a later run knows whether somebody changed it.

pub mod book;
pub mod day;
mod escape;
mod lesson;
pub mod note;
mod note_day;
pub mod own;
mod properties;
pub mod seal;
mod section;
pub mod source;
mod step;

#[cfg(test)]
mod tests;

/// The version of this format, which the property `dwell` has. Later versions are not read.
pub const VERSION: u64 = 1;
