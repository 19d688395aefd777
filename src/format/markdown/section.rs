//! Sections: a text between a comment that says what it is and one that ends it.

use chrono::{DateTime, FixedOffset, SecondsFormat};

use crate::format::markdown::escape::{Form, OPENING};
use crate::journal::{Day, Moment};

const CLOSING: &str = " -->";

/// What ends a section.
pub const END: &str = "<!-- dwell: end -->";

/// What begins a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The day, and when its lesson was served.
    Day(Day, Option<Moment>),
    /// The words, and when they were first saved.
    Words(Moment),
    Step,
    /// An afterthought, and when it was added.
    Afterthought(Moment),
}

/// Adds a section.
pub fn put(out: &mut String, mark: Mark, content: &str, form: Form) {
    let name = match mark {
        Mark::Day(day, None) => format!("day {day}"),
        Mark::Day(day, Some(served)) => format!("day {day} {}", instant(served)),
        Mark::Words(at) => format!("words {}", instant(at)),
        Mark::Step => "step".to_owned(),
        Mark::Afterthought(at) => format!("afterthought {}", instant(at)),
    };
    let crlf = if form.is_crlf { " crlf" } else { "" };
    let escaped = if form.is_escaped { " escaped" } else { "" };
    out.push_str(&format!("{OPENING}{name}{crlf}{escaped}{CLOSING}\n\n{content}\n\n{END}\n\n"));
}

/// What stands in the mark on a line; `None` if the line is no mark.
pub fn inside(line: &str) -> Option<&str> {
    Some(line.trim_end().strip_prefix(OPENING)?.strip_suffix(CLOSING)?.trim())
}

/// Reads what stands in a mark that begins a section; `None` if it is not one of those.
pub fn parse(inside: &str) -> Option<(Mark, Form)> {
    let mut words = inside.split_whitespace().peekable();
    let moment = |word: Option<&str>| DateTime::parse_from_rfc3339(word?).ok();
    let mark = match words.next()? {
        "day" => {
            let day = words.next()?.parse().ok()?;
            Mark::Day(day, words.peek().and_then(|word| moment(Some(word))))
        }
        "words" => Mark::Words(moment(words.next())?),
        "step" => Mark::Step,
        "afterthought" => Mark::Afterthought(moment(words.next())?),
        _ => return None,
    };
    let mut form = Form::default();
    for word in words {
        form.is_crlf |= word == "crlf";
        form.is_escaped |= word == "escaped";
    }
    Some((mark, form))
}

/// The text of a section from the lines between its marks, without the empty line on each side.
pub fn content(lines: &str) -> &str {
    let lines = lines.strip_prefix('\n').unwrap_or(lines);
    let lines = lines.strip_suffix('\n').unwrap_or(lines);
    lines.strip_suffix('\n').unwrap_or(lines)
}

/// To the millisecond, as the journal stores it. The form has no offsets with seconds, which only
/// clocks before the time of zones had.
fn instant(at: Moment) -> String {
    let minutes = FixedOffset::east_opt(at.offset().local_minus_utc() / 60 * 60);
    let at = minutes.map_or(at, |offset| at.with_timezone(&offset));
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
