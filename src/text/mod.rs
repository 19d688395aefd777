//! Text as a value: lines of pieces with roles, the page that they are laid out for, wrapping to
//! its width, escaping what a terminal would obey, and the word differences of two texts. Pure:
//! nothing here knows a terminal.

mod blocks;
mod code;
mod delete;
pub mod diff;
mod glyph;
mod hidden;
mod nearest;
mod page;
mod plain;
mod rows;
mod sanitise;
mod sheet;
mod styled;
mod table;
#[cfg(all(test, unix))]
pub mod testing;
mod whole;
mod wrap;

pub use code::{Fence, runs_of_backticks};
pub use delete::last_to_delete;
pub use glyph::{Glyph, glyphs};
pub use nearest::nearest;
pub use page::{Page, WIDEST};
pub use rows::Rows;
pub use sanitise::{escape_in_json, is_blank, is_line_break, is_unsafe, one_line, sanitise};
pub use sheet::Sheet;
pub use styled::{Line, Role, Text};
pub use table::{Cell, Table};
pub use wrap::{shorten, wrap, wrap_below, wrap_lines};
