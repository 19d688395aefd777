//! Looking back: which days a review goes back to, which entries stand for them, and what it shows.

use std::fmt;
use std::str::FromStr;

use chrono::Datelike;

use crate::journal::entry::Entry;
use crate::journal::parse_error::{ParseError, ValueKind};
use crate::journal::time::day::Day;
use crate::journal::time::distance::{Unit, counted};

/// How many days from the day itself an entry may lie to stand for it, where the day is empty.
const MARGIN: u64 = 3;
/// What was written in the last days, at most this many ago, is fresh and needs no looking back.
const FRESH: u64 = 7;

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

/// One thing that a review shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewItem {
    Remembered(Box<Remembered>),
    /// The entries whose steps are open still; at least one.
    OpenSteps(Vec<Entry>),
}

/// All that a review from a day shows, in order: what the looks back found, the steps of other
/// days that are open still, and the older entry, unless it was found already.
pub fn items(
    from: Day,
    found: Vec<Remembered>,
    mut open: Vec<Entry>,
    older: Option<Entry>,
) -> Vec<ReviewItem> {
    let days: Vec<Day> = found.iter().map(|one| one.entry.day).collect();
    open.retain(|entry| entry.day < from && !days.contains(&entry.day));
    let older = older.filter(|entry| !days.contains(&entry.day));
    let remembered = |one| ReviewItem::Remembered(Box::new(one));
    let mut items: Vec<ReviewItem> = found.into_iter().map(remembered).collect();
    if !open.is_empty() {
        items.push(ReviewItem::OpenSteps(open));
    }
    items.extend(older.map(Remembered::older).map(remembered));
    items
}

/// The older entry of a review is from before this day; `None` where no day is.
pub fn older_before(from: Day) -> Option<Day> {
    from.minus_days(FRESH)
}

impl Remembered {
    /// The entry that a look back found.
    pub fn found(look: LookBack, entry: Entry) -> Self {
        Self { ago: Ago::Distance(look.span), wanted: Some(look.day), entry }
    }

    /// The entry that was not looked at for longest.
    fn older(entry: Entry) -> Self {
        Self { ago: Ago::Older, wanted: None, entry }
    }
}

impl LookBack {
    /// The first and the last day whose entry may stand for this one.
    pub fn reach(self) -> (Day, Day) {
        let margin = if self.or_near { MARGIN } else { 0 };
        let first = self.day.minus_days(margin).unwrap_or(self.day);
        let last = self.day.plus_days(margin).unwrap_or(self.day);
        (first, last)
    }

    /// The day that is shown: the nearest of the days with words within reach, of two as near the
    /// earlier. It is one from before the day looked back from, and none that is shown already.
    pub fn choose(self, written: &[Day], from: Day, shown: &[Day]) -> Option<Day> {
        let fits = |day: &&Day| **day < from && !shown.contains(day);
        let distance = |day: &Day| (self.day.days_since(*day).abs(), *day);
        written.iter().filter(fits).copied().min_by_key(distance)
    }
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
        let distances: Option<Vec<Distance>> = words.map(distance).collect();
        match distances {
            Some(distances) if !distances.is_empty() => Ok(Self(distances)),
            _ => Err(ParseError::new(ValueKind::Distances, text)),
        }
    }
}

fn distance(word: &str) -> Option<Distance> {
    if word == "years" {
        return Some(Distance::EveryYear);
    }
    let (count, unit) = counted(word).filter(|(count, _)| (1..=100_000).contains(count))?;
    Some(match unit {
        Unit::Days => Distance::Days(count),
        Unit::Weeks => Distance::Weeks(count),
        Unit::Months => Distance::Months(count),
        Unit::Years => Distance::Years(count),
    })
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

    fn look_at(text: &str, or_near: bool) -> LookBack {
        LookBack { span: Distance::Weeks(1), day: day(text), or_near }
    }

    fn entry(text: &str) -> Entry {
        Entry {
            day: day(text),
            lesson: None,
            served_at: None,
            reflection: None,
            step: None,
            asked_on: None,
            afterthoughts: Vec::new(),
        }
    }

    #[test]
    fn the_nearest_day_stands_for_an_empty_one() {
        let days = ["2026-11-12", "2026-11-14", "2026-11-16", "2026-11-18"].map(day);
        let from = day("2026-11-22");
        let choose = |at, days: &[Day]| look_at(at, true).choose(days, from, &[]);
        assert_eq!(choose("2026-11-15", &days), Some(day("2026-11-14")));
        assert_eq!(choose("2026-11-17", &days[2..]), Some(day("2026-11-16")));
        assert_eq!(choose("2026-11-15", &[]), None);
    }

    #[test]
    fn neither_the_day_looked_back_from_nor_one_that_is_shown_stands_for_another() {
        let days = ["2026-11-14", "2026-11-16", "2026-11-17"].map(day);
        let look = look_at("2026-11-16", true);
        assert_eq!(look.choose(&days, day("2026-11-17"), &[days[1]]), Some(days[0]));
        assert_eq!(look.choose(&days[1..], day("2026-11-16"), &[]), None);
    }

    #[test]
    fn a_day_near_by_is_at_most_three_days_away_and_a_leap_day_stands_alone() {
        let reach = |or_near| look_at("2024-02-29", or_near).reach();
        assert_eq!(reach(true), (day("2024-02-26"), day("2024-03-03")));
        assert_eq!(reach(false), (day("2024-02-29"), day("2024-02-29")));
    }

    #[test]
    fn what_is_shown_already_is_not_shown_again() {
        let found = || vec![Remembered::found(look_at("2026-11-15", true), entry("2026-11-14"))];
        let open = ["2026-11-22", "2026-11-20", "2026-11-14"].map(entry);
        let shown = items(day("2026-11-22"), found(), open.to_vec(), Some(entry("2026-11-14")));
        let first = ReviewItem::Remembered(Box::new(found().remove(0)));
        assert_eq!(shown, [first.clone(), ReviewItem::OpenSteps(vec![entry("2026-11-20")])]);
        let older = Remembered::older(entry("2026-01-01"));
        let shown = items(day("2026-11-22"), found(), Vec::new(), Some(older.entry.clone()));
        assert_eq!(shown, [first, ReviewItem::Remembered(Box::new(older))]);
    }

    #[test]
    fn what_was_written_in_the_last_week_is_fresh() {
        assert_eq!(older_before(day("2026-11-22")), Some(day("2026-11-15")));
        assert_eq!(older_before(day("1900-01-03")), None);
    }
}
