//! The full-screen page on which a day is read and written, and the browser of the whole journal.
//!
//! Everything here is drawn into a buffer of cells and can be tested without a terminal. The screen
//! itself, and what is typed there, are the terminal's.

pub mod browser;
pub mod paint;
pub mod picker;
pub mod text_area;
pub mod writing;
