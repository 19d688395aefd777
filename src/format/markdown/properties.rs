//! The properties at the head of a note, between two lines of `---`: the few that a journal needs.
//!
//! Obsidian and others write them as YAML. Of that, names with a value are read, and lists in
//! brackets or with an item a line. All else is passed over.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};

use crate::journal::entry::tags;

/// What is known of a note beside its words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Properties {
    pub date: Option<Date>,
    pub created: Option<Date>,
    pub title: Option<String>,
    pub tags: Vec<String>,
}

/// A date as far as it was written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Date {
    Day(NaiveDate),
    /// The time on the wall.
    Time(NaiveDateTime),
    Instant(DateTime<FixedOffset>),
}

impl Date {
    /// The date on the calendar.
    pub fn day(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Time(time) => time.date(),
            Self::Instant(at) => at.date_naive(),
        }
    }
}

/// The properties of a note, and the text below them. A note need not have any.
pub fn split(text: &str) -> (Properties, &str) {
    let Some((head, body)) = head(text) else { return (Properties::default(), text) };
    let mut properties = Properties::default();
    let mut lines = head.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((name, value)) = line.split_once(':') else { continue };
        let mut values = list(value);
        while let Some(item) = lines.peek().and_then(|line| line.trim_start().strip_prefix("- ")) {
            values.extend(scalar(item));
            lines.next();
        }
        let first = values.first();
        match name.trim().to_ascii_lowercase().as_str() {
            "date" => properties.date = first.and_then(|value| date(value)),
            "created" | "creation-date" => properties.created = first.and_then(|value| date(value)),
            "title" => properties.title = scalar(value),
            "tags" | "tag" | "keywords" => {
                let names = values.iter().flat_map(|value| value.split([',', ' ']));
                properties.tags.extend(names.filter_map(tags::from_name));
            }
            _ => {}
        }
    }
    (properties, body)
}

/// The lines between the rules, and what follows them. `None` if the text has no properties at its
/// head: a rule alone is one of the words.
fn head(text: &str) -> Option<(&str, &str)> {
    let (rule, rest) = text.split_once('\n')?;
    if rule.trim_end() != "---" {
        return None;
    }
    let mut length = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let head = &rest[..length];
            let is_property = |line: &str| line.contains(':') || line.trim_start().starts_with('#');
            let first = head.lines().find(|line| !line.trim().is_empty());
            return first.is_none_or(is_property).then(|| (head, &rest[length + line.len()..]));
        }
        length += line.len();
    }
    None
}

/// The values on a line: one, or those in brackets.
fn list(value: &str) -> Vec<String> {
    let value = value.trim();
    let inside = value.strip_prefix('[').filter(|rest| !rest.starts_with('['));
    match inside.and_then(|rest| rest.strip_suffix(']')) {
        Some(inside) => inside.split(',').filter_map(scalar).collect(),
        None => scalar(value).into_iter().collect(),
    }
}

/// A value without its quotes, or without the comment after it; `None` if it is empty.
fn scalar(value: &str) -> Option<String> {
    let value = value.trim();
    let quoted = ['"', '\''].into_iter().find_map(|quote| {
        value.strip_prefix(quote)?.rsplit_once(quote).map(|(inside, _)| inside.to_owned())
    });
    let plain = || value.split(" #").next().unwrap_or_default().trim_end().to_owned();
    Some(quoted.unwrap_or_else(plain)).filter(|value| !value.is_empty())
}

/// Reads a date, which may stand in a link.
fn date(value: &str) -> Option<Date> {
    let value = value.trim().trim_start_matches("[[").trim_end_matches("]]").trim();
    if let Ok(at) = DateTime::parse_from_rfc3339(value) {
        return Some(Date::Instant(at));
    }
    let times =
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
    let time = times.iter().find_map(|form| NaiveDateTime::parse_from_str(value, form).ok());
    let day = || NaiveDate::parse_from_str(value, "%Y-%m-%d").ok().map(Date::Day);
    time.map(Date::Time).or_else(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_properties_of_obsidian_and_others_are_read() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a date");
        for (head, wanted) in [
            ("date: 2026-11-22", Date::Day(day)),
            ("Date:  \"2026-11-22\" ", Date::Day(day)),
            ("date: '[[2026-11-22]]'", Date::Day(day)),
            ("date: [[2026-11-22]]", Date::Day(day)),
            ("# a comment\ndate: 2026-11-22 # today", Date::Day(day)),
            ("date: 2026-11-22T08:30:00", Date::Time(day.and_hms_opt(8, 30, 0).expect("a time"))),
            ("date: 2026-11-22 08:30", Date::Time(day.and_hms_opt(8, 30, 0).expect("a time"))),
        ] {
            let note = format!("---\n{head}\nmood: {{a: [b]}}\n---\nwords");
            let (properties, body) = split(&note);
            assert_eq!((properties.date, body), (Some(wanted), "words"), "{head}");
        }
        let note =
            "---\r\ncreated: 2026-11-22T08:30:00+01:00\r\ntitle: A: b\r\n---\r\n\r\nwords\r\n";
        let (properties, body) = split(note);
        assert_eq!(properties.title.as_deref(), Some("A: b"));
        assert!(matches!(properties.created, Some(Date::Instant(_))));
        assert_eq!(body, "\r\nwords\r\n");
    }

    #[test]
    fn tags_are_a_list_in_any_form() {
        for head in [
            "tags: [work, home]",
            "tags: [\"work\", 'home']",
            "tags:\n  - work\n  - \"#home\"",
            "tags:\n- work\n- home\nother: x",
            "tags: work, home",
            "tags: work home",
            "keywords: [work,home]",
        ] {
            let note = format!("---\n{head}\n---\n");
            assert_eq!(split(&note).0.tags, ["work", "home"], "{head}");
        }
    }

    #[test]
    fn a_rule_in_the_words_begins_no_properties() {
        for note in
            ["---\nwords\n---\nmore", "---\nnever: ends", "words\n---\na: b\n---\n", "---", ""]
        {
            assert_eq!(split(note), (Properties::default(), note), "{note}");
        }
        assert_eq!(split("---\n---\nwords").1, "words");
    }
}
