//! Pages of text as values: the page itself, breaking lines to its width, making text safe to show,
//! and what changed between two texts. Pure: nothing here knows a terminal.

pub mod diff;
mod page;
mod sanitise;
mod wrap;

pub use page::{ColorDepth, Page, WIDEST};
pub use sanitise::{is_unsafe, one_line, sanitise};
pub use wrap::{shorten, wrap};
