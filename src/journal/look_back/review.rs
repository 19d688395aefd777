//! Looking back: which days a review goes back to.

use std::fmt;
use std::str::FromStr;

use chrono::Datelike;

use crate::journal::entry::Entry;
use crate::journal::parse_error::{ParseError, ValueKind};
use crate::journal::time::day::Day;

/// How far from the day itself an entry may lie to stand for it, where the day is empty.
pub const MARGIN: u64 = 3;

/// One distance to look back over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distance {
    Days(u32),
    Weeks(u32),
    Months(u32),
    Years(u32),
    /// One year, two years, and so on, as far as there are entries.
    EveryYear,
}

/// The distances that a review goes back over, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distances(pub Vec<Distance>);

/// A day that a review goes back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LookBack {
    /// Never [`Distance::EveryYear`].
    pub span: Distance,
    pub day: Day,
    /// Whether an entry of a day near by may stand for an empty day.
    pub or_near: bool,
}

/// How long ago an entry was that a review shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ago {
    /// As long as one of the distances; never [`Distance::EveryYear`].
    Distance(Distance),
    /// Some older entry: the one not looked at for longest.
    Older,
    /// An entry of any age whose step is open.
    OpenStep,
}

/// An entry that a review shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    pub ago: Ago,
    /// The day that the review went back to, for which a day near by may stand; `None` for an
    /// entry that was not found by its day.
    pub wanted: Option<Day>,
    pub entry: Entry,
}

impl Default for Distances {
    fn default() -> Self {
        let months = [1, 3, 6].map(Distance::Months);
        Self([&[Distance::Weeks(1)], &months[..], &[Distance::EveryYear]].concat())
    }
}

impl Distances {
    /// The days to go back to from a day, as far as the first entry.
    pub fn looks(&self, from: Day, first: Day) -> Vec<LookBack> {
        let reach = u32::try_from(from.date().year() - first.date().year()).unwrap_or_default();
        let spans = self.0.iter().flat_map(|span| match span {
            Distance::EveryYear => (1..=reach).map(Distance::Years).collect(),
            span => vec![*span],
        });
        spans.flat_map(|span| span.looks(from)).collect()
    }
}

impl Distance {
    /// The day so far back. The 28th of February, where it is the month's last, also meets a 29th.
    fn looks(self, from: Day) -> Vec<LookBack> {
        let day = match self {
            Self::Days(days) => from.minus_days(days.into()),
            Self::Weeks(weeks) => from.minus_days(u64::from(weeks) * 7),
            Self::Months(months) => from.minus_months(months),
            Self::Years(years) => {
                years.checked_mul(12).and_then(|months| from.minus_months(months))
            }
            Self::EveryYear => None,
        };
        let Some(day) = day else { return Vec::new() };
        let mut looks = vec![LookBack { span: self, day, or_near: true }];
        let is_last_of_february = |day: Day| {
            day.date().month() == 2 && day.plus_days(1).is_some_and(|d| d.date().day() == 1)
        };
        if matches!(self, Self::Years(_))
            && is_last_of_february(from)
            && let Some(leap) = day.plus_days(1).filter(|leap| leap.date().day() == 29)
        {
            looks.push(LookBack { span: self, day: leap, or_near: false });
        }
        looks
    }
}

impl fmt::Display for Distances {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |span: &Distance| match span {
            Distance::Days(days) => format!("{days}d"),
            Distance::Weeks(weeks) => format!("{weeks}w"),
            Distance::Months(months) => format!("{months}m"),
            Distance::Years(years) => format!("{years}y"),
            Distance::EveryYear => "years".to_owned(),
        };
        f.write_str(&self.0.iter().map(word).collect::<Vec<_>>().join(" "))
    }
}

impl FromStr for Distances {
    type Err = ParseError;

    /// Reads distances such as `1w`, `6m`, `2y` and `years`, with white space, commas or the marks
    /// of a list between them.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let spans: Option<Vec<Distance>> = words.map(span).collect();
        match spans {
            Some(spans) if !spans.is_empty() => Ok(Self(spans)),
            _ => Err(ParseError::new(ValueKind::Distances, text)),
        }
    }
}

fn span(word: &str) -> Option<Distance> {
    if word == "years" {
        return Some(Distance::EveryYear);
    }
    let number = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let count: u32 = number.parse().ok().filter(|count| (1..=100_000).contains(count))?;
    match &word[number.len()..] {
        "d" => Some(Distance::Days(count)),
        "w" => Some(Distance::Weeks(count)),
        "m" => Some(Distance::Months(count)),
        "y" => Some(Distance::Years(count)),
        _ => None,
    }
}

/// Of these days the one nearest to the day that is wanted; of two as near, the earlier.
pub fn nearest(wanted: Day, days: &[Day]) -> Option<Day> {
    days.iter().copied().min_by_key(|day| (wanted.days_since(*day).abs(), *day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn looks(spans: &str, from: &str, first: &str) -> Vec<String> {
        let spans: Distances = spans.parse().expect("spans");
        let looks = spans.looks(day(from), day(first));
        looks.iter().map(|look| format!("{:?}: {}", look.span, look.day)).collect()
    }

    #[test]
    fn the_usual_spans_reach_back_to_the_first_year() {
        let spans = Distances::default().to_string();
        assert_eq!(spans, "1w 1m 3m 6m years");
        assert_eq!(
            looks(&spans, "2026-11-22", "2024-12-01"),
            [
                "Weeks(1): 2026-11-15",
                "Months(1): 2026-10-22",
                "Months(3): 2026-08-22",
                "Months(6): 2026-05-22",
                "Years(1): 2025-11-22",
                "Years(2): 2024-11-22",
            ]
        );
    }

    #[test]
    fn the_last_days_of_february_meet() {
        let met = |from| looks("years", from, "2024-01-01");
        assert_eq!(met("2025-02-28"), ["Years(1): 2024-02-28", "Years(1): 2024-02-29"]);
        assert_eq!(met("2028-02-29")[0], "Years(1): 2027-02-28");
        assert_eq!(met("2028-02-29")[3], "Years(4): 2024-02-29");
        assert_eq!(met("2028-02-28")[3], "Years(4): 2024-02-28");
        assert_eq!(met("2028-02-28").len(), 4);
        assert_eq!(met("2025-03-01"), ["Years(1): 2024-03-01"]);
    }

    #[test]
    fn spans_are_read_from_a_line_or_a_list() {
        for text in ["1w,2y", "1w 2y", "[\"1w\", \"2y\"]"] {
            assert_eq!(
                text.parse(),
                Ok(Distances(vec![Distance::Weeks(1), Distance::Years(2)])),
                "{text}"
            );
        }
        for text in ["", "1", "w", "0w", "1x", "1ww", "week", "-", "99999999999d", "1é"] {
            assert!(text.parse::<Distances>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_span_before_the_first_year_that_dwell_keeps_leads_nowhere() {
        assert_eq!(looks("100000y 1w", "2026-11-22", "2020-01-01"), ["Weeks(1): 2026-11-15"]);
    }

    #[test]
    fn the_nearest_day_stands_for_an_empty_one() {
        let days = ["2026-11-12", "2026-11-14", "2026-11-16", "2026-11-18"].map(day);
        assert_eq!(nearest(day("2026-11-15"), &days), Some(day("2026-11-14")));
        assert_eq!(nearest(day("2026-11-17"), &days[2..]), Some(day("2026-11-16")));
        assert_eq!(nearest(day("2026-11-15"), &[]), None);
    }
}
