//! Reviews: which days a review goes back to, which entries it shows for them, and in which order.

use std::fmt;
use std::str::FromStr;

use chrono::Datelike;

use crate::journal::entry::Entry;
use crate::journal::parse_error::{ParseError, ValueKind};
use crate::journal::time::day::Day;
use crate::journal::time::distance::{Unit, counted};

/// If a day is empty, a review shows an entry at most this many days away from it.
const MARGIN: u64 = 3;
/// A review shows no entry of the last `FRESH` days as its older entry.
const FRESH: u64 = 7;

/// How far to look back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distance {
    Days(u32),
    Weeks(u32),
    Months(u32),
    Years(u32),
    /// One year, two years, and so on, back to the first entry.
    EveryYear,
}

/// The distances that a review goes back over, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distances(pub Vec<Distance>);

/// A day that a review goes back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LookBack {
    /// Never [`Distance::EveryYear`].
    pub distance: Distance,
    pub day: Day,
    /// Whether an entry near this day may be shown if the day is empty.
    pub or_near: bool,
}

/// Which past entry a review shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ago {
    /// The entry at one of the distances; never [`Distance::EveryYear`].
    Distance(Distance),
    /// An older entry: the one that was unseen for the longest time.
    Older,
    /// An entry of any age whose step is open.
    OpenStep,
}

/// An entry that a review shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewEntry {
    pub ago: Ago,
    /// The day that the review went back to; the entry may be of a day near it. `None` for an entry
    /// that was not found by a distance.
    pub wanted: Option<Day>,
    pub entry: Entry,
}

/// One thing that a review shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewItem {
    Entry(Box<ReviewEntry>),
    /// The entries whose steps are still open; at least one.
    OpenSteps(Vec<Entry>),
}

/// All that a review from a day shows, in order: the entries that were found by the distances, the
/// other entries before that day with an open step, and the older entry if it is not among the
/// found ones.
pub fn items(
    from: Day,
    found: Vec<ReviewEntry>,
    mut open: Vec<Entry>,
    older: Option<Entry>,
) -> Vec<ReviewItem> {
    let days: Vec<Day> = found.iter().map(|one| one.entry.day).collect();
    open.retain(|entry| entry.day < from && !days.contains(&entry.day));
    let older = older.filter(|entry| !days.contains(&entry.day));
    let item = |one| ReviewItem::Entry(Box::new(one));
    let mut items: Vec<ReviewItem> = found.into_iter().map(item).collect();
    if !open.is_empty() {
        items.push(ReviewItem::OpenSteps(open));
    }
    items.extend(older.map(ReviewEntry::older).map(item));
    items
}

/// The older entry of a review is before this day; `None` if this day is out of range.
pub fn older_before(from: Day) -> Option<Day> {
    from.minus_days(FRESH)
}

impl ReviewEntry {
    /// The entry that was found by looking back.
    pub fn found(look: LookBack, entry: Entry) -> Self {
        Self { ago: Ago::Distance(look.distance), wanted: Some(look.day), entry }
    }

    /// The entry that was unseen for the longest time.
    fn older(entry: Entry) -> Self {
        Self { ago: Ago::Older, wanted: None, entry }
    }
}

impl LookBack {
    /// The first and the last day whose entry may be shown for this day.
    pub fn reach(self) -> (Day, Day) {
        let margin = if self.or_near { MARGIN } else { 0 };
        let first = self.day.minus_days(margin).unwrap_or(self.day);
        let last = self.day.plus_days(margin).unwrap_or(self.day);
        (first, last)
    }

    /// The day to show: of the days with words, which must be within reach, the nearest; of two
    /// equally near days the earlier. It is before `from` and not one of `shown`.
    pub fn choose(self, written: &[Day], from: Day, shown: &[Day]) -> Option<Day> {
        let fits = |day: &&Day| **day < from && !shown.contains(day);
        let distance = |day: &Day| (self.day.days_since(*day).abs(), *day);
        written.iter().filter(fits).copied().min_by_key(distance)
    }
}

impl Distances {
    /// The distances of the line from the past that is shown after a save, the nearest first.
    pub fn after_saving() -> Self {
        Self(vec![Distance::Weeks(1), Distance::Months(1), Distance::Years(1)])
    }
}

impl Default for Distances {
    fn default() -> Self {
        let months = [1, 3, 6].map(Distance::Months);
        Self([&[Distance::Weeks(1)], &months[..], &[Distance::EveryYear]].concat())
    }
}

impl Distances {
    /// The days to go back to from `from`. `first` is the day of the first entry.
    pub fn looks(&self, from: Day, first: Day) -> Vec<LookBack> {
        let reach = u32::try_from(from.date().year() - first.date().year()).unwrap_or_default();
        let distances = self.0.iter().flat_map(|distance| match distance {
            Distance::EveryYear => (1..=reach).map(Distance::Years).collect(),
            distance => vec![*distance],
        });
        distances.flat_map(|distance| distance.looks(from)).collect()
    }
}

impl Distance {
    /// The day at this distance before `from`; none if it is out of range. From 28 February in a
    /// year without a 29th, also 29 February of a leap year, because no other day goes back to it.
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
        let mut looks = vec![LookBack { distance: self, day, or_near: true }];
        let is_last_of_february = |day: Day| {
            day.date().month() == 2 && day.plus_days(1).is_some_and(|d| d.date().day() == 1)
        };
        if matches!(self, Self::Years(_))
            && is_last_of_february(from)
            && let Some(leap) = day.plus_days(1).filter(|leap| leap.date().day() == 29)
        {
            looks.push(LookBack { distance: self, day: leap, or_near: false });
        }
        looks
    }
}

impl fmt::Display for Distances {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |distance: &Distance| match distance {
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

    /// Reads distances such as `1w`, `6m`, `2y` and `years`, with anything except letters and
    /// digits between them. Errors if there is no distance, or at any other word.
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
    use crate::journal::testing::{day, entry};

    fn looks(distances: &str, from: &str, first: &str) -> Vec<String> {
        let distances: Distances = distances.parse().expect("distances");
        let looks = distances.looks(day(from), day(first));
        looks.iter().map(|look| format!("{:?}: {}", look.distance, look.day)).collect()
    }

    #[test]
    fn the_default_distances_reach_back_to_the_first_year() {
        let distances = Distances::default().to_string();
        assert_eq!(distances, "1w 1m 3m 6m years");
        assert_eq!(
            looks(&distances, "2026-11-22", "2024-12-01"),
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
    fn the_last_day_of_february_goes_back_to_the_28th_and_the_29th() {
        let found = |from| looks("years", from, "2024-01-01");
        assert_eq!(found("2025-02-28"), ["Years(1): 2024-02-28", "Years(1): 2024-02-29"]);
        assert_eq!(found("2028-02-29")[0], "Years(1): 2027-02-28");
        assert_eq!(found("2028-02-29")[3], "Years(4): 2024-02-29");
        assert_eq!(found("2028-02-28")[3], "Years(4): 2024-02-28");
        assert_eq!(found("2028-02-28").len(), 4);
        assert_eq!(found("2025-03-01"), ["Years(1): 2024-03-01"]);
    }

    #[test]
    fn distances_are_read_from_a_line_or_a_list() {
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
    fn a_distance_beyond_the_year_1900_finds_no_day() {
        assert_eq!(looks("100000y 1w", "2026-11-22", "2020-01-01"), ["Weeks(1): 2026-11-15"]);
    }

    fn look_at(text: &str, or_near: bool) -> LookBack {
        LookBack { distance: Distance::Weeks(1), day: day(text), or_near }
    }

    #[test]
    fn for_an_empty_day_the_nearest_one_is_shown() {
        let days = ["2026-11-12", "2026-11-14", "2026-11-16", "2026-11-18"].map(day);
        let from = day("2026-11-22");
        let choose = |at, days: &[Day]| look_at(at, true).choose(days, from, &[]);
        assert_eq!(choose("2026-11-15", &days), Some(day("2026-11-14")));
        assert_eq!(choose("2026-11-17", &days[2..]), Some(day("2026-11-16")));
        assert_eq!(choose("2026-11-15", &[]), None);
    }

    #[test]
    fn neither_the_day_of_the_review_nor_one_that_is_shown_already_is_chosen() {
        let days = ["2026-11-14", "2026-11-16", "2026-11-17"].map(day);
        let look = look_at("2026-11-16", true);
        assert_eq!(look.choose(&days, day("2026-11-17"), &[days[1]]), Some(days[0]));
        assert_eq!(look.choose(&days[1..], day("2026-11-16"), &[]), None);
    }

    #[test]
    fn a_near_day_is_at_most_three_days_away_and_a_leap_day_has_none() {
        let reach = |or_near| look_at("2024-02-29", or_near).reach();
        assert_eq!(reach(true), (day("2024-02-26"), day("2024-03-03")));
        assert_eq!(reach(false), (day("2024-02-29"), day("2024-02-29")));
    }

    #[test]
    fn what_is_shown_already_is_not_shown_again() {
        let found = || vec![ReviewEntry::found(look_at("2026-11-15", true), entry("2026-11-14"))];
        let open = ["2026-11-22", "2026-11-20", "2026-11-14"].map(entry);
        let shown = items(day("2026-11-22"), found(), open.to_vec(), Some(entry("2026-11-14")));
        let first = ReviewItem::Entry(Box::new(found().remove(0)));
        assert_eq!(shown, [first.clone(), ReviewItem::OpenSteps(vec![entry("2026-11-20")])]);
        let older = ReviewEntry::older(entry("2026-01-01"));
        let shown = items(day("2026-11-22"), found(), Vec::new(), Some(older.entry.clone()));
        assert_eq!(shown, [first, ReviewItem::Entry(Box::new(older))]);
    }

    #[test]
    fn the_older_entry_is_more_than_a_week_old() {
        assert_eq!(older_before(day("2026-11-22")), Some(day("2026-11-15")));
        assert_eq!(older_before(day("1900-01-03")), None);
    }
}
