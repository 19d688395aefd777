//! Journal values as text for a page of a given width. Pure: what comes out depends on the value
//! and the page alone.
//!
//! All text that dwell did not write goes through the sheet, which makes it safe to show.
//! The words of dwell itself are plain ASCII, so that they can be read on any terminal.

mod changes;
mod entry;
mod list;
mod sheet;
mod why;
mod wrap;

pub use entry::{count, earlier, entry, log_entry, question, revisions};
pub use list::{lesson, lesson_line, open_steps, series, series_line, settings};
pub use why::why;
