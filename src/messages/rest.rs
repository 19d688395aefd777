//! Days of rest.

use crate::journal::look_back::rest::Holiday;
use crate::messages::{Message, time};

pub fn none_marked() -> Message {
    Message::new("no days of rest are marked").hint("dwell rest DAY")
}

/// Says that days are marked, or no longer marked. `is_changed` is false if it was so before.
pub fn marked(holiday: Holiday, rests: bool, is_changed: bool) -> String {
    let what = match (rests, is_changed) {
        (true, true) => "marked as rest",
        (true, false) => "marked as rest already",
        (false, true) => "no longer marked as rest",
        (false, false) => "not marked as rest",
    };
    format!("{}: {what}", time::holiday(holiday))
}
