//! JSON for scripts: one object for one value, one object a line for a list. No key is ever left
//! out.
//!
//! Instants are RFC 3339 to the second with the offset of the person's clock; days are
//! `YYYY-MM-DD`. Characters that a terminal could obey are escaped, which changes no value.

mod backups;
mod calendar;
mod doctor;
mod entry;
mod lesson;
mod line;
mod look_back;
mod program;
mod revision;

pub use backups::{backup, backup_made, restored};
pub use calendar::{calendar_day, holiday};
pub use doctor::finding;
pub use entry::{entry, entry_with_earlier, open_step, step, why};
pub use lesson::{lesson, series, series_added};
pub use look_back::{hit, locked_status, review_item, stats, status, summary, tag};
pub use program::{import, merge, redone, reminder, setting, undone};
pub use revision::revision;
