//! A year and a month in words and numbers, for those who hear them: the sums first, then one fact
//! a line.
//!
//! Where a drawing shades a day by its words, the words are counted here, so no shade is named.
//! Days one after the other without words and without a lesson are one line.

use chrono::Datelike;

use crate::journal::lesson::ShelvedSeries;
use crate::journal::look_back::calendar::{CalendarDay, Mark, SeriesStretch};
use crate::journal::{Calendar, Day};
use crate::messages::numbers::grouped;
use crate::messages::{numbers, time};
use crate::text::{Page, Role, Sheet, Text};
use crate::view::month::ranges;

/// A year: its sums, a line for each month that has begun, and the day with the most words.
pub(super) fn year(calendar: &Calendar, page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    put_sums(&mut sheet, calendar);
    for month in months(calendar) {
        if let Some(line) = month_line(month, calendar.today) {
            sheet.line(Role::Plain, &line);
        }
    }
    let written = || calendar.days.iter().filter(|day| day.entry.word_count.is_some());
    if written().count() > 1
        && let Some(most) = written().rev().max_by_key(|day| day.entry.word_count)
    {
        let (words, day) = (most.entry.word_count.unwrap_or_default(), most.entry.day);
        let on = format!("{} {}", time::weekday(day.weekday()), time::day_and_month(day));
        sheet.line(Role::Plain, &format!("Most words: {} on {on}", grouped(words.into())));
    }
    if let Some(last) = written().next_back() {
        let month = last.entry.day.date().format("%Y-%m");
        sheet.line(Role::Quiet, &format!("Each day of a month: dwell calendar {month}"));
    }
    sheet.into_text()
}

/// A month: its sums, its days, and the series of their lessons.
pub(super) fn month(calendar: &Calendar, series: &[ShelvedSeries], page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    put_sums(&mut sheet, calendar);
    put_days(&mut sheet, calendar, |day| {
        day.entry.place.as_ref().map(|place| format!(", {}", place.title)).unwrap_or_default()
    });
    for stretch in calendar.stretches() {
        sheet.line(Role::Plain, &stretch_line(&stretch, series));
    }
    sheet.into_text()
}

/// Adds how much was written in the period of a calendar.
pub(super) fn put_sums(sheet: &mut Sheet, calendar: &Calendar) {
    let name = match calendar.days.len() {
        ..=7 => format!("Week of {}", time::week(calendar.period)),
        _ => time::period(calendar.period),
    };
    let sums = sums(&calendar.days, calendar.today).unwrap_or_else(|| NOTHING.to_owned());
    sheet.line(Role::Heading, &format!("{name}: {sums}"));
}

/// The days of each month of a calendar.
pub(super) fn months(calendar: &Calendar) -> impl Iterator<Item = &[CalendarDay]> {
    let month = |day: &CalendarDay| day.entry.day.date().month();
    calendar.days.chunk_by(move |day, next| month(day) == month(next))
}

/// How much was written in a month; `None` if it has not begun.
pub(super) fn month_line(days: &[CalendarDay], today: Day) -> Option<String> {
    let name = time::month(days.first()?.entry.day);
    Some(format!("{name}: {}", sums(days, today)?))
}

/// Adds a line for each day, with what `more` adds to it, and one line for days one after the other
/// that are told in the same words.
pub(super) fn put_days(
    sheet: &mut Sheet,
    calendar: &Calendar,
    more: impl Fn(&CalendarDay) -> String,
) {
    let is_alone = |day: &CalendarDay| {
        let is_told = day.entry.word_count.is_some() || !more(day).is_empty();
        is_told || day.entry.day == calendar.today
    };
    let days: Vec<&CalendarDay> =
        calendar.days.iter().filter(|day| day.mark != Mark::Blank || is_alone(day)).collect();
    let belong = |day: &&CalendarDay, next: &&CalendarDay| {
        let are_neighbours = day.entry.day.plus_days(1) == Some(next.entry.day);
        are_neighbours && day.mark == next.mark && !is_alone(day) && !is_alone(next)
    };
    for days in days.chunk_by(belong) {
        let [first, between @ .., last] = days else {
            let [day] = days else { continue };
            let today = if day.entry.day == calendar.today { ", today" } else { "" };
            let name = day_name(day.entry.day);
            sheet.line(Role::Plain, &format!("{name}{today}: {}{}", told(day), more(day)));
            continue;
        };
        let what = if first.mark == Mark::Rest { "days off" } else { NOTHING };
        let (first, last) = (day_name(first.entry.day), day_name(last.entry.day));
        let span = span(&first, &last, between.is_empty());
        sheet.line(Role::Plain, &format!("{span}: {what}"));
    }
}

/// `22 Sunday`
pub(super) fn day_name(day: Day) -> String {
    format!("{} {}", day.date().day(), time::weekday(day.weekday()))
}

/// Numbers in rising order: `1 to 3, 5, 7 and 8`.
pub(super) fn spoken_ranges(numbers: impl IntoIterator<Item = u32>) -> String {
    let ranges = ranges(numbers);
    let spoken = ranges.split(", ").map(|range| match range.split_once('-') {
        Some((first, last)) => {
            let are_two = first.parse().ok().map(|first: u32| first + 1) == last.parse().ok();
            span(first, last, are_two)
        }
        None => range.to_owned(),
    });
    spoken.collect::<Vec<_>>().join(", ")
}

/// The first and the last of several, of which these may be all.
fn span(first: &str, last: &str, are_two: bool) -> String {
    if are_two { format!("{first} and {last}") } else { format!("{first} to {last}") }
}

const NOTHING: &str = "nothing written";

fn told(day: &CalendarDay) -> String {
    match (day.entry.word_count, day.mark) {
        (Some(words), _) => numbers::words(words as usize),
        (None, Mark::Rest) => "a day off".to_owned(),
        (None, _) => NOTHING.to_owned(),
    }
}

/// On how many of these days something was written, and how much; `None` if none of them has come
/// yet and none is a day off. Days before the first entry are not counted.
fn sums(days: &[CalendarDay], today: Day) -> Option<String> {
    let written: Vec<u32> = days.iter().filter_map(|day| day.entry.word_count).collect();
    let off = days.iter().filter(|day| day.mark == Mark::Rest).count();
    let has_come = |day: &&CalendarDay| match day.mark {
        Mark::Shade(_) => true,
        Mark::Nothing | Mark::Rest => day.entry.day <= today,
        Mark::Blank => false,
    };
    let come = days.iter().filter(has_come).count();
    let words = written.iter().fold(0, |sum, words| sum + u64::from(*words));
    let mut parts = Vec::new();
    if !written.is_empty() {
        parts.push(format!("{} of {} written", written.len(), numbers::days(come as u64)));
        parts.push(numbers::words(usize::try_from(words).unwrap_or(usize::MAX)));
    } else if come > 0 {
        parts.push(NOTHING.to_owned());
    }
    if off > 0 {
        parts.push(format!("{} off", numbers::days(off as u64)));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn stretch_line(stretch: &SeriesStretch, series: &[ShelvedSeries]) -> String {
    let [first, last] = [stretch.first, stretch.last].map(|day| day.date().day());
    let days =
        if first == last { format!("On {first}") } else { format!("From {first} to {last}") };
    let title = series.iter().find(|series| series.slug == stretch.series);
    let title = title.map_or(stretch.series.as_str(), |series| series.title.as_str());
    let noun = if stretch.numbers.len() == 1 { "lesson" } else { "lessons" };
    format!("{days}: {title}, {noun} {}", spoken_ranges(stretch.numbers.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::look_back::calendar::{EntryDay, Place};
    use crate::journal::{Period, Rests};
    use proptest::prelude::*;

    const PAGE: Page = Page { in_words: true, ..Page::UNSET };

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn entry(on: &str, word_count: Option<u32>, lesson: Option<u32>) -> EntryDay {
        let series = "walks".parse().expect("a slug");
        let place = lesson.map(|number| Place { series, number, title: format!("Walk {number}") });
        EntryDay { day: day(on), word_count, place }
    }

    fn november(today: &str) -> Calendar {
        let entries = vec![
            entry("2026-11-03", Some(1), Some(1)),
            entry("2026-11-04", None, Some(2)),
            entry("2026-11-10", Some(1200), None),
            entry("2026-11-11", Some(143), Some(3)),
        ];
        let period = Period::of_month(2026, 11).expect("a month");
        let rests = Rests::from_facts("sat sun".parse().expect("weekdays"), &[]);
        Calendar::new(period, entries, &rests, Some(day("2026-11-03")), day(today))
    }

    #[test]
    fn a_month_says_its_sums_and_each_day_once() {
        let wanted = "\
November 2026: 3 of 13 days written, 1,344 words, 4 days off
3 Tuesday: 1 word, Walk 1
4 Wednesday: nothing written, Walk 2
5 Thursday and 6 Friday: nothing written
7 Saturday and 8 Sunday: days off
9 Monday: nothing written
10 Tuesday: 1,200 words
11 Wednesday: 143 words, Walk 3
12 Thursday and 13 Friday: nothing written
14 Saturday: a day off
15 Sunday, today: a day off
From 3 to 11: walks, lessons 1 to 3
";
        assert_eq!(month(&november("2026-11-15"), &[], PAGE).plain(), wanted);
    }

    #[test]
    fn a_year_says_its_months_and_leaves_out_those_to_come() {
        let period = Period::of_year(2026).expect("a year");
        let entries = vec![
            entry("2026-09-29", Some(20), None),
            entry("2026-11-10", Some(1200), None),
            entry("2026-11-12", Some(1200), None),
        ];
        let today = day("2026-11-15");
        let first = Some(day("2026-09-28"));
        let calendar = Calendar::new(period, entries, &Rests::default(), first, today);
        let wanted = "\
2026: 3 of 49 days written, 2,420 words
September: 1 of 3 days written, 20 words
October: nothing written
November: 2 of 15 days written, 2,400 words
Most words: 1,200 on Tuesday 10 November
Each day of a month: dwell calendar 2026-11
";
        assert_eq!(year(&calendar, PAGE).plain(), wanted);
    }

    #[test]
    fn two_are_joined_and_more_are_a_range() {
        for (numbers, wanted) in [
            (&[][..], ""),
            (&[3], "3"),
            (&[1, 2], "1 and 2"),
            (&[1, 2, 3, 5, 9, 10], "1 to 3, 5, 9 and 10"),
        ] {
            assert_eq!(spoken_ranges(numbers.iter().copied()), wanted);
        }
    }

    proptest! {
        #[test]
        fn every_word_of_a_year_is_in_its_months_and_no_line_needs_to_be_seen(
            counts in prop::collection::vec((0u64..365, 0u32..5000), 1..60),
            today in 0u64..365,
        ) {
            let period = Period::of_year(2027).expect("a year");
            let counts: std::collections::BTreeMap<u64, u32> = counts.into_iter().collect();
            let on = |at: u64| period.first().plus_days(at).expect("in range");
            let entries = counts.iter().map(|(at, words)| EntryDay {
                day: on(*at), word_count: Some(*words), place: None,
            });
            let rests = Rests::from_facts("sunday".parse().expect("a weekday"), &[]);
            let calendar =
                Calendar::new(period, entries.collect(), &rests, Some(period.first()), on(today));
            let text = year(&calendar, PAGE).plain();
            let words = |line: &str| {
                let part = line.split(", ").find(|part| part.contains(" word"));
                part.map_or(0, |part| {
                    part.chars().filter(char::is_ascii_digit).collect::<String>().parse().expect("a number")
                })
            };
            let lines: Vec<u32> = text
                .lines()
                .filter(|line| !line.starts_with("Most words"))
                .map(words)
                .collect();
            let total: u32 = counts.values().sum();
            prop_assert_eq!(lines[0], total);
            prop_assert_eq!(lines[1..].iter().sum::<u32>(), total);
            prop_assert!(text.is_ascii() && !text.contains("  ") && !text.contains("\n\n"));
        }
    }
}
