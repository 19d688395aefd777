//! Statistics: streaks, and how much was written in which month.
//!
//! A streak is a number of days with a reflection in a row. A day of rest neither breaks nor
//! lengthens it, nor does a date that hardly was one: the person never lived through it, or wrote
//! within twenty-four hours before and after it. Today does not break it before it ends.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use crate::journal::look_back::rest::Rests;
use crate::journal::time::day::{Day, Moment};
use crate::journal::time::period::Period;

/// A day with a reflection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenDay {
    pub day: Day,
    /// The number of words of its reflection.
    pub word_count: u64,
}

/// The statistics of a whole journal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// The number of days with an entry.
    pub entries: u64,
    /// The number of days with a reflection.
    pub days: u64,
    /// The number of days with an entry and no reflection. Today is not one: it is not over.
    pub without_words: u64,
    /// The number of words of all reflections.
    pub words: u64,
    pub streaks: Streaks,
    /// The number of days with a reflection among the last thirty days, today included.
    pub last_30: u64,
    /// The number of series of which a lesson was served and none waits to be served. A retired
    /// lesson does not wait.
    pub series_finished: u64,
    pub steps: StepCounts,
    /// The last twelve months, the month of today last.
    pub months: Vec<Month>,
}

/// Streaks, in days with a reflection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Streaks {
    /// The streak that today is part of or could continue.
    pub current: u64,
    /// The longest streak up to today.
    pub best: u64,
}

/// The number of steps in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StepCounts {
    pub open: u64,
    pub done: u64,
    pub partly: u64,
    pub dropped: u64,
}

/// What was written in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    /// The first day of the month.
    pub first: Day,
    /// The number of days with a reflection.
    pub days: u64,
    /// The number of words of their reflections.
    pub words: u64,
}

/// The streaks up to today. `written` is in order; `skipped` are the dates without a reflection
/// that break no streak.
pub fn streaks(
    written: &[WrittenDay],
    today: Day,
    rests: &Rests,
    skipped: &BTreeSet<Day>,
) -> Streaks {
    let Some(first) = written.first() else { return Streaks::default() };
    let mut days = written.iter().map(|written| written.day).peekable();
    let (mut current, mut best) = (0, 0);
    let mut day = Some(first.day);
    while let Some(date) = day.filter(|day| *day <= today) {
        let is_written = days.next_if_eq(&date).is_some();
        if rests.contains(date) || skipped.contains(&date) {
            // It neither breaks nor lengthens the streak.
        } else if is_written {
            current += 1;
            best = best.max(current);
        } else if date < today {
            current = 0;
        }
        day = date.plus_days(1);
    }
    Streaks { current, best }
}

/// Each single day without a reflection between two days with one: the day before, the day itself,
/// the day after.
pub fn single_gaps(written: &[WrittenDay]) -> Vec<(Day, Day, Day)> {
    let pairs = written.windows(2).filter_map(|pair| {
        let [before, after] = pair else { return None };
        let gap = before.day.plus_days(1)?;
        (after.day.days_since(gap) == 1).then_some((before.day, gap, after.day))
    });
    pairs.collect()
}

/// Whether the person never lived through the date between two moments: less than 36 hours passed,
/// and the offset of their clock grew by at least 12 hours. This happens on a flight to the west
/// over the date line, or where a country moves to the other side of it.
pub fn is_unlived(before: Moment, after: Moment) -> bool {
    let gained = after.offset().local_minus_utc() - before.offset().local_minus_utc();
    (after - before).num_hours() < 36 && gained >= 12 * 3600
}

/// Whether less than 24 hours passed from the last words of one day to the first words of another.
/// Then an empty date between them is no missed day: on a journey to the east it was that short.
/// This cannot happen where the clock stays as it is.
pub fn is_within_a_day(last_words: Moment, first_words: Moment) -> bool {
    (TimeDelta::zero()..TimeDelta::hours(24)).contains(&(first_words - last_words))
}

/// The number of days with a reflection among the last thirty days, today included.
pub fn last_30(written: &[WrittenDay], today: Day) -> u64 {
    let recent = |written: &&WrittenDay| (0..30).contains(&today.days_since(written.day));
    written.iter().filter(recent).count() as u64
}

/// What was written in the last twelve months, the month of `today` last.
pub fn last_months(written: &[WrittenDay], today: Day) -> Vec<Month> {
    let this_month = Period::month_of(today).first();
    let firsts = (0..12).rev().filter_map(|back| this_month.minus_months(back));
    firsts.map(|first| month(written, first)).collect()
}

/// What was written in the month that begins on this day.
pub fn month(written: &[WrittenDay], first: Day) -> Month {
    let begin = written.partition_point(|written| written.day < first);
    let next = first.plus_months(1);
    let inside = written[begin..].iter().take_while(|written| next.is_none_or(|n| written.day < n));
    inside.fold(Month { first, days: 0, words: 0 }, |month, written| Month {
        days: month.days + 1,
        words: month.words + written.word_count,
        ..month
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;
    use proptest::prelude::*;

    fn day(number: u64) -> Day {
        "2026-11-02".parse::<Day>().expect("a Monday").plus_days(number).expect("in range")
    }

    fn written(numbers: &[u64]) -> Vec<WrittenDay> {
        numbers.iter().map(|number| WrittenDay { day: day(*number), word_count: 10 }).collect()
    }

    fn streaks_of(numbers: &[u64], today: u64, weekdays: &str) -> (u64, u64) {
        let rests = Rests::from_facts(weekdays.parse().expect("weekdays"), &[]);
        let streaks = streaks(&written(numbers), day(today), &rests, &BTreeSet::new());
        (streaks.current, streaks.best)
    }

    #[test]
    fn the_current_streak_ends_today_or_yesterday() {
        for (numbers, today, wanted) in [
            (&[][..], 5, (0, 0)),
            (&[5], 5, (1, 1)),
            (&[4], 5, (1, 1)),
            (&[3], 5, (0, 1)),
            (&[0, 1, 2, 4, 5], 5, (2, 3)),
            (&[0, 1, 2, 4, 5], 6, (2, 3)),
            (&[0, 1, 2, 4, 5], 7, (0, 3)),
        ] {
            assert_eq!(streaks_of(numbers, today, ""), wanted, "{numbers:?} {today}");
        }
    }

    #[test]
    fn a_day_of_rest_neither_breaks_nor_lengthens_a_streak() {
        // The days 5 and 6 are a Saturday and a Sunday.
        assert_eq!(streaks_of(&[3, 4, 7], 7, "sat sun"), (3, 3));
        assert_eq!(streaks_of(&[3, 4, 5, 7], 7, "sat sun"), (3, 3));
        assert_eq!(streaks_of(&[3, 4, 7], 7, "sun"), (1, 2));
        assert_eq!(streaks_of(&[3, 4], 6, "sat sun"), (2, 2));
    }

    #[test]
    fn a_date_that_was_never_lived_breaks_no_streak() {
        let unlived = BTreeSet::from([day(2)]);
        let found = streaks(&written(&[0, 1, 3]), day(3), &Rests::default(), &unlived);
        assert_eq!((found.current, found.best), (3, 3));
        let moment = |text: &str| text.parse::<Moment>().expect("a moment");
        for (before, after, wanted) in [
            // Apia moved to the other side of the date line and had no 30 December 2011.
            ("2011-12-29T20:00:00-10:00", "2011-12-31T08:00:00+14:00", true),
            // An evening and the morning two dates later, in one zone: the day between was lived.
            ("2026-11-21T23:00:00+01:00", "2026-11-23T06:00:00+01:00", false),
            ("2026-11-21T23:00:00-08:00", "2026-11-23T21:00:00+13:00", true),
            ("2026-11-19T23:00:00-08:00", "2026-11-23T21:00:00+13:00", false),
        ] {
            assert_eq!(is_unlived(moment(before), moment(after)), wanted, "{before} {after}");
        }
    }

    /// A local date and time in a zone.
    fn local(zone: &str, local: &str) -> Moment {
        let zone: chrono_tz::Tz = zone.parse().expect("a zone");
        let local: chrono::NaiveDateTime = local.parse().expect("a date and time");
        zone.from_local_datetime(&local).single().expect("one instant").fixed_offset()
    }

    #[test]
    fn an_empty_date_between_words_of_one_day_and_night_breaks_no_streak() {
        for (from, last_words, to, first_words, wanted) in [
            (
                "Europe/London",
                "2026-11-21T20:30:00",
                "Australia/Sydney",
                "2026-11-23T06:30:00",
                true,
            ),
            (
                "Europe/Paris",
                "2026-11-21T22:00:00",
                "Australia/Sydney",
                "2026-11-23T06:00:00",
                true,
            ),
            ("Europe/Berlin", "2026-11-21T23:00:00", "Asia/Singapore", "2026-11-23T05:00:00", true),
            (
                "America/New_York",
                "2026-11-21T23:30:00",
                "Europe/London",
                "2026-11-23T04:10:00",
                true,
            ),
            ("Asia/Dubai", "2026-11-21T22:00:00", "Pacific/Auckland", "2026-11-23T06:30:00", true),
            (
                "America/Los_Angeles",
                "2026-11-21T22:00:00",
                "Europe/London",
                "2026-11-23T05:30:00",
                true,
            ),
            // The way back is to the west, so the date between is a long one.
            (
                "Europe/London",
                "2026-11-21T22:00:00",
                "America/Los_Angeles",
                "2026-11-23T05:30:00",
                false,
            ),
            (
                "Australia/Sydney",
                "2026-11-21T22:00:00",
                "Europe/London",
                "2026-11-23T05:30:00",
                false,
            ),
            // Words in the morning before and in the evening after: a whole day went by.
            (
                "Europe/London",
                "2026-11-21T07:00:00",
                "Australia/Sydney",
                "2026-11-23T20:00:00",
                false,
            ),
            // At home, at the last and the first minute of a day that starts at four.
            ("Europe/Berlin", "2026-11-22T03:59:00", "Europe/Berlin", "2026-11-23T04:00:00", false),
            ("Europe/Berlin", "2026-03-29T03:59:00", "Europe/Berlin", "2026-03-30T04:00:00", false),
            ("Europe/Berlin", "2026-10-25T03:59:00", "Europe/Berlin", "2026-10-26T04:00:00", false),
        ] {
            let (last, first) = (local(from, last_words), local(to, first_words));
            assert_eq!(is_within_a_day(last, first), wanted, "{from} to {to}");
        }
    }

    #[test]
    fn words_that_were_written_backwards_are_not_within_a_day() {
        let (one, other) =
            (day_at("2026-11-21T20:00:00+00:00"), day_at("2026-11-22T19:59:59+00:00"));
        assert!(is_within_a_day(one, other) && is_within_a_day(one, one));
        assert!(!is_within_a_day(other, one));
        assert!(!is_within_a_day(one, day_at("2026-11-22T20:00:00+00:00")));
    }

    fn day_at(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    #[test]
    fn a_single_gap_lies_between_two_written_days() {
        assert_eq!(single_gaps(&written(&[0, 2, 3, 6])), [(day(0), day(1), day(2))]);
    }

    #[test]
    fn months_and_the_last_thirty_days_count_their_days() {
        // 2 November 2026 is day 0; 1 December is day 29.
        let written = written(&[0, 1, 28, 29, 30]);
        assert_eq!(last_30(&written, day(30)), 4);
        assert_eq!(last_30(&written, day(29)), 4);
        let months = last_months(&written, day(30));
        assert_eq!(months.len(), 12);
        let counted: Vec<(u64, u64)> = months[10..].iter().map(|m| (m.days, m.words)).collect();
        assert_eq!(counted, [(3, 30), (2, 20)]);
        assert_eq!(months[11].first.to_string(), "2026-12-01");
        assert_eq!(months[0].first.to_string(), "2026-01-01");
    }

    proptest! {
        #[test]
        fn the_current_streak_is_what_counting_back_day_by_day_gives(
            numbers in proptest::collection::btree_set(0u64..60, 0..50),
            today in 0u64..60,
            weekdays in "(sat|sun|sat sun|)",
        ) {
            let numbers: Vec<u64> = numbers.into_iter().collect();
            let rests = Rests::from_facts(weekdays.parse().expect("weekdays"), &[]);
            let mut wanted = 0;
            for back in (0..=today).rev() {
                if rests.contains(day(back)) {
                    continue;
                }
                if numbers.contains(&back) {
                    wanted += 1;
                } else if back != today {
                    break;
                }
            }
            prop_assert_eq!(streaks_of(&numbers, today, &weekdays).0, wanted);
        }
    }
}
