//! The status of a day: one sign for a prompt.

use crate::journal::look_back::status::DayStatus;

/// The sign of a day that is done or not, and a line break; letters for a screen without the signs.
pub fn day_status(status: DayStatus, shows_signs: bool) -> &'static str {
    match (status.is_reflected, shows_signs) {
        (true, true) => "\u{25cf}\n",
        (false, true) => "\u{25cb}\n",
        (true, false) => "*\n",
        (false, false) => "o\n",
    }
}

/// The sign for today in a locked journal, of which nothing is known.
pub fn unknown_day_status(shows_signs: bool) -> &'static str {
    if shows_signs { "\u{25cc}\n" } else { "?\n" }
}
