//! Which backups are kept: those of seven days, four weeks and twelve months.
//!
//! A day, a week or a month counts only if it has a backup, so that somebody who writes once a month
//! keeps as many. The newest backup always stays, and of the seven days each that somebody asked for
//! or that was made before something took words out of the journal.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Weekday;

use crate::journal::{Day, Period};
use crate::store::backups::Reason;

const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;

/// Of each of the newest days: the first backup, and this many of its last ones.
const LAST_OF_DAY: usize = 3;

/// Which backups are to be removed, by their places in the list. The list has the day of each and why
/// it was made, the oldest first.
pub(crate) fn superfluous(backups: &[(Day, Reason)]) -> BTreeSet<usize> {
    let mut of_day = BTreeMap::<Day, Vec<usize>>::new();
    for (at, (day, _)) in backups.iter().enumerate() {
        of_day.entry(*day).or_default().push(at);
    }
    let mut kept = BTreeSet::new();
    for places in of_day.values().rev().take(DAYS) {
        kept.extend(places.first());
        kept.extend(places.iter().rev().take(LAST_OF_DAY));
        // Words may be in such a backup alone.
        kept.extend(places.iter().filter(|at| backups[**at].1.is_kept()));
    }
    let days: Vec<Day> = backups.iter().map(|(day, _)| *day).collect();
    let days = &days[..];
    kept.extend(newest_of(days, WEEKS, |day| Period::week_of(day, Weekday::Mon).first()));
    kept.extend(newest_of(days, MONTHS, |day| Period::month_of(day).first()));
    (0..days.len()).filter(|at| !kept.contains(at)).collect()
}

/// The newest backup of each of the newest periods; `first` is the first day of a day's period.
fn newest_of(days: &[Day], periods: usize, first: impl Fn(Day) -> Day) -> Vec<usize> {
    let newest: BTreeMap<Day, usize> =
        days.iter().enumerate().map(|(at, day)| (first(*day), at)).collect();
    newest.into_values().rev().take(periods).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    /// The days whose backups are left after one was made on each of these days in turn.
    fn after_each(days: impl Iterator<Item = Day>) -> Vec<Day> {
        let mut kept: Vec<Day> = Vec::new();
        for day in days {
            kept.push(day);
            let list: Vec<_> = kept.iter().map(|day| (*day, Reason::Daily)).collect();
            let gone = superfluous(&list);
            let mut at = 0..;
            kept.retain(|_| !gone.contains(&at.next().expect("endless")));
        }
        kept
    }

    #[test]
    fn seven_days_four_weeks_and_twelve_months_stay_of_two_years() {
        let kept = after_each(day("2025-01-01").through(day("2026-12-31")));
        let mut wanted: Vec<Day> = [
            "2026-01-31",
            "2026-02-28",
            "2026-03-31",
            "2026-04-30",
            "2026-05-31",
            "2026-06-30",
            "2026-07-31",
            "2026-08-31",
            "2026-09-30",
            "2026-10-31",
            "2026-11-30",
            // The last days of the weeks before.
            "2026-12-13",
            "2026-12-20",
        ]
        .map(day)
        .to_vec();
        wanted.extend(day("2026-12-25").through(day("2026-12-31")));
        assert_eq!(kept, wanted);
    }

    #[test]
    fn one_who_writes_once_a_month_keeps_twelve_months() {
        let months = (0..30).map(|months| day("2024-01-15").plus_months(months).expect("a day"));
        let kept = after_each(months);
        assert_eq!(kept.len(), 12);
        assert_eq!(kept.last(), Some(&day("2026-06-15")));
    }

    #[test]
    fn of_a_day_with_many_the_first_and_the_last_ones_stay() {
        let days = [day("2026-11-25"); 2].into_iter().chain([day("2026-11-26"); 6]);
        let days: Vec<Day> = days.collect();
        let of = |reason| days.iter().map(|day| (*day, reason)).collect::<Vec<_>>();
        assert_eq!(superfluous(&of(Reason::BeforeImport)), BTreeSet::from([3, 4]));
        for reason in [Reason::BeforeRestore, Reason::Asked] {
            assert_eq!(superfluous(&of(reason)), BTreeSet::new());
        }
        assert_eq!(superfluous(&[]), BTreeSet::new());
    }
}
