//! The day of a daily note, from its name.

use chrono::NaiveDate;

/// What the name of a note says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameOf {
    /// It begins with a date, or is one. What follows, if it is more than a weekday, is a title.
    Day(NaiveDate, Option<String>),
    /// It looks like a date and is none, such as the 30th of February.
    NoSuchDay(String),
    /// It is not that of a daily note.
    Other,
}

const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Dates as they stand in a heading, beside the year first.
const HEADINGS: [&str; 6] =
    ["%A, %B %d, %Y", "%B %d, %Y", "%A %d %B %Y", "%A, %d %B %Y", "%d %B %Y", "%A, %B %dth, %Y"];

/// Reads the path of a note below its folder, with `/` between names and without an ending.
pub fn of_path(path: &str) -> NameOf {
    let parts: Vec<&str> = path.rsplit('/').take(3).collect();
    match parts[..] {
        // 2026/11/22
        [day, month, year]
            if [(day, 2), (month, 2), (year, 4)].iter().all(|(part, n)| is_number(part, *n)) =>
        {
            of_name(&format!("{year}-{month}-{day}"))
        }
        [name, ..] => of_name(name),
        [] => NameOf::Other,
    }
}

/// Reads the name of a note: 2026-11-22, 20261122, `2026_11_22`, 2026-Nov-22, and what may follow.
fn of_name(name: &str) -> NameOf {
    let Some((year, rest)) = digits(name, 4) else { return NameOf::Other };
    let separator = if rest.starts_with(['-', '_', '.']) { &rest[..1] } else { "" };
    let month = rest.strip_prefix(separator);
    let month = month.and_then(|rest| digits(rest, 2).or_else(|| month_name(rest)));
    let Some((month, rest)) = month else { return NameOf::Other };
    let day = rest.strip_prefix(separator).and_then(|rest| digits(rest, 2));
    let Some((day, rest)) = day else { return NameOf::Other };
    if rest.starts_with(|c: char| c.is_alphanumeric()) {
        return NameOf::Other;
    }
    let date = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
    let Some(date) = date else { return NameOf::NoSuchDay(name.to_owned()) };
    let title = rest.trim_matches([' ', '-', '_', '.', ',', '(', ')']);
    NameOf::Day(date, Some(title).filter(|title| !is_weekday(title)).map(str::to_owned))
}

/// The date that a heading is; `None` for any other heading.
pub fn of_heading(heading: &str) -> Option<NaiveDate> {
    match of_name(heading.trim()) {
        NameOf::Day(date, None) => Some(date),
        _ => HEADINGS.iter().find_map(|form| NaiveDate::parse_from_str(heading.trim(), form).ok()),
    }
}

/// A number of this many digits, and what follows it.
fn digits(text: &str, count: usize) -> Option<(u32, &str)> {
    let number = text.get(..count).filter(|number| is_number(number, count))?;
    Some((number.parse().ok()?, &text[count..]))
}

fn is_number(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The month of an English name, and what follows it.
fn month_name(text: &str) -> Option<(u32, &str)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let name = text[..letters].to_ascii_lowercase();
    let month = MONTHS.iter().position(|month| name.starts_with(month))?;
    Some((u32::try_from(month).ok()? + 1, &text[letters..]))
}

/// Whether there is nothing but a weekday, or nothing at all.
fn is_weekday(text: &str) -> bool {
    let text = text.to_lowercase();
    text.is_empty() || WEEKDAYS.iter().any(|day| *day == text || day[..3] == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_daily_note_is_its_day() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a date");
        for path in [
            "2026-11-22",
            "20261122",
            "2026_11_22",
            "2026.11.22",
            "2026-Nov-22",
            "2026-November-22",
            "2026-11-22-Sunday",
            "2026-11-22 Sun",
            "2026-11-22 (Sunday)",
            "2026/2026-11-22",
            "2026/11-November/2026-11-22-Sunday",
            "2026/11/22",
            "journal/2026/11/22",
        ] {
            assert_eq!(of_path(path), NameOf::Day(date, None), "{path}");
        }
        for (path, title) in [("2026-11-22_a-walk", "a-walk"), ("20261122 Lunch", "Lunch")] {
            assert_eq!(of_path(path), NameOf::Day(date, Some(title.to_owned())), "{path}");
        }
        for path in [
            "",
            "README",
            "2026",
            "2026-11",
            "2026-W47",
            "202611221",
            "2026-11-22nd",
            "22-11-2026",
            "2026-11_22",
        ] {
            assert_eq!(of_path(path), NameOf::Other, "{path}");
        }
        assert_eq!(of_path("a/2026-02-30"), NameOf::NoSuchDay("2026-02-30".to_owned()));
    }

    #[test]
    fn a_heading_may_be_the_day() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 22);
        for heading in
            ["2026-11-22", " 2026-11-22 Sunday", "Sunday, November 22, 2026", "22 November 2026"]
        {
            assert_eq!(of_heading(heading), date, "{heading}");
        }
        assert_eq!(of_heading("2026-11-22 a walk"), None);
        assert_eq!(of_heading("Plans"), None);
    }
}
